// SPDX-License-Identifier: Apache-2.0
/// \file calibration.hpp  From scores to rates of hits, and how right stated probabilities are.
///
/// A score orders people; it is no probability until it has been compared with outcomes. Input is a
/// tally (ranking.hpp); where a function says `forecasts`, the tally's score is the probability
/// stated for the person, in [0, 1].
///
/// Equations. Per distinct score k: h_k hits of n_k.
///
///     isotonic:  rates r_k that never fall as the score rises, minimising sum n_k (h_k/n_k -
///     r_k)^2;
///                pool adjacent violators (Ayer et al. 1955)
///     Beta-binomial: rate_k ~ Beta(a, b); given data Beta(a + h_k, b + n_k - h_k): mean and
///                quantiles. a + b by maximum likelihood with a/(a + b) = sum h / sum n
///     Brier = (1/n) sum over people of (p - y)^2
///     expected calibration error = sum over bins (n_b / n) |mean p in b - h_b / n_b|
///     Spiegelhalter's test: if p is right, hits are Poisson-binomial: mean sum p, variance
///                sum p (1 - p); z = (hits - sum p) / sqrt(variance)
///
/// Sources. Ayer, Brunk, Ewing, Reid, Silverman (1955), doi:10.1214/aoms/1177728423; Brier (1950),
/// doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Spiegelhalter (1986),
/// doi:10.1002/sim.4780050506; Naeini, Cooper, Hauskrecht (2015), AAAI 29 (calibration error).
/// Limits. Calibrated on those inspected says nothing about the others (estimates.hpp). The
/// calibration error is biased upwards in small bins: read it beside the bins' intervals.
/// Errors. std::invalid_argument: an empty tally, a forecast outside [0, 1], lengths that differ,
/// weights not above 0.
/// Checked in tests/models/risk/test_calibration.cpp (verification case E8).
#pragma once

#include <span>
#include <vector>

#include "models/risk/intervals.hpp"
#include "models/risk/ranking.hpp"

namespace corridor::risk::stats {

/// The non-decreasing values nearest to `value` in weighted least squares.
[[nodiscard]] std::vector<double> pool_adjacent_violators(std::span<const double> value,
                                                          std::span<const double> weight);
/// Rate for each entry of the tally, in its order (highest score first), never rising.
[[nodiscard]] std::vector<double> isotonic_rates(const ScoreTally& t);

struct BetaPrior {
  double a = 0.5, b = 0.5;
};
/// a + b is searched in [0.01, 1e8]; without hits, or with nothing else, Beta(1/2, 1/2).
[[nodiscard]] BetaPrior fit_beta_prior(const ScoreTally& t);
/// Posterior mean and central interval for each entry of the tally.
[[nodiscard]] std::vector<Estimate> beta_binomial_rates(const ScoreTally& t, BetaPrior prior,
                                                        double confidence = 0.95);

enum class Binning { equal_width, equal_count };
/// A bin of forecasts: those stated `lower` to `upper`, `mean` on average.
struct ReliabilityBin {
  double lower = 0, upper = 0, mean = 0;
  Count count;
  Estimate observed;  ///< Wilson
};
/// At most `bins` bins that hold people, lowest forecasts first. Equal counts never part equals.
[[nodiscard]] std::vector<ReliabilityBin> reliability(const ScoreTally& forecasts, int bins,
                                                      Binning binning, double confidence = 0.95);
[[nodiscard]] double expected_calibration_error(std::span<const ReliabilityBin> bins);
[[nodiscard]] double brier(const ScoreTally& forecasts);

struct CalibrationTest {
  double observed = 0, expected = 0, variance = 0;
  double expected_brier = 0;  ///< mean p (1 - p): what Brier would be if p were right
  double z = 0, p_value = 1;  ///< 0 and 1 when the variance is 0 and the hits are as stated
};
[[nodiscard]] CalibrationTest calibration_test(const ScoreTally& forecasts);

}  // namespace corridor::risk::stats
