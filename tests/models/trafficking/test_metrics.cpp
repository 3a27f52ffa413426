// SPDX-License-Identifier: Apache-2.0
#include "tests/support/trafficking_metrics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor::trafficking;
using namespace corridor::test;

namespace {
MonthRows flows(std::initializer_list<std::tuple<int, int, int>> rows) {
  MonthRows out;
  for (const auto& [a, b, grams] : rows) {
    FlowRow f;
    f.origin = static_cast<std::uint16_t>(a);
    f.destination = static_cast<std::uint16_t>(b);
    f.sent = grams;
    out.flows.push_back(f);
  }
  return out;
}
}  // namespace

TEST_CASE("a footprint counts nodes and edges and how evenly goods spread",
          "[trafficking][metrics][exact]") {
  const std::vector<MonthRows> months{flows({{0, 1, 60}, {1, 2, 20}}),
                                      flows({{0, 1, 0}, {0, 2, 20}})};
  const Footprint f = footprint(months, 0);
  CHECK(f.nodes == 3);
  CHECK(f.edges == 3);
  CHECK(f.density == Approx(0.5));
  // Entered: 60 % in country 1, 40 % in country 2.
  CHECK(f.entropy == Approx(-0.6 * std::log(0.6) - 0.4 * std::log(0.4)));
  CHECK(footprint(months, 1).nodes == 0);
  CHECK(footprint(months, 0, 30).edges == 1);
}

TEST_CASE("churn and displacement between two periods", "[trafficking][metrics][exact]") {
  const std::vector<MonthRows> one{flows({{0, 1, 80}, {0, 2, 20}})},
      two{flows({{0, 2, 50}, {0, 3, 50}})};
  const Change c = change(footprint(one, 0), footprint(two, 0));
  CHECK(c.jaccard == Approx(1.0 / 3));
  CHECK(c.surviving == 0.5);
  CHECK(c.displacement == Approx(0.8));
  const Change none = change(footprint(one, 0), footprint(one, 0));
  CHECK(none.jaccard == 1);
  CHECK(none.displacement == 0);
}

TEST_CASE("correlation of a line is 1 or -1, of a constant 0", "[trafficking][metrics][exact]") {
  const std::vector<double> x{1, 2, 3, 4}, up{2, 4, 6, 8}, down{3, 2, 1, 0}, flat{1, 1, 1, 1};
  CHECK(correlation(x, up) == Approx(1));
  CHECK(correlation(x, down) == Approx(-1));
  CHECK(correlation(x, flat) == 0);
}
