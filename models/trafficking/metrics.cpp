// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "sim/math.hpp"

namespace corridor::trafficking {

Footprint footprint(std::span<const MonthRows> months, std::uint8_t substance,
                    std::int64_t least_grams) {
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

Change change(const Footprint& before, const Footprint& after) {
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

std::vector<double> price_series(std::span<const MonthRows> months, std::uint8_t substance,
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

double correlation(std::span<const double> x, std::span<const double> y) {
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

}  // namespace corridor::trafficking
