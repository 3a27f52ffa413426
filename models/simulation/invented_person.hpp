// SPDX-License-Identifier: Apache-2.0
/// \file invented_person.hpp  Names, documents and seats for passenger lists: invented, and only
/// there.
///
/// The model's people have none of this. A passenger list must, so it is drawn (Purpose::
/// passenger_list, keyed by trip and member) when a list is written, and read by nothing else: no
/// count, rule or score can depend on it. All shares are assumptions without a source, chosen to
/// look plausible.
///
///     surname    SYN + 3 syllables; one for a party on leisure or a visit, else each his own
///     given      2 syllables; a syllable is one of 16 consonants and one of 4 vowels
///     sex        F or M, evenly
///     age        at departure of the trip, even over the ranges of `age_range`
///     document   SY + 10 digits
///     expiry     even over 1 to 3650 days after the trip's return, so no document on a list is
///                expired; whether one is irregular is no part of the message
///     locator    SY + 6 of 30 characters, one a travelling unit
///     seat       parties sit together, in an order drawn for the flight (export_paxlst.cpp)
///
/// Every surname is marked as synthetic, and no number is that of a passport, which has at most
/// nine characters (ICAO Doc 9303-4) where these have twelve. Limits. Names and sexes are
/// independent of each other and of residence; a unit that travels twice a year has another name on
/// each trip; draws do not know of each other, so among 10 000 persons two share a document number
/// with probability 0.005. Checked in tests/models/simulation/test_invented_person.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "models/simulation/flight_lists.hpp"
#include "models/travel/tables.hpp"
#include "sim/random.hpp"

namespace corridor::simulation {

struct InventedPerson {
  std::string surname, given;
  char sex = 'F';
  std::int32_t birth_day = 0, expiry_day = 0;  ///< days of the run's calendar
  std::string document, locator;
};

/// The same for every flight of the trip, out and back.
[[nodiscard]] InventedPerson invent_person(sim::RunKey key, const Passenger& passenger);

/// Days, first and one past the last, of the age of a member at departure. Member 0 is of age;
/// `child` is a draw in [0, 1) that says whether another member on leisure or a visit is a minor.
struct AgeRange {
  std::int32_t from = 0, to = 0;
};
[[nodiscard]] AgeRange age_range(travel::TripPurpose purpose, std::uint32_t member, double child);

/// Where a party sits among the others of a flight: lower sits further in front.
[[nodiscard]] std::uint64_t seat_rank(sim::RunKey key, const Passenger& passenger);

/// "14C": the seat of the n-th place, from 0, in rows of six.
[[nodiscard]] std::string seat_name(std::uint32_t place);

}  // namespace corridor::simulation
