// SPDX-License-Identifier: Apache-2.0
#include "models/risk/score_plan.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace corridor::risk {
namespace {

constexpr std::int32_t no_least = INT32_MIN, no_most = INT32_MAX;

PlannedGroup planned(const RuleGroup& group) {
  const std::int32_t least = group.min.value_or(no_least), most = group.max.value_or(no_most);
  if (least > 0 || most < 0) {
    throw std::invalid_argument("group '" + group.name + "': min <= 0 <= max must hold");
  }
  return {least, most, {}};
}

struct Reach {
  std::int64_t low = 0, high = 0;
  void add(const PlannedRule& r, std::size_t stage) {
    if (!r.stages[stage]) return;
    (r.points < 0 ? low : high) += r.points;
  }
};

}  // namespace

ScorePlan::ScorePlan(const RuleSet& set, std::string_view date) : base(set.base) {
  for (const RuleGroup& g : set.groups) groups.push_back(planned(g));
  std::int64_t all = std::abs(std::int64_t{base});
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    const Rule& rule = set.rules[i];
    if (!in_force(rule, date)) continue;
    const PlannedRule p{i, points_of(set.combine, rule.score), rule.on_missing, rule.stages};
    all += std::abs(std::int64_t{p.points});
    PlannedGroup* group =
        rule.group < 0 ? nullptr : &groups.at(static_cast<std::size_t>(rule.group));
    const bool capped = group != nullptr && (group->least != no_least || group->most != no_most);
    (capped ? group->rules : ungrouped).push_back(p);
  }
  std::erase_if(groups, [](const PlannedGroup& g) { return g.rules.empty(); });
  if (all > INT32_MAX) {
    throw std::invalid_argument("base and points of the rules could add up to more than 2^31 - 1");
  }
  fits_16_bits = all <= INT16_MAX;
  for (std::size_t stage = 0; stage < n_stages; ++stage) {
    Reach total{base, base};
    for (const PlannedRule& r : ungrouped) total.add(r, stage);
    for (const PlannedGroup& g : groups) {
      Reach within;
      for (const PlannedRule& r : g.rules) within.add(r, stage);
      total.low += std::max<std::int64_t>(within.low, g.least);
      total.high += std::min<std::int64_t>(within.high, g.most);
    }
    lowest[stage] = static_cast<std::int32_t>(total.low);
    highest[stage] = static_cast<std::int32_t>(total.high);
  }
}

}  // namespace corridor::risk
