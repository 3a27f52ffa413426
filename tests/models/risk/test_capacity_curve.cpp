// SPDX-License-Identifier: Apache-2.0
#include "models/risk/capacity_curve.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/models/risk/keyed.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

using Scores = std::vector<std::int32_t>;
using Ties = std::vector<std::uint64_t>;
using Truths = std::vector<std::uint8_t>;
using Capacities = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a capacity curve counts hits, stops, hours and ties", "[risk][exact]") {
  // Order by score, then key: rows 1 (9), 4 (5, key 1), 0 (5, key 2), 3 (5, key 3), 2 (1).
  const Scores score{5, 9, 1, 5, 5};
  const Ties tie{2, 0, 0, 3, 1};
  const Truths truth{1, 0, 0, 0, 1};
  CHECK(selection_order(score, tie) == std::vector<std::uint32_t>{1, 4, 0, 3, 2});
  const Burden burden{30, 60, 12, 0.5};
  const auto curve = capacity_curve(score, tie, truth, Capacities{0, 2, 3, 5}, burden);
  REQUIRE(curve.size() == 4);
  CHECK(curve[0].inspected == 0);
  CHECK(std::isnan(curve[0].precision));
  CHECK(curve[0].recall == 0);
  CHECK(curve[0].tied == 0);
  const CapacityPoint& p = curve[1];
  CHECK(p.hits == 1);
  CHECK(p.false_stops == 1);
  CHECK(p.share == Approx(0.4));
  CHECK(p.recall == 0.5);
  CHECK(p.precision == 0.5);
  CHECK(p.lift == Approx(1.25));
  CHECK(p.finds == 0.5);
  CHECK(p.officer_hours == Approx(1.5));
  CHECK(p.traveller_hours == Approx(0.2));
  CHECK(p.cut == 5);
  CHECK(p.tied == 3);
  CHECK(p.tied_in == 1);
  CHECK(p.expected_hits == Approx(2.0 / 3));
  CHECK(curve[2].recall == 1);
  CHECK(curve[3].lift == 1);
  CHECK(curve[3].expected_hits == 2);
}

TEST_CASE("the selection does not depend on the order of the rows", "[risk][relation]") {
  CHECK(rc::check("for any people with keys of their own", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 60);
    Scores score;
    Ties tie;
    Truths truth;
    for (std::size_t i = 0; i < n; ++i) {
      score.push_back(*rc::gen::inRange(0, 4));
      tie.push_back(sim::draw({1, 0}, sim::Purpose::sample, i, 0)[0] * std::uint64_t{100} + i);
      truth.push_back(static_cast<std::uint8_t>(*rc::gen::inRange(0, 2)));
    }
    const auto k = *rc::gen::inRange<std::int64_t>(0, static_cast<std::int64_t>(n) + 1);
    const auto before = capacity_curve(score, tie, truth, Capacities{k});
    std::reverse(score.begin(), score.end());
    std::reverse(tie.begin(), tie.end());
    std::reverse(truth.begin(), truth.end());
    const auto after = capacity_curve(score, tie, truth, Capacities{k});
    RC_ASSERT(before[0].hits == after[0].hits);
    RC_ASSERT(before[0].cut == after[0].cut);
    RC_ASSERT(before[0].tied_in == after[0].tied_in);
  }));
}

TEST_CASE("E3: a strictly increasing change of scores leaves every top k as it was",
          "[risk][relation]") {
  CHECK(rc::check("to the bit", [] {
    const auto n = *rc::gen::inRange<std::size_t>(0, 60);
    Scores score, raised;
    Ties tie;
    for (std::size_t i = 0; i < n; ++i) {
      score.push_back(*rc::gen::inRange(-9, 10));
      raised.push_back(score.back() * score.back() * score.back() + score.back());
      tie.push_back(*rc::gen::inRange<std::uint64_t>(0, 5));
    }
    RC_ASSERT(selection_order(score, tie) == selection_order(raised, tie));
  }));
}

// 2,000 orders of 40 equals of which 10 are hits, 15 taken: mean 3.75, variance of one
// 15 * 0.25 * 0.75 * 25/39 = 1.80; tolerance 4 * 1.343 / sqrt(2000) = 0.12.
TEST_CASE("expected hits are the mean over keyed orders of the ties", "[risk][statistical]") {
  const Scores score(40, 3);
  Truths truth(40, 0);
  std::fill_n(truth.begin(), 10, std::uint8_t{1});
  double mean = 0;
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    Ties tie;
    for (std::uint64_t i = 0; i < 40; ++i) {
      tie.push_back(sim::draw({seed, 0}, sim::Purpose::sample, i, 0)[0]);
    }
    const auto p = capacity_curve(score, tie, truth, Capacities{15})[0];
    mean += static_cast<double>(p.hits) / 2000;
    REQUIRE(p.expected_hits == 3.75);
  }
  CHECK(std::abs(mean - 3.75) < 4 * std::sqrt(1.803 / 2000));
}

TEST_CASE("a capacity curve refuses what it cannot count", "[risk][exact]") {
  const Scores score{1, 2};
  const Truths truth{0, 1};
  CHECK_THROWS_WITH(capacity_curve(score, {}, truth, Capacities{3}), "a capacity is outside 0..n");
  CHECK_THROWS_WITH(capacity_curve(score, {}, Truths{1}, Capacities{1}),
                    "scores and truth must be equally many");
  CHECK_THROWS_WITH(capacity_curve(score, {}, Truths{255, 0}, Capacities{1}),
                    "truth must be 0 or 1");
  CHECK_THROWS_WITH(capacity_curve(score, Ties{1}, truth, Capacities{1}),
                    "tie keys must be as many as scores");
  Burden burden;
  burden.traveller_minutes = -1;
  CHECK_THROWS_WITH(capacity_curve(score, {}, truth, Capacities{1}, burden),
                    "minutes must be finite and at least 0");
  burden = {};
  burden.search_sensitivity = std::nan("");
  CHECK_THROWS_WITH(capacity_curve(score, {}, truth, Capacities{1}, burden),
                    "a search sensitivity must be in [0, 1]");
}
