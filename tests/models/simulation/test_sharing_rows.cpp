// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/sharing_rows.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "models/compare/metrics.hpp"
#include "models/compare/world_run.hpp"
#include "models/scenario/hypothetical_links.hpp"
#include "models/simulation/recorder.hpp"
#include "models/simulation/summary.hpp"
#include "tests/support/small_run.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

const std::string organisations =
    "cooperation.file=" CORRIDOR_SOURCE_DIR "/scenarios/organisations/small.toml";

/// A run with its result file; what `corridor info` reads of it.
Summary summary_of(const scenario::Scenario& s) {
  const Setup& setup = test::small_setup(s);
  const auto file = std::filesystem::temp_directory_path() / "corridor_sharing_rows.h5";
  std::filesystem::remove(file);
  {
    ResultFile result = ResultFile::create(file, run_shape(s, setup, nullptr),
                                           provenance_of(s, setup, "corridor run"), true);
    (void)record(
        s, setup, result, [](const auto&) {}, [] { return false; }, nullptr);
  }
  Summary summary = summarise(ResultReader(file));
  std::filesystem::remove(file);
  return summary;
}

}  // namespace

TEST_CASE("systems are rows by their code; by class where names are real", "[lists][exact]") {
  cooperation::Organisations all;
  for (const char* code : {"ALL", "AA", "BB", "DESK"}) {
    cooperation::Organisation o;
    o.code = code;
    o.kind = all.organisations.empty() ? cooperation::OrganisationKind::global
                                       : cooperation::OrganisationKind::regional;
    if (o.code != "DESK") o.powers = cooperation::bit(cooperation::Power::databases);
    all.organisations.push_back(o);
  }
  const RowsOf own = system_rows(all, false), classes = system_rows(all, true);
  CHECK(own.names == std::vector<std::string>{"ALL", "AA", "BB"});
  CHECK(own.row == std::vector<std::size_t>{0, 1, 2});
  CHECK(classes.names == std::vector<std::string>{"regional systems", "system of all"});
  CHECK(classes.row == std::vector<std::size_t>{1, 0, 0});
  SharingCounts counts;
  for (std::size_t s = 0; s < 3; ++s)
    counts.of(s, SystemMeasure::requests) = static_cast<std::int64_t>(s + 1);
  const std::vector<std::int64_t> rows = system_counts(counts, classes);
  constexpr auto requests = static_cast<std::size_t>(SystemMeasure::requests);
  CHECK(rows.size() == 2 * n_system_measures);
  CHECK(rows[requests] == 5);
  CHECK(rows[n_system_measures + requests] == 1);
}

TEST_CASE("a result tells queries, requests and who knew; they are those of compare",
          "[lists][exact]") {
  const auto s = test::small_scenario(
      test::scored({organisations, "run.days=12", "run.replicates=1", "risk.planted.wanted=0.002",
                    "risk.lists.name_coverage=0.5", "risk.lists.biometric_coverage=0.3",
                    "cooperation.records.doubled=0.5", "cooperation.records.handling_2=0.3",
                    "cooperation.requests.capacity=1", "cooperation.records.wrong=0.5"}));
  const Summary summary = summary_of(s);
  const SharingSummary& sharing = summary.sharing;
  REQUIRE(sharing.any);
  CHECK(sharing.systems == std::vector<std::string>{"ALLPOL", "NORPOL", "EASTPOL", "ISLEPOL"});
  const compare::WorldRun run = compare::run_world(s, test::small_setup(s), 0);
  const auto of = [&](std::string_view name) { return run.values[compare::metric_index(name)]; };
  const auto knows = [&](Knowledge k) { return sharing.knowledge[static_cast<std::size_t>(k)]; };
  CHECK(of("queries") > 0);
  CHECK(of("queries") == sharing.of_all(SystemMeasure::queries));
  CHECK(of("requests") == sharing.of_all(SystemMeasure::requests));
  CHECK(of("double_requests") ==
        sharing.of_all(SystemMeasure::channel) + sharing.of_all(SystemMeasure::second_record));
  CHECK(of("double_requests") > 0);
  CHECK(of("requests_waiting") == sharing.of_all(SystemMeasure::backlog));
  CHECK(of("answer_days") == Approx(sharing.of_all(SystemMeasure::answer_days) /
                                    sharing.of_all(SystemMeasure::answered)));
  CHECK(of("sharing_gap_days") ==
        Approx(knows(Knowledge::gap_days) / knows(Knowledge::gap_crossings)));
  CHECK(of("wrongly_held_hours") == Approx(knows(Knowledge::wrongly_held_minutes) / 60));

  const std::string text = sharing_text(sharing);
  for (const char* words :
       {"What systems were asked, and originators of records in turn", "queries not answered",
        "seconds a query, mean", "requests through a second channel",
        "requests about a second record", "days to an answer, mean", "requests waiting",
        "Who knew: of ", "wrongly held after a hit: "})
    CHECK(text.find(words) != std::string::npos);
  const nlohmann::ordered_json json = sharing_json(sharing);
  CHECK(json["systems"]["ALLPOL"]["requests"].get<double>() ==
        sharing.of_systems[static_cast<std::size_t>(SystemMeasure::requests)]);
  CHECK(json["knowledge"].size() == n_knowledge);
}

TEST_CASE("info says of links without a legal basis that they are hypothetical, and nothing else",
          "[lists][exact]") {
  const std::string note = std::string(scenario::hypothetical_note) + "\n";
  CHECK(note == "hypothetical: links without a legal basis are tried\n");
  const Summary lawful = summary_of(test::small_scenario({organisations, "run.days=2"}));
  CHECK_FALSE(lawful.hypothetical);
  CHECK(summary_text(lawful).find("hypothetical") == std::string::npos);
  const Summary tried = summary_of(
      test::small_scenario({organisations, "run.days=2", "cooperation.bridge.hypothetical=true"}));
  CHECK(tried.hypothetical);
  CHECK(summary_text(tried).find(note) != std::string::npos);
}

TEST_CASE("without a file of organisations a result and compare tell nothing of systems",
          "[lists][exact]") {
  const auto s = test::small_scenario({"run.days=2"});
  CHECK_FALSE(summary_of(s).sharing.any);
  const compare::WorldRun run = compare::run_world(s, test::small_setup(s), 0);
  for (const char* name : {"queries", "requests", "double_requests", "answer_days",
                           "sharing_gap_days", "pooled_lead_days", "wrongly_held_hours"})
    CHECK(std::isnan(run.values[compare::metric_index(name)]));
}
