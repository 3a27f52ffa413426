// SPDX-License-Identifier: Apache-2.0
/// \file cities.hpp  Where the people of a country are: its largest cities, or its centre when none
/// is listed.
#pragma once

#include <vector>

#include "models/travel/sphere.hpp"
#include "models/world/world.hpp"

namespace corridor::travel {

inline constexpr std::size_t cities_per_country =
    12;  ///< enough for a mean distance between countries
inline constexpr double shortest_distance_km =
    20;  ///< two cities that touch are not at distance zero
inline constexpr double smallest_city =
    1000;  ///< persons; a capital listed with fewer counts as this

struct WeightedPlace {
  Place at;
  double share = 0;  ///< of the country, sums to 1
};

/// By country, the largest `most` cities first (ties by row).
[[nodiscard]] std::vector<std::vector<WeightedPlace>> largest_cities(
    const world::World& world, std::size_t most = cities_per_country);

/// Harmonic mean distance in km from a country's people to a place.
[[nodiscard]] double mean_distance_km(const std::vector<WeightedPlace>& people, const Place& place);

}  // namespace corridor::travel
