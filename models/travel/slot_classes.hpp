// SPDX-License-Identifier: Apache-2.0
/// \file slot_classes.hpp  The trips of a pool and year as numbered slots, and which slots belong
/// to one travelling unit.
///
/// Model: see units.hpp. Here are the slots alone, without the trips behind them: what is known
/// from how many trips the pool has on each day. So a stream can ask, for every trip that it lists,
/// how often the unit has travelled before, in O(1) and without listing a year.
///
/// Checked in tests/models/travel/test_slot_classes.cpp and test_units.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "models/travel/stream_params.hpp"
#include "sim/random.hpp"

namespace corridor::travel {

inline constexpr std::int32_t days_of_year = 365;
[[nodiscard]] constexpr std::int32_t year_of(std::int32_t day) {
  return day >= 0 ? day / days_of_year : -((days_of_year - 1 - day) / days_of_year);
}

struct UnitId {
  std::uint32_t pool = 0;
  std::int32_t year = 0;     ///< day / 365, rounded down
  std::uint32_t trips = 1;   ///< trips a year of its class
  std::uint64_t number = 0;  ///< within pool, year and class
  friend bool operator==(const UnitId&, const UnitId&) = default;
};

class SlotClasses {
 public:
  struct Class {
    std::uint32_t trips = 1;                          ///< f, after halving
    std::uint32_t first = 0, size = 0;                ///< places among 64
    std::uint64_t slots = 0, length = 0, window = 1;  ///< S, L, w
    std::uint16_t index = 0;                          ///< for the key of its bijections
  };

  SlotClasses() = default;
  /// \param day_first  first slot of each day of the year, and one more: the number of slots
  SlotClasses(const StreamParams& params, sim::RunKey key, std::uint32_t pool, std::int32_t year,
              std::vector<std::uint64_t> day_first);

  [[nodiscard]] std::uint64_t n_slots() const { return day_first_.back(); }
  /// \param day_of_year 0..365; slots from this one on are of that day or later
  [[nodiscard]] std::uint64_t day_first(std::int32_t day_of_year) const {
    return day_first_[static_cast<std::size_t>(day_of_year)];
  }
  /// Day of the year on which a slot's trip departs. \pre slot < n_slots()
  [[nodiscard]] std::int32_t day_of(std::uint64_t slot) const;
  [[nodiscard]] const std::vector<Class>& classes() const { return classes_; }

  [[nodiscard]] UnitId unit_of(std::uint64_t slot) const;
  /// All slots of a unit, in order of time.
  [[nodiscard]] std::vector<std::uint64_t> slots_of(const UnitId& unit) const;
  /// Trips of the unit of this slot, before this one, that surely departed on days [since, until)
  /// of this year: a trip whose window of slots reaches beyond a bound is left out, so that nothing
  /// older than a limit counts, ever. \param since, until  days of the year; clamped to 0..365
  [[nodiscard]] std::uint32_t earlier_trips(std::uint64_t slot, std::int32_t since,
                                            std::int32_t until) const;

 private:
  friend class EarlierTrips;
  /// Segments [first, end), of which those before one's own are counted.
  struct Segments {
    std::uint32_t first = 0, end = 0;
    [[nodiscard]] std::uint32_t before(std::uint64_t segment) const {
      const auto beyond = static_cast<std::uint32_t>(std::min<std::uint64_t>(segment, end));
      return first < beyond ? beyond - first : 0;
    }
  };
  /// Segments in which the window that begins at `start` lies within slots [from, to).
  [[nodiscard]] static Segments between(const Class& c, std::uint64_t start, std::uint64_t from,
                                        std::uint64_t to);
  /// \param day  of the year, clamped to 0..365
  [[nodiscard]] std::uint64_t first_of(std::int32_t day) const {
    return day_first(std::clamp(day, 0, days_of_year));
  }
  struct Position {
    const Class* unit_class = nullptr;  ///< nullptr: the unit travels once
    std::uint64_t segment = 0, at = 0;
  };
  [[nodiscard]] Position position_of(std::uint64_t slot) const;
  [[nodiscard]] std::uint64_t slot_at(const Class& c, std::uint64_t segment,
                                      std::uint64_t position) const;
  [[nodiscard]] std::uint64_t permute(const Class& c, std::uint64_t segment, std::uint64_t position,
                                      bool inverse) const;
  [[nodiscard]] bool apart(const Class& c, std::int64_t longest) const;

  sim::RunKey key_;
  std::uint32_t pool_ = 0;
  std::int32_t year_ = 0;
  std::vector<std::uint64_t> day_first_{0};
  std::vector<Class> classes_;
};

/// `SlotClasses::earlier_trips` of many slots in a row: what depends on the bounds alone is worked
/// out once, so that a slot costs no division.
class EarlierTrips {
 public:
  EarlierTrips() = default;
  /// \param first_slot  none before it is asked about; those soon after it are the fastest
  EarlierTrips(const SlotClasses& slots, std::uint64_t first_slot, std::int32_t since,
               std::int32_t until);
  [[nodiscard]] std::uint32_t of(std::uint64_t slot) const;

 private:
  /// Windows of a segment: L / floor(L / 4), rounded up, is 7 at most.
  static constexpr std::size_t most_windows = 7, most_classes = 4;
  struct Counts {
    std::uint64_t length = 1, window = 1;  ///< L, w
    std::uint64_t segment_first = 0;       ///< place at which the segment of the first slot begins
    std::uint32_t trips = 0, first = 0, size = 0, segment = 0;
    std::array<SlotClasses::Segments, most_windows> counted{};  ///< by window
  };
  std::array<Counts, most_classes> counts_{};
  std::array<std::uint8_t, 64> class_at_{};  ///< by place among 64; 0 = none, 1 = counts_[0], ..
  std::uint64_t full_groups_ = 0;
};

}  // namespace corridor::travel
