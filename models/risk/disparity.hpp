// SPDX-License-Identifier: Apache-2.0
/// \file disparity.hpp  Whether one group of people is selected, or found, more often than the
/// others, and whether the data could tell.
///
/// Equations. x1 of n1 people of the group selected, x2 of n2 of the others; z = normal quantiles.
///
///     ratio of rates RR = (x1/n1) / (x2/n2), interval of Katz; with fewer than `exact_below`
///       selected on a side, the conditional mid-p interval (intervals.hpp)
///     four-fifths ratio = min(rates) / max(rates); below 0.8 is the rule of thumb of 29 CFR
///       1607.4(D), reported beside the interval since the two disagree (Morris and Lobsenz 2000)
///     smallest ratio that would be seen with the given power:
///       R = exp((z_(1 - a/2) + z_power) sqrt((1 - p)/p (1/n1 + 1/n2))), p = (x1 + x2)/(n1 + n2)
///     people of the small group that must be selected to see R, when the other group is large and
///       selection rare: ((z_(1 - a/2) + z_power) / ln R)^2: 157.6 for 1.25 and 864.05 for 1.10 at
///       80 % and 95 %
///     difference of recalls: Newcombe; smallest difference seen
///       (z + z_power) sqrt(p (1 - p) (1/n1 + 1/n2))
///
/// p-values are those of the intervals: one minus the highest confidence at which the interval
/// leaves out "no difference". Of many comparisons each is adjusted by Holm (estimates.hpp), and
/// the verdict follows the adjusted one; with `comparisons` = m, what could have been seen is that
/// of a test at a/m, which Holm's is at least as strong as.
///
/// Verdicts, of which none is "pass":
///   differs                     the adjusted p-value is below a
///   no_difference_found         it is not, and a difference as large as the one of interest would
///                               have been seen with the given power
///   not_enough_data             everything else: a group smaller than `minimum_people`, or a
///                               smallest visible difference above the one of interest
///
/// Sources. Katz et al. (1978), Newcombe (1998): intervals.hpp; power: Fleiss, Levin, Paik (2003),
/// Statistical Methods for Rates and Proportions, ch. 4; Morris and Lobsenz,
/// doi:10.1111/j.1744-6570.2000.tb00195.x; unequal rates of hits do not prove unequal thresholds:
/// Simoiu, Corbett-Davies, Goel (2017), doi:10.1214/17-AOAS1058.
/// Limits. The intervals are those of one comparison at a time. People who travel together are not
/// independent.
/// Assumed. minimum_people = 30, ratio_of_interest = 1.25 (the inverse of four fifths),
/// difference_of_interest = 0.10, power = 0.8.
/// Errors. std::invalid_argument: impossible counts, a rule out of range.
/// Checked in tests/models/risk/test_disparity.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/risk/intervals.hpp"

namespace corridor::risk::stats {

struct AuditRule {
  double confidence = 0.95, power = 0.80;
  double ratio_of_interest = 1.25;       ///< > 1
  double difference_of_interest = 0.10;  ///< in (0, 1]
  std::int64_t minimum_people = 30;      ///< in each group; >= 1
  std::int64_t exact_below = 10;
  std::int64_t comparisons = 1;  ///< of which this is one; >= 1
};

enum class Verdict { differs, no_difference_found, not_enough_data };

struct RatioAudit {
  Count group, others;
  Estimate ratio;
  bool exact = false;                 ///< the conditional mid-p interval was taken
  double p_value = 1;                 ///< of "the ratio is 1", by the method of the interval
  double adjusted_p = 1;              ///< the same, of all comparisons
  std::optional<double> four_fifths;  ///< smaller rate / larger rate; none when nobody selected
  bool below_four_fifths = false;
  std::optional<double> visible_ratio;  ///< R; none when nobody, or everybody, was selected
  Verdict verdict = Verdict::not_enough_data;
};
[[nodiscard]] RatioAudit audit_ratio(Count group, Count others, const AuditRule& rule = {});

struct DifferenceAudit {
  Count group, others;
  Estimate difference;
  double p_value = 1;     ///< of "the difference is 0", by the method of the interval
  double adjusted_p = 1;  ///< the same, of all comparisons
  std::optional<double> visible_difference;
  Verdict verdict = Verdict::not_enough_data;
};
/// Of shares among few people, as recall: hits found, of the group's hits.
[[nodiscard]] DifferenceAudit audit_difference(Count group, Count others,
                                               const AuditRule& rule = {});

/// The verdict by the p-value of all comparisons; the two above take that of one.
void judge(RatioAudit& audit, double adjusted_p, const AuditRule& rule = {});
void judge(DifferenceAudit& audit, double adjusted_p, const AuditRule& rule = {});

/// "differs", "no difference found (could have seen a ratio of 1.13)", "not enough data to tell".
[[nodiscard]] std::string text(const RatioAudit& audit);
[[nodiscard]] std::string text(const DifferenceAudit& audit);

/// People of the small group who must be selected for a ratio > 1 to be seen. \pre see the equation
[[nodiscard]] double selected_needed(double ratio, double power = 0.80, double confidence = 0.95);
/// The inverse: the ratio visible with that many selected.
[[nodiscard]] double ratio_visible(double selected, double power = 0.80, double confidence = 0.95);

}  // namespace corridor::risk::stats
