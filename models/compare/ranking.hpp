// SPDX-License-Identifier: Apache-2.0
/// \file ranking.hpp  Several strategies side by side: how often each comes first, how often it
/// does harm, and what turns the order of two.
///
/// Of a metric that has a better way, over the parameter sets of a comparison, with D_a,k the
/// difference of alternative a to the base in set k, turned so that more is better:
///
///     first    D_a,k > 0 and D_a,k > D_b,k for every other b      (the base: no D_a,k > 0)
///     tied     otherwise: the best is shared by several
///     harm     D_a,k < 0
///     order    headline of D_a,k - D_b,k (verdict.hpp): "depends on X" says where it turns; its
///              chance that of a - b over the same seeds
///
/// Sets in which some alternative has no such number are left out.
/// Shares with Wilson intervals over sets. Checked in tests/models/compare/test_compare.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "models/compare/compare.hpp"

namespace corridor::compare {

struct Order {
  std::size_t a = 0, b = 0;  ///< alternatives
  Headline headline;         ///< of a - b: "more" is in the metric, whichever way is better
};

struct Ranking {
  std::size_t metric = 0;
  std::int64_t sets = 0;
  std::vector<risk::stats::Estimate> first, harm;  ///< by alternative
  risk::stats::Estimate base_first, tied;
  std::vector<Order> orders;  ///< of every two alternatives
};

/// Of every metric that was compared under parameter sets, may be shown and has a better way.
[[nodiscard]] std::vector<Ranking> rankings(const Comparison& comparison);

}  // namespace corridor::compare
