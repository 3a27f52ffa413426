// SPDX-License-Identifier: Apache-2.0
/// \file test_intervals.cpp  Intervals against closed forms and published values; what they cover
/// against the exact sum over all outcomes, and that against keyed draws.
#include "models/risk/intervals.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "models/risk/distributions.hpp"
#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

constexpr double z95 = 1.959963984540054;

double probability(std::int64_t x, std::int64_t n, double p) {
  const auto lf = [](std::int64_t k) {
    return sim::log_factorial(static_cast<unsigned long long>(k));
  };
  return std::exp(lf(n) - lf(x) - lf(n - x) + static_cast<double>(x) * std::log(p) +
                  static_cast<double>(n - x) * std::log1p(-p));
}

/// Chance that the interval of a share holds the truth: the sum over every outcome. `of` holds the
/// interval of each count 0..n.
double coverage(const std::vector<Estimate>& of, double p) {
  const auto n = static_cast<std::int64_t>(of.size()) - 1;
  double sum = 0;
  for (std::int64_t x = 0; x <= n; ++x) {
    if (of[static_cast<std::size_t>(x)].contains(p)) sum += probability(x, n, p);
  }
  return sum;
}

template <class Interval>
std::vector<Estimate> of_each_count(Interval interval, std::int64_t n) {
  std::vector<Estimate> all;
  for (std::int64_t x = 0; x <= n; ++x) all.push_back(interval(Count{x, n}, 0.95));
  return all;
}

struct Two {
  std::int64_t n1, n2;
  double p1, p2;
};

template <class Interval>
double coverage(Interval interval, const Two& t, double truth) {
  double sum = 0;
  for (std::int64_t a = 0; a <= t.n1; ++a) {
    const double pa = probability(a, t.n1, t.p1);
    if (pa < 1e-12) continue;
    for (std::int64_t b = 0; b <= t.n2; ++b) {
      const double pb = probability(b, t.n2, t.p2);
      if (pb < 1e-12) continue;
      if (interval(Count{a, t.n1}, Count{b, t.n2}, 0.95).contains(truth)) sum += pa * pb;
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("Wilson's interval has the published ends", "[risk][exact]") {
  // 65 hits in 5,393 inspections: 1.21 % [0.95, 1.53].
  const Estimate e = wilson({65, 5393});
  CHECK(std::round(e.estimate * 1e4) == 121);
  CHECK(std::round(e.lower * 1e4) == 95);
  CHECK(std::round(e.upper * 1e4) == 153);
  // It is the set of p that a score test does not reject: both ends solve (x - np)^2 = z^2 np(1-p).
  for (const double p : {e.lower, e.upper}) {
    const double left = (65 - 5393 * p) * (65 - 5393 * p);
    CHECK(left == Approx(z95 * z95 * 5393 * p * (1 - p)).epsilon(1e-9));
  }
  CHECK(wilson({0, 10}).lower == 0);
  CHECK(wilson({10, 10}).upper == 1);
}

TEST_CASE("exact intervals have closed ends where nothing or everything is a hit",
          "[risk][exact]") {
  CHECK(clopper_pearson({0, 1000}).upper == Approx(1 - std::pow(0.025, 1e-3)).epsilon(1e-12));
  CHECK(clopper_pearson({1000, 1000}).lower == Approx(std::pow(0.025, 1e-3)).epsilon(1e-12));
  CHECK(mid_p({0, 1000}).upper == Approx(1 - std::pow(0.05, 1e-3)).epsilon(1e-12));
  CHECK(clopper_pearson({0, 5}).lower == 0);
  // C3, rule of three: a one-sided 95 % bound of 0 in 1000 is 0.0029912495.
  CHECK(std::abs(clopper_pearson({0, 1000}, 0.90).upper - 0.0029912495) < 5e-11);
  // Between: the ends solve the two tail equations.
  const Estimate e = clopper_pearson({7, 50});
  CHECK(binomial_at_least(7, 50, e.lower) == Approx(0.025).epsilon(1e-11));
  CHECK(1 - binomial_at_least(8, 50, e.upper) == Approx(0.025).epsilon(1e-11));
}

TEST_CASE("Katz's ratio and Newcombe's difference have the published ends", "[risk][exact]") {
  // Newcombe (1998), table II, contrast (a): 56/70 - 48/80 is 0.2, method 10: 0.0524 to 0.3339.
  const Estimate d = newcombe_difference({56, 70}, {48, 80});
  CHECK(d.estimate == Approx(0.2));
  CHECK(std::abs(d.lower - 0.0524) < 5e-5);
  CHECK(std::abs(d.upper - 0.3339) < 5e-5);
  const Estimate r = katz_ratio({54, 1000}, {270, 5000});
  CHECK(r.estimate == Approx(1));
  CHECK(r.upper ==
        Approx(std::exp(z95 * std::sqrt(1.0 / 54 - 1.0 / 1000 + 1.0 / 270 - 1.0 / 5000))));
  CHECK(r.lower == Approx(1 / r.upper));
  CHECK_FALSE(r.corrected);
}

TEST_CASE("a ratio with a zero keeps the end that data cannot bound, and says so",
          "[risk][exact]") {
  const double infinity = std::numeric_limits<double>::infinity();
  const Estimate none = katz_ratio({0, 100}, {10, 100});
  CHECK(none.estimate == 0);
  CHECK(none.lower == 0);
  CHECK(none.corrected);
  // Halves in each cell: (0.5/101)/(10.5/101) times exp(z sqrt(1/.5 - 1/101 + 1/10.5 - 1/101)).
  CHECK(none.upper == Approx(0.5 / 10.5 * std::exp(z95 * std::sqrt(2 + 1 / 10.5 - 2.0 / 101))));
  const Estimate all = katz_ratio({10, 100}, {0, 100});
  CHECK(all.estimate == infinity);
  CHECK(all.upper == infinity);
  CHECK(all.lower == Approx(1 / none.upper));
  CHECK_FALSE(katz_ratio({0, 5}, {0, 5}).defined);
  CHECK_FALSE(katz_ratio({0, 0}, {1, 5}).defined);
  const Estimate full = katz_ratio({5, 5}, {9, 9});
  CHECK(full.corrected);
  CHECK(full.lower < 1);
  CHECK(full.upper > 1);
  CHECK_FALSE(wilson({0, 0}).defined);
  CHECK_FALSE(newcombe_difference({0, 0}, {1, 2}).defined);
  CHECK_FALSE(mean_interval(std::vector<double>{1}).defined);
}

TEST_CASE("the conditional ratio is the odds of its share", "[risk][exact]") {
  // 3 of 100 against 6 of 400: R = (3/100)/(6/400) = 2; the share 3/9 has its mid-p ends.
  const Estimate share = mid_p({3, 9}), r = exact_rate_ratio({3, 100}, {6, 400});
  CHECK(r.estimate == Approx(2));
  CHECK(r.lower == Approx(4 * share.lower / (1 - share.lower)));
  CHECK(r.upper == Approx(4 * share.upper / (1 - share.upper)));
  // The p-value is 1 - confidence of the interval that just reaches 1.
  const double p = exact_rate_ratio_p({3, 100}, {6, 400});
  CHECK(exact_rate_ratio({3, 100}, {6, 400}, 1 - p).lower == Approx(1).epsilon(1e-9));
  CHECK(exact_rate_ratio_p({5, 100}, {5, 100}) == 1);
  CHECK(exact_rate_ratio({4, 9}, {0, 9}).upper == std::numeric_limits<double>::infinity());
}

TEST_CASE("the mean of replicates has Student's interval", "[risk][exact]") {
  // 1 2 3 4: s^2 = 5/3, t(0.975; 3) = 3.182446305284263.
  const Estimate e = mean_interval(std::vector<double>{4, 1, 3, 2});
  const double half = 3.182446305284263 * std::sqrt(5.0 / 3 / 4);
  CHECK(e.estimate == Approx(2.5));
  CHECK(e.lower == Approx(2.5 - half).epsilon(1e-11));
  CHECK(e.upper == Approx(2.5 + half).epsilon(1e-11));
  // The same differences, whatever both runs share.
  const Estimate d =
      paired_difference(std::vector<double>{104, 51, 3, 12}, std::vector<double>{100, 50, 0, 10});
  CHECK(d.upper == Approx(e.upper).epsilon(1e-11));
  // Identical policies differ by 0, for certain.
  const std::vector<double> same{3, 1, 7};
  CHECK(paired_difference(same, same).upper == 0);
}

TEST_CASE("ends stand in order, within range, around the estimate", "[risk][property]") {
  CHECK(rc::check("for any counts", [] {
    const std::int64_t n1 = *rc::gen::inRange(1, 400), n2 = *rc::gen::inRange(1, 400);
    const Count a{*rc::gen::inRange<std::int64_t>(0, n1 + 1), n1};
    const Count b{*rc::gen::inRange<std::int64_t>(0, n2 + 1), n2};
    for (const Estimate& e : {wilson(a), clopper_pearson(a), mid_p(a)}) {
      RC_ASSERT(0 <= e.lower && e.lower <= e.estimate && e.estimate <= e.upper && e.upper <= 1);
    }
    RC_ASSERT(clopper_pearson(a).lower <= mid_p(a).lower + 1e-15);
    RC_ASSERT(mid_p(a).upper <= clopper_pearson(a).upper + 1e-15);
    const Estimate d = newcombe_difference(a, b), back = newcombe_difference(b, a);
    RC_ASSERT(-1 <= d.lower && d.lower <= d.estimate && d.estimate <= d.upper && d.upper <= 1);
    RC_ASSERT(std::abs(d.lower + back.upper) < 1e-14);
    for (const Estimate& e : {katz_ratio(a, b), exact_rate_ratio(a, b)}) {
      if (e.defined) {
        RC_ASSERT(0 <= e.lower && e.lower <= e.estimate && e.estimate <= e.upper);
      }
    }
  }));
}

TEST_CASE("intervals refuse impossible counts and confidences", "[risk][exact]") {
  CHECK_THROWS_WITH(wilson({3, 2}), "a count must hold 0 <= x <= n");
  CHECK_THROWS_WITH(wilson({-1, 2}), "a count must hold 0 <= x <= n");
  CHECK_THROWS_WITH(mid_p({1, 2}, 1), "a confidence must be in (0, 1)");
  CHECK_THROWS_AS(katz_ratio({1, 2}, {1, 2}, std::nan("")), std::invalid_argument);
  CHECK_THROWS_AS(exact_rate_ratio({0, 2}, {0, 2}, 0), std::invalid_argument);
  CHECK_THROWS_WITH(mean_interval(std::vector<double>{1, std::nan("")}),
                    "a replicate is not a finite number");
  CHECK_THROWS_WITH(paired_difference(std::vector<double>{1}, std::vector<double>{1, 2}),
                    "paired replicates must be equally many");
}

// Coverage. The exact sum is compared with the nominal 95 %: within 1 % on average over shares from
// 2 % to 50 % (at one share it jumps, since counts are whole: there 2.5 %), Clopper-Pearson never
// below. The sum is then compared with 40,000 keyed samples, within Chernoff's bound at a
// false-alarm rate of 1e-9 (0.0073 at 0.95): that the draws and the sum are one and the same.
TEST_CASE("intervals of a share cover what they say", "[risk][statistical]") {
  const auto wilsons = of_each_count(wilson, 250), mid_ps = of_each_count(mid_p, 250);
  const auto clopper_pearsons = of_each_count(clopper_pearson, 250);
  const auto textbook = of_each_count(
      [](Count k, double) {
        const double q = static_cast<double>(k.x) / static_cast<double>(k.n);
        const double half = z95 * std::sqrt(q * (1 - q) / static_cast<double>(k.n));
        return Estimate{q, q - half, q + half, true, false};
      },
      25);
  double w = 0, m = 0, c = 0, naive = 0;
  int n_shares = 0;
  for (double p = 0.02; p < 0.505; p += 0.005) {
    const double one = coverage(wilsons, p), conservative = coverage(clopper_pearsons, p);
    REQUIRE(std::abs(one - 0.95) < 0.025);
    REQUIRE(conservative >= 0.95);
    w += one;
    c += conservative;
    m += coverage(mid_ps, p);
    naive += coverage(textbook, p);
    ++n_shares;
  }
  CHECK(std::abs(w / n_shares - 0.95) < 0.01);
  CHECK(std::abs(m / n_shares - 0.95) < 0.01);
  CHECK(c / n_shares < 0.975);
  CHECK(naive / n_shares < 0.92);  // the check can fail: the textbook interval of 25 people does

  constexpr std::size_t samples = 40'000;
  std::size_t covered = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    covered += wilson({test::keyed_binomial(7, i, 250, 0.1), 250}).contains(0.1);
  }
  const double exact = coverage(wilsons, 0.1);
  CHECK(std::abs(static_cast<double>(covered) / samples - exact) <
        test::binomial_halfwidth(exact, samples, 1e-9));
}

TEST_CASE("intervals of a ratio and of a difference cover what they say", "[risk][statistical]") {
  const Two cases[] = {{400, 900, 0.15, 0.10}, {300, 300, 0.2, 0.2}, {250, 1000, 0.3, 0.25}};
  for (const Two& t : cases) {
    CHECK(std::abs(coverage(katz_ratio, t, t.p1 / t.p2) - 0.95) < 0.01);
    CHECK(std::abs(coverage(newcombe_difference, t, t.p1 - t.p2) - 0.95) < 0.01);
  }
  // Few hits, where Katz needs halves: the conditional interval keeps its word for rare hits.
  const Two rare{2000, 8000, 0.003, 0.003};
  CHECK(coverage(exact_rate_ratio, rare, 1) > 0.94);
  {  // keyed samples agree with the sum
    constexpr std::size_t samples = 20'000;
    const Two t = cases[0];
    std::size_t ratio = 0, difference = 0;
    for (std::size_t i = 0; i < samples; ++i) {
      const Count a{test::keyed_binomial(8, i, t.n1, t.p1), t.n1};
      const Count b{test::keyed_binomial(9, i, t.n2, t.p2), t.n2};
      ratio += katz_ratio(a, b).contains(t.p1 / t.p2);
      difference += newcombe_difference(a, b).contains(t.p1 - t.p2);
    }
    const double exact = coverage(katz_ratio, t, t.p1 / t.p2);
    CHECK(std::abs(static_cast<double>(ratio) / samples - exact) <
          test::binomial_halfwidth(exact, samples, 1e-9));
    const double exact_d = coverage(newcombe_difference, t, t.p1 - t.p2);
    CHECK(std::abs(static_cast<double>(difference) / samples - exact_d) <
          test::binomial_halfwidth(exact_d, samples, 1e-9));
  }
}

// Normal replicates: the t interval covers exactly 95 %. 8,000 samples: halfwidth 0.017 at a
// false-alarm rate of 1e-9. With 6 replicates the normal quantile would cover 89.3 %: seen.
TEST_CASE("the paired difference over six replicates covers 95 %, and the normal quantile fails",
          "[risk][statistical]") {
  constexpr std::size_t samples = 8'000, r = 6;
  std::size_t covered = 0, with_normal = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    std::vector<double> a(r), b(r);
    for (std::size_t k = 0; k < r; ++k) {
      const double common = 10 * test::keyed_normal(10, i * r + k, 0);  // what pairing removes
      a[k] = common + 0.5 + test::keyed_normal(10, i * r + k, 1);
      b[k] = common + test::keyed_normal(10, i * r + k, 2);
    }
    const Estimate e = paired_difference(a, b);
    covered += e.contains(0.5);
    const double half = (e.upper - e.estimate) * z95 / student_t_quantile(0.975, r - 1);
    with_normal += std::abs(e.estimate - 0.5) <= half;
  }
  const double tolerance = test::binomial_halfwidth(0.95, samples, 1e-9);
  CHECK(std::abs(static_cast<double>(covered) / samples - 0.95) < tolerance);
  CHECK_FALSE(std::abs(static_cast<double>(with_normal) / samples - 0.95) < tolerance);
}
