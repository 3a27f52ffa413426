// SPDX-License-Identifier: Apache-2.0
/// \file test_posts_finished.cpp  Kinds of secondary, equipment, compliance, insiders and ways
/// round posts in whole runs of the small worlds, each with its cause switched off.
#include <algorithm>
#include <catch2/catch.hpp>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

struct Run {
  std::vector<std::uint64_t> digests;
  DayCounts counts;
  DayKinds kinds{};
  BetweenPosts between;
  std::int64_t seized_by_land = 0;
};

Run run_of(const scenario::Scenario& s, std::int32_t days) {
  Simulation sim(s, test::small_setup(s), 0);
  Run r;
  for (std::int32_t day = 0; day < days; ++day) {
    const DayResult result = sim.step(day);
    r.digests.push_back(result.digest);
    r.counts += result.counts;
    for (std::size_t k = 0; k < control::n_kinds; ++k) r.kinds[k] += result.kinds[k];
    const BetweenPosts& b = result.between_posts;
    r.between.fighters += b.fighters;
    r.between.fighters_found += b.fighters_found;
    r.between.couriers += b.couriers;
    r.between.couriers_found += b.couriers_found;
    r.between.loads += b.loads;
    r.between.loads_found += b.loads_found;
    r.between.grams += b.grams;
    r.between.grams_found += b.grams_found;
    for (const ActorEvent& e : result.actor_events) {
      r.seized_by_land +=
          e.kind == ActorEventKind::seizure &&
                  e.detail == static_cast<std::uint8_t>(trafficking::CargoMode::land)
              ? 1
              : 0;
    }
  }
  return r;
}

Run crowd(std::vector<std::string> set, std::int32_t days = 8) {
  set.insert(set.end(), {"risk.planted.contraband=0.01", "risk.flag_rate=0.02",
                         "control.documents.irregular=0.01"});
  return run_of(test::small_scenario(test::scored(set)), days);
}

Run actors(std::vector<std::string> set, std::int32_t days = 90) {
  set.push_back("run.days=" + std::to_string(days));
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return run_of(
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides), days);
}

std::int64_t found(const Run& r, control::Threat t) {
  return r.counts.threats_found[static_cast<std::size_t>(t)];
}

}  // namespace

TEST_CASE(
    "kinds of secondary add up to what posts inspected; numbers of kinds that are off move "
    "nothing",
    "[simulation][relation]") {
  const Run one = crowd({}), off = crowd({"control.goods.minutes=90", "control.goods.share=1"});
  CHECK(one.digests == off.digests);
  CHECK(one.kinds[0] == control::KindCounts{});
  const Run three = crowd({"control.secondary.kinds=three"});
  std::int64_t inspected = 0, threats = 0;
  for (const control::KindCounts& k : three.kinds) {
    CHECK(k.inspected > 0);
    inspected += k.inspected;
    threats += k.found;
  }
  CHECK(inspected == three.counts.secondary_selected);
  std::int64_t all = 0;
  for (std::size_t t = 1; t < control::n_threats; ++t) all += three.counts.threats_found[t];
  CHECK(threats == all);
}

TEST_CASE("a run with three kinds goes on from a saved state bit by bit", "[simulation][exact]") {
  const auto s = test::small_scenario(
      test::scored({"control.secondary.kinds=three", "control.secondary.rate=0.002"}));
  Simulation whole(s, test::small_setup(s), 0);
  for (int d = 0; d < 4; ++d) whole.step(d);
  const State kept = State::load(whole.state().save());
  REQUIRE(std::ranges::any_of(kept.control.other_kinds_carry,
                              [](std::int32_t minutes) { return minutes > 0; }));
  Simulation resumed(s, test::small_setup(s), 0, kept);
  for (int d = 4; d < 7; ++d) CHECK(whole.step(d).digest == resumed.step(d).digest);
}

TEST_CASE("scanners find more goods, and none of what is not goods", "[simulation][relation]") {
  const std::vector<std::string> all{"control.equipment.low=1", "control.equipment.lower_middle=1",
                                     "control.equipment.upper_middle=1",
                                     "control.equipment.high=1"};
  const auto with = [&](const std::string& gain) {
    std::vector<std::string> set = all;
    set.push_back("control.equipment.gain=" + gain);
    return crowd(set, 4);
  };
  const Run base = crowd({}, 4);
  CHECK(with("0").digests == base.digests);
  // On the first day nobody is gone yet, so the same persons are inspected but for those whom this
  // very day holds: what is found of goods rises, and no inspection that found something is lost.
  const Run scanned = with("1");
  CHECK(found(scanned, control::Threat::contraband) > found(base, control::Threat::contraband));
}

TEST_CASE("officers who let flags pass find less; where all follow the rules nothing moves",
          "[simulation][relation]") {
  const auto ignored = [&](const std::string& share) {
    std::vector<std::string> set;
    for (const char* income : {"low", "lower_middle", "upper_middle", "high"}) {
      set.push_back(std::string("control.ignored.") + income + "=" + share);
    }
    return crowd(set, 4);
  };
  const Run base = crowd({}, 4), none = ignored("0"), all = ignored("1");
  CHECK(none.digests == base.digests);
  const auto rules = static_cast<std::size_t>(control::Source::rules);
  const auto inspected = [&](const Run& r) {
    std::int64_t n = 0;
    for (std::size_t o = 0; o < control::n_outcomes; ++o) {
      if (control::inspected(static_cast<control::Outcome>(o))) n += r.counts.outcomes[rules][o];
    }
    return n;
  };
  REQUIRE(inspected(base) > 50);
  // Only whom the random draw names as well.
  CHECK(inspected(all) * 10 < inspected(base));
}

TEST_CASE("customs with scanners seize more, customs that let alerts and flags pass less",
          "[simulation][relation]") {
  const auto customs = [](const std::string& what, const std::string& share) {
    std::vector<std::string> set;
    for (const char* k : {"low", "middle", "high"})
      set.push_back("cargo.customs." + what + "_" + k + "=" + share);
    set.emplace_back("cargo.customs.scanner_gain=1");
    return set;
  };
  const Run base = actors({}, 30);
  CHECK(actors(customs("scanners", "0"), 30).digests == base.digests);
  CHECK(actors(customs("ignored", "0"), 30).digests == base.digests);
  CHECK(actors(customs("scanners", "1"), 30).digests != base.digests);
  CHECK(actors(customs("ignored", "1"), 30).digests != base.digests);
}

TEST_CASE("insiders keep couriers out of selection; without any nothing is kept",
          "[simulation][relation]") {
  const auto risk = [](const std::string& f) {
    std::vector<std::string> set;
    for (int k = 1; k <= 5; ++k)
      set.push_back("trafficking.insider.class_" + std::to_string(k) + "=" + f);
    return actors(set);
  };
  const Run none = risk("0"), all = risk("1");
  const auto contraband = static_cast<std::size_t>(control::Threat::contraband);
  CHECK(none.counts.threats_inspected[contraband] > 0);
  CHECK(all.counts.threats_inspected[contraband] == 0);
}

TEST_CASE("fear of posts sends couriers and loads round them, patrols bring them back",
          "[simulation][relation]") {
  const Run off = actors({"cooperation.patrol.finds=1"});
  CHECK(off.between.loads + off.between.couriers + off.between.fighters == 0);
  const Run round = actors({"cooperation.patrol.off_post=1"});
  CHECK(round.between.loads > 0);
  CHECK(round.between.couriers > 0);
  CHECK(round.between.loads_found + round.between.couriers_found == 0);
  CHECK(round.between.grams_found == 0);
  const Run watched = actors({"cooperation.patrol.off_post=1", "cooperation.patrol.coverage=1",
                              "cooperation.patrol.finds=1"});
  CHECK(watched.between.loads < round.between.loads);
  CHECK(watched.between.couriers < round.between.couriers);
  CHECK(watched.between.loads_found == watched.between.loads);
  CHECK(watched.between.couriers_found == watched.between.couriers);
  CHECK(watched.between.grams_found == watched.between.grams);
}
