// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "models/risk/engine.hpp"
#include "models/risk/score_plan.hpp"

namespace corridor::risk {
namespace {

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {  // b > 0
  return a / b - (a % b < 0 ? 1 : 0);
}

/// Shares of `capped` in the proportion of `points`, whole numbers that add up to it: the largest
/// remainder takes the next unit, among equals the first. \pre 0 <= capped < sum of points, or the
/// same with both signs changed
void apportion(std::vector<std::int32_t>& points, std::int64_t capped) {
  const std::int64_t sum = std::accumulate(points.begin(), points.end(), std::int64_t{0});
  const std::int64_t sign = sum < 0 ? -1 : 1;
  const auto n = points.size();
  std::vector<std::int64_t> whole(n), remainder(n);
  std::int64_t left = sign * capped;
  for (std::size_t i = 0; i < n; ++i) {
    // At most 2^31 * 2^31: within 64 bits.
    const std::int64_t scaled = sign * points[i] * (sign * capped);
    whole[i] = floor_divide(scaled, sign * sum);
    remainder[i] = scaled - whole[i] * sign * sum;
    left -= whole[i];
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  for (std::size_t k = 0; k < static_cast<std::size_t>(left); ++k) ++whole[order[k]];
  for (std::size_t i = 0; i < n; ++i) points[i] = static_cast<std::int32_t>(sign * whole[i]);
}

}  // namespace

Reasons reasons(const RuleSet& set, std::string_view date, Stage stage,
                const std::vector<bool>& fires, const std::vector<bool>& unknown) {
  if (fires.size() != set.rules.size() || unknown.size() != set.rules.size()) {
    throw std::invalid_argument("reasons: one entry a rule is needed");
  }
  const ScorePlan plan(set, date);
  Reasons out;
  out.base = plan.base;
  std::int64_t total = plan.base;
  const auto counts = [&](const PlannedRule& r) {
    return r.stages[static_cast<std::size_t>(stage)];
  };
  const auto collect = [&](const std::vector<PlannedRule>& rules, std::int32_t least,
                           std::int32_t most) {
    std::vector<std::size_t> who;
    std::vector<std::int32_t> points;
    for (const PlannedRule& r : rules) {
      if (!counts(r)) continue;
      if (unknown[r.rule] && r.on_missing == OnMissing::refer) out.referred.push_back(r.rule);
      if (!fires[r.rule]) continue;
      who.push_back(r.rule);
      points.push_back(r.points);
    }
    const std::int64_t sum = std::accumulate(points.begin(), points.end(), std::int64_t{0});
    const std::int64_t capped = std::clamp<std::int64_t>(sum, least, most);
    if (capped != sum) apportion(points, capped);
    for (std::size_t i = 0; i < who.size(); ++i) out.shares.push_back({who[i], points[i]});
    total += capped;
  };
  collect(plan.ungrouped, INT32_MIN, INT32_MAX);
  for (const PlannedGroup& g : plan.groups) collect(g.rules, g.least, g.most);
  std::sort(out.shares.begin(), out.shares.end(),
            [](const Share& a, const Share& b) { return a.rule < b.rule; });
  std::sort(out.referred.begin(), out.referred.end());
  out.score = static_cast<std::int32_t>(total);
  return out;
}

}  // namespace corridor::risk
