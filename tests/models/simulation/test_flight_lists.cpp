// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <tuple>

#include "models/simulation/flight_lists.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

/// Everything that a lister refers to.
struct Lists {
  scenario::Scenario scenario;
  const Setup& setup = test::small_setup(scenario);
  sim::RunKey key{static_cast<std::uint32_t>(scenario.run.seed), 0};
  StreamParts parts{scenario, setup, key};
  const StreamContext& context = parts.context;
  travel::PopulationSetting setting{key, scenario.run.scale, scenario.stream.weekday_spread,
                                    calendar_view(scenario.calendar())};
  FlightLister lister{context, setting, scenario.stream};
  sim::Workers workers{static_cast<int>(scenario.run.threads)};

  explicit Lists(const std::vector<std::string>& set = {}) : scenario(test::small_scenario(set)) {}

  std::vector<FlightId> every_flight() const {
    std::vector<FlightId> all;
    for (std::uint32_t leg = 0; leg < setup.travel.n_air_legs(); ++leg)
      for (std::uint16_t n = 0; n < setup.travel.legs[leg].n_departures; ++n)
        all.push_back({leg, n});
    return all;
  }
  std::vector<FlightList> day(std::int32_t d) { return lister.list(d, every_flight(), workers); }

  /// Persons a leg of all journeys that set out on a day, whenever they board.
  std::vector<std::int64_t> booked(std::int32_t journeys_of) {
    std::vector<std::int64_t> persons(setup.travel.n_air_legs());
    for (std::int32_t d = journeys_of; d <= journeys_of + lister.days_before(); ++d)
      for (const FlightList& flight : day(d))
        for (const Passenger& p : flight.passengers)
          persons[flight.id.leg] += p.journey_day == journeys_of ? 1 : 0;
    return persons;
  }
};

std::vector<std::int64_t> air(const std::vector<std::int64_t>& legs, std::uint32_t n) {
  return {legs.begin(), legs.begin() + n};
}

using Row = std::tuple<std::uint64_t, int, int, int, std::uint32_t, std::uint32_t, bool>;
std::vector<std::vector<Row>> rows(const std::vector<FlightList>& lists) {
  std::vector<std::vector<Row>> all;
  for (const FlightList& flight : lists) {
    all.emplace_back();
    for (const Passenger& p : flight.passengers)
      all.back().emplace_back(p.trip, static_cast<int>(p.way), p.link, p.member, p.start,
                              p.clearance, p.transit);
  }
  return all;
}

}  // namespace

TEST_CASE("the passengers of a link's flights are those that a run of one day tallies",
          "[simulation][paxlst][exact]") {
  Lists lists({"run.days=1"});
  Simulation simulation(lists.scenario, lists.setup, 0);
  simulation.step(0);
  const std::uint32_t n = lists.setup.travel.n_air_legs();
  const auto flown = air(simulation.month().leg_persons, n);
  CHECK(lists.booked(0) == flown);
  CHECK(*std::max_element(flown.begin(), flown.end()) > 100);

  SECTION("and it takes the days after: some of them board later") {
    std::int64_t late = 0;
    for (const FlightList& flight : lists.day(1))
      for (const Passenger& p : flight.passengers) late += p.journey_day == 0 ? 1 : 0;
    CHECK(late > 0);
  }
}

TEST_CASE("lists are of bookings: who was refused on the way out is on the flight back",
          "[simulation][paxlst][relation]") {
  // Many irregular documents, so that many are refused and stay away from their journey back.
  Lists lists({"run.days=4", "control.documents.irregular=0.05"});
  Simulation simulation(lists.scenario, lists.setup, 0);
  for (int d = 0; d < 3; ++d) simulation.step(d);
  simulation.open_month();
  simulation.step(3);
  const auto flown = air(simulation.month().leg_persons, lists.setup.travel.n_air_legs());
  const auto booked = lists.booked(3);
  std::int64_t absent = 0;
  for (std::size_t leg = 0; leg < flown.size(); ++leg) {
    CHECK(booked[leg] >= flown[leg]);
    absent += booked[leg] - flown[leg];
  }
  CHECK(absent > 0);
}

TEST_CASE("counts are the lengths of lists, and threads do not matter",
          "[simulation][paxlst][relation]") {
  std::vector<std::vector<Row>> many_rows;
  std::vector<std::uint32_t> many_counts;
  {
    Lists three({"run.threads=3", "run.batch=77"});
    many_rows = rows(three.day(5));
    many_counts = three.lister.count(5, three.workers);
  }
  Lists one({"run.threads=1"});
  const auto lists = one.day(5);
  const auto counts = one.lister.count(5, one.workers);
  CHECK(many_rows == rows(lists));
  CHECK(many_counts == counts);
  for (const FlightList& flight : lists)
    CHECK(flight.passengers.size() ==
          counts[one.setup.travel.legs[flight.id.leg].first_departure + flight.id.departure]);
  for (std::size_t i = one.setup.travel.legs[one.setup.travel.n_air_legs()].first_departure;
       i < counts.size(); ++i)
    CHECK(counts[i] == 0);  // ferries

  SECTION("a choice of flights gives the same lists") {
    const std::vector<FlightId> some{lists[9].id, lists[2].id};
    const auto chosen = rows(one.lister.list(5, some, one.workers));
    CHECK(chosen == std::vector{rows(lists)[9], rows(lists)[2]});
  }
}

TEST_CASE("each passenger's own journey, made alone, has this flight on this day",
          "[simulation][paxlst][exact]") {
  Lists lists;
  const travel::TravelTables& t = lists.setup.travel;
  auto batch = std::make_unique<travel::Batch>();
  std::size_t transit = 0, cleared = 0, members = 0;
  std::map<std::tuple<std::uint64_t, int, int>, std::map<int, int>> minutes;  // by link
  for (const FlightList& flight : lists.day(8)) {
    const travel::LegRow& leg = t.legs[flight.id.leg];
    for (const Passenger& p : flight.passengers) {
      make_single(lists.context, *batch, p.trip, p.way, {});
      REQUIRE(p.link < batch->n_links[0]);
      REQUIRE(batch->link[p.link][0] == flight.id.leg);
      REQUIRE(batch->departure[p.link][0] == flight.id.departure);
      REQUIRE(batch->day == p.journey_day);
      REQUIRE(batch->day + batch->link_minute[p.link][0] / 1440 == 8);
      REQUIRE(batch->link_minute[p.link][0] % 1440 ==
              t.departures[leg.first_departure + flight.id.departure]);
      REQUIRE(p.member < batch->party[0]);
      REQUIRE(p.start == t.legs[batch->link[0][0]].origin);
      REQUIRE(p.end == t.legs[batch->link[batch->n_links[0] - 1U][0]].destination);
      REQUIRE(p.nationality == batch->nationality[0]);
      // Who passes entry control at this flight's airport is no transit passenger, and who is one
      // flies on.
      if (p.transit) REQUIRE(p.link + 1 < batch->n_links[0]);
      if (p.clearance == leg.destination) REQUIRE_FALSE(p.transit);
      transit += p.transit ? 1U : 0U;
      cleared += p.clearance == leg.destination ? 1U : 0U;
      members += p.member > 0 ? 1U : 0U;
      const bool fresh = minutes[{p.trip, static_cast<int>(p.way), p.member}]
                             .emplace(p.link, batch->link_minute[p.link][0])
                             .second;
      REQUIRE(fresh);
    }
  }
  for (const auto& [who, flights] : minutes) {
    int before = -1;
    for (const auto& [link, minute] : flights) {
      CHECK(minute > before);  // nobody sits on two flights at once
      before = minute;
    }
  }
  CHECK(transit > 0);
  CHECK(cleared > 0);
  CHECK(members > 0);
}

TEST_CASE("a departure that does not exist is refused", "[simulation][paxlst][errors]") {
  Lists lists;
  const std::vector<FlightId> no_leg{{lists.setup.travel.n_air_legs(), 0}};
  CHECK_THROWS_AS(lists.lister.list(0, no_leg, lists.workers), std::invalid_argument);
  const std::vector<FlightId> no_number{{0, lists.setup.travel.legs[0].n_departures}};
  CHECK_THROWS_AS(lists.lister.list(0, no_number, lists.workers), std::invalid_argument);
}
