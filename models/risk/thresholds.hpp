// SPDX-License-Identifier: Apache-2.0
/// \file thresholds.hpp  A comparison with a constant as an interval of stored integers.
///
/// stored / per_unit, correctly rounded, does not decrease as the stored number grows, so the
/// stored numbers that pass a comparison are an interval or the rest of one. Its ends are found by
/// bisection with the comparison itself: exact, whatever the constant.
///
/// Checked in tests/models/risk/test_engine.cpp: every stored value of 16 bits.
#pragma once

#include <cstdint>

#include "models/risk/expression.hpp"

namespace corridor::risk {

struct Interval {
  std::int64_t lo = 0, hi = -1;  ///< both included; lo > hi = empty
  bool outside = false;          ///< what passes lies outside
};

/// Smallest stored value in [least, most] with stored / per_unit >= c (or > c); most + 1 if none.
inline std::int64_t first_stored(std::int64_t least, std::int64_t most, std::int32_t per_unit,
                                 double c, bool beyond) {
  std::int64_t from = least, to = most + 1;
  while (from < to) {
    const std::int64_t middle = from + (to - from) / 2;
    const double x = static_cast<double>(middle) / per_unit;
    if (beyond ? x > c : x >= c) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}

/// Stored values in [least, most] that pass `op` with constant c. \pre op is a comparison
inline Interval stored_interval(Op op, double c, std::int64_t least, std::int64_t most,
                                std::int32_t per_unit) {
  const std::int64_t reach = first_stored(least, most, per_unit, c, false);
  const std::int64_t pass = first_stored(least, most, per_unit, c, true);
  switch (op) {
    case Op::less:
      return {least, reach - 1, false};
    case Op::less_equal:
      return {least, pass - 1, false};
    case Op::greater_equal:
      return {reach, most, false};
    case Op::greater:
      return {pass, most, false};
    default:
      return {reach, pass - 1, op == Op::not_equal};
  }
}

}  // namespace corridor::risk
