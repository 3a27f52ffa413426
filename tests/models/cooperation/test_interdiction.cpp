// SPDX-License-Identifier: Apache-2.0
// Network interdiction: cases G1 to G7.
#include "models/cooperation/interdiction.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace corridor::cooperation;

namespace {

// Nodes s a b c d t.
constexpr std::size_t s = 0, a = 1, b = 2, c = 3, d = 4, t = 5;

Network capacities() {
  return {6,
          s,
          t,
          {{s, a, 10},
           {s, b, 8},
           {a, b, 2},
           {a, c, 7},
           {b, c, 3},
           {b, d, 6},
           {c, d, 1},
           {c, t, 8},
           {d, t, 7}}};
}
constexpr std::size_t sa = 0, sb = 1, ct = 7, dt = 8;

Network lengths() {
  return {6,
          s,
          t,
          {{s, a, 2},
           {s, b, 4},
           {a, b, 1},
           {a, c, 7},
           {b, c, 3},
           {b, d, 6},
           {c, t, 2},
           {d, t, 1},
           {c, d, 1}}};
}

}  // namespace

TEST_CASE("G1: the most that flows is what the smallest cut lets through", "[cooperation][exact]") {
  const Flow flow = max_flow(capacities());
  CHECK(flow.value == 15);
  CHECK(flow.cut == ArcSet{ct, dt});
}

TEST_CASE("G2: removing arcs leaves 15, 7 and 0, by these sets alone", "[cooperation][exact]") {
  CHECK(least_flow(capacities(), 0).value == 15);
  const Interdicted one = least_flow(capacities(), 1);
  CHECK(one.value == 7);
  CHECK(one.sets == std::vector<ArcSet>{{ct}});
  const Interdicted two = least_flow(capacities(), 2);
  CHECK(two.value == 0);
  CHECK(two.sets == std::vector<ArcSet>{{sa, sb}, {ct, dt}});
}

TEST_CASE("G3: lengthening arcs makes the shortest way 10, 13 and 15; greedy would stop at 11",
          "[cooperation][exact]") {
  constexpr std::size_t bc = 4, ct3 = 6, dt3 = 7;
  CHECK(shortest_way(lengths()) == 8);
  const Interdicted one = longest_way(lengths(), 5, 1);
  CHECK(one.value == 10);
  CHECK(one.sets == std::vector<ArcSet>{{bc}});
  const Interdicted two = longest_way(lengths(), 5, 2);
  CHECK(two.value == 13);
  CHECK(two.sets == std::vector<ArcSet>{{sa, sb}, {ct3, dt3}});
  CHECK(longest_way(lengths(), 5, 3).value == 15);
  // The best arc first, then the best beside it.
  Network greedy = lengths();
  greedy.arcs[bc].value += 5;
  CHECK(longest_way(greedy, 5, 1).value == 11);
}

TEST_CASE("G4: one inspector against an evader who knows the odds", "[cooperation][exact]") {
  // Nodes s a b t.
  const Network chances{
      4, 0, 3, {{0, 1, 0.5}, {0, 2, 0.25}, {1, 3, 0.2}, {2, 3, 0.5}, {1, 2, 0.4}}};
  const InspectionGame game = inspection_game(chances);
  CHECK(game.value == Approx(0.25).epsilon(1e-12));
  CHECK(game.inspection[0] == Approx(0.5).epsilon(1e-12));
  CHECK(game.inspection[3] == Approx(0.5).epsilon(1e-12));
  for (const std::size_t k : {1U, 2U, 4U}) CHECK(game.inspection[k] == 0);
  // Every way then meets the inspector with the value at least.
  for (const ArcSet& way : {ArcSet{0, 2}, ArcSet{1, 3}, ArcSet{0, 4, 3}}) {
    double found = 0;
    for (const std::size_t k : way) found += game.inspection[k] * chances.arcs[k].value;
    CHECK(found >= game.value - 1e-12);
  }
}

TEST_CASE("G5: the surest way, and the plateau behind which more inspection does nothing",
          "[cooperation][exact]") {
  // Nodes s a b t; arcs s-a a-t s-b b-t s-t.
  const Network pass{4, 0, 3, {{0, 1, 0.9}, {1, 3, 0.9}, {0, 2, 0.8}, {2, 3, 0.95}, {0, 3, 0.6}}};
  CHECK(surest_way(pass) == Approx(0.81).epsilon(1e-12));
  const Interdicted one = least_sure(pass, 0.5, 1);
  CHECK(one.value == Approx(0.76).epsilon(1e-12));
  CHECK(one.sets == std::vector<ArcSet>{{0}, {1}});
  const Interdicted two = least_sure(pass, 0.5, 2);
  CHECK(two.value == Approx(0.6).epsilon(1e-12));
  CHECK(std::ranges::find(two.sets, ArcSet{1, 3}) != two.sets.end());
  // Two more on the same two ways: nothing, until s-t is covered too.
  Network more = pass;
  for (const std::size_t k : {0U, 1U, 2U, 3U}) more.arcs[k].value /= 2;
  CHECK(surest_way(more) == Approx(0.6).epsilon(1e-12));
  more.arcs[4].value /= 2;
  CHECK(surest_way(more) < 0.6);
}

TEST_CASE("G6: effort is spread like water until one unit more saves the same everywhere",
          "[cooperation][exact]") {
  const std::vector<double> weights{10, 5, 2, 1};
  const Effort e = spread_effort(weights, 1, 3);
  CHECK(e.margin == Approx(1.7075451063).epsilon(1e-9));
  // The case's ninth digit of the third is rounded the other way: ln(2 / m) is 0.15809045190.
  const std::vector<double> x{1.7675283649, 1.0743811843, 0.1580904508, 0};
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(e.at[i] == Approx(x[i]).margin(2e-9));
  CHECK(e.left == Approx(6.1226353188).epsilon(1e-9));
}

TEST_CASE("G7: an arc more never lowers the flow, a larger budget never helps the evader",
          "[cooperation][property]") {
  rc::check([] {
    Network network{5, 0, 4, {}};
    const auto n = *rc::gen::inRange<std::size_t>(1, 9);
    for (std::size_t k = 0; k < n; ++k) {
      const auto from = *rc::gen::inRange<std::size_t>(0, 5);
      const auto to = *rc::gen::inRange<std::size_t>(0, 5);
      network.arcs.push_back({from, to, 1.0 * *rc::gen::inRange(0, 10)});
    }
    Network fewer = network;
    fewer.arcs.pop_back();
    RC_ASSERT(max_flow(fewer).value <= max_flow(network).value);
    RC_ASSERT(shortest_way(fewer) >= shortest_way(network));
    for (std::size_t budget = 0; budget < 3; ++budget) {
      RC_ASSERT(least_flow(network, budget + 1).value <= least_flow(network, budget).value);
      RC_ASSERT(longest_way(network, 3, budget + 1).value >= longest_way(network, 3, budget).value);
    }
    // The cut holds back exactly what flows.
    const Flow flow = max_flow(network);
    double through = 0;
    for (const std::size_t k : flow.cut) through += network.arcs[k].value;
    RC_ASSERT(through == flow.value);
  });
}

TEST_CASE("effort that is spread is no worse than effort that is moved",
          "[cooperation][property]") {
  rc::check([] {
    std::vector<double> weights;
    const auto n = *rc::gen::inRange<std::size_t>(2, 6);
    for (std::size_t i = 0; i < n; ++i) weights.push_back(1.0 * *rc::gen::inRange(1, 50));
    const double total = *rc::gen::inRange(0, 80) / 10.0;
    const Effort e = spread_effort(weights, 0.7, total);
    double sum = 0;
    for (const double x : e.at) sum += x;
    RC_ASSERT(std::abs(sum - total) < 1e-9);
    const auto left_of = [&](const std::vector<double>& at) {
      double left = 0;
      for (std::size_t i = 0; i < n; ++i) left += weights[i] * std::exp(-0.7 * at[i]);
      return left;
    };
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        std::vector<double> moved = e.at;
        const double step = std::min(0.1, moved[i]);
        moved[i] -= step;
        moved[j] += step;
        RC_ASSERT(left_of(moved) >= e.left - 1e-9);
      }
    }
  });
}

TEST_CASE("a network that cannot be is refused", "[cooperation][exact]") {
  CHECK_THROWS_WITH(max_flow({2, 0, 0, {}}), "network: source and sink are two of its nodes");
  CHECK_THROWS_WITH(max_flow({2, 0, 1, {{0, 2, 1}}}), "network: an arc cannot be");
  CHECK_THROWS_WITH(max_flow({2, 0, 1, {{0, 1, std::nan("")}}}), "network: an arc cannot be");
  CHECK_THROWS_WITH(inspection_game({2, 0, 1, {{0, 1, 0}}}),
                    "network: a chance to find is above 0 and at most 1");
  CHECK(shortest_way({2, 0, 1, {}}) == std::numeric_limits<double>::infinity());
  CHECK(inspection_game({3, 0, 2, {{0, 1, 0.5}}}).value == 0);
}
