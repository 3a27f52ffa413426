// SPDX-License-Identifier: Apache-2.0
#include "models/travel/route_choice.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace corridor::travel {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST_CASE("the logit of two routes has its closed form (case I6)", "[route_choice][exact]") {
  struct Row {
    double beta, second, interception;
  };
  for (const Row& row : {Row{0, 0.5, 0.2}, Row{1, 0.549834, 0.1900332005},
                         Row{5, 0.73105858, 0.1537882843}, Row{20, 0.98201379, 0.1035972420}}) {
    const std::vector<double> share =
        logit_shares(std::vector<double>{0.7 * row.beta, 0.9 * row.beta});
    CHECK(share[1] == Approx(row.second).margin(5e-7).epsilon(0));  // given to 6 decimals at least
    CHECK(0.3 * share[0] + 0.1 * share[1] == Approx(row.interception).margin(5.1e-11).epsilon(0));
  }
}

TEST_CASE("a third route leaves the ratio of the first two as it was (case I6)",
          "[route_choice][exact]") {
  const std::vector<double> two = logit_shares(std::vector<double>{0.7, 0.9});
  for (const double third : {-40.0, 0.0, 3.0}) {
    const std::vector<double> three = logit_shares(std::vector<double>{0.7, 0.9, third});
    CHECK(three[1] / three[0] == Approx(two[1] / two[0]).epsilon(1e-14));
  }
}

TEST_CASE("shares sum to one and do not see a constant added to every utility",
          "[route_choice][property]") {
  REQUIRE(rc::check("sum and shift", [](const std::vector<std::int16_t>& raw, std::int8_t shift) {
    RC_PRE(!raw.empty());
    std::vector<double> u, moved;
    for (const auto r : raw) u.push_back(r / 64.0), moved.push_back(r / 64.0 + shift);
    const std::vector<double> a = logit_shares(u), b = logit_shares(moved);
    double sum = 0;
    for (const double s : a) sum += s;
    RC_ASSERT(std::abs(sum - 1) <= static_cast<double>(raw.size()) * 1e-15);
    RC_ASSERT(a == b);  // utilities are multiples of 1/64, so the shift is exact
  }));
}

TEST_CASE("large utilities neither overflow nor vanish, and absent routes get nothing",
          "[route_choice][exact]") {
  const std::vector<double> share = logit_shares(std::vector<double>{1e300, 1e300, -infinity});
  CHECK(share == std::vector<double>{0.5, 0.5, 0.0});
  CHECK(logit_shares(std::vector<double>{-infinity, -infinity}) == std::vector<double>{0, 0});
  CHECK(logit_shares(std::vector<double>{}).empty());
}

TEST_CASE("a utility that is no number is refused", "[route_choice][errors]") {
  CHECK_THROWS_AS(logit_shares(std::vector<double>{0, std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(logit_shares(std::vector<double>{0, infinity}), std::invalid_argument);
}

}  // namespace
}  // namespace corridor::travel
