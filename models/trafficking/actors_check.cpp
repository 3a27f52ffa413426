// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/actors_check.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "sim/names.hpp"

namespace corridor::trafficking {
namespace {

std::string edge_text(const world::World& world, const CargoEdge& e) {
  return world.countries[e.origin].iso3 + "-" + world.countries[e.destination].iso3 + " by " +
         std::string(name(e.mode));
}

class Checker {
 public:
  Checker(const ActorRows& rows, const world::World& world, const TraffickingParams& params,
          int start_year, TraffickingActors& actors, sim::Complaints& complaints)
      : rows_(rows),
        world_(world),
        params_(params),
        start_year_(start_year),
        actors_(actors),
        complaints_(complaints),
        graph_(world, params, actors.edge_rules) {}

  void run() {
    for (std::size_t s = 0; s < actors_.substances.size(); ++s) {
      sources_of(s);
      markets_of(s);
    }
    organisations();
    starts();
  }

 private:
  [[nodiscard]] std::vector<std::uint16_t> made_in(std::size_t substance) const {
    std::set<std::uint16_t> out;
    for (const Source& source : actors_.sources)
      if (source.substance_row == substance) out.insert(source.country);
    return {out.begin(), out.end()};
  }

  void sources_of(std::size_t s) {
    const auto& row = rows_.substances[s];
    std::int64_t first = 0;
    bool any = false;
    for (const Source& source : actors_.sources) {
      if (source.substance_row != s) continue;
      first = any ? std::min(first, source.year) : source.year;
      any = true;
    }
    if (!any) {
      complaints_.add(row.place_of("name"), "nobody makes '" + row.value.name +
                                                "': it needs a [[source]] with substance = \"" +
                                                row.value.name + "\"");
    } else if (first > start_year_) {
      complaints_.add(row.place_of("name"), "figures of '" + row.value.name + "' begin in " +
                                                std::to_string(first) + ", the scenario in " +
                                                std::to_string(start_year_) +
                                                "; it needs a [[source]] of " +
                                                std::to_string(start_year_) + " or before");
    }
  }

  void markets_of(std::size_t s) {
    const std::vector<std::uint16_t> sources = made_in(s);
    if (sources.empty()) return;
    const std::vector<std::uint8_t> reached = graph_.reachable(sources, params_.most_legs);
    bool any = false, wanted = false;
    std::vector<std::uint8_t> can(actors_.markets.size(), 0), asked(actors_.markets.size(), 0);
    for (std::size_t c = 0; c < reached.size(); ++c) {
      const std::uint32_t m = actors_.market_of[s][c];
      if (m == world::none) continue;
      asked[m] = 1;
      wanted = true;
      // What is used where it is made crosses no border.
      const bool abroad = std::find(sources.begin(), sources.end(), c) == sources.end();
      if (reached[c] != 0) can[m] = 1;
      any = any || (reached[c] != 0 && abroad);
    }
    if (!wanted) return;
    if (!any) {
      warn_cut(s, sources, reached);
      return;
    }
    for (std::size_t m = 0; m < actors_.markets.size(); ++m) {
      if (actors_.markets[m].substance_row != s || asked[m] == 0 || can[m] != 0) continue;
      complaints_.add(rows_.market_places[m], "no source of '" + actors_.substances[s].name +
                                                  "' reaches '" + actors_.markets[m].place +
                                                  "' within " + std::to_string(params_.most_legs) +
                                                  " crossings of open borders");
    }
  }

  void warn_cut(std::size_t s, const std::vector<std::uint16_t>& sources,
                const std::vector<std::uint8_t>& reached) {
    std::vector<std::string> cut, from;
    for (const CargoEdge& e : graph_.edges()) {
      if (e.closed && reached[e.origin] != 0 && reached[e.destination] == 0)
        cut.push_back(edge_text(world_, e));
    }
    for (const std::uint16_t c : sources) from.push_back("'" + world_.countries[c].iso3 + "'");
    std::string places;
    for (std::size_t i = 0; i < from.size(); ++i)
      places += (i == 0 ? "" : i + 1 == from.size() ? " and " : ", ") + from[i];
    actors_.warnings.push_back(
        "nothing of '" + actors_.substances[s].name + "' can flow out of " + places +
        (cut.empty() ? std::string(": no edge leads on") : ": the cut is " + sim::listed(cut, 6)));
  }

  void organisations() {
    for (std::size_t o = 0; o < actors_.organisations.size(); ++o) {
      const Organisation& org = actors_.organisations[o];
      const auto& row = rows_.organisations[o];
      for (const std::uint8_t s : org.substance_rows) {
        bool buys = false, any = false;
        for (const Source& source : actors_.sources) {
          if (source.substance_row != s) continue;
          any = true;
          buys = buys || org.source_countries.empty() ||
                 std::find(org.source_countries.begin(), org.source_countries.end(),
                           source.country) != org.source_countries.end();
        }
        if (any && !buys) {
          complaints_.add(row.place_of("sources"), "'" + org.name + "' deals in '" +
                                                       actors_.substances[s].name +
                                                       "', which none of its sources makes");
        }
      }
    }
  }

  void starts() {
    std::vector<std::string> names;
    for (const Organisation& o : actors_.organisations) names.push_back(o.name);
    for (const auto& row : rows_.rules) {
      const RouteRule& r = row.value;
      if (world_.find_country(r.origin) == world::none ||
          world_.find_country(r.destination) == world::none)
        continue;
      if (r.rule != "start") continue;
      RouteRule out = r;
      const auto found = std::find(names.begin(), names.end(), r.organisation);
      if (found == names.end()) {
        complaints_.add(row.place_of("organisation"), "unknown organisation '" + r.organisation +
                                                          "'" +
                                                          sim::did_you_mean(r.organisation, names));
        continue;
      }
      out.organisation_row = static_cast<std::uint32_t>(found - names.begin());
      for (std::uint32_t s = 0; s < actors_.substances.size(); ++s)
        if (actors_.substances[s].name == r.substance) out.substance_row = s;
      if (out.substance_row == world::none) {
        complaints_.add(row.place_of("substance"), "unknown substance '" + r.substance + "'");
        continue;
      }
      bool there = false, open = false;
      for (std::size_t m = 0; m < n_cargo_modes; ++m) {
        const auto mode = static_cast<CargoMode>(m);
        if (r.mode != "any" && r.mode != name(mode)) continue;
        const std::uint32_t edge = graph_.find(r.from, r.to, mode);
        if (edge == world::none) continue;
        there = true;
        open = open || !graph_.edges()[edge].closed;
      }
      const std::string way = "from '" + r.origin + "' to '" + r.destination + "'" +
                              (r.mode == "any" ? std::string() : " by " + r.mode);
      if (!there) {
        complaints_.add(row.place_of("destination"), "nothing goes " + way);
      } else if (!open) {
        complaints_.add(row.place_of("destination"),
                        "the way " + way + " is over a border that a rule closes");
      } else {
        actors_.rules.push_back(out);
      }
    }
  }

  const ActorRows& rows_;
  const world::World& world_;
  const TraffickingParams& params_;
  int start_year_;
  TraffickingActors& actors_;
  sim::Complaints& complaints_;
  CargoGraph graph_;
};

}  // namespace

void check_actors(const ActorRows& rows, const world::World& world, const TraffickingParams& params,
                  int start_year, TraffickingActors& actors, sim::Complaints& complaints) {
  Checker(rows, world, params, start_year, actors, complaints).run();
}

}  // namespace corridor::trafficking
