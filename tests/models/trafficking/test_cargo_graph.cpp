// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/cargo_graph.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;
using test::archipelago;

namespace {
std::size_t at(const char* iso3) { return archipelago().find_country(iso3); }
const CargoEdge& edge(const CargoGraph& graph, const char* a, const char* b, CargoMode mode) {
  return graph.edges().at(graph.find(at(a), at(b), mode));
}
}  // namespace

TEST_CASE("each mode joins the countries that it can", "[trafficking][graph][exact]") {
  const CargoGraph graph(archipelago(), {});
  // Parcels between any two; containers between the five with liner shipping (XAB has no port);
  // land over four borders, both ways.
  std::array<std::size_t, n_cargo_modes> count{};
  for (const CargoEdge& e : graph.edges()) ++count[static_cast<std::size_t>(e.mode)];
  CHECK(count[static_cast<std::size_t>(CargoMode::parcel)] == 6 * 5);
  CHECK(count[static_cast<std::size_t>(CargoMode::container)] == 5 * 4);
  CHECK(count[static_cast<std::size_t>(CargoMode::land)] == 2 * archipelago().borders.size());
  CHECK(count[static_cast<std::size_t>(CargoMode::air_cargo)] ==
        count[static_cast<std::size_t>(CargoMode::air_courier)]);
  CHECK(graph.find(at("XAB"), at("XAA"), CargoMode::container) == world::none);
  CHECK(graph.find(at("XAA"), at("XAD"), CargoMode::land) == world::none);
}

TEST_CASE("air edges are the pairs of countries with a direct leg", "[trafficking][graph][exact]") {
  const CargoGraph graph(archipelago(), {});
  for (const auto& leg : archipelago().air_legs) {
    const auto a = archipelago().airports[leg.origin].country;
    const auto b = archipelago().airports[leg.destination].country;
    if (a != b) CHECK(graph.find(a, b, CargoMode::air_cargo) != world::none);
  }
}

TEST_CASE("cost, time and attraction of an edge follow their formulas",
          "[trafficking][graph][exact]") {
  TraffickingParams p;
  p.land_cost = 100;
  p.land_cost_km = 1000;
  p.land_days = 1;
  p.land_km_day = 100;
  const CargoGraph graph(archipelago(), p);
  const auto& a = archipelago().countries[at("XAA")];
  const auto& b = archipelago().countries[at("XAB")];
  const double km = world::great_circle_km(a.lat, a.lon, b.lat, b.lon);
  const CargoEdge& e = edge(graph, "XAB", "XAA", CargoMode::land);
  CHECK(e.km == km);
  CHECK(e.cost_usd_kg == Approx(100 + km));
  CHECK(e.days == static_cast<int>(std::ceil(1 + km / 100)));
  // A border, a common language and 64,000 migrants.
  const double ties = 0.942 + 0.249 + 0.243 * std::log(1 + 64.0);
  CHECK(e.attraction == Approx(ties).epsilon(1e-12));
  CHECK(e.capacity_kg == Approx(p.land_capacity * std::exp(ties)).epsilon(1e-12));
  CHECK(edge(graph, "XAA", "XAB", CargoMode::land).attraction == e.attraction);
  p.determinants = 0;
  CHECK(edge(CargoGraph(archipelago(), p), "XAB", "XAA", CargoMode::land).attraction == 0);
}

TEST_CASE("containers like well connected countries, and not when their weight is off",
          "[trafficking][graph][exact]") {
  TraffickingParams p;
  p.determinants = 0;
  const CargoGraph graph(archipelago(), p);
  // XAC 120, XAE 12; XAA 80.
  CHECK(edge(graph, "XAC", "XAE", CargoMode::container).attraction ==
        Approx(0.5 * std::log(std::sqrt(120.0 * 12) / 100)));
  CHECK(edge(graph, "XAC", "XAA", CargoMode::container).attraction >
        edge(graph, "XAC", "XAE", CargoMode::container).attraction);
  p.liner_weight = 0;
  CHECK(edge(CargoGraph(archipelago(), p), "XAC", "XAA", CargoMode::container).attraction == 0);
}

TEST_CASE("land within the open-border area is unchecked", "[trafficking][graph][exact]") {
  const CargoGraph graph(archipelago(), {});
  CHECK(edge(graph, "XAA", "XAB", CargoMode::land).unchecked);
  CHECK(!edge(graph, "XAA", "XAC", CargoMode::land).unchecked);
  CHECK(!edge(graph, "XAA", "XAB", CargoMode::parcel).unchecked);
}

TEST_CASE("a closed edge stays in the graph and leads nowhere", "[trafficking][graph][exact]") {
  std::vector<EdgeRule> rules;
  for (const char* from : {"XAA", "XAC", "XAD", "XAE", "XAF"}) {
    EdgeRule rule;
    rule.origin = static_cast<std::uint16_t>(at(from));
    rule.destination = static_cast<std::uint16_t>(at("XAB"));
    rule.closed = true;
    rules.push_back(rule);
  }
  const CargoGraph open(archipelago(), {}), graph(archipelago(), {}, rules);
  CHECK(graph.edges().size() == open.edges().size());
  const std::vector<std::uint16_t> from{static_cast<std::uint16_t>(at("XAF"))};
  CHECK(open.reachable(from, 1)[at("XAB")] == 1);
  CHECK(graph.reachable(from, 6)[at("XAB")] == 0);
  CHECK(graph.reachable(from, 1)[at("XAD")] == 1);
}
