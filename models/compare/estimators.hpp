// SPDX-License-Identifier: Apache-2.0
/// \file estimators.hpp  How many there are, from what analysts can see: two lists, hits that were
/// reviewed, seizures that were reported.
///
/// z = 1.959964 throughout (95 %).
///
/// Two lists. n1 stand on one list, n2 on another, m on both; M = n1 + n2 - m are seen.
///
///     Chapman    N = (n1 + 1)(n2 + 1)/(m + 1) - 1
///                Var = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2))
///     interval   every N under which neither P(m or fewer) nor P(m or more) is 2.5 % or less, m
///                hypergeometric: n2 taken from N of whom n1 are on the first list
///
/// The interval is exact, so it holds also with few on both lists; with none its upper end is
/// infinite. Nearly without bias when the lists are independent and one of them is as likely for
/// everybody. Where whoever stands on one is likelier to stand on the other N is too small (a lower
/// bound), in the contrary case too large. People who are listed together are no independent cases:
/// count parties, or give c, the mean size of those who come together, as overdispersion: the
/// interval is then that of 1/c of the counts, times c.
///
/// Reviewed hits. Of H hits a reviewer sends K on; he confirms a right one with c1, a wrong one
/// with c0 < c1. T right ones give K a mean of c0 H + (c1 - c0) T and a variance of c0 (1 - c0) H +
/// (c1 (1 - c1) - c0 (1 - c0)) T. The estimate solves the mean, the interval holds every T in [0,
/// H] within z standard deviations.
///
/// Reported seizures. A seizure of x is reported with q F, F the chance that it has been by now,
/// and then counted twice with t. So a row of a report stands for x / e, e = q F (1 + t), and
///
///     S = sum over rows x / e,   V = sum over rows a,  a = x^2 v / e^3,  v = q F (1 + 3t) - e^2
///     interval [S / C, S C],     C = exp( t' sqrt(ln(1 + V / S^2)) )
///
/// v the variance of how often a case is counted, t' the quantile of Student's t with V^2 / sum a^2
/// degrees of freedom: so many rows of one size would make V as uncertain as it is. A sum that few
/// large cases make is skewed: S is mostly a little too low and seldom far too high, so the
/// interval is that of a lognormal S, whose upper side is the longer one.
///
/// Sources. Burnham et al. (1987), Design and Analysis Methods for Fish Survival Experiments
/// (lognormal interval); Satterthwaite (1946), doi:10.2307/3002019 (degrees of freedom); Chapman
/// (1951), Univ. Calif. Publ. Stat. 1, 131; Seber (1970), doi:10.2307/2529111 (variance); Clopper
/// and Pearson (1934) for the form of the interval; Rogan and Gladen (1978),
/// doi:10.1093/oxfordjournals.aje.a112510; Horvitz and Thompson (1952). Errors.
/// std::invalid_argument: counts or rates that cannot be. Checked in
/// tests/models/compare/test_estimators.cpp.
#pragma once

#include <cstdint>
#include <span>

#include "models/risk/intervals.hpp"

namespace corridor::compare {

struct TwoLists {
  std::int64_t first = 0, second = 0, both = 0;
};
/// \param overdispersion  c, at least 1
[[nodiscard]] risk::stats::Estimate chapman(const TwoLists& lists, double overdispersion = 1);
/// Its variance.
[[nodiscard]] double chapman_variance(const TwoLists& lists);

/// \param confirms_right, confirms_wrong  c1 > c0
[[nodiscard]] risk::stats::Estimate right_hits(risk::stats::Count sent_on, double confirms_right,
                                               double confirms_wrong);

/// One row of the statistics: a case, or its second count.
struct ReportRow {
  double amount = 0;
  double in_time = 1;  ///< F: chance that a case of its day has been published by now
};
/// \param reported  q; \param twice  t
[[nodiscard]] risk::stats::Estimate seized_of_reports(std::span<const ReportRow> rows,
                                                      double reported, double twice);

}  // namespace corridor::compare
