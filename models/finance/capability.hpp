// SPDX-License-Identifier: Apache-2.0
/// \file capability.hpp  What a group can still do with the money it has.
///
/// Model. With liquid money m (cash at home and laundered money less debt, at least 0), working
/// need n a month and x = min(1, m / n)
///
///     capability = c0 + (1 - c0) x^2 (3 - 2 x),         1 when n = 0
///
/// smooth, never falling in m, c0 without money (credit, stock, people who stay) and exactly 1 from
/// a month's need on. Models that act multiply what they would do by it. The need is what the
/// group's row says or what it spent, smoothed over about three months, whichever is more.
///
/// c0 = 0.1 is invented, and so is the shape: smoothstep, the simplest one with these properties.
/// Checked in tests/models/finance/test_capability.cpp: monotone, 1 when rich, below 1 when frozen.
#pragma once

#include <algorithm>

#include "models/finance/ledger.hpp"

namespace corridor::finance {

[[nodiscard]] inline double capability(Cents liquid, Cents need, double floor) {
  if (need <= 0) return 1;
  const double x = std::clamp(static_cast<double>(liquid) / static_cast<double>(need), 0.0, 1.0);
  return floor + (1 - floor) * (x * x * (3 - 2 * x));
}

}  // namespace corridor::finance
