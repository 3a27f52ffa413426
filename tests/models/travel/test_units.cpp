// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "models/travel/units.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

struct Listing {
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::vector<TripId>> trips_of_unit;
  std::uint64_t slots = 0;
};

Listing list(const PoolYear& pool) {
  Listing listing;
  listing.slots = pool.n_slots();
  for (std::uint64_t slot = 0; slot < pool.n_slots(); ++slot) {
    const TripId trip = pool.trip_of(slot);
    REQUIRE(pool.exists(trip));
    REQUIRE(pool.slot_of(trip) == slot);
    const UnitId unit = pool.unit_of(trip);
    listing.trips_of_unit[{unit.trips, unit.number}].push_back(trip);
  }
  return listing;
}

}  // namespace

TEST_CASE("trip to unit and unit to trips agree over whole pools (both directions)",
          "[units][exact]") {
  const auto& w = test::small_world();
  for (std::uint32_t pool = 0; pool < 8; ++pool) {
    const PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    const Listing listing = list(year);
    REQUIRE(listing.slots > 0);
    std::uint64_t trips = 0;
    for (const auto& [unit, expected] : listing.trips_of_unit) {
      const auto found = year.trips_of({pool, 0, unit.first, unit.second});
      REQUIRE(found == expected);  // both in order of days
      REQUIRE(found.size() == unit.first);
      trips += found.size();
    }
    REQUIRE(trips == listing.slots);
  }
}

TEST_CASE("nobody is in two places: trips of a unit never overlap (case M1)", "[units][exact]") {
  const auto& w = test::small_world();
  std::set<std::uint32_t> classes;
  for (std::uint32_t pool = 0; pool < w.tables.n_pools(); ++pool) {
    for (const std::int32_t year : {-1, 0}) {
      const PoolYear slots(w.tables, w.stream_params, test::setting(), pool, year);
      for (const auto& [unit, trips] : list(slots).trips_of_unit) {
        classes.insert(unit.first);
        for (std::size_t i = 1; i < trips.size(); ++i) {
          REQUIRE(trips[i].day > trips[i - 1].day + static_cast<std::int32_t>(trips[i - 1].nights));
        }
      }
    }
  }
  CHECK(classes.size() > 2);  // otherwise nothing was tried
}

TEST_CASE("trips that do not exist are known as such", "[units][exact]") {
  const auto& w = test::small_world();
  const PoolYear year(w.tables, w.stream_params, test::setting(), 0, 0);
  const TripId trip = year.trip_of(5);
  CHECK(year.exists(trip));
  CHECK_FALSE(year.exists({trip.block, trip.day, trip.nights, trip.number + 100'000}));
  CHECK_FALSE(year.exists({trip.block, trip.day, 5, 0}));      // not of this band
  CHECK_FALSE(year.exists({trip.block, -1, trip.nights, 0}));  // another year
}

TEST_CASE("the share of trips in each class is the parameter, and the classes vanish with it",
          "[units][relation]") {
  const auto& w = test::small_world();
  const auto share_of_once = [&](const StreamParams& params) {
    std::uint64_t once = 0, all = 0;
    for (std::uint32_t pool = 0; pool < w.tables.n_pools(); pool += n_bands) {
      const PoolYear year(w.tables, params, test::setting(), pool, 0);
      for (const auto& [unit, trips] : list(year).trips_of_unit) {
        all += trips.size();
        if (unit.first == 1) once += trips.size();
      }
    }
    return static_cast<double>(once) / static_cast<double>(all);
  };
  // Short stays: 48 of 64 trips are by units that travel more than once; the rest of a division is
  // lost to each class.
  CHECK(share_of_once({}) == Approx(0.25).margin(0.05));
  StreamParams off;
  off.short_2 = off.short_4 = off.short_12 = off.short_24 = 0;
  CHECK(share_of_once(off) == 1);
}
