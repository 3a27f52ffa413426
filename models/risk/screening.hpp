// SPDX-License-Identifier: Apache-2.0
/// \file screening.hpp  Arithmetic of screening for something rare: what a flag means, what a
/// second look adds, whom to screen when nothing is remembered, and when a rule pays.
///
/// Equations. Prevalence pi, sensitivity s, false-positive rate f, likelihood ratio
/// R = P(fires | illicit) / P(fires | clean).
///
///     PPV = pi s / (pi s + (1 - pi) f)        NPV = (1 - pi)(1 - f) / ((1 - pi)(1 - f) + pi (1 -
///     s)) posterior odds = prior odds * R1 * R2 * ... (stages independent given the truth) review:
///     true passed on = TP s2, false passed on = FP f2 memoryless screening: mean number of steps
///     to meet the target = sum p_j / q_j, least for
///         q_j proportional to sqrt(p_j), where it is (sum sqrt p_j)^2 (Press 2009)
///     with memory: one after the other, sum of p_j times the place of j; in random order (n + 1)/2
///     binormal scores N(0, 1) and N(d, 1): TPR = Phi(Phi^-1(f) + d), AUC = Phi(d / sqrt 2)
///     exponential scores of mean 1 and theta: TPR = f^(1/theta), AUC = theta / (1 + theta)
///
/// Break-even of a rule. A stop finds a hit with probability s p, p the probability that a person
/// on whom the rule fires is illicit; a find is worth v, a stop costs c = officer minutes * their
/// price + traveller minutes * theirs. A stop pays when s v p > c, that is p > c / (s v). When
/// places are full, a stop also displaces the weakest one made now, whose p is p0: then p must
/// exceed p0 too. With p* = max(c / (s v), p0), by the odds form the rule pays when
///
///     R > R* = p* / (1 - p*) * (1 - pi) / pi.
///
/// The share b of clean people on whom it fires cancels from R*, but bounds R by 1/b, since
/// P(fires | illicit) <= 1: when R* > 1/b no such rule can pay. pi is the prevalence among those
/// not selected already.
///
/// Sources. Press (2009), doi:10.1073/pnas.0813202106; Green and Swets (1966), Signal Detection
/// Theory and Psychophysics (binormal and power ROC); break-even: Peirce (1884),
/// doi:10.1126/science.ns-4.93.453-a, and Vickers and Elkin (2006),
/// doi:10.1177/0272989X06295361, with the odds form.
/// Limits. Stages that share causes are not independent: multiplied ratios then overstate. The
/// break-even counts no deterrence.
/// Errors. std::invalid_argument: probabilities outside [0, 1], ratios and money negative or not
/// finite, weights of screening that do not sum to 1 within 1e-9.
/// Checked in tests/models/risk/test_screening.cpp (verification cases D1, D2, D4, E1, E2, F1).
#pragma once

#include <span>
#include <vector>

namespace corridor::risk::stats {

struct ScreeningTable {
  double true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0;
  double ppv = 0, npv = 0;   ///< NaN when nobody is flagged, or everybody
  double flags_per_hit = 0;  ///< 1 / PPV
};
/// Expected counts among `people`.
[[nodiscard]] ScreeningTable screen(double people, double prevalence, double sensitivity,
                                    double false_positive_rate);

[[nodiscard]] double odds(double probability);      ///< infinite at 1
[[nodiscard]] double probability_of(double odds_);  ///< 1 at infinity
/// Prior odds times every ratio.
[[nodiscard]] double posterior_odds(double prior_probability,
                                    std::span<const double> likelihood_ratios);

struct Review {
  double reviewed = 0, true_forwarded = 0, false_forwarded = 0, ppv = 0;
};
/// People look at every flag: P(passed on | true) and P(passed on | false).
[[nodiscard]] Review review(const ScreeningTable& flags, double sensitivity, double false_accept);

/// Mean steps to screen the target, screening j with probability q_j at each step, with
/// replacement; infinite when a q_j is 0 where p_j is not. \param p, q  each sums to 1
[[nodiscard]] double memoryless_steps(std::span<const double> p, std::span<const double> q);
/// q_j = sqrt(p_j) / sum sqrt(p).
[[nodiscard]] std::vector<double> square_root_profile(std::span<const double> p);
/// Mean steps when nobody is screened twice: most likely first, and in random order.
[[nodiscard]] double steps_with_memory(std::span<const double> p);
[[nodiscard]] double steps_in_random_order(std::span<const double> p);

[[nodiscard]] double binormal_recall(double d, double false_positive_rate);
[[nodiscard]] double binormal_auc(double d);
[[nodiscard]] double power_recall(double theta, double false_positive_rate);  ///< theta > 0
[[nodiscard]] double power_auc(double theta);

/// What is given for a break-even.
struct RuleCase {
  double prevalence = 0;    ///< among those not selected already, in (0, 1)
  double base_rate = 0;     ///< share of clean people on whom the rule fires, in (0, 1]
  double value_of_hit = 0;  ///< in the caller's money; > 0
  double officer_minutes = 0, traveller_minutes = 0;  ///< of one stop
  double officer_price = 0, traveller_price = 0;      ///< money a minute
  double search_sensitivity = 1;                      ///< in (0, 1]
  double displaced_precision = 0;  ///< P(illicit) of the weakest stop now made; 0 = places are free
};
struct BreakEven {
  double stop_cost = 0;
  double precision = 0;  ///< p*: the least P(illicit | fires) at which a stop pays; may exceed 1
  double ratio = 0;      ///< R*; infinite when no stop can pay
  double highest_ratio = 0;  ///< 1 / base_rate
  bool can_pay = false;      ///< R* < highest_ratio
};
[[nodiscard]] BreakEven break_even(const RuleCase& c);
/// Money gained per person who passes, when the rule has the likelihood ratio `ratio` (at most
/// 1/base_rate); each stop displaced is one of `displaced_precision`. Zero at R*.
[[nodiscard]] double gain_per_person(const RuleCase& c, double ratio);

}  // namespace corridor::risk::stats
