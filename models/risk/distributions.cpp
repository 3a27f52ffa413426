// SPDX-License-Identifier: Apache-2.0
#include "models/risk/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/risk/argument.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

constexpr double half_log_two_pi = 0.91893853320467274178;
constexpr double tiny = 1e-300;
constexpr double precision = 1e-15;
constexpr int most_terms = 1'000'000;

/// The root in [lo, hi] of an increasing condition: the place where `below` turns false.
template <class Below>
double bisect(double lo, double hi, Below below) {
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (lo + hi);
    if (middle <= lo || middle >= hi) break;
    (below(middle) ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

/// A continued fraction b0 + a1/(b1 + a2/(b2 + ...)) by the modified method of Lentz; `term(i)`
/// gives {a_i, b_i}.
template <class Term>
double continued_fraction(double b0, Term term) {
  const auto away_from_zero = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double f = away_from_zero(b0), c = f, d = 0;
  for (int i = 1; i < most_terms; ++i) {
    const auto [a, b] = term(i);
    d = 1 / away_from_zero(b + a * d);
    c = away_from_zero(b + a / c);
    const double step = c * d;
    f *= step;
    if (std::abs(step - 1) < precision) break;
  }
  return f;
}

struct Pair {
  double a, b;
};

/// x^a (1-x)^b / (a B(a, b)).
double beta_front(double a, double b, double x) {
  return sim::exp(a * sim::log(x) + b * sim::log1p(-x) - log_beta(a, b)) / a;
}

double beta_fraction(double a, double b, double x) {
  // 26.5.8 of Abramowitz and Stegun: 1 + d1/(1 + d2/(1 + ...)).
  const double f = continued_fraction(1, [&](int i) -> Pair {
    const double m = i / 2;  // NOLINT(bugprone-integer-division): whole halves are meant
    const double d = i % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    return {d, 1};
  });
  return beta_front(a, b, x) / f;
}

/// x^a e^-x / Gamma(a + 1).
double gamma_front(double a, double x) {
  return x == 0 ? 0 : sim::exp(a * sim::log(x) - x - log_gamma(a + 1));
}

double gamma_series(double a, double x) {  // 6.5.29: for x < a + 1
  double term = 1, sum = 1;
  for (int n = 1; n < most_terms && term > sum * precision; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return gamma_front(a, x) * sum;
}

double gamma_fraction(double a, double x) {  // 6.5.31, contracted: for x >= a + 1
  const double f = continued_fraction(x + 1 - a, [&](int i) -> Pair {
    return {-i * (i - a), x + 2 * i + 1 - a};
  });
  return gamma_front(a, x) * a / f;
}

}  // namespace

double log_gamma(double x) {
  demand(x > 0 && std::isfinite(x), "log_gamma: x must be a number above 0");
  double shift = 1;
  while (x < 16) shift *= x++;  // at most 16 factors below 16: no overflow
  const double r = 1 / x, r2 = r * r;
  const double series =
      r * (1.0 / 12 + r2 * (-1.0 / 360 + r2 * (1.0 / 1260 + r2 * (-1.0 / 1680 + r2 / 1188))));
  return (x - 0.5) * sim::log(x) - x + half_log_two_pi + series - sim::log(shift);
}

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

double incomplete_beta(double a, double b, double x) {
  demand(a > 0 && b > 0, "incomplete_beta: a and b must be above 0");
  demand(x >= 0 && x <= 1, "incomplete_beta: x must be in [0, 1]");
  if (x == 0 || x == 1) return x;
  // The fraction converges fast left of the mean; right of it the complement is taken.
  return x <= (a + 1) / (a + b + 2) ? beta_fraction(a, b, x) : 1 - beta_fraction(b, a, 1 - x);
}

double beta_quantile(double p, double a, double b) {
  demand(p >= 0 && p <= 1, "beta_quantile: p must be in [0, 1]");
  demand(a > 0 && b > 0, "beta_quantile: a and b must be above 0");
  if (p == 0 || p == 1) return p;
  return bisect(0, 1, [&](double x) { return incomplete_beta(a, b, x) < p; });
}

double incomplete_gamma(double a, double x) {
  demand(a > 0 && x >= 0, "incomplete_gamma: a must be above 0 and x at least 0");
  if (x == 0) return 0;
  return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

double incomplete_gamma_upper(double a, double x) {
  demand(a > 0 && x >= 0, "incomplete_gamma_upper: a must be above 0 and x at least 0");
  if (x == 0) return 1;
  return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

double binomial_at_least(std::int64_t k, std::int64_t n, double p) {
  demand(n >= 0, "binomial_at_least: n must be at least 0");
  demand(p >= 0 && p <= 1, "binomial_at_least: p must be in [0, 1]");
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incomplete_beta(static_cast<double>(k), static_cast<double>(n - k) + 1, p);
}

double student_t_cdf(double t, double df) {
  demand(df > 0, "student_t_cdf: df must be above 0");
  demand(!std::isnan(t), "student_t_cdf: t is not a number");
  if (std::isinf(t)) return t > 0 ? 1 : 0;
  const double tail = 0.5 * incomplete_beta(0.5 * df, 0.5, df / (df + t * t));
  return t > 0 ? 1 - tail : tail;
}

double student_t_quantile(double p, double df) {
  demand(p > 0 && p < 1, "student_t_quantile: p must be in (0, 1)");
  demand(df > 0, "student_t_quantile: df must be above 0");
  const double tail = std::min(p, 1 - p), sign = p < 0.5 ? -1 : 1;
  // t^2/(df + t^2) is Beta(1/2, df/2) and its complement Beta(df/2, 1/2): take the one that is
  // small.
  if (tail > 0.25) {
    const double y = beta_quantile(1 - 2 * tail, 0.5, 0.5 * df);
    return sign * std::sqrt(df * y / (1 - y));
  }
  const double x = beta_quantile(2 * tail, 0.5 * df, 0.5);
  return sign * std::sqrt(df * (1 - x) / x);
}

double chi_square_cdf(double x, double df) { return incomplete_gamma(0.5 * df, 0.5 * x); }
double chi_square_upper(double x, double df) { return incomplete_gamma_upper(0.5 * df, 0.5 * x); }

double chi_square_quantile(double p, double df) {
  demand(p >= 0 && p < 1, "chi_square_quantile: p must be in [0, 1)");
  demand(df > 0, "chi_square_quantile: df must be above 0");
  if (p == 0) return 0;
  const auto below = [&](double x) {
    return p < 0.5 ? chi_square_cdf(x, df) < p : chi_square_upper(x, df) > 1 - p;
  };
  double hi = df + 1;
  while (below(hi)) hi *= 2;
  return bisect(0, hi, below);
}

double noncentral_chi_square_cdf(double x, double df, double lambda) {
  demand(x >= 0 && df > 0 && lambda >= 0,
         "noncentral_chi_square_cdf: x and lambda must be at least 0, df above 0");
  if (lambda == 0 || x == 0) return chi_square_cdf(x, df);
  // sum_j Poisson(j; m) P(a + j, y) with a = df/2, y = x/2, m = lambda/2, from the mode j0
  // outwards. Neighbours: P(a + j + 1, y) = P(a + j, y) - y^(a+j) e^-y / Gamma(a + j + 1).
  const double a = 0.5 * df, y = 0.5 * x, m = 0.5 * lambda;
  const double j0 = std::floor(m);
  const double weight0 = sim::exp(j0 * sim::log(m) - m - log_gamma(j0 + 1));
  const double p0 = incomplete_gamma(a + j0, y), step0 = gamma_front(a + j0, y);
  double sum = weight0 * p0;
  double weight = weight0, p = p0, step = step0;
  for (double j = j0; weight > weight0 * 1e-17; ++j) {
    p = std::max(0.0, p - step);
    step *= y / (a + j + 1);
    weight *= m / (j + 1);
    sum += weight * p;
    if (p <= 0) break;
  }
  weight = weight0;
  p = p0;
  step = step0;
  for (double j = j0; j > 0 && weight > weight0 * 1e-17; --j) {
    step *= (a + j) / y;
    p = std::min(1.0, p + step);
    weight *= j / m;
    sum += weight * p;
  }
  return std::min(1.0, sum);
}

double kolmogorov_upper(double x) {
  demand(x >= 0, "kolmogorov_upper: x must be at least 0");
  if (x < 0.05) return 1;  // 1 - 1e-200
  double sum = 0;
  if (x < 1.18) {  // theta function: a few terms serve where the other series is slow
    const double c = -std::numbers::pi * std::numbers::pi / (8 * x * x);
    for (int k = 1; k < 40; k += 2) sum += sim::exp(c * k * k);
    return 1 - std::sqrt(2 * std::numbers::pi) / x * sum;
  }
  for (int k = 20; k >= 1; --k) sum += (k % 2 == 1 ? 2 : -2) * sim::exp(-2.0 * k * k * x * x);
  return sum;
}

double two_sided_p(double z) {
  demand(!std::isnan(z), "two_sided_p: z is not a number");
  return std::min(1.0, 2 * sim::normal_cdf(-std::abs(z)));
}

}  // namespace corridor::risk::stats
