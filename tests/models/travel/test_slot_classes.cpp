// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/travel/units.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::travel;

TEST_CASE("earlier trips are never older than the limit, and all those that are surely within it",
          "[units][exact]") {
  // Of a class with f trips a year the window of a trip is a quarter of 365 / f days: within so
  // many days of a bound (twice that, since quiet days have few slots) a trip may be left out.
  const auto& w = test::small_world();
  std::uint32_t most = 0;
  for (std::uint32_t pool = 0; pool < 6; ++pool) {
    const PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    const SlotClasses& slots = year.slots();
    for (std::uint64_t slot = 0; slot < slots.n_slots(); slot += 3) {
      const std::int32_t day = slots.day_of(slot);
      for (const auto& [since, until] : {std::pair{day - 183, day}, std::pair{day - 40, day - 7},
                                         std::pair{0, 365}, std::pair{day, day}}) {
        std::uint32_t within = 0, surely = 0;
        const travel::UnitId unit = slots.unit_of(slot);
        const auto margin = static_cast<std::int32_t>(2.0 * 365 / 4 / unit.trips) + 2;
        for (const std::uint64_t other : slots.slots_of(unit)) {
          const std::int32_t d = slots.day_of(other);
          if (other >= slot) continue;
          within += d >= since && d < until ? 1 : 0;
          surely +=
              (since <= 0 || d >= since + margin) && (until >= 365 || d < until - margin) ? 1 : 0;
        }
        const std::uint32_t told = slots.earlier_trips(slot, since, until);
        REQUIRE(told <= within);
        REQUIRE(told >= surely);
        if (since <= 0 && until >= 365) REQUIRE(told == within);
        most = std::max(most, told);
      }
    }
  }
  CHECK(most >= 20);  // frequent travellers were among them
}

TEST_CASE("with no days to look back on, nobody has travelled before", "[units][exact]") {
  const auto& w = test::small_world();
  const PoolYear year(w.tables, w.stream_params, test::setting(), 0, 0);
  for (std::uint64_t slot = 0; slot < year.n_slots(); ++slot) {
    const std::int32_t day = year.slots().day_of(slot);
    REQUIRE(year.slots().earlier_trips(slot, day, day) == 0);
    REQUIRE(year.slots().earlier_trips(slot, -400, 0) == 0);
  }
}

TEST_CASE("asked day by day, the count of earlier trips is that of one slot alone",
          "[units][exact]") {
  const auto& w = test::small_world();
  std::uint64_t counted = 0;
  for (std::uint32_t pool = 0; pool < 8; ++pool) {
    const PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    const SlotClasses& slots = year.slots();
    for (std::int32_t day = 0; day < days_of_year; day += 7) {
      for (const auto& [since, until] :
           {std::pair{day - 183, day}, std::pair{day - 40, day - 7}, std::pair{0, 365}}) {
        const EarlierTrips trips(slots, slots.day_first(day), since, until);
        // Also far behind the first slot, up to the incomplete group at the end.
        for (std::uint64_t slot = slots.day_first(day); slot < slots.n_slots();
             slot += slot < slots.day_first(day + 1) ? 1 : 97) {
          const std::uint32_t expected = slots.earlier_trips(slot, since, until);
          REQUIRE(trips.of(slot) == expected);
          counted += expected;
        }
      }
    }
  }
  CHECK(counted > 1000);
  CHECK(EarlierTrips().of(5) == 0);
}
