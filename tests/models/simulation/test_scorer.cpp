// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/scorer.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "models/risk/reference.hpp"
#include "models/simulation/route_facts.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/day_listing.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE("a threshold lets through the stated share, cutting the marginal bin by tie",
          "[scorer][exact]") {
  std::array<double, n_score_bins> h{};
  h[0] = 900;
  h[5] = 60;
  h[20] = 40;
  PostThreshold t = threshold_of(h, 0.04);
  CHECK(t.bin == 5);  // bin 20 is the 4 %; nothing of bin 5
  CHECK(t.fraction == 0);
  t = threshold_of(h, 0.07);
  CHECK(t.bin == 5);
  CHECK(t.fraction / 0x1p32 == Approx(0.5));
  t = threshold_of(h, 0.02);
  CHECK(t.bin == 20);
  CHECK(t.fraction / 0x1p32 == Approx(0.5));
  CHECK(threshold_of(h, 0.1) == PostThreshold{0, 0});  // whoever scores at all
  CHECK(threshold_of(h, 0) == PostThreshold{});        // a rate of 0 flags nobody
  CHECK(threshold_of({}, 0.5) == PostThreshold{});     // nobody came: nobody is flagged
}

TEST_CASE("a post that hardly anybody passes follows the posts of its kind", "[scorer][exact]") {
  // Post 0: busy, an exit; post 1: an exit with three persons, none of whom scored; post 2: an
  // entry that nobody passes.
  std::array<PostRow, 3> posts{};
  posts[2].entry = 1;
  std::vector<std::uint64_t> h(3 * n_score_bins, 0);
  h[score_cell(3, 0, 0)] = 96'000;
  h[score_cell(3, 0, 4)] = 4'000;
  h[score_cell(3, 1, 0)] = 3;
  const auto t = thresholds_of(posts, h, 0.01);
  CHECK(t[0].bin == 4);
  CHECK(t[0].fraction / 0x1p32 == Approx(0.25).epsilon(1e-3));
  CHECK(t[1].bin == 4);
  CHECK(t[1].fraction / 0x1p32 == Approx(0.25).epsilon(0.01));
  CHECK(t[2] == PostThreshold{});
}

TEST_CASE("scores of 0 and less are never flagged, whatever the share", "[scorer][exact]") {
  std::array<double, n_score_bins> h{};
  h[0] = 1000;
  CHECK(threshold_of(h, 1) == PostThreshold{0, 0});
  // flagged() asks for a bin above the threshold's: bin 0 is not above 0.
  const auto s = test::small_scenario(test::scored());
  const auto tables = make_scoring_tables(s, test::small_setup(s));
  const DayRules rules = make_day_rules(*tables, "2019-01-01");
  CHECK(rules.bin(-5) == 0);
  CHECK(rules.bin(0) == 0);
  CHECK(rules.bin(1) == 1);
  CHECK(rules.bin(1'000'000) == n_score_bins - 1);
  for (std::int32_t score = 1; score < 200; ++score) {
    REQUIRE(rules.bin(score) >= rules.bin(score - 1));
    if (rules.bin(score) < n_score_bins - 1)
      REQUIRE(rules.lowest_of_bin(rules.bin(score)) <= score);
  }
}

TEST_CASE("the class of a route counts until the assessment's last day, then it is missing",
          "[scorer][exact]") {
  const auto s = test::small_scenario(
      test::scored({"risk.assessment.title=Exercise", "risk.assessment.source=invented",
                    "risk.assessment.date=2018-12-01", "risk.assessment.expires=2019-01-10"}));
  const auto tables = make_scoring_tables(s, test::small_setup(s));
  CHECK_FALSE(make_day_rules(*tables, "2018-11-30").assessment_in_force);
  CHECK(make_day_rules(*tables, "2019-01-10").assessment_in_force);
  CHECK_FALSE(make_day_rules(*tables, "2019-01-11").assessment_in_force);
}

TEST_CASE("facts of itineraries: shares add up, detours are at least 1, land has none",
          "[scorer][exact]") {
  const auto s = test::small_scenario(test::scored());
  const Setup& setup = test::small_setup(s);
  const auto tables = make_scoring_tables(s, setup);
  const auto few = make_scoring_tables(s, setup, Facts::none);
  REQUIRE(tables->detour.size() == setup.travel.options.size());
  for (std::uint32_t p = 0; p < setup.travel.pairs.size(); ++p) {
    const travel::PairRow& pair = setup.travel.pairs[p];
    ScoringTables one = *few;
    add_facts(one, setup, p);
    int sum = 0;
    for (std::uint32_t o = pair.first_option; o < pair.first_option + pair.n_options; ++o) {
      sum += tables->share[o];
      REQUIRE(one.share[o] == tables->share[o]);
      REQUIRE(one.detour[o] == tables->detour[o]);
      const travel::OptionRow& option = setup.travel.options[o];
      if (option.mode == static_cast<std::uint8_t>(travel::Mode::land)) {
        REQUIRE(tables->detour[o] == risk::missing_i16);
      } else {
        REQUIRE(tables->detour[o] >= 100);
        if (option.n_links == 1) REQUIRE(tables->detour[o] == 100);
      }
    }
    if (pair.n_options > 0)
      REQUIRE(std::abs(sum - 1000) <= static_cast<int>(pair.n_options) / 2 + 1);
  }
}

TEST_CASE(
    "routes of an assessment hold in both directions, with a joker, and the higher class wins",
    "[scorer][exact]") {
  const auto s = test::small_scenario();
  const Setup& setup = test::small_setup(s);
  const auto& iso = setup.shape.country_iso3;
  const auto classes =
      route_classes(setup.travel, setup.shape, iso[0] + "-" + iso[1], iso[0] + "-*");
  for (std::size_t p = 0; p < classes.size(); ++p) {
    const travel::PairRow& pair = setup.travel.pairs[p];
    const bool zero = pair.origin == 0 || pair.destination == 0;
    const bool both = zero && (pair.origin == 1 || pair.destination == 1);
    CHECK(classes[p] == (both ? 2 : zero ? 1 : 0));
  }
  CHECK_THROWS_WITH(route_pairs("XX1-*", "risk.assessment.high", {"XXA", "XXB"}),
                    "risk.assessment.high: no country 'XX1' in this world; did you mean 'XXA'?");
  CHECK_THROWS_WITH(route_pairs("XXA", "risk.assessment.high", {"XXA"}),
                    "risk.assessment.high: 'XXA' is no pair of countries; allowed are pairs like "
                    "\"ARA-BEL\" or \"ARA-*\", separated by spaces");
}

TEST_CASE("scores of units in every view and stage are those of the rules on their features",
          "[scorer][relation]") {
  // Caps shared by rules that read the history and others; referring to it; stages of their own;
  // a route that is known or not; what units never show (documents, lists).
  const std::string late = R"("check-in", "arrival")";
  const std::string group = "group = \"g\"\n";
  const std::string text =
      "[ruleset]\nname = \"t\"\nversion = \"1\"\ncombine = \"additive\"\n" +
      test::trial_rule("listed", "document != 'valid' or list_kind == 'name'", 40, late) +
      test::trial_rule("detour", "detour > 1.5 and itinerary_share < 5", 10) +
      test::trial_rule("never", "earlier_trips < 1 and x1", 8, late, "on_missing = \"refer\"\n") +
      test::trial_rule("seen", "earlier_trips >= 1 or x5", 12, late, group) +
      test::trial_rule("quiet", "not x2 and way == 'out'", -6, R"("arrival")", group) +
      test::trial_rule("route", "missing(route_class) and nights <= 9", 3) +
      "[ruleset.groups]\ng = { min = -4, max = 9 }\n";
  const auto s = test::small_scenario(
      test::scored({"risk.assessment.title=Exercise", "risk.assessment.source=invented",
                    "risk.assessment.date=2018-12-01", "risk.assessment.expires=2019-01-10"},
                   text));
  const Setup& setup = test::small_setup(s);
  const sim::RunKey key{1, 0};
  StreamParts parts(s, setup, key);
  sim::Workers workers(1);
  const travel::Population population(
      setup.travel, {key, 1, s.stream.weekday_spread, calendar_view(s.calendar())}, 0, workers);
  for (const char* date : {"2019-01-05", "2019-02-05"}) {
    const DayRules day = make_day_rules(*parts.scoring, date);
    BatchScorer scorer(*parts.scoring);
    std::size_t plain = 0, others = 0, differ = 0;
    for (const travel::Way way : {travel::Way::out, travel::Way::back}) {
      int batches = 0;
      test::for_each_batch(population, way, parts.maker, 501, [&](travel::Batch& batch) {
        if (++batches > 3) return;
        parts.signals.draw(batch);
        std::vector<std::int16_t> earlier(batch.n);
        for (std::size_t i = 0; i < batch.n; ++i) earlier[i] = static_cast<std::int16_t>(i % 4);
        scorer.score_units(day, batch, earlier);
        for (std::size_t i = 0; i < batch.n; ++i) {
          bool remarkable = false;
          for (const bool home : {true, false}) {
            for (const risk::Stage stage :
                 {risk::Stage::booking, risk::Stage::check_in, risk::Stage::arrival}) {
              if (!home && stage == risk::Stage::booking) continue;  // nobody asks
              const risk::Reasons expected =
                  risk::evaluate(parts.scoring->rules, risk::shipped_catalogue(), date, stage,
                                 scorer.unit_features(home), i);
              REQUIRE(scorer.unit_score(i, home, stage) == expected.score);
              REQUIRE(scorer.unit_scores(home, stage)[i] == expected.score);
              REQUIRE(scorer.unit_refers(i, home, stage) == !expected.referred.empty());
              remarkable = remarkable || expected.score > day.base || !expected.referred.empty();
            }
          }
          differ += scorer.unit_score(i, true, risk::Stage::arrival) !=
                    scorer.unit_score(i, false, risk::Stage::arrival);
          REQUIRE(scorer.is_plain(i) == !remarkable);
          (remarkable ? others : plain) += 1;
        }
        // A person like his unit scores as it does.
        scorer.clear_persons();
        for (std::size_t i = 0; i < batch.n; i += 100) {
          REQUIRE(scorer.add_person(i, {}) == i / 100);
        }
        scorer.score_persons(day);
        for (std::size_t i = 0; i < batch.n; i += 100) {
          for (const bool home : {true, false}) {
            REQUIRE(scorer.person_score(i / 100, home, risk::Stage::check_in) ==
                    scorer.unit_score(i, home, risk::Stage::check_in));
            REQUIRE(scorer.person_refers(i / 100, home, risk::Stage::arrival) ==
                    scorer.unit_refers(i, home, risk::Stage::arrival));
          }
        }
      });
    }
    CHECK(plain > 100);
    CHECK(others > 100);
    CHECK(differ > 100);
  }
}
