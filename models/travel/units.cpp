// SPDX-License-Identifier: Apache-2.0
#include "models/travel/units.hpp"

#include <algorithm>
#include <iterator>

#include "sim/bijection.hpp"

namespace corridor::travel {
namespace {

constexpr std::uint64_t group = 64;
// Odd, so that the map of 0..63 onto itself mixes the classes evenly.
constexpr std::uint64_t stride = 29;
constexpr std::uint64_t inverse_stride = 53;  // 29 * 53 = 1 mod 64
static_assert(stride * inverse_stride % group == 1);

}  // namespace

PoolYear::PoolYear(const TravelTables& tables, const StreamParams& params,
                   const PopulationSetting& setting, std::uint32_t pool, std::int32_t year)
    : tables_(tables),
      key_(setting.key),
      pool_(pool),
      year_(year),
      first_block_(tables.pool_first[pool]),
      n_blocks_(tables.pool_first[pool + 1] - tables.pool_first[pool]) {
  day_first_.push_back(0);
  for (std::int32_t d = 0; d < days_of_year; ++d) {
    const std::int32_t day = year * days_of_year + d;
    const DayShape shape = setting.calendar(day);
    std::uint64_t sum = day_first_.back();
    for (std::uint32_t b = 0; b < n_blocks_; ++b) {
      counts_.push_back(draw_count(tables, setting, first_block_ + b, day, shape));
      sum += counts_.back().n;
    }
    day_first_.push_back(sum);
  }

  struct Wanted {
    std::uint32_t trips;
    std::int64_t size;
  };
  std::vector<Wanted> wanted;
  switch (pool % n_bands) {
    case 0:
      wanted = {
          {2, params.short_2}, {4, params.short_4}, {12, params.short_12}, {24, params.short_24}};
      break;
    case 1:
      wanted = {{2, params.medium_2}, {4, params.medium_4}};
      break;
    case 2:
      wanted = {{2, params.long_2}};
      break;
    default:
      break;
  }
  const std::uint64_t full_groups = n_slots() / group;
  std::uint32_t first = 0;
  for (const Wanted& w : wanted) {
    if (w.size <= 0) continue;
    Class c;
    c.index = static_cast<std::uint16_t>(classes_.size());
    c.first = first;
    c.size = static_cast<std::uint32_t>(w.size);
    c.slots = full_groups * c.size;
    first += c.size;
    for (c.trips = w.trips; c.trips > 1; c.trips /= 2) {
      c.length = c.slots / c.trips;
      c.window = std::max<std::uint64_t>(1, c.length / 4);
      if (c.length > 0 && apart(c)) break;
    }
    classes_.push_back(c);  // c.trips == 1: its units travel once, as those of no class
  }
}

bool PoolYear::apart(const Class& c) const {
  // Two trips of a unit are at least length - window + 1 places of the class apart, which is this
  // many groups of 64.
  const std::uint64_t groups_apart = (c.length - c.window + 1) / c.size;
  const auto longest = static_cast<std::int64_t>(bands[pool_ % n_bands].longest());
  const auto day_of = [&](std::uint64_t slot) {
    return std::upper_bound(day_first_.begin(), day_first_.end(), slot) - day_first_.begin() - 1;
  };
  const std::uint64_t groups = n_slots() / group;
  for (std::size_t d = 0; d + 1 < day_first_.size(); ++d) {
    // The first group whose last slot is on day d or later: the narrowest gap that starts on day d.
    const std::uint64_t g = day_first_[d] / group;
    if (g + groups_apart >= groups) break;
    const std::uint64_t end_of_group = g * group + group - 1;
    if (day_of((g + groups_apart) * group) <= day_of(end_of_group) + longest) return false;
  }
  return true;
}

const DayCount& PoolYear::count(std::int32_t day_of_year, std::uint32_t block) const {
  return counts_[static_cast<std::size_t>(day_of_year) * n_blocks_ + block];
}

std::uint64_t PoolYear::slot_of(TripId trip) const {
  const std::int32_t d = trip.day - year_ * days_of_year;
  const std::uint32_t b = trip.block - first_block_;
  std::uint64_t slot = day_first_[static_cast<std::size_t>(d)];
  for (std::uint32_t i = 0; i < b; ++i) slot += count(d, i).n;
  const BlockRow& block = tables_.blocks[trip.block];
  const Band& band = bands[block.band];
  const std::uint32_t k = (trip.nights - band.first_night) / band.step;
  return slot + cell_begin(tables_, block, count(d, b), k) + trip.number;
}

TripId PoolYear::trip_of(std::uint64_t slot) const {
  const auto after = std::upper_bound(day_first_.begin(), day_first_.end(), slot);
  const auto d = static_cast<std::int32_t>(std::distance(day_first_.begin(), after) - 1);
  std::uint64_t rest = slot - *std::prev(after);
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

std::uint64_t PoolYear::permute(const Class& c, std::uint64_t segment, std::uint64_t position,
                                bool inverse) const {
  const std::uint64_t window = position / c.window, start = window * c.window;
  const std::uint64_t size = std::min(c.window, c.length - start);
  const std::uint64_t id = (std::uint64_t{pool_} << 32) | (segment << 26) | (window & 0x3ffffff);
  const sim::Bijection pi(sim::draw(key_, sim::Purpose::unit_bijection, id, year_, c.index), size);
  return start + (inverse ? pi.backward(position - start) : pi.forward(position - start));
}

UnitId PoolYear::unit_of(TripId trip) const {
  const std::uint64_t slot = slot_of(trip);
  const std::uint64_t place = slot % group * stride % group;
  for (const Class& c : classes_) {
    if (place < c.first || place >= c.first + c.size || c.trips < 2) continue;
    if (slot / group >= n_slots() / group) break;  // the last, incomplete group
    const std::uint64_t t = slot / group * c.size + (place - c.first);
    const std::uint64_t segment = t / c.length;
    if (segment >= c.trips) break;  // fewer than f slots are left over
    return {pool_, year_, c.trips,
            std::uint64_t{c.index} << 56 | permute(c, segment, t % c.length, false)};
  }
  return {pool_, year_, 1, slot};
}

std::vector<TripId> PoolYear::trips_of(const UnitId& unit) const {
  if (unit.trips == 1) return {trip_of(unit.number)};
  const Class& c = classes_[static_cast<std::size_t>(unit.number >> 56)];
  const std::uint64_t number = unit.number & 0xffffffffffffff;
  std::vector<TripId> trips;
  for (std::uint64_t segment = 0; segment < c.trips; ++segment) {
    const std::uint64_t t = segment * c.length + permute(c, segment, number, true);
    const std::uint64_t place = c.first + t % c.size;
    trips.push_back(trip_of(t / c.size * group + place * inverse_stride % group));
  }
  return trips;
}

}  // namespace corridor::travel
