// SPDX-License-Identifier: Apache-2.0
#include "models/travel/slot_classes.hpp"

#include <algorithm>
#include <iterator>

#include "models/travel/tables.hpp"
#include "sim/bijection.hpp"

namespace corridor::travel {
namespace {

constexpr std::uint64_t group = 64;
// Odd, so that the map of 0..63 onto itself mixes the classes evenly.
constexpr std::uint64_t stride = 29;
constexpr std::uint64_t inverse_stride = 53;  // 29 * 53 = 1 mod 64
static_assert(stride * inverse_stride % group == 1);

struct Wanted {
  std::uint32_t trips;
  std::int64_t size;
};

std::vector<Wanted> wanted_classes(const StreamParams& params, std::uint32_t band) {
  switch (band) {
    case 0:
      return {
          {2, params.short_2}, {4, params.short_4}, {12, params.short_12}, {24, params.short_24}};
    case 1:
      return {{2, params.medium_2}, {4, params.medium_4}};
    case 2:
      return {{2, params.long_2}};
    default:
      return {};
  }
}

}  // namespace

SlotClasses::SlotClasses(const StreamParams& params, sim::RunKey key, std::uint32_t pool,
                         std::int32_t year, std::vector<std::uint64_t> day_first)
    : key_(key), pool_(pool), year_(year), day_first_(std::move(day_first)) {
  const std::uint64_t full_groups = n_slots() / group;
  const auto longest = static_cast<std::int64_t>(bands[pool % n_bands].longest());
  std::uint32_t first = 0;
  for (const Wanted& w : wanted_classes(params, pool % n_bands)) {
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
      if (c.length > 0 && apart(c, longest)) break;
    }
    classes_.push_back(c);  // c.trips == 1: its units travel once, as those of no class
  }
}

std::int32_t SlotClasses::day_of(std::uint64_t slot) const {
  return static_cast<std::int32_t>(std::upper_bound(day_first_.begin(), day_first_.end(), slot) -
                                   day_first_.begin() - 1);
}

bool SlotClasses::apart(const Class& c, std::int64_t longest) const {
  // Two trips of a unit are at least length - window + 1 places of the class apart, which is this
  // many groups of 64.
  const std::uint64_t groups_apart = (c.length - c.window + 1) / c.size;
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

std::uint64_t SlotClasses::permute(const Class& c, std::uint64_t segment, std::uint64_t position,
                                   bool inverse) const {
  const std::uint64_t window = position / c.window, start = window * c.window;
  const std::uint64_t size = std::min(c.window, c.length - start);
  const std::uint64_t id = (std::uint64_t{pool_} << 32) | (segment << 26) | (window & 0x3ffffff);
  const sim::Bijection pi(sim::draw(key_, sim::Purpose::unit_bijection, id, year_, c.index), size);
  return start + (inverse ? pi.backward(position - start) : pi.forward(position - start));
}

SlotClasses::Position SlotClasses::position_of(std::uint64_t slot) const {
  const std::uint64_t place = slot % group * stride % group;
  for (const Class& c : classes_) {
    if (place < c.first || place >= c.first + c.size || c.trips < 2) continue;
    if (slot / group >= n_slots() / group) break;  // the last, incomplete group
    const std::uint64_t t = slot / group * c.size + (place - c.first);
    const std::uint64_t segment = t / c.length;
    if (segment >= c.trips) break;  // fewer than f slots are left over
    return {&c, segment, t % c.length};
  }
  return {};
}

std::uint64_t SlotClasses::slot_at(const Class& c, std::uint64_t segment,
                                   std::uint64_t position) const {
  const std::uint64_t t = segment * c.length + position;
  const std::uint64_t place = c.first + t % c.size;
  return t / c.size * group + place * inverse_stride % group;
}

UnitId SlotClasses::unit_of(std::uint64_t slot) const {
  const Position p = position_of(slot);
  if (p.unit_class == nullptr) return {pool_, year_, 1, slot};
  const Class& c = *p.unit_class;
  return {pool_, year_, c.trips, std::uint64_t{c.index} << 56 | permute(c, p.segment, p.at, false)};
}

std::vector<std::uint64_t> SlotClasses::slots_of(const UnitId& unit) const {
  if (unit.trips == 1) return {unit.number};
  const Class& c = classes_[static_cast<std::size_t>(unit.number >> 56)];
  const std::uint64_t number = unit.number & 0xffffffffffffff;
  std::vector<std::uint64_t> slots;
  for (std::uint64_t segment = 0; segment < c.trips; ++segment) {
    slots.push_back(slot_at(c, segment, permute(c, segment, number, true)));
  }
  return slots;
}

SlotClasses::Segments SlotClasses::between(const Class& c, std::uint64_t start, std::uint64_t from,
                                           std::uint64_t to) {
  // The unit's place lies in the same window [start, end) of every segment k, so its slot lies in
  // the groups of 64 that hold the places k L + start .. k L + end - 1. All of them are on or after
  // `from` from some k on, and before `to` up to some k; no shuffle needs to be asked.
  const std::uint64_t end = std::min(start + c.window, c.length);
  const std::uint64_t low = (from + group - 1) / group * c.size, high = to / group * c.size;
  if (from >= to || high < end) return {};
  return {static_cast<std::uint32_t>(low <= start ? 0 : (low - start + c.length - 1) / c.length),
          static_cast<std::uint32_t>((high - end) / c.length + 1)};
}

std::uint32_t SlotClasses::earlier_trips(std::uint64_t slot, std::int32_t since,
                                         std::int32_t until) const {
  const Position p = position_of(slot);
  if (p.unit_class == nullptr) return 0;
  const Class& c = *p.unit_class;
  return between(c, p.at / c.window * c.window, first_of(since), first_of(until)).before(p.segment);
}

EarlierTrips::EarlierTrips(const SlotClasses& slots, std::uint64_t first_slot, std::int32_t since,
                           std::int32_t until) {
  const std::uint64_t from = slots.first_of(since), to = slots.first_of(until);
  full_groups_ = slots.n_slots() / group;
  for (std::size_t i = 0; i < slots.classes().size(); ++i) {
    const SlotClasses::Class& c = slots.classes()[i];
    if (c.trips < 2) continue;
    for (std::uint32_t p = c.first; p < c.first + c.size; ++p) {
      class_at_[p * inverse_stride % group] = static_cast<std::uint8_t>(i + 1);
    }
    Counts& n = counts_.at(i);
    n.length = c.length;
    n.window = c.window;
    n.trips = c.trips;
    n.first = c.first;
    n.size = c.size;
    n.segment = static_cast<std::uint32_t>(first_slot / group * c.size / c.length);
    n.segment_first = n.segment * c.length;
    for (std::uint64_t w = 0; w * c.window < c.length; ++w) {
      n.counted.at(w) = SlotClasses::between(c, w * c.window, from, to);
    }
  }
}

std::uint32_t EarlierTrips::of(std::uint64_t slot) const {
  const std::uint8_t which = class_at_[slot % group];
  if (which == 0 || slot / group >= full_groups_) return 0;  // travels once, or the last group
  const Counts& n = counts_[which - 1U];
  const std::uint64_t place = slot % group * stride % group;
  std::uint64_t at = slot / group * n.size + (place - n.first) - n.segment_first;
  std::uint32_t segment = n.segment;
  for (; at >= n.length; at -= n.length) ++segment;
  if (segment >= n.trips) return 0;  // fewer than f slots are left over
  std::size_t window = 0;
  while (at >= (window + 1) * n.window) ++window;
  return n.counted[window].before(segment);
}

}  // namespace corridor::travel
