// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/interdiction_learning.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor::trafficking;

TEST_CASE("J3: capacity follows success, or makes up for the lack of it",
          "[trafficking][interdiction_learning][exact]") {
  const CapacityLearning reinforcing{}, compensating{CapacityRule::compensating},
      fixed{CapacityRule::fixed};
  const struct {
    double share;
    std::int64_t reinforcing, compensating;
  } rows[] = {{0.1, 58, 83}, {0.2, 76, 65}, {0.3417, 100, 40}, {0.5, 125, 21}};
  for (const auto& row : rows) {
    CAPTURE(row.share);
    CHECK(next_capacity(100, row.share, reinforcing) == row.reinforcing);
    CHECK(next_capacity(100, row.share, compensating) == row.compensating);
    CHECK(next_capacity(100, row.share, fixed) == 100);
  }
}

TEST_CASE("capacity stays where the target is just met, whatever it is",
          "[trafficking][interdiction_learning][property]") {
  for (std::int64_t c = least_capacity; c <= most_capacity; ++c)
    CHECK(next_capacity(c, target_seized_share) == c);
}

TEST_CASE("J7: what is forgotten in t steps, and half of it",
          "[trafficking][interdiction_learning][exact]") {
  CHECK(std::abs(half_life(0.6) - 0.7565) < 5e-5);
  CHECK(std::abs(half_life(0.3558) - 1.5762) < 5e-5);
  for (const double d : {0.6, 0.3558}) {
    double p = 0.2, kept = 1;
    for (int t = 1; t <= 20; ++t) {
      p = learned(p, 1, d);
      kept *= 1 - d;
      CHECK(std::abs(p - (kept * 0.2 + (1 - kept) * 1)) < 1e-14);
    }
  }
}
