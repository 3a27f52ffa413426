// SPDX-License-Identifier: Apache-2.0
/// \file score_plan.hpp  Which rule adds how much to which stage, within which caps: what scoring,
/// re-weighting and reasons share.
///
/// T = base + sum of ungrouped points + sum over groups of clamp(sum of the group's points, min,
/// max), over the rules in force that count at the stage and fire.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/risk/rule_set.hpp"

namespace corridor::risk {

struct PlannedRule {
  std::size_t rule = 0;  ///< row of RuleSet::rules
  std::int32_t points = 0;
  OnMissing on_missing = OnMissing::no;
  std::array<bool, n_stages> stages{};
};

/// Rules whose points are added up and then clamped.
struct PlannedGroup {
  std::int32_t least = 0, most = 0;
  std::vector<PlannedRule> rules;
};

struct ScorePlan {
  std::int32_t base = 0;
  std::vector<PlannedRule> ungrouped;  ///< in no group, or in one without caps
  std::vector<PlannedGroup> groups;
  std::array<std::int32_t, n_stages> lowest{}, highest{};
  bool fits_16_bits = false;  ///< every sum on the way does

  /// The rules in force on `date`.
  /// \throws std::invalid_argument when caps do not enclose 0 or a total could leave 32 bits.
  ScorePlan(const RuleSet& set, std::string_view date);
};

}  // namespace corridor::risk
