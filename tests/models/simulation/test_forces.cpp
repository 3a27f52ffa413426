// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/simulation/planning_ground.hpp"
#include "models/simulation/settle.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

struct Run {
  std::vector<std::uint64_t> digests;
  DayCounts counts;
  CargoCounts customs;
  State last;
  std::vector<cooperation::PlannerFigures> planners;
};

Run run(const std::string& file, std::vector<std::string> set, std::int32_t days) {
  set.push_back("run.days=" + std::to_string(days));
  set.emplace_back("run.cut_days=0");
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/" + file, overrides);
  Simulation sim(s, test::small_setup(s), 0);
  Run r;
  for (std::int32_t day = 0; day < days; ++day) {
    const DayResult result = sim.step(day);
    r.digests.push_back(result.digest);
    r.counts += result.counts;
  }
  r.last = sim.state();
  for (const CargoCounts& mode : r.last.actors.cargo_month) r.customs += mode;
  r.planners = sim.planner_month();
  return r;
}

/// Few places and many candidates, so that capacity decides.
const std::vector<std::string> busy{
    "control.secondary.rate=0.002", "control.secondary.random_share=0.02",
    "control.documents.irregular=0.05", "cooperation.assistance.travel_days=0"};

std::vector<std::string> busy_with(const std::string& lever) {
  std::vector<std::string> set = busy;
  set.push_back(lever);
  return set;
}

std::int64_t no_place(const Run& r) {
  std::int64_t n = 0;
  for (const auto& of_source : r.counts.outcomes) {
    n += of_source[static_cast<std::size_t>(control::Outcome::no_place)];
  }
  return n;
}

}  // namespace

TEST_CASE(
    "forces at a post: a gain of 0 is bit-identical, and what is taken leaves no fewer than 0",
    "[settle][exact]") {
  const control::SecondarySettings usual = control::secondary_settings({});
  const control::SecondarySettings same = settings_with(usual, {});
  CHECK(same.forward_threat == usual.forward_threat);
  CHECK(same.forward_innocent == usual.forward_innocent);
  CHECK(same.confirm_match == usual.confirm_match);
  CHECK(same.confirm_false == usual.confirm_false);
  CHECK(same.sensitivity == usual.sensitivity);
  cooperation::PostForces forces;
  forces.places = -3;
  forces.reviewers = 2;
  forces.review_gain = 0.5;
  forces.inspection_gain[static_cast<std::size_t>(cooperation::Concern::drugs)] = 1;
  const control::SecondarySettings more = settings_with(usual, forces);
  CHECK(more.forward_threat == Approx((1 + usual.forward_threat) / 2));
  CHECK(more.forward_innocent == usual.forward_innocent);
  CHECK(more.sensitivity[static_cast<std::size_t>(control::Threat::contraband)] == 1);
  CHECK(more.sensitivity[static_cast<std::size_t>(control::Threat::fighter)] ==
        usual.sensitivity[static_cast<std::size_t>(control::Threat::fighter)]);
  CHECK(capacity_with({1, 2}, forces).places == 0);
  CHECK(capacity_with({1, 2}, forces).reviewers == 3);
}

TEST_CASE("wrong judgements that are spared: of flags by rules, of hits by both services",
          "[settle][exact]") {
  const control::SecondarySettings usual = control::secondary_settings({});
  cooperation::PostForces rules, joint;
  rules.flag_gain = 0.5;
  joint.hit_gain = 0.25;
  const control::SecondarySettings flags = settings_with(usual, rules),
                                   hits = settings_with(usual, joint);
  CHECK(flags.forward_threat == Approx((1 + usual.forward_threat) / 2));
  CHECK(flags.forward_innocent == Approx(usual.forward_innocent / 2));
  CHECK(flags.confirm_match == usual.confirm_match);
  CHECK(flags.confirm_false == usual.confirm_false);
  CHECK(1 - hits.confirm_match == Approx(0.75 * (1 - usual.confirm_match)));
  CHECK(hits.confirm_false == Approx(0.75 * usual.confirm_false));
  CHECK(hits.forward_threat == usual.forward_threat);
  CHECK(hits.forward_innocent == usual.forward_innocent);
}

TEST_CASE("one staff: minutes that reviewers have left serve inspections", "[settle][exact]") {
  // 3 reviewers of 5 minutes, one place of 45: of six candidates drawn at random two are inspected.
  control::SecondarySettings s;
  s.review_minutes = 5;
  s.inspection_minutes = 45;
  std::vector<control::Candidate> six(6);
  for (std::uint32_t i = 0; i < 6; ++i) {
    six[i].trip = i;
    six[i].tie = i;
    six[i].drawn = 1;
  }
  const auto inspected = [&](bool one_staff, control::Carry& carry) {
    std::vector<control::Candidate> these = six;
    return control::settle_secondary(these, {3, 1, one_staff}, carry, s, {1, 0}, 0).inspected();
  };
  control::Carry apart, joint;
  CHECK(inspected(false, apart) == 2);  // one at once, one more within the hour
  CHECK(apart.inspection == 30);
  // 180 - 30 minutes are left over: 60 + 150 = 210 minutes, in which five begin.
  CHECK(inspected(true, joint) == 5);
  CHECK(joint.inspection == 15);
}

TEST_CASE("each lever of assistance moves what it names; at its neutral value every bit stays",
          "[simulation][relation]") {
  const Run base = run("small.toml", busy, 12);
  REQUIRE(base.counts.secondary_turned_away > 100);
  for (const std::string lever :
       {"cooperation.assistance.officers=0", "cooperation.assistance.training=0",
        "cooperation.joint_posts.share=0", "cooperation.joint_posts.reviewers_gain=10",
        "cooperation.joint_posts.judgement_gain=1", "cooperation.task_forces.airports=0",
        "cooperation.plans.shared=1", "cooperation.cycle.aligned=1",
        "cooperation.practice.frontline=1", "cooperation.practice.rules=1",
        "cooperation.priorities.adapted=1"}) {
    CAPTURE(lever);
    // Without a file there are no organisations: levers of theirs change nothing.
    CHECK(run("small.toml", busy_with(lever), 12).digests == base.digests);
  }
  const Run officers = run("small.toml", busy_with("cooperation.assistance.officers=200"), 12);
  CHECK(officers.counts.reviewed > base.counts.reviewed);
  CHECK(officers.counts.secondary_selected > base.counts.secondary_selected);
  const Run training = run("small.toml", busy_with("cooperation.assistance.training=1"), 12);
  CHECK(training.digests != base.digests);
  const Run airports = run("small.toml", busy_with("cooperation.task_forces.airports=1"), 12);
  CHECK(airports.counts.secondary_selected > base.counts.secondary_selected);
  const Run joint = run("small.toml", busy_with("cooperation.joint_posts.share=1"), 12);
  CHECK(no_place(joint) < no_place(base));
  CHECK(joint.counts.secondary_selected > base.counts.secondary_selected);
  // Referral is shared: the police review beside the post's own, and together they judge better.
  const auto joint_with = [&](const std::string& reviewers, const std::string& judgement) {
    std::vector<std::string> set = busy_with("cooperation.joint_posts.share=1");
    set.push_back("control.review.per_place=0.1");
    set.push_back("cooperation.joint_posts.reviewers_gain=" + reviewers);
    set.push_back("cooperation.joint_posts.judgement_gain=" + judgement);
    return run("actors-small.toml", set, 12);
  };
  const auto dismissed = [](const Run& r) {
    std::int64_t n = 0;
    for (const auto& of_source : r.counts.outcomes)
      n += of_source[static_cast<std::size_t>(control::Outcome::dismissed)];
    return n;
  };
  const Run alone = joint_with("0", "0"), police = joint_with("1", "0"),
            sure = joint_with("0", "1");
  CHECK(police.counts.reviewed > alone.counts.reviewed);
  CHECK(dismissed(sure) > dismissed(alone));  // of those with whom nothing is wrong all

  // Off: a task force of no places and no gain adds nothing.
  std::vector<std::string> empty = busy_with("cooperation.task_forces.airports=1");
  empty.emplace_back("cooperation.task_forces.places=0");
  empty.emplace_back("cooperation.task_forces.gain=0");
  CHECK(run("small.toml", empty, 12).digests == base.digests);
}

TEST_CASE("customs: scanners and task forces inspect and find more", "[simulation][relation]") {
  const std::vector<std::string> usual{"cooperation.assistance.travel_days=0"};
  const Run base = run("actors-small.toml", usual, 28);
  const auto with = [&](const std::string& lever) {
    std::vector<std::string> set = usual;
    set.push_back(lever);
    return run("actors-small.toml", set, 28);
  };
  CHECK(with("cooperation.task_forces.ports=0").digests == base.digests);
  CHECK(with("cooperation.task_forces.ports=1").customs.secondary.inspected() >
        base.customs.secondary.inspected());
  CHECK(with("cooperation.assistance.scanners=40").customs.secondary.inspected() >
        base.customs.secondary.inspected());
}

TEST_CASE("organisations of a file plan, and a saved run goes on to the same bits",
          "[simulation][exact]") {
  const std::vector<std::string> set{"cooperation.file=" CORRIDOR_SOURCE_DIR
                                     "/scenarios/organisations/small.toml",
                                     "cooperation.cycle.days=14",
                                     "cooperation.plans.shared=1",
                                     "cooperation.plans.standing=true",
                                     "cooperation.practice.frontline=0.5",
                                     "cooperation.practice.planning=0.5"};
  const Run whole = run("actors-small.toml", set, 50);
  REQUIRE(whole.planners.size() == 4);
  std::int64_t cycles = 0, seen = 0;
  for (const cooperation::PlannerFigures& p : whole.planners) {
    cycles += p.sums.cycles;
    seen += p.sums.seen;
  }
  CHECK(cycles >= 4 * 3);
  CHECK(seen > 20);

  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  for (const char* text : {"run.days=50", "run.cut_days=0"})
    overrides.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
  const Setup& setup = test::small_setup(s);
  Simulation first(s, setup, 0);
  for (std::int32_t day = 0; day < 23; ++day) (void)first.step(day);
  Simulation second(s, setup, 0, State::load(first.state().save()));
  for (std::int32_t day = 23; day < 50; ++day) {
    CHECK(second.step(day).digest == whole.digests[static_cast<std::size_t>(day)]);
  }
}
