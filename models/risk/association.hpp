// SPDX-License-Identifier: Apache-2.0
/// \file association.hpp  How much a rule's hit tells about a protected attribute: the proxy test.
///
/// Equations. k values of the attribute, x_g of n_g people of value g hit, n = sum n_g; O and E are
/// the 2k observed and expected counts of the table of hit by value.
///
///     mutual information I = (1/n) sum O ln(O / E), in nats; 2 n I is chi-square with k - 1
///     degrees
///       of freedom when hit and attribute are independent: mean of I (k - 1)/(2n), 95 % below
///       chi2_0.95(k - 1)/(2n)
///     Cramer's V = sqrt(X2 / n), X2 = sum (O - E)^2 / E, in [0, 1] (one side has two values);
///       interval: noncentralities that put X2 at the two tails, V = sqrt(lambda / n)
///     smallest V that would be seen = sqrt(lambda / n), lambda with P(chi2(k - 1; lambda) >
///       chi2_0.95(k - 1)) = 0.8: 0.1 takes 785 records with two values. Where it lies above a
///       limit, a small V is no finding: with X2 near 0 the interval above shrinks to a point
///     AUC of the hit for "has value g" against the others = 1/2 + (x_g/n_g - rate of the
///     others)/2;
///       interval: Newcombe's of that difference; the value farthest from 1/2 is reported
///
/// Sources. Wilks (1938), doi:10.1214/aoms/1177732360; Cramer (1946), Mathematical Methods of
/// Statistics; intervals by noncentrality: Smithson (2003), Confidence Intervals, Sage, ch. 5.
/// Limits. V of a sample is biased upwards by about (k - 1)/n: judge by the interval's lower end.
/// The largest AUC of k values is picked: its interval is not corrected for the picking. A rule can
/// be a proxy together with others though each alone is none.
/// Values nobody has do not count. Fewer than two values with people, or a rule that hits nobody or
/// everybody, has no association to measure: I, V and p are 0, 0 and 1, `defined` = false.
/// Errors. std::invalid_argument: impossible counts, a confidence outside (0, 1).
/// Checked in tests/models/risk/test_association.cpp.
#pragma once

#include <span>

#include "models/risk/intervals.hpp"

namespace corridor::risk::stats {

struct Association {
  bool defined = false;
  double mutual_information = 0;      ///< nats
  double null_mean = 0, null_95 = 0;  ///< what independence gives: its mean, its 95 % point
  double p_value = 1;
  Estimate cramers_v;
  double visible_v = 1;       ///< smallest V that so many records would show with 80 % power
  std::size_t strongest = 0;  ///< value whose AUC is farthest from 1/2
  Estimate auc;               ///< of the hit for that value
};
/// \param hits_of  entry g: people of value g whom the rule hit, of those of value g
[[nodiscard]] Association association(std::span<const Count> hits_of, double confidence = 0.95);

}  // namespace corridor::risk::stats
