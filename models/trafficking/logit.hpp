// SPDX-License-Identifier: Apache-2.0
/// \file logit.hpp  Shares of choices that differ in worth, by a chooser who is more or less exact.
///
/// Model. P_i = exp(beta u_i) / sum_j exp(beta u_j).
///
/// | symbol | in code     | unit | domain   | default | where it comes from |
/// |--------|-------------|------|----------|---------|--------------------------------------------|
/// | u_i    | utilities   | any  | finite   | -       | the caller | | beta   | rationality | 1/u
/// | [0, inf] | -       | the caller; a range, never one truth       |
///
/// Source. McFadden (1974); as quantal response, McKelvey and Palfrey (1995), Games and Economic
///   Behavior 10:6-38.
/// Limits. beta = 0: equal shares. beta = infinity: the best, shared by those that are equally
/// good.
///   A constant on all utilities changes nothing; a further choice leaves the ratios of the others.
/// Checked in tests/models/trafficking/test_logit.cpp (case I6).
#pragma once

#include <span>
#include <vector>

namespace corridor::trafficking {

/// Shares that sum to 1 up to rounding; empty for no choice. \throws std::invalid_argument outside
/// the domains above.
[[nodiscard]] std::vector<double> logit_shares(std::span<const double> utilities,
                                               double rationality);

}  // namespace corridor::trafficking
