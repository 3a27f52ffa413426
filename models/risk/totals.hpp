// SPDX-License-Identifier: Apache-2.0
/// \file totals.hpp  Which rules add how much to which totals, where one pass scores a table as
/// several see it and at several stages.
///
/// A total is what a record gets in one view at one stage: number view * n_stages + stage. A rule
/// whose condition says the same in all views stands once and adds to the totals of all; one that
/// says something else in a view stands there once more. What can neither fire nor refer is left
/// out. Totals with the same addends are the same total, of which the first is worked out.
///
/// Checked in tests/models/risk/test_views.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/risk/known_features.hpp"
#include "models/risk/score_plan.hpp"

namespace corridor::risk {

inline constexpr std::size_t most_views = 2;
inline constexpr std::size_t most_totals = most_views * n_stages;

struct Addend {
  std::size_t rule = 0;  ///< row of Totals::rules
  std::int32_t points = 0;
  OnMissing on_missing = OnMissing::no;
  std::uint32_t totals = 0;  ///< bit per total
};

struct CappedAddends {
  std::int32_t least = 0, most = 0;
  std::vector<Addend> rules;
};

struct Totals {
  /// The set as the views see it: rule r in row r as the first does, then what others see
  /// otherwise.
  RuleSet rules;
  std::vector<Addend> ungrouped;
  std::vector<CappedAddends> groups;
  std::array<std::uint8_t, most_totals> same{};  ///< per total the first with the same addends
  std::uint32_t referring = 0;                   ///< bit per total: some rule may refer

  /// \pre 1..most_views views
  Totals(const RuleSet& set, const Catalogue& catalogue, const ScorePlan& plan,
         std::span<const View> views);
};

}  // namespace corridor::risk
