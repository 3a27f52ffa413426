// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_trips.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "models/simulation/simulation.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;
using travel::Actor;
using travel::JourneyEnd;
using travel::PlannedJourney;

namespace {

/// Journeys between all pairs of countries in turn, of every kind of actor.
std::vector<PlannedJourney> plans_of(std::int32_t day, std::size_t n_countries, std::size_t n) {
  std::vector<PlannedJourney> plans;
  for (std::size_t i = 0; i < n; ++i) {
    PlannedJourney p;
    p.person = static_cast<std::uint64_t>(day) * 1000 + i;
    p.actor = static_cast<Actor>(1 + i % 3);
    p.day = day;
    p.origin = static_cast<std::uint16_t>(i % n_countries);
    p.destination = static_cast<std::uint16_t>((i / n_countries + day) % n_countries);
    p.nationality = p.origin;
    p.nights = p.actor == Actor::fighter ? 0 : 5;
    p.party = static_cast<std::uint8_t>(1 + i % 2);
    p.irregular = i % 5 == 0 ? 1 : 0;
    p.known[0] = i % 7 == 0 ? 2 : 0;
    plans.push_back(p);
  }
  return plans;
}

struct Run {
  std::vector<DayResult> days;
  State last;
  std::map<std::pair<std::uint64_t, int>, std::vector<JourneyEnd>> ends;
  std::size_t planned = 0;
};

Run run(const std::vector<std::string>& set, std::size_t a_day, std::int32_t days = 10) {
  const scenario::Scenario s = test::small_scenario(test::scored(set));
  const Setup& setup = test::small_setup(s);
  Simulation sim(s, setup, 0);
  Run r;
  for (std::int32_t day = 0; day < days + 4; ++day) {
    const auto plans = day < days ? plans_of(day, setup.travel.countries.size(), a_day)
                                  : std::vector<PlannedJourney>{};
    r.planned += plans.size();
    r.days.push_back(sim.step(day, plans));
    for (const travel::JourneyOutcome& o : r.days.back().outcomes) {
      r.ends[{o.person, o.ticket}].push_back(o.end);
    }
  }
  r.last = sim.state();
  return r;
}

}  // namespace

TEST_CASE("every planned journey ends exactly once", "[simulation][exact]") {
  const Run r = run({"run.days=14"}, 400);
  std::map<JourneyEnd, int> of;
  for (const auto& [who, ends] : r.ends) {
    REQUIRE(ends.size() == 1);
    ++of[ends[0]];
  }
  CHECK(r.ends.size() == r.planned);
  CHECK(of[JourneyEnd::arrived] > 1000);
  CHECK(of[JourneyEnd::no_route] > 0);
  CHECK(of[JourneyEnd::refused] + of[JourneyEnd::detained] > 0);
  CHECK(of[JourneyEnd::seized] > 0);
  // Four days after the last departure only those who come back are kept.
  for (const travel::InjectedTrip& trip : r.last.injected) CHECK(trip.nights > 0);
}

TEST_CASE("lists know companions of whom a record is held, and nobody else of a party",
          "[simulation][relation]") {
  // Nobody is mistaken, and every search finds what there is.
  const scenario::Scenario s = test::small_scenario(test::scored(
      {"run.days=14", "control.secondary.rate=0.3", "control.review.per_place=20",
       "control.documents.irregular=0", "risk.lists.name_sensitivity=1", "risk.planted.wanted=0"}));
  const Setup& setup = test::small_setup(s);
  const auto found = [&](std::uint8_t record) {
    Simulation sim(s, setup, 0);
    std::array<int, 3> n{};  // by member
    for (std::int32_t day = 0; day < 6; ++day) {
      auto plans = plans_of(day, setup.travel.countries.size(), day < 2 ? 300 : 0);
      for (PlannedJourney& p : plans) {
        p.actor = Actor::fighter;
        p.party = 3;
        p.irregular = 0;
        p.known = {0, record, 0};
      }
      for (const EventRow& e : sim.step(day, plans).events) {
        const control::Candidate& c = e.candidate;
        if (travel::is_injected(c.trip) && c.matched != 0) ++n.at(c.member);
      }
    }
    return n;
  };
  const auto with = found(2), without = found(0);
  CHECK(with[0] == 0);
  CHECK(with[1] > 50);
  CHECK(with[2] == 0);
  CHECK(without == std::array<int, 3>{});
}

TEST_CASE("injected trips are the same for any number of threads and rows", "[simulation][exact]") {
  const Run one = run({"run.days=14", "run.threads=1"}, 200, 5);
  const Run three = run({"run.days=14", "run.threads=3", "run.batch=17"}, 200, 5);
  CHECK(one.last.digest == three.last.digest);
  CHECK(one.ends == three.ends);
}

TEST_CASE("who rides along changes nothing for others where nobody is crowded out",
          "[simulation][exact]") {
  // Enough reviewers and places for all, so that no candidate takes another's place.
  const std::vector<std::string> roomy{"run.days=14", "control.secondary.rate=0.2",
                                       "control.review.per_place=20"};
  const Run without = run(roomy, 0, 6), with = run(roomy, 300, 6);
  const auto ordinary = [](const Run& r) {
    std::vector<EventRow> events;
    for (const DayResult& day : r.days) {
      for (const EventRow& e : day.events) {
        if (!travel::is_injected(e.candidate.trip)) events.push_back(e);
      }
    }
    return events;
  };
  const auto a = ordinary(without), b = ordinary(with);
  REQUIRE(a.size() > 100);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].candidate == b[i].candidate);
  for (std::size_t d = 0; d < without.days.size(); ++d) {
    CHECK(without.days[d].thresholds == with.days[d].thresholds);
  }
  CHECK_FALSE(with.ends.empty());
}

TEST_CASE("a state with people on their way is saved and goes on to the same end",
          "[simulation][exact]") {
  const scenario::Scenario s = test::small_scenario(test::scored({"run.days=14"}));
  const Setup& setup = test::small_setup(s);
  const std::size_t n = setup.travel.countries.size();
  Simulation straight(s, setup, 0);
  for (std::int32_t day = 0; day < 3; ++day) (void)straight.step(day, plans_of(day, n, 100));
  Simulation resumed(s, setup, 0, State::load(straight.state().save()));
  for (std::int32_t day = 3; day < 8; ++day) {
    const DayResult a = straight.step(day, plans_of(day, n, 100));
    const DayResult b = resumed.step(day, plans_of(day, n, 100));
    CHECK(a.digest == b.digest);
    CHECK(a.outcomes == b.outcomes);
  }
}

TEST_CASE("trips started are finished, refused or in progress with other models' people too",
          "[simulation][exact]") {
  const Run r = run({"run.days=14"}, 300, 8);
  std::int64_t started = 0, ended = 0, before = 0;
  for (const DayResult& day : r.days) {
    if (started == 0) {
      before = day.counts.trips_in_progress - day.counts.trips_started + day.counts.trips_finished +
               day.counts.trips_refused;
    }
    started += day.counts.trips_started;
    ended += day.counts.trips_finished + day.counts.trips_refused;
    CHECK(day.counts.trips_in_progress == before + started - ended);
    CHECK(day.counts.persons_abroad >= 0);
  }
}
