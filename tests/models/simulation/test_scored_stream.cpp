// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "models/simulation/simulation.hpp"
#include "models/simulation/single_person.hpp"
#include "tests/support/day_listing.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

using Who = std::tuple<std::uint64_t, std::uint32_t, std::uint8_t, std::uint8_t>;
Who who(const control::Candidate& c) { return {c.trip, c.post, c.way, c.member}; }

std::vector<std::uint64_t> digests(const std::vector<std::string>& set, int days) {
  const auto s = test::small_scenario(set);
  Simulation simulation(s, test::small_setup(s), 0);
  std::vector<std::uint64_t> all;
  for (int d = 0; d < days; ++d) all.push_back(simulation.step(d).digest);
  return all;
}

}  // namespace

TEST_CASE("a scored day is the same for any threads, batch length and instruction set (case N4)",
          "[scoring][relation]") {
  const auto one = digests(test::scored({"run.threads=1"}), 3);
  CHECK(digests(test::scored({"run.threads=3", "run.batch=7"}), 3) == one);
  CHECK(digests(test::scored({"run.threads=2", "run.simd=\"scalar\"", "run.batch=1"}), 3) == one);
}

TEST_CASE("a state saved between scored days goes on to the same bits", "[scoring][relation]") {
  const auto s = test::small_scenario(test::scored());
  const Setup& setup = test::small_setup(s);
  Simulation whole(s, setup, 0);
  for (int d = 0; d < 3; ++d) whole.step(d);
  Simulation again(s, setup, 0, State::load(whole.state().save()));
  for (int d = 3; d < 5; ++d) CHECK(again.step(d).digest == whole.step(d).digest);
}

TEST_CASE("the stream's candidates are those of one person at a time, with the same outcomes",
          "[scoring][relation]") {
  // A whole day of the small world, made again person by person: score, lists, source, tie, and
  // what became of everybody, told from thresholds and cuts as corridor explain does (case O5).
  const auto s = test::small_scenario(test::scored());
  const Setup& setup = test::small_setup(s);
  Simulation simulation(s, setup, 0);
  constexpr int day = 9;
  for (int d = 0; d < day; ++d) simulation.step(d);
  const sim::RunKey key{static_cast<std::uint32_t>(s.run.seed), 0};
  StreamParts parts(s, setup, key);
  sim::Workers workers(1);
  parts.years->make_ready(day, workers);
  DayRules rules = make_day_rules(*parts.scoring, sim::text(s.calendar().date(day)));

  State before = simulation.state();
  const DayResult result = simulation.step(day);
  rules.thresholds = result.thresholds;
  DayStream stream(parts.context, 1);
  const travel::PopulationSetting setting{key, 1, s.stream.weekday_spread,
                                          calendar_view(s.calendar())};
  const travel::Population population(setup.travel, setting, day, workers);
  State fresh = before;
  for (auto& d : fresh.candidates) d.clear();
  fresh.removed.clear();
  stream.run(population, fresh, workers, &rules);
  std::map<Who, control::Candidate> streamed;
  for (const auto& ahead_day : fresh.candidates)
    for (const control::Candidate& c : ahead_day) REQUIRE(streamed.emplace(who(c), c).second);

  const control::SecondarySettings secondary = control::secondary_settings(s.control);
  std::map<control::Source, int> sources;
  std::size_t found = 0, outcomes = 0;
  auto single = std::make_unique<travel::Batch>();
  for (const travel::Way way : {travel::Way::out, travel::Way::back}) {
    for (const travel::WorkUnit& unit : population.work()) {
      population.list(unit, way, [&](const travel::CellPiece& c) {
        for (std::uint32_t number = c.from; number < c.to; ++number) {
          const std::uint64_t trip = travel::pack({c.block, c.departure_day, c.nights, number});
          if (way == travel::Way::back && number % 4 != 0) continue;  // a part of the returns
          const auto interest = parts.years->on_trip(trip);
          make_single(parts.context, *single, trip, way, interest);
          const std::int32_t of_year =
              c.departure_day - travel::year_of(c.departure_day) * travel::days_of_year;
          const travel::SlotClasses& slots =
              parts.years->slots(setup.travel.blocks[c.block].pool, c.departure_day);
          const auto earlier = static_cast<std::int16_t>(slots.earlier_trips(
              slots.day_first(of_year) + c.place + number, of_year - 183, of_year));
          for (std::uint32_t m = 0; m < single->party[0]; ++m) {
            const auto crossings =
                person_crossings(parts.context, &rules, sim::text(s.calendar().date(day)), *single,
                                 m, earlier, interest);
            for (std::uint32_t k = 0; k < crossings.size(); ++k) {
              const auto candidate =
                  candidate_at(parts.context, &rules, *single, m, k, crossings[k],
                               rules.thresholds[crossings[k].post]);
              const auto it =
                  streamed.find({trip, crossings[k].post, static_cast<std::uint8_t>(way),
                                 static_cast<std::uint8_t>(m)});
              REQUIRE(candidate.has_value() == (it != streamed.end()));
              if (!candidate) continue;
              REQUIRE(*candidate == it->second);
              ++found;
              ++sources[candidate->source];
            }
          }
        }
      });
    }
  }
  CHECK(found > 100);
  CHECK(sources.size() == control::n_sources);  // every source was among them

  // What settlement did that day follows from ranks and cuts.
  for (const EventRow& e : result.events) {
    const control::Candidate& c = e.candidate;
    CHECK(outcome_at(c, result.cuts[c.post][c.hour], secondary, key, day) == c.outcome);
    ++outcomes;
  }
  CHECK(outcomes > 20);
}

TEST_CASE("thresholds flag the stated share, from the days before (burnt in before day 0)",
          "[scoring][statistical]") {
  // 14 days of some 27,000 crossings a day. Flags are persons of units (E[G^2] / E[G] < 3.2), and
  // the threshold follows seven other days, so a share f of n has a deviation of about sqrt(3.2 f
  // (1 + 1/7) / n); 4 of those, and a tenth of f for the weekly rhythm.
  // No rule reads the history here: a unit is new each year, so scores move when day 0 begins one.
  std::string rules = test::trial_rules();
  rules.replace(rules.find("earlier_trips >= 2"), 18, "nights > 60");
  const auto s = test::small_scenario(test::scored({"risk.flag_rate=0.02"}, rules));
  Simulation simulation(s, test::small_setup(s), 0);
  double flagged = 0, scored = 0;
  for (int d = 0; d < 14; ++d) {
    const DayCounts c = simulation.step(d).counts;
    if (d == 0) CHECK(c.flagged > 0);
    flagged += static_cast<double>(c.flagged);
    scored += static_cast<double>(c.scored);
  }
  const double share = flagged / scored;
  CHECK(std::abs(share - 0.02) < 4 * std::sqrt(3.2 * 0.02 * 8 / 7 / scored) + 0.1 * 0.02);
  CHECK_FALSE(std::abs(0.013 - 0.02) < 4 * std::sqrt(3.2 * 0.02 * 8 / 7 / scored) + 0.1 * 0.02);
}

TEST_CASE(
    "rules that read no history score the same whatever the limit of retention; with a limit "
    "of 0 nobody has one (case O6)",
    "[scoring][relation]") {
  const auto history = [](const std::vector<std::string>& more, const std::string& when) {
    const std::string rules = "[ruleset]\nname = \"t\"\nversion = \"1\"\ncombine = \"additive\"\n" +
                              test::trial_rule("a", when, 5) +
                              test::trial_rule("b", "x1 and x2 and x3 and x4", -1);
    const auto s = test::small_scenario(test::scored(more, rules));
    Simulation simulation(s, test::small_setup(s), 0);
    for (int d = 0; d < 2; ++d) simulation.step(d);
    return simulation.month().score_histogram;
  };
  const std::vector<std::string> none{"risk.retention_days=0", "run.start=\"2019-07-01\""};
  const std::vector<std::string> some{"risk.retention_days=183", "run.start=\"2019-07-01\""};
  // The year of trips begins with day 0, so history needs a start later in it: day 180.
  const std::string met = "earlier_trips >= 1", fresh = "earlier_trips == 0";
  CHECK(history(none, "nights > 3") == history(some, "nights > 3"));
  const auto flagged = [](const std::vector<std::int64_t>& h) {
    std::int64_t n = 0;
    for (std::size_t i = 0; i < h.size(); ++i) n += i % n_score_bins != 0 ? h[i] : 0;
    return n;
  };
  CHECK(flagged(history(none, met)) == 0);
  CHECK(flagged(history(none, fresh)) > 0);
}

TEST_CASE(
    "without rules, lists and planted persons nobody is flagged or hit, and nothing is scored",
    "[scoring][relation]") {
  const auto s = test::small_scenario();
  Simulation simulation(s, test::small_setup(s), 0);
  const DayCounts c = simulation.step(0).counts;
  CHECK(c.scored == 0);
  CHECK(c.flagged == 0);
  CHECK(c.list_hits == 0);
  CHECK(c.candidates_by_source[static_cast<std::size_t>(control::Source::rules)] == 0);
  CHECK(c.candidates > 0);  // the random share and referrals remain
}

TEST_CASE("a rule counts from its first day to its last, and thresholds follow at once",
          "[scoring][relation]") {
  const std::string dated = "valid_from = 2019-01-04\nvalid_to = 2019-01-05\n";
  const std::string rules = "[ruleset]\nname = \"t\"\nversion = \"1\"\ncombine = \"additive\"\n" +
                            test::trial_rule("always", "x1", 5) +
                            test::trial_rule("dated", "x2", 50, R"("check-in", "arrival")", dated) +
                            test::trial_rule("mild", "nights > 90", -1);
  const auto s = test::small_scenario(test::scored({}, rules));
  Simulation simulation(s, test::small_setup(s), 0);
  for (int d = 0; d < 8; ++d) {
    const DayResult r = simulation.step(d);
    std::int32_t highest = 0;
    for (const auto& day : simulation.state().candidates)
      for (const control::Candidate& c : day) highest = std::max(highest, c.score);
    for (const EventRow& e : r.events) highest = std::max(highest, e.candidate.score);
    const bool in_force = d == 3 || d == 4;
    if (in_force) CHECK(highest >= 50);
    if (d < 3 || d > 6) CHECK(highest <= 5);
    // Flags stay near the stated rate: the threshold did not wait for seven days of new scores.
    CHECK(static_cast<double>(r.counts.flagged) < 0.03 * static_cast<double>(r.counts.scored));
  }
}

TEST_CASE(
    "what planted persons show follows the likelihood ratios; with ratios of 1 a rule gains "
    "nothing",
    "[scoring][statistical]") {
  // Lift of the rule "x1": share of planted persons among flagged over that among all. The cause
  // switched off, the lift is 1 within chance.
  const auto shares = [](double ratio) {
    const std::string rules = "[ruleset]\nname = \"t\"\nversion = \"1\"\ncombine = \"additive\"\n" +
                              test::trial_rule("a", "x1", 5) +
                              test::trial_rule("b", "nights > 90", -1);
    const auto s = test::small_scenario(test::scored(
        {"risk.planted.contraband=0.05", "risk.planted.wanted=0", "risk.lists.name_coverage=0",
         "risk.lists.name_false_match=0", "risk.lists.biometric_coverage=0",
         "risk.lists.biometric_false_match=0", "control.documents.irregular=0", "risk.flag_rate=1",
         "travel.signals.x1_rate=0.04", "travel.signals.x1_ratio=" + std::to_string(ratio)},
        rules));
    Simulation simulation(s, test::small_setup(s), 0);
    double flagged = 0, with_threat = 0;
    for (int d = 0; d < 8; ++d) {
      simulation.step(d);
      for (const auto& day : simulation.state().candidates) {
        for (const control::Candidate& c : day) {
          if (c.way != 0 || c.source != control::Source::rules) continue;
          flagged += 1;
          with_threat += c.threat == control::Threat::contraband ? 1 : 0;
        }
      }
    }
    return std::pair{with_threat, flagged};
  };
  const auto [with, flagged] = shares(10);
  const auto [with_off, flagged_off] = shares(1);
  CHECK(flagged_off > 300);
  // One member in a party carries, so fewer than one in 20 of the flagged persons do.
  const double off = with_off / flagged_off, on = with / flagged;
  CHECK(off < 0.05 + test::binomial_halfwidth(0.05, static_cast<std::size_t>(flagged_off), 1e-6));
  CHECK(on > 4 * off);
}

TEST_CASE("a logistic set, whose scores lie far below 0, flags the same share",
          "[scoring][statistical]") {
  // As above: thresholds count from the base on. 6 days, tolerance as there.
  const std::string rules =
      "[ruleset]\nname = \"t\"\nversion = \"1\"\ncombine = \"logistic\"\n"
      "base = -700\n" +
      test::trial_rule("a", "x1", 150) + test::trial_rule("b", "x2", 90) +
      test::trial_rule("c", "nights > 60", -40);
  const auto s = test::small_scenario(test::scored({"risk.flag_rate=0.02"}, rules));
  Simulation simulation(s, test::small_setup(s), 0);
  double flagged = 0, scored = 0;
  for (int d = 0; d < 6; ++d) {
    const DayCounts c = simulation.step(d).counts;
    flagged += static_cast<double>(c.flagged);
    scored += static_cast<double>(c.scored);
  }
  CHECK(std::abs(flagged / scored - 0.02) <
        4 * std::sqrt(3.2 * 0.02 * 8 / 7 / scored) + 0.1 * 0.02);
}

TEST_CASE("minors are met as minors whatever they carry, and go to protection",
          "[scoring][relation]") {
  const auto s = test::small_scenario(test::scored({"control.inspection.specificity=0"}));
  Simulation simulation(s, test::small_setup(s), 0);
  std::int64_t protection = 0;
  for (int d = 0; d < 4; ++d) {
    for (const EventRow& e : simulation.step(d).events) {
      const control::Candidate& c = e.candidate;
      if (c.minor != 0 && control::held(c.outcome))
        CHECK(c.outcome == control::Outcome::protection);
      protection += c.minor != 0 && c.threat == control::Threat::none ? 1 : 0;
    }
  }
  CHECK(protection > 10);
}

TEST_CASE(
    "journeys that no post checks are scored at booking when the scope is all, and change "
    "nothing else",
    "[scoring][relation]") {
  // 10 days of some thousands such journeys. Flags are whole bookings (E[G^2] / E[G] < 3.2).
  const auto run = [](const char* scope) {
    const auto s = test::small_scenario(test::scored({scope, "risk.flag_rate=0.02"}));
    Simulation simulation(s, test::small_setup(s), 0);
    DayCounts all;
    for (int d = 0; d < 10; ++d) all += simulation.step(d).counts;
    const std::vector<std::int64_t> h = simulation.month().score_histogram;
    std::int64_t booked = 0;
    for (std::size_t b = 0; b < n_score_bins; ++b) booked += h[b];
    return std::pair{all, booked};
  };
  const auto [some, some_booked] = run("risk.scope=border-checks");
  const auto [all, all_booked] = run("risk.scope=all");
  CHECK(some.scored_unchecked == 0);
  CHECK(some.flagged_unchecked == 0);
  CHECK(all.scored_unchecked > 10'000);
  CHECK(all_booked == some_booked + all.scored_unchecked);
  CHECK(all.scored == some.scored);
  CHECK(all.flagged == some.flagged);
  CHECK(all.outcomes == some.outcomes);
  const auto n = static_cast<double>(all.scored_unchecked);
  const double share = static_cast<double>(all.flagged_unchecked) / n;
  // The threshold follows other days, with a tenth for what changes between them.
  CHECK(std::abs(share - 0.02) < 4 * std::sqrt(3.2 * 0.02 * 8 / 7 / n) + 0.1 * 0.02);
}
