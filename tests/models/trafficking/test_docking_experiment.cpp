// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_experiment.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor;
using namespace corridor::trafficking;

namespace {

/// Six replicates at five capacities.
DockingSeries series_of(const char* network, bool adaptation) {
  DockingParams p;
  p.network = network;
  p.traffickers_adapt = p.police_learn = adaptation;
  const auto levels = levels_of(p);
  DockingSeries s{network, p.choice, adaptation, {}};
  for (std::size_t l = 0; l < docking_levels; ++l) {
    p.capacity = levels[l];
    for (std::uint32_t r = 0; r < 6; ++r) s.runs[l].push_back(run_docking(p, {1, r}));
  }
  return s;
}

Finding found(const char* key, const DockingSeries& s) {
  for (const DockingClaim& claim : docking_claims)
    if (claim.key == key) return judge(claim, s, levels_of({})).finding;
  throw std::out_of_range(key);
}

}  // namespace

TEST_CASE("the quantile of Student's t is that of tables", "[trafficking][docking][exact]") {
  CHECK(std::abs(t_975(1) - 12.7062) < 5e-5);
  CHECK(std::abs(t_975(2) - 4.30265) < 5e-6);
  CHECK(std::abs(t_975(4) / 2.776445 - 1) < 2e-3);
  CHECK(std::abs(t_975(5) / 2.570582 - 1) < 1e-3);
  CHECK(std::abs(t_975(9) - 2.262157) < 1e-4);
  CHECK(std::abs(t_975(29) - 2.045230) < 1e-6);
}

TEST_CASE("intervals and slopes are the textbook's", "[trafficking][docking][exact]") {
  const DockingInterval i = interval_of(std::array{1.0, 3.0});
  CHECK(i.mean == 2);
  CHECK(std::abs(i.upper - 2 - 12.706204736432095) < 1e-12);
  CHECK(std::abs(i.lower - 2 + 12.706204736432095) < 1e-12);
  CHECK(slope(std::array{1.0, 2.0, 3.0}, std::array{5.0, 7.0, 9.0}) == 2);
  CHECK(slope(std::array{1.0, 2.0, 3.0}, std::array{1.0, 0.0, 1.0}) == 0);
  DockingParams p;
  CHECK(levels_of(p) == std::array<double, 5>{25, 50, 75, 100, 125});
  p.lowest_capacity = 1;
  p.highest_capacity = 6;
  CHECK(levels_of(p) == std::array<double, 5>{1, 2, 4, 5, 6});
}

TEST_CASE("a finding is judged by its whole interval", "[trafficking][docking][exact]") {
  const DockingClaim grows{"", "", &DockingMetrics::entropy, 1},
      falls{"", "", &DockingMetrics::entropy, -1}, there{"", "", &DockingMetrics::entropy, 0};
  const std::array<double, docking_levels> levels{0, 100, 200, 300, 400};
  DockingSeries up, mixed;
  for (std::size_t l = 0; l < docking_levels; ++l)
    for (const double r : {1.0, 1.1, 0.9}) {
      DockingMetrics m;
      m.entropy = r * static_cast<double>(l);
      up.runs[l].push_back(m);
      m.entropy = (r - 1) * static_cast<double>(l);
      mixed.runs[l].push_back(m);
    }
  CHECK(judge(grows, up, levels).finding == Finding::appears);
  CHECK(judge(falls, up, levels).finding == Finding::absent);
  CHECK(judge(there, up, levels).finding == Finding::appears);
  CHECK(std::abs(judge(grows, up, levels).interval.mean - 1) < 1e-12);
  CHECK(judge(grows, mixed, levels).finding == Finding::open);
  CHECK(judge(falls, mixed, levels).finding == Finding::open);
}

TEST_CASE(
    "R2: footprint, dispersion and seizures grow with interdiction, and delivery goes on; "
    "without adaptation neither footprint nor dispersion grow",
    "[trafficking][docking][statistical]") {
  // Over the 30 replicates of docs/odd/trafficking-docking.md a slope's mean lies 7 (dispersion,
  // far) to 30 (seizures, near) standard errors from 0, so with six replicates, whose standard
  // error is sqrt(5) times as large, 3 to 13 of them; the 95 % interval of six is 2.57 standard
  // errors to each side. Runs are fixed, so there is no chance of a false alarm.
  for (const char* network : {"near", "far"}) {
    CAPTURE(network);
    const DockingSeries on = series_of(network, true), off = series_of(network, false);
    CHECK(found("footprint", on) == Finding::appears);
    CHECK(found("dispersion", on) == Finding::appears);
    CHECK(found("seizures", on) == Finding::appears);
    CHECK(found("delivery", on) == Finding::appears);
    CHECK(found("displacement", on) == Finding::appears);
    CHECK(found("footprint", off) != Finding::appears);
    CHECK(found("dispersion", off) != Finding::appears);
    CHECK(found("displacement", off) == Finding::absent);
    for (std::size_t l = 0; l < docking_levels; ++l)
      for (const DockingMetrics& m : off.runs[l]) CHECK(m.moved_regions == 0);
  }
}

TEST_CASE("an experiment has all settings, does not depend on threads, and can be stopped",
          "[trafficking][docking][exact]") {
  DockingParams p;
  p.months = 24;
  p.replicates = 2;
  std::int64_t shown = 0;
  const DockingExperiment one =
      run_docking_experiment(p, 1, {[&](std::int64_t done, std::int64_t) { shown += done; }, {}});
  const DockingExperiment two = run_docking_experiment(p, 2, {});
  CHECK(shown == 3);
  REQUIRE(one.series.size() == 8);
  for (std::size_t s = 0; s < one.series.size(); ++s)
    for (std::size_t l = 0; l < docking_levels; ++l)
      for (std::size_t r = 0; r < 2; ++r)
        for (const DockingMeasure& m : docking_measures)
          CHECK(one.series[s].runs[l][r].*(m.field) == two.series[s].runs[l][r].*(m.field));
  CHECK(run_docking_experiment(p, 1, {{}, [] { return true; }}).series.empty());
}
