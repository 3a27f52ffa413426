// SPDX-License-Identifier: Apache-2.0
/// \file distributions.hpp  Distribution functions and quantiles for intervals and tests.
///
/// Equations.
///
/// | function          | is                                                  | method             |
/// |-------------------|-----------------------------------------------------|--------------------|
/// | incomplete_beta   | I_x(a, b), the beta distribution function           | continued fraction |
/// | incomplete_gamma  | P(a, x) = gamma(a, x) / Gamma(a)                    | series, fraction   |
/// | binomial_at_least | P(X >= k) = I_p(k, n - k + 1)                       | incomplete_beta    |
/// | student_t_*       | t^2 / (df + t^2) is Beta(1/2, df/2)                 | incomplete_beta    |
/// | chi_square_*      | P(df/2, x/2)                                        | incomplete_gamma   |
/// | noncentral_*      | Poisson(lambda/2) mixture of chi-squares df + 2j    | from the mode out  |
/// | kolmogorov_upper  | 2 sum (-1)^(k-1) exp(-2 k^2 x^2), or its theta twin | series             |
///
/// Quantiles bisect their distribution function down to neighbouring doubles (or 2^-200), so they
/// are the same bits everywhere: only sim/math is used. Normal: sim::normal_cdf and
/// sim::normal_quantile.
///
/// Sources. Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 6.1, 6.5, 26.5; the
/// evaluation of continued fractions: Lentz (1976), doi:10.1364/AO.15.000668; Kolmogorov's series:
/// Marsaglia, Tsang, Wang (2003), doi:10.18637/jss.v008.i18.
/// Limits. Relative error about 1e-12 for small arguments; it grows with the cancellation of large
/// logarithms, to about 1e-9 at a + b = 1e7.
/// Errors. Every function throws std::invalid_argument outside its domain, and for NaN.
/// Checked in tests/models/risk/test_distributions.cpp.
#pragma once

#include <cstdint>

namespace corridor::risk::stats {

/// ln Gamma(x), x > 0.
[[nodiscard]] double log_gamma(double x);
/// ln B(a, b), a, b > 0.
[[nodiscard]] double log_beta(double a, double b);

/// I_x(a, b): a, b > 0, 0 <= x <= 1.
[[nodiscard]] double incomplete_beta(double a, double b, double x);
/// x with I_x(a, b) = p, 0 <= p <= 1.
[[nodiscard]] double beta_quantile(double p, double a, double b);
/// P(a, x) and 1 - P(a, x), each accurate where it is small: a > 0, x >= 0.
[[nodiscard]] double incomplete_gamma(double a, double x);
[[nodiscard]] double incomplete_gamma_upper(double a, double x);

/// P(X >= k) for X ~ Binomial(n, p): 1 for k <= 0 and 0 for k > n.
[[nodiscard]] double binomial_at_least(std::int64_t k, std::int64_t n, double p);

/// Student's t with df > 0 degrees of freedom (not only whole ones); 0 < p < 1.
[[nodiscard]] double student_t_cdf(double t, double df);
[[nodiscard]] double student_t_quantile(double p, double df);

/// Chi-square with df > 0; x >= 0; 0 <= p < 1.
[[nodiscard]] double chi_square_cdf(double x, double df);
[[nodiscard]] double chi_square_upper(double x, double df);  ///< the p-value of a statistic
[[nodiscard]] double chi_square_quantile(double p, double df);

/// Noncentral chi-square; noncentrality lambda >= 0.
[[nodiscard]] double noncentral_chi_square_cdf(double x, double df, double lambda);

/// P(K > x) of Kolmogorov's distribution, the limit of sqrt(n) times the largest distance.
[[nodiscard]] double kolmogorov_upper(double x);

/// 2 P(Z >= |z|), Z standard normal.
[[nodiscard]] double two_sided_p(double z);

}  // namespace corridor::risk::stats
