// SPDX-License-Identifier: Apache-2.0
#include "models/risk/capacity_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/risk/argument.hpp"

namespace corridor::risk::stats {
namespace {

double real(std::int64_t v) { return static_cast<double>(v); }
double ratio(double a, double b) {
  return b > 0 ? a / b : std::numeric_limits<double>::quiet_NaN();
}
void check(const Burden& b) {
  for (const double minutes :
       {b.officer_minutes_false_stop, b.officer_minutes_hit, b.traveller_minutes}) {
    demand(minutes >= 0 && std::isfinite(minutes), "minutes must be finite and at least 0");
  }
  demand(b.search_sensitivity >= 0 && b.search_sensitivity <= 1,
         "a search sensitivity must be in [0, 1]");
}

}  // namespace

std::vector<std::uint32_t> selection_order(std::span<const std::int32_t> scores,
                                           std::span<const std::uint64_t> tie) {
  demand(tie.empty() || tie.size() == scores.size(), "tie keys must be as many as scores");
  demand(scores.size() <= std::numeric_limits<std::uint32_t>::max(), "too many rows for an order");
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (scores[a] != scores[b]) return scores[a] > scores[b];
    if (!tie.empty() && tie[a] != tie[b]) return tie[a] < tie[b];
    return a < b;
  });
  return order;
}

std::vector<CapacityPoint> capacity_curve(std::span<const std::int32_t> scores,
                                          std::span<const std::uint64_t> tie,
                                          std::span<const std::uint8_t> truth,
                                          std::span<const std::int64_t> capacities,
                                          const Burden& burden) {
  demand(scores.size() == truth.size(), "scores and truth must be equally many");
  check(burden);
  const auto n = static_cast<std::int64_t>(scores.size());
  for (const std::int64_t k : capacities) demand(k >= 0 && k <= n, "a capacity is outside 0..n");
  const std::vector<std::uint32_t> order = selection_order(scores, tie);
  std::vector<std::int64_t> hits_before(scores.size() + 1, 0);  // [k]: hits among the first k
  for (std::size_t i = 0; i < order.size(); ++i) {
    demand(truth[order[i]] <= 1, "truth must be 0 or 1");
    hits_before[i + 1] = hits_before[i] + truth[order[i]];
  }
  const double all_hits = real(hits_before.back()), prevalence = ratio(all_hits, real(n));

  std::vector<CapacityPoint> points;
  points.reserve(capacities.size());
  for (const std::int64_t k : capacities) {
    CapacityPoint p;
    p.inspected = k;
    p.hits = hits_before[static_cast<std::size_t>(k)];
    p.false_stops = k - p.hits;
    p.share = ratio(real(k), real(n));
    p.recall = ratio(real(p.hits), all_hits);
    p.precision = ratio(real(p.hits), real(k));
    p.lift = ratio(p.precision, prevalence);
    p.finds = burden.search_sensitivity * real(p.hits);
    p.officer_hours = (burden.officer_minutes_hit * real(p.hits) +
                       burden.officer_minutes_false_stop * real(p.false_stops)) /
                      60;
    p.traveller_hours = burden.traveller_minutes * real(p.false_stops) / 60;
    if (k > 0) {
      p.cut = scores[order[static_cast<std::size_t>(k - 1)]];
      const auto first = std::partition_point(order.begin(), order.end(),
                                              [&](auto row) { return scores[row] > p.cut; });
      const auto last =
          std::partition_point(first, order.end(), [&](auto row) { return scores[row] == p.cut; });
      const auto from = static_cast<std::size_t>(first - order.begin());
      const auto to = static_cast<std::size_t>(last - order.begin());
      p.tied = last - first;
      p.tied_in = k - (first - order.begin());
      p.expected_hits = real(hits_before[from]) +
                        real(hits_before[to] - hits_before[from]) * real(p.tied_in) / real(p.tied);
    }
    points.push_back(p);
  }
  return points;
}

}  // namespace corridor::risk::stats
