// SPDX-License-Identifier: Apache-2.0
#include "models/travel/cities.hpp"

#include <algorithm>

namespace corridor::travel {

std::vector<std::vector<WeightedPlace>> largest_cities(const world::World& world,
                                                       std::size_t most) {
  std::vector<std::vector<WeightedPlace>> where(world.countries.size());
  for (const world::City& city : world.cities) {
    where[city.country].push_back(
        {place(city.lat, city.lon), std::max(city.population, smallest_city)});
  }
  for (std::size_t i = 0; i < where.size(); ++i) {
    auto& cities = where[i];
    if (cities.empty())
      cities.push_back({place(world.countries[i].lat, world.countries[i].lon), 1.0});
    std::stable_sort(
        cities.begin(), cities.end(),
        [](const WeightedPlace& a, const WeightedPlace& b) { return a.share > b.share; });
    if (cities.size() > most) cities.resize(most);
    double sum = 0;
    for (const WeightedPlace& city : cities) sum += city.share;
    for (WeightedPlace& city : cities) city.share /= sum;
  }
  return where;
}

double mean_distance_km(const std::vector<WeightedPlace>& people, const Place& place) {
  double closeness = 0;
  for (const WeightedPlace& city : people) {
    closeness += city.share / std::max(arc_km(city.at, place), shortest_distance_km);
  }
  return 1 / closeness;
}

}  // namespace corridor::travel
