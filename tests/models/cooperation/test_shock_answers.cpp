// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include "models/cooperation/planning.hpp"
#include "tests/support/small_ground.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr std::uint32_t air0 = target_of(0, TargetKind::air),
                        land0 = target_of(0, TargetKind::land);
constexpr std::int32_t day_of_shock = 130;

Operations one_shock(std::int32_t to_day = no_end) {
  Operations o;
  o.shocks.push_back({day_of_shock, to_day, "gateway-closed", "XBB", {land0}, 1});
  return o;
}

/// Two organisations over three countries; what is found at air0 every day, and from the shock on
/// at land0 too.
struct World {
  CooperationParams levers;
  PlanningParams setting;
  Planning planning;
  std::vector<PlanningEvent> events;

  World(std::size_t n_planners, std::uint32_t seed, Operations operations = one_shock())
      : planning(test::small_ground(), planners(n_planners), std::move(operations), {seed, 0}) {
    levers.cycle_days = 60;
    setting.practice_first = 0;
    setting.reported = 1;
  }
  static std::vector<Planner> planners(std::size_t n) {
    std::vector<Planner> out{{"ONE", {0, 1, 2}, 20, false}, {"TWO", {0, 1, 2}, 20, false}};
    out.resize(n);
    return out;
  }
  void run(std::int32_t days, bool turned = true) {
    std::uint64_t id = 0;
    for (std::int32_t day = 0; day < days; ++day) {
      (void)planning.begin(day, levers, setting);
      events.insert(events.end(), planning.events().begin(), planning.events().end());
      std::vector<Detection> found(3, {++id, air0, Concern::fighters});
      if (turned && day >= day_of_shock) found.resize(6, {++id, land0, Concern::fighters});
      planning.learn(day, found, {}, setting);
    }
  }
  /// The first cycle of each organisation after the day of the shock.
  [[nodiscard]] std::vector<std::int32_t> cycles_after() const {
    std::vector<std::int32_t> out(planning.planners().size(), -1);
    for (const PlanningEvent& e : events) {
      if (e.kind != PlanningEventKind::cycle || e.day <= day_of_shock) continue;
      std::int32_t& first = out[static_cast<std::size_t>(e.planner)];
      if (first < 0) first = e.day;
    }
    return out;
  }
};

}  // namespace

TEST_CASE("a shock is answered on the day on which the second organisation's plan is at work",
          "[cooperation][shocks][exact]") {
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    World w(2, seed);
    w.run(300);
    const auto cycles = w.cycles_after();
    // The staff of each works at land0 from the day of its cycle on.
    const std::int32_t both = std::max(cycles[0], cycles[1]);
    CHECK(w.planning.answer_days() == std::vector<std::int32_t>{both - day_of_shock});
    const auto told = [&](PlanningEventKind kind) {
      return std::count_if(w.events.begin(), w.events.end(),
                           [&](const PlanningEvent& e) { return e.kind == kind; });
    };
    CHECK(told(PlanningEventKind::shock) == 1);
    CHECK(told(PlanningEventKind::aligned) == 1);
  }
}

TEST_CASE("in a group that shows its plans one organisation answers for all",
          "[cooperation][shocks][exact]") {
  World w(2, 2);
  w.levers.plans_shared = 1;
  w.levers.plans_standing = true;
  w.run(300);
  const auto cycles = w.cycles_after();
  CHECK(w.planning.answer_days()[0] == std::min(cycles[0], cycles[1]) - day_of_shock);
  // One organisation alone is no joint action, whatever it shows.
  World alone(1, 2);
  alone.levers.plans_shared = 1;
  alone.levers.plans_standing = true;
  alone.run(300);
  CHECK(alone.planning.answer_days()[0] == -1);
}

TEST_CASE("shorter cycles answer sooner, and within one of them",
          "[cooperation][shocks][relation]") {
  World slow(2, 2), quick(2, 2);
  quick.levers.cycle_days = 14;
  slow.run(300);
  quick.run(300);
  CHECK(quick.planning.answer_days()[0] <= 14);
  CHECK(slow.planning.answer_days()[0] > quick.planning.answer_days()[0]);
}

TEST_CASE("what was planned before is no answer, and a shock that is over is answered no more",
          "[cooperation][shocks][exact]") {
  World same(2, 2);
  same.run(300, false);
  CHECK(same.planning.answer_days()[0] == -1);
  World over(2, 2, one_shock(day_of_shock + 3));
  over.run(300);
  CHECK(over.cycles_after()[0] > day_of_shock + 3);
  CHECK(over.planning.answer_days()[0] == -1);
  World nobody(0, 2);
  nobody.run(300);
  CHECK(nobody.planning.answer_days()[0] == -1);
}
