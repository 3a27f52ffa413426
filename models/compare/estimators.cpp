// SPDX-License-Identifier: Apache-2.0
#include "models/compare/estimators.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::compare {
namespace {

constexpr double z = 1.959963984540054;

double real(std::int64_t n) { return static_cast<double>(n); }

void check(bool fine, const char* what) {
  if (!fine) throw std::invalid_argument(what);
}

void check(const TwoLists& l) {
  check(l.both >= 0 && l.first >= l.both && l.second >= l.both,
        "two lists: who is on both is on each");
}

/// Chance that so few, and that so many, of the second list are on the first among n people.
struct Tails {
  double low = 0, high = 0;
};
Tails tails(const TwoLists& l, std::int64_t n) {
  const auto ln_choose = [](std::int64_t a, std::int64_t b) {
    const auto f = [](std::int64_t x) {
      return sim::log_factorial(static_cast<unsigned long long>(x));
    };
    return f(a) - f(b) - f(a - b);
  };
  Tails sum;
  const std::int64_t least = std::max<std::int64_t>(0, l.first + l.second - n);
  for (std::int64_t m = least; m <= std::min(l.first, l.second); ++m) {
    const double p = sim::exp(ln_choose(l.first, m) + ln_choose(n - l.first, l.second - m) -
                              ln_choose(n, l.second));
    if (m <= l.both) sum.low += p;
    if (m >= l.both) sum.high += p;
  }
  return sum;
}

/// The first n from `from` on for which a statement holds that holds for all larger ones.
template <class Holds>
std::int64_t first_where(std::int64_t from, const Holds& holds) {
  std::int64_t step = 1, not_yet = from - 1;
  while (!holds(not_yet + step)) {
    not_yet += step;
    step *= 2;
  }
  std::int64_t yes = not_yet + step;
  while (yes - not_yet > 1) {
    const std::int64_t middle = not_yet + (yes - not_yet) / 2;
    (holds(middle) ? yes : not_yet) = middle;
  }
  return yes;
}

}  // namespace

double chapman_variance(const TwoLists& l) {
  check(l);
  const double a = real(l.first + 1), b = real(l.second + 1), m = real(l.both);
  return a * b * real(l.first - l.both) * real(l.second - l.both) / ((m + 1) * (m + 1) * (m + 2));
}

risk::stats::Estimate chapman(const TwoLists& l, double overdispersion) {
  check(l);
  check(overdispersion >= 1, "two lists: overdispersion is at least 1");
  const auto part = [&](std::int64_t n) { return std::llround(real(n) / overdispersion); };
  const TwoLists cases{part(l.first), part(l.second), std::min(part(l.both), part(l.second))};
  if (cases.first == 0 || cases.second == 0) return {std::nan(""), 0, HUGE_VAL, false};
  constexpr double tail = 0.025;
  // With more people fewer of the second are on the first: both tails move one way.
  const std::int64_t seen = cases.first + cases.second - cases.both;
  const std::int64_t lower =
      first_where(seen, [&](std::int64_t n) { return tails(cases, n).low > tail; });
  double upper = HUGE_VAL;
  if (cases.both > 0)
    upper =
        real(first_where(lower, [&](std::int64_t n) { return tails(cases, n).high <= tail; }) - 1);
  const double n = real(l.first + 1) * real(l.second + 1) / real(l.both + 1) - 1;
  return {n, real(lower) * overdispersion, upper * overdispersion};
}

risk::stats::Estimate right_hits(risk::stats::Count sent_on, double c1, double c0) {
  check(sent_on.x >= 0 && sent_on.x <= sent_on.n, "hits: who is sent on was reviewed");
  check(c0 >= 0 && c1 <= 1 && c0 < c1, "hits: a right one is confirmed oftener than a wrong one");
  const double h = real(sent_on.n), k = real(sent_on.x);
  if (sent_on.n == 0) return {0, 0, 0, false};
  // (k - c0 h - a t)^2 = z^2 (u + w t)
  const double a = c1 - c0, u = c0 * (1 - c0) * h, w = c1 * (1 - c1) - c0 * (1 - c0);
  const double d = k - c0 * h;
  const double half = (2 * a * d + z * z * w) / 2;
  const double root = std::sqrt(std::max(0.0, half * half - a * a * (d * d - z * z * u)));
  const auto within = [&](double t) { return std::clamp(t, 0.0, h); };
  return {within(d / a), within((half - root) / (a * a)), within((half + root) / (a * a))};
}

risk::stats::Estimate seized_of_reports(std::span<const ReportRow> rows, double reported,
                                        double twice) {
  check(reported > 0 && reported <= 1 && twice >= 0 && twice <= 1,
        "reports: chances lie between 0 and 1");
  if (rows.empty()) return {0, 0, HUGE_VAL, false};
  double sum = 0, variance = 0, squares = 0;
  for (const ReportRow& row : rows) {
    check(row.amount >= 0 && row.in_time > 0 && row.in_time <= 1, "reports: a row cannot be");
    const double counted = reported * row.in_time, e = counted * (1 + twice);
    const double v = counted * (1 + 3 * twice) - e * e;
    sum += row.amount / e;
    const double part = std::max(0.0, row.amount * row.amount * v / (e * e * e));
    variance += part;
    squares += part * part;
  }
  if (!(variance > 0)) return {sum, sum, sum};
  const double t = risk::stats::student_t_quantile(0.975, variance * variance / squares);
  const double c = sim::exp(t * std::sqrt(sim::log(1 + variance / (sum * sum))));
  return {sum, sum / c, sum * c};
}

}  // namespace corridor::compare
