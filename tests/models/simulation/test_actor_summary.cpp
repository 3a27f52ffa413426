// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_summary.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "models/simulation/recorder.hpp"
#include "models/simulation/result_reader.hpp"
#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

/// A run of 40 days from 1 January: a whole month and nine days of the next.
void write_run(const std::filesystem::path& path, std::vector<std::string> set) {
  std::vector<scenario::Override> overrides{sim::parse_set("run.days=40"),
                                            sim::parse_set("run.cut_days=0")};
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  const scenario::Scenario s =
      scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
  const Setup& setup = corridor::test::small_setup(s);
  const auto actors = read_actors(s);
  ResultFile file = ResultFile::create(path, run_shape(s, setup, actors.get()),
                                       provenance_of(s, setup, "test"), false);
  record(
      s, setup, file, [](const Progress&) {}, [] { return false; }, actors);
}

double of(const std::vector<ActorValue>& values, std::string_view name) {
  const auto at = std::find_if(values.begin(), values.end(),
                               [&](const ActorValue& v) { return v.name == name; });
  REQUIRE(at != values.end());
  return at->value;
}

}  // namespace

TEST_CASE("the actors' page sums what the months hold; the seized share is of the same months (M6)",
          "[simulation][exact]") {
  CHECK(SubstanceFigures{}.seized_share() == 0);  // of nothing

  const simulation::test::Scratch scratch;
  write_run(scratch / "full.h5", {"disclosure.traces=full"});
  write_run(scratch / "class.h5", {"disclosure.traces=class"});
  const ResultReader full_file(scratch / "full.h5"), class_file(scratch / "class.h5");
  const ActorSummary full = summarise_actors(full_file), by_class = summarise_actors(class_file);

  REQUIRE(full.any);
  CHECK(full.traces == "full");
  CHECK(by_class.traces == "class");
  const auto counts = full_file.read_text("/places/fighter_count");
  std::vector<std::int64_t> people(counts.size());
  for (std::int64_t month = 0; month < 2; ++month) {
    const auto row = full_file.read<std::int64_t>("/actors/fighters_all", {0, month});
    for (std::size_t k = 0; k < row.size(); ++k) people[k] += row[k];
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    CHECK(of(full.fighters, counts[k]) == static_cast<double>(people[k]));
    CHECK(of(by_class.fighters, counts[k]) <= static_cast<double>(people[k]));
  }
  CHECK(of(full.fighters, "attempted") > 0);
  CHECK(of(full.fighters, "intercepted") ==
        of(full.fighters, "refused") + of(full.fighters, "held"));
  CHECK_FALSE(full.fighters_hidden);
  CHECK(by_class.fighters_hidden);

  REQUIRE(full.substances.size() == full_file.read_text("/places/substance").size());
  for (std::size_t k = 0; k < full.substances.size(); ++k) {
    const SubstanceFigures& f = full.substances[k];
    CHECK(f.bought_kg > 0);
    CHECK(f.sent_kg > 0);
    CHECK(f.sent_kg == by_class.substances[k].sent_kg);
    // M6: of seized and delivered in the same months.
    const auto measures = full_file.read_text("/places/goods_measure");
    const auto organisations = static_cast<std::size_t>(full_file.length(Dim::organisation));
    double seized = 0, delivered = 0;
    for (std::int64_t month = 0; month < 2; ++month) {
      const auto grams = full_file.read<std::int64_t>("/actors/goods", {0, month});
      for (std::size_t o = 0; o < organisations; ++o) {
        const std::size_t row = (o * full.substances.size() + k) * measures.size();
        delivered += static_cast<double>(grams[row + 1]);
        seized += static_cast<double>(grams[row + 2]);
      }
    }
    const double both = seized + delivered;  // of the second substance nothing ends in 40 days
    if (k == 0) REQUIRE(both > 0);
    CHECK(f.seized_share() == Approx(both > 0 ? seized / both : 0).epsilon(1e-12));
    CHECK(f.reported_kg >= by_class.substances[k].reported_kg);
    // Totals of organisations hide nothing.
    CHECK(f.seized_kg == by_class.substances[k].seized_kg);
  }
  CHECK_FALSE(full.corridors.empty());
  CHECK(full.corridors.size() <= 10);
  CHECK(std::is_sorted(full.corridors.begin(), full.corridors.end(),
                       [](const auto& a, const auto& b) { return a.sent_kg > b.sent_kg; }));
  CHECK_FALSE(full.some_hidden);
  CHECK(by_class.some_hidden);

  const std::string told = actor_text(by_class), all = actor_text(full);
  CHECK(told.find("    months of fewer than ten people are left out of each sum\n") !=
        std::string::npos);
  CHECK(all.find("left out") == std::string::npos);
  for (const char* line :
       {"    sent over borders ", " kg, each crossing counted\n", "    displacement index ",
        " of what is sent changes its corridor a month\n", "      Kittiwake ",
        "    recovered (confiscated) ",
        "    traces: full: illicit journeys and goods are shown one by one\n"}) {
    INFO(line);
    CHECK(all.find(line) != std::string::npos);
  }
  CHECK(told.find("    traces: by class of place, in cells of ten or more\n") != std::string::npos);
  CHECK(told.find("for 100 attempts") == std::string::npos);
  CHECK(all.find("for 100 attempts") != std::string::npos);
  CHECK(actor_json(by_class)["fighters_hide_small_cells"] == true);
  CHECK(actor_json(full)["fighters_hide_small_cells"] == false);
}

TEST_CASE("a run without actors has no page of theirs", "[simulation][exact]") {
  const simulation::test::Scratch scratch;
  write_run(scratch / "none.h5", {"trafficking.on=false", "fighters.on=false", "run.days=2"});
  const ActorSummary none = summarise_actors(ResultReader(scratch / "none.h5"));
  CHECK_FALSE(none.any);
  CHECK(actor_text(none).empty());
  CHECK(actor_json(none).empty());
}
