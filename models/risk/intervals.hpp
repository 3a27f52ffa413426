// SPDX-License-Identifier: Apache-2.0
/// \file intervals.hpp  Confidence intervals of shares, ratios, differences and means.
///
/// With x hits of n, p = x/n, a = 1 - confidence, z the normal quantile of 1 - a/2:
///
/// | function            | interval                                                  | source    |
/// |---------------------|-----------------------------------------------------------|-----------|
/// | wilson              | (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) | Wilson    |
/// | clopper_pearson     | P(X >= x) = a/2 and P(X <= x) = a/2, solved for p         | Clopper   |
/// | mid_p               | the same with half of P(X = x)                            | Lancaster |
/// | katz_ratio          | RR exp(-+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))              | Katz      |
/// | exact_rate_ratio    | x1 of x1 + x2 is Binomial(n1 R/(n1 R + n2)), mid-p        | Wilenski  |
/// | newcombe_difference | d -+ sqrt of squared one-sided Wilson widths, method 10   | Newcombe  |
/// | mean_interval       | m -+ t(r - 1) s / sqrt(r)                                 | Student   |
///
/// Sources. Wilson, doi:10.1080/01621459.1927.10502953; Clopper and Pearson,
/// doi:10.1093/biomet/26.4.404; Lancaster, doi:10.1080/01621459.1961.10482105; Katz, Baptista,
/// Azen, Pike, Biometrics 34, 469; halves added to each cell where one is 0: Haldane (1956),
/// doi:10.1111/j.1469-1809.1955.tb01285.x; Przyborowski and Wilenski, Biometrika 31, 313; Newcombe,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
/// Limits. Shares of independent people: people of one party or courier network are not
/// independent, so intervals over replicates (mean_interval, paired_difference) are the ones for
/// decisions. exact_rate_ratio is exact for Poisson counts, so for rare hits; for shares that are
/// not small it is wider than need be. Clopper-Pearson covers at least the confidence, the others
/// about it.
/// Undefined. No data gives `defined` = false, with an interval that says that nothing is known.
/// Errors. std::invalid_argument for x < 0, x > n, a confidence outside (0, 1), values not finite.
/// Checked in tests/models/risk/test_intervals.cpp: closed forms, published values, coverage.
#pragma once

#include <cstdint>
#include <span>

namespace corridor::risk::stats {

/// `x` of `n` people; 0 <= x <= n.
struct Count {
  std::int64_t x = 0, n = 0;
};

/// lower <= upper; without data: estimate NaN, the whole range, defined = false. `corrected`: a
/// half was added to each hit and miss count (katz_ratio).
struct Estimate {
  double estimate = 0, lower = 0, upper = 0;
  bool defined = true, corrected = false;
  [[nodiscard]] bool contains(double value) const { return lower <= value && value <= upper; }
};

[[nodiscard]] Estimate wilson(Count c, double confidence = 0.95);
[[nodiscard]] Estimate clopper_pearson(Count c, double confidence = 0.95);
[[nodiscard]] Estimate mid_p(Count c, double confidence = 0.95);

/// (x1/n1) / (x2/n2). x1 = 0: estimate 0, lower end 0; x2 = 0: estimate and upper end infinite;
/// the other end, and both when everybody is a hit, with a half added to the hits and to the misses
/// of both groups (`corrected`).
/// 0/0 is undefined.
[[nodiscard]] Estimate katz_ratio(Count first, Count second, double confidence = 0.95);

/// The same ratio for small counts: conditional on x1 + x2, mid-p.
[[nodiscard]] Estimate exact_rate_ratio(Count first, Count second, double confidence = 0.95);
/// Two-sided mid-p value of "the ratio is 1", conditional on x1 + x2: twice the smaller tail.
[[nodiscard]] double exact_rate_ratio_p(Count first, Count second);

/// x1/n1 - x2/n2.
[[nodiscard]] Estimate newcombe_difference(Count first, Count second, double confidence = 0.95);
/// Two-sided p-value of "the difference is 0": one minus the highest confidence at which the
/// interval leaves 0 out, at least 1e-15; 1 without data.
[[nodiscard]] double newcombe_p(Count first, Count second);

/// Mean of r replicates (whole runs), r >= 2; fewer: undefined.
[[nodiscard]] Estimate mean_interval(std::span<const double> values, double confidence = 0.95);
/// Mean of a - b, replicate by replicate (common random numbers): equally long.
[[nodiscard]] Estimate paired_difference(std::span<const double> a, std::span<const double> b,
                                         double confidence = 0.95);

}  // namespace corridor::risk::stats
