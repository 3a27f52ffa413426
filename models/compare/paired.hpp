// SPDX-License-Identifier: Apache-2.0
/// \file paired.hpp  Two worlds under the same seeds: by how much a number differs, and how surely
/// as far as chance goes.
///
/// With b_r and s_r the metric in replicate r of base and strategy, d_r = s_r - b_r, r = 1..R:
///
///     difference      mean d, d -+ t(R - 1, 0.975) s_d / sqrt(R)
///     share better    x of R pairs in which s_r is strictly better than b_r, Wilson interval
///     variance ratio  (Var b + Var s) / Var d: how many more runs unpaired worlds would need
///     runs needed     ((1.96 + 0.8416) s_d / d)^2, rounded up, at least 2: so many pairs tell d
///                     from 0 at 95 % with a chance of 80 %
///
/// Everything about a replicate that the strategy does not touch is the same in both worlds
/// (sim/random.hpp), so the pairs cancel what chance does to both. The interval is about chance
/// alone: it says nothing about whether the model is right.
///
/// Source. Student (1908), doi:10.1093/biomet/6.1.1; Wilson (1927),
/// doi:10.1080/01621459.1927.10502953; common random numbers: Law (2015), Simulation Modeling and
/// Analysis, ch. 11. Limits. d_r of a rare count are far from normal: read the share of pairs as
/// well. Checked in tests/models/compare/test_paired.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "models/compare/metrics.hpp"
#include "models/risk/intervals.hpp"

namespace corridor::compare {

struct Paired {
  double base = 0, strategy = 0;                      ///< means
  risk::stats::Estimate difference;                   ///< strategy - base
  std::int64_t pairs = 0;                             ///< replicates in which both have the metric
  std::int64_t equal = 0;                             ///< of them, with no difference at all
  std::optional<risk::stats::Estimate> share_better;  ///< nothing where neither way is better
  double variance_ratio = 0;     ///< NaN when nothing varies, infinite when d does not
  double variance = 0;           ///< of d; NaN for fewer than two pairs
  std::int64_t runs_needed = 0;  ///< 0: no difference to look for
  /// Whether the interval leaves out zero.
  [[nodiscard]] bool different() const {
    return difference.defined && (difference.lower > 0 || difference.upper < 0);
  }
};

/// Pairs in which either is not a number are left out.
[[nodiscard]] Paired paired(std::span<const double> base, std::span<const double> strategy,
                            Better better);

/// Mean and variance (n - 1) of values; the variance of fewer than two is NaN.
struct Moments {
  double mean = 0, variance = 0;
};
[[nodiscard]] Moments moments(std::span<const double> values);

/// Values that tell a mean from 0, as above; 0 when the mean is 0.
[[nodiscard]] std::int64_t runs_needed(double mean, double variance);

}  // namespace corridor::compare
