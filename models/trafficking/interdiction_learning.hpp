// SPDX-License-Identifier: Apache-2.0
/// \file interdiction_learning.hpp  What police learn from success: where to look, and how much
/// capacity they get.
///
/// Model. Where to look: exponential forgetting, x = 1 for success and 0 for none,
///
///     p' = (1 - d) p + d x,        after t steps of the same x:  (1 - d)^t p + (1 - (1 - d)^t) x
///
/// Capacity, with s the share of the flow that was seized:
///
///     c' = clamp(ceil((1 - d) c + d c f), low, high),    f = s / target        reinforcing
///                                                        f = 1 - s / target    compensating
///
/// Reinforcing pays success with means; compensating gives means where success is lacking.
///
/// | symbol | in code   | unit     | domain | default | where it comes from                       |
/// |--------|-----------|----------|--------|---------|-------------------------------------------|
/// | d      | learning  | 1        | [0, 1] | 0.6     | NAR-008                                   |
/// | c      | capacity  | events/mon | >= 0 | -       | low 21, high 125: NAR-007, NAR-006        |
/// | target | target    | 1        | (0, 1] | 0.3417  | NAR-011                                   |
///
/// Source. Magliocca et al. (2019), NarcoLogic. The ceiling forgives 1e-9, so that rounding does
///   not add an event where the target is just met.
/// Checked in tests/models/trafficking/test_interdiction_learning.cpp (cases J3 and J7).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "sim/math.hpp"

namespace corridor::trafficking {

inline constexpr double interdiction_rate = 0.6, target_seized_share = 0.3417;
inline constexpr std::int64_t least_capacity = 21, most_capacity = 125;

[[nodiscard]] constexpr double learned(double before, double seen,
                                       double learning = interdiction_rate) {
  return (1 - learning) * before + learning * seen;
}

/// Steps after which half of the old value is forgotten: ln 0.5 / ln(1 - d), 0 < d < 1.
[[nodiscard]] inline double half_life(double learning) {
  return sim::log(0.5) / sim::log(1 - learning);
}

enum class CapacityRule : std::uint8_t { fixed, reinforcing, compensating };
constexpr std::string_view name(CapacityRule r) {
  switch (r) {
    case CapacityRule::fixed:
      return "fixed";
    case CapacityRule::reinforcing:
      return "reinforcing";
    case CapacityRule::compensating:
      return "compensating";
  }
  return "?";
}

struct CapacityLearning {
  CapacityRule rule = CapacityRule::reinforcing;
  double learning = interdiction_rate, target = target_seized_share;
  std::int64_t low = least_capacity, high = most_capacity;
};

/// \param seized_share  of the flow, in [0, 1]. A fixed capacity stays what it is.
[[nodiscard]] inline std::int64_t next_capacity(std::int64_t capacity, double seized_share,
                                                const CapacityLearning& by = {}) {
  if (by.rule == CapacityRule::fixed) return capacity;
  const double met = seized_share / by.target;
  const double factor = by.rule == CapacityRule::reinforcing ? met : 1 - met;
  const auto c = static_cast<double>(capacity);
  const double next = std::ceil((1 - by.learning) * c + by.learning * c * factor - 1e-9);
  return std::clamp(static_cast<std::int64_t>(next), by.low, by.high);
}

}  // namespace corridor::trafficking
