// SPDX-License-Identifier: Apache-2.0
#include "models/travel/surface.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

std::vector<SurfaceRoute> land(const world::World& world, const DemandParams& params = {}) {
  return land_routes(world, params, effective_distances(world));
}

/// A row of five countries, each touching the next.
world::World row_of_five() {
  test::ToyWorld toy;
  for (int k = 0; k < 5; ++k)
    toy.country(std::string("R") + static_cast<char>('A' + k) + "X", 45, 4 * k, 1e6);
  for (std::uint32_t k = 0; k < 4; ++k) toy.border(k, k + 1, 45, 4 * k + 2);
  return toy.done();
}

TEST_CASE("a land route crosses up to three borders in order and no country twice",
          "[surface][exact]") {
  const world::World world = row_of_five();
  const auto routes = land(world);
  // Pairs at 1, 2 and 3 borders: 4 + 3 + 2. The ends, four borders apart, have none.
  REQUIRE(routes.size() == 9);
  for (const SurfaceRoute& r : routes) {
    CHECK(r.n_links == r.to - r.from);
    std::uint32_t here = r.from;
    for (std::uint8_t k = 0; k < r.n_links; ++k) {
      const world::Border& b = world.borders[r.link[k]];
      REQUIRE((b.a == here || b.b == here));
      here = b.a == here ? b.b : b.a;
    }
    CHECK(here == r.to);
    CHECK(r.share == 1);
  }
}

TEST_CASE("routes of several borders are as long as the way through the border points",
          "[surface][exact]") {
  const world::World world = row_of_five();
  const auto routes = land(world);
  const double degree = world::great_circle_km(45, 0, 45, 2);
  for (const SurfaceRoute& r : routes) {
    if (r.from == 0 && r.to == 1)
      CHECK(r.distance_km == Approx(world::great_circle_km(45, 0, 45, 4)).epsilon(1e-9));
    if (r.from == 0 && r.to == 2) {
      CHECK(r.distance_km ==
            Approx(2 * degree + world::great_circle_km(45, 2, 45, 6)).epsilon(1e-9));
    }
  }
}

TEST_CASE(
    "a closed border carries nobody; codes of another world are ignored; a bad word is refused",
    "[surface][errors]") {
  const world::World world = row_of_five();
  DemandParams params;
  params.closed_borders = "RCX-RBX KOR-PRK";
  for (const SurfaceRoute& r : land(world, params)) CHECK((r.to <= 1 || r.from >= 2));
  CHECK(land(world, params).size() == 4);
  params.closed_borders = "RAX";
  CHECK_THROWS_WITH(land(world, params),
                    "travel.demand.closed_borders: 'RAX' is not a pair of codes like ARM-AZE");
}

TEST_CASE("of many land routes the shortest stay and share by their extra distance",
          "[surface][property]") {
  test::ToyWorld toy;
  toy.country("SAX", 45, 0, 1e6);
  toy.country("SBX", 45, 10, 1e6);
  for (std::uint32_t k = 0; k < 7; ++k) {
    const auto via =
        toy.country(std::string("V") + static_cast<char>('A' + k) + "X", 45 + k, 5, 1e6);
    toy.border(0, via, 45 + k, 2.5);
    toy.border(1, via, 45 + k, 7.5);
  }
  std::vector<SurfaceRoute> routes;
  for (const SurfaceRoute& r : land(toy.done())) {
    if (r.from == 0 && r.to == 1) routes.push_back(r);
  }
  REQUIRE(routes.size() == land_routes_kept);
  double sum = 0;
  for (std::size_t k = 0; k < routes.size(); ++k) {
    sum += routes[k].share;
    if (k > 0) {
      CHECK(routes[k].distance_km >= routes[k - 1].distance_km);
      const double extra = routes[k].distance_km - routes[0].distance_km;
      CHECK(routes[k].share / routes[0].share ==
            Approx(std::exp(-extra / DemandParams{}.land_route_scale_km)).epsilon(1e-12));
    }
  }
  CHECK(sum == Approx(1).epsilon(1e-14));
}

TEST_CASE("a sea route knows from which end of the lane it leaves, and counts the way to the ports",
          "[surface][exact]") {
  test::ToyWorld toy;
  toy.country("TAX", 45, 0, 1e6);
  toy.country("TBX", 45, 3, 1e6);
  const auto b = toy.port(1, 45, 2), a = toy.port(0, 45, 1), b2 = toy.port(1, 46, 2);
  toy.lane(b, a, 80);  // port a of this lane lies in the second country
  toy.lane(a, b2, 140);
  const world::World world = toy.done();
  const auto routes = sea_routes(world, {});
  REQUIRE(routes.size() == 2);
  CHECK((routes[0].from == 0 && routes[0].to == 1));
  CHECK(routes[0].link[0] == 0);
  CHECK(routes[0].reversed);
  CHECK(!routes[1].reversed);
  const double degree = world::great_circle_km(45, 0, 45, 1);
  CHECK(routes[0].distance_km == Approx(80 + 2 * degree).epsilon(1e-6));
  CHECK(routes[0].share + routes[1].share == Approx(1).epsilon(1e-15));
  CHECK(routes[0].share > routes[1].share);
}

}  // namespace
}  // namespace corridor::travel
