// SPDX-License-Identifier: Apache-2.0
/// \file trafficking_metrics.hpp  Footprints of trafficking, how they move, and prices over time.
///
/// Of the flows of a period, as shares f_e of grams over edges and f_c over countries entered:
///
///     entropy        H = -sum_c f_c ln f_c           (0 = all through one country)
///     Jaccard        |E1 n E2| / |E1 u E2|           of edge sets of two periods; churn = 1 - it
///     surviving      |E1 n E2| / |E1|
///     displacement   D = 1/2 sum_c |f_c(2) - f_c(1)| (share of all flow that is elsewhere now)
///     density        edges between countries / (n (n - 1)), n active countries
///
/// Edges here are pairs of countries, whatever the mode, like those of published networks. Checked
/// in tests/models/trafficking/test_metrics.cpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "models/trafficking/trafficking_state.hpp"
#include "sim/math.hpp"

namespace corridor::test {

using trafficking::FlowRow;
using trafficking::MonthRows;
using trafficking::PriceRow;

struct Footprint {
  std::size_t nodes = 0, edges = 0;
  double entropy = 0, density = 0;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs;  ///< sorted
  std::vector<std::pair<std::uint16_t, double>> entered;  ///< share of grams by country, sorted
};

struct Change {
  double jaccard = 1, surviving = 1, displacement = 0;
};

/// \param least_grams  edges with less in the period are not counted
inline Footprint footprint(std::span<const MonthRows> months, std::uint8_t substance,
                           std::int64_t least_grams = 1) {
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::int64_t> pairs;
  for (const MonthRows& month : months)
    for (const FlowRow& row : month.flows)
      if (row.substance == substance) pairs[{row.origin, row.destination}] += row.sent;
  Footprint out;
  std::set<std::uint16_t> nodes;
  std::map<std::uint16_t, std::int64_t> entered;
  std::int64_t all = 0;
  for (const auto& [pair, grams] : pairs) {
    if (grams < std::max<std::int64_t>(least_grams, 1)) continue;
    out.pairs.push_back(pair);
    nodes.insert(pair.first);
    nodes.insert(pair.second);
    entered[pair.second] += grams;
    all += grams;
  }
  out.nodes = nodes.size();
  out.edges = out.pairs.size();
  if (out.nodes > 1) {
    const auto n = static_cast<double>(out.nodes);
    out.density = static_cast<double>(out.edges) / (n * (n - 1));
  }
  for (const auto& [country, grams] : entered) {
    const double share = static_cast<double>(grams) / static_cast<double>(all);
    out.entered.emplace_back(country, share);
    out.entropy -= share * sim::log(share);
  }
  return out;
}

inline Change change(const Footprint& before, const Footprint& after) {
  std::vector<std::pair<std::uint16_t, std::uint16_t>> both;
  std::set_intersection(before.pairs.begin(), before.pairs.end(), after.pairs.begin(),
                        after.pairs.end(), std::back_inserter(both));
  const std::size_t any = before.pairs.size() + after.pairs.size() - both.size();
  Change out;
  if (any > 0) out.jaccard = static_cast<double>(both.size()) / static_cast<double>(any);
  if (!before.pairs.empty())
    out.surviving = static_cast<double>(both.size()) / static_cast<double>(before.pairs.size());
  std::map<std::uint16_t, double> difference;
  for (const auto& [c, share] : before.entered) difference[c] -= share;
  for (const auto& [c, share] : after.entered) difference[c] += share;
  for (const auto& [c, d] : difference) out.displacement += std::abs(d) / 2;
  return out;
}

/// USD/kg by month in a country; 0 where it is no market.
inline std::vector<double> price_series(std::span<const MonthRows> months, std::uint8_t substance,
                                        std::uint16_t country) {
  std::vector<double> out;
  for (const MonthRows& month : months) {
    double price = 0;
    for (const PriceRow& row : month.prices)
      if (row.substance == substance && row.country == country) price = row.usd_kg;
    out.push_back(price);
  }
  return out;
}

/// Pearson correlation; 0 for fewer than two points or without spread.
inline double correlation(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = std::min(x.size(), y.size());
  if (n < 2) return 0;
  double mx = 0, my = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mx += x[i] / static_cast<double>(n);
    my += y[i] / static_cast<double>(n);
  }
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < n; ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

}  // namespace corridor::test
