// SPDX-License-Identifier: Apache-2.0
#include "models/control/erlang.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

using namespace corridor::control;

namespace {
// The published digits end after ten decimals; the recursion itself is exact to a few units in the
// last place.
constexpr double digits = 6e-11;
}  // namespace

TEST_CASE("A1 and A2: the steady queue has the published blocking, delay, wait and tail",
          "[control][erlang][exact]") {
  struct Row {
    int c;
    double a, b, delay, wait, waiting, tail;
  };
  const Row rows[] = {
      {1, 0.8, 0.4444444444, 0.8000000000, 4.0000000000, 3.2000000000, 0.6549846025},
      {2, 1.6, 0.3298969072, 0.7111111111, 1.7777777778, 2.8444444444, 0.4766720327},
      {3, 2.4, 0.2684063374, 0.6471910112, 1.0786516854, 2.5887640449, 0.3551859577},
      {5, 4, 0.1990668740, 0.5541125541, 0.5541125541, 2.2164502165, 0.2038466168},
      {10, 8, 0.1216610643, 0.4091801508, 0.2045900754, 1.6367206032, 0.0553765116},
      {12, 10, 0.1197391884, 0.4493882243, 0.2246941121, 2.2469411215, 0.0608180826},
      {20, 18, 0.1092128459, 0.5507690048, 0.2753845024, 4.9569210433, 0.0745384793},
      {50, 45, 0.0541044722, 0.3638644672, 0.0727728934, 3.2747802049, 0.0024516995}};
  for (const Row& r : rows) {
    CAPTURE(r.c);
    CHECK(std::abs(erlang_b(r.c, r.a) - r.b) < digits);
    CHECK(std::abs(erlang_c(r.c, r.a) - r.delay) < digits);
    CHECK(std::abs(mean_wait_s(r.c, r.a, 1) - r.wait) < digits);
    CHECK(std::abs(r.a * mean_wait_s(r.c, r.a, 1) - r.waiting) < 10 * digits);
    CHECK(std::abs(wait_tail(r.c, r.a, 1, 1) - r.tail) < digits);
  }
}

TEST_CASE("A3: a hall of 600 persons an hour waits as published", "[control][erlang][exact]") {
  const double delay[] = {0.68211820, 0.44938822, 0.28527045, 0.17413193, 0.10204237};
  const double wait[] = {40.927092, 13.481647, 5.705409, 2.611979, 1.224508};
  for (int i = 0; i < 5; ++i) {
    CHECK(std::abs(erlang_c(11 + i, 10) - delay[i]) < 6e-9);
    CHECK(std::abs(mean_wait_s(11 + i, 10, 60) - wait[i]) < 6e-7);
  }
  CHECK(mean_wait_s(10, 10, 60) == std::numeric_limits<double>::infinity());
}

TEST_CASE("A6: five lanes that share one line wait an eighth as long", "[control][erlang][exact]") {
  CHECK(std::abs(mean_wait_s(1, 0.8, 1) - 4) < 1e-12);
  CHECK(std::abs(mean_wait_s(5, 4, 1) - 0.5541125541) < digits);
}

TEST_CASE("A8: the staffing rule finds the smallest number of officers",
          "[control][erlang][exact]") {
  CHECK(servers_for(10, 60, 300, 0.95) == 11);
  CHECK(std::abs(wait_tail(11, 10, 60, 300) - 0.00459608) < 6e-9);
  CHECK(servers_for(10, 60, 0, 0.95) == 17);
  CHECK(std::abs(erlang_c(17, 10) - 0.03087611) < 6e-9);
  CHECK(std::abs(erlang_c(16, 10) - 0.05734033) < 6e-9);
  CHECK(servers_for(0, 60, 300, 0.95) == 0);
}

TEST_CASE("one officer fewer than the rule says misses the target", "[control][erlang][property]") {
  CHECK(rc::check("smallest", [] {
    const double load = *rc::gen::inRange(1, 20'000) / 100.0;
    const double target = *rc::gen::inRange(0, 1200);
    const double level = *rc::gen::inRange(0, 999) / 1000.0;
    const auto c = servers_for(load, 60, target, level);
    RC_ASSERT(wait_tail(c, load, 60, target) <= 1 - level);
    RC_ASSERT(static_cast<double>(c) > load);
    if (static_cast<double>(c - 1) > load)
      RC_ASSERT(wait_tail(c - 1, load, 60, target) > 1 - level);
  }));
}

TEST_CASE("loads and targets that make no sense are refused", "[control][erlang][errors]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(servers_for(nan, 60, 300, 0.95), std::domain_error);
  CHECK_THROWS_AS(servers_for(-1, 60, 300, 0.95), std::domain_error);
  CHECK_THROWS_AS(servers_for(10, 0, 300, 0.95), std::domain_error);
  CHECK_THROWS_AS(servers_for(10, 60, -1, 0.95), std::domain_error);
  CHECK_THROWS_AS(servers_for(10, 60, 300, 1), std::domain_error);
}
