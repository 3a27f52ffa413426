// SPDX-License-Identifier: Apache-2.0
#include "models/compare/paired.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace corridor::compare;

TEST_CASE("paired differences agree with values worked out by hand", "[compare][exact]") {
  const std::vector<double> base{10, 12, 14, 16}, strategy{11, 14, 15, 20};
  const Paired p = paired(base, strategy, Better::more);
  // d = 1, 2, 1, 4: mean 2, s = sqrt(2), t(3, 0.975) = 3.182446305 (tables).
  CHECK(p.base == 13);
  CHECK(p.strategy == 15);
  CHECK(p.difference.estimate == 2);
  const double half = 3.182446305284264 * std::sqrt(2.0) / 2;
  CHECK(p.difference.lower == Approx(2 - half).epsilon(1e-9));
  CHECK(p.difference.upper == Approx(2 + half).epsilon(1e-9));
  CHECK_FALSE(p.different());
  CHECK(p.pairs == 4);
  CHECK(p.equal == 0);
  // All four better: Wilson for 4 of 4 has lower end 4 / (4 + z^2).
  REQUIRE(p.share_better);
  CHECK(p.share_better->estimate == 1);
  CHECK(p.share_better->lower == Approx(4 / (4 + 1.959963985 * 1.959963985)).epsilon(1e-9));
  CHECK(p.share_better->upper == 1);
  // Var b = 20/3, Var s = 14, Var d = 2.
  CHECK(p.variance_ratio == Approx((20.0 / 3 + 14) / 2).epsilon(1e-12));
  // (1.959964 + 0.841621)^2 x 2 / 4 = 3.92, so 4.
  CHECK(p.runs_needed == 4);
}

TEST_CASE("which way is better decides which pairs count", "[compare][exact]") {
  const std::vector<double> base{1, 2, 3}, strategy{0, 2, 4};
  CHECK(paired(base, strategy, Better::more).share_better->estimate == Approx(1.0 / 3));
  CHECK(paired(base, strategy, Better::less).share_better->estimate == Approx(1.0 / 3));
  CHECK_FALSE(paired(base, strategy, Better::neither).share_better);
  CHECK(paired(base, strategy, Better::more).equal == 1);
}

TEST_CASE("a world compared with itself differs in nothing", "[compare][exact]") {
  const std::vector<double> base{3, 1, 4};
  const Paired p = paired(base, base, Better::less);
  CHECK(p.difference.estimate == 0);
  CHECK(p.difference.lower == 0);
  CHECK(p.difference.upper == 0);
  CHECK_FALSE(p.different());
  CHECK(p.equal == 3);
  CHECK(p.runs_needed == 0);
  CHECK(std::isinf(p.variance_ratio));
}

TEST_CASE("one pair gives a difference and no interval; values that are not there are left out",
          "[compare][exact]") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Paired p = paired(std::vector<double>{1, none}, std::vector<double>{3, 5}, Better::more);
  CHECK(p.pairs == 1);
  CHECK(p.difference.estimate == 2);
  CHECK_FALSE(p.difference.defined);
  CHECK_FALSE(p.different());
  CHECK(paired(std::vector<double>{none}, std::vector<double>{3}, Better::more).pairs == 0);
  CHECK_THROWS_AS(paired(std::vector<double>{1}, std::vector<double>{}, Better::more),
                  std::invalid_argument);
}
