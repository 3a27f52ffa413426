// SPDX-License-Identifier: Apache-2.0
/// \file test_leaks_in_a_run.cpp  What insiders tell moves who hides, and nothing moves without
/// them.
#include <catch2/catch.hpp>

#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr std::int32_t from = 31, to = 58;  // February

/// An operation of four weeks at one place, in the invented world.
struct Told {
  std::vector<std::uint64_t> digests;
  std::vector<ActorMonth> months;
};
Told run(const std::string& places, std::vector<std::string> set, std::int32_t days = 59) {
  set.insert(set.end(),
             {"run.days=59", "run.cut_days=0", "fighters.flow=3",
              "cooperation.file=" CORRIDOR_SOURCE_DIR "/scenarios/organisations/small.toml"});
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
  const std::string strategy = "[[operation]]\nfrom_day = " + std::to_string(from) +
                               "\nto_day = " + std::to_string(to) + "\nplaces = \"" + places +
                               "\"\nparticipants = \"ALLPOL NORPOL\"\nofficers = 5\n";
  s.strategy.text =
      "[[strategy]]\nfile = \"s.toml\"\ntext = " + sim::literal(std::string_view(strategy)) + "\n";
  Simulation sim(s, test::small_setup(s), 0);
  const sim::Calendar calendar = s.calendar();
  Told told;
  for (std::int32_t day = 0; day < days; ++day) {
    told.digests.push_back(sim.step(day).digest);
    if (calendar.month_of(day) != calendar.month_of(day + 1)) {
      told.months.push_back(*sim.actor_month());
      sim.open_month();
    }
  }
  return told;
}

/// Everybody tells, and is believed.
const std::vector<std::string> certain{
    "cooperation.leaks.chance=1",    "cooperation.leaks.believed=0.9",
    "cooperation.cycle.days=3650",  // plans by themselves do not change
    "trafficking.insider.class_1=1", "trafficking.insider.class_2=1",
    "trafficking.insider.class_3=1", "trafficking.insider.class_4=1",
    "trafficking.insider.class_5=1"};
/// The same insiders, who let pass whom they would have let pass, and tell nobody.
std::vector<std::string> with(std::vector<std::string> set, const std::string& more) {
  set.push_back(more);
  return set;
}

}  // namespace

TEST_CASE("who hides avoids the gateway where an operation is known to be, while it lasts",
          "[simulation][leaks][relation]") {
  const Told silent = run("XAA", with(certain, "cooperation.leaks.chance=0"));
  const Told leaked = run("XAA", certain);
  // Before the operation every bit is as without leaks.
  for (std::int32_t day = 0; day < from; ++day) {
    INFO(day);
    REQUIRE(leaked.digests[static_cast<std::size_t>(day)] ==
            silent.digests[static_cast<std::size_t>(day)]);
  }
  // The first zone's gateways are XAA and XAB: deflection.
  const auto& before = silent.months[1].fighters.gateways;
  const auto& after = leaked.months[1].fighters.gateways;
  CHECK(after[0].attempted < before[0].attempted / 2);
  CHECK(after[1].attempted >= before[1].attempted);
}

TEST_CASE("goods avoid customs where an operation is known to be",
          "[simulation][leaks][relation]") {
  const auto into = [](const Told& t, std::uint16_t country) {
    std::int64_t grams = 0;
    for (const trafficking::FlowRow& f : t.months[1].goods.flows) {
      if (f.destination == country && f.mode != trafficking::CargoMode::air_courier) {
        grams += f.sent;
      }
    }
    return grams;
  };
  // Who is not to stop at customs of Aldora waits, or goes by air couriers.
  const Told silent = run("customs/XAA", with(certain, "cooperation.leaks.chance=0"));
  const Told leaked = run("customs/XAA", certain);
  CHECK(into(leaked, 0) < into(silent, 0));
}

TEST_CASE("without leaks, without insiders, or when nobody believes them, every bit stays",
          "[simulation][leaks][exact]") {
  const std::vector<std::string> nothing{};
  const std::vector<std::string> honest{
      "trafficking.insider.class_1=0", "trafficking.insider.class_2=0",
      "trafficking.insider.class_3=0", "trafficking.insider.class_4=0",
      "trafficking.insider.class_5=0"};
  CHECK(run("XAA", with(honest, "cooperation.leaks.chance=1"), 45).digests ==
        run("XAA", honest, 45).digests);
  CHECK(run("XAA",
            with(with(nothing, "cooperation.leaks.chance=1"), "cooperation.leaks.believed=0"), 45)
            .digests == run("XAA", nothing, 45).digests);
}
