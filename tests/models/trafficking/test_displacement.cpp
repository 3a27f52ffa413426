// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/displacement.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/trafficking/interdiction_learning.hpp"
#include "models/trafficking/logit.hpp"

using namespace corridor::trafficking;

namespace {
struct Balloon {
  double before, after, ratio;
};

/// n equal routes of pressure a, the first doubled.
Balloon squeeze(std::size_t n, double a) {
  std::vector<double> pressure(n, a);
  const auto old_shares = settled_shares(pressure);
  const double before = intercepted_share(pressure, old_shares);
  pressure[0] *= 2;
  const double after = intercepted_share(pressure, settled_shares(pressure));
  return {before, after,
          displacement_ratio(intercepted_share(pressure, old_shares) - before, after - before)};
}
}  // namespace

TEST_CASE("J5: doubled pressure on one of two or four equal routes",
          "[trafficking][displacement][exact]") {
  const Balloon two = squeeze(2, 0.2), four = squeeze(4, 0.2);
  CHECK(std::abs(two.before - 0.1) < 1e-15);
  CHECK(std::abs(two.after - 2.0 / 15) < 1e-15);
  CHECK(std::abs(two.ratio - 1.0 / 3) < 1e-13);
  CHECK(std::abs(four.before - 0.05) < 1e-15);
  CHECK(std::abs(four.after - 0.0571428571) < 6e-11);
  CHECK(std::abs(four.ratio - 0.4285714286) < 6e-11);
}

TEST_CASE("J5: the share that is displaced is (n - 1)/(2n - 1)",
          "[trafficking][displacement][property]") {
  for (std::size_t n = 1; n <= 64; ++n) {
    const auto m = static_cast<double>(n);
    CHECK(std::abs(squeeze(n, 0.3).ratio - (m - 1) / (2 * m - 1)) < 1e-11);
  }
}

TEST_CASE("on routes that nobody leaves nothing is displaced",
          "[trafficking][displacement][relation]") {
  const std::vector<double> pressure{0.4, 0.2}, shares{0.5, 0.5};
  const double gain = intercepted_share(pressure, shares) - 0.1;
  CHECK(displacement_ratio(gain, gain) == 0);
  CHECK_THROWS_AS(settled_shares(std::vector<double>{0.2, 0}), std::invalid_argument);
}

TEST_CASE("J5 as the limit of learning: users who follow perceived risk settle where it is equal",
          "[trafficking][displacement][relation]") {
  // Risk on route i is a_i x_i; users move a small part d of the flow a step to the safest route.
  // Shares then wander within d of the settled ones, and the intercepted share, whose slope there
  // is 2 a x <= 0.27, within 0.3 d of 2/15. Users who do not look (beta = 0) stay at a half each:
  // the naive gain is realised whole.
  const std::vector<double> pressure{0.4, 0.2};
  const double d = 1e-4;
  for (const double beta : {std::numeric_limits<double>::infinity(), 0.0}) {
    std::vector<double> x{0.5, 0.5};
    for (int t = 0; t < 100000; ++t) {
      const auto to = logit_shares(std::vector{-pressure[0] * x[0], -pressure[1] * x[1]}, beta);
      for (std::size_t i = 0; i < x.size(); ++i) x[i] = learned(x[i], to[i], d);
    }
    const double ratio = displacement_ratio(0.05, intercepted_share(pressure, x) - 0.1);
    // An error of 0.3 d in the share is 6 d in the ratio.
    CHECK(std::abs(ratio - (beta > 0 ? 1.0 / 3 : 0)) < 6 * d);
  }
}
