// SPDX-License-Identifier: Apache-2.0
#include "models/compare/estimators.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

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

}  // namespace

double chapman_variance(const TwoLists& l) {
  check(l);
  const double a = real(l.first + 1), b = real(l.second + 1), m = real(l.both);
  return a * b * real(l.first - l.both) * real(l.second - l.both) / ((m + 1) * (m + 1) * (m + 2));
}

risk::stats::Estimate chapman(const TwoLists& l, double overdispersion) {
  check(l);
  check(overdispersion >= 1, "two lists: overdispersion is at least 1");
  if (l.first == 0 || l.second == 0) return {std::nan(""), 0, HUGE_VAL, false};
  const double n = real(l.first + 1) * real(l.second + 1) / real(l.both + 1) - 1;
  const double seen = real(l.first + l.second - l.both), unseen = n - seen;
  if (!(unseen > 0)) return {n, seen, seen};  // everybody of one list is on the other
  const double spread = overdispersion * chapman_variance(l) / (unseen * unseen);
  const double c = sim::exp(z * std::sqrt(sim::log(1 + spread)));
  return {n, seen + unseen / c, seen + unseen * c};
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
  double sum = 0, variance = 0;
  for (const ReportRow& row : rows) {
    check(row.amount >= 0 && row.in_time > 0 && row.in_time <= 1, "reports: a row cannot be");
    const double counted = reported * row.in_time, e = counted * (1 + twice);
    const double v = counted * (1 + 3 * twice) - e * e;
    sum += row.amount / e;
    variance += row.amount * row.amount * v / (e * e * e);
  }
  const double half = z * std::sqrt(std::max(0.0, variance));
  return {sum, std::max(0.0, sum - half), sum + half};
}

}  // namespace corridor::compare
