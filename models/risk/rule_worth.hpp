// SPDX-License-Identifier: Apache-2.0
/// \file rule_worth.hpp  What is said about a rule: how much likelier a hit shows it, and the ratio
/// from which it is worth the stops that it asks for. The same for audit, backtest and tune.
///
/// Equations. A rule fires on h of H hits and on c of C others.
///
///     likelihood ratio R = (h/H) / (c/C), Katz's interval
///     break-even R*: places are full, so a rule must beat the weakest stop made now
///                 (screening.hpp: displaced precision = rate of hits at the cut, no prices)
///     rate at the cut = mean, over the cuts, of the isotonic rate of hits at the lowest score
///                 selected (calibration.hpp)
///
/// Answer: the interval of R lies above R*, below it, or cannot tell. A rule that lowers the score
/// asks for no stop and has no break-even. What R is restates the signals of whoever made the
/// records; R* does not, so it is what a rule must bring along in the world.
/// Limits. Rules act together: R is that of the rule alone. Intervals take records for independent.
/// Checked in tests/models/risk/test_rule_worth.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/intervals.hpp"
#include "models/risk/ranking.hpp"
#include "models/risk/record_selection.hpp"
#include "models/risk/screening.hpp"

namespace corridor::risk {

/// Under every table of rules.
inline constexpr std::string_view break_even_note =
    "  Worth it if the ratio exceeds: with all places taken, the likelihood ratio at which a rule "
    "finds\n  as much as the weakest stop made now.";

struct RuleWorth {
  stats::Estimate ratio;
  std::optional<stats::BreakEven> needed;  ///< of a rule that raises the score
  std::int64_t fired = 0;                  ///< records of known truth

  /// true, false, or nothing when the data cannot tell, or the rule lowers the score.
  [[nodiscard]] std::optional<bool> worth_it() const;
  /// "worth it if the ratio exceeds 6.25; 3.58 (2.63 to 4.87): cannot be told"
  [[nodiscard]] std::string text() const;
};

/// \param hits, others  records on which the rule fires, of all hits and of all others
[[nodiscard]] RuleWorth rule_worth(stats::Count hits, stats::Count others, bool raises,
                                   double rate_at_cut, double confidence);

/// \param cuts  scores of the tally \returns 0 without cuts
[[nodiscard]] double rate_at_cut(const stats::ScoreTally& tally,
                                 std::span<const std::int32_t> cuts);

/// Of every rule of a set on the records of known truth, at the cuts of all cells.
/// \param counted  masks without what does not count (clear_uncounted, record_store.hpp)
/// \param selector  of the set's scores
[[nodiscard]] std::vector<RuleWorth> rule_worths(const RuleSet& set, const RecordStore& store,
                                                 const FiredMasks& counted,
                                                 const Selector& selector, double capacity,
                                                 double confidence);

}  // namespace corridor::risk
