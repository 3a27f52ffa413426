// SPDX-License-Identifier: Apache-2.0
/// \file levers.hpp  The levers of joint strategy: what each is, what it costs, and what it has to
/// move.
///
/// One row a lever. A strategy names a lever instead of the parameter behind it; so it is counted
/// against the budget:
///
///     cost of a change = cost_musd x |value - neutral| x days in force / 365
///     cost of an operation = cost_musd of joint-operation x officers x days / 365
///
/// in million US dollars. Costs are invented round numbers: they make strategies of equal cost
/// comparable, and say nothing about what anybody pays. `metric` is the number of models/compare
/// that the lever at its catalogue value must move, in `direction`, whatever else it does; tests
/// are generated from these rows. Checked in tests/models/scenario/test_levers.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corridor::scenario {

enum class Direction : std::int8_t { down = -1, up = 1 };

struct Lever {
  std::string_view id;
  std::string_view path;  ///< the parameter behind it; "" = rows [[operation]]
  std::string_view unit;  ///< of its value
  double cost_musd = 0;   ///< a year and unit; assumed
  double neutral = 0, value = 0;
  std::string_view metric;
  Direction direction = Direction::up;
  std::string_view meaning_en, meaning_fr;
};

[[nodiscard]] std::span<const Lever> levers();
/// \returns nullptr when there is no such lever.
[[nodiscard]] const Lever* find_lever(std::string_view id);
[[nodiscard]] const Lever* lever_of_path(std::string_view path);
[[nodiscard]] std::vector<std::string> lever_ids();

}  // namespace corridor::scenario
