// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/road.hpp"

#include <catch2/catch.hpp>

#include "tests/models/fighters/border.hpp"

using namespace corridor;
using namespace corridor::fighters;
using fighters::test::TestWorld;

TEST_CASE("tickets are where the stream has a way, by distance; one that was not there is closed",
          "[fighters][exact]") {
  const TestWorld w;
  FightersParams p;
  p.ticket_usd = 100;
  p.ticket_usd_per_km = 0.1;
  Road road(p, fighters::test::actors_of(fighters::test::test_actors(1), w.world), w.world,
            TestWorld::routes());
  CHECK(road.gateways().size() == 3);
  CHECK(road.gateways()[0].step_usd == p.step_usd);
  CHECK(road.route(3, 0));
  CHECK_FALSE(road.route(0, 7));
  CHECK_FALSE(road.route(3, 3));
  const double km = world::great_circle_km(20, 0, 0, 1);
  CHECK(road.ticket_usd(3, 0) == Approx(100 + 0.1 * km).epsilon(1e-9));
  CHECK(road.broken_usd(3, 0) == Approx(200 + 0.1 * km * 4 / 3).epsilon(1e-9));
  road.close(3, 0);
  CHECK_FALSE(road.route(3, 0));
  CHECK(road.route(0, 3));
}

TEST_CASE("one changes where there are tickets on both sides, more likely where more seats are",
          "[fighters][exact]") {
  TestWorld w;
  w.world.airports.push_back({"AAA", "a", 5, 0, 20});
  w.world.airports.push_back({"BBB", "b", 0, 0, 1});
  w.world.air_legs.push_back({0, 1, world::none, 100, 10, 998});
  const auto actors = fighters::test::actors_of(fighters::test::test_actors(1), w.world);
  const Road road({}, actors, w.world, [](std::uint32_t a, std::uint32_t b) {
    const auto transit = [](std::uint32_t c) { return c == 5 || c == 6; };
    return transit(a) != transit(b) && a != 7 && b != 7;
  });
  CHECK(road.has_transit(3, 0, 7));
  CHECK(road.transit(3, 0, 7, 0.0) == 5);
  CHECK(road.transit(3, 0, 7, 0.998) == 5);  // 999 of 1,000 seats
  CHECK(road.transit(3, 0, 7, 0.9995) == 6);
  CHECK(road.transit(3, 0, 5, 0.0) == 6);
  CHECK(road.transit(3, 5, 7, 0.5) == nowhere);  // two changes would be needed
  CHECK_FALSE(road.has_transit(3, 5, 7));
  CHECK(road.elsewhere(3, 5, 0.3) == 6);
}
