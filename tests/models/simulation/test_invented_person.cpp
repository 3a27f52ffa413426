// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <regex>
#include <set>

#include "models/simulation/invented_person.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr sim::RunKey key{1, 0};

Passenger passenger(std::uint32_t number, travel::TripPurpose purpose, std::uint8_t member = 0) {
  Passenger p;
  p.trip = travel::pack({3, 40, 5, number});
  p.journey_day = p.departure_day = 40;
  p.nights = 5;
  p.member = member;
  p.purpose = static_cast<std::uint8_t>(purpose);
  return p;
}

}  // namespace

TEST_CASE("names, documents and locators come from a closed alphabet that marks them",
          "[simulation][paxlst][property]") {
  const std::string syllable = "[BDFGHJKLMNPRSTVZ][AEIO]";
  const std::regex surname("SYN(" + syllable + "){3}"), given("(" + syllable + "){2}"),
      document("SY[0-9]{10}"), locator("SY[23456789BCDFGHJKLMNPQRSTVWXYZA]{6}");
  for (std::uint32_t n = 0; n < 500; ++n) {
    const InventedPerson p = invent_person(
        key, passenger(n, travel::TripPurpose::visit, static_cast<std::uint8_t>(n % 8)));
    CHECK(std::regex_match(p.surname, surname));
    CHECK(std::regex_match(p.given, given));
    CHECK(std::regex_match(p.document, document));
    CHECK(std::regex_match(p.locator, locator));
    CHECK((p.sex == 'F' || p.sex == 'M'));
  }
}

TEST_CASE("a person is the same out and back and on every leg, and nobody else",
          "[simulation][paxlst][exact]") {
  const Passenger out = passenger(7, travel::TripPurpose::leisure, 1);
  Passenger back = out;
  back.way = travel::Way::back;
  back.journey_day = 45;
  back.link = 2;
  const InventedPerson a = invent_person(key, out), b = invent_person(key, back);
  CHECK(a.surname == b.surname);
  CHECK(a.given == b.given);
  CHECK(a.sex == b.sex);
  CHECK(a.birth_day == b.birth_day);
  CHECK(a.expiry_day == b.expiry_day);
  CHECK(a.document == b.document);
  CHECK(a.locator == b.locator);
  CHECK(seat_rank(key, out) != seat_rank(key, back));  // a seat is of a flight
  CHECK(invent_person({2, 0}, out).document != a.document);
  CHECK(invent_person({1, 1}, out).document != a.document);

  const auto other = [](travel::TripPurpose purpose) {
    return invent_person(key, passenger(7, purpose, 2));
  };
  CHECK(other(travel::TripPurpose::leisure).surname == a.surname);
  CHECK(other(travel::TripPurpose::leisure).document != a.document);
  CHECK(other(travel::TripPurpose::leisure).locator == a.locator);
  CHECK(other(travel::TripPurpose::business).surname !=
        invent_person(key, passenger(7, travel::TripPurpose::business, 1)).surname);
}

TEST_CASE("ages lie in their ranges and documents outlast the trip", "[simulation][paxlst]") {
  for (const auto purpose :
       {travel::TripPurpose::leisure, travel::TripPurpose::business, travel::TripPurpose::visit,
        travel::TripPurpose::work, travel::TripPurpose::study}) {
    for (std::uint32_t n = 0; n < 400; ++n) {
      const Passenger one = passenger(n, purpose, static_cast<std::uint8_t>(n % 3));
      const InventedPerson p = invent_person(key, one);
      const std::int32_t age = one.departure_day - p.birth_day;
      CHECK(age >= (one.member == 0 ? 18 * 365 : 1));
      CHECK(age < 80 * 1461 / 4);  // below a hundred years: two digits of the year suffice
      CHECK(p.expiry_day > one.departure_day + one.nights);
      CHECK(p.expiry_day <= one.departure_day + one.nights + 3650);
    }
  }
  CHECK(age_range(travel::TripPurpose::leisure, 0, 0.0).from == 18 * 1461 / 4);
  CHECK(age_range(travel::TripPurpose::leisure, 1, 0.39).to == 18 * 1461 / 4);
  CHECK(age_range(travel::TripPurpose::leisure, 1, 0.40).from == 18 * 1461 / 4);
  CHECK(age_range(travel::TripPurpose::business, 1, 0.0).from == 22 * 1461 / 4);
}

TEST_CASE("half of all are women and two fifths of further holiday makers minors",
          "[simulation][paxlst][statistical]") {
  // n = 20 000, alpha = 1e-9 a check. Half-widths by binomial_halfwidth: 0.0163 at 1/2, 0.016 at
  // 2/5: a share that is off by 0.033 passes at most once in 10^9.
  constexpr std::size_t n = 20'000;
  std::size_t women = 0, minors = 0;
  std::set<std::string> documents;
  for (std::uint32_t i = 0; i < n; ++i) {
    const InventedPerson p = invent_person(key, passenger(i, travel::TripPurpose::leisure, 1));
    women += p.sex == 'F' ? 1U : 0U;
    minors += 40 - p.birth_day < 18 * 1461 / 4 ? 1U : 0U;
    documents.insert(p.document);
  }
  const auto share = [](std::size_t k) { return static_cast<double>(k) / n; };
  CHECK(std::abs(share(women) - 0.5) < test::binomial_halfwidth(0.5, n, 1e-9));
  CHECK(std::abs(share(minors) - 0.4) < test::binomial_halfwidth(0.4, n, 1e-9));
  CHECK_FALSE(std::abs(share(minors) - 0.44) < test::binomial_halfwidth(0.44, n, 1e-9));
  // Pairs that share a number: Poisson, mean n^2 / 2 / 10^10 = 0.02; four or more: below 1e-8.
  CHECK(documents.size() + 4 > n);
}

TEST_CASE("seats fill rows of six", "[simulation][paxlst][exact]") {
  CHECK(seat_name(0) == "1A");
  CHECK(seat_name(5) == "1F");
  CHECK(seat_name(6) == "2A");
  CHECK(seat_name(80) == "14C");
}
