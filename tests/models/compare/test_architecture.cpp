// SPDX-License-Identifier: Apache-2.0
// Three continents, one question: scenarios/experiments/architecture.toml and its stored answer.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "models/compare/experiment.hpp"
#include "models/cooperation/pieces.hpp"
#include "models/simulation/sharing.hpp"
#include "models/simulation/simulation.hpp"
#include "models/world/world.hpp"

using namespace corridor;
using namespace corridor::compare;
using cooperation::Subject;
using risk::ListSource;

namespace {

const std::string base_file = CORRIDOR_SOURCE_DIR "/scenarios/three-continents.toml";
const std::vector<std::string> everything_shared{
    "cooperation.hub.share=1", "cooperation.mesh.share=1", "cooperation.bridge.negotiation_days=0",
    "cooperation.records.contributed=1", "cooperation.frontline.share=1"};

scenario::Scenario scenario_with(const std::vector<std::string>& set) {
  std::vector<sim::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return scenario::load_scenario(base_file, overrides);
}

struct Met {
  std::int64_t fighters = 0, gap = 0, alerts = 0;
};
Met met(const std::vector<std::string>& set, std::int32_t days) {
  const scenario::Scenario s = scenario_with(set);
  const simulation::Setup setup = simulation::make_setup(s);
  simulation::Simulation run(s, setup, 0);
  Met m;
  constexpr auto fighter = static_cast<std::size_t>(Subject::fighter);
  for (std::int32_t day = 0; day < days; ++day) {
    const simulation::DayResult result = run.step(day);
    for (std::size_t source = 0; source < result.sharing.met.size(); ++source) {
      const std::int64_t n = result.sharing.met[source][fighter];
      (source == static_cast<std::size_t>(ListSource::none) ? m.gap : m.fighters) += n;
    }
  }
  // Every organisation on every way from the source over Meridia to a market, at every customs.
  const simulation::Sharing sharing(s, setup, {static_cast<std::uint32_t>(s.run.seed), 0});
  const cooperation::Pieces pieces(s.cooperation, sharing.exchange,
                                   {static_cast<std::uint32_t>(s.run.seed), 0});
  const world::World world = world::load_world(s.data_folder);
  const auto country = [&](const char* code) {
    return static_cast<std::uint16_t>(world.find_country(code));
  };
  for (const char* transit : {"XMA", "XMB", "XMC"}) {
    for (const char* market : {"XBA", "XBB", "XBC"}) {
      const std::vector<std::uint16_t> way{country("XSA"), country(transit), country(market)};
      for (std::uint16_t organisation = 0; organisation < 4; ++organisation) {
        for (const std::uint16_t at : way)
          m.alerts += pieces.alert(organisation, way, at, days) > 0 ? 1 : 0;
      }
    }
  }
  return m;
}

}  // namespace

TEST_CASE("of the three continents none alone ever holds enough; all together do",
          "[compare][relation]") {
  constexpr std::int32_t days = 150;
  const Met alone = met({}, days);
  // Fighters whom somebody knows pass posts, and no list there names one of them.
  CHECK(alone.gap > 20);
  CHECK(alone.fighters == 0);
  CHECK(alone.alerts == 0);
  const Met together = met(everything_shared, days);
  CHECK(together.fighters > 20);
  CHECK(together.gap < alone.gap);
  CHECK(together.alerts > 0);
  // With nothing known, sharing everything shows nobody.
  std::vector<std::string> ignorant = everything_shared;
  ignorant.insert(ignorant.end(), {"fighters.records.known=0", "cooperation.pieces.known=0"});
  const Met nothing = met(ignorant, 60);
  CHECK(nothing.fighters == 0);
  CHECK(nothing.alerts == 0);
}

TEST_CASE("the stored answer of the experiment is what its first parameter sets give again",
          "[compare][golden]") {
  std::ifstream file(CORRIDOR_SOURCE_DIR "/results/reference/architecture.json");
  const nlohmann::json stored = nlohmann::json::parse(file);
  Experiment e =
      load_experiment(CORRIDOR_SOURCE_DIR "/scenarios/experiments/architecture.toml", {});
  const nlohmann::json& comparison = stored["comparison"];
  CHECK(stored["experiment"] == e.name);
  CHECK(comparison["days"] == e.base.scenario.run.days);
  CHECK(comparison["replicates"] == e.options.replicates);
  CHECK(comparison["parameter_sets"]["used"] == e.options.parameter_sets);
  e.options.parameter_sets = 2;
  e.options.replicates = 1;
  e.sweeps.clear();
  const Comparison again = compare::compare(e.base, e.alternatives, e.options);
  REQUIRE(comparison["strategies"].size() == again.alternatives.size());
  for (std::size_t a = 0; a < again.alternatives.size(); ++a) {
    const nlohmann::json& of = comparison["strategies"][a];
    CHECK(of["name"] == again.alternatives[a].name);
    CHECK(of["cost_musd"].get<double>() == Approx(comparison["strategies"][0]["cost_musd"]));
    REQUIRE(of["metrics"].size() == again.alternatives[a].metrics.size());
    for (std::size_t m = 0; m < of["metrics"].size(); ++m) {
      const MetricResult& now = again.alternatives[a].metrics[m];
      INFO(again.alternatives[a].name << " " << metrics()[now.metric].name);
      CHECK(of["metrics"][m]["name"] == metrics()[now.metric].name);
      REQUIRE(of["metrics"][m]["difference_by_set"].size() == 200);
      for (std::size_t k = 0; k < now.by_set.size(); ++k)
        CHECK(of["metrics"][m]["difference_by_set"][k].get<double>() == now.by_set[k]);
    }
  }
}
