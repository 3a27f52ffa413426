// SPDX-License-Identifier: Apache-2.0
/// \file flight_lists.hpp  Who is booked on which flight: a day's passengers, listed again.
///
/// Nothing of this is stored in a result. Journeys are pure functions of tables, seed and trip id,
/// so the passengers of a flight are found by listing the population again. A flight is a departure
/// of an air leg: (leg, number of the departure on a UTC day). A passenger on a later leg, or one
/// who was at check-in before midnight, set out on an earlier day, so the journeys of
/// `days_before()` earlier days are listed too:
///
///     latest departure of leg k = start + check-in + k (flight + connection + wait) minutes,
///     start and each wait < 1440
///
/// Lists are of bookings, as advance passenger lists are: everybody whose trip has this flight. Who
/// was refused on the way out, and so does not fly back, is not known here; it depends on queues
/// and capacity, and a run does not store it.
///
/// Cost: as streaming 1 + days_before() days, twice for a choice by size. Memory: one counter a
/// departure, and the passengers of the wanted flights alone. Checked in
/// tests/models/simulation/test_flight_lists.cpp: the passengers of a link are those that a run
/// tallies; threads do not matter; nobody sits on two flights at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/simulation/day_stream.hpp"
#include "models/travel/population.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// A departure of the day: a row of TravelTables::legs and a number from 0.
struct FlightId {
  std::uint32_t leg = 0;
  std::uint16_t departure = 0;
  friend auto operator<=>(const FlightId&, const FlightId&) = default;
};

/// One person on one flight.
struct Passenger {
  std::uint64_t trip = 0;
  std::int32_t journey_day = 0;    ///< when this way of the trip set out
  std::int32_t departure_day = 0;  ///< when the trip set out: part of its draws
  std::uint16_t nights = 0;
  std::uint16_t residence = 0, nationality = 0;  ///< countries
  std::uint32_t start = 0, end = 0;              ///< airports where this way begins and ends
  /// Airport of entry control on this way; world::none when it passes none (open borders).
  std::uint32_t clearance = 0;
  travel::Way way = travel::Way::out;
  std::uint8_t member = 0, party = 1, purpose = 0;
  std::uint8_t link = 0;  ///< this flight is leg `link` of the way, from 0
  bool transit =
      false;  ///< flies on from the arrival airport without entry control there or before
};

struct FlightList {
  FlightId id;
  std::vector<Passenger> passengers;  ///< by trip, way, link, member
};

/// Lists days of one replicate.
class FlightLister {
 public:
  /// \param context, setting as a run has them; both must outlive the lister.
  FlightLister(const StreamContext& context, const travel::PopulationSetting& setting,
               const travel::StreamParams& params);

  /// Persons on each departure of a day: [LegRow::first_departure + number]. Sea legs stay 0.
  [[nodiscard]] std::vector<std::uint32_t> count(std::int32_t day, sim::Workers& workers) const;

  /// The lists of these flights, in their order. \pre air legs, each flight once.
  [[nodiscard]] std::vector<FlightList> list(std::int32_t day, std::span<const FlightId> flights,
                                             sim::Workers& workers) const;

  /// How many days before a flight's day its passengers may have set out.
  [[nodiscard]] std::int32_t days_before() const { return days_before_; }

 private:
  template <class Visit>
  void visit(std::int32_t day, sim::Workers& workers, Visit visit) const;

  const StreamContext& c_;
  const travel::PopulationSetting& setting_;
  std::int32_t days_before_ = 0;
};

}  // namespace corridor::simulation
