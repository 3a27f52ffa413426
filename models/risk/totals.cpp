// SPDX-License-Identifier: Apache-2.0
#include "models/risk/totals.hpp"

#include <algorithm>

namespace corridor::risk {
namespace {

/// Whether a rule of this condition can add or refer at all.
bool does_something(const PlannedRule& rule, const Node& condition, const RuleSet& set,
                    const Catalogue& catalogue) {
  const bool refers = rule.on_missing == OnMissing::refer;
  if (rule.points == 0 && !refers) return false;
  const auto t = constant_truth(condition, set, catalogue);
  return !t || *t == Truth::yes || (*t == Truth::unknown && rule.on_missing != OnMissing::no);
}

std::uint32_t totals_of(const std::array<bool, n_stages>& stages, std::size_t view) {
  std::uint32_t bits = 0;
  for (std::size_t s = 0; s < n_stages; ++s) {
    if (stages[s]) bits |= 1U << (view * n_stages + s);
  }
  return bits;
}

}  // namespace

Totals::Totals(const RuleSet& set, const Catalogue& catalogue, const ScorePlan& plan,
               std::span<const View> views)
    : rules(set) {
  const auto add = [&](const PlannedRule& planned, std::vector<Addend>& to) {
    const std::size_t first = to.size();
    for (std::size_t v = 0; v < views.size(); ++v) {
      Node condition = folded(set.rules[planned.rule].condition, set, catalogue, views[v]);
      const std::uint32_t totals =
          does_something(planned, condition, set, catalogue) ? totals_of(planned.stages, v) : 0;
      const auto alike =
          std::find_if(to.begin() + static_cast<std::ptrdiff_t>(first), to.end(),
                       [&](const Addend& a) { return rules.rules[a.rule].condition == condition; });
      if (alike != to.end()) {
        alike->totals |= totals;
        continue;
      }
      std::size_t row = planned.rule;
      if (v > 0) {
        row = rules.rules.size();
        rules.rules.push_back(set.rules[planned.rule]);
      }
      rules.rules[row].condition = std::move(condition);
      to.push_back({row, planned.points, planned.on_missing, totals});
    }
    std::erase_if(to, [](const Addend& a) { return a.totals == 0; });
  };
  for (const PlannedRule& r : plan.ungrouped) add(r, ungrouped);
  for (const PlannedGroup& g : plan.groups) {
    CappedAddends group{g.least, g.most, {}};
    for (const PlannedRule& r : g.rules) add(r, group.rules);
    if (!group.rules.empty()) groups.push_back(std::move(group));
  }

  const auto each = [&](auto use) {
    for (const Addend& a : ungrouped) use(a);
    for (const CappedAddends& g : groups) std::for_each(g.rules.begin(), g.rules.end(), use);
  };
  const auto in = [](std::uint32_t totals, std::size_t t) { return ((totals >> t) & 1) != 0; };
  for (std::size_t t = 0; t < views.size() * n_stages; ++t) {
    std::size_t first = 0;
    for (bool differs = true; first < t; ++first) {
      differs = false;
      each([&](const Addend& a) { differs = differs || in(a.totals, first) != in(a.totals, t); });
      if (!differs) break;
    }
    same[t] = static_cast<std::uint8_t>(first);
  }
  each([&](const Addend& a) {
    if (a.on_missing == OnMissing::refer) referring |= a.totals;
  });
}

}  // namespace corridor::risk
