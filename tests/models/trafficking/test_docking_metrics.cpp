// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_metrics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor;
using namespace corridor::trafficking;

TEST_CASE("churn is one less what two years have in common", "[trafficking][docking][exact]") {
  CHECK(jaccard_distance({1, 1, 0, 0}, {1, 0, 1, 0}) == 1 - 1.0 / 3);
  CHECK(jaccard_distance({1, 0}, {1, 0}) == 0);
  CHECK(jaccard_distance({1, 0}, {0, 1}) == 1);
  CHECK(jaccard_distance({0, 0}, {0, 0}) == 0);
}

TEST_CASE("entropy of equal flows is the logarithm of their number",
          "[trafficking][docking][exact]") {
  CHECK(std::abs(flow_entropy({2, 2, 2, 2, 0}) - std::log(4.0)) < 1e-14);
  CHECK(flow_entropy({5, 0}) == 0);
  CHECK(flow_entropy({0, 0}) == 0);
  CHECK(std::isfinite(flow_entropy({1e300, 5e-324})));
}

TEST_CASE("a region counts as moved when it rises, peaks and falls while another rises",
          "[trafficking][docking][exact]") {
  const std::vector<double> supplied(4, 100);
  CHECK(regions_moved({{10, 0}, {90, 10}, {60, 40}, {30, 70}}, supplied) == 1);
  CHECK(regions_moved({{10, 10}, {90, 80}, {60, 40}, {30, 9}}, supplied) ==
        0);  // nobody else rises
  CHECK(regions_moved({{60, 0}, {90, 10}, {60, 40}, {30, 70}}, supplied) == 0);    // it was there
  CHECK(regions_moved({{10, 0}, {90, 10}, {60, 40}, {50, 70}}, supplied) == 0);    // it stays
  CHECK(regions_moved({{90, 0}, {60, 10}, {40, 40}, {30, 70}}, supplied) == 0);    // from the start
  CHECK(regions_moved({{10, 0}, {30, 10}, {60, 40}, {90, 70}}, supplied) == 0);    // to the end
  CHECK(regions_moved({{0, 0}, {0.9, 10}, {0.6, 40}, {0.3, 70}}, supplied) == 0);  // too small
  CHECK(regions_moved({}, {}) == 0);
}

TEST_CASE("a run's measures are those of its months", "[trafficking][docking][exact]") {
  DockingParams p;
  p.months = 36;
  const sim::RunKey key{1, 4};
  const DockingMetrics whole = run_docking(p, key);
  DockingModel model(p, docking_network(p, key), key);
  double supplied = 0, delivered = 0, last_supplied = 0, last_delivered = 0;
  for (int t = 0; t < 36; ++t) {
    const DockingMonth m = model.step();
    supplied += m.supplied;
    delivered += m.delivered;
    last_supplied += t >= 24 ? m.supplied : 0;
    last_delivered += t >= 24 ? m.delivered : 0;
  }
  CHECK(whole.supplied_kg == supplied);
  CHECK(whole.delivered_kg == delivered);
  CHECK(whole.last_share == last_delivered / last_supplied);
  CHECK(std::abs(supplied - whole.delivered_kg - whole.seized_kg - model.held_kg()) <
        1e-9 * supplied);
  CHECK((whole.active_nodes > 0 && whole.active_nodes < 161));
}
