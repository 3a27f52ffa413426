// SPDX-License-Identifier: Apache-2.0
#include "models/risk/calibration.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/risk/distributions.hpp"
#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

using Values = std::vector<double>;
using Truths = std::vector<std::uint8_t>;

/// People whose true probability is `truth_of(p)` and of whom p is stated; p is uniform over
/// (0, 0.3).
template <class TruthOf>
ScoreTally stated(std::uint32_t seed, std::size_t n, TruthOf truth_of) {
  Values p(n);
  Truths y(n);
  for (std::size_t i = 0; i < n; ++i) {
    p[i] = 0.3 * test::keyed_uniform(seed, i, 0);
    y[i] = test::keyed_uniform(seed, i, 1) < truth_of(p[i]);
  }
  return tally(p, y);
}
double as_stated(double p) { return p; }

}  // namespace

TEST_CASE("pooling adjacent violators gives the nearest rising curve", "[risk][exact]") {
  const Values fitted = pool_adjacent_violators(Values{1, 3, 2, 4, 3, 3}, Values{1, 1, 3, 1, 1, 1});
  const Values expected{1, 2.25, 2.25, 10.0 / 3, 10.0 / 3, 10.0 / 3};
  REQUIRE(fitted.size() == expected.size());
  for (std::size_t i = 0; i < fitted.size(); ++i) CHECK(fitted[i] == Approx(expected[i]));
  // Scores 3 2 1 with rates 1/2, 3/4, 0: the first two are pooled at 4/6.
  const ScoreTally t{{3, 2, 1}, {1, 3, 0}, {1, 1, 5}};
  const Values rates = isotonic_rates(t);
  CHECK(rates[0] == Approx(2.0 / 3));
  CHECK(rates[1] == Approx(2.0 / 3));
  CHECK(rates[2] == 0);
}

TEST_CASE("isotonic regression equals its min-max formula", "[risk][property]") {
  CHECK(rc::check("max over starts of the min over ends of the mean", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 12);
    Values v, w;
    for (std::size_t i = 0; i < n; ++i) {
      v.push_back(*rc::gen::inRange(-8, 9));
      w.push_back(*rc::gen::inRange(1, 6));
    }
    const Values fitted = pool_adjacent_violators(v, w);
    for (std::size_t i = 0; i < n; ++i) {
      double highest = -1e9;
      for (std::size_t a = 0; a <= i; ++a) {
        double lowest = 1e9;
        for (std::size_t b = i; b < n; ++b) {
          double sum = 0, weight = 0;
          for (std::size_t k = a; k <= b; ++k) {
            sum += v[k] * w[k];
            weight += w[k];
          }
          lowest = std::min(lowest, sum / weight);
        }
        highest = std::max(highest, lowest);
      }
      RC_ASSERT(std::abs(fitted[i] - highest) < 1e-12);
    }
  }));
}

TEST_CASE("Beta-binomial rates are the posterior of each score", "[risk][exact]") {
  const ScoreTally t{{2, 1}, {3, 0}, {7, 40}};
  const auto rates = beta_binomial_rates(t, {1, 9});
  CHECK(rates[0].estimate == Approx(4.0 / 20));
  CHECK(rates[1].estimate == Approx(1.0 / 50));
  CHECK(incomplete_beta(4, 16, rates[0].lower) == Approx(0.025).epsilon(1e-9));
  CHECK(incomplete_beta(4, 16, rates[0].upper) == Approx(0.975).epsilon(1e-9));
  // Nothing to learn from: Jeffreys.
  CHECK(fit_beta_prior({{1}, {0}, {50}}).a == 0.5);
  // Scores that do not matter shrink wholly to the mean.
  const BetaPrior same = fit_beta_prior({{3, 2, 1}, {10, 10, 10}, {90, 90, 90}});
  CHECK(same.a + same.b > 1e6);
  CHECK(same.a / (same.a + same.b) == Approx(0.1));
}

// 16 samples of 400 scores with 50 people each and rates from Beta(2, 18): the strength 20 is
// recovered on average; tolerance 4 s / sqrt(16) from the samples' own s, about 2.
TEST_CASE("the strength of a prior is recovered", "[risk][statistical]") {
  Values strength;
  for (std::uint32_t k = 0; k < 16; ++k) {
    ScoreTally t;
    for (std::uint64_t g = 0; g < 400; ++g) {
      const double rate = beta_quantile(test::keyed_uniform(50 + k, g), 2, 18);
      const auto hits = test::keyed_binomial(50 + k, g, 50, rate);
      t.score.push_back(400 - static_cast<double>(g));
      t.hits.push_back(hits);
      t.clean.push_back(50 - hits);
    }
    const BetaPrior prior = fit_beta_prior(t);
    strength.push_back(prior.a + prior.b);
  }
  const auto m = test::moments(strength);
  CHECK(std::abs(m.mean - 20) < m.tolerance());
  CHECK(m.tolerance() < 3);
}

TEST_CASE("a reliability table counts who was stated what", "[risk][exact]") {
  const ScoreTally t = tally(Values{0.1, 0.1, 0.15, 0.8, 1.0, 0.9}, Truths{0, 1, 0, 1, 1, 0});
  const auto wide = reliability(t, 2, Binning::equal_width);
  REQUIRE(wide.size() == 2);
  CHECK(wide[0].count.x == 1);
  CHECK(wide[0].count.n == 3);
  CHECK(wide[0].mean == Approx(0.35 / 3));
  CHECK(wide[0].lower == 0.1);
  CHECK(wide[0].upper == 0.15);
  CHECK(wide[1].mean == Approx(0.9));
  CHECK(wide[1].observed.estimate == Approx(2.0 / 3));
  CHECK(expected_calibration_error(wide) ==
        Approx(0.5 * (1.0 / 3 - 0.35 / 3) + 0.5 * (0.9 - 2.0 / 3)));
  CHECK(brier(t) == Approx((0.01 + 0.81 + 0.0225 + 0.04 + 0 + 0.81) / 6));
  const auto equal = reliability(t, 3, Binning::equal_count);
  REQUIRE(equal.size() == 3);
  for (const auto& bin : equal) CHECK(bin.count.n == 2);
  CHECK(reliability(t, 10, Binning::equal_width).size() == 3);  // empty bins are not listed
}

// E8. 200,000 people of whom the truth is stated. Hits of each bin are Poisson-binomial: |z| < 4
// (one in 16,000 for each of 10 bins). Brier is the mean of p(1-p): a term (p-y)^2 - p(1-p) is
// (y-p)(1-2p) of variance below 0.13. The calibration error of ten exact bins is on average
// sum w_b sqrt(2/pi) sd_b = 0.8 * sqrt(0.13 * 10 / n) at most, and half as much more is over six
// deviations.
TEST_CASE("E8: when scores are true probabilities the measures say so", "[risk][statistical]") {
  for (const std::size_t n : {std::size_t{2000}, std::size_t{200'000}}) {
    const ScoreTally t = stated(61, n, as_stated);
    const CalibrationTest c = calibration_test(t);
    CHECK(std::abs(c.z) < 4);
    CHECK(std::abs(brier(t) - c.expected_brier) < 4 * std::sqrt(0.13 / static_cast<double>(n)));
    const auto bins = reliability(t, 10, Binning::equal_count);
    REQUIRE(bins.size() == 10);
    for (const auto& b : bins) {
      const double sd = std::sqrt(b.mean * (1 - b.mean) / static_cast<double>(b.count.n));
      CHECK(std::abs(b.observed.estimate - b.mean) < 4 * sd);
    }
    CHECK(expected_calibration_error(bins) <
          1.5 * 0.8 * std::sqrt(0.13 * 10 / static_cast<double>(n)));
  }
  SECTION("and the checks can fail: stated a fifth too high") {
    const ScoreTally t = stated(61, 200'000, [](double p) { return p / 1.2; });
    CHECK(std::abs(calibration_test(t).z) > 4);
    CHECK(calibration_test(t).p_value < 1e-4);
    CHECK(expected_calibration_error(reliability(t, 10, Binning::equal_count)) >
          1.5 * 0.8 * std::sqrt(0.13 * 10 / 200'000));
  }
}

TEST_CASE("calibration refuses what is no forecast", "[risk][exact]") {
  const ScoreTally bad{{1.5}, {1}, {1}};
  CHECK_THROWS_WITH(brier(bad), "a forecast must be in [0, 1]");
  CHECK_THROWS_WITH(calibration_test(ScoreTally{}), "a tally must hold people");
  CHECK_THROWS_WITH(reliability({{0.5}, {1}, {1}}, 0, Binning::equal_width),
                    "a reliability table needs at least one bin");
  CHECK_THROWS_WITH(pool_adjacent_violators(Values{1}, Values{0}),
                    "a weight must be finite and above 0");
  CHECK_THROWS_WITH(beta_binomial_rates(bad, {0, 1}), "a beta prior needs a and b above 0");
  CHECK(calibration_test({{1}, {0}, {2}}).p_value == 0);
  CHECK(calibration_test({{1}, {2}, {0}}).p_value == 1);
}
