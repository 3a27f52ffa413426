// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/day_tally.hpp"

#include <catch2/catch.hpp>

using namespace corridor;
using namespace corridor::simulation;

namespace {

constexpr std::uint64_t traveller = 5, fighter = std::uint64_t{1} << 63 | 5;

/// Three travellers and two people of another model found, one of each at a post of country 1.
DayTallies found(bool whole) {
  DayTallies tallies{whole, {}, {}};
  tallies.ordinary.places.of_country.resize(2);
  tallies.alone.places.of_country.resize(2);
  for (const auto& [trip, n] : {std::pair{traveller, 3}, std::pair{fighter, 2}}) {
    tallies.of_trip(trip).counts.threats_found[1] += n;
    tallies.of_trip(trip).places.of_country[1].of(PlaceMeasure::found) += 1;
    tallies.of_trip(trip).sharing.replay[0] += n;
    tallies.of_trip(trip).expected[0] += n;
  }
  return tallies;
}

}  // namespace

TEST_CASE("one traveller stands for 1/scale, people of other models for themselves",
          "[simulation][exact]") {
  const DayTally told = found(false).told(0.25);
  CHECK(told.counts.threats_found[1] == 3 * 4 + 2);
  CHECK(told.places.of_country[1].counts[static_cast<std::size_t>(PlaceMeasure::found)] == 4 + 1);
  CHECK(told.sharing.replay[0] == 14);
  CHECK(told.expected[0] == 14);
}

TEST_CASE("with everybody in the run all stand for themselves", "[simulation][exact]") {
  const DayTally told = found(true).told(1);
  CHECK(told.counts.threats_found[1] == 5);
  CHECK(told.places.of_country[1].counts[static_cast<std::size_t>(PlaceMeasure::found)] == 2);
}

TEST_CASE("what workers counted is added and taken from them", "[simulation][exact]") {
  DayTallies all, one = found(false), two = found(false);
  all.take(one);
  all.take(two);
  CHECK(one.ordinary.counts.threats_found[1] == 0);
  CHECK(two.alone.sharing.replay[0] == 0);
  CHECK(all.told(0.5).counts.threats_found[1] == 2 * (3 * 2 + 2));
}
