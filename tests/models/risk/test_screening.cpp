// SPDX-License-Identifier: Apache-2.0
/// \file test_screening.cpp  Verification cases D1 to D4, E1, E2 and F1; results R6 and R12, each
/// with its cause switched off.
#include "models/risk/screening.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {
using Values = std::vector<double>;
const double infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("D1: what a flag is worth at low prevalence", "[risk][exact]") {
  struct Row {
    double n, prevalence, sensitivity, rate, tp, fp, ppv, flags;
  };
  const Row rows[] = {{1e6, 1e-6, 0.9, 0.001, 0.9, 999.9990, 0.0008991916, 1112.110},
                      {1e6, 1e-5, 0.9, 0.001, 9, 999.9900, 0.0089198109, 112.110},
                      {1e6, 1e-4, 0.8, 0.01, 80, 9999.0000, 0.0079372954, 125.987},
                      {1e8, 1e-7, 0.9, 0.0001, 9, 9999.9990, 0.0008991908, 1112.111},
                      {1e6, 1e-3, 0.7, 0.05, 700, 49950.0000, 0.0138203356, 72.357}};
  for (const Row& r : rows) {
    const ScreeningTable t = screen(r.n, r.prevalence, r.sensitivity, r.rate);
    CHECK(t.true_positives == Approx(r.tp).epsilon(1e-9));
    CHECK(std::abs(t.false_positives - r.fp) < 5e-5);
    CHECK(std::abs(t.ppv - r.ppv) < 5.1e-11);
    CHECK(std::abs(t.flags_per_hit - r.flags) < 5.1e-4);
    CHECK(t.true_positives + t.false_positives + t.false_negatives + t.true_negatives ==
          Approx(r.n));
  }
  // NPV: of 1e6 at 1e-3, Se 0.7, FPR 0.05: 949,050 of 949,350.
  CHECK(screen(1e6, 1e-3, 0.7, 0.05).npv == Approx(949'050.0 / 949'350));
  CHECK(std::isnan(screen(10, 0.5, 0, 0).ppv));
}

TEST_CASE("D2: likelihood ratios of independent stages multiply the odds", "[risk][exact]") {
  const double o = posterior_odds(1e-4, Values{80, 50});
  CHECK(std::abs(o - 0.4000400040) < 5e-11);
  CHECK(std::abs(probability_of(o) - 0.2857346953) < 5e-11);
  // One stage with LR = Se/FPR is D1.
  CHECK(probability_of(posterior_odds(1e-4, Values{0.8 / 0.01})) ==
        Approx(screen(1e6, 1e-4, 0.8, 0.01).ppv).epsilon(1e-12));
  CHECK(probability_of(odds(1)) == 1);
  CHECK(odds(0) == 0);
}

// Public answers about a national PNR unit, for the arithmetic only. The figures of 2023 and 2024
// count hits on lists and criteria; the years count different things and are no series. Passengers
// are known to 0.05 million, the rounding of the printed figures is half a last digit.
TEST_CASE("D3: the arithmetic of a published funnel", "[risk][exact]") {
  struct Year {
    double passengers_million, hits, confirmed, precision, per_million;
  };
  const Year years[] = {{24, 111'588, 1960, 0.0176, 81.7},
                        {30.9, 78'179, 5347, 0.0684, 172.9},
                        {125.7, 377'363 + 6415, 68'856, 0.1794, 547.8},
                        {153.7, 207'409 + 6831, 89'982, 0.4200, 585.4}};
  for (const Year& y : years) {
    CHECK(std::abs(y.confirmed / y.hits - y.precision) < 5e-5);
    CHECK(std::abs(y.confirmed / y.passengers_million - y.per_million) <
          0.05 + y.per_million * 0.05 / y.passengers_million);
    // As a screening table: what is flagged is hits, and PPV is the precision.
    const double people = y.passengers_million * 1e6, prevalence = y.confirmed / people;
    const ScreeningTable t =
        screen(people, prevalence, 1, (y.hits - y.confirmed) / (people - y.confirmed));
    CHECK(t.ppv == Approx(y.confirmed / y.hits).epsilon(1e-9));
  }
  CHECK(std::abs(1484 / 125.7 - 11.8) < 0.05);
  CHECK(std::abs(1525 / 153.7 - 9.9) < 0.05);
}

TEST_CASE("D4: human review is a second test that sees every flag", "[risk][exact]") {
  const ScreeningTable flags = screen(1e6, 1e-4, 0.8, 0.01);
  const Review perfect = review(flags, 1, 0);
  CHECK(perfect.true_forwarded == flags.true_positives);
  CHECK(perfect.false_forwarded == 0);
  CHECK(perfect.ppv == 1);
  CHECK(perfect.reviewed == flags.true_positives + flags.false_positives);
  const Review r = review(flags, 0.9, 0.05);
  CHECK(r.reviewed == perfect.reviewed);
  CHECK(r.true_forwarded == Approx(72));
  CHECK(r.false_forwarded == Approx(499.95));
  // The odds form again: two stages with LR 80 and 18.
  CHECK(r.ppv == Approx(probability_of(posterior_odds(1e-4, Values{80, 18}))).epsilon(1e-12));
}

TEST_CASE("E1: the binormal ROC has its closed form", "[risk][exact]") {
  const double rates[] = {1e-4, 1e-3, 1e-2, 0.05, 0.1};
  struct Row {
    double d, auc, recall[5];
  };
  const Row rows[] = {
      {0.5, 0.63816320, {0.00064316, 0.00479556, 0.03389894, 0.12613490, 0.21723908}},
      {1, 0.76024994, {0.00327382, 0.01829847, 0.09236225, 0.25951102, 0.38914369}},
      {1.5, 0.85557782, {0.01324280, 0.05589123, 0.20430339, 0.44241322, 0.58646013}},
      {2, 0.92135040, {0.04280569, 0.13780541, 0.37208059, 0.63876003, 0.76375958}},
      {3, 0.98305257, {0.23606538, 0.46405131, 0.74973375, 0.91231454, 0.95714257}}};
  const double gain_at_1_percent[] = {3.39, 9.24, 20.4, 37.2, 75.0};
  for (int i = 0; i < 5; ++i) {
    CHECK(std::abs(binormal_auc(rows[i].d) - rows[i].auc) < 5.1e-9);
    for (int j = 0; j < 5; ++j) {
      CHECK(std::abs(binormal_recall(rows[i].d, rates[j]) - rows[i].recall[j]) < 5.1e-9);
    }
    CHECK(std::abs(binormal_recall(rows[i].d, 0.01) / 0.01 / gain_at_1_percent[i] - 1) < 2.5e-3);
  }
  CHECK(binormal_recall(2, 0) == 0);
  CHECK(binormal_recall(0, 0.3) == Approx(0.3).epsilon(1e-14));
}

TEST_CASE("E2: the power ROC has its closed form", "[risk][exact]") {
  CHECK(power_auc(4) == 0.8);
  CHECK(std::abs(power_recall(4, 0.01) - 0.3162277660) < 5e-11);
  CHECK(std::abs(power_recall(4, 0.1) - 0.5623413252) < 5e-11);
  CHECK(power_recall(1, 0.2) == Approx(0.2));
}

TEST_CASE("F1: the square-root rule of memoryless screening", "[risk][exact]") {
  const Values p{0.64, 0.16, 0.16, 0.04};
  const Values q = square_root_profile(p);
  const double expected[] = {0.4444444444, 0.2222222222, 0.2222222222, 0.1111111111};
  for (std::size_t j = 0; j < 4; ++j) CHECK(std::abs(q[j] - expected[j]) < 5e-11);
  CHECK(memoryless_steps(p, Values(4, 0.25)) == Approx(4).epsilon(1e-12));
  CHECK(memoryless_steps(p, p) == Approx(4).epsilon(1e-12));
  CHECK(memoryless_steps(p, q) == Approx(3.24).epsilon(1e-12));
  CHECK(memoryless_steps(p, Values{1, 0, 0, 0}) == infinity);

  Values many(10'000, 0.5 / 9999);
  many[0] = 0.5;
  CHECK(memoryless_steps(many, Values(10'000, 1e-4)) == Approx(10'000).epsilon(1e-9));
  CHECK(memoryless_steps(many, many) == Approx(10'000).epsilon(1e-9));
  CHECK(std::abs(memoryless_steps(many, square_root_profile(many)) - 5099.9949998749) < 5e-6);
  CHECK(steps_with_memory(many) == Approx(2501).epsilon(1e-9));
  CHECK(steps_in_random_order(many) == 5000.5);
}

TEST_CASE("F1: no profile beats the square root", "[risk][property]") {
  CHECK(rc::check("for any chances and any rival profile", [] {
    const auto draw = [](std::size_t n) {
      Values v;
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) {
        v.push_back(*rc::gen::inRange(1, 1000));
        sum += v.back();
      }
      for (double& x : v) x /= sum;
      return v;
    };
    const auto n = *rc::gen::inRange<std::size_t>(1, 12);
    const Values p = draw(n), rival = draw(n);
    RC_ASSERT(memoryless_steps(p, square_root_profile(p)) <=
              memoryless_steps(p, rival) * (1 + 1e-12));
  }));
}

TEST_CASE("R6: at low prevalence most flags of an excellent test are false", "[risk][exact]") {
  for (const double prevalence : {1e-6, 1e-5, 1e-4}) {
    CHECK(screen(1e6, prevalence, 0.9, 0.001).ppv < 0.1);
  }
  CHECK(screen(1e6, 1e-6, 0.9, 0.001).ppv < 0.001);
  // PPV never rises as prevalence falls.
  double last = 1;
  for (double prevalence = 0.5; prevalence > 1e-8; prevalence *= 0.5) {
    const double ppv = screen(1, prevalence, 0.9, 0.001).ppv;
    CHECK(ppv < last);
    last = ppv;
  }
  SECTION("cause off: where the thing is common, the same test is right") {
    CHECK(screen(1e6, 0.1, 0.9, 0.001).ppv > 0.99);
  }
  SECTION("cause off: without false positives prevalence does not matter") {
    CHECK(screen(1e6, 1e-6, 0.9, 0).ppv == 1);
  }
}

TEST_CASE("R12: screening in proportion to risk is no better than uniform without memory",
          "[risk][property]") {
  CHECK(rc::check("for any chances, proportional and uniform both take n steps", [] {
    Values p;
    double sum = 0;
    for (int i = *rc::gen::inRange(1, 50); i > 0; --i) {
      p.push_back(*rc::gen::inRange(1, 10'000));
      sum += p.back();
    }
    for (double& v : p) v /= sum;
    const double n = static_cast<double>(p.size());
    RC_ASSERT(std::abs(memoryless_steps(p, p) - n) < 1e-9 * n);
    RC_ASSERT(std::abs(memoryless_steps(p, Values(p.size(), 1 / n)) - n) < 1e-9 * n);
    // Cause off: with memory, the most likely first is never worse than any order.
    RC_ASSERT(steps_with_memory(p) <= steps_in_random_order(p) * (1 + 1e-12));
  }));
  // And with unequal chances it gains in earnest: 3.24 -> 1.6 of 2.5.
  const Values p{0.64, 0.16, 0.16, 0.04};
  CHECK(steps_with_memory(p) == Approx(1.6));
  CHECK(steps_in_random_order(p) == 2.5);
}

// The target is person j with p_j; each step screens one person drawn from q. Steps to meet the
// target are geometric with mean 1/q_j. 20,000 hunts, by keyed draws; s is the sample's, tolerance
// 4 s / sqrt(n): uniform and proportional 4, square root 3.24, sorted with memory 1.6.
TEST_CASE("R12: simulated hunts take as long as the closed forms say", "[risk][statistical]") {
  const Values p{0.64, 0.16, 0.16, 0.04};
  constexpr std::size_t hunts = 20'000;
  const auto pick = [](const Values& w, double u) {
    std::size_t j = 0;
    while (j + 1 < w.size() && u >= w[j]) u -= w[j++];
    return j;
  };
  const auto hunt = [&](const Values& q) {
    Values steps(hunts);
    for (std::size_t i = 0; i < hunts; ++i) {
      const std::size_t target = pick(p, test::keyed_uniform(31, i));
      std::uint16_t step = 1;
      while (pick(q, test::keyed_uniform(31, i, step)) != target) ++step;
      steps[i] = step;
    }
    return test::moments(steps);
  };
  const auto proportional = hunt(p), uniform = hunt(Values(4, 0.25)),
             root = hunt(square_root_profile(p));
  CHECK(std::abs(proportional.mean - 4) < proportional.tolerance());
  CHECK(std::abs(uniform.mean - 4) < uniform.tolerance());
  CHECK(std::abs(root.mean - 3.24) < root.tolerance());
  CHECK_FALSE(std::abs(root.mean - 4) < root.tolerance());
}

TEST_CASE("a rule pays from the break-even ratio on", "[risk][exact]") {
  RuleCase c;
  c.prevalence = 1e-4;
  c.base_rate = 0.01;
  c.value_of_hit = 5000;
  c.officer_minutes = 30;
  c.officer_price = 1;
  c.traveller_minutes = 40;
  c.traveller_price = 0.5;
  const BreakEven b = break_even(c);
  CHECK(b.stop_cost == 50);
  CHECK(b.precision == Approx(0.01));                           // 50 of 5000
  CHECK(b.ratio == Approx(0.01 / 0.99 * 9999).epsilon(1e-12));  // 101
  CHECK(b.highest_ratio == 100);
  CHECK_FALSE(b.can_pay);  // it would have to fire on 101 % of the illicit
  c.base_rate = 0.005;
  CHECK(break_even(c).ratio == b.ratio);  // the base rate only bounds
  CHECK(break_even(c).can_pay);
  CHECK(gain_per_person(c, b.ratio) == Approx(0).margin(1e-12));
  CHECK(gain_per_person(c, 1.1 * b.ratio) > 0);
  CHECK(gain_per_person(c, 0.9 * b.ratio) < 0);
  SECTION("half the searches miss: the bar doubles in precision") {
    c.search_sensitivity = 0.5;
    CHECK(break_even(c).precision == Approx(0.02));
  }
  SECTION("full places: the rule must beat the weakest stop that it displaces") {
    c.displaced_precision = 0.05;
    CHECK(break_even(c).precision == 0.05);
    CHECK(gain_per_person(c, 150) < 0);
    c.base_rate = 0.001;
    CHECK(gain_per_person(c, break_even(c).ratio) == Approx(0).margin(1e-12));
  }
  SECTION("a hit worth less than a stop never pays") {
    c.value_of_hit = 40;
    CHECK(break_even(c).ratio == infinity);
    CHECK_FALSE(break_even(c).can_pay);
  }
}

TEST_CASE("screening refuses what is no probability, ratio or price", "[risk][exact]") {
  const double nan = std::nan("");
  CHECK_THROWS_WITH(screen(10, nan, 1, 0), "a probability must be in [0, 1]");
  CHECK_THROWS_WITH(screen(-1, 0.5, 1, 0), "people must be finite and at least 0");
  CHECK_THROWS_WITH(posterior_odds(0.5, Values{-1}),
                    "a likelihood ratio must be finite and at least 0");
  CHECK_THROWS_WITH(memoryless_steps(Values{0.5, 0.4}, Values{0.5, 0.5}),
                    "probabilities of screening must sum to 1");
  CHECK_THROWS_WITH(memoryless_steps(Values{1}, Values{0.5, 0.5}), "p and q must be equally many");
  CHECK_THROWS_WITH(power_recall(0, 0.1), "theta must be finite and above 0");
  CHECK_THROWS_WITH(binormal_recall(nan, 0.1), "a distance of means must be finite");
  CHECK_THROWS_WITH(break_even(RuleCase{}), "a prevalence must be in (0, 1)");
  RuleCase c{0.1, 0.1, 10};
  c.officer_price = nan;
  CHECK_THROWS_WITH(break_even(c), "minutes and prices must be finite and at least 0");
  CHECK_THROWS_WITH(gain_per_person(RuleCase{0.1, 0.1, 10}, 11),
                    "a likelihood ratio must be in [0, 1/base rate]");
}
