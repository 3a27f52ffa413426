// SPDX-License-Identifier: Apache-2.0
/// \file injected.hpp  Trips of other models' people, made into rows of the same batches as
/// everybody's.
///
/// A planned journey (planned_journey.hpp) becomes a trip: a row of the pair of its countries, with
/// party, nationality and, if asked, mode given, and all else drawn as for an ordinary trip of that
/// pair: itinerary, purpose, lead time, ticket, channel, nights shown in the booking, hours. Draws
/// belong to the trip's own id, which no ordinary trip has, so nobody else's move.
///
///     id: bit 63 = 1, bit 62 = 0, bits 59-61 actor, bits 51-58 ticket, bits 0-50 person
///
/// Nights. Whoever does not come back still books: the nights that his booking shows are drawn from
/// those of the pair's ordinary trips and say nothing about him.
///
/// Limits. A pair without ordinary travel has no itineraries, so nobody can be sent there:
/// `make_trip` returns nothing. Checked in tests/models/travel/test_injected.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/travel/planned_journey.hpp"
#include "models/travel/tables.hpp"
#include "models/travel/trip_id.hpp"

namespace corridor::travel {

/// One ticket in the stream. Trivially copyable: part of a run's state.
struct InjectedTrip {
  std::uint64_t trip = 0;
  std::int32_t departure_day = 0;
  std::uint32_t pair = 0, block = 0, entry = 0;  ///< of an ordinary trip between these countries
  std::uint16_t nights = 0;                      ///< until the way back; 0 = never
  std::uint16_t nationality = 0;
  std::uint8_t mode = any_mode, party = 1;
  std::uint8_t irregular = 0, minor = 0;
  std::uint8_t threat = 0;                      ///< truth, as Batch::threat
  std::uint8_t end_days = 0;                    ///< days until the way out ends, from departure
  std::uint8_t ended = 0;                       ///< 1: the way out has ended, for the whole party
  std::array<std::uint8_t, max_party> known{};  ///< as PlannedJourney's
  std::array<std::uint8_t, 5> unused{};         ///< no padding: equal rows have equal bytes
  [[nodiscard]] std::int32_t return_day() const { return departure_day + nights; }
  friend bool operator==(const InjectedTrip&, const InjectedTrip&) = default;
};

struct InjectedId {
  Actor actor = Actor::fighter;
  std::uint64_t person = 0;
  std::uint16_t ticket = 0;
  friend bool operator==(const InjectedId&, const InjectedId&) = default;
};
inline constexpr std::uint64_t max_injected_person = std::uint64_t{1} << 51;
inline constexpr std::uint32_t max_tickets = 256;
constexpr std::uint64_t pack(InjectedId id) {
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(id.actor) << 59 |
         std::uint64_t{id.ticket} << 51 | id.person;
}
constexpr InjectedId unpack_injected(std::uint64_t trip) {
  return {static_cast<Actor>((trip >> 59) & 7), trip & (max_injected_person - 1),
          static_cast<std::uint16_t>((trip >> 51) & 255)};
}

/// Which pairs of countries people travel between, and where an ordinary trip of a pair stands.
class PairIndex {
 public:
  explicit PairIndex(const TravelTables& tables);
  /// \returns row of TravelTables::pairs, or world::none when nobody travels there
  [[nodiscard]] std::uint32_t find(std::uint32_t origin, std::uint32_t destination) const {
    return pair_[origin * n_countries_ + destination];
  }
  [[nodiscard]] bool has_route(std::uint32_t origin, std::uint32_t destination) const {
    return find(origin, destination) != world::none;
  }
  /// Nothing when nobody travels between these countries, or not by this mode.
  [[nodiscard]] std::optional<InjectedTrip> make_trip(const PlannedJourney& plan,
                                                      std::uint8_t threat) const;

 private:
  const TravelTables& tables_;
  std::size_t n_countries_;
  std::vector<std::uint32_t> pair_;   ///< [origin][destination]
  std::vector<std::uint32_t> block_;  ///< per pair: its first block
  std::vector<std::uint32_t> entry_;  ///< per pair: its entry there
};

}  // namespace corridor::travel
