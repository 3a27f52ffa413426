// SPDX-License-Identifier: Apache-2.0
/// \file lint_pairs.hpp  How the rules of a set stand to each other: the same, one inside the
/// other, never together; and what scores they can reach. Part of lint.hpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/risk/condition_ranges.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

class LintPairs {
 public:
  /// Rules that are not `sound` are passed over. What is given must outlive this.
  LintPairs(const RuleSet& set, const std::vector<bool>& sound, const Catalogue& catalogue,
            const ConditionRanges& ranges);

  [[nodiscard]] std::vector<Finding> findings() const;

  /// Lowest and highest score that the rules which count can add up to, the base included.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> reach(const std::vector<bool>& counts) const;

  /// Caps of a group; of no group beyond every score.
  [[nodiscard]] std::int64_t lowest_of(std::int32_t group) const;
  [[nodiscard]] std::int64_t highest_of(std::int32_t group) const;

 private:
  [[nodiscard]] bool never_together(std::size_t a, std::size_t b) const {
    return exclusive_[a * n_ + b];
  }
  [[nodiscard]] bool meet(std::size_t a, std::size_t b) const;
  [[nodiscard]] std::int64_t most(const std::vector<std::size_t>& rules, int sign) const;
  void compare(std::size_t a, std::size_t b, std::vector<Finding>& out) const;

  const RuleSet& set_;
  const std::vector<bool>& sound_;
  const ConditionRanges& ranges_;
  std::size_t n_;
  std::vector<Node> normal_;
  std::vector<std::optional<ConditionRanges::State>> states_;  ///< records on which it is true
  std::vector<bool> exclusive_;  ///< [a][b]: proved never to fire on one record
  bool compared_ = true;
};

}  // namespace corridor::risk
