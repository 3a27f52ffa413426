// SPDX-License-Identifier: Apache-2.0
#include "models/compare/parties.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/compare/compare.hpp"
#include "models/compare/compare_text.hpp"
#include "models/compare/world_run.hpp"
#include "tests/support/organisations.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;
using cooperation::OrganisationKind;
using simulation::PlaceMeasure;

namespace {

std::size_t metric_of(std::string_view name) {
  std::size_t m = 0;
  while (party_metrics()[m].name != name) ++m;
  return m;
}

double value(const PartyBook& book, std::string_view party, std::string_view metric) {
  std::size_t p = 0;
  while (book.codes()[p] != party) ++p;
  return book.values()[p * party_metrics().size() + metric_of(metric)];
}

const char* small = CORRIDOR_SOURCE_DIR "/scenarios/cooperation-small.toml";
const char* front_line = CORRIDOR_SOURCE_DIR "/scenarios/strategies/front-line-first.toml";

std::vector<sim::Override> for_days(const std::string& days) {
  return {sim::parse_set("run.days=" + days)};
}

}  // namespace

TEST_CASE("parties add up what happens in their members; who is in two counts in both",
          "[compare][exact]") {
  const auto organisations = test::organisations_of(
      {test::system_of("A", {0, 1}), test::system_of("N", {0}, -1, -1, OrganisationKind::national),
       test::system_of("B", {1, 2}),
       test::system_of("ALL", {0, 1, 2}, -1, -1, OrganisationKind::global)});
  cooperation::Planner planner;
  planner.code = "B";
  PartyBook book(organisations, std::vector{planner}, {0, 0, 1}, 30);
  CHECK(book.codes() == std::vector<std::string>{"A", "B", "ALL", "far"});

  simulation::DayResult day;
  day.places.of_country.resize(3);
  for (std::size_t c = 0; c < 3; ++c) {
    day.places.of_country[c].of(PlaceMeasure::found) = c == 0 ? 1 : c == 1 ? 10 : 100;
    day.places.of_country[c].of(PlaceMeasure::officer_minutes) = 60;
  }
  day.places.far.of(PlaceMeasure::found) = 7;
  // Systems by number: A, B, ALL; a national one holds no records of others.
  for (std::size_t s = 0; s < 3; ++s)
    day.sharing.of(s, simulation::SystemMeasure::queries) = static_cast<std::int64_t>(s) + 1;
  book.add(day);
  book.add(day);
  CHECK(value(book, "A", "found") == 22);
  CHECK(value(book, "B", "found") == 220);
  CHECK(value(book, "ALL", "found") == 222);
  CHECK(value(book, "far", "found") == 14);
  CHECK(value(book, "ALL", "officer_hours") == 6);
  CHECK(std::isnan(value(book, "far", "officer_hours")));
  CHECK(value(book, "A", "queries") == 2);
  CHECK(value(book, "ALL", "queries") == 6);

  cooperation::PlannerFigures figures;
  figures.sums.officer_days = 2500;
  figures.with_truth = 0.5;
  book.add(std::vector{figures});
  book.add(std::vector{figures});
  CHECK(value(book, "B", "officer_days") == 5);
  CHECK(value(book, "B", "alignment_threat") == 0.5);
  CHECK(std::isnan(value(book, "A", "officer_days")));
}

TEST_CASE("without a file of organisations there is no party", "[compare][exact]") {
  const auto usual = cooperation::usual_organisations(std::vector<std::uint8_t>{0, 0, 1});
  const PartyBook book(usual, {}, {0, 0, 1}, 30);
  CHECK(book.codes().empty());
  CHECK(book.values().empty());
}

TEST_CASE("an organisation of all countries has what the world has; far is a part of it",
          "[compare][relation]") {
  // Also where posts ask of whom others named for secondary, and where one traveller stands for
  // four and a fighter for himself.
  const auto [stage, scale] = GENERATE(table<const char*, const char*>(
      {{"primary", "1"}, {"secondary", "1"}, {"secondary", "0.25"}}));
  CAPTURE(stage, scale);
  std::vector<sim::Override> all = for_days("40");
  all.push_back(sim::parse_set("cooperation.frontline.share=1"));
  all.push_back(sim::parse_set(std::string("cooperation.frontline.stage=") + stage));
  all.push_back(sim::parse_set(std::string("run.scale=") + scale));
  const World base = base_world(small, all);
  const WorldRun run = run_world(base.scenario, test::small_setup(base.scenario), 0);
  const auto world = [&](std::string_view metric) { return run.values[metric_index(metric)]; };
  const auto of = [&](std::string_view party, std::string_view metric) {
    std::size_t p = 0;
    while (run.parties[p] != party) ++p;
    return run.party_values[p * party_metrics().size() + metric_of(metric)];
  };
  CHECK(of("ALLPOL", "found") == world("found_all"));
  CHECK(of("ALLPOL", "wrongly_stopped") == world("wrongly_stopped"));
  CHECK(of("ALLPOL", "inspected") == world("inspected"));
  CHECK(of("ALLPOL", "officer_hours") == Approx(world("officer_hours")).epsilon(1e-12));
  CHECK(of("ALLPOL", "requests_received") == world("requests"));
  CHECK(of("ALLPOL", "fighters_arrived") == world("fighters_arrived"));
  CHECK(of("ALLPOL", "seized_kg") == Approx(world("seized_kg")).epsilon(1e-9));
  CHECK(of("ALLPOL", "delivered_kg") == Approx(world("delivered_kg")).epsilon(1e-9));
  for (const std::string source :
       {"own", "regional", "i247", "bridge", "referral", "rules", "random"}) {
    CAPTURE(source);
    CHECK(of("ALLPOL", "detections_" + source) == world("detections_" + source));
    // Millionths are rounded of each post and day.
    CHECK(of("ALLPOL", "expected_" + source) == Approx(world("expected_" + source)).margin(1e-9));
    CHECK(of("far", "detections_" + source) <= world("detections_" + source));
  }
  // Whoever was held was told of by a list or named by somebody.
  const double by_list = world("detections_own") + world("detections_regional") +
                         world("detections_i247") + world("detections_bridge");
  CHECK(by_list <= world("detections_list"));  // some by a record that means another
  CHECK(world("detections_list") + world("detections_referral") + world("detections_rules") +
            world("detections_random") ==
        world("found_all") + world("wrongly_stopped"));
  CHECK(std::isnan(of("far", "expected_rules")));
  CHECK(of("far", "expected_own") <= world("expected_own"));
  for (const char* metric :
       {"sharing_gap_days", "pooled_lead_days", "wrongly_held_hours", "answer_days",
        "fighters_delayed", "fighters_diverted", "fighters_held", "fighters_gave_up"}) {
    CAPTURE(metric);
    const double there = world(metric);
    if (std::isnan(there)) {
      CHECK(std::isnan(of("ALLPOL", metric)));
    } else {
      CHECK(of("ALLPOL", metric) == Approx(there).epsilon(1e-12));
    }
  }
  for (const char* metric : {"assets_usd", "frozen_usd", "confiscated_usd"}) {
    CAPTURE(metric);
    CHECK(of("ALLPOL", metric) == Approx(world(metric)).epsilon(1e-12));
  }
  CHECK(of("far", "passed_kg") <= of("far", "sent_kg"));
  CHECK(of("far", "found") > 0);
  CHECK(of("far", "found") <= world("found_all"));
  CHECK(of("far", "found_by_others") <= of("far", "found_by_list"));
  CHECK(of("far", "seized_kg") <= world("seized_kg"));
  // Who gave the record is another country than who found him by it.
  CHECK(of("ALLPOL", "gave") <= of("ALLPOL", "found_by_others"));
  CHECK(of("ALLPOL", "gave") > 0);
}

TEST_CASE("what is expected by source is near what was held, and no nearer than chance",
          "[compare][statistical]") {
  // D = held - expected has a variance below the mean (p (1 - p) <= p): 4 standard deviations. Who
  // was dismissed counts as if a place had been free, so capacity must not bind: in this world
  // fewer than one in a thousand found none.
  const World base = base_world(small, for_days("60"));
  const WorldRun run = run_world(base.scenario, test::small_setup(base.scenario), 1);
  const auto value = [&](const std::string& metric) { return run.values[metric_index(metric)]; };
  for (const std::string source :
       {"list", "referral", "rules", "random", "own", "regional", "i247"}) {
    const double held = value("detections_" + source), expected = value("expected_" + source);
    CAPTURE(source, held, expected);
    CHECK(expected > 0);
    CHECK(std::abs(held - expected) <= 4 * std::sqrt(expected));
    CHECK(held != expected);
  }
}

TEST_CASE("a comparison tells who gains and who bears; of the same world nothing",
          "[compare][relation]") {
  const World base = base_world(small, for_days("60"));
  const World other = alternative(base, front_line, for_days("60"));
  const Comparison c = compare::compare(base, {other}, {.replicates = 4});
  const std::string text = compare_text(c);
  CHECK(text.find("who gains, who carries the load: ") != std::string::npos);
  CHECK(text.find("    ALLPOL       bears  ") != std::string::npos);
  const auto json = nlohmann::json::parse(compare_json(c));
  CHECK(json["party_metrics"].size() == party_metrics().size());
  CHECK(json["strategies"][0]["parties"]["ALLPOL"]["found"]["difference"]["estimate"] ==
        c.alternatives[0].parties[0].seeds.difference.estimate);
  const World same = alternative(base, small, for_days("60"));
  for (const PartyResult& r :
       compare::compare(base, {same}, {.replicates = 2}).alternatives[0].parties)
    CHECK(r.seeds.equal == r.seeds.pairs);
}

TEST_CASE("what is not known is varied for parties too", "[compare][relation]") {
  const World base = base_world(small, for_days("40"));
  const World other = alternative(base, front_line, for_days("40"));
  const Comparison c =
      compare::compare(base, {other}, {.replicates = 2, .parameter_sets = 4, .set_replicates = 2});
  REQUIRE_FALSE(c.alternatives[0].parties.empty());
  // ALLPOL is of all countries: its headline is the world's.
  for (const PartyResult& r : c.alternatives[0].parties) {
    REQUIRE(r.headline);
    const std::string_view name = party_metrics()[r.metric].name;
    if (r.party != "ALLPOL" || (name != "inspected" && name != "detections_own")) continue;
    const Headline& world = *c.alternatives[0].of(name).headline;
    CHECK(r.headline->lower == world.lower);
    CHECK(r.headline->upper == world.upper);
    CHECK(r.headline->verdict == world.verdict);
  }
  CHECK(compare_text(c).find("    * stands over the parameter sets (headline)\n") !=
        std::string::npos);
}

TEST_CASE("people of other models are found as often in a scaled run as they are",
          "[compare][relation]") {
  // Weighted like travellers they were found four times as often as they are held on their way.
  for (const char* scale : {"1", "0.25"}) {
    CAPTURE(scale);
    std::vector<sim::Override> all = for_days("150");
    all.push_back(sim::parse_set(std::string("run.scale=") + scale));
    const World base = base_world(small, all);
    const WorldRun run = run_world(base.scenario, test::small_setup(base.scenario), 2);
    const auto world = [&](std::string_view metric) { return run.values[metric_index(metric)]; };
    CHECK(world("found_fighters") > 0);
    CHECK(world("found_fighters") <= world("fighters_held") + world("fighters_refused"));
  }
}

TEST_CASE("what may be shown changes no number", "[compare][exact]") {
  std::vector<sim::Override> all = for_days("70");
  all.push_back(sim::parse_set("cooperation.finance.common_targets=1"));
  all.push_back(sim::parse_set("cooperation.finance.arrest_rate=0.3"));
  std::vector<WorldRun> runs;
  for (const char* traces : {"class", "full"}) {
    std::vector<sim::Override> given = all;
    given.push_back(sim::parse_set(std::string("disclosure.traces=") + traces));
    const World base = base_world(small, given);
    runs.push_back(run_world(base.scenario, test::small_setup(base.scenario), 0));
  }
  CHECK(runs[0].values[metric_index("facilitators_arrested")] > 0);
  for (std::size_t m = 0; m < metrics().size(); ++m) {
    CAPTURE(metrics()[m].name);
    const double by_class = runs[0].values[m], full = runs[1].values[m];
    CHECK((by_class == full || (std::isnan(by_class) && std::isnan(full))));
  }
}
