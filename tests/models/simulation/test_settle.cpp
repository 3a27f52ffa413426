// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <set>

#include "models/simulation/expected_persons.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE(
    "selected never exceeds what secondary can begin, and a person once refused is refused once "
    "(case M4)",
    "[settle][exact]") {
  const auto s =
      test::small_scenario({"control.documents.irregular=0.2", "control.secondary.rate=0.002"});
  const Setup& setup = test::small_setup(s);
  Simulation simulation(s, setup, 0);
  std::set<std::pair<std::uint64_t, std::uint32_t>> gone;
  std::int64_t turned_away = 0, refused = 0;
  for (int d = 0; d < 15; ++d) {
    const DayCounts c = simulation.step(d).counts;
    turned_away += c.secondary_turned_away;
    refused += c.trips_refused;
    // An hour starts at most ceil(60 places / minutes) inspections.
    std::int64_t most = 0;
    for (const PostRow& post : setup.control.posts) {
      most += 24 * ((60 * post.places + 44) / 45);
    }
    REQUIRE(c.secondary_selected <= most);
    for (const Removed& r : simulation.state().removed) gone.insert({r.trip, r.member});
  }
  CHECK(turned_away > 0);  // capacity binds, otherwise nothing was tried
  CHECK(static_cast<std::int64_t>(gone.size()) == refused);
}

TEST_CASE("who is refused neither travels back nor passes a later post", "[settle][exact]") {
  // The same world with and without inspection that finds anything: what comes back differs by the
  // refused alone.
  const auto found = test::small_scenario({"control.documents.irregular=0.05"});
  const auto blind = test::small_scenario({"control.documents.irregular=0.05",
                                           "control.inspection.documents_sensitivity=0",
                                           "control.inspection.specificity=1"});
  Simulation a(found, test::small_setup(found), 0), b(blind, test::small_setup(blind), 0);
  std::map<std::int32_t, std::int64_t> refused_by_return;
  std::int64_t differences = 0;
  for (int d = 0; d < 30; ++d) {
    const DayCounts x = a.step(d).counts, y = b.step(d).counts;
    CHECK(y.trips_refused == 0);
    CHECK(x.trips_started == y.trips_started);
    CHECK(y.trips_finished - x.trips_finished == refused_by_return[d]);
    differences += y.trips_finished - x.trips_finished;
    std::map<std::int32_t, std::int64_t> pending;
    for (const Removed& r : a.state().removed) ++pending[r.return_day];
    for (const auto& [day, n] : pending) refused_by_return[day] = n;
  }
  CHECK(differences > 20);
}

TEST_CASE("more officers never lengthen the waits of the world; none leaves everybody waiting",
          "[settle][relation]") {
  const auto mean_wait = [](const std::vector<std::string>& set) {
    const auto s = test::small_scenario(set);
    Simulation simulation(s, test::small_setup(s), 0);
    double wait = 0, persons = 0;
    for (int d = 0; d < 6; ++d) {
      const DayCounts c = simulation.step(d).counts;
      wait += static_cast<double>(c.wait_person_seconds);
      persons += static_cast<double>(c.primary_persons);
    }
    return wait / persons;
  };
  const double few = mean_wait({"control.staffing.margin=0.6"});
  const double some = mean_wait({"control.staffing.margin=1.3"});
  const double many = mean_wait({"control.staffing.margin=6"});
  CHECK(few > some);
  CHECK(some > many);
}

TEST_CASE("expected persons of posts are what comes in a mean day", "[settle][statistical]") {
  const auto s =
      test::small_scenario({"travel.season.strength=0", "travel.season.weekday_spread=0"});
  const Setup& setup = test::small_setup(s);
  const auto expected = expected_persons(setup.travel, s.stream, setup.same_day,
                                         setup.control.sites(), setup.control.posts.size());
  Simulation simulation(s, setup, 0);
  constexpr int days = 28;
  for (int d = 0; d < days; ++d) simulation.step(d);
  const MonthSums month = simulation.month();
  double all_expected = 0, all_found = 0;
  for (std::size_t p = 0; p < setup.control.posts.size();
       ++p) {  // without seasons every month is January
    double sum = 0;
    for (std::size_t h = 0; h < 24; ++h) sum += expected[p].entitled[h] + expected[p].visitors[h];
    const double found = static_cast<double>(month.post_persons[p]) / days;
    all_expected += sum;
    all_found += found;
    // Posts with thousands a day: compound Poisson noise (E[G^2]/E[G] < 3.2) and 3 % for nights
    // that end later.
    if (sum > 500) CHECK(std::abs(found - sum) < 4 * std::sqrt(3.2 * sum / days) + 0.03 * sum);
  }
  CHECK(all_found == Approx(all_expected).epsilon(0.03));
}
