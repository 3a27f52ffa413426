// SPDX-License-Identifier: Apache-2.0
#include "models/travel/margins.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "models/travel/gravity.hpp"
#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

struct Setting {
  world::World world = test::five_countries();
  DemandParams params;
  std::vector<double> potential;
  std::vector<std::uint8_t> reachable = std::vector<std::uint8_t>(5, 1);
  Setting() {
    potential =
        potentials(masses(world, params), affinities(world, effective_distances(world), params));
  }
};

double sum(const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0); }

TEST_CASE("published totals stay, the others take what the region leaves", "[margins][exact]") {
  Setting s;
  s.world.countries[0].published_arrivals = 3e6;
  CountryTotals totals = model_arrivals(s.world, s.params, s.potential, s.reachable);
  const CountryTotals before = totals;
  const RegionTotals target = region_targets(s.world, totals, 1e7, arrival_shares(s.params));
  // Only Europe (0.51) and Asia and the Pacific (0.25) are there; they share out all trips.
  CHECK(target[0] == Approx(1e7 * 0.51 / 0.76).epsilon(1e-14));
  CHECK(target[1] == Approx(1e7 * 0.25 / 0.76).epsilon(1e-14));
  CHECK(target[2] + target[3] + target[4] == 0);
  const RegionTotals factor = meet_regions(s.world, totals, target);
  CHECK(totals.trips[0] == 3e6);
  CHECK(sum(totals.trips) == Approx(1e7).epsilon(1e-14));
  for (const std::size_t i : {1, 2, 3})
    CHECK(totals.trips[i] == Approx(before.trips[i] * factor[0]).epsilon(1e-14));
  CHECK(totals.trips[4] == Approx(target[1]).epsilon(1e-14));
  CHECK(factor[2] == 1);
}

TEST_CASE(
    "published totals that fill their region are scaled with the rest, by one reported factor",
    "[margins][exact]") {
  Setting s;
  s.world.countries[0].published_arrivals = 3e7;
  CountryTotals totals = model_arrivals(s.world, s.params, s.potential, s.reachable);
  const CountryTotals before = totals;
  const RegionTotals target = region_targets(s.world, totals, 1e7, arrival_shares(s.params));
  const RegionTotals factor = meet_regions(s.world, totals, target);
  for (const std::size_t i : {0, 1, 2, 3})
    CHECK(totals.trips[i] == Approx(before.trips[i] * factor[0]).epsilon(1e-14));
  CHECK(sum(totals.trips) == Approx(1e7).epsilon(1e-14));
}

TEST_CASE("a country that no link reaches has no trips, published or not", "[margins][exact]") {
  Setting s;
  s.world.countries[4].published_departures = 5e6;
  s.reachable[4] = 0;
  const CountryTotals totals = model_departures(s.world, s.params, s.potential, s.reachable);
  CHECK(totals.trips[4] == 0);
  CHECK(totals.fixed[4] == 0);
  const RegionTotals target = region_targets(s.world, totals, 1e7, departure_shares(s.params));
  CHECK(target[0] == 1e7);
  CHECK(target[1] == 0);
}

TEST_CASE("people, income, flights and neighbours raise a country's trips by their elasticities",
          "[margins][relation]") {
  const Setting s;
  const auto trips = [&](const Setting& t) {
    return model_departures(t.world, t.params, t.potential, t.reachable).trips;
  };
  const std::vector<double> base = trips(s);
  Setting more = s;
  more.world.countries[2].population *= 2;
  CHECK(trips(more)[2] / base[2] ==
        Approx(std::pow(2, s.params.departures_population)).epsilon(1e-12));
  more = s;
  more.world.countries[2].gdp_per_capita_usd *= 2;
  CHECK(trips(more)[2] / base[2] == Approx(std::pow(2, s.params.departures_income)).epsilon(1e-12));
  more = s;
  more.potential[2] *= 2;
  CHECK(trips(more)[2] / base[2] ==
        Approx(std::pow(2, s.params.departures_potential)).epsilon(1e-12));
  more = s;
  for (auto& leg : more.world.air_legs) leg.flights_year *= 2;
  CHECK(trips(more)[2] / base[2] ==
        Approx(std::pow(2, s.params.departures_flights)).epsilon(1e-12));
}

TEST_CASE("international flights leave out domestic legs", "[margins][exact]") {
  const std::vector<double> flights = international_flights(test::five_countries());
  CHECK(flights == std::vector<double>{4000 + 6000 + 700 + 600 + 900, 4000 + 3000 + 500 + 800,
                                       6000 + 3000 + 700 + 500 + 2500, 2500 + 600,
                                       900 + 800 + 100});
}

}  // namespace
}  // namespace corridor::travel
