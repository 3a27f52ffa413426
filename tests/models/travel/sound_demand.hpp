// SPDX-License-Identifier: Apache-2.0
/// \file sound_demand.hpp  What every demand promises to those who stream it.
#pragma once

#include <catch2/catch.hpp>

#include "models/travel/demand.hpp"

namespace corridor::travel::test {

inline bool sound_by_air(const world::World& world, const Itinerary& it) {
  bool sound = true, international = false;
  for (std::uint8_t l = 0; l < it.n_links; ++l) {
    const world::AirLeg& leg = world.air_legs.at(it.link[l]);
    sound &= leg.reverse != world::none && world.air_legs.at(leg.reverse).origin == leg.destination;
    if (l > 0) sound &= world.air_legs[it.link[l - 1]].destination == leg.origin;
    international |= world.airports[leg.origin].country != world.airports[leg.destination].country;
  }
  return sound && international;
}

inline bool sound_by_land(const world::World& world, const Itinerary& it, const PairDemand& pair) {
  bool sound = true;
  std::uint32_t here = pair.origin;
  for (std::uint8_t l = 0; l < it.n_links; ++l) {
    const world::Border& border = world.borders.at(it.link[l]);
    sound &= border.a == here || border.b == here;
    here = border.a == here ? border.b : border.a;
  }
  return sound && here == pair.destination;
}

inline bool sound_by_sea(const world::World& world, const Itinerary& it, const PairDemand& pair) {
  const world::SeaLane& lane = world.sea_lanes.at(it.link[0]);
  const std::uint32_t start = it.reversed ? lane.b : lane.a, end = it.reversed ? lane.a : lane.b;
  return it.n_links == 1 && world.ports[start].country == pair.origin &&
         world.ports[end].country == pair.destination;
}

/// What the stream relies on, for any demand: order, sums, contiguous itineraries with a way back.
inline void check_sound(const world::World& world, const Demand& demand) {
  REQUIRE_FALSE(demand.pairs.empty());
  std::uint32_t next = 0;
  for (std::size_t k = 0; k < demand.pairs.size(); ++k) {
    const PairDemand& pair = demand.pairs[k];
    if (k > 0) {
      const PairDemand& before = demand.pairs[k - 1];
      REQUIRE(std::pair(before.origin, before.destination) <
              std::pair(pair.origin, pair.destination));
    }
    REQUIRE(pair.first_itinerary == next);
    REQUIRE(pair.n_itineraries > 0);
    next += pair.n_itineraries;
    double sum = 0;
    bool sound = true;
    for (std::uint32_t i = pair.first_itinerary; i < next; ++i) {
      const Itinerary& it = demand.itineraries[i];
      sum += static_cast<double>(it.weight);
      sound &= it.weight > 0 && it.n_links >= 1 && it.n_links <= 3;
      for (std::uint8_t l = 0; l < 3; ++l)
        sound &= (it.link[l] == world::none) == (l >= it.n_links);
      if (!sound) break;  // its links cannot be looked up
      sound &= it.mode == Mode::air    ? sound_by_air(world, it)
               : it.mode == Mode::land ? sound_by_land(world, it, pair)
                                       : sound_by_sea(world, it, pair);
    }
    REQUIRE(sound);
    REQUIRE(sum == pair.trips_year);
  }
  REQUIRE(next == demand.itineraries.size());
  REQUIRE(demand.leg_fitted.size() == world.air_legs.size());
  REQUIRE(demand.leg_target.size() == world.air_legs.size());
}

}  // namespace corridor::travel::test
