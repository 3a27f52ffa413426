// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/actors.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "sim/names.hpp"

namespace corridor::fighters {
namespace {

using sim::Complaints;
using world::World;
template <class S>
using Rows = std::vector<sim::TextRow<S>>;

constexpr std::string_view blanks = " \t\n\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parts between any of `separators`, blanks around them left out, empty parts too.
std::vector<std::string> parts(std::string_view text, std::string_view separators) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (const auto part = trimmed(text.substr(0, end)); !part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::int64_t day_of(const std::string& text) {
  const auto date = sim::parse_date(text);
  return date ? sim::day_number(*date) : 0;  // a wrong date is complained about where rows are read
}

std::vector<std::string> codes(const World& world) {
  std::vector<std::string> out;
  for (const world::Country& c : world.countries) out.push_back(c.iso3);
  return out;
}

/// \returns `world::none` and complains when there is no such country
std::uint32_t country_of(const World& world, const std::string& code, const std::string& key,
                         const sim::Place& place, Complaints& complaints) {
  const std::uint32_t found = world.find_country(code);
  if (found == world::none) {
    complaints.add(place, key + ": no country '" + code + "' in this world" +
                              sim::did_you_mean(code, codes(world)));
  }
  return found;
}

/// That a source is there at all is checked where rows are read.
template <class S>
void needs_source(const sim::TextRow<S>& row, const std::string& key, Complaints& complaints) {
  const auto set = row.at.find("source");
  if (set == row.at.end() || !trimmed(row.value.source).empty()) return;
  complaints.add(set->second, key + " is empty: say where this is from");
}

// ---- Zones -------------------------------------------------------------------------------------

/// Neighbours by land; where fewer than two, also the countries with most seats to the zone's.
std::vector<Gateway> derived_gateways(const World& world, std::uint16_t zone) {
  std::vector<Gateway> out;
  const auto add = [&](std::uint32_t country) {
    const auto c = static_cast<std::uint16_t>(country);
    const bool there =
        std::any_of(out.begin(), out.end(), [&](const Gateway& g) { return g.country == c; });
    if (!there && out.size() < most_gateways) out.push_back({c, -1});
  };
  for (const world::Border& b : world.borders) {
    if (b.a == zone) add(b.b);
    if (b.b == zone) add(b.a);
  }
  if (out.size() < 2) {
    std::vector<double> seats(world.countries.size(), 0.0);
    for (const world::AirLeg& leg : world.air_legs) {
      const std::uint32_t from = world.airports[leg.origin].country;
      if (world.airports[leg.destination].country == zone && from != zone)
        seats[from] += leg.seats_year;
    }
    for (std::size_t k = 0; k < most_air_gateways; ++k) {
      const auto best = std::max_element(seats.begin(), seats.end());
      if (best == seats.end() || *best <= 0) break;
      add(static_cast<std::uint32_t>(best - seats.begin()));
      *best = 0;
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Gateway& a, const Gateway& b) { return a.country < b.country; });
  return out;
}

/// "XAA:300": a code, and a cost or nothing.
bool read_gateway(std::string_view text, std::string& code, double& usd) {
  const std::size_t colon = text.find(':');
  code = text.substr(0, colon);
  if (colon == text.npos) return true;
  const char *first = text.data() + colon + 1, *last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, usd);
  return error == std::errc{} && end == last && usd >= 0 && usd <= 1e6;
}

std::vector<Gateway> gateways_of(const World& world, const sim::TextRow<ZoneRow>& row,
                                 std::uint16_t zone, Complaints& complaints) {
  const sim::Place& place = row.place_of("gateways");
  const std::vector<std::string> named = parts(row.value.gateways, " \t\n\r,");
  std::vector<Gateway> out;
  for (const std::string& text : named) {
    std::string code;
    double usd = -1;
    if (!read_gateway(text, code, usd)) {
      complaints.add(place, "conflict_zone.gateways: '" + text +
                                "' is not a country's code with or without a cost in [0, 1000000] "
                                "USD, as in \"XAA:300\"");
      continue;
    }
    const std::uint32_t c = country_of(world, code, "conflict_zone.gateways", place, complaints);
    if (c == world::none) continue;
    const bool twice =
        std::any_of(out.begin(), out.end(), [&](const Gateway& g) { return g.country == c; });
    if (c == zone || twice) {
      complaints.add(place, "conflict_zone.gateways: '" + code +
                                (twice ? "' stands there twice" : "' is the zone's own country"));
      continue;
    }
    out.push_back({static_cast<std::uint16_t>(c), usd});
  }
  if (named.empty()) out = derived_gateways(world, zone);
  if (named.empty() && out.empty()) {
    complaints.add(row.place, "conflict zone '" + row.value.name +
                                  "' has no gateway: no land border and no flight leads to " +
                                  world.countries[zone].iso3 + "; name some as 'gateways'");
  }
  if (out.size() > most_gateways) {
    complaints.add(place, "conflict_zone.gateways: " + std::to_string(out.size()) +
                              " gateways; at most " + std::to_string(most_gateways));
    out.resize(most_gateways);
  }
  return out;
}

void read_zones(const Rows<ZoneRow>& rows, const World& world, FightersActors& actors,
                Complaints& complaints) {
  for (const sim::TextRow<ZoneRow>& row : rows) {
    const ZoneRow& r = row.value;
    needs_source(row, "conflict_zone.source", complaints);
    ConflictZone zone;
    zone.name = r.name;
    zone.opens = day_of(r.opens);
    zone.closes = day_of(r.closes);
    zone.attractiveness = r.attractiveness;
    zone.place = row.place;
    if (zone.closes < zone.opens) {
      complaints.add(row.place_of("closes"), "conflict_zone.closes = " + r.closes +
                                                 " lies before conflict_zone.opens = " + r.opens);
    }
    const bool twice = std::any_of(actors.zones.begin(), actors.zones.end(),
                                   [&](const ConflictZone& z) { return z.name == r.name; });
    if (twice) {
      complaints.add(row.place_of("name"),
                     "conflict_zone.name: '" + r.name + "' stands there twice");
    }
    const std::uint32_t country =
        country_of(world, r.country, "conflict_zone.country", row.place_of("country"), complaints);
    zone.country = static_cast<std::uint16_t>(country);  // a wrong one keeps its name for others
    if (country != world::none) zone.gateways = gateways_of(world, row, zone.country, complaints);
    actors.zones.push_back(std::move(zone));
  }
}

void read_policies(const Rows<PolicyRow>& rows, const World& world, FightersActors& actors,
                   Complaints& complaints) {
  std::vector<std::string> gateways;
  for (const ConflictZone& zone : actors.zones) {
    for (const Gateway& g : zone.gateways) gateways.push_back(world.countries[g.country].iso3);
  }
  std::sort(gateways.begin(), gateways.end());
  gateways.erase(std::unique(gateways.begin(), gateways.end()), gateways.end());
  for (const sim::TextRow<PolicyRow>& row : rows) {
    const PolicyRow& r = row.value;
    needs_source(row, "gateway_policy.source", complaints);
    if (day_of(r.to) < day_of(r.from)) {
      complaints.add(row.place_of("to"), "gateway_policy.to = " + r.to +
                                             " lies before gateway_policy.from = " + r.from);
    }
    const sim::Place& place = row.place_of("country");
    const std::uint32_t country =
        country_of(world, r.country, "gateway_policy.country", place, complaints);
    if (country == world::none) continue;
    if (!std::binary_search(gateways.begin(), gateways.end(), r.country)) {
      complaints.add(
          place, "gateway_policy.country: '" + r.country + "' is the gateway of no conflict zone" +
                     (gateways.empty() ? "" : "; gateways are ") + sim::listed(gateways));
      continue;
    }
    actors.policies.push_back({static_cast<std::uint16_t>(country), day_of(r.from), day_of(r.to),
                               r.signal, r.crossing_factor, r.closed});
  }
}

// ---- Mobilisation ------------------------------------------------------------------------------

/// How narrowly a text names a country: 3 by code, 2 by subregion, 1 by region, 0 not.
int names(const std::string& text, const world::Country& country) {
  if (text == country.iso3) return 3;
  if (text == country.subregion) return 2;
  return text == world::name(country.region) ? 1 : 0;
}

/// By country, how narrowly the row names it.
std::vector<int> covered(const sim::TextRow<MobilisationRow>& row, const World& world,
                         Complaints& complaints) {
  std::vector<int> out(world.countries.size(), 0);
  for (const std::string& text : parts(row.value.region, ",")) {
    bool any = false;
    for (std::size_t c = 0; c < out.size(); ++c) {
      const int how = names(text, world.countries[c]);
      out[c] = std::max(out[c], how);
      any = any || how > 0;
    }
    if (any) continue;
    std::vector<std::string> known = codes(world);
    for (const world::Country& c : world.countries) {
      known.push_back(c.subregion);
      known.emplace_back(world::name(c.region));
    }
    complaints.add(row.place_of("region"),
                   "mobilisation.region: no subregion, region or country '" + text +
                       "' in this world" + sim::did_you_mean(text, known));
  }
  return out;
}

/// Takes countries that another row of the same zone names more narrowly out of a row.
void settle_overlaps(const Rows<MobilisationRow>& rows, const World& world,
                     std::vector<std::vector<int>>& how, Complaints& complaints) {
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = a + 1; b < rows.size(); ++b) {
      if (rows[a].value.zone != rows[b].value.zone) continue;
      std::vector<std::string> shared;
      for (std::size_t c = 0; c < world.countries.size(); ++c) {
        int &x = how[a][c], &y = how[b][c];
        if (x == 0 || y == 0) continue;
        if (x == y) shared.push_back(world.countries[c].iso3);
        (x < y ? x : y) = 0;
      }
      if (shared.empty()) continue;
      complaints.add(rows[b].place_of("region"),
                     "mobilisation.region: " + sim::listed(shared, 3) +
                         (shared.size() == 1 ? " is" : " are") + " also in the row of line " +
                         std::to_string(rows[a].place.line) + ", named as narrowly there");
    }
  }
}

void check_dates(const sim::TextRow<MobilisationRow>& row, const Mobilisation& m,
                 Complaints& complaints) {
  const MobilisationRow& r = row.value;
  if (m.to < m.from) {
    complaints.add(row.place_of("to"),
                   "mobilisation.to = " + r.to + " lies before mobilisation.from = " + r.from);
  } else if (m.bell && (m.peak < m.from || m.peak > m.to)) {
    complaints.add(row.place_of("peak"),
                   "mobilisation.peak = " + r.peak + " lies outside " + r.from + " to " + r.to);
  }
}

void read_mobilisation(const Rows<MobilisationRow>& rows, const World& world,
                       FightersActors& actors, Complaints& complaints) {
  std::vector<std::string> zones;
  for (const ConflictZone& z : actors.zones) zones.push_back(z.name);
  std::vector<std::vector<int>> how;
  for (const auto& row : rows) how.push_back(covered(row, world, complaints));
  settle_overlaps(rows, world, how, complaints);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const sim::TextRow<MobilisationRow>& row = rows[i];
    const MobilisationRow& r = row.value;
    needs_source(row, "mobilisation.source", complaints);
    Mobilisation m;
    m.from = day_of(r.from);
    m.to = day_of(r.to);
    m.peak = day_of(r.peak);
    m.bell = r.shape == "peak";
    m.total = r.total;
    m.width_days = r.width_days;
    m.concentration = r.concentration;
    m.return_factor = r.return_factor;
    m.region = r.region;
    m.source = r.source;
    m.place = row.place;
    check_dates(row, m, complaints);
    if (zones.empty()) {
      complaints.add(row.place, "mobilisation without a [[conflict_zone]] to go to");
    } else if (!r.zone.empty()) {
      const auto at = std::find(zones.begin(), zones.end(), r.zone);
      if (at == zones.end()) {
        complaints.add(row.place_of("zone"), "mobilisation.zone: no conflict zone '" + r.zone +
                                                 "'" + sim::did_you_mean(r.zone, zones));
      } else {
        m.zone = static_cast<std::uint16_t>(at - zones.begin());
      }
    }
    const auto holds_zone = [&](std::size_t country) {
      for (std::size_t z = 0; z < actors.zones.size(); ++z) {
        if (actors.zones[z].country == country && (m.zone == any_zone || m.zone == z)) return true;
      }
      return false;
    };
    std::size_t named = 0;
    for (std::size_t c = 0; c < how[i].size(); ++c) {
      if (how[i][c] == 0) continue;
      ++named;
      if (!holds_zone(c)) m.countries.push_back(static_cast<std::uint16_t>(c));
    }
    if (named > 0 && world.real_names && named < least_countries_of_a_total) {
      complaints.add(row.place_of("region"),
                     "mobilisation.region covers " + std::to_string(named) +
                         (named == 1 ? " country" : " countries") +
                         "; in a world with real names a total is of at least " +
                         std::to_string(least_countries_of_a_total));
    } else if (named > 0 && m.countries.empty()) {
      complaints.add(row.place_of("region"),
                     "mobilisation.region covers only the zone's own country");
    }
    if (!m.countries.empty()) actors.mobilisation.push_back(std::move(m));
  }
}

}  // namespace

FightersActors read_fighters_actors(const sim::RowText& text, const World& world,
                                    Complaints& complaints) {
  FightersActors actors;
  read_zones(text.rows(zone_table, {"name", "country", "source"}, complaints), world, actors,
             complaints);
  read_policies(text.rows(policy_table, {"country", "source"}, complaints), world, actors,
                complaints);
  read_mobilisation(
      text.rows(mobilisation_table, {"region", "total", "from", "to", "source"}, complaints), world,
      actors, complaints);
  return actors;
}

void check_fighters_period(const FightersActors& actors, const sim::Date& start,
                           Complaints& complaints) {
  const std::int64_t first = sim::day_number(start);
  for (const Mobilisation& m : actors.mobilisation) {
    if (first >= m.from && first <= m.to) continue;
    complaints.add(m.place, "the run starts on " + sim::text(start) +
                                (first < m.from ? ", before the data of this row begin on "
                                                : ", after the data of this row end on ") +
                                sim::text(sim::date_of(first < m.from ? m.from : m.to)));
  }
}

}  // namespace corridor::fighters
