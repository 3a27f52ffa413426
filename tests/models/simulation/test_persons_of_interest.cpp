// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <set>

#include "models/simulation/persons_of_interest.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

risk::RiskParams rates() {
  risk::RiskParams p;
  p.contraband = 0.02;
  p.wanted = 0.01;
  p.name_coverage = 0.5;
  p.biometric_coverage = 0.25;
  p.name_false_match = 0.03;
  return p;
}

YearIndex index_of(const risk::RiskParams& p, int threads = 1, std::int32_t year = 0) {
  const auto& w = test::small_world();
  sim::Workers workers(threads);
  return make_year_index(w.tables, w.stream_params, test::setting(), p, year, workers);
}

}  // namespace

TEST_CASE("persons of interest come at their rates a unit, and travel as often as others",
          "[interest][statistical]") {
  const auto& w = test::small_world();
  const risk::RiskParams p = rates();
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint64_t>, std::set<Threat>> planted;
  std::size_t units = 0, mistaken_units = 0, carriers = 0, wanted = 0, listed = 0,
              carried_trips = 0;
  for (std::uint32_t pool = 0; pool < w.tables.n_pools(); ++pool) {
    const travel::PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    std::set<std::pair<std::uint32_t, std::uint64_t>> all;
    for (std::uint64_t slot = 0; slot < year.n_slots(); ++slot) {
      const travel::UnitId u = year.slots().unit_of(slot);
      all.insert({u.trips, u.number});
    }
    units += all.size();
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::vector<PersonOfInterest>> of_unit;
    for (const PersonOfInterest& x : persons_of_interest(year, {1, 0}, p, pool, 0)) {
      const travel::UnitId u = year.unit_of(travel::unpack(x.trip));
      of_unit[{u.trips, u.number}].push_back(x);
    }
    for (const auto& [unit, entries] : of_unit) {
      std::map<std::pair<Threat, int>, std::vector<PersonOfInterest>> kinds;
      for (const PersonOfInterest& x : entries) kinds[{x.threat, x.mistaken}].push_back(x);
      for (const auto& [kind, trips] : kinds) {
        // Whoever is planted is so on all trips of the unit, the same member with the same record.
        REQUIRE(trips.size() == unit.first);
        for (const PersonOfInterest& x : trips) {
          REQUIRE(x.member_word == trips[0].member_word);
          REQUIRE(x.listed == trips[0].listed);
        }
        carriers += kind.first == Threat::contraband ? 1 : 0;
        wanted += kind.first == Threat::wanted ? 1 : 0;
        mistaken_units += kind.second == 2 ? 1 : 0;
        listed += (trips[0].listed & 2) != 0 ? 1 : 0;
        carried_trips += kind.first == Threat::contraband ? trips.size() : 0;
      }
    }
  }
  const auto near = [](std::size_t k, double p0, std::size_t n) {
    return std::abs(static_cast<double>(k) / static_cast<double>(n) - p0) <
           test::binomial_halfwidth(p0, n, 1e-9);
  };
  CHECK(near(carriers, p.contraband, units));
  CHECK(near(wanted, p.wanted, units));
  CHECK(near(mistaken_units, p.name_false_match, units));
  CHECK(near(listed, p.name_coverage, carriers + wanted));
  CHECK(carried_trips > carriers);
}

TEST_CASE("the year's index holds every pool's persons, in one order for any threads",
          "[interest][relation]") {
  const YearIndex one = index_of(rates(), 1), three = index_of(rates(), 3);
  CHECK(one.by_departure == three.by_departure);
  CHECK(one.by_return == three.by_return);
  CHECK(one.by_departure.size() == one.by_return.size());
  const auto& w = test::small_world();
  std::size_t sum = 0;
  for (std::uint32_t pool = 0; pool < w.tables.n_pools(); ++pool) {
    const travel::PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    sum += persons_of_interest(year, {1, 0}, rates(), pool, 0).size();
  }
  CHECK(one.by_departure.size() == sum);
}

TEST_CASE("asked about one trip, the persons of interest are those of the listing",
          "[interest][relation]") {
  const auto& w = test::small_world();
  std::size_t met = 0;
  for (std::uint32_t pool = 0; pool < w.tables.n_pools(); pool += 3) {
    const travel::PoolYear year(w.tables, w.stream_params, test::setting(), pool, 0);
    std::map<std::uint64_t, std::vector<PersonOfInterest>> listing;
    for (const PersonOfInterest& x : persons_of_interest(year, {1, 0}, rates(), pool, 0))
      listing[x.trip].push_back(x);
    for (std::uint64_t slot = 0; slot < year.n_slots(); ++slot) {
      const travel::TripId trip = year.trip_of(slot);
      const auto persons = persons_on_trip(year, {1, 0}, rates(), trip);
      const auto listed = listing.find(travel::pack(trip));
      REQUIRE(persons ==
              (listed == listing.end() ? std::vector<PersonOfInterest>{} : listed->second));
      met += persons.size();
    }
  }
  CHECK(met > 100);
}

TEST_CASE("a higher rate only adds persons, and a rate of 0 gives none", "[interest][relation]") {
  risk::RiskParams p = rates();
  const YearIndex some = index_of(p);
  p.contraband *= 2;
  p.name_false_match *= 2;
  const YearIndex more = index_of(p);
  std::set<std::tuple<std::uint64_t, Threat, int>> known;
  for (const PersonOfInterest& x : more.by_departure) known.insert({x.trip, x.threat, x.mistaken});
  for (const PersonOfInterest& x : some.by_departure)
    REQUIRE(known.contains({x.trip, x.threat, x.mistaken}));
  CHECK(more.by_departure.size() > some.by_departure.size());
  CHECK(index_of({}).by_departure.empty());
}

TEST_CASE("late intelligence: a record that is usable later is found on fewer days",
          "[interest][relation]") {
  risk::RiskParams p = rates();
  const auto known_trips = [](const YearIndex& y) {
    std::size_t n = 0;
    for (const PersonOfInterest& x : y.by_departure)
      n += x.listed != 0 && x.departure_day >= x.record.made ? 1 : 0;
    return n;
  };
  const std::size_t at_once = known_trips(index_of(p));
  p.list_delay_days = 60;
  const std::size_t late = known_trips(index_of(p));
  p.list_delay_days = 400;
  const std::size_t later = known_trips(index_of(p));
  CHECK(at_once > late);
  CHECK(late > later);
}

TEST_CASE("a search finds who is listed with the list's sensitivity, and always whom it mistakes",
          "[interest][statistical]") {
  const risk::RiskParams p = rates();
  constexpr std::uint64_t n = 30'000;
  std::size_t found = 0;
  for (std::uint64_t trip = 0; trip < n; ++trip) {
    const std::uint8_t lists = found_on_lists({2, 0}, p, trip, 3, 0, false, 0, 2, 0);
    CHECK((lists & ~2U) == 0);
    found += lists != 0 ? 1 : 0;
    REQUIRE(found_on_lists({2, 0}, p, trip, 3, 0, false, 0, 0, 4) == 4);
  }
  CHECK(std::abs(static_cast<double>(found) / n - p.name_sensitivity) <
        test::binomial_halfwidth(p.name_sensitivity, n, 1e-9));
}
