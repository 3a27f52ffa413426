// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "models/travel/trip_id.hpp"

using namespace corridor::travel;

TEST_CASE("a trip id holds block, day, nights and number, and nothing else",
          "[trip_id][property]") {
  CHECK(rc::check("unpack(pack(t)) == t, and the injected bit stays clear", [] {
    const TripId t{*rc::gen::inRange<std::uint32_t>(0, max_blocks),
                   *rc::gen::inRange(first_possible_day, last_possible_day + 1),
                   *rc::gen::inRange<std::uint32_t>(0, 1024),
                   *rc::gen::inRange<std::uint32_t>(0, max_in_cell)};
    RC_ASSERT(unpack(pack(t)) == t);
    RC_ASSERT(!is_injected(pack(t)));
  }));
}

TEST_CASE("a journey's name reads back", "[trip_id][property]") {
  CHECK(rc::check("parse(to_text(..)) gives the same", [] {
    const auto id = *rc::gen::arbitrary<std::uint64_t>();
    const auto way = *rc::gen::element(Way::out, Way::back);
    const auto person = *rc::gen::inRange<std::uint32_t>(0, max_party);
    const auto name = parse_journey_name(to_text(id, way, person));
    RC_ASSERT(name.has_value());
    RC_ASSERT(name->trip == id && name->way == way && name->person == person && name->way_given);
  }));
}

TEST_CASE("what is no journey's name is refused", "[trip_id][exact]") {
  for (const char* text :
       {"", "12", "0123456789abcdeg", "0123456789abcdef-", "0123456789abcdef-out.",
        "0123456789abcdef-out.8", "0123456789abcdef-out.12", "0123456789abcdef.1",
        " 123456789abcdef-out"}) {
    CHECK_FALSE(parse_journey_name(text));
  }
  const auto plain = parse_journey_name("0123456789abcdef");
  REQUIRE(plain);
  CHECK_FALSE(plain->way_given);
  CHECK(plain->trip == 0x0123456789abcdef);
}
