// SPDX-License-Identifier: Apache-2.0
#include "models/control/posts.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::control {

std::uint32_t number_of_crossings(double length_km, double population_a, double population_b,
                                  const ControlParams& params) {
  const double p =
      population_a / params.crossing_population * (population_b / params.crossing_population);
  const double k =
      std::sqrt(length_km / params.crossing_length_km) * std::sqrt(std::sqrt(std::sqrt(p)));
  const auto most = static_cast<double>(params.crossings_max);
  return static_cast<std::uint32_t>(std::clamp(std::floor(k + 0.5), 1.0, most));
}

PostTable::PostTable(const world::World& world, const Regimes& regimes, const ControlParams& params)
    : airports_(2 * world.airports.size(), world::none),
      ports_(2 * world.ports.size(), world::none),
      border_first_(world.borders.size(), world::none),
      crossings_(world.borders.size(), 0) {
  const auto add = [this](const Post& post) {
    posts_.push_back(post);
    return static_cast<std::uint32_t>(posts_.size() - 1);
  };
  // Whom a gate of this country checks does not depend on the country at the other end, once that
  // is outside the area.
  const auto add_gate = [&](PlaceKind kind, std::uint32_t place, std::uint32_t country,
                            std::uint32_t other, std::vector<std::uint32_t>& index) {
    for (const Direction d : {Direction::exit, Direction::entry}) {
      const Check check = regimes.check(kind, d, country, other);
      if (check == Check::none) continue;
      index[2 * std::size_t{place} + static_cast<std::size_t>(d)] =
          add({kind, d, check, 0, place, country});
    }
  };

  std::vector<std::uint32_t> abroad(world.airports.size(), world::none);
  for (const world::AirLeg& leg : world.air_legs) {
    const std::uint32_t from = world.airports[leg.origin].country,
                        to = world.airports[leg.destination].country;
    if (regimes.open(from, to)) continue;
    abroad[leg.origin] = to;
    abroad[leg.destination] = from;
  }
  for (std::uint32_t i = 0; i < abroad.size(); ++i) {
    if (abroad[i] != world::none) {
      add_gate(PlaceKind::air, i, world.airports[i].country, abroad[i], airports_);
    }
  }
  abroad.assign(world.ports.size(), world::none);
  for (const world::SeaLane& lane : world.sea_lanes) {
    const std::uint32_t a = world.ports[lane.a].country, b = world.ports[lane.b].country;
    if (regimes.open(a, b)) continue;
    abroad[lane.a] = b;
    abroad[lane.b] = a;
  }
  for (std::uint32_t i = 0; i < abroad.size(); ++i) {
    if (abroad[i] != world::none) {
      add_gate(PlaceKind::sea, i, world.ports[i].country, abroad[i], ports_);
    }
  }
  for (std::uint32_t i = 0; i < world.borders.size(); ++i) {
    const world::Border& border = world.borders[i];
    if (regimes.open(border.a, border.b)) continue;
    const std::uint32_t k =
        number_of_crossings(border.length_km, world.countries[border.a].population,
                            world.countries[border.b].population, params);
    crossings_[i] = static_cast<std::uint8_t>(k);
    border_first_[i] = static_cast<std::uint32_t>(posts_.size());
    for (std::uint32_t crossing = 0; crossing < k; ++crossing) {
      for (std::uint32_t side = 0; side < 2; ++side) {
        const std::uint32_t here = side == 0 ? border.a : border.b,
                            there = side == 0 ? border.b : border.a;
        for (const Direction d : {Direction::exit, Direction::entry}) {
          add({PlaceKind::land, d, regimes.check(PlaceKind::land, d, here, there),
               static_cast<std::uint8_t>(crossing), i, here});
        }
      }
    }
  }
}

}  // namespace corridor::control
