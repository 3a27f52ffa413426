// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

struct Run {
  std::vector<std::uint64_t> digests;
  std::vector<ActorEvent> events;

  [[nodiscard]] std::int64_t sum(ActorEventKind kind, std::uint8_t detail) const {
    std::int64_t n = 0;
    for (const ActorEvent& e : events) n += e.kind == kind && e.detail == detail ? e.amount : 0;
    return n;
  }
  [[nodiscard]] std::int64_t count(ActorEventKind kind, std::uint8_t detail) const {
    return std::count_if(events.begin(), events.end(),
                         [&](const ActorEvent& e) { return e.kind == kind && e.detail == detail; });
  }
};

Run run(std::vector<std::string> set, std::int32_t days) {
  set.push_back("run.days=" + std::to_string(days));
  set.emplace_back("run.cut_days=0");
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
  Simulation sim(s, test::small_setup(s), 0);
  Run r;
  for (std::int32_t day = 0; day < days; ++day) {
    const DayResult result = sim.step(day);
    r.digests.push_back(result.digest);
    r.events.insert(r.events.end(), result.actor_events.begin(), result.actor_events.end());
  }
  return r;
}

constexpr auto fighter(fighters::Event e) { return static_cast<std::uint8_t>(e); }
constexpr auto money(finance::EventKind e) { return static_cast<std::uint8_t>(e); }
constexpr auto land = static_cast<std::uint8_t>(trafficking::CargoMode::land);

}  // namespace

TEST_CASE("levers of finance freeze, take and arrest more; without their cause nothing moves",
          "[simulation][relation]") {
  // Cases are few: the hazard is raised so that some fall into eight months, the same in all
  // worlds.
  const std::vector<std::string> usual{"finance.recovery.hazard=0.2", "finance.recovery.days=20"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), usual.begin(), usual.end());
    return run(more, 240);
  };
  const auto frozen = [](const Run& r) {
    return r.sum(ActorEventKind::money, money(finance::EventKind::bank_frozen)) +
           r.sum(ActorEventKind::money, money(finance::EventKind::assets_frozen));
  };
  const Run base = with({});
  REQUIRE(frozen(base) > 0);
  const Run links =
      with({"cooperation.finance.fiu_links=1", "cooperation.finance.freeze_delay_days=0",
            "cooperation.finance.link_gain=4"});
  CHECK(frozen(links) > frozen(base));
  // An order that comes after the money has gone freezes nothing more.
  const Run late = with({"cooperation.finance.fiu_links=1", "cooperation.finance.link_gain=4",
                         "cooperation.finance.freeze_delay_days=3650",
                         "cooperation.finance.money_moves_days=1"});
  CHECK(late.digests == base.digests);

  const Run offices =
      with({"cooperation.finance.asset_recovery=1", "cooperation.finance.recovery_gain=1"});
  CHECK(offices.sum(ActorEventKind::money, money(finance::EventKind::restored)) == 0);
  CHECK(offices.sum(ActorEventKind::money, money(finance::EventKind::confiscated)) >=
        base.sum(ActorEventKind::money, money(finance::EventKind::confiscated)));
  CHECK(with({"cooperation.finance.asset_recovery=1", "cooperation.finance.recovery_gain=0"})
            .digests == base.digests);

  const auto arrested = money(finance::EventKind::arrested);
  const Run targets =
      with({"cooperation.finance.common_targets=1", "cooperation.finance.arrest_rate=1"});
  CHECK(targets.count(ActorEventKind::money, arrested) >
        base.count(ActorEventKind::money, arrested));
  CHECK(
      with({"cooperation.finance.common_targets=1", "cooperation.finance.arrest_rate=0"}).digests ==
      base.digests);
}

TEST_CASE("patrols slow the last step between posts, and send people and goods to posts",
          "[simulation][relation]") {
  const Run base = run({"fighters.flow=3"}, 120);
  const Run patrols = run(
      {"fighters.flow=3", "cooperation.patrol.coverage=1", "cooperation.patrol.finds=0.9"}, 120);
  CHECK(run({"fighters.flow=3", "cooperation.patrol.coverage=1", "cooperation.patrol.finds=0"}, 60)
            .digests[59] == base.digests[59]);
  const auto arrived = fighter(fighters::Event::arrived);
  REQUIRE(base.count(ActorEventKind::fighter, arrived) > 3);
  CHECK(patrols.count(ActorEventKind::fighter, arrived) <
        base.count(ActorEventKind::fighter, arrived));

  // Goods: the more go round posts, the fewer posts seize; patrols find some, and send others back.
  const Run posts = run({}, 120);
  const Run round = run({"cooperation.patrol.off_post=1"}, 120);
  const Run watched = run({"cooperation.patrol.off_post=1", "cooperation.patrol.coverage=1",
                           "cooperation.patrol.finds=1"},
                          120);
  CHECK(round.count(ActorEventKind::seizure, land) == 0);
  CHECK(watched.count(ActorEventKind::seizure, land) > 0);
  CHECK(posts.digests != round.digests);
}
