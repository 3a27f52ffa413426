// SPDX-License-Identifier: Apache-2.0
/// \file test_allocation.cpp  Verification cases E4 to E7, and result R5 with its cause switched
/// off.
#include "models/risk/allocation.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace corridor::risk::stats;

namespace {

using Classes = std::vector<RiskClass>;
const Classes e4{{1000, 0.02}, {5000, 0.004}, {20'000, 0.001}, {74'000, 0.0001}};

/// Largest rise of a step over the step before: at most 0 for a concave curve.
double worst_bend(const Classes& classes, double n) {
  double worst = -1, last = 0, last_step = 1e300;
  for (int i = 1; i <= 1000; ++i) {
    const double hits = best_hits(classes, n * i / 1000);
    worst = std::max(worst, hits - last - last_step);
    last_step = hits - last;
    last = hits;
  }
  return worst;
}

}  // namespace

TEST_CASE("E4: the 3,000 highest risks hold 28 of 67.4 expected hits", "[risk][exact]") {
  CHECK(expected_hits(e4) == Approx(67.4).epsilon(1e-12));
  const double best = best_hits(e4, 3000);
  CHECK(best == Approx(28.0).epsilon(1e-12));
  CHECK(std::abs(best / expected_hits(e4) - 0.4154302671) < 5e-11);
  CHECK(std::abs(3000 * expected_hits(e4) / 100'000 - 2.022) < 1e-12);
  CHECK(std::abs(best / 2.022 - 13.8476755687) < 5e-11);
}

TEST_CASE("E4: no other selection of k people has more expected hits", "[risk][property]") {
  CHECK(rc::check("all subsets of up to nine people", [] {
    const auto n = *rc::gen::inRange<unsigned>(1, 10);
    Classes people;
    for (unsigned i = 0; i < n; ++i) people.push_back({1, *rc::gen::inRange(0, 1001) / 1000.0});
    for (unsigned set = 0; set < (1U << n); ++set) {
      double hits = 0, k = 0;
      for (unsigned i = 0; i < n; ++i) {
        if ((set >> i & 1U) == 0) continue;
        hits += people[i].risk;
        k += 1;
      }
      RC_ASSERT(hits <= best_hits(people, k) + 1e-12);
    }
  }));
}

TEST_CASE("E5: a random share costs few hits", "[risk][exact]") {
  const double expected[][2] = {{0, 28.0},           {0.05, 27.46176016}, {0.10, 26.92517986},
                                {0.25, 25.32531969}, {0.50, 22.69137056}, {1, 2.022}};
  for (const auto& [share, hits] : expected) {
    CHECK(std::abs(hits_with_random_share(e4, 3000, share) - hits) < 5e-9);
  }
}

TEST_CASE("R5: the gain curve is concave and a random tenth costs 3.8 % of the hits",
          "[risk][exact]") {
  CHECK(worst_bend(e4, 100'000) < 1e-9);
  // Concave in earnest: a tenth of the capacity has more than a tenth of what all of it finds.
  CHECK(best_hits(e4, 10'000) > 2 * 0.1 * expected_hits(e4));
  const double loss = 1 - hits_with_random_share(e4, 3000, 0.10) / best_hits(e4, 3000);
  CHECK(std::abs(loss - 0.038) < 5e-4);
  SECTION("cause off: when scores tell nothing the curve is straight and the share is free") {
    const Classes blind{{1000, 0.000674}, {5000, 0.000674}, {94'000, 0.000674}};
    for (int i = 0; i <= 10; ++i) {
      CHECK(best_hits(blind, 10'000.0 * i) == Approx(6.74 * i).epsilon(1e-12));
    }
    CHECK(hits_with_random_share(blind, 3000, 0.10) ==
          Approx(best_hits(blind, 3000)).epsilon(1e-12));
  }
}

TEST_CASE("E6: unequal costs are ranked by value for cost", "[risk][exact]") {
  // Rates 0.5*10/5 = 1, 0.2*30/2 = 3, 0.9*1/1 = 0.9: second, first, third.
  const std::vector<Item> items{{10, 0.5, 10, 5}, {10, 0.2, 30, 2}, {10, 0.9, 1, 1}};
  const Knapsack k = knapsack(items, 45);
  CHECK(k.taken == std::vector<double>{5, 10, 0});
  CHECK(k.value == Approx(85));
  CHECK(k.cost == Approx(45));
  CHECK(k.marginal_value == Approx(1));
  CHECK((knapsack(items, 46).value - k.value) == Approx(k.marginal_value));
  CHECK(knapsack(items, 1000).marginal_value == 0);
  CHECK(knapsack(items, 1000).cost == Approx(80));
}

TEST_CASE("E6: with equal values and costs the knapsack is the top k", "[risk][property]") {
  CHECK(rc::check("for any risks", [] {
    Classes classes;
    std::vector<Item> items;
    double n = 0;
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
      const double count = *rc::gen::inRange(0, 50), risk = *rc::gen::inRange(0, 1001) / 1000.0;
      classes.push_back({count, risk});
      items.push_back({count, risk, 1, 1});
      n += count;
    }
    const double capacity = *rc::gen::inRange(0, static_cast<int>(n) + 1);
    RC_ASSERT(std::abs(knapsack(items, capacity).value - best_hits(classes, capacity)) < 1e-9);
  }));
}

TEST_CASE("E7: one inspection among sequential passengers is worth a(n)", "[risk][exact]") {
  const double expected[] = {0.5, 0.625, 0.6953125, 0.741729736, 0.775081501};
  for (int n = 1; n <= 5; ++n) {
    CHECK(std::abs(sequential_thresholds_uniform(n)[0] - expected[n - 1]) < 5e-10);
  }
}

TEST_CASE("E7: thresholds fall, add up to all risk, and match a decision tree",
          "[risk][property]") {
  // All n inspected: the thresholds sum to n E[X], whatever the order.
  double sum = 0;
  for (const double a : sequential_thresholds_uniform(6)) sum += a;
  CHECK(sum == Approx(3).epsilon(1e-14));
  const Classes coin{{3, 0.1}, {1, 0.8}, {2, 0.4}};
  const double mean = (0.3 + 0.8 + 0.8) / 6;
  // Backward induction over (people left, inspections left), written out.
  const auto tree = [&](auto self, int people, int inspections) -> double {
    if (people == 0 || inspections == 0) return 0;
    double value = 0;
    for (const RiskClass& c : coin) {
      value += c.count / 6 *
               std::max(c.risk + self(self, people - 1, inspections - 1),
                        self(self, people - 1, inspections));
    }
    return value;
  };
  for (int n = 1; n <= 6; ++n) {
    const auto a = sequential_thresholds(coin, n);
    CHECK(std::is_sorted(a.rbegin(), a.rend()));
    double total = 0;
    for (int m = 1; m <= n; ++m) {
      total += a[static_cast<std::size_t>(m - 1)];
      CHECK(total == Approx(tree(tree, n, m)).epsilon(1e-12));
    }
    CHECK(total == Approx(n * mean).epsilon(1e-12));
  }
}

TEST_CASE("allocation refuses risks, sizes and costs that cannot be", "[risk][exact]") {
  const double nan = std::nan("");
  CHECK_THROWS_WITH(best_hits(Classes{{1, 1.5}}, 1), "a risk must be in [0, 1]");
  CHECK_THROWS_WITH(best_hits(Classes{{nan, 0.5}}, 1),
                    "a class must hold a finite number of people");
  CHECK_THROWS_WITH(best_hits(e4, 100'001), "a capacity is outside 0..people");
  CHECK_THROWS_WITH(hits_with_random_share(e4, 10, nan), "a random share must be in [0, 1]");
  CHECK_THROWS_WITH(knapsack(std::vector<Item>{{1, 0.5, 1, 0}}, 1),
                    "a cost must be finite and above 0");
  CHECK_THROWS_WITH(sequential_thresholds_uniform(0),
                    "sequential thresholds need at least one person");
  CHECK_THROWS_WITH(sequential_thresholds(Classes{}, 2),
                    "sequential thresholds need people to draw from");
}
