// SPDX-License-Identifier: Apache-2.0
/// \file estimates.hpp  What can be said of everybody when only those selected were inspected, and
/// of the best of many variants.
///
/// Selective labels. Outcomes exist only for people inspected. Three figures of the share of hits:
///
///     operational   hits / inspected: true of those inspected only
///     inverse propensity (Horvitz-Thompson)   (1/N) sum over inspected of y_i / w_i, w_i the
///         recorded probability of inspection (1 for those selected by score or list); variance
///         (1/N^2) sum (1 - w_i) y_i / w_i^2, for draws that are independent person by person. The
///         interval is normal with `enough_hits` or more among those drawn; with fewer it is exact:
///         H hits among all who could be drawn show X ~ Binomial(H, w) of them, H lies where both
///         tails are above a/2, with the smallest w_i for the upper end and the largest for the
///         lower, which is wider than need be when they differ. Without a hit drawn the upper end
///         is ln(a/2)/ln(1 - w): 3.7/w people at 95 %
///     random share by stratum (post and hour)   (1/N) sum M_s h_s / m_s; variance
///         (1/N^2) sum M_s^2 (1 - m_s/M_s) v_s / m_s, v_s = p_s (1 - p_s) m_s / (m_s - 1)
///
/// The simulator knows the truth too: the gap between the first and the truth is what is taught.
///
/// Power of the random share: m independent draws at the base rate p see at least one hit with
/// 1 - (1 - p)^m; they see a rise to R p when the count reaches the least c with
/// P(X >= c | p) <= alpha, whose power is P(X >= c | R p).
///
/// Many variants. Holm's adjusted p-values: of k sorted, max over j <= i of (k - j + 1) p_j, at
/// most
/// 1. Winner's re-test: the variant with the best mean on its selection seeds is measured again on
/// fresh seeds; only that is an estimate, the first is flattered (winner's curse).
///
/// Sources. Horvitz and Thompson (1952), doi:10.1080/01621459.1952.10483446; Cochran (1977),
/// Sampling Techniques, ch. 5 and 9A; selective labels: Lakkaraju et al. (2017),
/// doi:10.1145/3097983.3098066; Holm (1979), Scand. J. Stat. 6, 65.
/// Limits. The normal interval of strata is too short with few hits: its lower end is raised to the
/// hits seen, and for one stratum an exact interval is the better (intervals.hpp). Everybody must
/// have a propensity above 0: when people were left out and nobody was drawn, nothing is known of
/// them, and the share is not defined.
/// Errors. std::invalid_argument: a propensity outside (0, 1], counts that cannot be, repeated or
/// shared seeds, p-values outside [0, 1].
/// Checked in tests/models/risk/test_estimates.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/risk/intervals.hpp"

namespace corridor::risk::stats {

/// Share of hits among those inspected.
[[nodiscard]] Estimate operational_share(Count inspected, double confidence = 0.95);

struct Inspected {
  double propensity = 1;  ///< recorded P(this person is inspected), in (0, 1]
  bool hit = false;
};
struct WeightedShare {
  Estimate share;
  double variance = 0;         ///< of the share
  double weighted_hits = 0;    ///< estimated number of hits among all
  double weighted_people = 0;  ///< estimated number of people: should be near `people`
};
/// Hits among those drawn (w < 1) from which on the normal interval is taken.
inline constexpr std::int64_t enough_hits = 10;
/// \param people  all who were eligible, inspected or not; >= the number inspected
[[nodiscard]] WeightedShare inverse_propensity_share(std::span<const Inspected> inspected,
                                                     std::int64_t people, double confidence = 0.95);

struct Stratum {
  std::int64_t people = 0;  ///< eligible for the random share
  Count drawn;              ///< hits of those drawn; drawn.n <= people
};
/// Share of hits among all people of all strata; undefined when one of them with people had nobody
/// drawn. A stratum of one draw takes p (1 - p) of all draws for its variance.
[[nodiscard]] WeightedShare stratified_share(std::span<const Stratum> strata,
                                             double confidence = 0.95);

/// P(at least one hit in m draws).
[[nodiscard]] double chance_of_a_hit(double base_rate, std::int64_t draws);
/// P(m draws see a rise from base_rate to base_rate * ratio), one-sided exact test; ratio > 1.
[[nodiscard]] double random_share_power(double base_rate, double ratio, std::int64_t draws,
                                        double alpha = 0.05);
/// Draws for which the half-width of the interval is `relative` times the base rate (normal).
[[nodiscard]] double draws_needed(double base_rate, double relative, double confidence = 0.95);

/// Adjusted p-values in the order given: reject where the entry is <= alpha.
[[nodiscard]] std::vector<double> holm(std::span<const double> p_values);

/// One replicate (whole run with one seed) of a variant's gain over the champion.
struct Replicate {
  std::uint32_t seed = 0;
  double gain = 0;
};
/// The variant of the largest mean gain; the first of equals. \pre each has the same seeds
[[nodiscard]] std::size_t winner(std::span<const std::vector<Replicate>> variants);
struct Retest {
  std::size_t variants = 0;  ///< how many were tried: to be reported
  Estimate selected;         ///< of the winner on the seeds that chose it: flattered
  Estimate fresh;            ///< on fresh seeds: the estimate
  double shrinkage = 0;      ///< selected - fresh mean
  bool confirmed = false;    ///< the fresh interval lies above 0
};
/// \throws std::invalid_argument when a fresh seed was used to choose, or one is repeated
[[nodiscard]] Retest retest(std::span<const std::vector<Replicate>> variants,
                            std::span<const Replicate> fresh, double confidence = 0.95);

}  // namespace corridor::risk::stats
