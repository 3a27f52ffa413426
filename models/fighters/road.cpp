// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/road.hpp"

#include "models/travel/cities.hpp"

namespace corridor::fighters {

Road::Road(const FightersParams& params, const FightersActors& actors, const world::World& world,
           const HasRoute& has_route)
    : n_(world.countries.size()),
      fixed_usd_(params.ticket_usd),
      per_km_(params.ticket_usd_per_km),
      open_(n_ * n_, 0),
      next_(world.controlled_neighbours()),
      seats_(n_, 1.0) {
  for (std::size_t a = 0; a < n_; ++a) {
    for (std::size_t b = 0; b < n_; ++b) {
      const bool way =
          a != b && has_route(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
      open_[a * n_ + b] = way ? 1 : 0;
    }
  }
  for (const auto& cities : travel::largest_cities(world, 1)) {
    city_.push_back(cities.front().at);
  }
  for (const world::AirLeg& leg : world.air_legs) {
    const std::uint32_t from = world.airports[leg.origin].country;
    if (from != world.airports[leg.destination].country) seats_[from] += leg.seats_year;
  }
  for (std::size_t z = 0; z < actors.zones.size(); ++z) {
    first_.push_back(static_cast<std::uint16_t>(gateways_.size()));
    for (const Gateway& g : actors.zones[z].gateways) {
      gateways_.push_back({static_cast<std::uint16_t>(z), g.country,
                           g.step_usd < 0 ? params.step_usd : g.step_usd});
    }
  }
  first_.push_back(static_cast<std::uint16_t>(gateways_.size()));
}

double Road::ticket_usd(std::uint16_t a, std::uint16_t b) const {
  return fixed_usd_ + per_km_ * travel::arc_km(city_[a], city_[b]);
}

double Road::broken_usd(std::uint16_t a, std::uint16_t b) const {
  return 2 * fixed_usd_ + (ticket_usd(a, b) - fixed_usd_) * 4 / 3;
}

std::uint16_t Road::beside(std::uint16_t from, std::uint16_t gateway, std::uint16_t avoid) const {
  const auto next = [&](std::uint16_t c) { return next_[std::size_t{c} * n_ + gateway] != 0; };
  if (from != avoid && next(from)) return from;
  std::uint16_t best = nowhere;
  for (std::uint16_t c = 0; c < n_; ++c) {
    if (c == avoid || !next(c) || !route(from, c)) continue;
    if (best == nowhere || ticket_usd(from, c) < ticket_usd(from, best)) best = c;
  }
  return best;
}

template <class Fits>
std::uint16_t Road::by_seats(double u, Fits fits) const {
  double sum = 0;
  for (std::uint16_t c = 0; c < n_; ++c) {
    if (fits(c)) sum += seats_[c];
  }
  double left = u * sum;
  std::uint16_t last = nowhere;
  for (std::uint16_t c = 0; c < n_; ++c) {
    if (!fits(c)) continue;
    last = c;
    left -= seats_[c];
    if (left < 0) break;
  }
  return last;
}

std::uint16_t Road::transit(std::uint16_t a, std::uint16_t b, std::uint16_t avoid, double u) const {
  return by_seats(u, [&](std::uint16_t c) {
    return c != a && c != b && c != avoid && route(a, c) && route(c, b);
  });
}

bool Road::has_transit(std::uint16_t a, std::uint16_t b, std::uint16_t avoid) const {
  for (std::uint16_t c = 0; c < n_; ++c) {
    if (c != a && c != b && c != avoid && route(a, c) && route(c, b)) return true;
  }
  return false;
}

std::uint16_t Road::elsewhere(std::uint16_t a, std::uint16_t avoid, double u) const {
  return by_seats(u, [&](std::uint16_t c) { return c != a && c != avoid && route(a, c); });
}

}  // namespace corridor::fighters
