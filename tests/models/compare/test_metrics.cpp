// SPDX-License-Identifier: Apache-2.0
#include "models/compare/metrics.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <set>

#include "models/compare/world_run.hpp"
#include "models/scenario/levers.hpp"
#include "models/simulation/recorder.hpp"
#include "models/simulation/summary.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;

TEST_CASE("metrics have names of their own, units and meanings", "[compare][exact]") {
  std::set<std::string_view> names;
  for (const Metric& m : metrics()) {
    INFO(m.name);
    CHECK(names.insert(m.name).second);
    CHECK_FALSE(m.unit.empty());
    CHECK_FALSE(m.meaning.empty());
  }
  CHECK(metric_index("nothing") == metrics().size());
}

TEST_CASE("protection is no gain in any metric, by whatever source it came", "[compare][exact]") {
  // More of it, and of nothing else that a post does: no metric that has a better side improves.
  Totals before, after;
  before.counts.threats_inspected.fill(100);
  before.counts.threats_found.fill(10);
  for (auto& of_source : before.counts.outcomes) of_source.fill(20);
  before.people = true;
  before.fighters.assign(fighters::n_counts, 30);
  after = before;
  for (auto& of_source : after.counts.outcomes)
    of_source[static_cast<std::size_t>(control::Outcome::protection)] += 50;
  after.fighters[fighters::at(fighters::Count::protected_)] += 50;
  for (const Metric& m : metrics()) {
    INFO(m.name);
    const double a = m.of(before), b = m.of(after);
    if (std::isnan(a)) continue;
    if (m.better == Better::more) CHECK(b <= a);
    if (m.better == Better::less) CHECK(b >= a);
  }
}

TEST_CASE("months in which nobody has others to be compared with leave a mean as it is",
          "[compare][exact]") {
  Totals totals;
  const auto aims = [&] { return metrics()[metric_index("aims_one_another")].of(totals); };
  cooperation::PlannerFigures with, without;
  with.aims_others = 0.5;
  without.aims_others = std::nan("");
  totals.add(std::vector{without});
  CHECK(std::isnan(aims()));
  totals.add(std::vector{with, without});
  totals.add(std::vector{without});
  CHECK(aims() == 0.5);
}

TEST_CASE("metrics of a run are those of the summary of its result file", "[compare][exact]") {
  std::vector<sim::Override> overrides{sim::parse_set("run.days=45"),
                                       sim::parse_set("run.replicates=1")};
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
  const simulation::Setup& setup = test::small_setup(s);
  const auto file = std::filesystem::temp_directory_path() / "corridor_metrics.h5";
  std::filesystem::remove(file);
  const auto actors = simulation::read_actors(s);
  {
    simulation::ResultFile result =
        simulation::ResultFile::create(file, simulation::run_shape(s, setup, actors.get()),
                                       simulation::provenance_of(s, setup, "corridor run"), true);
    (void)simulation::record(
        s, setup, result, [](const auto&) {}, [] { return false; }, actors);
  }
  const simulation::Summary summary = simulation::summarise(simulation::ResultReader(file));
  std::filesystem::remove(file);
  const WorldRun run = run_world(s, setup, 0);
  const auto of = [&](std::string_view name) { return run.values[metric_index(name)]; };
  const auto in = [](const std::vector<simulation::NamedValue>& values, std::string_view name) {
    for (const auto& v : values) {
      if (v.name == name) return v.value;
    }
    return std::nan("");
  };
  CHECK(of("crossings") == in(summary.totals, "primary_persons"));
  CHECK(of("overflow") == in(summary.totals, "overflow_persons"));
  CHECK(of("candidates") == in(summary.totals, "candidates"));
  CHECK(of("reviewed") == in(summary.totals, "reviewed"));
  CHECK(of("list_hits") == in(summary.totals, "list_hits"));
  CHECK(of("trips_refused") == in(summary.totals, "trips_refused"));
  CHECK(of("found_documents") == in(summary.threats_found, "documents"));
  CHECK(of("found_fighters") == in(summary.threats_found, "fighter"));
  CHECK(of("wrongly_stopped") == in(summary.threats_found, "none"));
  CHECK(of("wait_mean_s") == Approx(summary.crossings.wait_mean_s).epsilon(1e-12));
  CHECK(of("wait_p95_s") == Approx(summary.crossings.wait_p95_s).epsilon(1e-12));
  double delivered = 0, seized = 0, reported = 0;
  for (const auto& substance : summary.actors.substances) {
    delivered += substance.delivered_kg;
    seized += substance.seized_kg;
    reported += substance.reported_kg;
  }
  CHECK(of("delivered_kg") == Approx(delivered).epsilon(1e-12));
  CHECK(of("seized_kg") == Approx(seized).epsilon(1e-12));
  CHECK(of("reported_kg") == Approx(reported).epsilon(1e-12));
  CHECK(of("cash_usd") == Approx(summary.actors.money.cash).epsilon(1e-12));
  CHECK(of("confiscated_usd") == Approx(summary.actors.money.confiscated).epsilon(1e-12));
  for (const auto& count : summary.actors.fighters) {
    if (count.name == "arrived") CHECK(of("fighters_arrived") == count.value);
    if (count.name == "held") CHECK(of("fighters_held") == count.value);
  }
  for (const auto& measure : summary.actors.customs) {
    if (measure.name == "inspected") CHECK(of("customs_inspected") == measure.value);
    if (measure.name == "illicit seized") CHECK(of("customs_illicit_seized") == measure.value);
  }
}

TEST_CASE("a world without actors has none of their metrics", "[compare][exact]") {
  const scenario::Scenario s = test::small_scenario({"run.days=2"});
  const WorldRun run = run_world(s, test::small_setup(s), 0);
  CHECK(run.digests.size() == 2);
  CHECK(run.values[metric_index("crossings")] > 0);
  for (const char* name : {"fighters_arrived", "delivered_kg", "cash_usd", "customs_inspected"})
    CHECK(std::isnan(run.values[metric_index(name)]));
}
