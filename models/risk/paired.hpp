// SPDX-License-Identifier: Apache-2.0
/// \file paired.hpp  Two selections of the same people compared: exact test and interval of the
/// difference.
///
/// Of n people, e are taken by both, f by the first only, g by the second only, h by neither. What
/// both do alike says nothing about which is better, so the test looks at f and g alone.
///
///     exact test (McNemar): if neither is better, g is Binomial(f + g, 1/2); two-sided p-value
///         min(1, 2 P(X >= max(f, g)))
///     difference (e + g)/n - (e + f)/n: Newcombe's method 10 for paired data: the widths of the
///         Wilson intervals of both shares, combined with their correlation phi, whose numerator
///         is lessened by n/2 (not below 0) when positive
///
/// Sources. McNemar (1947), doi:10.1007/BF02295996; Newcombe (1998), Statistics in Medicine 17,
/// 2635-2650, doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C.
/// Limits. People who travel together are not independent: intervals are then too short.
/// Errors. std::invalid_argument: negative counts, a confidence outside (0, 1).
/// Checked in tests/models/risk/test_paired.cpp.
#pragma once

#include <cstdint>

#include "models/risk/intervals.hpp"

namespace corridor::risk::stats {

struct PairedCount {
  std::int64_t both = 0, first_only = 0, second_only = 0, neither = 0;
  [[nodiscard]] std::int64_t n() const { return both + first_only + second_only + neither; }
};

/// Two-sided exact p-value of "neither takes more"; 1 when they take the same.
[[nodiscard]] double exact_paired_p(std::int64_t first_only, std::int64_t second_only);

/// Share taken by the second minus share taken by the first; undefined without people.
[[nodiscard]] Estimate paired_share_difference(const PairedCount& c, double confidence = 0.95);

}  // namespace corridor::risk::stats
