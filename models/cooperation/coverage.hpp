// SPDX-License-Identifier: Apache-2.0
/// \file coverage.hpp  How an organisation spreads what it has over targets that are worth
/// different amounts to those whom it looks for.
///
/// Zero-sum coverage. An attacker gains U_t at target t when it is not covered and nothing when it
/// is; m resources cover one target each. The defender who makes the best attack as poor as it can
/// be covers
///
///     c_t = max(0, 1 - v / U_t),     v = (k - m) / sum over the k most valuable of 1 / U_t
///
/// with k the largest number of targets of which all have U_t > v. Then every target that is
/// covered is worth v to the attacker, whatever he chooses: by best response or by quantal response
/// he gains the same. Source. Kiekintveld et al. (2009), AAMAS, "Computing optimal randomized
/// resource allocations for massive security games".
///
/// In proportion. What is usual without: so much of what there is as was found there.
///
/// Limits. Who is found covers nothing by himself; each resource covers one target at a time; the
/// attacker sees coverage. Checked in tests/models/cooperation/test_coverage.cpp: cases H1 to H3.
#pragma once

#include <span>
#include <vector>

namespace corridor::cooperation {

/// \param values  U_t >= 0, finite. \param resources  m >= 0. \returns c_t in [0, 1]; their sum is
/// m, or the number of targets of value when m is more
[[nodiscard]] std::vector<double> zero_sum_coverage(std::span<const double> values,
                                                    double resources);

/// What the attacker gains at best under a coverage.
[[nodiscard]] double attack_value(std::span<const double> values, std::span<const double> coverage);

/// Shares of `amount` in proportion to values; zeros when no value is above zero.
[[nodiscard]] std::vector<double> in_proportion(std::span<const double> values, double amount);

/// Cosine of two arrays of non-negative numbers: 1 = the same shares, 0 = nothing in common or
/// nothing there.
[[nodiscard]] double alignment(std::span<const double> a, std::span<const double> b);

}  // namespace corridor::cooperation
