// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <catch2/catch.hpp>

#include "models/compare/compare.hpp"
#include "models/scenario/levers.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;
using scenario::Lever;

namespace {

/// The invented world with more wanted people than it usually has, and links that open at once.
const std::vector<std::string> setting{
    "run.days=45",
    "run.cut_days=0",
    "risk.planted.wanted=0.0003",
    "cooperation.bridge.negotiation_days=0",
};

/// Levers whose mechanism exists.
constexpr std::array acting{"frontline-i247", "architecture-hub", "architecture-mesh", "records",
                            "joint-posts"};

std::vector<sim::Override> overrides(const Lever* pulled) {
  std::vector<sim::Override> all;
  for (const std::string& text : setting) all.push_back(sim::parse_set(text));
  if (pulled != nullptr)
    all.push_back(sim::parse_set(std::string(pulled->path) + "=" + sim::literal(pulled->value)));
  return all;
}

}  // namespace

TEST_CASE("a lever that acts moves its metric, in its direction, by more than chance",
          "[compare][relation]") {
  // The metric of each is compared over 6 pairs; without an effect its 95 % interval lies on the
  // stated side in 1 of 40 cases. At its neutral value each leaves every bit as it is
  // (test_strategy_run.cpp).
  const World base =
      base_world(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides(nullptr));
  std::vector<World> worlds;
  std::vector<const Lever*> pulled;
  for (const char* id : acting) {
    pulled.push_back(scenario::find_lever(id));
    REQUIRE(pulled.back() != nullptr);
    worlds.push_back(
        base_world(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides(pulled.back())));
  }
  const Comparison c = compare::compare(base, worlds, {.replicates = 6});
  for (std::size_t i = 0; i < pulled.size(); ++i) {
    INFO(pulled[i]->id);
    const Paired& p = c.alternatives[i].of(pulled[i]->metric).seeds;
    INFO(p.difference.estimate << " [" << p.difference.lower << ", " << p.difference.upper << "]");
    if (pulled[i]->direction == scenario::Direction::up) {
      CHECK(p.difference.lower > 0);
    } else {
      CHECK(p.difference.upper < 0);
    }
  }
}
