// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include <unistd.h>

#include "models/simulation/explain.hpp"
#include "models/simulation/person_at_post.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/day_listing.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

std::vector<std::uint64_t> digests(const scenario::Scenario& s, int days) {
  Simulation simulation(s, test::small_setup(s), 0);
  std::vector<std::uint64_t> chain;
  for (int d = 0; d < days; ++d) chain.push_back(simulation.step(d).digest);
  return chain;
}

}  // namespace

TEST_CASE("the digest is the same for any threads, batch length and SIMD path (case N4)",
          "[simulation][relation]") {
  const auto reference = digests(test::small_scenario(), 12);
  for (const auto& set :
       std::vector<std::vector<std::string>>{{"run.threads=1"},
                                             {"run.threads=3"},
                                             {"run.threads=8", "run.batch=1"},
                                             {"run.batch=77"},
                                             {"run.simd=scalar"},
                                             {"run.simd=sse2", "run.batch=1000"}}) {
    INFO(set.front());
    CHECK(digests(test::small_scenario(set), 12) == reference);
  }
  SECTION("and it can differ: another seed, another parameter") {
    CHECK(digests(test::small_scenario({"run.seed=2"}), 12) != reference);
    CHECK(digests(test::small_scenario({"control.secondary.random_share=0.003"}), 12) != reference);
  }
}

TEST_CASE("a state that was saved and loaded, or copied, goes on to the same bits",
          "[simulation][relation]") {
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  Simulation whole(s, setup, 0);
  for (int d = 0; d < 5; ++d) whole.step(d);
  const State copy = whole.state();
  const auto bytes = whole.state().save();
  std::vector<std::uint64_t> expected;
  for (int d = 5; d < 10; ++d) expected.push_back(whole.step(d).digest);

  for (const bool from_bytes : {false, true}) {
    Simulation branch(s, setup, 0, from_bytes ? State::load(bytes) : copy);
    std::vector<std::uint64_t> got;
    for (int d = 5; d < 10; ++d) got.push_back(branch.step(d).digest);
    CHECK(got == expected);
  }
  SECTION("damaged bytes are refused") {
    for (std::size_t n : {std::size_t{0}, std::size_t{7}, bytes.size() / 2, bytes.size() - 1}) {
      CHECK_THROWS_AS(State::load(std::span(bytes).first(n)), sim::UserError);
    }
  }
}

TEST_CASE("a step out of turn is refused", "[simulation][errors]") {
  const auto s = test::small_scenario();
  Simulation simulation(s, test::small_setup(s), 0);
  CHECK_THROWS_AS(simulation.step(1), std::logic_error);
}

TEST_CASE("trips and persons are accounted for, every day (cases M1, M2)", "[simulation][exact]") {
  const auto s = test::small_scenario({"control.documents.irregular=0.05"});
  Simulation simulation(s, test::small_setup(s), 0);
  std::int64_t in_progress = simulation.state().trips_in_progress;
  std::int64_t refused = 0;
  for (int d = 0; d < 40; ++d) {
    const DayCounts c = simulation.step(d).counts;
    in_progress += c.trips_started - c.trips_finished - c.trips_refused;
    refused += c.trips_refused;
    REQUIRE(c.trips_in_progress == in_progress);
    std::int64_t held = 0, dismissed = 0;
    for (const auto& of_source : c.outcomes) {
      dismissed += of_source[static_cast<std::size_t>(control::Outcome::dismissed)];
      for (std::size_t o = 0; o < control::n_outcomes; ++o)
        held += control::held(static_cast<control::Outcome>(o)) ? of_source[o] : 0;
    }
    REQUIRE(c.trips_refused <= held);
    REQUIRE(c.secondary_cleared + held == c.secondary_selected);
    REQUIRE(c.secondary_selected + c.secondary_turned_away + dismissed == c.candidates);
    REQUIRE(c.persons_abroad <= c.trips_in_progress);
    REQUIRE(c.persons_abroad >= 0);
    REQUIRE(c.trips_by_mode[0] + c.trips_by_mode[1] + c.trips_by_mode[2] == c.trips_started);
  }
  CHECK(refused > 50);  // otherwise nothing was tried
}

TEST_CASE(
    "started trips end: those of a day have all finished or been refused when the longest has",
    "[simulation][exact]") {
  // Trips in progress at the end of day D, counted anew from the ids: departures up to D whose
  // return is later, less the removed. The simulation's own number comes from sums of days.
  const auto s = test::small_scenario({"control.documents.irregular=0.05"});
  const Setup& setup = test::small_setup(s);
  Simulation simulation(s, setup, 0);
  constexpr int days = 25;
  DayCounts last;
  for (int d = 0; d < days; ++d) last = simulation.step(d).counts;

  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  const StreamParts parts(s, setup, key);
  const StreamContext& context = parts.context;
  sim::Workers workers(1);
  const travel::Population tomorrow(
      setup.travel, {key, 1, s.stream.weekday_spread, calendar_view(s.calendar())}, days, workers);
  std::int64_t expected = persons_abroad_at(context, tomorrow, workers);
  for (const Removed& r : simulation.state().removed) expected -= r.return_day >= days ? 1 : 0;
  CHECK(last.trips_in_progress == expected);
}

TEST_CASE("a journey is made again from its id alone, bit for bit, in the middle of a year",
          "[simulation][relation]") {
  // The columns of a day in mid-year, streamed, against single journeys made from their ids.
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  const StreamParts parts(s, setup, key);
  const StreamContext& context = parts.context;
  sim::Workers workers(1);
  const travel::Population population(
      setup.travel, {key, 1, s.stream.weekday_spread, calendar_view(s.calendar())}, 190, workers);
  auto single = std::make_unique<travel::Batch>();
  std::size_t compared = 0;
  for (const travel::Way way : {travel::Way::out, travel::Way::back}) {
    const auto compare = [&](const travel::Batch& batch) {
      for (std::size_t i = 0; i < batch.n; i += 5) {
        make_single(context, *single, batch.trip[i], way, {});
        REQUIRE(single->day == batch.day);
        REQUIRE(single->option[0] == batch.option[i]);
        REQUIRE(single->party[0] == batch.party[i]);
        REQUIRE(single->nationality[0] == batch.nationality[i]);
        REQUIRE(single->lead_days[0] == batch.lead_days[i]);
        REQUIRE(single->end_minute[0] == batch.end_minute[i]);
        REQUIRE(single->n_crossings[0] == batch.n_crossings[i]);
        for (std::size_t k = 0; k < batch.n_crossings[i]; ++k) {
          REQUIRE(single->post[k][0] == batch.post[k][i]);
          REQUIRE(single->minute[k][0] == batch.minute[k][i]);
        }
        ++compared;
      }
    };
    test::for_each_batch(population, way, parts.maker, travel::Batch::capacity, compare);
  }
  CHECK(compared > 500);
}

TEST_CASE("arrivals and candidates of the columns are those of the plain form, person by person",
          "[simulation][relation]") {
  const auto s = test::small_scenario(
      {"control.documents.irregular=0.02", "control.secondary.random_share=0.02"});
  const Setup& setup = test::small_setup(s);
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  const StreamParts parts(s, setup, key);
  const StreamContext& context = parts.context;
  sim::Workers workers(1);
  const travel::Population population(
      setup.travel, {key, 1, s.stream.weekday_spread, calendar_view(s.calendar())}, 30, workers);
  Simulation simulation(s, setup, 0);  // for a state of the right shape
  State state = simulation.state();
  DayStream stream(context, workers.count());
  stream.run(population, state, workers, nullptr);

  std::array<std::vector<std::uint32_t>, ahead> arrivals;
  for (auto& day : arrivals) day.assign(state.arrivals[0].size(), 0);
  std::map<std::pair<std::uint64_t, std::uint32_t>, int> expected,
      found;  // (trip, post and member)
  auto single = std::make_unique<travel::Batch>();
  for (const travel::Way way : {travel::Way::out, travel::Way::back}) {
    for (const std::uint64_t trip : test::trips_of_day(population, way)) {
      make_single(context, *single, trip, way, {});
      for (std::uint32_t m = 0; m < single->party[0]; ++m) {
        for (std::uint32_t k = 0; k < single->n_crossings[0]; ++k) {
          const PersonAtPost p = person_at_post(context, *single, 0, m, k);
          if (!p.checked) continue;
          const auto minute = static_cast<std::uint32_t>(single->minute[k][0]);
          const std::uint32_t post = single->post[k][0];
          ++arrivals[minute / 1440][arrival_cell(post, p.lane, minute % 1440)];
          if (p.drawn || p.referred)
            ++expected[{trip, post * 16 + m * 2 + static_cast<std::uint32_t>(way)}];
        }
      }
    }
  }
  for (std::size_t d = 0; d < ahead; ++d) {
    CHECK(arrivals[d] == state.arrivals[d]);
    for (const auto& c : state.candidates[d])
      ++found[{c.trip, c.post * 16 + c.member * 2U + c.way}];
  }
  CHECK(expected == found);
  CHECK(found.size() > 20);
}

TEST_CASE("nobody is selected without a draw and without irregular documents",
          "[simulation][relation]") {
  // The cause switched off: the effect vanishes.
  const auto s =
      test::small_scenario({"control.documents.irregular=0", "control.secondary.random_share=0"});
  Simulation simulation(s, test::small_setup(s), 0);
  for (int d = 0; d < 5; ++d) {
    const DayCounts c = simulation.step(d).counts;
    CHECK(c.candidates == 0);
    CHECK(c.trips_refused == 0);
  }
}

TEST_CASE("switching the second stream off leaves trips and journeys bit-identical (case N3)",
          "[simulation][relation]") {
  const auto on = test::small_scenario(),
             off = test::small_scenario({"travel.same_day.enabled=false"});
  Simulation a(on, test::small_setup(on), 0), b(off, test::small_setup(off), 0);
  std::int64_t same_day = 0;
  for (int d = 0; d < 10; ++d) {
    const DayCounts x = a.step(d).counts, y = b.step(d).counts;
    same_day += x.same_day_crossings;
    CHECK(y.same_day_crossings == 0);
    CHECK(x.trips_started == y.trips_started);
    CHECK(x.crossings_entry == y.crossings_entry);
    CHECK(x.arrivals_by_region == y.arrivals_by_region);
  }
  CHECK(same_day > 0);
  CHECK(a.month().leg_persons == b.month().leg_persons);
  CHECK(a.month().pair_trips == b.month().pair_trips);
}

TEST_CASE("a scaled run keeps the rates (case N5)", "[simulation][statistical]") {
  const auto full = test::small_scenario(), tenth = test::small_scenario({"run.scale=0.1"});
  Simulation a(full, test::small_setup(full), 0), b(tenth, test::small_setup(tenth), 0);
  double x = 0, y = 0;
  for (int d = 0; d < 60; ++d) {
    x += static_cast<double>(a.step(d).counts.trips_started);
    y += static_cast<double>(b.step(d).counts.trips_started);
  }
  // Persons are compound Poisson with E[G^2]/E[G] below 3.2 (case B7); weights of 10 add a factor
  // 10 to one variance.
  CHECK(std::abs(x - y) < 4 * std::sqrt(3.2 * 11 * x));
}

TEST_CASE("explain tells the same journey that the stream counted", "[simulation][relation]") {
  const auto s = test::small_scenario({"run.sample=60", "run.days=6"});
  const Setup& setup = test::small_setup(s);
  Simulation simulation(s, setup, 0);
  std::set<std::uint64_t> told;
  for (int d = 0; d < 6; ++d) {
    simulation.step(d);
    for (const SampleRow& row : simulation.samples()) {
      if (!told.insert(row.trip * 2 + row.way).second) continue;
      const Explanation e =
          explain(s, setup, 0, {row.trip, static_cast<travel::Way>(row.way), row.member, true});
      CHECK(e.party == row.party);
      CHECK(e.lead_days == static_cast<std::uint32_t>(row.lead_days));
      CHECK(e.residence == setup.shape.country_iso3[static_cast<std::size_t>(row.origin)]);
      REQUIRE(e.ways.size() == 1);
      CHECK(e.ways[0].day == row.day);
      CHECK(e.ways[0].links.size() == row.n_legs);
      if (row.entry_minute >= 0)
        CHECK(e.ways[0].crossings.back().minute % 1440 == row.entry_minute);
      CHECK(std::count(e.trips_of_unit.begin(), e.trips_of_unit.end(), row.trip) == 1);
    }
  }
  CHECK(told.size() == 60);
  CHECK_THROWS_WITH(explain(s, setup, 0, {travel::pack({0, 3, 1, 999'999}), {}, 0, false}),
                    Catch::Contains("there is no trip"));
}
