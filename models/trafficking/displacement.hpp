// SPDX-License-Identifier: Apache-2.0
/// \file displacement.hpp  The balloon: pressure on one route moves flow to the others, so that it
/// gains less than it would on flow that stays.
///
/// Model. Where the chance of loss on a route grows with its share x_i of the flow as a_i x_i and
/// nothing else differs, users settle where all routes are equally dangerous:
///
///     x_i = (1/a_i) / sum_j (1/a_j),     intercepted share of all flow = 1 / sum_j (1/a_j)
///
/// Displacement ratio = 1 - (realised gain) / (naive gain), the naive gain being what the new
/// pressure would intercept if the shares stayed as they were. Doubling one of n equal routes:
/// (n - 1)/(2n - 1).
///
/// | symbol | in code  | unit | domain | where it comes from |
/// |--------|----------|------|--------|---------------------|
/// | a_i    | pressure | 1    | > 0    | the caller          |
///
/// Source. The equilibrium of Wardrop (1952) in its simplest form. Limits. One route: nothing can
/// be
///   displaced, ratio 0. Many equal routes: ratio to 1/2.
/// Checked in tests/models/trafficking/test_displacement.cpp (case J5).
#pragma once

#include <span>
#include <vector>

namespace corridor::trafficking {

/// \throws std::invalid_argument for a pressure that is not above 0 and finite.
[[nodiscard]] std::vector<double> settled_shares(std::span<const double> pressure);

/// Share of all flow that is lost: sum_i shares_i (pressure_i shares_i).
[[nodiscard]] double intercepted_share(std::span<const double> pressure,
                                       std::span<const double> shares);

/// 1 - realised / naive; 0 when the naive gain is 0.
[[nodiscard]] constexpr double displacement_ratio(double naive_gain, double realised_gain) {
  return naive_gain == 0 ? 0 : 1 - realised_gain / naive_gain;
}

}  // namespace corridor::trafficking
