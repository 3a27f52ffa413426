// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/compare/compare.hpp"
#include "models/scenario/levers.hpp"
#include "models/scenario/strategy.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;
using scenario::Lever;

namespace {

const std::string scenarios = CORRIDOR_SOURCE_DIR "/scenarios/";

const std::string laboratory = scenarios + "laboratory.toml";
constexpr std::int64_t from_day = 30;  // of the strategies' files

std::vector<sim::Override> overrides(const std::vector<std::string>& more = {}) {
  std::vector<sim::Override> all{sim::parse_set("run.cut_days=0")};
  for (const std::string& text : more) all.push_back(sim::parse_set(text));
  return all;
}

World strategy(const World& base, std::string_view lever, const std::vector<sim::Override>& all) {
  return alternative(base, scenarios + "strategies/" + std::string(lever) + ".toml", all);
}

/// Metrics that one lever moves in a world with something else set, but for those of what is held.
std::string moved_by(std::string_view lever, const std::vector<std::string>& more) {
  const auto all = overrides(more);
  const World base = base_world(laboratory, all);
  const Comparison c = compare::compare(base, {strategy(base, lever, all)}, {.replicates = 2});
  std::string moved;
  for (const MetricResult& m : c.alternatives.front().metrics) {
    const std::string name(metrics()[m.metric].name);
    const bool only_held = name.starts_with("pooled_");  // what records hold, whoever asks
    if (m.seeds.equal != m.seeds.pairs && !only_held) moved += name + " ";
  }
  return moved;
}

}  // namespace

TEST_CASE("every lever of the catalogue moves its metric, in its direction, by more than chance",
          "[compare][relation]") {
  // The strategy's file of each lever holds it at its catalogue value (next test). Each metric is
  // compared over 6 pairs: without an effect its 95 % interval would lie on the stated side in 1 of
  // 40 cases, and of a lever that does nothing all differences are 0, which never does.
  const auto all = overrides();
  const World base = base_world(laboratory, all);
  std::vector<World> worlds;
  for (const Lever& lever : scenario::levers()) worlds.push_back(strategy(base, lever.id, all));
  const Comparison c = compare::compare(base, worlds, {.replicates = 6});
  REQUIRE(c.alternatives.size() == scenario::levers().size());
  for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
    const Lever& lever = scenario::levers()[i];
    const Paired& p = c.alternatives[i].of(lever.metric).seeds;
    INFO(lever.id << ": " << lever.metric << " " << p.difference.estimate << " ["
                  << p.difference.lower << ", " << p.difference.upper << "]");
    CHECK(c.alternatives[i].first_different_day >= from_day);
    if (lever.direction == scenario::Direction::up) {
      CHECK(p.difference.lower > 0);
    } else {
      CHECK(p.difference.upper < 0);
    }
    // Shared plans end double requests too.
    if (lever.id == "plans")
      CHECK(c.alternatives[i].of("planner_requests_doubled").seeds.difference.upper < 0);
  }
}

TEST_CASE("the strategy of each lever holds it at its catalogue value", "[compare][exact]") {
  for (const Lever& lever : scenario::levers()) {
    INFO(lever.id);
    const std::string file = scenarios + "strategies/" + std::string(lever.id) + ".toml";
    sim::Complaints complaints;
    const scenario::Strategy strategy = scenario::load_strategy(file, complaints);
    complaints.throw_if_any();
    if (lever.path.empty()) {
      REQUIRE(strategy.operations.size() == 1);
      CHECK(static_cast<double>(strategy.operations[0].value.officers) == lever.value);
      continue;
    }
    REQUIRE(strategy.changes.size() == 1);
    CHECK(strategy.changes[0].lever == &lever);
    CHECK(strategy.changes[0].from_day == from_day);
    const auto* whole = std::get_if<std::int64_t>(&strategy.changes[0].value);
    CHECK((whole ? static_cast<double>(*whole) : std::get<double>(strategy.changes[0].value)) ==
          lever.value);
  }
}

TEST_CASE("a lever whose cause is taken away changes nothing", "[compare][relation]") {
  struct Case {
    std::string_view lever;
    std::vector<std::string> without;
  };
  const std::vector<Case> cases{
      // Analysts who join nothing, at whatever number.
      {"analysts", {"cooperation.assistance.analyst_rate=0"}},
      // Biometrics of which posts find nobody.
      {"biometrics", {"risk.lists.biometric_sensitivity=0"}},
      // Corrections where no record is wrong.
      {"corrections", {"cooperation.records.wrong=0"}},
      // Practice that is no better.
      {"frontline-practice", {"cooperation.practice.gain=0"}},
      {"frontline-rules", {"cooperation.practice.rules_gain=0"}},
      // Links that carry nothing.
      {"architecture-hub", {"cooperation.bridge.completeness=0"}},
      {"architecture-mesh", {"cooperation.bridge.completeness=0"}},
      // Answers that change nothing, courts that take all anyway, common targets never arrested.
      {"fiu-links", {"cooperation.finance.link_gain=0"}},
      {"asset-recovery", {"finance.recovery.confirmed=1"}},
      {"common-targets", {"cooperation.finance.arrest_rate=0"}},
  };
  for (const Case& c : cases) {
    INFO(c.lever);
    CHECK(moved_by(c.lever, c.without) == "");
  }
}
