// SPDX-License-Identifier: Apache-2.0
/// \file units.hpp  Which trips of a year are made by the same travelling unit, both ways, with
/// nothing stored.
///
/// Model. The trips of a pool (residence and band of nights) in a year of 365 days are its slots,
/// numbered in order of (day, block, nights, number). Of every 64 slots in a row a fixed number
/// belongs to each frequency class; the others are made by units that travel once. A class of f
/// trips a year with S slots is cut into f segments of L = floor(S / f) slots; unit i has one slot
/// in each segment: position w k + pi(i mod w), where pi is a keyed bijection (sim/bijection.hpp)
/// within the window k = i / w of w = L / 4 positions. So two trips of a unit are at least 3/4 L
/// slots apart. Where that is not enough days for the longest stay of the band, f is halved until
/// it is: nobody is in two places. Trip to unit costs O(1), unit to all its trips O(f).
///
/// Not modelled. Units that make short and long trips in one year; units known from one year to the
/// next. Checked in tests/models/travel/test_units.cpp: both directions by listing a whole pool; no
/// overlap.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/travel/population.hpp"
#include "models/travel/slot_classes.hpp"

namespace corridor::travel {

/// All slots of one pool in one year. Making it costs one count per block and day of the pool.
class PoolYear {
 public:
  PoolYear(const TravelTables& tables, const StreamParams& params, const PopulationSetting& setting,
           std::uint32_t pool, std::int32_t year);

  [[nodiscard]] std::uint64_t n_slots() const { return slots_.n_slots(); }
  [[nodiscard]] const SlotClasses& slots() const { return slots_; }
  /// \pre the trip is of this pool and year and exists.
  [[nodiscard]] std::uint64_t slot_of(TripId trip) const;
  [[nodiscard]] TripId trip_of(std::uint64_t slot) const;
  /// Whether this trip is among the counts of its day.
  [[nodiscard]] bool exists(TripId trip) const;

  [[nodiscard]] UnitId unit_of(TripId trip) const { return slots_.unit_of(slot_of(trip)); }
  /// All trips of the unit in this year, by day.
  [[nodiscard]] std::vector<TripId> trips_of(const UnitId& unit) const;

 private:
  [[nodiscard]] const DayCount& count(std::int32_t day_of_year, std::uint32_t block) const;

  const TravelTables& tables_;
  std::int32_t year_;
  std::uint32_t first_block_, n_blocks_;
  std::vector<DayCount> counts_;  ///< [day of year][block]
  SlotClasses slots_;
};

}  // namespace corridor::travel
