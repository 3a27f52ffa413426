// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/standing_group.hpp"

#include <catch2/catch.hpp>

#include "models/cooperation/planning.hpp"
#include "sim/archive.hpp"
#include "tests/support/small_ground.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr std::size_t air0 = target_of(0, TargetKind::air), air1 = target_of(1, TargetKind::air);

/// Organisations with the same members and a corps each, in countries where fighters are found at
/// one airport and drugs at another, as many of each.
struct World {
  CooperationParams levers;
  PlanningParams setting;
  Planning planning;
  std::vector<PlanningEvent> events;

  explicit World(std::string mandate = "all", std::string members = "all", std::size_t n = 2,
                 double shared = 1)
      : planning(test::small_ground(), planners(n), {}, {3, 0}) {
    levers.cycle_days = 30;
    levers.plans_shared = shared;
    levers.plans_standing = true;
    levers.plans_mandate = std::move(mandate);
    levers.plans_members = std::move(members);
    setting.practice_first = 0;
    setting.reported = 1;
    setting.team_officers = 40;
    setting.consent = 1;
    setting.consent_days = 0;
    run(300);
  }
  static std::vector<Planner> planners(std::size_t n) {
    std::vector<Planner> out;
    for (std::size_t p = 0; p < n; ++p)
      out.push_back({"P" + std::to_string(p), {0, 1, 2}, 20, true, {1, 1, 1, 1}, 0});
    return out;
  }
  void run(std::int32_t days) {
    std::uint64_t id = 0;
    for (std::int32_t day = 0; day < days; ++day) {
      (void)planning.begin(day, levers, setting);
      events.insert(events.end(), planning.events().begin(), planning.events().end());
      const std::vector<Detection> found{
          {++id, static_cast<std::uint32_t>(air0), Concern::fighters},
          {++id, static_cast<std::uint32_t>(air1), Concern::drugs}};
      planning.learn(day, found, {}, setting);
    }
  }
  /// Officers of all at a target.
  [[nodiscard]] double at(std::size_t target) const {
    double sum = 0;
    for (std::size_t p = 0; p < planning.planners().size(); ++p)
      sum += planning.state().now[p * test::small_ground().n_targets() + target];
    return sum;
  }
  [[nodiscard]] PlannerMonth sums() const {
    PlannerMonth all;
    for (const PlannerFigures& f : planning.month(setting)) {
      all.duplicated += f.sums.duplicated;
      all.requests += f.sums.requests;
      all.requests_doubled += f.sums.requests_doubled;
    }
    return all;
  }
  [[nodiscard]] std::vector<std::byte> state() const {
    PlanningState state = planning.state();
    sim::ByteWriter out;
    state.visit(out);
    return std::move(out.bytes);
  }
};

}  // namespace

TEST_CASE("members and mandate are read, whole by default", "[cooperation][exact]") {
  const auto planners = World::planners(3);
  CooperationParams levers;
  CHECK(standing_group(levers, planners).mandate == all_concerns);
  CHECK(standing_group(levers, planners).members == std::vector<bool>{true, true, true});
  levers.plans_members = "P2, P0";
  levers.plans_mandate = "drugs finance";
  const StandingGroup group = standing_group(levers, planners);
  CHECK(group.members == std::vector<bool>{true, false, true});
  CHECK(group.mandate == Mandate{false, true, true, false});
  CHECK(without(group.mandate) == Mandate{true, false, false, true});
  CHECK(mandate_of(bits_of(group.mandate)) == group.mandate);
}

TEST_CASE("who is no member of the group stays out of it, however willing",
          "[cooperation][exact]") {
  const World three("all", "all", 3), two("all", "P0 P2", 3);
  CHECK(three.planning.state().in_group == std::vector<std::uint8_t>{1, 1, 1});
  CHECK(two.planning.state().in_group == std::vector<std::uint8_t>{1, 0, 1});
  for (const World* w : {&three, &two}) {
    for (const PlanningEvent& e : w->events) {
      if (e.kind == PlanningEventKind::meeting) CHECK(e.amount == (w == &two ? 2 : 3));
    }
  }
  CHECK(two.sums().duplicated > three.sums().duplicated);
  // Every code by name is everybody, bit for bit.
  CHECK(World("all", "P0 P1 P2", 3).state() == three.state());
  CHECK(World("fighters drugs finance documents", "all", 3).state() == three.state());
}

TEST_CASE("plans are shown, and targets left to others, only for concerns of the mandate",
          "[cooperation][relation]") {
  const World apart("all", "all", 2, 0), whole, nothing("documents"), fighters("fighters"),
      drugs("drugs");
  // Both airports are worth the same; what others show at one is left to them.
  CHECK(apart.at(air0) == Approx(20));
  CHECK(apart.at(air1) == Approx(20));
  CHECK(fighters.at(air0) < 19);
  CHECK(fighters.at(air1) > 21);
  CHECK(drugs.at(air1) < 19);
  CHECK(drugs.at(air0) > 21);
  // A mandate for what nobody has seen shows nothing: as if each were alone.
  CHECK(nothing.at(air0) == Approx(20));
  CHECK(nothing.sums().duplicated == apart.sums().duplicated);
  CHECK(nothing.sums().requests == apart.sums().requests);
  CHECK(nothing.sums().requests_doubled == apart.sums().requests_doubled);
  // Half of what is worked on is in the mandate.
  CHECK(whole.sums().duplicated < fighters.sums().duplicated);
  CHECK(fighters.sums().duplicated < apart.sums().duplicated);
}

TEST_CASE("another mandate holds from the group's next meeting on", "[cooperation][exact]") {
  World same, other;
  const auto next = [](World& w, std::int32_t day) {
    (void)w.planning.begin(day, w.levers, w.setting);
    w.planning.learn(day, {}, {}, w.setting);
    return w.state();
  };
  std::int32_t day = 300;
  for (const std::int32_t first = same.planning.state().next_meeting; day <= first; ++day)
    CHECK(next(same, day) == next(other, day));
  other.levers.plans_mandate = "fighters";
  const std::int32_t meets = same.planning.state().next_meeting;
  REQUIRE(meets > day);
  for (; day < meets; ++day) CHECK(next(same, day) == next(other, day));
  CHECK(next(same, meets) != next(other, meets));
}

TEST_CASE("what is wrong with members or mandate is told, with the nearest name",
          "[cooperation][exact]") {
  const std::vector<std::string> planners{"ALLPOL", "NORPOL"}, others{"OFFICERS"};
  CHECK(complaint_about_members("all", planners, others).empty());
  CHECK(complaint_about_members("NORPOL ALLPOL", planners, others).empty());
  CHECK(
      complaint_about_members("NORPOLL", planners, others) ==
      "cooperation.plans.members: there is no organisation 'NORPOLL'; those who plan are 'ALLPOL' "
      "and 'NORPOL'; did you mean 'NORPOL'?");
  CHECK(complaint_about_members("ALLPOL OFFICERS", planners, others) ==
        "cooperation.plans.members: 'OFFICERS' does not plan; those who plan are 'ALLPOL' and "
        "'NORPOL'");
  CHECK(complaint_about_members("ALLPOL", {}, {}) ==
        "cooperation.plans.members: there is no organisation 'ALLPOL'; no organisation that "
        "plans is in cooperation.file");
  CHECK(complaint_about_members(" ", planners, others) ==
        "cooperation.plans.members is empty: name who may be in the group, or 'all'");
  CHECK(complaint_about_mandate("all").empty());
  CHECK(complaint_about_mandate("drugs documents").empty());
  CHECK(complaint_about_mandate("drug") ==
        "cooperation.plans.mandate: 'drug' is no concern; allowed are 'all', 'fighters', "
        "'drugs', 'finance' and 'documents'; did you mean 'drugs'?");
  CHECK(complaint_about_mandate("") ==
        "cooperation.plans.mandate is empty: name concerns of the group, or 'all'");
}
