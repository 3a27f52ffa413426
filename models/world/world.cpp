// SPDX-License-Identifier: Apache-2.0
#include "models/world/world.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"

namespace corridor::world {
namespace {

/// sin^2(x / 2) for a difference of longitudes or latitudes in degrees; whole turns do not count.
double half_sine_squared(double degrees) {
  constexpr double radians = 3.14159265358979323846 / 180.0;
  const double s = sim::sin(0.5 * radians * degrees);
  return s * s;
}

/// Cosine of a latitude, exactly 0 at the poles.
double cosine_of_latitude(double degrees) {
  constexpr double radians = 3.14159265358979323846 / 180.0;
  return std::abs(degrees) == 90 ? 0 : sim::cos(radians * degrees);
}

/// Number of the set that `i` is in, with the path halved (Tarjan and van Leeuwen 1984).
std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace

std::uint32_t World::find_country(std::string_view iso3) const {
  for (std::size_t i = 0; i < countries.size(); ++i)
    if (countries[i].iso3 == iso3) return static_cast<std::uint32_t>(i);
  return none;
}

std::uint32_t World::find_airport(std::string_view iata) const {
  for (std::size_t i = 0; i < airports.size(); ++i)
    if (airports[i].iata == iata) return static_cast<std::uint32_t>(i);
  return none;
}

std::vector<std::uint8_t> World::controlled_neighbours() const {
  const std::size_t n = countries.size();
  const std::vector<std::uint32_t> area = open_border_areas();
  std::vector<std::uint8_t> next(n * n, 0);
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    if (area[a] == area[b]) return;
    next[a * n + b] = next[b * n + a] = 1;
  };
  for (const Border& b : borders) join(b.a, b.b);
  for (const SeaLane& l : sea_lanes) join(ports[l.a].country, ports[l.b].country);
  return next;
}

std::vector<std::uint32_t> World::open_border_areas() const {
  std::vector<std::uint32_t> parent(countries.size());
  for (std::uint32_t i = 0; i < parent.size(); ++i) parent[i] = i;
  std::vector<std::uint32_t> first_member(organisations.size(), none);
  for (const Membership& m : memberships) {
    if (!m.in_2019 || organisations[m.organisation].free_movement_level != 4) continue;
    std::uint32_t& first = first_member[m.organisation];
    if (first == none) first = m.country;
    const std::uint32_t a = root(parent, first), b = root(parent, m.country);
    parent[std::max(a, b)] = std::min(a, b);  // an area is named by its first country
  }
  std::vector<std::uint32_t> area(parent.size());
  for (std::uint32_t i = 0; i < area.size(); ++i) area[i] = root(parent, i);
  return area;
}

double great_circle_km(double lat1, double lon1, double lat2, double lon2, double radius_km) {
  const double h = half_sine_squared(lat2 - lat1) + cosine_of_latitude(lat1) *
                                                        cosine_of_latitude(lat2) *
                                                        half_sine_squared(lon2 - lon1);
  return 2 * radius_km * sim::asin(std::sqrt(std::min(h, 1.0)));
}

}  // namespace corridor::world
