// SPDX-License-Identifier: Apache-2.0
/// \file verdict.hpp  What a comparison says when what is not known is varied too.
///
/// D_k is the mean paired difference of a metric under parameter set k, k = 1..N. The headline
/// interval is [D_(l), D_(u)], order statistics with l = floor(0.025 N) + 1 and u = N + 1 - l: at
/// least 95 % of the sets lie in it (for N < 40 all do). In this order:
///
/// | verdict              | when                                                                 |
/// |----------------------|----------------------------------------------------------------------|
/// | same                 | every D_k is 0                                                       |
/// | more                 | the interval lies above 0, or touches it with D_k > 0 in most sets   |
/// | less                 | the same below                                                       |
/// | depends on X         | signs differ, and one drawn parameter X tells them apart             |
/// | cannot be told apart | signs differ, and none does; with the replicates a set it would take, |
/// |                      | or, when so many were run, that the sets differ and not by chance    |
///
/// "Most": the Wilson interval of the share lies above 1/2. X: the split of one parameter's values
/// (of a structural variant: by name) with the fewest sets on the wrong side; it counts when so few
/// are wrong in fewer than 5 % of 400 keyed relabellings of the signs, each with its own best
/// parameter. The break-even is the middle between the two values around the split.
///
/// Limits. One parameter at a time: what depends on two together comes out as "cannot be told
/// apart". Checked in tests/models/compare/test_verdict.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/compare/parameter_sets.hpp"
#include "models/risk/intervals.hpp"

namespace corridor::compare {

enum class Verdict : std::uint8_t { same, more, less, depends, undecided };
/// "the same", "more", "less", "depends on", "cannot be told apart"
[[nodiscard]] std::string_view name(Verdict verdict);

struct Split {
  std::string path;
  double break_even = 0;  ///< of a number: more above it or below it
  bool more_above = true;
  std::vector<std::string> more_in;  ///< of a structural variant: where the metric is more
  std::int64_t wrong = 0;            ///< sets on the wrong side
};

struct Headline {
  double lower = 0, upper = 0, median = 0;
  std::int64_t sets = 0;
  risk::stats::Estimate share_more;  ///< of the sets, with D_k > 0
  Verdict verdict = Verdict::same;
  std::optional<Split> split;  ///< when it depends
  /// When it cannot be told apart: replicates under each set with which chance would not hide a
  /// difference of the mean's size (paired.hpp); 0 = unknown.
  std::int64_t replicates_needed = 0;
  std::int64_t replicates = 0;  ///< that were run under each set; 0 = unknown
};

/// \param differences  one a set; those that are not numbers are left out with their values
/// \param variance     of one pair's difference over seeds, at the base; NaN = unknown
/// \param replicates   run under each set; 0 = unknown
[[nodiscard]] Headline headline(std::span<const double> differences, const ParameterSets& sets,
                                std::uint32_t seed, double variance, std::int64_t replicates = 0);

/// The same as a phrase: "depends on fighters.flow: more above 0.42".
[[nodiscard]] std::string verdict_text(const Headline& headline);

}  // namespace corridor::compare
