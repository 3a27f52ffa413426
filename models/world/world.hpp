// SPDX-License-Identifier: Apache-2.0
/// \file world.hpp  The ground that people move on: countries, airports, legs, borders, ports,
/// lanes.
///
/// Rows are plain structs in vectors; an index into the vector is the id (`std::uint32_t`, typed by
/// its name). `load_world` reads a folder of CSV tables (data/README.md lists them with sources and
/// licences) and checks every reference. Lengths in km, positions in degrees (WGS84), money in US
/// dollars of the reference year 2019.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/complaints.hpp"

namespace corridor::world {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// World regions of UN Tourism (UNWTO), as its published totals use them.
enum class Region : std::uint8_t { europe, asia_pacific, americas, africa, middle_east };
inline constexpr std::size_t n_regions = 5;
constexpr std::string_view name(Region r) {
  switch (r) {
    case Region::europe:
      return "europe";
    case Region::asia_pacific:
      return "asia_pacific";
    case Region::americas:
      return "americas";
    case Region::africa:
      return "africa";
    case Region::middle_east:
      return "middle_east";
  }
  return "?";
}

struct Country {
  std::string iso3, name_en, name_fr, subregion;  ///< subregion: UN M49
  Region region = Region::europe;
  double lat = 0, lon = 0;           ///< centroid of the largest polygon
  double population = 0;             ///< persons, > 0
  double gdp_per_capita_usd = 0;     ///< 0 = unknown
  double published_arrivals = 0;     ///< overnight arrivals a year, 0 = not published here
  double published_departures = 0;   ///< overnight trips abroad a year, 0 = not published here
  double liner_connectivity = 0;     ///< UNCTAD liner shipping connectivity, 0 = no liner calls
  double control_of_corruption = 0;  ///< World Bank estimate, about -2.5 (bad) to 2.5
  bool corruption_known = false;     ///< whether there is an estimate
};

struct Border {                ///< a < b
  std::uint32_t a = 0, b = 0;  ///< countries
  double length_km = 0, lat = 0, lon = 0;
};

struct City {
  std::uint32_t country = 0;
  double lat = 0, lon = 0, population = 0;
};

struct Airport {
  std::string iata, name;
  std::uint32_t country = 0;
  double lat = 0, lon = 0;
};

/// One directed air link between two airports.
struct AirLeg {
  std::uint32_t origin = 0, destination = 0;  ///< airports
  std::uint32_t reverse = none;               ///< the leg the other way, or none
  double distance_km = 0, flights_year = 0, seats_year = 0;
};

struct Port {
  std::string locode, name;
  std::uint32_t country = 0;
  double lat = 0, lon = 0;
};

/// One undirected sea lane between two ports, a < b.
struct SeaLane {
  std::uint32_t a = 0, b = 0;
  double distance_km = 0;
};

/// Ties between two countries, a < b; only pairs with at least one tie are listed.
struct CountryTie {
  std::uint32_t a = 0, b = 0;
  bool common_language = false, colonial_link = false;
};

struct MigrantStock {
  std::uint32_t origin = 0, destination = 0;
  double persons = 0;
};

/// Share of a year's passengers in each month between two groups of countries (UN subregions).
struct SeasonProfile {
  std::string group_a, group_b;
  std::array<double, 12> share{};  ///< sums to 1
};

/// A treaty or union that says how freely people move between its members.
struct Organisation {
  std::string code, name;
  int free_movement_level = 0;  ///< 4: no systematic checks at internal borders
};

/// A country that was in an organisation at the end of 2019, of 2025, or of both.
struct Membership {
  std::uint32_t organisation = 0, country = 0;
  bool in_2019 = true, in_2025 = true;
};

/// A published yearly number of same-day or commuter crossings over one border, both directions
/// together.
struct SameDayFlow {
  std::uint32_t a = 0, b = 0;  ///< countries, a < b
  double crossings_year = 0;
  std::string source;
};

struct World {
  std::string name;        ///< from world.toml in the folder
  bool real_names = true;  ///< false for a synthetic world
  std::vector<Country> countries;
  std::vector<Border> borders;
  std::vector<City> cities;
  std::vector<Airport> airports;
  std::vector<AirLeg> air_legs;  ///< sorted by (origin, destination)
  std::vector<Port> ports;
  std::vector<SeaLane> sea_lanes;
  std::vector<CountryTie> ties;
  std::vector<MigrantStock> migrants;
  std::vector<SeasonProfile> seasons;
  std::vector<Organisation> organisations;
  std::vector<Membership> memberships;
  std::vector<SameDayFlow> same_day;
  std::string data_hash;  ///< 32 hex digits over the bytes of all tables

  /// \returns index or `none`.
  [[nodiscard]] std::uint32_t find_country(std::string_view iso3) const;
  [[nodiscard]] std::uint32_t find_airport(std::string_view iata) const;

  /// For each country, the open-border area it belongs to in 2019: countries with the same number
  /// have no systematic checks between them (free_movement_level 4). A country on its own has a
  /// number of its own.
  [[nodiscard]] std::vector<std::uint32_t> open_border_areas() const;
  /// [country * n + country]: 1 = they share a land border or a sea lane and check each other
  /// there.
  [[nodiscard]] std::vector<std::uint8_t> controlled_neighbours() const;
};

/// Reads and checks a data folder. Countries, airports and ports are sorted by code, legs by
/// (origin, destination); the order of rows in the files does not matter. \throws DataError listing
/// the complaints of all tables.
[[nodiscard]] World load_world(const std::filesystem::path& folder);

/// 32 hex digits over the bytes of all tables of a folder, without parsing them (for cache keys).
[[nodiscard]] std::string hash_world(const std::filesystem::path& folder);

/// Names of the files of a data folder, in the order in which they are read and hashed.
[[nodiscard]] const std::vector<std::string>& world_files();

/// Great-circle distance in km (haversine; radius 6371.0088 km is the mean radius R1 of WGS84).
///
///     h = sin^2((lat2 - lat1) / 2) + cos(lat1) cos(lat2) sin^2((lon2 - lon1) / 2)
///     d = 2 R asin(sqrt(min(h, 1)))
///
/// Domain: latitudes [-90, 90], longitudes any finite degrees. Source: Sinnott (1984), "Virtues of
/// the haversine", Sky and Telescope 68(2), 159. Limits: a sphere; up to 0.6 % off the ellipsoid.
/// Checked in tests/models/world/test_geometry.cpp: published pairs, symmetry, zero, triangle,
/// antipodes, date line, poles.
[[nodiscard]] double great_circle_km(double lat1, double lon1, double lat2, double lon2,
                                     double radius_km = 6371.0088);

}  // namespace corridor::world
