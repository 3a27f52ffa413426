// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/invented_person.hpp"

#include <fmt/format.h>

#include <string_view>

namespace corridor::simulation {
namespace {

constexpr std::string_view consonants = "BDFGHJKLMNPRSTVZ", vowels = "AEIO";
constexpr std::string_view locator_characters = "23456789BCDFGHJKLMNPQRSTVWXYZA";
static_assert(consonants.size() == 16 && vowels.size() == 4 && locator_characters.size() == 30);

// Indices of the Philox blocks (Purpose::passenger_list). Bits 0-2: member.
constexpr std::uint16_t document_block = 0x8, party_block = 0x100, seat_block = 0x200;

/// Each syllable takes six bits.
std::string syllables(std::uint32_t word, int n) {
  std::string text;
  for (int i = 0; i < n; ++i, word >>= 6) {
    text += consonants[word & 15U];
    text += vowels[(word >> 4) & 3U];
  }
  return text;
}

std::string surname(std::uint32_t word) { return "SYN" + syllables(word, 3); }

std::int32_t evenly(std::uint32_t word, AgeRange range) {
  const auto width = static_cast<std::uint64_t>(range.to - range.from);
  return range.from + static_cast<std::int32_t>((word * width) >> 32);
}

constexpr std::int32_t years(std::int32_t n) { return n * 1461 / 4; }

}  // namespace

AgeRange age_range(travel::TripPurpose purpose, std::uint32_t member, double child) {
  switch (purpose) {
    case travel::TripPurpose::business:
      return {years(22), years(68)};
    case travel::TripPurpose::work:
      return {years(18), years(65)};
    case travel::TripPurpose::study:
      return {years(18), years(31)};
    case travel::TripPurpose::leisure:
    case travel::TripPurpose::visit:
      break;
  }
  constexpr double minors = 0.4;  // of further members
  if (member > 0 && child < minors) return {1, years(18)};
  return {years(18), years(80)};
}

InventedPerson invent_person(sim::RunKey key, const Passenger& p) {
  const auto drawn = [&](std::uint32_t index) {
    return sim::draw(key, sim::Purpose::passenger_list, p.trip, p.departure_day,
                     static_cast<std::uint16_t>(index));
  };
  const sim::Block own = drawn(p.member), document = drawn(p.member | document_block),
                   party = drawn(party_block);
  const auto purpose = static_cast<travel::TripPurpose>(p.purpose);
  const bool family =
      purpose == travel::TripPurpose::leisure || purpose == travel::TripPurpose::visit;
  InventedPerson person;
  person.surname = surname(family ? party[0] : document[2]);
  person.given = syllables(own[0], 2);
  person.sex = (own[0] >> 31) == 0 ? 'F' : 'M';
  person.birth_day =
      p.departure_day - evenly(own[1], age_range(purpose, p.member, sim::uniform32(own[3])));
  person.expiry_day = p.departure_day + p.nights + evenly(own[2], {1, 3651});
  person.document =
      fmt::format("SY{:010}", sim::bits64(document[0], document[1]) % 10'000'000'000ULL);
  person.locator = "SY";
  for (std::uint64_t bits = sim::bits64(party[1], party[2]); person.locator.size() < 8; bits /= 30)
    person.locator += locator_characters[bits % 30];
  return person;
}

std::uint64_t seat_rank(sim::RunKey key, const Passenger& p) {
  const auto flight = static_cast<std::uint32_t>(p.link) | (p.way == travel::Way::back ? 8U : 0U);
  const sim::Block drawn = sim::draw(key, sim::Purpose::passenger_list, p.trip, p.departure_day,
                                     static_cast<std::uint16_t>(seat_block | flight));
  return sim::bits64(drawn[0], drawn[1]);
}

std::string seat_name(std::uint32_t place) {
  constexpr std::string_view letters = "ABCDEF";
  return fmt::format("{}{}", place / 6 + 1, letters[place % 6]);
}

}  // namespace corridor::simulation
