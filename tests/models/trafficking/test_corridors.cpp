// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/corridors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;
using test::archipelago;

namespace {

std::uint16_t at(const char* iso3) {
  return static_cast<std::uint16_t>(archipelago().find_country(iso3));
}

Searcher searcher() {
  Searcher who;
  who.margin_usd_kg = 20'000;
  who.prior_risk = 0.1;
  who.need_kg = 10;
  return who;
}

}  // namespace

TEST_CASE("a corridor is a chain from a start to the market within the legs allowed",
          "[trafficking][corridors][property]") {
  TraffickingParams p;
  for (const std::int64_t legs : {1, 2, 4}) {
    p.most_legs = legs;
    const CargoGraph graph(archipelago(), p);
    for (std::uint16_t search = 0; search < 20; ++search) {
      CorridorSearch finder(graph, p, searcher(), {}, {1, 0}, 5, search);
      const std::vector<std::uint16_t> from{at("XAF")};
      finder.run(from);
      for (const char* to : {"XAA", "XAB", "XAD"}) {
        const auto chain = finder.corridor(at(to));
        REQUIRE(!chain.empty());
        CHECK(static_cast<std::int64_t>(chain.size()) <= legs);
        CHECK(graph.edges()[chain.front()].destination == at(to));
        CHECK(graph.edges()[chain.back()].origin == at("XAF"));
        for (std::size_t i = 1; i < chain.size(); ++i)
          CHECK(graph.edges()[chain[i]].destination == graph.edges()[chain[i - 1]].origin);
      }
    }
  }
}

TEST_CASE("without exploration every search finds the same, with it they differ",
          "[trafficking][corridors][relation]") {
  TraffickingParams p;
  const std::vector<std::uint16_t> from{at("XAF")};
  for (const double exploration : {0.0, 1.0}) {
    p.exploration = exploration;
    const CargoGraph graph(archipelago(), p);
    std::set<std::vector<std::uint32_t>> found;
    for (std::uint16_t search = 0; search < 30; ++search) {
      CorridorSearch finder(graph, p, searcher(), {}, {1, 0}, 5, search);
      finder.run(from);
      found.insert(finder.corridor(at("XAA")));
    }
    if (exploration == 0) CHECK(found.size() == 1);
    if (exploration > 0) CHECK(found.size() > 3);
  }
}

TEST_CASE("an edge that is known to be dangerous is avoided",
          "[trafficking][corridors][relation]") {
  TraffickingParams p;
  p.exploration = 0;
  const CargoGraph graph(archipelago(), p);
  const std::vector<std::uint16_t> from{at("XAF")};
  CorridorSearch naive(graph, p, searcher(), {}, {1, 0}, 0, 0);
  naive.run(from);
  const auto first = naive.corridor(at("XAA"));
  std::vector<RouteRow> known;
  for (const std::uint32_t edge : first) {
    RouteRow row;
    row.edge = edge;
    row.risk = 0.95;
    known.push_back(row);
  }
  std::sort(known.begin(), known.end(),
            [](const RouteRow& x, const RouteRow& y) { return x.edge < y.edge; });
  CorridorSearch wiser(graph, p, searcher(), known, {1, 0}, 0, 0);
  wiser.run(from);
  CHECK(wiser.corridor(at("XAA")) != first);
}

TEST_CASE("what a market needs rules out the small modes", "[trafficking][corridors][relation]") {
  TraffickingParams p;
  p.exploration = 0;
  p.determinants = 0;
  p.most_legs = 1;
  p.parcel_cost = p.container_cost = 100;
  p.parcel_cost_km = p.container_cost_km = 0;
  p.liner_weight = 0;
  p.parcel_days = 1;
  const CargoGraph graph(archipelago(), p);
  Searcher who = searcher();
  who.need_kg = 1000;
  CorridorSearch much(graph, p, who, {}, {1, 0}, 0, 0);
  const std::vector<std::uint16_t> from{at("XAF")};
  much.run(from);
  CHECK(graph.edges()[much.corridor(at("XAD")).front()].mode == CargoMode::container);
}

TEST_CASE("no chain leads over closed edges", "[trafficking][corridors][relation]") {
  std::vector<EdgeRule> rules;
  for (const char* from : {"XAA", "XAC", "XAD", "XAE", "XAF"}) {
    EdgeRule rule;
    rule.origin = at(from);
    rule.destination = at("XAB");
    rule.closed = true;
    rules.push_back(rule);
  }
  const TraffickingParams p;
  const CargoGraph graph(archipelago(), p, rules);
  CorridorSearch finder(graph, p, searcher(), {}, {1, 0}, 0, 0);
  const std::vector<std::uint16_t> from{at("XAF")};
  finder.run(from);
  CHECK(finder.corridor(at("XAB")).empty());
  CHECK(!finder.corridor(at("XAA")).empty());
}
