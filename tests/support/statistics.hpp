// SPDX-License-Identifier: Apache-2.0
/// \file statistics.hpp  Tolerances that follow from a sample size and a false-alarm rate.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/math.hpp"

namespace corridor::test {

inline double kl(double q, double p) {
  const auto term = [](double a, double b) { return a <= 0 ? 0.0 : a * std::log(a / b); };
  return term(q, p) + term(1 - q, 1 - p);
}

/// Smallest e for which P(|K/n - p| >= e) <= alpha is guaranteed, K ~ Binomial(n, p): Chernoff's
/// bound for every n, alpha/2 a tail. Both divergences grow with e, so bisection finds it.
inline double binomial_halfwidth(double p, std::size_t n, double alpha) {
  const double need = std::log(2.0 / alpha) / static_cast<double>(n);
  double lo = 0.0, hi = 1.0;
  for (int i = 0; i < 200; ++i) {
    const double e = 0.5 * (lo + hi);
    const double up = p + e >= 1 ? HUGE_VAL : kl(p + e, p);
    const double down = p - e <= 0 ? HUGE_VAL : kl(p - e, p);
    (std::min(up, down) < need ? lo : hi) = e;
  }
  return hi;
}

/// Value that chi-square with k degrees of freedom exceeds with probability alpha (Wilson and
/// Hilferty 1931; the error is below 1 % for k >= 3 and alpha >= 1e-9, on the safe side of what is
/// asked here).
inline double chi_square_critical(double k, double alpha) {
  const double z = sim::normal_quantile(1 - alpha), c = 2 / (9 * k);
  return k * std::pow(1 - c + z * std::sqrt(c), 3);
}

/// Mean of a sample and its standard error.
struct Mean {
  double value = 0, error = 0;
};
inline Mean mean_of(const std::vector<double>& v) {
  const auto n = static_cast<double>(v.size());
  Mean m;
  for (const double x : v) m.value += x / n;
  for (const double x : v) m.error += (x - m.value) * (x - m.value);
  m.error = std::sqrt(m.error / (n - 1) / n);
  return m;
}

/// Pearson's statistic of counts against expected counts; cells that expect fewer than 5 are pooled
/// with the next.
struct ChiSquare {
  double statistic = 0, degrees = -1;
};
inline ChiSquare chi_square(std::span<const double> counts, std::span<const double> expected) {
  ChiSquare result;
  double n = 0, e = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    n += counts[i];
    e += expected[i];
    if (e >= 5 || i + 1 == counts.size()) {
      if (e > 0) result.statistic += (n - e) * (n - e) / e;
      result.degrees += 1;
      n = e = 0;
    }
  }
  return result;
}

/// Mean and standard deviation of one draw.
struct Moments {
  double mean = 0, deviation = 0;
  std::size_t n = 0;
  /// The project's rule: 4 s / sqrt(n), a false alarm in 6e-5 of checks.
  [[nodiscard]] double tolerance() const {
    return 4 * deviation / std::sqrt(static_cast<double>(n));
  }
};
inline Moments moments(std::span<const double> x) {
  Moments m;
  m.n = x.size();
  for (const double v : x) m.mean += v / static_cast<double>(m.n);
  for (const double v : x) m.deviation += (v - m.mean) * (v - m.mean);
  m.deviation = std::sqrt(m.deviation / static_cast<double>(m.n - 1));
  return m;
}

}  // namespace corridor::test
