// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/logit.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace corridor::trafficking;

TEST_CASE("I6: shares of two routes by rationality, and what is intercepted then",
          "[trafficking][logit][exact]") {
  const struct {
    double beta, share, intercepted;
  } rows[] = {{0, 0.5, 0.2},
              {1, 0.549834, 0.1900332005},
              {5, 0.73105858, 0.1537882843},
              {20, 0.98201379, 0.1035972420}};
  const std::vector<double> payoff{0.7, 0.9};
  for (const auto& row : rows) {
    CAPTURE(row.beta);
    const auto shares = logit_shares(payoff, row.beta);
    CHECK(std::abs(shares[1] - row.share) < 6e-7);  // six decimals are published at least
    CHECK(std::abs(shares[0] * 0.3 + shares[1] * 0.1 - row.intercepted) < 6e-11);
  }
}

TEST_CASE("I6: a third route leaves the ratio of the first two", "[trafficking][logit][relation]") {
  const auto two = logit_shares(std::vector{0.7, 0.9}, 5);
  const auto three = logit_shares(std::vector{0.7, 0.9, 0.85}, 5);
  CHECK(std::abs(two[0] / two[1] - three[0] / three[1]) < 1e-15);
}

TEST_CASE("without rationality shares are equal, with all of it the best are chosen alike",
          "[trafficking][logit][exact]") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(logit_shares(std::vector{-1e300, 1e300}, 0) == std::vector{0.5, 0.5});
  CHECK(logit_shares(std::vector{3.0, 1.0, 3.0}, infinity) == std::vector{0.5, 0.0, 0.5});
  CHECK(logit_shares(std::vector{-1e308, 1e308}, 1) == std::vector{0.0, 1.0});
  CHECK(logit_shares({}, 1).empty());
}

TEST_CASE("shares sum to one and follow the order of worth", "[trafficking][logit][property]") {
  CHECK(rc::check([] {
    const auto utilities = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-1000, 1000), [](int u) { return u / 10.0; })));
    const auto shares = logit_shares(utilities, *rc::gen::inRange(0, 50) / 5.0);
    RC_ASSERT(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-12);
    for (std::size_t i = 0; i < shares.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (utilities[i] > utilities[j]) RC_ASSERT(shares[i] >= shares[j]);
  }));
}

TEST_CASE("a worth or rationality that is no number is refused", "[trafficking][logit][exact]") {
  CHECK_THROWS_AS(logit_shares(std::vector{std::nan("")}, 1), std::invalid_argument);
  CHECK_THROWS_AS(logit_shares(std::vector{1.0}, std::nan("")), std::invalid_argument);
  CHECK_THROWS_AS(logit_shares(std::vector{1.0}, -1), std::invalid_argument);
}
