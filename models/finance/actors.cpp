// SPDX-License-Identifier: Apache-2.0
#include "models/finance/actors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "sim/names.hpp"

namespace corridor::finance {
namespace {

constexpr std::string_view scenario = "set by the scenario";
constexpr std::string_view invented = "invented round number, docs/odd/finance.md";

struct FinancierRow {
  std::string name, kind = "trafficking", home;
  double opening_cash_usd = 0, opening_assets_usd = 0, need_usd_per_month = 0, freeze_factor = 1;
  std::int64_t layers = -1;
};
using FinancierColumn = sim::Parameter<FinancierRow>;
constexpr std::array financier_table{
    FinancierColumn{"financier.name", "", "name of an organisation, or of a group of its own",
                    sim::Tag::option, scenario, 0, 0, &FinancierRow::name},
    FinancierColumn{"financier.kind", "", "kind of a group of its own", sim::Tag::option, scenario,
                    0, 0, &FinancierRow::kind, "trafficking|fighters"},
    FinancierColumn{"financier.home", "", "country of a group of its own, ISO 3166-1 alpha-3",
                    sim::Tag::option, scenario, 0, 0, &FinancierRow::home},
    FinancierColumn{"financier.opening_cash_usd", "USD", "cash on day 0", sim::Tag::assumed,
                    invented, 0, 1e12, &FinancierRow::opening_cash_usd},
    FinancierColumn{"financier.opening_assets_usd", "USD", "assets on day 0", sim::Tag::assumed,
                    invented, 0, 1e12, &FinancierRow::opening_assets_usd},
    FinancierColumn{"financier.need_usd_per_month", "USD/month", "working need, at least",
                    sim::Tag::assumed, invented, 0, 1e12, &FinancierRow::need_usd_per_month},
    FinancierColumn{"financier.layers", "1",
                    "layers of laundering; -1 = as finance.laundering.layers, fighters none",
                    sim::Tag::assumed, invented, -1, 16, &FinancierRow::layers},
    FinancierColumn{"financier.freeze_factor", "1", "factor on finance.recovery.hazard",
                    sim::Tag::assumed, invented, 0, 1000, &FinancierRow::freeze_factor},
};
static_assert(sim::sound(financier_table));

struct FacilitatorRow {
  std::string name, kind = "documents", serves;
  std::int64_t capacity_per_month = 10, people = 1;
  double fee_usd = 1000, fee_share = 0, share_probability = 0;
};
using FacilitatorColumn = sim::Parameter<FacilitatorRow>;
constexpr std::array facilitator_table{
    FacilitatorColumn{"facilitator.name", "", "name", sim::Tag::option, scenario, 0, 0,
                      &FacilitatorRow::name},
    FacilitatorColumn{"facilitator.kind", "", "what he provides", sim::Tag::option, scenario, 0, 0,
                      &FacilitatorRow::kind, "documents|money|logistics"},
    FacilitatorColumn{"facilitator.serves", "",
                      "groups served, separated by commas; trafficking or fighters = all of a kind",
                      sim::Tag::option, scenario, 0, 0, &FacilitatorRow::serves},
    FacilitatorColumn{"facilitator.capacity_per_month", "1/month", "services, with all his people",
                      sim::Tag::assumed, invented, 0, 1e6, &FacilitatorRow::capacity_per_month},
    FacilitatorColumn{"facilitator.people", "1", "people among whom the capacity is divided",
                      sim::Tag::assumed, invented, 1, 1000, &FacilitatorRow::people},
    FacilitatorColumn{"facilitator.fee_usd", "USD", "price of a service", sim::Tag::assumed,
                      invented, 0, 1e9, &FacilitatorRow::fee_usd},
    FacilitatorColumn{"facilitator.fee_share", "1", "share of the sum, where money is moved",
                      sim::Tag::assumed, invented, 0, 1, &FacilitatorRow::fee_share},
    FacilitatorColumn{"facilitator.share_probability", "1",
                      "chance that he serves both kinds of group; 0 = the kind named first only",
                      sim::Tag::assumed, invented, 0, 1, &FacilitatorRow::share_probability},
};
static_assert(sim::sound(facilitator_table));

std::vector<std::string> names_of(std::span<const Group> groups) {
  std::vector<std::string> names;
  for (const Group& g : groups) names.push_back(g.name);
  return names;
}

std::string known_here(std::string_view typed, std::span<const std::string> names) {
  std::string hint = sim::did_you_mean(typed, names);
  if (!hint.empty()) return hint;
  return names.empty() ? "; there is no group" : "; known groups: " + sim::listed(names);
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::optional<GroupKind> kind_named(std::string_view text) {
  for (const GroupKind k : {GroupKind::trafficking, GroupKind::fighters}) {
    if (text == name(k)) return k;
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const world::World& world, std::span<const Group> known, sim::Complaints& complaints)
      : world_(world), complaints_(complaints) {
    actors_.groups.assign(known.begin(), known.end());
  }

  void financiers(const std::vector<sim::TextRow<FinancierRow>>& rows) {
    for (const auto& row : rows) {
      if (row.value.name.empty()) continue;  // complained about when read
      Group* group = find(row.value.name);
      if (group == nullptr) {
        group = own_group(row);
      } else if (std::find(named_.begin(), named_.end(), row.value.name) != named_.end()) {
        complaints_.add(row.place_of("name"),
                        fmt::format("[[financier]] '{}' is there twice", row.value.name));
        continue;
      } else {
        for (const char* key : {"kind", "home"}) {
          if (!row.at.contains(key)) continue;
          complaints_.add(row.place_of(key),
                          fmt::format("financier.{} is for groups of their own; '{}' is an "
                                      "organisation, which has one",
                                      key, row.value.name));
        }
      }
      if (group == nullptr) continue;
      named_.push_back(row.value.name);
      if (row.at.contains("opening_cash_usd")) {
        group->opening_cash = from_usd(row.value.opening_cash_usd);
      }
      if (row.at.contains("opening_assets_usd")) {
        group->opening_assets = from_usd(row.value.opening_assets_usd);
      }
      if (row.at.contains("need_usd_per_month")) {
        group->need = from_usd(row.value.need_usd_per_month);
      }
      if (row.at.contains("layers")) group->layers = row.value.layers;
      if (row.at.contains("freeze_factor")) group->freeze_factor = row.value.freeze_factor;
    }
  }

  void facilitators(const std::vector<sim::TextRow<FacilitatorRow>>& rows) {
    for (const auto& row : rows) {
      const FacilitatorRow& r = row.value;
      if (r.name.empty() || !row.at.contains("serves")) continue;  // complained about when read
      if (std::any_of(actors_.facilitators.begin(), actors_.facilitators.end(),
                      [&](const Facilitator& f) { return f.name == r.name; })) {
        complaints_.add(row.place_of("name"),
                        fmt::format("[[facilitator]] '{}' is there twice", r.name));
        continue;
      }
      Facilitator made{
          r.name,   Service::documents,  {},          GroupKind::trafficking, r.capacity_per_month,
          r.people, from_usd(r.fee_usd), r.fee_share, r.share_probability};
      for (const Service s : {Service::documents, Service::money, Service::logistics}) {
        if (r.kind == name(s)) made.service = s;
      }
      served(row, made);
      actors_.facilitators.push_back(std::move(made));
    }
  }

  [[nodiscard]] Actors take() { return std::move(actors_); }

 private:
  Group* find(std::string_view named) {
    for (Group& g : actors_.groups) {
      if (g.name == named) return &g;
    }
    return nullptr;
  }

  Group* own_group(const sim::TextRow<FinancierRow>& row) {
    const FinancierRow& r = row.value;
    if (!row.at.contains("home")) {
      complaints_.add(
          row.place_of("name"),
          fmt::format("unknown group '{}', and no 'home' that would make it one of its own{}",
                      r.name, known_here(r.name, names_of(actors_.groups))));
      return nullptr;
    }
    const std::uint32_t home = world_.find_country(r.home);
    if (home == world::none) {
      std::vector<std::string> codes;
      for (const world::Country& c : world_.countries) codes.push_back(c.iso3);
      const std::string hint = sim::did_you_mean(r.home, codes);
      complaints_.add(row.place_of("home"),
                      fmt::format("financier.home = '{}' is no country of this world{}", r.home,
                                  hint.empty() ? "; known are " + sim::listed(codes) : hint));
      return nullptr;
    }
    Group made;
    made.name = r.name;
    made.kind = kind_named(r.kind).value_or(GroupKind::trafficking);
    made.home = static_cast<std::uint16_t>(home);
    actors_.groups.push_back(std::move(made));
    return &actors_.groups.back();
  }

  void served(const sim::TextRow<FacilitatorRow>& row, Facilitator& made) {
    const std::vector<std::string> parts = parts_of(row.value.serves);
    std::optional<GroupKind> own;
    bool both = false, wrong = false;
    const auto add = [&](std::uint32_t g) { made.serves.push_back(g); };
    const auto of_kind = [&](GroupKind k) {
      if (!own) own = k;
      both = both || k != *own;
    };
    for (const std::string& part : parts) {
      if (const std::optional<GroupKind> all = kind_named(part)) {
        of_kind(*all);
        for (std::uint32_t g = 0; g < actors_.groups.size(); ++g) {
          if (actors_.groups[g].kind == *all) add(g);
        }
      } else if (const Group* group = find(part)) {
        of_kind(group->kind);
        add(static_cast<std::uint32_t>(group - actors_.groups.data()));
      } else {
        wrong = true;
        complaints_.add(
            row.place_of("serves"),
            fmt::format("facilitator '{}' serves the unknown group '{}'{}", row.value.name, part,
                        known_here(part, names_of(actors_.groups))));
      }
    }
    std::sort(made.serves.begin(), made.serves.end());
    made.serves.erase(std::unique(made.serves.begin(), made.serves.end()), made.serves.end());
    made.own_kind = own.value_or(GroupKind::trafficking);
    if (made.serves.empty() && !wrong) {
      const std::vector<std::string> names = names_of(actors_.groups);
      complaints_.add(
          row.place_of("serves"),
          fmt::format("facilitator '{}' serves no group{}", row.value.name,
                      names.empty() ? "; there is none" : "; known groups: " + sim::listed(names)));
    } else if (made.share_probability > 0 && !both && !wrong) {
      complaints_.add(
          row.place_of("share_probability"),
          fmt::format("facilitator '{}' cannot be shared: all whom he serves are of the kind {}; "
                      "name groups of the other kind or set share_probability = 0",
                      row.value.name, name(made.own_kind)));
    }
  }

  const world::World& world_;
  sim::Complaints& complaints_;
  Actors actors_;
  std::vector<std::string> named_;
};

}  // namespace

Actors read_finance_actors(const sim::RowText& text, const world::World& world,
                           std::span<const Group> known, sim::Complaints& complaints) {
  Reader reader(world, known, complaints);
  reader.financiers(text.rows(financier_table, {"name"}, complaints));
  reader.facilitators(text.rows(facilitator_table, {"name", "serves"}, complaints));
  return reader.take();
}

sim::ParameterSet finance_columns() {
  sim::ParameterSet columns;
  columns.add(financier_table);
  columns.add(facilitator_table);
  return columns;
}

}  // namespace corridor::finance
