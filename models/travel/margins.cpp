// SPDX-License-Identifier: Apache-2.0
#include "models/travel/margins.hpp"

#include <algorithm>

#include "models/travel/gravity.hpp"
#include "sim/math.hpp"

namespace corridor::travel {
namespace {

struct Elasticities {
  double constant, population, income, flights, potential;
};

CountryTotals model(const world::World& world, const Elasticities& e,
                    const std::vector<double>& potential,
                    const std::vector<std::uint8_t>& reachable, double world::Country::*published) {
  const std::vector<double> income = incomes(world), flights = international_flights(world);
  CountryTotals totals;
  for (std::size_t i = 0; i < world.countries.size(); ++i) {
    const world::Country& country = world.countries[i];
    const bool known = country.*published > 0;
    double trips = 0;
    if (reachable[i] == 0) {
      trips = 0;
    } else if (known) {
      trips = country.*published;
    } else {
      trips = sim::exp(e.constant + e.population * sim::log(country.population) +
                       e.income * sim::log(income[i]) +
                       e.flights * sim::log(std::max(flights[i], fewest_flights)) +
                       e.potential * sim::log(potential[i]));
    }
    totals.trips.push_back(trips);
    totals.fixed.push_back(known && reachable[i] != 0 ? 1 : 0);
  }
  return totals;
}

std::size_t region_of(const world::World& world, std::size_t country) {
  return static_cast<std::size_t>(world.countries[country].region);
}

}  // namespace

std::vector<double> international_flights(const world::World& world) {
  std::vector<double> flights(world.countries.size(), 0.0);
  for (const world::AirLeg& leg : world.air_legs) {
    const std::uint32_t from = world.airports[leg.origin].country,
                        to = world.airports[leg.destination].country;
    if (from != to) flights[from] += leg.flights_year;
  }
  return flights;
}

CountryTotals model_departures(const world::World& world, const DemandParams& p,
                               const std::vector<double>& potential,
                               const std::vector<std::uint8_t>& reachable) {
  return model(world,
               {p.departures_constant, p.departures_population, p.departures_income,
                p.departures_flights, p.departures_potential},
               potential, reachable, &world::Country::published_departures);
}

CountryTotals model_arrivals(const world::World& world, const DemandParams& p,
                             const std::vector<double>& potential,
                             const std::vector<std::uint8_t>& reachable) {
  return model(world,
               {p.arrivals_constant, p.arrivals_population, p.arrivals_income, p.arrivals_flights,
                p.arrivals_potential},
               potential, reachable, &world::Country::published_arrivals);
}

RegionTotals departure_shares(const DemandParams& p) {
  return {p.departures_europe, p.departures_asia_pacific, p.departures_americas,
          p.departures_africa, p.departures_middle_east};
}

RegionTotals arrival_shares(const DemandParams& p) {
  return {p.arrivals_europe, p.arrivals_asia_pacific, p.arrivals_americas, p.arrivals_africa,
          p.arrivals_middle_east};
}

RegionTotals region_targets(const world::World& world, const CountryTotals& totals,
                            double world_trips, const RegionTotals& shares) {
  RegionTotals present{}, target{};
  for (std::size_t i = 0; i < totals.trips.size(); ++i)
    present[region_of(world, i)] += totals.trips[i];
  double sum = 0;
  for (std::size_t r = 0; r < world::n_regions; ++r) {
    if (present[r] > 0) sum += shares[r];
  }
  double whole = 0;
  for (const double trips : present) whole += trips;
  for (std::size_t r = 0; r < world::n_regions; ++r) {
    if (present[r] > 0)
      target[r] = sum > 0 ? world_trips * shares[r] / sum : world_trips * present[r] / whole;
  }
  return target;
}

RegionTotals meet_regions(const world::World& world, CountryTotals& totals,
                          const RegionTotals& target) {
  RegionTotals fixed{}, free{}, factor{};
  for (std::size_t i = 0; i < totals.trips.size(); ++i) {
    (totals.fixed[i] != 0 ? fixed : free)[region_of(world, i)] += totals.trips[i];
  }
  std::array<bool, world::n_regions> all{};
  for (std::size_t r = 0; r < world::n_regions; ++r) {
    const double rest = target[r] - fixed[r];
    factor[r] = 1;
    if (free[r] > 0 && rest > 0.05 * free[r]) {
      factor[r] = rest / free[r];
    } else if (free[r] + fixed[r] > 0) {
      factor[r] = target[r] / (free[r] + fixed[r]);
      all[r] = true;
    }
  }
  for (std::size_t i = 0; i < totals.trips.size(); ++i) {
    const std::size_t r = region_of(world, i);
    if (totals.fixed[i] == 0 || all[r]) totals.trips[i] *= factor[r];
  }
  return factor;
}

}  // namespace corridor::travel
