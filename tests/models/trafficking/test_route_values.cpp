// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/route_values.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;
using test::archipelago;

namespace {

std::uint16_t at(const char* iso3) {
  return static_cast<std::uint16_t>(archipelago().find_country(iso3));
}

/// Land from XAB to XAA and to XAC, and from XAC to XAA; sold in XAA at 20,000 USD/kg.
struct Triangle {
  TraffickingParams params;
  Organisation who;
  std::vector<RouteRow> routes;
  std::vector<double> prices = std::vector<double>(6, 0);
  CargoGraph graph = make();

  CargoGraph make() {
    params.determinants = 0;
    params.land_cost = 100;
    params.land_cost_km = 0;
    CargoGraph out(archipelago(), params);
    for (const auto& [a, b] : {std::pair{"XAB", "XAA"}, {"XAB", "XAC"}, {"XAC", "XAA"}}) {
      RouteRow row;
      row.edge = out.find(at(a), at(b), CargoMode::land);
      row.active = 1;
      row.risk = 0.2;
      routes.push_back(row);
    }
    std::sort(routes.begin(), routes.end(),
              [](const RouteRow& x, const RouteRow& y) { return x.edge < y.edge; });
    prices[at("XAA")] = 20'000;
    return out;
  }
  [[nodiscard]] RouteRow& route(const char* a, const char* b) {
    const auto edge = graph.find(at(a), at(b), CargoMode::land);
    return *std::find_if(routes.begin(), routes.end(),
                         [&](const RouteRow& r) { return r.edge == edge; });
  }
  [[nodiscard]] RouteValues values() { return {graph, routes, prices, 1000, who, params}; }
};

}  // namespace

TEST_CASE("goods are worth the best chain of risks and costs", "[trafficking][choice][exact]") {
  Triangle t;
  auto values = t.values();
  CHECK(values.worth(at("XAA"), at("XAA")) == 20'000);
  CHECK(values.worth(at("XAC"), at("XAA")) == Approx(0.8 * 20'000 - 100));
  CHECK(values.worth(at("XAB"), at("XAA")) == Approx(0.8 * 20'000 - 100));
  CHECK(values.worth(at("XAD"), at("XAA")) == worthless);
  CHECK(values.worth(at("XAA"), at("XAC")) == worthless);  // no market
}

TEST_CASE("candidates lead only to where goods are worth more", "[trafficking][choice][property]") {
  Triangle t;
  t.route("XAB", "XAA").risk = 0.6;  // over XAC it is 0.36 and another cost
  auto values = t.values();
  for (std::uint16_t n = 0; n < 6; ++n) {
    for (const WayOn& way : values.ways(t.routes, n, at("XAA"))) {
      const CargoEdge& e = t.graph.edges()[t.routes[way.route].edge];
      CHECK(values.worth(e.destination, at("XAA")) > values.worth(n, at("XAA")));
      CHECK(way.weight > 0);
    }
  }
}

TEST_CASE("a logit chooser's weights have the ratio of its utilities",
          "[trafficking][choice][exact]") {
  Triangle t;
  t.who.how = Choice::logit;
  t.who.rationality = 3;
  t.route("XAB", "XAA").risk = 0.5;
  t.route("XAB", "XAC").risk = 0.05;
  auto values = t.values();
  const auto& ways = values.ways(t.routes, at("XAB"), at("XAA"));
  REQUIRE(ways.size() == 2);
  double direct = 0, over = 0;
  for (const WayOn& way : ways) {
    const auto to = t.graph.edges()[t.routes[way.route].edge].destination;
    (to == at("XAA") ? direct : over) = way.weight;
  }
  const double e_direct = 0.5 * 20'000 - 1100, e_over = 0.95 * (0.8 * 20'000 - 100) - 1100;
  CHECK(over / direct == Approx(std::exp(3 * (e_over - e_direct) / 19'000)).epsilon(1e-9));
  // Without rationality all that is worth anything is alike.
  t.who.rationality = 0;
  auto blind = t.values();
  const auto& same = blind.ways(t.routes, at("XAB"), at("XAA"));
  REQUIRE(same.size() == 2);
  CHECK(same[0].weight == Approx(same[1].weight));
}

TEST_CASE("stock waits when nothing is worth it, unless it must move",
          "[trafficking][choice][relation]") {
  Triangle t;
  for (RouteRow& r : t.routes) r.risk = 0.99;
  auto values = t.values();
  CHECK(values.ways(t.routes, at("XAB"), at("XAA")).empty());
  t.params.holding = false;
  auto moving = t.values();
  const auto& ways = moving.ways(t.routes, at("XAB"), at("XAA"));
  REQUIRE(!ways.empty());
  for (const WayOn& way : ways) CHECK(way.weight == Approx(0.01));
}

TEST_CASE("more perceived risk on a way never raises its share",
          "[trafficking][choice][property]") {
  for (const Choice how : {Choice::salience, Choice::logit, Choice::expected}) {
    Triangle t;
    t.who.how = how;
    t.route("XAB", "XAC").risk = 0.05;
    double last = 2;
    for (double risk = 0.05; risk < 0.95; risk += 0.05) {
      t.route("XAB", "XAA").risk = risk;
      auto values = t.values();
      double direct = 0, all = 0;
      for (const WayOn& way : values.ways(t.routes, at("XAB"), at("XAA"))) {
        all += way.weight;
        if (t.graph.edges()[t.routes[way.route].edge].destination == at("XAA"))
          direct += way.weight;
      }
      if (!(all > 0)) continue;
      // Salience jumps when the state that stands out changes: no order is claimed for it there.
      if (how != Choice::salience) CHECK(direct / all <= last + 1e-12);
      last = direct / all;
    }
    CHECK(last < 0.5);
  }
}
