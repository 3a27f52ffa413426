// SPDX-License-Identifier: Apache-2.0
#include "models/travel/units.hpp"

namespace corridor::travel {
PoolYear::PoolYear(const TravelTables& tables, const StreamParams& params,
                   const PopulationSetting& setting, std::uint32_t pool, std::int32_t year)
    : tables_(tables),
      year_(year),
      first_block_(tables.pool_first[pool]),
      n_blocks_(tables.pool_first[pool + 1] - tables.pool_first[pool]) {
  std::vector<std::uint64_t> day_first{0};
  for (std::int32_t d = 0; d < days_of_year; ++d) {
    const std::int32_t day = year * days_of_year + d;
    const DayShape shape = setting.calendar(day);
    std::uint64_t sum = day_first.back();
    for (std::uint32_t b = 0; b < n_blocks_; ++b) {
      counts_.push_back(draw_count(tables, setting, first_block_ + b, day, shape));
      sum += counts_.back().n;
    }
    day_first.push_back(sum);
  }
  slots_ = SlotClasses(params, setting.key, pool, year, std::move(day_first));
}

const DayCount& PoolYear::count(std::int32_t day_of_year, std::uint32_t block) const {
  return counts_[static_cast<std::size_t>(day_of_year) * n_blocks_ + block];
}

std::uint64_t PoolYear::slot_of(TripId trip) const {
  const std::int32_t d = trip.day - year_ * days_of_year;
  const std::uint32_t b = trip.block - first_block_;
  std::uint64_t slot = slots_.day_first(d);
  for (std::uint32_t i = 0; i < b; ++i) slot += count(d, i).n;
  const BlockRow& block = tables_.blocks[trip.block];
  const Band& band = bands[block.band];
  const std::uint32_t k = (trip.nights - band.first_night) / band.step;
  return slot + cell_begin(tables_, block, count(d, b), k) + trip.number;
}

TripId PoolYear::trip_of(std::uint64_t slot) const {
  const std::int32_t d = slots_.day_of(slot);
  std::uint64_t rest = slot - slots_.day_first(d);
  std::uint32_t b = 0;
  while (rest >= count(d, b).n) rest -= count(d, b++).n;
  const BlockRow& block = tables_.blocks[first_block_ + b];
  const Band& band = bands[block.band];
  std::uint32_t k = 0;
  while (k + 1 < band.n_values && cell_begin(tables_, block, count(d, b), k + 1) <= rest) ++k;
  return {first_block_ + b, year_ * days_of_year + d, band.night(k),
          static_cast<std::uint32_t>(rest) - cell_begin(tables_, block, count(d, b), k)};
}

bool PoolYear::exists(TripId trip) const {
  if (trip.block < first_block_ || trip.block >= first_block_ + n_blocks_ ||
      year_of(trip.day) != year_) {
    return false;
  }
  const BlockRow& block = tables_.blocks[trip.block];
  const Band& band = bands[block.band];
  if (trip.nights < band.first_night || (trip.nights - band.first_night) % band.step != 0) {
    return false;
  }
  const std::uint32_t k = (trip.nights - band.first_night) / band.step;
  if (k >= band.n_values) return false;
  const DayCount& c = count(trip.day - year_ * days_of_year, trip.block - first_block_);
  return cell_begin(tables_, block, c, k) + std::uint64_t{trip.number} <
         cell_begin(tables_, block, c, k + 1);
}

std::vector<TripId> PoolYear::trips_of(const UnitId& unit) const {
  std::vector<TripId> trips;
  for (const std::uint64_t slot : slots_.slots_of(unit)) trips.push_back(trip_of(slot));
  return trips;
}

}  // namespace corridor::travel
