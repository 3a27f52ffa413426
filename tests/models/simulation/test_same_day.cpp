// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>

#include "models/simulation/same_day.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE("same-day crossings have the published mean, over days", "[same_day][statistical]") {
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  const Simulation simulation(s, setup, 0);
  State state = simulation.state();
  double expected = 0;
  for (const auto& flow : setup.same_day) expected += flow.crossings_year / 365;
  constexpr int days = 50;
  std::int64_t sum = 0;
  for (state.day = 0; state.day < days; ++state.day) {
    sum += add_same_day(setup.same_day, setup.travel, setup.control, {1, 0}, 1, state);
  }
  // A sum of independent Poisson counts: standard deviation = root of its mean.
  REQUIRE(expected > 100);
  CHECK(std::abs(static_cast<double>(sum) - days * expected) < 4 * std::sqrt(days * expected));
}

TEST_CASE("each same-day crossing joins one exit and one entry queue of its border",
          "[same_day][exact]") {
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  const Simulation simulation(s, setup, 0);
  State state = simulation.state();
  const std::int64_t n =
      add_same_day(setup.same_day, setup.travel, setup.control, {1, 0}, 1, state);
  std::int64_t entries = 0, exits = 0, month = 0;
  for (std::uint32_t post = 0; post < setup.control.posts.size(); ++post) {
    for (std::size_t i = post * n_lanes * n_bins; i < (post + 1) * n_lanes * n_bins; ++i) {
      (setup.control.posts[post].entry != 0 ? entries : exits) += state.arrivals[0][i];
    }
  }
  for (const std::int64_t v : state.month.same_day_crossings) month += v;
  CHECK(entries == n);
  CHECK(exits == n);
  std::int64_t by_sea = 0;  // the month counts land borders alone
  for (std::uint32_t post = 0; post < setup.control.posts.size(); ++post) {
    if (setup.control.posts[post].kind != 2 || setup.control.posts[post].entry == 0) continue;
    for (std::size_t i = post * n_lanes * n_bins; i < (post + 1) * n_lanes * n_bins; ++i) {
      by_sea += state.arrivals[0][i];
    }
  }
  CHECK(by_sea > 0);
  CHECK(month + by_sea == n);
  for (std::size_t d = 1; d < ahead; ++d) {
    CHECK(std::all_of(state.arrivals[d].begin(), state.arrivals[d].end(),
                      [](auto v) { return v == 0; }));
  }
}
