// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/planning.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "models/cooperation/coverage.hpp"
#include "sim/archive.hpp"
#include "tests/support/small_ground.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

constexpr std::size_t air0 = target_of(0, TargetKind::air), land0 = target_of(0, TargetKind::land),
                      air1 = target_of(1, TargetKind::air);

/// Two organisations with the same members and a corps each; the second plans badly or well.
std::vector<Planner> two(double officers = 20) {
  return {{"ONE", {0, 1, 2}, officers, true, {1, 1, 1, 1}, 0},
          {"TWO", {0, 1, 2}, officers, true, {1, 1, 1, 1}, 0}};
}

struct World {
  CooperationParams levers;
  PlanningParams setting;
  Planning planning;
  Forces forces;
  std::vector<PlanningEvent> events;

  explicit World(std::vector<Planner> planners = two(), Operations operations = {},
                 std::uint32_t seed = 3)
      : planning(test::small_ground(), std::move(planners), std::move(operations), {seed, 0}) {
    levers.cycle_days = 30;
    setting.practice_first = 0;
    setting.reported = 1;
  }
  /// Days with so many detections at each of these targets.
  void run(std::int32_t from, std::int32_t to,
           const std::vector<std::pair<std::size_t, int>>& a_day) {
    for (std::int32_t day = from; day < to; ++day) {
      forces = planning.begin(day, levers, setting);
      events.insert(events.end(), planning.events().begin(), planning.events().end());
      std::vector<Detection> found;
      std::uint64_t id = 1000 * static_cast<std::uint64_t>(day);
      for (const auto& [target, n] : a_day) {
        for (int i = 0; i < n; ++i) {
          found.push_back({++id, static_cast<std::uint32_t>(target), Concern::fighters});
        }
      }
      planning.learn(day, found, {}, setting);
    }
  }
  [[nodiscard]] double at(std::size_t planner, std::size_t target) const {
    return planning.state().now[planner * test::small_ground().n_targets() + target];
  }
  [[nodiscard]] std::size_t count(PlanningEventKind kind) const {
    return static_cast<std::size_t>(std::count_if(
        events.begin(), events.end(), [&](const PlanningEvent& e) { return e.kind == kind; }));
  }
};

}  // namespace

TEST_CASE("without organisations and levers nothing happens", "[cooperation][exact]") {
  World w{{}};
  w.run(0, 100, {{air0, 5}});
  CHECK(w.forces.posts.empty());
  CHECK(w.events.empty());
}

TEST_CASE("an organisation moves what it owns to what it has seen, in proportion",
          "[cooperation][exact]") {
  World w;
  w.run(0, 100, {{air0, 3}, {air1, 1}});
  for (const std::size_t o : {0U, 1U}) {
    CHECK(w.at(o, air0) == Approx(15));
    CHECK(w.at(o, air1) == Approx(5));
    CHECK(w.at(o, land0) == 0);
  }
  CHECK(w.count(PlanningEventKind::cycle) >= 6);

  // Off: who hears of nothing stays where most works already.
  World deaf;
  deaf.setting.reported = 0;
  deaf.run(0, 100, {{air0, 3}, {air1, 1}});
  CHECK(deaf.at(0, land0) > 0);
}

TEST_CASE("what an organisation owns is neither made nor lost", "[cooperation][property]") {
  World w;
  w.setting.practice_first = 1;
  w.levers.plans_shared = 1;
  w.levers.plans_standing = true;
  w.levers.priorities_adapted = 0.5;
  for (std::int32_t day = 0; day < 400; day += 10) {
    w.run(day, day + 10, {{air0, day % 7}, {land0, day % 3}, {air1, 1}});
    for (const std::size_t o : {0U, 1U}) {
      double sum = 0;
      for (std::size_t t = 0; t < test::small_ground().n_targets(); ++t) {
        CHECK(w.at(o, t) >= 0);
        sum += w.at(o, t);
      }
      CHECK(sum == Approx(20));
    }
  }
}

TEST_CASE("with good practice the spread is that of zero-sum coverage", "[cooperation][exact]") {
  World w(std::vector<Planner>{two(8)[0]});
  w.setting.practice_first = 1;
  w.setting.memory = 0;
  w.run(0, 100, {{air0, 5}, {air1, 3}, {land0, 2}});
  // Values 0.5, 0.3, 0.2 and 0.8 of a team of ten: the ratios of case H1.
  const std::vector<double> c = zero_sum_coverage(std::vector<double>{0.5, 0.3, 0.2}, 0.8);
  CHECK(w.at(0, air0) == Approx(10 * c[0]));
  CHECK(w.at(0, air1) == Approx(10 * c[1]));
  CHECK(w.at(0, land0) == Approx(10 * c[2]).margin(1e-9));
  CHECK(w.at(0, air0) > 4);  // in proportion it would be 4
}

TEST_CASE("who does not see the other's plans does the same work twice; shared plans end it",
          "[cooperation][relation]") {
  const std::vector<std::pair<std::size_t, int>> found{{air0, 3}, {air1, 1}};
  World apart, together;
  together.levers.plans_shared = 1;
  together.levers.plans_standing = true;
  apart.run(0, 300, found);
  together.run(0, 300, found);
  const auto sum_of = [](const World& w, auto PlannerMonth::*count) {
    std::int64_t sum = 0;
    for (const PlannerFigures& f : w.planning.month(w.setting)) sum += f.sums.*count;
    return sum;
  };
  const auto doubled = [&](const World& w) { return sum_of(w, &PlannerMonth::duplicated); };
  const auto requests = [&](const World& w) { return sum_of(w, &PlannerMonth::requests_doubled); };
  CHECK(doubled(apart) > 0);
  CHECK(doubled(together) < doubled(apart) / 2);
  CHECK(requests(together) < requests(apart));
  // What its staff asks and records about a target, another's asks and records again.
  for (const auto twice : {&PlannerMonth::queries_doubled, &PlannerMonth::records_doubled}) {
    CHECK(sum_of(apart, twice) > 0);
    CHECK(sum_of(together, twice) < sum_of(apart, twice) / 2);
  }
  CHECK(sum_of(apart, &PlannerMonth::queries_doubled) <= sum_of(apart, &PlannerMonth::queries));
  CHECK(together.count(PlanningEventKind::meeting) == 9);  // days 30, 60, .. 270
  CHECK(apart.count(PlanningEventKind::meeting) == 0);

  // Off: where no work can be the same, nothing is done twice.
  World never;
  never.setting.same_work = 0;
  never.run(0, 300, found);
  CHECK(doubled(never) == 0);
  CHECK(sum_of(never, &PlannerMonth::queries_doubled) == 0);
  CHECK(sum_of(never, &PlannerMonth::records_doubled) == 0);
  CHECK(sum_of(never, &PlannerMonth::queries) > 0);
  CHECK(requests(never) > 0);
}

TEST_CASE("a group that does not stand takes its set-up time at each meeting",
          "[cooperation][exact]") {
  World w;
  w.levers.plans_shared = 1;
  w.levers.plans_setup_days = 50;
  w.levers.plans_cadence_days = 30;
  w.run(0, 300, {{air0, 1}});
  std::vector<std::int32_t> days;
  for (const PlanningEvent& e : w.events) {
    if (e.kind == PlanningEventKind::meeting) days.push_back(e.day);
  }
  CHECK(days == std::vector<std::int32_t>{50, 130, 210, 290});
}

TEST_CASE("countries that agree move their own places, and add none in all",
          "[cooperation][relation]") {
  World w({{"ONE", {0, 1, 2}, 0, true, {1, 1, 1, 1}, 0}});
  w.setting.consent = 1;
  w.setting.consent_days = 5;
  w.setting.mobile_share = 0.5;
  double land = 0, air = 0, other = 0;
  for (std::int32_t day = 0; day < 1000; ++day) {
    w.run(day, day + 1, {{land0, 2}});
    if (day < 200 || w.forces.posts.empty()) continue;
    const Ground ground = test::small_ground();
    for (std::size_t p = 0; p < ground.posts.size(); ++p) {
      double& sum = ground.posts[p].country != 0               ? other
                    : ground.posts[p].kind == TargetKind::land ? land
                                                               : air;
      sum += w.forces.posts[p].places;
    }
  }
  CHECK(land > 0);
  CHECK(air < 0);
  CHECK(other == 0);  // nothing was seen in other countries
  // Half of 28 places go to the land crossing, which had 8 of them: 14 - 4 = 10 more, 10 fewer at
  // the airport. 800 days of four draws of a fraction: error below sqrt(4 * 800) / 2.
  CHECK(land / 800 == Approx(10).margin(4 * std::sqrt(3200.0) / 2 / 800));
  CHECK(land + air == Approx(0).margin(4 * std::sqrt(3200.0)));

  // Off: nobody consents, nobody moves.
  World no({{"ONE", {0, 1, 2}, 0, true, {1, 1, 1, 1}, 0}});
  no.setting.consent = 0;
  no.run(0, 300, {{land0, 2}});
  CHECK(no.forces.posts.empty());
  CHECK(no.count(PlanningEventKind::request) > 0);
}

TEST_CASE("aligned organisations plan on the same day", "[cooperation][exact]") {
  std::vector<Planner> many;
  for (int o = 0; o < 6; ++o) {
    many.push_back({"O" + std::to_string(o), {0, 1, 2}, 5, false, {1, 1, 1, 1}, 0});
  }
  const auto days_of = [&](double aligned) {
    World w(many);
    w.levers.cycle_aligned = aligned;
    w.run(0, 200, {{air0, 1}});
    std::vector<std::int32_t> days;
    for (const PlanningEvent& e : w.events) {
      if (e.kind == PlanningEventKind::cycle) days.push_back(e.day);
    }
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
  };
  CHECK(days_of(1) == std::vector<std::int32_t>{30, 60, 90, 120, 150, 180});
  CHECK(days_of(0).size() > 18);
}

TEST_CASE("good practice spreads along who meets whom, and no further", "[cooperation][relation]") {
  // ONE has members 0 and 1, TWO has 2 alone: what only 2 knows stays there.
  World w({{"ONE", {0, 1}, 5, true, {1, 1, 1, 1}, 0}, {"TWO", {2}, 5, true, {1, 1, 1, 1}, 0}});
  w.setting.practice_first = 1e-12;  // the lowest draw alone
  w.levers.practice_frontline = 0.5;
  w.run(0, 400, {{air0, 1}});
  const auto& has = w.planning.state().works_well;
  const auto& learned = w.planning.state().learned;
  CHECK(std::accumulate(has.begin(), has.end(), 0) == (has[2] != 0 ? 1 : 2));
  CHECK(std::accumulate(learned.begin(), learned.end(), 0) == (has[2] != 0 ? 0 : 1));
  for (std::size_t c = 0; c < 3; ++c) {
    if (learned[c] == 0) continue;
    for (std::size_t p = 0; p < w.forces.posts.size(); ++p) {
      const double gain = test::small_ground().posts[p].country == c ? w.setting.practice_gain : 0;
      CHECK(w.forces.posts[p].review_gain == gain);
    }
  }

  World off({{"ONE", {0, 1, 2}, 5, true, {1, 1, 1, 1}, 0}});
  off.setting.practice_first = 1e-12;
  off.run(0, 400, {{air0, 1}});
  CHECK(off.count(PlanningEventKind::practice) == 0);
}

TEST_CASE("procedures and rules spread apart, each by its own lever", "[cooperation][relation]") {
  const auto run = [](double procedures, double rules) {
    World w({{"ONE", {0, 1, 2}, 5, true, {1, 1, 1, 1}, 0}});
    w.setting.practice_first = 1e-12;  // the lowest draw alone
    w.levers.practice_frontline = procedures;
    w.levers.practice_rules = rules;
    w.run(0, 400, {{air0, 1}});
    return w;
  };
  const auto sum = [](const std::vector<std::uint8_t>& of) {
    return std::accumulate(of.begin(), of.end(), 0);
  };
  const World none = run(0, 0), procedures = run(0.5, 0), rules = run(0, 0.5), both = run(0.5, 0.5);
  CHECK(sum(none.planning.state().learned) + sum(none.planning.state().rules_learned) == 0);
  CHECK(sum(procedures.planning.state().learned) == 2);
  CHECK(sum(procedures.planning.state().rules_learned) == 0);
  CHECK(sum(rules.planning.state().learned) == 0);
  CHECK(sum(rules.planning.state().rules_learned) == 2);
  CHECK(both.planning.state().learned == procedures.planning.state().learned);
  CHECK(both.planning.state().rules_learned == rules.planning.state().rules_learned);
  for (const PlanningEvent& e : rules.events) {
    if (e.kind == PlanningEventKind::practice) CHECK(e.amount == 1);
  }
  // Who learned rules judges flags better, and nothing else changes; nor does who had them.
  const Ground ground = test::small_ground();
  for (std::size_t p = 0; p < ground.posts.size(); ++p) {
    const bool learned = rules.planning.state().rules_learned[ground.posts[p].country] != 0;
    PostForces expected = none.forces.at(p);
    expected.flag_gain = learned ? rules.setting.practice_rules_gain : 0;
    CHECK(rules.forces.at(p) == expected);
  }
  for (std::size_t p = 0; p < ground.customs.size(); ++p) {
    const bool learned = rules.planning.state().rules_learned[ground.customs[p].country] != 0;
    CHECK(rules.forces.at_customs(p).flag_gain ==
          (learned ? rules.setting.practice_rules_gain : 0));
  }
}

TEST_CASE("from a saved state organisations go on to the same bits", "[cooperation][exact]") {
  const std::vector<std::pair<std::size_t, int>> found{{air0, 3}, {air1, 1}, {land0, 2}};
  const auto levers = [](World& w) {
    w.levers.plans_shared = 1;
    w.levers.practice_frontline = w.levers.practice_planning = w.levers.practice_rules = 0.3;
    w.levers.plans_mandate = "fighters";
    w.levers.assistance_officers = 25;
    w.setting.practice_first = 0.2;
  };
  World whole, first, second;
  for (World* w : {&whole, &first, &second}) levers(*w);
  whole.run(0, 200, found);
  first.run(0, 77, found);
  sim::ByteWriter out;
  PlanningState saved = first.planning.state();
  saved.visit(out);
  PlanningState loaded;
  sim::ByteReader in{out.bytes};
  loaded.visit(in);
  second.planning.set_state(std::move(loaded));
  second.run(77, 200, found);
  sim::ByteWriter a, b;
  PlanningState x = whole.planning.state(), y = second.planning.state();
  x.visit(a);
  y.visit(b);
  CHECK(a.bytes == b.bytes);
  CHECK(whole.forces.posts == second.forces.posts);
}

TEST_CASE(
    "an operation surges at its places and leaves others short; deconfliction ends double work",
    "[cooperation][relation]") {
  PlannedOperation o;
  o.name = "surge";
  o.from_day = 10;
  o.to_day = 409;
  o.targets = {static_cast<std::uint32_t>(air0)};
  o.concerns[static_cast<std::size_t>(Concern::fighters)] = true;
  o.participants = {0};
  o.officers = 30;
  const auto run = [&](bool deconflict) {
    o.deconflict = deconflict;
    World w(two(20), {{o}, {}});
    w.setting.consent = 0;
    w.run(0, 9, {{air0, 1}});
    std::pair<double, double> places;  // at targets, elsewhere
    for (std::int32_t day = 9; day < 411; ++day) {
      w.run(day, day + 1, {{air0, 1}});
      if (day == 9 || day == 410) {
        CHECK(w.forces.at(0).inspection_gain[0] == 0);
        continue;
      }
      CHECK(w.forces.at(0).inspection_gain[0] == w.setting.operation_gain);
      CHECK(w.forces.at(0).inspection_gain[1] == 0);
      if (day < 60) continue;  // plans of others have come to rest
      const Ground ground = test::small_ground();
      for (std::size_t p = 0; p < ground.posts.size(); ++p) {
        const bool here = target_of(ground.posts[p].country, ground.posts[p].kind) == air0;
        (here ? places.first : places.second) += w.forces.posts[p].places;
      }
    }
    CHECK(w.count(PlanningEventKind::operation) == 2);
    return places;
  };
  const auto [here, elsewhere] = run(true);
  const auto [doubled, same] = run(false);
  CHECK(elsewhere < 0);
  CHECK(same == elsewhere);
  CHECK(doubled < here);
  // 20 officers of ONE are there, and of TWO half are the same work: 30 are at work. Half of the
  // operation's 30 do what these do.
  // 15 officers are 3 positions, 2 of them places: 350 days, error below sqrt(2 * 350) / 2 each.
  CHECK((here - doubled) / 350 == Approx(2).margin(4 * std::sqrt(2 * 700.0) / 2 / 350));
}

TEST_CASE("two operations at one place do the same work, unless one tells the other",
          "[cooperation][relation]") {
  PlannedOperation first;
  first.from_day = 10;
  first.to_day = 39;
  first.targets = {static_cast<std::uint32_t>(air0)};
  first.concerns = {true, false, false, false};
  first.participants = {0};
  first.officers = 30;
  PlannedOperation second = first;
  second.participants = {1};
  second.officers = 20;
  const auto doubled = [&](auto&& change) {
    Operations operations{{first, second}, {}};
    World w(two(0), std::move(operations));
    w.levers.cycle_days = 5;
    w.levers.plans_standing = true;
    w.levers.plans_cadence_days = 5;
    change(w);
    w.run(0, 60, {});
    std::int64_t sum = 0;
    for (const PlannerFigures& f : w.planning.month(w.setting)) sum += f.sums.duplicated;
    return sum;
  };
  // Half of the smaller one is the same work, on 30 days.
  CHECK(doubled([](World&) {}) == 30 * 10'000);
  CHECK(doubled([](World& w) { w.setting.same_work = 0; }) == 0);
  CHECK(doubled([](World& w) { w.levers.plans_shared = 1; }) == 0);
  // A group for other things does not show them.
  CHECK(doubled([](World& w) {
          w.levers.plans_shared = 1;
          w.levers.plans_mandate = "drugs";
        }) == 30 * 10'000);
  second.targets = {static_cast<std::uint32_t>(air1)};
  CHECK(doubled([](World&) {}) == 0);
  second.targets = first.targets;
  second.deconflict = true;
  CHECK(doubled([](World&) {}) == 0);
  std::swap(first.deconflict, second.deconflict);
  CHECK(doubled([](World&) {}) == 0);
}
