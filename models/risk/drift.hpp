// SPDX-License-Identifier: Apache-2.0
/// \file drift.hpp  Whether today's travellers or rules differ from those that a set was made for.
///
/// Equations.
///
///     PSI = sum over bins (a - e) ln(a / e), a and e the shares today and before. When nothing has
///       changed, PSI / (1/n + 1/m) is chi-square with B - 1 degrees of freedom: mean
///       (B - 1)(1/n + 1/m), 95 % below chi2_0.95(B - 1)(1/n + 1/m). The folklore bounds 0.1 and
///       0.25 mean nothing without n.
///     Kolmogorov-Smirnov: D = largest distance of two distribution functions; P(D >= d) by
///       Kolmogorov's law of sqrt(nm/(n + m)) d, with Stephens' correction for finite samples
///     CUSUM of a rate: S_t = max(0, S_(t-1) + l_t), l_t the log-likelihood ratio of the counts of
///       period t for the changed against the stated rate; one chart for a rise by `ratio`, one for
///       a fall. A chart alarms at S >= h = ln(2 T / alpha).
///
/// The bound of h. For each start, exp(sum of l) is a martingale of mean 1 while the stated rate
/// holds, so it ever reaches e^h with probability at most e^-h (Ville 1939). Over T starts and two
/// charts a false alarm within T periods has probability at most 2 T e^-h = alpha, with no
/// calibration.
///
/// Sources. Yurdakul and Naranjo (2020), doi:10.21314/JRMV.2020.227 (the distribution of PSI);
/// Stephens (1970), doi:10.1111/j.2517-6161.1970.tb00821.x; Page (1954),
/// doi:10.1093/biomet/41.1-2.100; Reynolds and Stoumbos (1999),
/// doi:10.1080/00224065.1999.11979900.
/// Limits. Drift of inputs is not loss of performance: for that compare the hits of the random
/// share. Whole-number scores tie, which makes Kolmogorov-Smirnov conservative. The CUSUM takes the
/// stated rate as known.
/// Errors. std::invalid_argument: negative counts, nobody on one side, unequal numbers of bins, a
/// rate, ratio, alpha or number of periods outside its range.
/// Checked in tests/models/risk/test_drift.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/risk/intervals.hpp"
#include "models/risk/ranking.hpp"

namespace corridor::risk::stats {

struct Psi {
  double value = 0;
  double null_mean = 0, null_95 = 0;  ///< what chance alone gives: its mean, its 95 % point
  double p_value = 1;
  int bins = 0;            ///< bins that hold anybody
  bool corrected = false;  ///< a half was added to each count, since one was 0
};
/// \param before, today  people in each bin, the same bins; bins empty on both sides do not count
[[nodiscard]] Psi population_stability(std::span<const std::int64_t> before,
                                       std::span<const std::int64_t> today);

struct KolmogorovSmirnov {
  double distance = 0, p_value = 1;
  double at = 0;  ///< the score at and above which the shares differ most
};
/// All people of each tally, hits or not.
[[nodiscard]] KolmogorovSmirnov kolmogorov_smirnov(const ScoreTally& before,
                                                   const ScoreTally& today);

struct CusumPlan {
  double rate = 0;            ///< the stated rate, in (0, 1)
  double ratio = 1.5;         ///< change to be seen: to rate * ratio (below 1) or rate / ratio; > 1
  double false_alarm = 0.05;  ///< alpha, in (0, 1)
};
struct CusumPoint {
  double rise = 0, fall = 0;
};
struct Cusum {
  double limit = 0;  ///< h
  std::vector<CusumPoint> points;
  std::optional<std::size_t> rise_alarm, fall_alarm;  ///< first period of an alarm
};
/// \param periods  people on whom the rule fired, of those who passed, period by period
[[nodiscard]] Cusum cusum(std::span<const Count> periods, const CusumPlan& plan);

}  // namespace corridor::risk::stats
