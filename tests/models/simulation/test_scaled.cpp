// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/simulation/simulation.hpp"
#include "models/simulation/stand_ins.hpp"
#include "sim/samplers.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr sim::RunKey key{7, 0};

control::SecondarySettings all_pass() {
  control::SecondarySettings s;  // everybody is sent on and cleared
  s.review_minutes = 30;
  s.inspection_minutes = 60;
  return s;
}

/// Candidates of one post, Poisson with a mean an hour in the 1:1 world, over many days; the share
/// of them that reviewers reach. \param stand_ins  whether the days before stand beside
double reached(double mean, double scale, bool stand_ins) {
  // About as many candidates at any scale.
  const auto days = static_cast<std::int32_t>(300 / scale);
  State state;
  double all = 0, met = 0;
  control::Carry carry;
  for (std::int32_t day = -stand_in_days(scale); day < days; ++day) {
    state.day = day;
    std::vector<control::Candidate> today;
    for (std::uint8_t hour = 0; hour < 24; ++hour) {
      const std::uint32_t n = sim::poisson(mean * scale, key, sim::Purpose::sample, hour, day);
      for (std::uint32_t i = 0; i < n; ++i) {
        control::Candidate c;
        c.trip = static_cast<std::uint64_t>(day + 1000) << 20 | std::uint64_t{hour} << 8 | i;
        c.hour = hour;
        c.source = control::Source::rules;
        c.tie = sim::draw(key, sim::Purpose::person, c.trip, day)[0];
        today.push_back(c);
      }
    }
    const auto others = stand_in_days(scale) > 0 && stand_ins ? stand_ins_of(state, scale, key)
                                                              : std::vector<control::Candidate>{};
    for (std::uint8_t hour = 0; hour < 24 && day >= 0; ++hour) {
      const auto of_hour = [&](const std::vector<control::Candidate>& from) {
        std::vector<control::Candidate> some;
        std::copy_if(from.begin(), from.end(), std::back_inserter(some),
                     [&](const control::Candidate& c) { return c.hour == hour; });
        return some;
      };
      auto here = of_hour(today);
      const auto counts = control::settle_secondary(here, {1, 100}, carry, all_pass(), key, day,
                                                    nullptr, of_hour(others));
      all += static_cast<double>(counts.total());
      met += static_cast<double>(counts.reviewed());
    }
    keep_stand_ins(state, day, today, scale);
  }
  return met / all;
}

}  // namespace

TEST_CASE("stand-ins are those of the days before, each as often as the scale says",
          "[scaled][exact]") {
  CHECK(stand_in_days(1) == 0);
  CHECK(stand_in_days(0.5) == 1);
  CHECK(stand_in_days(0.3) == 3);
  CHECK(stand_in_days(0.1) == 9);
  CHECK(stand_in_days(0.01) == 99);
  CHECK(stand_in_days(1e-6) == 99);

  State state;
  std::vector<control::Candidate> one(1);
  for (std::int32_t day = 0; day < 20; ++day) {
    one[0].trip = static_cast<std::uint64_t>(day);
    one[0].outcome = control::Outcome::cleared;
    keep_stand_ins(state, day, one, 0.1);
  }
  state.day = 20;
  const auto all = stand_ins_of(state, 0.1, key);
  REQUIRE(all.size() == 9);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].trip == 11 + i);
    CHECK(all[i].outcome == control::Outcome::not_reviewed);
  }
  // Injected persons stand for themselves.
  one[0].trip = std::uint64_t{1} << 63;
  keep_stand_ins(state, 20, one, 0.1);
  state.day = 21;
  CHECK(stand_ins_of(state, 0.1, key).size() == 8);

  SECTION("a fraction by a keyed draw") {
    // 1 / 0.3 - 1 = 7/3 a day on average.
    std::size_t n = 0;
    constexpr std::size_t days = 3000;
    State short_of;
    for (std::int32_t day = 0; day < static_cast<std::int32_t>(days); ++day) {
      short_of.day = day;
      n += stand_ins_of(short_of, 0.3, key).size();
      one[0].trip = static_cast<std::uint64_t>(day);
      keep_stand_ins(short_of, day, one, 0.3);
    }
    const double share = static_cast<double>(n) / (3 * days);
    CHECK(std::abs(share - 7.0 / 9) <
          test::binomial_halfwidth(7.0 / 9, 3 * days, 1e-9) + 3.0 / days);
  }
}

TEST_CASE(
    "a scaled run reaches the share of candidates that the 1:1 world reaches; without stand-ins "
    "it does not",
    "[scaled][statistical]") {
  // Two reviews an hour, Poisson candidates: rare, many, and more than can be met. Some 7,200 times
  // the mean candidates in each run; hours are correlated by what is left over, for which the
  // deviation of a share is taken four times that of independent ones, and 5 of those.
  for (const double mean : {0.5, 2.0, 4.0}) {
    CAPTURE(mean);
    const double whole = reached(mean, 1, true);
    const double n = 7200 * mean;
    const double tolerance = 5 * std::sqrt(4 * 2 * std::max(0.01, whole * (1 - whole)) / n);
    for (const double scale : {0.3, 0.1, 0.01}) {
      CAPTURE(scale);
      CHECK(std::abs(reached(mean, scale, true) - whole) < tolerance);
    }
    // The cause switched off: an hour of one in a hundred is an empty hour.
    const double alone = reached(mean, 0.01, false);
    if (mean > 1) CHECK_FALSE(std::abs(alone - whole) < tolerance);
  }
}

TEST_CASE("the small world at a tenth flags, reviews and inspects the shares of the whole one",
          "[scaled][statistical]") {
  // Strained: more flags than reviews. Shares of persons at posts, who come in units (E[G^2] / E[G]
  // < 3.2); the reference has ten times as many. 5 deviations, and for the shares a fiftieth of
  // clustering by post and hour that moves both runs alike but not equally.
  const auto shares = [](double scale, int days) {
    const auto s = test::small_scenario(
        test::scored({"risk.flag_rate=0.05", "control.secondary.rate=0.002",
                      "run.days=" + std::to_string(days), "run.scale=" + std::to_string(scale)}));
    Simulation simulation(s, test::small_setup(s), 0);
    DayCounts all;
    for (int d = 0; d < days; ++d) all += simulation.step(d).counts;
    const auto over = [](std::int64_t a, std::int64_t b) {
      return static_cast<double>(a) / static_cast<double>(b);
    };
    return std::array{over(all.flagged, all.scored), over(all.reviewed, all.candidates),
                      over(all.secondary_selected, all.candidates),
                      static_cast<double>(all.scored) * scale,
                      static_cast<double>(all.candidates) * scale};
  };
  constexpr int days = 28;
  const auto whole = shares(1, days), tenth = shares(0.1, days);
  const auto tolerance = [](double p, double n) {
    return 5 * std::sqrt(3.2 * p * (1 - p) / n) + 0.02;
  };
  CAPTURE(whole, tenth);
  CHECK(whole[1] < 0.9);  // capacity binds
  CHECK(std::abs(tenth[0] - whole[0]) < 5 * std::sqrt(3.2 * whole[0] / tenth[3]) + 0.1 * whole[0]);
  CHECK(std::abs(tenth[1] - whole[1]) < tolerance(whole[1], tenth[4]));
  CHECK(std::abs(tenth[2] - whole[2]) < tolerance(whole[2], tenth[4]));
}

TEST_CASE("a scaled run is the same for any threads and after a checkpoint", "[scaled][relation]") {
  const auto scenario = [](const std::string& threads) {
    return test::small_scenario(test::scored({"run.scale=0.15", "run.threads=" + threads}));
  };
  const auto one = scenario("1"), three = scenario("3");
  const Setup& setup = test::small_setup(one);
  Simulation a(one, setup, 0), b(three, setup, 0);
  for (int d = 0; d < 3; ++d) CHECK(a.step(d).digest == b.step(d).digest);
  CHECK_FALSE(a.state().stand_ins.empty());
  Simulation c(three, setup, 0, State::load(a.state().save()));
  for (int d = 3; d < 5; ++d) CHECK(c.step(d).digest == a.step(d).digest);
}

TEST_CASE("people of other models whom no queue counts leave none when a gate rejects them",
          "[scaled][statistical]") {
  // At scale 1/4 those who hide queue nowhere. Crossings of 30 days: 190,000 units in the quarter,
  // of two persons on the mean and two to four posts, so five standard errors are below 3 %; a
  // count that fell below nothing is 4,000 million.
  const auto crossings = [](const std::string& scale, const std::string& seed) {
    const scenario::Scenario s = scenario::load_scenario(
        CORRIDOR_SOURCE_DIR "/scenarios/cooperation-small.toml",
        {sim::parse_set("run.days=30"), sim::parse_set("run.scale=" + scale),
         sim::parse_set("run.seed=" + seed), sim::parse_set("control.gates.rejection=0.5")});
    Simulation simulation(s, test::small_setup(s), 0);
    double sum = 0;
    for (int d = 0; d < 30; ++d)
      sum += static_cast<double>(simulation.step(d).counts.primary_persons);
    return sum;
  };
  for (const std::string seed : {"1", "3"}) {
    const double whole = crossings("1", seed), quarter = crossings("0.25", seed);
    CAPTURE(seed, whole, quarter);
    CHECK(quarter == Approx(whole).epsilon(0.03));
  }
}
