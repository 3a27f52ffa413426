// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/actors.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "models/trafficking/actors_check.hpp"
#include "sim/math.hpp"
#include "sim/names.hpp"
#include "sim/samplers.hpp"

namespace corridor::trafficking {
namespace {

using sim::Parameter;
using sim::Tag;

constexpr std::string_view file = "the actors file says";

template <class S>
constexpr Parameter<S> name_row(std::string_view path, std::string_view meaning,
                                std::string S::*field, std::string_view allowed = "") {
  return {path, "", meaning, Tag::option, file, 0, 0, field, allowed};
}
template <class S>
constexpr Parameter<S> number_row(std::string_view path, std::string_view unit,
                                  std::string_view meaning, double lo, double hi,
                                  double S::*field) {
  return {path, unit, meaning, Tag::assumed, file, lo, hi, field};
}
template <class S>
constexpr Parameter<S> whole_row(std::string_view path, std::string_view unit,
                                 std::string_view meaning, double lo, double hi,
                                 std::int64_t S::*field) {
  return {path, unit, meaning, Tag::assumed, file, lo, hi, field};
}

constexpr std::array substance_columns{
    name_row<Substance>("substance.name", "name of the substance", &Substance::name),
    name_row<Substance>("substance.reference", "where its numbers come from",
                        &Substance::reference),
    number_row<Substance>("substance.source_price_usd_kg", "USD/kg",
                          "wholesale price where it is made", 0, 1e7,
                          &Substance::source_price_usd_kg),
    number_row<Substance>("substance.markup_usd_kg", "USD/kg",
                          "price added over 1,000 km at 10,000 USD a head", 0, 1e7,
                          &Substance::markup_usd_kg),
    number_row<Substance>("substance.distance_exponent", "1", "exponent of distance in its price",
                          0, 3, &Substance::distance_exponent),
    number_row<Substance>("substance.income_exponent", "1", "exponent of income in its price", 0, 2,
                          &Substance::income_exponent),
    number_row<Substance>("substance.purity", "1", "purity of what is traded", 0.01, 1,
                          &Substance::purity),
};

constexpr std::array source_columns{
    name_row<Source>("source.substance", "a substance of this file", &Source::substance),
    name_row<Source>("source.place", "a country, ISO 3166-1 alpha-3", &Source::place),
    name_row<Source>("source.reference", "where the figure comes from", &Source::reference),
    whole_row<Source>("source.year", "year", "year of the figure", 1900, 2200, &Source::year),
    number_row<Source>("source.tonnes", "t", "pure, in that year", 0, 1e6, &Source::tonnes),
    number_row<Source>("source.export_share", "1", "share that reaches organisations", 0, 1,
                       &Source::export_share),
};

constexpr std::array market_columns{
    name_row<Market>("market.substance", "a substance of this file", &Market::substance),
    name_row<Market>("market.place", "a country, a subregion, a region or world", &Market::place),
    name_row<Market>("market.reference", "where its numbers come from", &Market::reference),
    number_row<Market>("market.prevalence", "1", "users in the past year over the population", 0, 1,
                       &Market::prevalence),
    number_row<Market>("market.kg_per_user", "kg/year", "use of a user in a year, as traded", 0,
                       100, &Market::kg_per_user),
    number_row<Market>("market.elasticity", "1", "elasticity of demand to price", -10, -0.01,
                       &Market::elasticity),
    number_row<Market>("market.price_usd_kg", "USD/kg",
                       "wholesale price; 0 = from source price, distance and income", 0, 1e7,
                       &Market::price_usd_kg),
};

constexpr std::array organisation_columns{
    name_row<Organisation>("organisation.name", "an invented name", &Organisation::name),
    name_row<Organisation>("organisation.home", "a country, ISO 3166-1 alpha-3",
                           &Organisation::home),
    name_row<Organisation>("organisation.substances", "substances of this file, with commas",
                           &Organisation::substances),
    name_row<Organisation>("organisation.sources", "countries where it buys; empty: every source",
                           &Organisation::sources),
    name_row<Organisation>("organisation.markets", "places that it supplies; empty: every market",
                           &Organisation::markets),
    name_row<Organisation>("organisation.choice", "how it values routes", &Organisation::choice,
                           "salience|logit|expected"),
    number_row<Organisation>("organisation.share", "1", "weight in the supply", 0, 1e6,
                             &Organisation::share),
    number_row<Organisation>("organisation.capital_usd", "USD", "cash at the start", 0, 1e12,
                             &Organisation::capital_usd),
    number_row<Organisation>("organisation.rationality", "1",
                             "of the logit, per unit of the margin at the market", 0, 1000,
                             &Organisation::rationality),
    number_row<Organisation>("organisation.memory", "1", "weight of a month in perceived risk", 0,
                             1.05, &Organisation::memory),
    number_row<Organisation>("organisation.capacity_kg", "kg/month",
                             "most that it buys a month; 0 = no limit", 0, 1e9,
                             &Organisation::capacity_kg),
    number_row<Organisation>("organisation.loss_tolerance", "1",
                             "share of the value sent in a month whose loss it bears", 0.0001, 1,
                             &Organisation::loss_tolerance),
    whole_row<Organisation>("organisation.corridors", "1",
                            "corridors to each market with which it begins", 1, 16,
                            &Organisation::corridors),
};

constexpr std::array rule_columns{
    name_row<RouteRule>("route_rule.origin", "a country, ISO 3166-1 alpha-3", &RouteRule::origin),
    name_row<RouteRule>("route_rule.destination", "a country, ISO 3166-1 alpha-3",
                        &RouteRule::destination),
    name_row<RouteRule>("route_rule.mode", "mode of transport, or any", &RouteRule::mode,
                        "any|container|air_cargo|parcel|land|air_courier"),
    name_row<RouteRule>(
        "route_rule.rule",
        "closed to goods, begun with by an organisation, or more or less attractive",
        &RouteRule::rule, "closed|start|attraction"),
    name_row<RouteRule>("route_rule.organisation", "who begins with it", &RouteRule::organisation),
    name_row<RouteRule>("route_rule.substance", "with what", &RouteRule::substance),
    name_row<RouteRule>("route_rule.reference", "where it comes from", &RouteRule::reference),
    number_row<RouteRule>("route_rule.attraction", "1", "utility that is added to the edge", -100,
                          100, &RouteRule::attraction),
};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view word = text.substr(0, comma);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    if (!word.empty()) out.emplace_back(word);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

/// Looks names up and complains of those that are not known.
class Resolver {
 public:
  Resolver(const world::World& world, const std::vector<sim::TextRow<Substance>>& substances,
           sim::Complaints& complaints)
      : world_(world), complaints_(complaints) {
    for (const auto& row : substances) substance_names_.push_back(row.value.name);
    for (const world::Country& c : world.countries) country_names_.push_back(c.iso3);
    std::set<std::string> wide{"world"};
    for (const world::Country& c : world.countries) {
      wide.insert(c.subregion);
      wide.insert(std::string(world::name(c.region)));
    }
    place_names_ = country_names_;
    place_names_.insert(place_names_.end(), wide.begin(), wide.end());
  }

  std::optional<std::uint8_t> substance(const std::string& name, const sim::Place& at) {
    const auto found = std::find(substance_names_.begin(), substance_names_.end(), name);
    if (found != substance_names_.end()) {
      return static_cast<std::uint8_t>(found - substance_names_.begin());
    }
    unknown("substance", name, substance_names_, at, true);
    return {};
  }
  std::optional<std::uint16_t> country(const std::string& iso3, const sim::Place& at) {
    const std::uint32_t found = world_.find_country(iso3);
    if (found != world::none) return static_cast<std::uint16_t>(found);
    unknown("country", iso3, country_names_, at, false);
    return {};
  }
  /// Countries of a place, and how special it is: 3 country, 2 subregion, 1 region, 0 world.
  std::optional<std::pair<int, std::vector<std::uint16_t>>> place(const std::string& name,
                                                                  const sim::Place& at) {
    std::pair<int, std::vector<std::uint16_t>> out{-1, {}};
    for (std::size_t c = 0; c < world_.countries.size(); ++c) {
      const world::Country& k = world_.countries[c];
      const int level = k.iso3 == name                  ? 3
                        : k.subregion == name           ? 2
                        : world::name(k.region) == name ? 1
                        : name == "world"               ? 0
                                                        : -1;
      if (level < 0) continue;
      out.first = level;
      out.second.push_back(static_cast<std::uint16_t>(c));
    }
    if (out.first >= 0) return out;
    unknown("place", name, place_names_, at, false);
    return {};
  }

 private:
  void unknown(std::string_view what, const std::string& name,
               const std::vector<std::string>& known, const sim::Place& at, bool list) {
    const std::string hint = sim::did_you_mean(name, known);
    complaints_.add(at, "unknown " + std::string(what) + " '" + name + "'" +
                            (hint.empty() && list ? "; known here: " + sim::listed(known) : hint));
  }
  const world::World& world_;
  sim::Complaints& complaints_;
  std::vector<std::string> substance_names_, country_names_, place_names_;
};

template <class S>
void unique_names(const std::vector<sim::TextRow<S>>& rows, std::string_view what,
                  sim::Complaints& complaints) {
  std::set<std::string> seen;
  for (const auto& row : rows) {
    if (row.value.name.empty()) continue;
    if (!seen.insert(row.value.name).second) {
      complaints.add(row.place_of("name"),
                     std::string(what) + " '" + row.value.name + "' is there already");
    }
  }
}

constexpr std::uint8_t mode_number(std::string_view word) {
  for (std::uint8_t m = 0; m < n_cargo_modes; ++m)
    if (name(static_cast<CargoMode>(m)) == word) return m;
  return any_cargo_mode;
}

}  // namespace

TraffickingActors read_trafficking_actors(const sim::RowText& text, const world::World& world,
                                          const TraffickingParams& params, int start_year,
                                          sim::Complaints& complaints) {
  ActorRows rows;
  rows.substances =
      text.rows(substance_columns, {"name", "source_price_usd_kg", "markup_usd_kg"}, complaints);
  rows.sources = text.rows(source_columns, {"substance", "place", "year", "tonnes"}, complaints);
  rows.markets =
      text.rows(market_columns, {"substance", "place", "prevalence", "kg_per_user", "elasticity"},
                complaints);
  rows.organisations = text.rows(organisation_columns, {"name", "home", "substances"}, complaints);
  rows.rules = text.rows(rule_columns, {"origin", "destination", "rule"}, complaints);
  unique_names(rows.substances, "substance", complaints);
  unique_names(rows.organisations, "organisation", complaints);

  TraffickingActors out;
  Resolver names(world, rows.substances, complaints);
  for (auto& row : rows.substances) out.substances.push_back(row.value);
  for (auto& row : rows.sources) {
    const auto what = names.substance(row.value.substance, row.place_of("substance"));
    const auto where = names.country(row.value.place, row.place_of("place"));
    if (!what || !where) continue;
    row.value.substance_row = *what;
    row.value.country = *where;
    out.sources.push_back(row.value);
  }
  out.market_of.assign(out.substances.size(),
                       std::vector<std::uint32_t>(world.countries.size(), world::none));
  std::vector<std::vector<int>> level(out.substances.size(),
                                      std::vector<int>(world.countries.size(), -1));
  for (auto& row : rows.markets) {
    const auto what = names.substance(row.value.substance, row.place_of("substance"));
    const auto where = names.place(row.value.place, row.place_of("place"));
    if (!what || !where) continue;
    row.value.substance_row = *what;
    const auto number = static_cast<std::uint32_t>(out.markets.size());
    out.markets.push_back(row.value);
    rows.market_places.push_back(row.place_of("place"));
    for (const std::uint16_t c : where->second) {
      int& known = level[*what][c];
      if (known == where->first) {
        complaints.add(row.place_of("place"), "a market of '" + row.value.substance + "' in '" +
                                                  row.value.place + "' is there already");
        break;
      }
      if (known > where->first) continue;
      known = where->first;
      out.market_of[*what][c] = number;
    }
  }
  for (auto& row : rows.organisations) {
    Organisation& o = row.value;
    if (const auto home = names.country(o.home, row.place_of("home"))) o.home_country = *home;
    for (const std::string& word : words(o.substances)) {
      if (const auto what = names.substance(word, row.place_of("substances")))
        o.substance_rows.push_back(*what);
    }
    std::sort(o.substance_rows.begin(), o.substance_rows.end());
    o.substance_rows.erase(std::unique(o.substance_rows.begin(), o.substance_rows.end()),
                           o.substance_rows.end());
    for (const std::string& word : words(o.sources)) {
      if (const auto where = names.country(word, row.place_of("sources")))
        o.source_countries.push_back(*where);
    }
    for (const std::string& word : words(o.markets)) {
      if (o.serves.empty()) o.serves.assign(world.countries.size(), 0);
      if (const auto where = names.place(word, row.place_of("markets")))
        for (const std::uint16_t c : where->second) o.serves[c] = 1;
    }
    o.how = o.choice == "logit"      ? Choice::logit
            : o.choice == "expected" ? Choice::expected
                                     : Choice::salience;
    out.organisations.push_back(o);
  }
  for (auto& row : rows.rules) {
    RouteRule& r = row.value;
    const auto from = names.country(r.origin, row.place_of("origin"));
    const auto to = names.country(r.destination, row.place_of("destination"));
    if (!from || !to) continue;
    r.from = *from;
    r.to = *to;
    if (r.rule != "start") {
      out.edge_rules.push_back(
          {r.from, r.to, mode_number(r.mode), r.rule == "closed", r.attraction});
    }
  }
  check_actors(rows, world, params, start_year, out, complaints);
  return out;
}

double demand_kg_year(const TraffickingActors& actors, const world::World& world,
                      std::size_t substance, std::size_t country) {
  const std::uint32_t row = actors.market_of[substance][country];
  if (row == world::none) return 0;
  const Market& m = actors.markets[row];
  return world.countries[country].population * m.prevalence * m.kg_per_user;
}

double supply_grams_year(const TraffickingActors& actors, const TraffickingParams& params,
                         std::size_t substance, std::size_t country, int year) {
  const Source *before = nullptr, *after = nullptr;
  for (const Source& s : actors.sources) {
    if (s.substance_row != substance || s.country != country) continue;
    if (s.year <= year && (before == nullptr || s.year > before->year)) before = &s;
    if (s.year > year && (after == nullptr || s.year < after->year)) after = &s;
  }
  if (before == nullptr) return 0;
  const auto grams = [&](const Source& s) {
    return s.tonnes * 1e6 * s.export_share / actors.substances[substance].purity;
  };
  if (after == nullptr) {
    return grams(*before) *
           sim::pow(1 + params.supply_growth, static_cast<double>(year - before->year));
  }
  const double share =
      static_cast<double>(year - before->year) / static_cast<double>(after->year - before->year);
  return grams(*before) + share * (grams(*after) - grams(*before));
}

}  // namespace corridor::trafficking
