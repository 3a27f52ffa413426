// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_network.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor;
using namespace corridor::trafficking;

namespace {

DockingParams variant(const char* network) {
  DockingParams p;
  p.network = network;
  return p;
}

}  // namespace

TEST_CASE("both networks have the published counts, lead downstream and stay in one organisation",
          "[trafficking][docking][exact]") {
  for (const char* network : {"near", "far"})
    for (std::uint32_t replicate = 0; replicate < 5; ++replicate) {
      CAPTURE(network, replicate);
      const DockingNetwork n = docking_network(variant(network), {1, replicate});
      REQUIRE(n.nodes.size() == docking_nodes);
      CHECK(n.edges.size() == docking_edges);
      std::array<int, docking_regions.size()> count{};
      for (const DockingNode& node : n.nodes) ++count[node.region];
      for (std::size_t r = 0; r < count.size(); ++r) CHECK(count[r] == docking_regions[r].nodes);
      CHECK(n.nodes.front().region == 0);
      CHECK(docking_regions[n.nodes.back().region].name == "Mexico");
      std::vector<std::uint8_t> leads_on(n.nodes.size(), 0);
      for (std::size_t e = 0; e < n.edges.size(); ++e) {
        const DockingEdge& edge = n.edges[e];
        leads_on[edge.from] = 1;
        bool good = edge.from < edge.to && edge.km > 0 && edge.cost > 0 && edge.initial_p >= 0 &&
                    edge.initial_p <= 1;
        if (e > 0)  // no edge twice
          good = good && (n.edges[e - 1].from < edge.from || n.edges[e - 1].to < edge.to);
        if (edge.from != 0 && edge.to != n.market())
          good = good && n.nodes[edge.from].organisation == n.nodes[edge.to].organisation;
        CHECK(good);
      }
      for (std::uint32_t node = 0; node < n.market(); ++node) CHECK(leads_on[node] == 1);
      CHECK(docking_cut(n).flows);
    }
}

TEST_CASE("about 97 of 161 nodes belong to the organisation of the Pacific side",
          "[trafficking][docking][statistical]") {
  // v < 3/7 with v = 2 u^(2/3) - 1 has chance (5/7)^1.5 = 0.604; regions off the coasts are fixed.
  // Over 30 networks of 157 drawn nodes the mean's standard deviation is
  // sqrt(157 * 0.604 * 0.396 / 30) = 1.12; four of it and the 2 fixed nodes: 96.8 +- 4.5.
  double sum = 0;
  for (std::uint32_t r = 0; r < 30; ++r)
    for (const DockingNode& node : docking_network(variant("far"), {7, r}).nodes)
      sum += node.organisation == 0 ? 1 : 0;
  CHECK(std::abs(sum / 30 - 96.8) < 4.5);
}

TEST_CASE("the variants differ in their edges alone, and neither depends on capacity or choice",
          "[trafficking][docking][relation]") {
  DockingParams other = variant("near");
  other.capacity = 25;
  other.choice = "logit";
  const DockingNetwork near = docking_network(variant("near"), {3, 2}),
                       far = docking_network(variant("far"), {3, 2}),
                       again = docking_network(other, {3, 2}),
                       next = docking_network(variant("near"), {3, 3});
  bool same_places = true, same_edges = true, moved = false;
  for (std::size_t i = 0; i < near.nodes.size(); ++i) {
    same_places = same_places && near.nodes[i].lat == far.nodes[i].lat;
    moved = moved || near.nodes[i].lat != next.nodes[i].lat;
  }
  for (std::size_t e = 0; e < near.edges.size(); ++e)
    same_edges = same_edges && near.edges[e].to == again.edges[e].to;
  CHECK(same_places);
  CHECK(same_edges);
  CHECK(moved);
  CHECK(far.first[1] == 161);  // a first leg to every transit node
  CHECK(near.first[1] < 80);
  for (std::uint32_t e = 0; e < near.first[1]; ++e) CHECK(near.edges[e].km <= 800);
}

TEST_CASE("prices are means over senders, and the market's the highest that is offered",
          "[trafficking][docking][exact]") {
  DockingNetwork n;
  n.nodes.resize(4);
  n.edges = {{2, 3, 100, 1, 1, 0},
             {0, 1, 100, 1, 1, 0},
             {1, 2, 200, 1, 1, 0},
             {0, 2, 400, 1, 1, 0},
             {1, 3, 500, 1, 1, 0}};
  finish(n, 1000, 2);
  CHECK(n.price[1] == 1200);
  CHECK(n.price[2] == (1600 + 1800) / 2.0);
  CHECK(n.price[3] == 2200);  // 1700 + 200 against 1200 + 1000
  CHECK(n.first == std::vector<std::uint32_t>{0, 2, 4, 5, 5});
}

TEST_CASE("a network in which nothing can flow names the cut", "[trafficking][docking][exact]") {
  DockingParams p = variant("near");
  p.closed_regions = "Mexico";
  const DockingCut cut = docking_cut(docking_network(p, {1, 0}));
  CHECK(!cut.flows);
  CHECK(cut.edges == 35);
  CHECK(cut.text == "Honduras to Mexico (7), El Salvador to Mexico (2), Guatemala to Mexico (26)");
  p.closed_regions = "El Salvador, Caribbean";  // there are ways round
  CHECK(docking_cut(docking_network(p, {1, 0})).flows);
  p.closed_regions.clear();
  p.primary_reach_km = 0;
  const DockingCut none = docking_cut(docking_network(p, {1, 0}));
  CHECK(!none.flows);
  CHECK(none.edges == 0);
}
