// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/route_values.hpp"

#include <algorithm>
#include <utility>

#include "models/trafficking/logit.hpp"
#include "models/trafficking/salience.hpp"
#include "sim/math.hpp"

namespace corridor::trafficking {

RouteValues::RouteValues(const CargoGraph& graph, std::span<const RouteRow> routes,
                         std::span<const double> prices, double source_price,
                         const Organisation& organisation, const TraffickingParams& params,
                         std::shared_ptr<const WaysToday> today)
    : graph_(&graph),
      organisation_(&organisation),
      params_(&params),
      today_(std::move(today)),
      prices_(prices.begin(), prices.end()),
      source_price_(source_price),
      worth_(graph.n_countries()),
      out_of_(graph.n_countries()),
      ways_(graph.n_countries()) {
  std::vector<std::uint32_t> active;
  for (std::uint32_t i = 0; i < routes.size(); ++i) {
    if (routes[i].active == 0 || (today_ && today_->closed[routes[i].edge] != 0)) continue;
    active.push_back(i);
    out_of_[graph.edges()[routes[i].edge].origin].push_back(i);
  }
  for (std::size_t m = 0; m < worth_.size(); ++m) {
    if (!(prices_[m] > 0)) continue;
    std::vector<double>& worth = worth_[m];
    worth.assign(graph.n_countries(), worthless);
    worth[m] = prices_[m];
    for (std::int64_t leg = 0; leg < params.most_legs; ++leg) {
      bool better = false;
      for (const std::uint32_t i : active) {
        const CargoEdge& e = graph.edges()[routes[i].edge];
        if (e.origin == m || worth[e.destination] == worthless) continue;
        const double here =
            (1 - risk(routes[i])) * worth[e.destination] - e.cost_usd_kg * routes[i].cost_factor;
        if (!(here > worth[e.origin])) continue;
        worth[e.origin] = here;
        better = true;
      }
      if (!better) break;
    }
  }
}

const std::vector<WayOn>& RouteValues::ways(std::span<const RouteRow> routes, std::size_t country,
                                            std::size_t market) {
  if (ways_[market].empty()) ways_[market].resize(graph_->n_countries());
  Known& known = ways_[market][country];
  if (!known.made) {
    make_ways(routes, country, market, known.ways);
    known.made = true;
  }
  return known.ways;
}

void RouteValues::make_ways(std::span<const RouteRow> routes, std::size_t country,
                            std::size_t market, std::vector<WayOn>& out) const {
  const std::vector<double>& worth = worth_[market];
  if (worth.empty() || worth[country] == worthless) return;
  std::vector<RouteOffer> offers;
  for (const std::uint32_t i : out_of_[country]) {
    const CargoEdge& e = graph_->edges()[routes[i].edge];
    const double there = worth[e.destination];
    if (!(there > worth[country])) continue;
    out.push_back({i, 0});
    offers.push_back({there, e.cost_usd_kg * routes[i].cost_factor + source_price_, 1,
                      std::clamp(risk(routes[i]), 0.0, 1.0)});
  }
  if (out.empty()) return;
  const std::vector<double> expected = expected_values(offers);
  const std::vector<double> values = organisation_->how == Choice::salience
                                         ? salience_values(offers, params_->local_thinker)
                                         : expected;
  const bool any = std::any_of(values.begin(), values.end(), [](double v) { return v > 0; });
  if (!any) {
    if (params_->holding) {
      out.clear();
      return;
    }
    for (std::size_t i = 0; i < out.size(); ++i) out[i].weight = 1 - offers[i].risk;
    return;
  }
  if (organisation_->how == Choice::logit) {
    // Shares of exp(b E / margin + a), those that lose money left out.
    const double margin = std::max(prices_[market] - source_price_, 1.0);
    std::vector<WayOn> kept;
    std::vector<double> utilities;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (params_->holding && !(expected[i] > 0)) continue;
      kept.push_back(out[i]);
      utilities.push_back(organisation_->rationality * expected[i] / margin +
                          graph_->edges()[routes[out[i].route].edge].attraction);
    }
    const std::vector<double> shares = logit_shares(utilities, 1);
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i].weight = shares[i];
    out = std::move(kept);
    return;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].weight =
        std::max(values[i], 0.0) * sim::exp(graph_->edges()[routes[out[i].route].edge].attraction);
  }
  std::erase_if(out, [](const WayOn& w) { return !(w.weight > 0); });
}

}  // namespace corridor::trafficking
