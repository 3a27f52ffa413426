// SPDX-License-Identifier: Apache-2.0
#include "models/travel/catchment.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

std::map<std::pair<std::uint32_t, std::uint32_t>, double> weights(const world::World& world,
                                                                  const DemandParams& p = {}) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> w;
  for (const CatchmentEntry& e : catchments(world, p)) w[{e.country, e.airport}] = e.weight;
  return w;
}

TEST_CASE("the airports of a country take all of its trips", "[catchment][property]") {
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    const world::World world = test::random_world(seed, 6, 30, 80);
    std::vector<double> sum(6, 0.0);
    for (const CatchmentEntry& e : catchments(world, {})) {
      CHECK(e.weight > 0);
      CHECK(world.airports[e.airport].country == e.country);
      sum[e.country] += e.weight;
    }
    for (const double s : sum) CHECK((s == 0 || s == Approx(1).epsilon(1e-12)));
  }
}

TEST_CASE("a city shares itself by flights and distance, in closed form", "[catchment][exact]") {
  test::ToyWorld toy;
  const auto home = toy.country("UAX", 45, 0, 1e6), away = toy.country("UBX", 30, 30, 1e6);
  toy.city(home, 45, 0, 1e6);
  const auto near = toy.airport("NEA", home, 45.5, 0), far = toy.airport("FAR", home, 46, 0);
  const auto beyond = toy.airport("BEY", home, 60, 0), other = toy.airport("OTH", away, 30, 30);
  toy.link(near, other, 1000, 1e5);
  toy.link(far, other, 8000, 1e6);
  toy.link(beyond, other, 8000, 1e6);
  DemandParams p;
  p.catchment_service_share = 0;
  const world::World world = toy.done();
  auto w = weights(world, p);
  const double d_near = world::great_circle_km(45, 0, 45.5, 0),
               d_far = world::great_circle_km(45, 0, 46, 0);
  const double odds = std::pow(8, p.catchment_service_exponent) *
                      std::exp(-(d_far - d_near) / p.catchment_range_km);
  CHECK(w[{home, far}] / w[{home, near}] == Approx(odds).epsilon(1e-9));
  CHECK(w.count({home, beyond}) == 0);   // out of reach, and cities alone decide
  CHECK(w[{away, other}] == Approx(1));  // no city listed: the country's centre
  p.catchment_service_share = 1;
  w = weights(world, p);
  CHECK(w[{home, near}] == Approx(1.0 / 17).epsilon(1e-12));
  CHECK(w[{home, beyond}] == Approx(8.0 / 17).epsilon(1e-12));
}

TEST_CASE("a city out of reach of every airport uses the nearest", "[catchment][exact]") {
  test::ToyWorld toy;
  const auto home = toy.country("UAX", 45, 0, 1e6), away = toy.country("UBX", 30, 30, 1e6);
  toy.city(home, 45, 0, 1e6);
  const auto a = toy.airport("AAA", home, 55, 0), b = toy.airport("BBB", home, 60, 0),
             o = toy.airport("OOO", away, 30, 30);
  toy.link(a, o, 10, 1e3);
  toy.link(b, o, 9000, 1e6);
  DemandParams p;
  p.catchment_service_share = 0;
  auto w = weights(toy.done(), p);
  CHECK(w[{home, a}] == Approx(1).epsilon(1e-12));
  CHECK(w.count({home, b}) == 0);
}

TEST_CASE("a country without an airport looks across its borders at a loss, others do not",
          "[catchment][exact]") {
  test::ToyWorld toy;
  const auto big = toy.country("UAX", 45, 0, 1e6), tiny = toy.country("UBX", 45.5, 0, 1e4);
  const auto away = toy.country("UCX", 30, 30, 1e6), lost = toy.country("UDX", -40, 100, 1e4);
  const auto a = toy.airport("AAA", big, 45, 0), o = toy.airport("OOO", away, 30, 30);
  toy.link(a, o, 1000, 1e5);
  auto w = weights(toy.done());
  CHECK(w[{tiny, a}] == Approx(std::exp(-DemandParams{}.cross_border_penalty)).epsilon(1e-12));
  CHECK(w[{big, a}] == Approx(1).epsilon(1e-12));
  CHECK(w.count({away, a}) == 0);
  CHECK(w.count({lost, a}) == 0);
}

TEST_CASE("legs without a way back count for nothing", "[catchment][relation]") {
  const world::World world = test::five_countries();
  const std::vector<double> flights = two_way_flights(world);
  for (std::size_t l = 0; l < flights.size(); ++l) {
    CHECK((flights[l] > 0) == (world.air_legs[l].reverse != world::none));
  }
  world::World without = world;
  std::erase_if(without.air_legs, [](const world::AirLeg& l) { return l.reverse == world::none; });
  for (auto& l : without.air_legs) {
    for (std::uint32_t k = 0; k < without.air_legs.size(); ++k) {
      if (without.air_legs[k].origin == l.destination &&
          without.air_legs[k].destination == l.origin)
        l.reverse = k;
    }
  }
  CHECK(weights(world) == weights(without));
}

}  // namespace
}  // namespace corridor::travel
