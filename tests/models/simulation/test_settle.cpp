// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "models/simulation/expected_persons.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/trial_rules.hpp"

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

namespace {

/// Whoever is inspected is held, and many are: crowds of double holds, if there were any.
std::vector<std::string> harsh(std::vector<std::string> more = {}) {
  more.insert(more.end(), {"control.inspection.specificity=0", "control.secondary.random_share=0.1",
                           "control.secondary.rate=0.5", "risk.flag_rate=0.05"});
  return test::scored(more);
}

}  // namespace

TEST_CASE("of each person on each way only the first hold counts, whatever the threads",
          "[settle][exact]") {
  std::vector<std::uint64_t> digests;
  for (const char* threads : {"run.threads=1", "run.threads=3"}) {
    const auto s = test::small_scenario(harsh({threads}));
    Simulation simulation(s, test::small_setup(s), 0);
    std::map<std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>, std::uint8_t> held;
    std::size_t held_back = 0, behind = 0;
    for (int d = 0; d < 6; ++d) {
      const DayResult r = simulation.step(d);
      digests.push_back(r.digest);
      for (const EventRow& e : r.events) {
        const control::Candidate& c = e.candidate;
        if (!control::held(c.outcome)) continue;
        INFO("trip " << c.trip << " way " << int{c.way} << " crossing " << int{c.crossing});
        REQUIRE(held.emplace(std::tuple{c.trip, c.way, c.member}, c.crossing).second);
        held_back += c.way;
      }
      // Nobody who is held stands as a candidate at a post behind.
      for (const auto& ahead_day : simulation.state().candidates) {
        for (const control::Candidate& c : ahead_day) {
          const auto it = held.find({c.trip, c.way, c.member});
          REQUIRE(it == held.end());
        }
      }
    }
    for (const auto& [who, crossing] : held) behind += crossing > 0 ? 1 : 0;
    CHECK(held.size() > 2'000);
    CHECK(held_back > 100);
    CHECK(behind > 100);
  }
  const std::size_t half = digests.size() / 2;
  CHECK(std::equal(digests.begin(), digests.begin() + static_cast<std::ptrdiff_t>(half),
                   digests.begin() + static_cast<std::ptrdiff_t>(half)));
}

TEST_CASE("what is counted of a person who is held ends where he is held", "[settle][exact]") {
  // The same days with and without inspections that find anything: crossings, scored and passes of
  // planted persons differ by what lies behind the holds, on the way and on the journey back, made
  // again one by one.
  const auto s = test::small_scenario(harsh());
  const auto t = test::small_scenario(harsh({"control.inspection.documents_sensitivity=0",
                                             "control.inspection.contraband_sensitivity=0",
                                             "control.inspection.wanted_sensitivity=0"}));
  auto nobody = t;
  nobody.control.inspection_specificity = 1;
  const Setup& setup = test::small_setup(s);
  Simulation a(s, setup, 0), b(nobody, setup, 0);
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  StreamParts parts(s, setup, key);
  sim::Workers workers(1);
  const auto batch = std::make_unique<travel::Batch>();
  constexpr std::int32_t days = 8;
  DayCounts with, without;
  std::array<std::int64_t, control::n_threats> threats{};
  std::int64_t scored = 0, crossings = 0;
  const auto leave_out = [&](const control::Candidate& c, travel::Way way, std::uint32_t from) {
    const auto interest = parts.years->on_trip(c.trip);
    make_single(parts.context, *batch, c.trip, way, interest);
    if (batch->day >= days) return;
    const bool irregular =
        way == travel::Way::out &&
        has_irregular_documents(parts.context, c.trip, batch->departure_day[0], c.member);
    const auto special = special_person(parts.context, *batch, 0, c.member, irregular, interest);
    for (std::uint32_t k = from; k < batch->n_crossings[0]; ++k) {
      ++crossings;
      if (!person_at_post(parts.context, *batch, 0, c.member, k).checked) continue;
      ++scored;
      if (irregular || !interest.empty()) ++threats[static_cast<std::size_t>(special.threat)];
    }
  };
  for (std::int32_t d = 0; d < days; ++d) {
    const DayResult x = a.step(d);
    with += x.counts;
    without += b.step(d).counts;
    parts.years->make_ready(d, workers);
    for (const EventRow& e : x.events) {
      if (!control::held(e.candidate.outcome)) continue;
      const auto way = static_cast<travel::Way>(e.candidate.way);
      leave_out(e.candidate, way, e.candidate.crossing + 1U);
      if (way == travel::Way::out) leave_out(e.candidate, travel::Way::back, 0);
    }
  }
  CHECK(without.trips_refused == 0);
  CHECK(crossings > 1'000);
  CHECK(without.scored - with.scored == scored);
  CHECK(without.crossings_entry + without.crossings_exit - with.crossings_entry -
            with.crossings_exit ==
        crossings);
  for (std::size_t k = 0; k < control::n_threats; ++k)
    CHECK(without.threats_at_posts[k] - with.threats_at_posts[k] == threats[k]);
}

TEST_CASE("flags and hits are those of people who came to the post", "[settle][exact]") {
  // Every flag and every hit makes a candidate. So over some days the counts are the candidates
  // that were settled and those that are still ahead. Without lists and irregular documents every
  // flag stands under rules; without rules that flag every hit under lists.
  const auto balance = [](const std::vector<std::string>& more, control::Source source,
                          auto counted, auto named) {
    const auto s = test::small_scenario(harsh(more));
    Simulation simulation(s, test::small_setup(s), 0);
    std::int64_t all = 0, settled = 0, ahead_of = 0, refused = 0;
    for (int d = 0; d < 6; ++d) {
      const DayCounts c = simulation.step(d).counts;
      all += counted(c);
      settled += c.candidates_by_source[static_cast<std::size_t>(source)];
      refused += c.trips_refused;
    }
    for (const auto& day : simulation.state().candidates)
      for (const control::Candidate& c : day) ahead_of += named(c) ? 1 : 0;
    CHECK(all == settled + ahead_of);
    CHECK(settled > 100);
    CHECK(refused > 500);
  };
  balance(
      {"control.documents.irregular=0", "risk.lists.name_coverage=0",
       "risk.lists.name_false_match=0", "risk.lists.biometric_coverage=0",
       "risk.lists.biometric_false_match=0"},
      control::Source::rules, [](const DayCounts& c) { return c.flagged; },
      [](const control::Candidate& c) { return c.flagged != 0; });
  balance(
      {"risk.lists.name_false_match=0.02"}, control::Source::list,
      [](const DayCounts& c) { return c.list_hits; },
      [](const control::Candidate& c) { return c.found != 0; });
}
