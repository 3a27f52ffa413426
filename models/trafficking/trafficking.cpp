// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/trafficking.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "models/trafficking/perceived_risk.hpp"
#include "models/trafficking/price_field.hpp"
#include "models/trafficking/reports.hpp"
#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

auto stock_key(const StockRow& r) {
  return std::tuple(r.organisation, r.substance, r.country, r.market);
}

}  // namespace

TraffickingTables::TraffickingTables(const world::World& world, TraffickingParams p,
                                     TraffickingActors a)
    : params(std::move(p)),
      actors(std::move(a)),
      graph(world, params, actors.edge_rules),
      n_countries(world.countries.size()) {
  for (std::size_t s = 0; s < actors.substances.size(); ++s) {
    base_price.push_back(base_prices(actors, world, s));
    std::vector<double> kg(n_countries);
    for (std::size_t c = 0; c < n_countries; ++c) kg[c] = demand_kg_year(actors, world, s, c) / 12;
    demand.push_back(std::move(kg));
    std::set<std::uint16_t> made;
    for (const Source& source : actors.sources)
      if (source.substance_row == s) made.insert(source.country);
    makers.emplace_back(made.begin(), made.end());
  }
  for (const world::Country& c : world.countries) {
    insider.push_back(
        insider_risk(params, corruption_class(c.control_of_corruption, c.corruption_known)));
  }
  const auto figures = mode_figures(params);
  constexpr std::size_t n_sizes = std::size_t{1} << size_bits;
  std::vector<double> normal;
  for (std::size_t i = 0; i < n_sizes; ++i)
    normal.push_back(sim::normal_quantile((static_cast<double>(i) + 0.5) / n_sizes));
  for (std::size_t m = 0; m < n_cargo_modes; ++m) {
    const ModeFigures& f = figures[m];
    for (const double z : normal) {
      const double kg = std::min(f.lot_kg * sim::exp(f.sigma * z), f.most_kg);
      sizes[m].push_back(static_cast<std::int32_t>(std::max(kg * 1000, 1.0)));
    }
  }
  const std::vector<double> nothing(static_cast<std::size_t>(params.window_months), 0);
  prior_risk = perceived_risk_of_losses(std::span<const double>(nothing), 1, params.risk_alpha,
                                        params.risk_beta);
}

Trafficking::Trafficking(std::shared_ptr<const TraffickingTables> tables, sim::RunKey key,
                         sim::Date start)
    : tables_(std::move(tables)), key_(key), calendar_(start) {
  const std::size_t n_s = tables_->actors.substances.size();
  const std::size_t n_o = tables_->actors.organisations.size();
  state_.markets.resize(n_s * tables_->n_countries);
  state_.tallies.resize(n_o * n_s);
  state_.market_loss.resize(n_o * n_s * tables_->n_countries);
  state_.goods.resize(n_s);
  state_.sent.resize(n_o * n_s);
  state_.capability.assign(n_o, 1);
  first_networks();
  refresh();
}

void Trafficking::set_state(TraffickingState state) {
  state_ = std::move(state);
  refresh();
}

void Trafficking::set_capability(std::span<const double> share) {
  for (std::size_t o = 0; o < state_.capability.size() && o < share.size(); ++o) {
    state_.capability[o] = std::clamp(share[o], 0.0, 1.0);
  }
}

std::span<RouteRow> Trafficking::routes_of(std::size_t organisation, std::size_t substance) {
  const auto [begin, end] = range_[plan_number(organisation, substance)];
  return {state_.routes.data() + begin, state_.routes.data() + end};
}

bool Trafficking::serves(std::size_t organisation, std::size_t substance,
                         std::size_t country) const {
  const Organisation& o = tables_->actors.organisations[organisation];
  return tables_->demand[substance][country] > 0 && (o.serves.empty() || o.serves[country] != 0);
}

double Trafficking::price(std::size_t substance, std::size_t country) const {
  return tables_->base_price[substance][country] *
         state_.markets[substance * tables_->n_countries + country].price;
}

std::int64_t Trafficking::value_cents(std::size_t substance, std::size_t market,
                                      std::int64_t grams) const {
  const double margin =
      price(substance, market) - tables_->actors.substances[substance].source_price_usd_kg;
  return static_cast<std::int64_t>(std::max(margin, 0.0) * static_cast<double>(grams) / 10);
}

void Trafficking::refresh_ranges() {
  const std::size_t n_s = tables_->actors.substances.size();
  range_.assign(tables_->actors.organisations.size() * n_s, {0, 0});
  for (std::uint32_t i = 0; i < state_.routes.size();) {
    const RouteRow& first = state_.routes[i];
    std::uint32_t end = i;
    while (end < state_.routes.size() && state_.routes[end].organisation == first.organisation &&
           state_.routes[end].substance == first.substance)
      ++end;
    range_[plan_number(first.organisation, first.substance)] = {i, end};
    i = end;
  }
}

void Trafficking::refresh_plan(std::size_t organisation, std::size_t substance,
                               std::span<const RouteRow> routes) {
  std::vector<double> prices(tables_->n_countries);
  for (std::size_t c = 0; c < prices.size(); ++c)
    prices[c] = serves(organisation, substance, c) ? price(substance, c) : 0;
  values_[plan_number(organisation, substance)] = RouteValues(
      tables_->graph, routes, prices, tables_->actors.substances[substance].source_price_usd_kg,
      tables_->actors.organisations[organisation], tables_->params, today_);
}

/// What is derived from the state: ranges of routes and worth of goods. Only `month` and
/// `set_state` change what it rests on.
void Trafficking::refresh() {
  refresh_ranges();
  values_.resize(range_.size());
  for (std::size_t o = 0; o < tables_->actors.organisations.size(); ++o)
    for (const std::uint8_t s : tables_->actors.organisations[o].substance_rows)
      refresh_plan(o, s, routes_of(o, s));
}

/// Adds grams to the stock; one pass, however many there are.
void Trafficking::add_stock(std::vector<StockRow>& added) {
  const auto less = [](const StockRow& x, const StockRow& y) {
    return stock_key(x) < stock_key(y);
  };
  std::stable_sort(added.begin(), added.end(), less);
  std::vector<StockRow> fresh;
  auto at = state_.stocks.begin();
  for (const StockRow& row : added) {
    at = std::lower_bound(at, state_.stocks.end(), row, less);
    if (at != state_.stocks.end() && stock_key(*at) == stock_key(row)) {
      at->grams += row.grams;
    } else if (!fresh.empty() && stock_key(fresh.back()) == stock_key(row)) {
      fresh.back().grams += row.grams;
    } else {
      fresh.push_back(row);
    }
  }
  added.clear();
  if (fresh.empty()) return;
  const auto middle = static_cast<std::ptrdiff_t>(state_.stocks.size());
  state_.stocks.insert(state_.stocks.end(), fresh.begin(), fresh.end());
  std::inplace_merge(state_.stocks.begin(), state_.stocks.begin() + middle, state_.stocks.end(),
                     less);
}

std::vector<SeizureRow> Trafficking::learn(std::span<const ConsignmentOutcome> goods,
                                           std::span<const travel::JourneyOutcome> couriers) {
  std::vector<SeizureRow> seized;
  std::vector<StockRow> back;
  const auto n_s = tables_->actors.substances.size();
  const auto end_of = [&](std::uint64_t number, ConsignmentEnd end, std::int32_t day,
                          std::uint16_t country, bool never_left) {
    const auto at = std::lower_bound(
        state_.transit.begin(), state_.transit.end(), number,
        [](const TransitRow& row, std::uint64_t wanted) { return row.number < wanted; });
    if (at == state_.transit.end() || at->number != number || at->over != 0 || at->grams == 0)
      return;
    TransitRow& row = *at;
    const CargoEdge& edge = tables_->graph.edges()[row.edge];
    MonthTally& tally = state_.tallies[plan_number(row.organisation, row.substance)];
    const auto mine = routes_of(row.organisation, row.substance);
    const auto route =
        std::lower_bound(mine.begin(), mine.end(), row.edge,
                         [](const RouteRow& r, std::uint32_t wanted) { return r.edge < wanted; });
    if (never_left) {  // there was no ticket: the goods are where they were
      back.push_back(
          stock_row(row.organisation, row.substance, edge.origin, row.market, row.grams));
      route->sent -= row.grams;
      row.grams = 0;
      return;
    }
    const std::int64_t value = value_cents(row.substance, row.market, row.grams);
    if (end == ConsignmentEnd::delivered) {
      row.over = 1;
      row.due = std::max(row.due, day);
      route->over += row.grams;
      tally.value_over += value;
      return;
    }
    if (end == ConsignmentEnd::lost) {
      state_.goods[row.substance].lost += row.grams;
      tally.lost += row.grams;
      row.grams = 0;
      return;
    }
    state_.goods[row.substance].seized += row.grams;
    tally.seized += row.grams;
    tally.value_seized += value;
    route->seized += row.grams;
    state_.market_loss[(row.organisation * n_s + row.substance) * tables_->n_countries +
                       row.market] += row.grams;
    SeizureRow out;
    out.consignment = consignment_id(row.number);
    out.day = day;
    out.grams = row.grams;
    out.country = country;
    out.origin = edge.origin;
    out.destination = edge.destination;
    out.organisation = row.organisation;
    out.substance = row.substance;
    out.mode = edge.mode;
    seized.push_back(out);
    row.grams = 0;
  };
  for (const ConsignmentOutcome& o : goods) {
    end_of(consignment_number(o.id), o.end, o.day, o.country, false);
  }
  for (const travel::JourneyOutcome& o : couriers) {
    if (o.actor != travel::Actor::drug_courier) continue;
    // Who is refused or asks for protection is searched like who is detained.
    const bool passed = o.end == travel::JourneyEnd::arrived;
    end_of(o.person, passed ? ConsignmentEnd::delivered : ConsignmentEnd::seized, o.day, o.country,
           o.end == travel::JourneyEnd::no_route);
  }
  std::erase_if(state_.transit, [](const TransitRow& row) { return row.grams == 0; });
  add_stock(back);
  report(tables_->params, key_, seized);
  return seized;
}

void Trafficking::check_goods(std::int32_t day) const {
  std::vector<std::int64_t> held(state_.goods.size(), 0);
  for (const StockRow& row : state_.stocks) held[row.substance] += row.grams;
  for (const OfferRow& row : state_.offers) held[row.substance] += row.grams;
  for (const TransitRow& row : state_.transit) held[row.substance] += row.grams;
  for (std::size_t s = 0; s < held.size(); ++s) {
    const GoodsTally& g = state_.goods[s];
    const std::int64_t gone = g.delivered + g.seized + g.lost;
    if (g.opening + g.produced == gone + held[s]) continue;
    throw std::logic_error("goods of " + tables_->actors.substances[s].name + " on day " +
                           std::to_string(day) + ": opening stock and production are " +
                           std::to_string(g.opening + g.produced) +
                           " g, but delivered, seized, lost, in stock and on the way are " +
                           std::to_string(gone + held[s]) + " g");
  }
}

}  // namespace corridor::trafficking
