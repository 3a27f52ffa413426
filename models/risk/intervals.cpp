// SPDX-License-Identifier: Apache-2.0
#include "models/risk/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

void check(Count c) { demand(c.x >= 0 && c.x <= c.n, "a count must hold 0 <= x <= n"); }
double upper_tail(double confidence) {
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
  return 0.5 * (1 - confidence);
}
double quantile(double confidence) { return -sim::normal_quantile(upper_tail(confidence)); }
double real(std::int64_t v) { return static_cast<double>(v); }

Estimate nothing_known(double lower, double upper) { return {nan, lower, upper, false, false}; }

/// Where P(X >= x) + P(X > x), weighted w and 1 - w, reaches `tail` as p grows. \pre 0 < x <= n
double rising_root(std::int64_t x, std::int64_t n, double w, double tail) {
  double lo = 0, hi = 1;
  for (int i = 0; i < 200; ++i) {
    const double p = 0.5 * (lo + hi);
    if (p <= lo || p >= hi) break;
    const double reached =
        w * binomial_at_least(x, n, p) + (1 - w) * binomial_at_least(x + 1, n, p);
    (reached < tail ? lo : hi) = p;
  }
  return 0.5 * (lo + hi);
}

/// Tails count P(X = x) with weight w: 1 = Clopper-Pearson, 1/2 = mid-p.
Estimate by_tails(Count c, double w, double confidence) {
  check(c);
  const double tail = upper_tail(confidence);
  if (c.n == 0) return nothing_known(0, 1);
  Estimate e{real(c.x) / real(c.n), 0, 1, true, false};
  // The upper end is 1 - the lower end of the misses.
  if (c.x > 0) e.lower = rising_root(c.x, c.n, w, tail);
  if (c.x < c.n) e.upper = 1 - rising_root(c.n - c.x, c.n, w, tail);
  return e;
}

}  // namespace

Estimate wilson(Count c, double confidence) {
  check(c);
  const double z = quantile(confidence), n = real(c.n);
  if (c.n == 0) return nothing_known(0, 1);
  const double p = real(c.x) / n, z2n = z * z / n;
  const double centre = p + 0.5 * z2n;
  const double half = z * std::sqrt((p * (1 - p) + 0.25 * z2n) / n);
  Estimate e{p, (centre - half) / (1 + z2n), (centre + half) / (1 + z2n), true, false};
  if (c.x == 0) e.lower = 0;  // exactly, not 1e-20
  if (c.x == c.n) e.upper = 1;
  return e;
}

Estimate clopper_pearson(Count c, double confidence) { return by_tails(c, 1, confidence); }
Estimate mid_p(Count c, double confidence) { return by_tails(c, 0.5, confidence); }

Estimate katz_ratio(Count first, Count second, double confidence) {
  check(first);
  check(second);
  const double z = quantile(confidence);
  if (first.n == 0 || second.n == 0 || (first.x == 0 && second.x == 0)) {
    return nothing_known(0, infinity);
  }
  const bool full = first.x == first.n && second.x == second.n;
  const bool corrected = first.x == 0 || second.x == 0 || full;
  const double add = corrected ? 0.5 : 0;  // to hits and to misses
  const double x1 = real(first.x) + add, n1 = real(first.n) + 2 * add;
  const double x2 = real(second.x) + add, n2 = real(second.n) + 2 * add;
  const double ratio = (x1 / n1) / (x2 / n2);
  const double factor = sim::exp(z * std::sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2));
  Estimate e{ratio, ratio / factor, ratio * factor, true, corrected};
  if (first.x == 0) e.estimate = e.lower = 0;
  if (second.x == 0) e.estimate = e.upper = infinity;
  return e;
}

Estimate exact_rate_ratio(Count first, Count second, double confidence) {
  check(first);
  check(second);
  const std::int64_t total = first.x + second.x;
  if (first.n == 0 || second.n == 0 || total == 0) {
    static_cast<void>(upper_tail(confidence));  // a bad confidence is refused all the same
    return nothing_known(0, infinity);
  }
  const Estimate share = mid_p({first.x, total}, confidence);
  const double people = real(second.n) / real(first.n);
  const auto ratio = [&](double s) { return s >= 1 ? infinity : people * s / (1 - s); };
  return {ratio(share.estimate), ratio(share.lower), ratio(share.upper), true, false};
}

double exact_rate_ratio_p(Count first, Count second) {
  check(first);
  check(second);
  const std::int64_t total = first.x + second.x;
  if (first.n == 0 || second.n == 0 || total == 0) return 1;
  const double share = real(first.n) / (real(first.n) + real(second.n));
  const double above = 0.5 * (binomial_at_least(first.x, total, share) +
                              binomial_at_least(first.x + 1, total, share));
  return std::min(1.0, 2 * std::min(above, 1 - above));
}

Estimate newcombe_difference(Count first, Count second, double confidence) {
  const Estimate a = wilson(first, confidence), b = wilson(second, confidence);
  if (!a.defined || !b.defined) return nothing_known(-1, 1);
  const auto length = [](double u, double v) { return std::sqrt(u * u + v * v); };
  const double d = a.estimate - b.estimate;
  return {d, std::max(-1.0, d - length(a.estimate - a.lower, b.upper - b.estimate)),
          std::min(1.0, d + length(a.upper - a.estimate, b.estimate - b.lower)), true, false};
}

double newcombe_p(Count first, Count second) {
  const auto leaves_out = [&](double p) {
    return !newcombe_difference(first, second, 1 - p).contains(0);
  };
  double kept = 1e-15, left = 1;  // the interval holds 0 at `kept`, and no more at `left`
  if (first.n == 0 || second.n == 0 || first.x * second.n == second.x * first.n) {
    static_cast<void>(newcombe_difference(first, second));  // bad counts are refused all the same
    return 1;
  }
  if (leaves_out(kept)) return kept;
  for (int step = 0; step < 60; ++step) {
    // By ratio: small p-values are as exact as large ones.
    const double middle = std::sqrt(kept * left);
    (leaves_out(middle) ? left : kept) = middle;
  }
  return left;
}

Estimate mean_interval(std::span<const double> values, double confidence) {
  const double tail = upper_tail(confidence);
  for (const double v : values) demand(std::isfinite(v), "a replicate is not a finite number");
  if (values.size() < 2) return nothing_known(-infinity, infinity);
  const double r = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  const double mean = sum / r;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double half = -student_t_quantile(tail, r - 1) * std::sqrt(squares / (r - 1) / r);
  return {mean, mean - half, mean + half, true, false};
}

Estimate paired_difference(std::span<const double> a, std::span<const double> b,
                           double confidence) {
  demand(a.size() == b.size(), "paired replicates must be equally many");
  std::vector<double> difference(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) difference[i] = a[i] - b[i];
  return mean_interval(difference, confidence);
}

}  // namespace corridor::risk::stats
