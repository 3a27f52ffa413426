// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/planning_rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/simulation/recorder.hpp"
#include "models/simulation/summary.hpp"
#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

/// Short cycles, and insiders who tell of every plan.
scenario::Scenario with_organisations(bool any) {
  std::vector<std::string> set{"run.days=45", "cooperation.cycle.days=14",
                               "cooperation.leaks.chance=1"};
  for (const char* of_class : {"1", "2", "3", "4", "5"})
    set.push_back(std::string("trafficking.insider.class_") + of_class + "=1");
  if (any)
    set.emplace_back("cooperation.file=" CORRIDOR_SOURCE_DIR "/scenarios/organisations/small.toml");
  return corridor::test::small_scenario(set);
}

CooperationSummary told(const scenario::Scenario& s) {
  const simulation::test::Scratch scratch;
  const Setup& setup = corridor::test::small_setup(s);
  {
    ResultFile file = ResultFile::create(scratch / "run.h5", run_shape(s, setup, nullptr),
                                         provenance_of(s, setup, "corridor run"), false);
    (void)record(
        s, setup, file, [](const auto&) {}, [] { return false; }, nullptr);
  }
  return summarise_cooperation(ResultReader(scratch / "run.h5"));
}

}  // namespace

TEST_CASE("what a result tells of organisations is what they did, month by month",
          "[cooperation][summary][exact]") {
  const scenario::Scenario s = with_organisations(true);
  const CooperationSummary summary = told(s);
  Simulation simulation(s, corridor::test::small_setup(s), 0);
  double officer_days = 0, cycles = 0, betrayed = 0;
  for (std::int32_t day = 0; day < 45; ++day) {
    simulation.step(day);
    if (day != 30 && day != 44) continue;  // January ends, the run ends
    for (const cooperation::PlannerFigures& f : simulation.planner_month()) {
      officer_days += static_cast<double>(f.sums.officer_days) / 1000;
      cycles += static_cast<double>(f.sums.cycles);
      betrayed += static_cast<double>(f.sums.betrayed);
    }
    simulation.open_month();
  }
  const auto total = [&](std::string_view name) {
    const auto at = std::find(summary.measures.begin(), summary.measures.end(), name);
    REQUIRE(at != summary.measures.end());
    return summary.total(static_cast<std::size_t>(at - summary.measures.begin()));
  };
  CHECK(officer_days > 0);
  CHECK(total("officer-days") == Approx(officer_days).epsilon(1e-12));
  CHECK(total("cycles") == cycles);
  CHECK(betrayed > 0);
  CHECK(total("plans and operations betrayed") == betrayed);
  CHECK(cooperation_json(summary)["organisations"].size() == summary.planners.size());
}

TEST_CASE("without a file of organisations a result tells of none",
          "[cooperation][summary][exact]") {
  const CooperationSummary none = told(with_organisations(false));
  CHECK(none.planners.empty());
  CHECK(cooperation_text(none).empty());
}
