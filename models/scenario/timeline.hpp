// SPDX-License-Identifier: Apache-2.0
/// \file timeline.hpp  The values in force on each day: a scenario and what its strategies change.
///
/// A strategy is known before the run starts, so every parameter is a pure function of the day:
///
///     at(day) = the scenario with the value of each change whose days hold `day`
///
/// `days()` are the days on which at(day) differs from at(day - 1). A change to the value that is
/// there already is no change. text and hash stay those of the whole scenario, strategies included.
/// Checked in tests/models/scenario/test_timeline.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/strategy.hpp"

namespace corridor::scenario {

class Timeline {
 public:
  /// Of a scenario, or of the one whose values in force it holds. \throws sim::ScenarioError when
  /// strategy.text is wrong
  explicit Timeline(const Scenario& base);

  /// The values in force. Days before day 0 are as day 0.
  [[nodiscard]] Scenario at(std::int64_t day) const;

  /// Days after day 0 on which some value changes, ascending.
  [[nodiscard]] std::span<const std::int64_t> days() const { return days_; }
  [[nodiscard]] bool changes_on(std::int64_t day) const;
  /// Parameters whose value on `day` differs from that of the day before, ascending.
  [[nodiscard]] std::vector<std::string> changed_on(std::int64_t day) const;

  [[nodiscard]] std::span<const Strategy> strategies() const { return strategies_; }

 private:
  /// The value of a parameter on a day.
  [[nodiscard]] sim::Value value(std::string_view path, std::int64_t day) const;

  std::shared_ptr<const Scenario> base_;
  std::vector<Strategy> strategies_;
  std::vector<std::string> paths_;  ///< that some strategy changes, ascending
  std::vector<std::int64_t> days_;
};

}  // namespace corridor::scenario
