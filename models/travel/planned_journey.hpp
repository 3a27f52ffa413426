// SPDX-License-Identifier: Apache-2.0
/// \file planned_journey.hpp  A journey that another model plans for one of its people, and what
/// became of it: how fighters and couriers ride in the stream among everyone else.
///
/// A person of another model makes a whole journey of one or more tickets; each ticket is one trip
/// out, with or without a trip back. The stream makes the itinerary, the booking and the crossings
/// of a ticket from its own draws; whoever plans it decides only countries, day and company. The
/// next ticket is planned when the last one has ended.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/travel/trip_id.hpp"

namespace corridor::travel {

enum class Actor : std::uint8_t { fighter = 1, drug_courier = 2, cash_courier = 3 };
inline constexpr std::size_t n_actors = 3;
static_assert(static_cast<std::size_t>(Actor::cash_courier) == n_actors);
constexpr std::string_view name(Actor a) {
  switch (a) {
    case Actor::fighter:
      return "fighter";
    case Actor::drug_courier:
      return "drug courier";
    case Actor::cash_courier:
      return "cash courier";
  }
  return "?";
}

inline constexpr std::uint8_t any_mode = 255;

/// One ticket. Days count from the scenario's start.
struct PlannedJourney {
  std::uint64_t person = 0;  ///< number in its model, below 2^40
  std::uint16_t ticket = 0;  ///< 0.. of the person's tickets, below 2^8
  Actor actor = Actor::fighter;
  std::int32_t day = 0;                       ///< of departure
  std::uint16_t origin = 0, destination = 0;  ///< countries, rows of World::countries
  std::uint16_t nationality = 0;
  std::uint16_t nights = 0;      ///< until the way back; 0 = one way
  std::uint8_t mode = any_mode;  ///< travel::Mode, or any
  std::uint8_t party = 1;        ///< people who travel together under this ticket, 1..8
  std::uint8_t irregular = 0;    ///< 1: travels on a document that is not his or is false
  /// Per member, bit per kind of record held of him: 0 document, 1 name, 2 biometric.
  std::array<std::uint8_t, max_party> known{};
  std::uint8_t minor = 0;   ///< 1: a child
  std::uint8_t lawful = 0;  ///< 1: what he carries is declared: nothing for a post to find
  friend bool operator==(const PlannedJourney&, const PlannedJourney&) = default;
};

enum class JourneyEnd : std::uint8_t { arrived, no_route, refused, detained, seized, protection };
inline constexpr std::size_t n_journey_ends = 6;
static_assert(static_cast<std::size_t>(JourneyEnd::protection) + 1 == n_journey_ends);
constexpr std::string_view name(JourneyEnd e) {
  switch (e) {
    case JourneyEnd::arrived:
      return "arrived";
    case JourneyEnd::no_route:
      return "no route";
    case JourneyEnd::refused:
      return "refused";
    case JourneyEnd::detained:
      return "detained";
    case JourneyEnd::seized:
      return "seized";
    case JourneyEnd::protection:
      return "protection";
  }
  return "?";
}

/// What became of the way out of a ticket; told on the day on which it ends. A party travels as
/// one: where one of it is held, all stop.
struct JourneyOutcome {
  std::uint64_t person = 0;
  std::uint16_t ticket = 0;
  Actor actor = Actor::fighter;
  JourneyEnd end = JourneyEnd::arrived;
  std::int32_t day = 0;
  std::uint16_t country = 0;  ///< where it ended
  friend bool operator==(const JourneyOutcome&, const JourneyOutcome&) = default;
};

}  // namespace corridor::travel
