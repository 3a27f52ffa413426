// SPDX-License-Identifier: Apache-2.0
/// \file trip_id.hpp  64 bits that say which trip this is, and from which it can be made again.
///
///     bit 63      0: a trip of the streamed population; 1: injected by another model (its own id
///     range, injected.hpp) bits 45-62  block of origin-destination pairs (18 bits) bits 30-44
///     departure day + 2048 (15 bits: days -2048 to 30719) bits 20-29  nights away (10 bits) bits
///     0-19   number in the cell (20 bits)
///
/// A journey is a trip and a way: printed as 16 hex digits and "-out" or "-back"; a person of the
/// travelling unit is a journey and a number from 0. Part of the versioned contract of chance
/// (sim/random.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace corridor::travel {

enum class Way : std::uint8_t { out, back };

struct TripId {
  std::uint32_t block = 0;
  std::int32_t day = 0;
  std::uint32_t nights = 0;
  std::uint32_t number = 0;
  friend bool operator==(const TripId&, const TripId&) = default;
};

inline constexpr std::uint32_t max_blocks = 1U << 18, max_in_cell = 1U << 20;
inline constexpr std::int32_t first_possible_day = -2048, last_possible_day = 30719;

constexpr std::uint64_t pack(TripId t) {
  return (std::uint64_t{t.block} << 45) |
         (static_cast<std::uint64_t>(t.day - first_possible_day) << 30) |
         (std::uint64_t{t.nights} << 20) | t.number;
}

constexpr TripId unpack(std::uint64_t id) {
  return {static_cast<std::uint32_t>((id >> 45) & (max_blocks - 1)),
          static_cast<std::int32_t>((id >> 30) & 0x7fff) + first_possible_day,
          static_cast<std::uint32_t>((id >> 20) & 0x3ff),
          static_cast<std::uint32_t>(id & (max_in_cell - 1))};
}

constexpr bool is_injected(std::uint64_t id) { return (id >> 63) != 0; }

/// The person of a trip, for draws and for lists of removed persons: trips have at most 8 persons.
inline constexpr std::uint32_t max_party = 8;

/// "0123456789abcdef-out.2": trip, way, person. Way and person may be left out when read (defaults:
/// out, 0).
struct JourneyName {
  std::uint64_t trip = 0;
  Way way = Way::out;
  std::uint32_t person = 0;
  bool way_given = false;
};
[[nodiscard]] std::string to_text(std::uint64_t trip, Way way, std::uint32_t person);
[[nodiscard]] std::optional<JourneyName> parse_journey_name(std::string_view text);

}  // namespace corridor::travel
