// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/corridors.hpp"

#include <algorithm>
#include <limits>

#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// Quantiles of the standard Gumbel distribution, -ln(-ln u), at the middles of equal steps of u: a
/// search draws a hundred thousand. The largest is 9.0, the smallest -2.2.
constexpr unsigned gumbel_bits = 12;
const std::vector<double>& gumbel_table() {
  static const std::vector<double> table = [] {
    constexpr std::size_t n = std::size_t{1} << gumbel_bits;
    std::vector<double> made(n);
    for (std::size_t i = 0; i < n; ++i)
      made[i] = -sim::log(-sim::log((static_cast<double>(i) + 0.5) / static_cast<double>(n)));
    return made;
  }();
  return table;
}

}  // namespace

CorridorSearch::CorridorSearch(const CargoGraph& graph, const TraffickingParams& params,
                               const Searcher& who, std::span<const RouteRow> routes,
                               sim::RunKey key, std::int32_t day, std::uint16_t search,
                               const WaysToday* today)
    : graph_(graph), most_legs_(params.most_legs), cost_(graph.edges().size(), never) {
  const std::uint64_t id = (std::uint64_t{who.organisation} << 48) |
                           (std::uint64_t{who.substance} << 40) | (std::uint64_t{1} << 36);
  const std::vector<double>& gumbel = gumbel_table();
  const auto figures = mode_figures(params);
  std::array<double, n_cargo_modes> need{};  // ln(need / capacity of the mode)
  for (std::size_t m = 0; m < n_cargo_modes; ++m) {
    need[m] = sim::log(std::max(who.need_kg, 1e-6) / std::max(figures[m].capacity_kg, 1e-6));
  }
  std::size_t known = 0;
  sim::Block block{};
  for (std::uint32_t i = 0; i < cost_.size(); ++i) {
    const CargoEdge& e = graph.edges()[i];
    if (params.exploration > 0 && i % 4 == 0) {
      block = sim::draw(key, sim::Purpose::trafficking, id | (i / 4), day, search);
    }
    while (known < routes.size() && routes[known].edge < i) ++known;
    const bool mine = known < routes.size() && routes[known].edge == i;
    if (today ? today->closed[i] != 0 : e.closed) continue;
    double noise = 0;
    if (params.exploration > 0) {
      noise = params.exploration * gumbel[block[i % 4] >> (32 - gumbel_bits)];
    }
    const double squeeze = std::max(0.0, need[static_cast<std::size_t>(e.mode)] - e.attraction);
    const double risk = mine ? routes[known].risk : who.prior_risk;
    const double factor = mine ? routes[known].cost_factor : 1;
    const double disutility =
        who.rationality * (e.cost_usd_kg * factor / who.margin_usd_kg + risk) - e.attraction +
        params.leg_penalty + squeeze - noise;
    cost_[i] = disutility > 0 ? 1 + disutility : 1 / (1 - disutility);
  }
}

void CorridorSearch::run(std::span<const std::uint16_t> from) {
  const std::size_t n = graph_.n_countries();
  const auto layers = static_cast<std::size_t>(most_legs_) + 1;
  best_.assign(layers, std::vector<double>(n, never));
  last_.assign(layers, std::vector<std::uint32_t>(n, world::none));
  std::vector<std::uint8_t> start(n, 0);
  for (const std::uint16_t c : from) {
    best_[0][c] = 0;
    start[c] = 1;
  }
  for (std::size_t leg = 1; leg < layers; ++leg) {
    for (std::size_t c = 0; c < n; ++c) {
      const double here = best_[leg - 1][c];
      if (here == never) continue;
      for (std::uint32_t i = graph_.first(c); i < graph_.first(c + 1); ++i) {
        const std::uint16_t to = graph_.edges()[i].destination;
        if (start[to] != 0) continue;  // goods do not come back to where they start
        const double there = here + cost_[i];
        if (!(there < best_[leg][to])) continue;
        best_[leg][to] = there;
        last_[leg][to] = i;
      }
    }
  }
}

std::vector<std::uint32_t> CorridorSearch::corridor(std::size_t to) const {
  std::size_t legs = 0;
  for (std::size_t leg = 1; leg < best_.size(); ++leg) {
    if (best_[leg][to] < (legs == 0 ? never : best_[legs][to])) legs = leg;
  }
  std::vector<std::uint32_t> chain;
  std::size_t at = to;
  for (; legs > 0; --legs) {
    const std::uint32_t edge = last_[legs][at];
    chain.push_back(edge);
    at = graph_.edges()[edge].origin;
    // A chain that visits a country twice is no corridor.
    if (at == to) return {};
  }
  return chain;
}

}  // namespace corridor::trafficking
