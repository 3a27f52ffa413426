// SPDX-License-Identifier: Apache-2.0
/// \file population.hpp  Which trips exist: counts per block and day, cells of nights, and listing
/// a day.
///
/// Model. Trips of block b that depart on day d:
///
///     N(b, d) ~ Poisson( scale * units_year_b * season_b(month of d) / days of that month *
///     weekday_band(d) )
///
/// drawn once per block and day (Purpose::cell_count), independent between days. They are spread
/// over nights by systematic rounding with one uniform u per block and day: cell k holds numbers
/// floor(N C_k + u) to floor(N C_{k+1} + u) - 1, where C are the cumulative shares of nights; each
/// cell's mean is exact. So a day's departures are the cells (b, today, k), its returns the cells
/// (b, today - nights_k, k), and nothing is stored but N and u of the days that can still return.
/// Days before 0 exist: a run begins with people abroad.
///
/// Scale below 1 thins the Poisson means, which keeps each travelling unit with probability
/// `scale`. Checked in tests/models/travel/test_population.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/travel/tables.hpp"
#include "models/travel/trip_id.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace corridor::travel {

/// Where a day stands in the calendar.
struct DayShape {
  std::uint32_t month = 0;  ///< 0..11
  std::uint32_t days_in_month = 31;
  std::uint32_t weekday = 0;  ///< 0 = Monday
};
using CalendarView = std::function<DayShape(std::int32_t day)>;

/// What a population depends on beside the tables.
struct PopulationSetting {
  sim::RunKey key;
  double scale = 1;
  double weekday_spread = 1;
  CalendarView calendar;
};

/// Trips of one block and day, and the uniform that spreads them over nights.
struct DayCount {
  std::uint32_t n = 0, u = 0;
  std::uint32_t before = 0;  ///< trips of the pool's earlier blocks on that day (Population alone)
};

/// First number of cell k of a block and day; that of k + 1 ends it.
[[nodiscard]] inline std::uint32_t cell_begin(const TravelTables& t, const BlockRow& block,
                                              DayCount c, std::uint32_t k) {
  if (k >= bands[block.band].n_values) return c.n;
  const std::uint64_t cut = t.night_cut[block.first_night + k];
  return static_cast<std::uint32_t>((cut * c.n + c.u) >> 32);
}

/// Expected trips of travelling units of a block that depart on a day.
[[nodiscard]] double expected_departures(const TravelTables& t, const PopulationSetting& setting,
                                         std::uint32_t block, DayShape shape);

/// The count of a block and day, made anew: a pure function.
[[nodiscard]] DayCount draw_count(const TravelTables& t, const PopulationSetting& setting,
                                  std::uint32_t block, std::int32_t day, DayShape shape);

/// A piece of a day's work: blocks [first, last), or one part of one large block.
struct WorkUnit {
  std::uint32_t first = 0, last = 0;
  std::uint32_t part = 0, parts = 1;
};

/// Rows [from, to) of one cell.
struct CellPiece {
  std::uint32_t block = 0;
  std::int32_t departure_day = 0;
  std::uint32_t nights = 0;
  std::uint32_t from = 0, to = 0;
  std::uint32_t place = 0;  ///< of row 0 of the cell among the pool's trips of that departure day
};

/// Counts of all days that matter on one day. Not part of a run's state: it can be made for any day
/// from nothing.
class Population {
 public:
  /// Makes the counts of `today` and of all days whose trips may still be abroad.
  Population(const TravelTables& tables, PopulationSetting setting, std::int32_t today,
             sim::Workers& workers);

  /// Goes on to the next day.
  void advance(sim::Workers& workers);
  [[nodiscard]] std::int32_t today() const { return today_; }
  [[nodiscard]] const std::vector<WorkUnit>& work() const { return work_; }

  /// Calls piece(CellPiece) for the departures, or for the returns, of today in this unit of work.
  template <class Piece>
  void list(const WorkUnit& unit, Way way, Piece piece) const {
    for (std::uint32_t b = unit.first; b < unit.last; ++b) {
      const BlockRow& block = tables_.blocks[b];
      const Band& band = bands[block.band];
      for (std::uint32_t k = 0; k < band.n_values; ++k) {
        const std::uint32_t nights = band.night(k);
        const std::int32_t day =
            way == Way::out ? today_ : today_ - static_cast<std::int32_t>(nights);
        const DayCount c = count(b, day);
        if (c.n == 0) continue;
        const std::uint32_t from = cell_begin(tables_, block, c, k);
        const std::uint32_t to = cell_begin(tables_, block, c, k + 1);
        const std::uint64_t size = to - from;
        const auto cut = [&](std::uint64_t part) {
          return from + static_cast<std::uint32_t>(size * part / unit.parts);
        };
        const CellPiece cell{
            b, day, nights, cut(unit.part) - from, cut(unit.part + 1) - from, c.before + from};
        if (cell.from < cell.to) piece(cell);
      }
    }
  }

  /// The count of a day not before the longest stay and not after today.
  [[nodiscard]] DayCount count(std::uint32_t block, std::int32_t day) const {
    const std::uint32_t length = ring_length(tables_.blocks[block].band);
    return ring_[ring_first_[block] + static_cast<std::uint32_t>(day - epoch) % length];
  }

 private:
  static constexpr std::int32_t epoch = -4096;  // keeps ring positions of early days positive
  static constexpr std::uint32_t ring_length(std::uint32_t band) {
    return bands[band].longest() + 1;
  }
  void fill(std::int32_t day, sim::Workers& workers, bool only_long);

  const TravelTables& tables_;
  PopulationSetting setting_;
  std::int32_t today_;
  std::vector<std::uint32_t> ring_first_;
  std::vector<DayCount> ring_;
  std::vector<WorkUnit> work_;
};

}  // namespace corridor::travel
