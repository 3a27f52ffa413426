// SPDX-License-Identifier: Apache-2.0
/// \file toy_world.hpp  Worlds of a few lines, for tests of the demand.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <tuple>

#include "models/world/world.hpp"

namespace corridor::travel::test {

/// Adds rows; `done()` puts them in the order that World promises and joins each leg with its way
/// back.
class ToyWorld {
 public:
  std::uint32_t country(const std::string& iso3, double lat, double lon, double population,
                        double income = 20'000, world::Region region = world::Region::europe) {
    world::Country c;
    c.iso3 = iso3;
    c.name_en = c.name_fr = iso3;
    c.region = region;
    c.lat = lat;
    c.lon = lon;
    c.population = population;
    c.gdp_per_capita_usd = income;
    world_.countries.push_back(c);
    return last(world_.countries);
  }
  void city(std::uint32_t country, double lat, double lon, double population) {
    world_.cities.push_back({country, lat, lon, population});
  }
  std::uint32_t airport(const std::string& iata, std::uint32_t country, double lat, double lon) {
    world_.airports.push_back({iata, iata, country, lat, lon});
    return last(world_.airports);
  }
  void leg(std::uint32_t from, std::uint32_t to, double flights, double seats) {
    world::AirLeg l;
    l.origin = from;
    l.destination = to;
    const auto &a = world_.airports[from], &b = world_.airports[to];
    l.distance_km = world::great_circle_km(a.lat, a.lon, b.lat, b.lon);
    l.flights_year = flights;
    l.seats_year = seats;
    world_.air_legs.push_back(l);
  }
  void link(std::uint32_t a, std::uint32_t b, double flights, double seats) {
    leg(a, b, flights, seats);
    leg(b, a, flights, seats);
  }
  void border(std::uint32_t a, std::uint32_t b, double lat, double lon) {
    world_.borders.push_back({std::min(a, b), std::max(a, b), 100, lat, lon});
  }
  std::uint32_t port(std::uint32_t country, double lat, double lon) {
    world_.ports.push_back({"P" + std::to_string(world_.ports.size()), "port", country, lat, lon});
    return last(world_.ports);
  }
  void lane(std::uint32_t a, std::uint32_t b, double km) { world_.sea_lanes.push_back({a, b, km}); }

  world::World done() const {
    world::World w = world_;
    std::sort(w.air_legs.begin(), w.air_legs.end(), [](const auto& a, const auto& b) {
      return std::tie(a.origin, a.destination) < std::tie(b.origin, b.destination);
    });
    for (auto& l : w.air_legs) {
      l.reverse = world::none;
      for (std::uint32_t k = 0; k < w.air_legs.size(); ++k) {
        if (w.air_legs[k].origin == l.destination && w.air_legs[k].destination == l.origin)
          l.reverse = k;
      }
    }
    return w;
  }

 private:
  template <class T>
  static std::uint32_t last(const std::vector<T>& v) {
    return static_cast<std::uint32_t>(v.size() - 1);
  }
  world::World world_;
};

/// Five countries in two regions: A, B, C on one land mass in a row (A-B, B-C touch), D an island
/// with a ferry to C, E far away, reached by air alone. `order` is the order in which the countries
/// are listed.
inline world::World five_countries(const std::vector<int>& order = {0, 1, 2, 3, 4}) {
  using world::Region;
  struct Row {
    const char* iso3;
    double lat, lon, population, income;
    Region region;
  };
  static const Row rows[5] = {{"AAA", 45, 0, 20e6, 30'000, Region::europe},
                              {"BBB", 46, 6, 9e6, 45'000, Region::europe},
                              {"CCC", 44, 12, 30e6, 25'000, Region::europe},
                              {"DDD", 40, 15, 1e6, 20'000, Region::europe},
                              {"EEE", 10, 60, 50e6, 8'000, Region::asia_pacific}};
  ToyWorld toy;
  std::uint32_t id[5];
  for (const int k : order) {
    const Row& r = rows[k];
    id[k] = toy.country(r.iso3, r.lat, r.lon, r.population, r.income, r.region);
  }
  for (int k = 0; k < 5; ++k) {
    toy.city(id[k], rows[k].lat, rows[k].lon, 1e6);
    toy.city(id[k], rows[k].lat + 1.5, rows[k].lon + 1.5, 4e5);
  }
  const auto hub_a = toy.airport("AAH", id[0], 45.1, 0.1),
             small_a = toy.airport("AAS", id[0], 46.4, 1.6);
  const auto hub_b = toy.airport("BBH", id[1], 46.1, 6.1);
  const auto hub_c = toy.airport("CCH", id[2], 44.1, 12.1),
             small_c = toy.airport("CCS", id[2], 45.4, 13.6);
  const auto port_d = toy.airport("DDH", id[3], 40.1, 15.1);
  const auto hub_e = toy.airport("EEH", id[4], 10.1, 60.1),
             small_e = toy.airport("EES", id[4], 11.4, 61.6);
  toy.link(hub_a, small_a, 1500, 150'000);
  toy.link(hub_c, small_c, 1200, 120'000);
  toy.link(hub_e, small_e, 2000, 220'000);
  toy.link(hub_a, hub_b, 4000, 500'000);
  toy.link(hub_a, hub_c, 6000, 900'000);
  toy.link(hub_b, hub_c, 3000, 400'000);
  toy.link(small_a, hub_c, 700, 100'000);
  toy.link(small_c, hub_b, 500, 60'000);
  toy.link(hub_c, port_d, 2500, 350'000);
  toy.link(hub_a, port_d, 600, 100'000);
  toy.link(hub_a, hub_e, 900, 270'000);
  toy.link(hub_b, hub_e, 800, 240'000);
  toy.leg(hub_e, port_d, 100, 20'000);  // one way only: nobody can come back
  toy.border(id[0], id[1], 45.5, 3);
  toy.border(id[1], id[2], 45, 9);
  const auto c = toy.port(id[2], 43, 13), d = toy.port(id[3], 40.5, 14.5);
  toy.lane(c, d, 320);
  return toy.done();
}

/// Countries and airports at random places, some airports in the same country, legs both ways
/// between some of them.
inline world::World random_world(std::uint32_t seed, int countries, int airports, int links) {
  std::mt19937 bits(seed);  // raw bits only: the same on every library
  const auto uniform = [&](double lo, double hi) {
    return lo + (hi - lo) * (static_cast<double>(bits()) * 0x1p-32);
  };
  ToyWorld toy;
  for (int c = 0; c < countries; ++c) {
    const auto id =
        toy.country("Q" + std::string(1, static_cast<char>('A' + c)) + "X", uniform(-40, 60),
                    uniform(-60, 60), uniform(1e6, 5e7), uniform(1000, 60'000));
    toy.city(id, uniform(-40, 60), uniform(-60, 60), 1e6);
  }
  std::vector<std::uint32_t> at;
  for (int a = 0; a < airports; ++a) {
    const std::string name{'Z', static_cast<char>('A' + a / 26), static_cast<char>('A' + a % 26)};
    at.push_back(toy.airport(name,
                             static_cast<std::uint32_t>(bits() % static_cast<unsigned>(countries)),
                             uniform(-40, 60), uniform(-60, 60)));
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> used;
  for (int l = 0; l < links; ++l) {
    const auto a = at[bits() % at.size()], b = at[bits() % at.size()];
    const std::pair<std::uint32_t, std::uint32_t> pair = std::minmax(a, b);
    if (a == b || std::find(used.begin(), used.end(), pair) != used.end()) continue;
    used.push_back(pair);
    toy.link(a, b, uniform(100, 4000), uniform(10'000, 400'000));
  }
  return toy.done();
}

}  // namespace corridor::travel::test
