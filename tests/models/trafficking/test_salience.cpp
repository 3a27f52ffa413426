// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/salience.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

using namespace corridor::trafficking;

namespace {
std::vector<RouteOffer> any_offers() {
  const int n = *rc::gen::inRange(1, 8);
  std::vector<RouteOffer> offers;
  for (int i = 0; i < n; ++i)
    offers.push_back({*rc::gen::inRange(-2000, 5000) * 1.0, *rc::gen::inRange(0, 4000) * 1.0,
                      *rc::gen::inRange(0, 1000) * 1.0, *rc::gen::inRange(0, 101) / 100.0});
  return offers;
}
}  // namespace

TEST_CASE("J4: two routes as a local thinker and as expected values see them",
          "[trafficking][salience][exact]") {
  const std::vector<RouteOffer> offers{{1000, 100, 10, 0.2}, {1500, 300, 10, 0.4}};
  const auto salient = salience_values(offers), expected = expected_values(offers);
  CHECK(std::abs(salient[0] - 17000.0 / 3) < 1e-9);
  CHECK(std::abs(salient[1] - 24000.0 / 7) < 1e-9);
  CHECK(std::abs(expected[0] - 7000) < 1e-9);
  CHECK(std::abs(expected[1] - 6000) < 1e-9);
}

TEST_CASE("with three routes the reference is the mean of the other two",
          "[trafficking][salience][exact]") {
  // Route 1: arrives 900, others 300 and 100: mean 200, salience 700/1101 = 0.636; lost -100,
  // others -200 and -400: mean -300, salience 200/401 = 0.499. So arriving has rank 1: (0.5 * 900 -
  // 0.5 * 0.5 * 100) / (0.5 + 0.25) = 566.66...
  const std::vector<RouteOffer> offers{{1000, 100, 1, 0.5}, {500, 200, 1, 0.5}, {500, 400, 1, 0.5}};
  CHECK(std::abs(salience_values(offers)[0] - 1700.0 / 3) < 1e-9);
}

TEST_CASE("values lie between the payoffs of the two states, and do not depend on the order",
          "[trafficking][salience][property]") {
  CHECK(rc::check([] {
    auto offers = any_offers();
    auto values = salience_values(offers);
    for (std::size_t i = 0; i < offers.size(); ++i) {
      const RouteOffer& o = offers[i];
      const double a = (o.gain - o.cost) * o.quantity, b = -o.cost * o.quantity;
      const double rounding = 1e-9 * (1 + std::abs(a) + std::abs(b));
      RC_ASSERT(values[i] >= std::min(a, b) - rounding);
      RC_ASSERT(values[i] <= std::max(a, b) + rounding);
    }
    // Payoffs are whole numbers below 2^53, so sums over the others are exact in any order.
    std::reverse(offers.begin(), offers.end());
    std::reverse(values.begin(), values.end());
    RC_ASSERT(salience_values(offers) == values);
  }));
}

TEST_CASE("nothing stands out to a local thinker of 1, among equal routes, or without chance",
          "[trafficking][salience][relation]") {
  const std::vector<RouteOffer> unequal{{1000, 100, 10, 0.2}, {1500, 300, 10, 0.4}};
  const std::vector<RouteOffer> equal(3, {1000, 100, 10, 0.25});
  const std::vector<RouteOffer> sure{{1000, 100, 10, 0}, {1500, 300, 10, 1}};
  const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (std::abs(a[i] - b[i]) > 1e-9) return false;
    return a.size() == b.size();
  };
  CHECK(same(salience_values(unequal, 1), expected_values(unequal)));
  CHECK(same(salience_values(equal), expected_values(equal)));
  CHECK(same(salience_values(sure), expected_values(sure)));
  CHECK(!same(salience_values(unequal), expected_values(unequal)));
}

TEST_CASE("a route that cannot be is refused", "[trafficking][salience][exact]") {
  CHECK_THROWS_AS(salience_values(std::vector<RouteOffer>{{1, 1, -1, 0.1}}), std::invalid_argument);
  CHECK_THROWS_AS(expected_values(std::vector<RouteOffer>{{1, 1, 1, std::nan("")}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(salience_values(std::vector<RouteOffer>{{1, 1, 1, 0.1}}, 0),
                  std::invalid_argument);
  CHECK(salience_values({}).empty());
}
