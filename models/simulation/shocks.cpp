// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/shocks.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "models/cooperation/ground.hpp"
#include "sim/names.hpp"

namespace corridor::simulation {
namespace {

using cooperation::TargetKind;
using trafficking::CargoMode;

constexpr std::uint8_t bit(CargoMode mode) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(mode));
}
constexpr std::uint8_t by_air =
    bit(CargoMode::air_cargo) | bit(CargoMode::parcel) | bit(CargoMode::air_courier);

/// Kinds of crossing that a shock can close, with the modes of goods that go there.
struct Kind {
  std::string_view name;
  TargetKind kind;
  std::uint8_t modes;
};
constexpr std::array kinds{Kind{"air", TargetKind::air, by_air},
                           Kind{"land", TargetKind::land, bit(CargoMode::land)},
                           Kind{"sea", TargetKind::sea, bit(CargoMode::container)}};

class Applier {
 public:
  Applier(Shocked on, sim::Complaints& complaints) : on_(on), complaints_(complaints) {}

  std::optional<cooperation::PlannedShock> apply(const ShockRow& row) {
    const cooperation::Shock& s = row.value;
    out_ = {static_cast<std::int32_t>(s.from_day),
            static_cast<std::int32_t>(s.to_day),
            s.kind,
            s.target,
            {},
            -1};
    const bool done = s.kind == "gateway-closed"  ? close(row)
                      : s.kind == "route-opened"  ? open(row)
                      : s.kind == "new-substance" ? new_substance(row)
                                                  : new_zone(row);
    if (!done) return std::nullopt;
    std::sort(out_.targets.begin(), out_.targets.end());
    out_.targets.erase(std::unique(out_.targets.begin(), out_.targets.end()), out_.targets.end());
    return out_;
  }

 private:
  bool refuse(const ShockRow& row, const std::string& what, const std::vector<std::string>& known,
              const std::string& more = "") {
    complaints_.add(
        row.place_of("target"),
        "shock.target: '" + row.value.target + "' is " + what +
            (known.empty() ? "; there is none" : "; allowed are " + sim::listed(known)) + more +
            sim::did_you_mean(row.value.target, known));
    return false;
  }
  void target(std::size_t country, TargetKind kind) {
    out_.targets.push_back(static_cast<std::uint32_t>(cooperation::target_of(country, kind)));
  }
  void travellers(std::size_t country) {
    for (const Kind& k : kinds) target(country, k.kind);
  }

  bool close(const ShockRow& row) {
    const std::string& text = row.value.target;
    if (const std::size_t slash = text.find('/'); slash != std::string::npos) {
      return close_kind(row, text.substr(0, slash), text.substr(slash + 1));
    }
    std::set<std::string> known;
    std::set<std::uint16_t> others;
    bool any = false;
    const std::uint32_t country = on_.world.find_country(text);
    for (const fighters::ConflictZone& zone : on_.zones.zones) {
      const bool here = std::ranges::any_of(
          zone.gateways, [&](const fighters::Gateway& g) { return g.country == country; });
      any = any || here;
      for (const fighters::Gateway& g : zone.gateways) {
        known.insert(on_.world.countries[g.country].iso3);
        if (here && g.country != country) others.insert(g.country);
      }
    }
    if (!any) {
      return refuse(
          row, "no gateway of a conflict zone", {known.begin(), known.end()},
          ", or the crossings of a kind, as in 'sea/" + on_.world.countries[0].iso3 + "'");
    }
    fighters::GatewayPolicy shut;
    shut.country = static_cast<std::uint16_t>(country);
    shut.from = on_.day_0 + out_.from_day;
    shut.to = on_.day_0 + out_.to_day;
    shut.shut = true;
    on_.zones.policies.push_back(shut);
    out_.country = static_cast<std::int32_t>(country);
    if (others.empty()) others.insert(shut.country);
    for (const std::uint16_t c : others) travellers(c);
    return true;
  }

  bool close_kind(const ShockRow& row, const std::string& kind, const std::string& iso3) {
    const auto* const found = std::ranges::find(kinds, kind, &Kind::name);
    if (found == kinds.end()) {
      complaints_.add(row.place_of("target"), "shock.target: '" + kind +
                                                  "' is no kind of crossing; allowed are 'air', "
                                                  "'land' and 'sea'");
      return false;
    }
    const std::uint32_t country = on_.world.find_country(iso3);
    if (country == world::none) {
      std::vector<std::string> known;
      for (const world::Country& c : on_.world.countries) known.push_back(c.iso3);
      complaints_.add(row.place_of("target"), "shock.target: '" + iso3 +
                                                  "' is no country of this world" +
                                                  sim::did_you_mean(iso3, known));
      return false;
    }
    trafficking::WayShock shock;
    shock.origin = static_cast<std::uint16_t>(country);
    shock.modes = found->modes;
    shock.shuts = true;
    shock.from_day = out_.from_day;
    shock.to_day = out_.to_day;
    const trafficking::CargoGraph graph(on_.world, on_.params, on_.trade.edge_rules);
    bool any = false;
    for (const trafficking::CargoEdge& e : graph.edges()) {
      if (!shock.is_of(e)) continue;
      any = true;
      target(e.origin == shock.origin ? e.destination : e.origin, TargetKind::customs);
    }
    if (!any) {
      complaints_.add(row.place_of("target"),
                      "shock.target: nothing goes by " + kind + " from or to '" + iso3 + "'");
      return false;
    }
    on_.trade.way_shocks.push_back(shock);
    out_.country = static_cast<std::int32_t>(country);
    target(country, TargetKind::customs);
    for (const Kind& k : kinds) {
      if (k.name != kind) target(country, k.kind);
    }
    return true;
  }

  bool open(const ShockRow& row) {
    std::set<std::string> known;
    trafficking::WayShock shock;
    shock.from_day = out_.from_day;
    shock.to_day = out_.to_day;
    for (const trafficking::EdgeRule& rule : on_.trade.edge_rules) {
      if (!rule.closed) continue;
      const std::string pair =
          on_.world.countries[rule.origin].iso3 + "-" + on_.world.countries[rule.destination].iso3;
      known.insert(pair);
      if (pair != row.value.target) continue;
      shock.origin = rule.origin;
      shock.destination = rule.destination;
      shock.modes = rule.mode == trafficking::any_cargo_mode
                        ? std::uint8_t{0xff}
                        : static_cast<std::uint8_t>(shock.modes | 1U << rule.mode);
    }
    if (shock.modes == 0) {
      return refuse(row, "no way that a [[route_rule]] closes", {known.begin(), known.end()});
    }
    on_.trade.way_shocks.push_back(shock);
    out_.country = shock.destination;
    target(shock.destination, TargetKind::customs);
    if ((shock.modes & bit(CargoMode::air_courier)) != 0) {
      target(shock.destination, TargetKind::air);
    }
    return true;
  }

  bool new_substance(const ShockRow& row) {
    std::vector<std::string> known;
    for (const trafficking::Substance& s : on_.trade.substances) known.push_back(s.name);
    const auto at = std::ranges::find(known, row.value.target);
    if (at == known.end()) return refuse(row, "no substance", known);
    const auto s = static_cast<std::uint8_t>(at - known.begin());
    on_.trade.supply_shocks.push_back({s, out_.from_day, out_.to_day});
    for (std::size_t c = 0; c < on_.world.countries.size(); ++c) {
      if (on_.trade.market_of[s][c] == world::none) continue;
      target(c, TargetKind::customs);
      target(c, TargetKind::air);
    }
    return true;
  }

  bool new_zone(const ShockRow& row) {
    std::vector<std::string> known;
    for (const fighters::ConflictZone& z : on_.zones.zones) known.push_back(z.name);
    const auto at = std::ranges::find(known, row.value.target);
    if (at == known.end()) return refuse(row, "no conflict zone", known);
    fighters::ConflictZone& zone = on_.zones.zones[static_cast<std::size_t>(at - known.begin())];
    zone.opens = std::max(zone.opens, on_.day_0 + out_.from_day);
    if (out_.to_day < cooperation::no_end) {
      zone.closes = std::min(zone.closes, on_.day_0 + out_.to_day);
    }
    out_.country = zone.country;
    for (const fighters::Gateway& g : zone.gateways) travellers(g.country);
    return true;
  }

  Shocked on_;
  sim::Complaints& complaints_;
  cooperation::PlannedShock out_;
};

}  // namespace

std::vector<cooperation::PlannedShock> apply_shocks(std::span<const ShockRow> rows, Shocked on,
                                                    sim::Complaints& complaints) {
  std::vector<cooperation::PlannedShock> out;
  Applier applier(on, complaints);
  for (const ShockRow& row : rows) {
    if (auto shock = applier.apply(row)) out.push_back(std::move(*shock));
  }
  return out;
}

}  // namespace corridor::simulation
