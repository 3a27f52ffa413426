// SPDX-License-Identifier: Apache-2.0
#include "models/travel/catchment.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "models/travel/cities.hpp"
#include "sim/math.hpp"

namespace corridor::travel {
namespace {

struct Service {
  std::vector<double> all, international;  ///< flights a year by airport
};

Service service_of(const world::World& world) {
  Service service{std::vector<double>(world.airports.size()),
                  std::vector<double>(world.airports.size())};
  const std::vector<double> flights = two_way_flights(world);
  for (std::size_t l = 0; l < world.air_legs.size(); ++l) {
    const world::AirLeg& leg = world.air_legs[l];
    service.all[leg.origin] += flights[l];
    if (world.airports[leg.origin].country != world.airports[leg.destination].country) {
      service.international[leg.origin] += flights[l];
    }
  }
  return service;
}

/// Adds H over `candidates` to `weight`, parallel to them.
void huff(const std::vector<WeightedPlace>& cities, const std::vector<Place>& at,
          const std::vector<double>& pull, const std::vector<std::uint32_t>& candidates,
          double range_km, double reach_km, bool nearest_if_none, std::vector<double>& weight) {
  std::vector<double> draw(candidates.size());
  for (const WeightedPlace& city : cities) {
    double sum = 0, nearest_km = std::numeric_limits<double>::infinity();
    std::size_t nearest = 0;
    for (std::size_t k = 0; k < candidates.size(); ++k) {
      const double d = arc_km(city.at, at[candidates[k]]);
      draw[k] = d <= reach_km ? pull[candidates[k]] * sim::exp(-d / range_km) : 0;
      sum += draw[k];
      if (d < nearest_km) nearest_km = d, nearest = k;
    }
    if (sum > 0) {
      for (std::size_t k = 0; k < candidates.size(); ++k) weight[k] += city.share * draw[k] / sum;
    } else if (nearest_if_none && !candidates.empty()) {
      weight[nearest] += city.share;
    }
  }
}

}  // namespace

std::vector<double> two_way_flights(const world::World& world) {
  std::vector<double> flights(world.air_legs.size(), 0.0);
  for (std::size_t l = 0; l < flights.size(); ++l) {
    const std::uint32_t back = world.air_legs[l].reverse;
    if (back != world::none) {
      flights[l] = 0.5 * (world.air_legs[l].flights_year + world.air_legs[back].flights_year);
    }
  }
  return flights;
}

std::vector<CatchmentEntry> catchments(const world::World& world, const DemandParams& p) {
  const Service service = service_of(world);
  const std::vector<std::vector<WeightedPlace>> cities =
      largest_cities(world, world.cities.size() + 1);
  std::vector<Place> at;
  std::vector<double> pull;
  std::vector<std::uint32_t> served;
  std::vector<std::vector<std::uint32_t>> of_country(world.countries.size());
  for (std::uint32_t a = 0; a < world.airports.size(); ++a) {
    at.push_back(place(world.airports[a].lat, world.airports[a].lon));
    pull.push_back(service.all[a] > 0 ? sim::pow(service.all[a], p.catchment_service_exponent) : 0);
    if (service.all[a] > 0) {
      served.push_back(a);
      of_country[world.airports[a].country].push_back(a);
    }
  }
  std::vector<CatchmentEntry> entries;
  std::vector<double> weight;
  for (std::uint32_t c = 0; c < world.countries.size(); ++c) {
    const bool home = !of_country[c].empty();
    const std::vector<std::uint32_t>& candidates = home ? of_country[c] : served;
    weight.assign(candidates.size(), 0.0);
    huff(cities[c], at, pull, candidates, p.catchment_range_km,
         home ? p.catchment_reach_km : p.cross_border_reach_km, home, weight);
    if (home) {
      double international = 0;
      for (const std::uint32_t a : candidates) international += service.international[a];
      if (international > 0) {
        for (std::size_t k = 0; k < candidates.size(); ++k) {
          weight[k] =
              (1 - p.catchment_service_share) * weight[k] +
              p.catchment_service_share * service.international[candidates[k]] / international;
        }
      }
    } else {
      const double kept = sim::exp(-p.cross_border_penalty);
      for (double& w : weight) w *= kept;
    }
    for (std::size_t k = 0; k < candidates.size(); ++k) {
      if (weight[k] > 0) entries.push_back({candidates[k], c, weight[k]});
    }
  }
  std::sort(entries.begin(), entries.end(), [](const CatchmentEntry& a, const CatchmentEntry& b) {
    return std::tie(a.airport, a.country) < std::tie(b.airport, b.country);
  });
  return entries;
}

}  // namespace corridor::travel
