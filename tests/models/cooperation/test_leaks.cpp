// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cmath>

#include "models/cooperation/planning.hpp"
#include "tests/support/small_ground.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr std::uint32_t air0 = target_of(0, TargetKind::air),
                        land1 = target_of(1, TargetKind::land);

struct World {
  CooperationParams levers;
  PlanningParams setting;
  Planning planning;

  explicit World(double insider, std::uint32_t seed = 3, std::size_t n = 2, bool operation = false)
      : planning(test::small_ground(), planners(insider, n), operations(n, operation), {seed, 0}) {
    levers.cycle_days = 30;
    setting.practice_first = 0;
    setting.reported = 1;
    setting.leak_chance = 1;
  }
  static std::vector<Planner> planners(double insider, std::size_t n) {
    std::vector<Planner> out;
    for (std::size_t p = 0; p < n; ++p) {
      out.push_back({"P" + std::to_string(p), {0, 1, 2}, 20, false});
      out.back().insider = insider;
    }
    return out;
  }
  static Operations operations(std::size_t n, bool any) {
    Operations o;
    if (!any) return o;
    PlannedOperation one;
    one.from_day = 5;
    one.to_day = 9;
    one.targets = {land1};
    for (std::uint16_t p = 0; p < n; ++p) one.participants.push_back(p);
    o.operations.push_back(one);
    return o;
  }
  /// Days [0, to), with detections at air0; what is told on each morning.
  std::vector<std::vector<double>> run(std::int32_t to) {
    std::vector<std::vector<double>> told;
    std::uint64_t id = 0;
    for (std::int32_t day = 0; day < to; ++day) {
      told.push_back(planning.warnings(day, setting));
      (void)planning.begin(day, levers, setting);
      const std::vector<Detection> found(2, {++id, air0, Concern::fighters});
      planning.learn(day, found, {}, setting);
    }
    return told;
  }
};

}  // namespace

TEST_CASE("who hides knows of an operation while it lasts, when an insider tells",
          "[cooperation][leaks][exact]") {
  World w(1, 3, 2, true);
  w.levers.cycle_aligned = 1;  // no plan is made before day 30
  const auto told = w.run(15);
  for (std::int32_t day = 0; day < 15; ++day) {
    INFO(day);
    const std::vector<double>& t = told[static_cast<std::size_t>(day)];
    CHECK((t.empty() ? 0 : t[land1]) == (day >= 5 && day <= 9 ? w.setting.leak_believed : 0));
    if (!t.empty()) CHECK(t[air0] == 0);
  }
}

TEST_CASE("without insiders, or when none of them tells, nobody knows of anything",
          "[cooperation][leaks][exact]") {
  World honest(0, 3, 2, true), silent(1, 3, 2, true);
  silent.setting.leak_chance = 0;
  for (World* w : {&honest, &silent}) {
    for (const auto& told : w->run(80)) CHECK(told.empty());
  }
}

TEST_CASE("n organisations that know an operation leak it with 1 - (1 - q)^n",
          "[cooperation][leaks][statistical]") {
  constexpr std::size_t runs = 2000;
  constexpr double q = 0.2;
  for (const std::size_t n : {1u, 2u, 4u}) {
    std::size_t leaked = 0;
    for (std::uint32_t seed = 1; seed <= runs; ++seed) {
      World w(q, seed, n, true);
      leaked += w.run(7).back().empty() ? 0 : 1;
    }
    const double expected = 1 - std::pow(1 - q, static_cast<double>(n));
    const double share = static_cast<double>(leaked) / runs;
    INFO(n << ": " << share << ", expected " << expected);
    CHECK(std::abs(share - expected) <= test::binomial_halfwidth(expected, runs, 1e-6));
  }
}

TEST_CASE("a plan that leaks warns of where it puts officers, from the day it is at work on",
          "[cooperation][leaks][exact]") {
  World w(1);
  w.levers.cycle_aligned = 1;  // cycles on days 30, 60, ..
  const auto told = w.run(60);
  for (std::int32_t day = 0; day < 60; ++day) {
    INFO(day);
    const std::vector<double>& t = told[static_cast<std::size_t>(day)];
    CHECK((t.empty() ? 0 : t[air0]) == (day >= 37 ? w.setting.leak_believed : 0));
    if (!t.empty()) CHECK(t[land1] == 0);
  }
}

TEST_CASE("a plan that is shown to a group leaks more often than one that is not, and never less",
          "[cooperation][leaks][statistical]") {
  constexpr std::size_t runs = 1500;
  constexpr double q = 0.2;
  std::size_t own = 0, shown = 0, only_own = 0;
  for (std::uint32_t seed = 1; seed <= runs; ++seed) {
    const auto leaks = [&](bool group) {
      World w(q, seed);
      w.setting.packages = 1;
      w.levers.cycle_aligned = 1;
      w.levers.plans_shared = group ? 1 : 0;
      w.levers.plans_standing = group;
      w.setting.team_officers = 1e4;
      return !w.run(38).back().empty();
    };
    const bool a = leaks(false), b = leaks(true);
    own += a;
    shown += b;
    only_own += a && !b;
  }
  // Two plans by themselves: each leaks with q, so one of them with 1 - (1 - q)^2. Shown to both:
  // each with 1 - (1 - q)^2, so one of them with 1 - (1 - q)^4.
  const double alone = 1 - std::pow(1 - q, 2), together = 1 - std::pow(1 - q, 4);
  CHECK(std::abs(static_cast<double>(own) / runs - alone) <=
        test::binomial_halfwidth(alone, runs, 1e-6));
  CHECK(std::abs(static_cast<double>(shown) / runs - together) <=
        test::binomial_halfwidth(together, runs, 1e-6));
  CHECK(only_own == 0);
}

TEST_CASE("each plan and each operation that becomes known is told once, on that day",
          "[cooperation][leaks][exact]") {
  struct Told {
    std::vector<std::int32_t> days;
    std::vector<std::int32_t> planners;
    std::int64_t counted = 0;
  };
  const auto told = [](World& w, std::int32_t from, std::int32_t to) {
    Told t;
    for (std::int32_t day = from; day < to; ++day) {
      const bool warned = !w.planning.warnings(day, w.setting).empty();
      (void)w.planning.begin(day, w.levers, w.setting);
      for (const PlanningEvent& e : w.planning.events()) {
        if (e.kind != PlanningEventKind::leak) continue;
        CHECK(warned);
        CHECK(e.amount == 1);  // everything is found at one target
        t.days.push_back(e.day);
        t.planners.push_back(e.planner);
      }
      const std::vector<Detection> found(2, {static_cast<std::uint64_t>(day), air0, {}});
      w.planning.learn(day, found, {}, w.setting);
    }
    for (const PlannerFigures& f : w.planning.month(w.setting)) t.counted += f.sums.betrayed;
    return t;
  };
  // An operation from day 5 on, cycles on days 30, 60 and 90, at work a week later.
  const auto world = [](double insider) {
    World w(insider, 3, 2, true);
    w.levers.cycle_aligned = 1;
    return w;
  };
  World all = world(1);
  const Told whole = told(all, 0, 100);
  CHECK(whole.days == std::vector<std::int32_t>{5, 37, 37, 67, 67, 97, 97});
  CHECK(whole.planners == std::vector<std::int32_t>{0, 0, 1, 0, 1, 0, 1});
  CHECK(whole.counted == 7);
  // From a saved state nothing is told a second time.
  World first = world(1), second = world(1);
  (void)told(first, 0, 50);
  second.planning.set_state(first.planning.state());
  CHECK(told(second, 50, 80).days == std::vector<std::int32_t>{67, 67});
  // A plan stays the same plan when cycles become longer.
  World longer = world(1);
  (void)told(longer, 0, 50);
  longer.levers.cycle_days = 120;
  CHECK(told(longer, 50, 120).days.empty());
  // Off: no insiders, or none who tells.
  World honest = world(0), silent = world(1);
  silent.setting.leak_chance = 0;
  for (World* w : {&honest, &silent}) {
    const Told none = told(*w, 0, 100);
    CHECK(none.days.empty());
    CHECK(none.counted == 0);
  }
}
