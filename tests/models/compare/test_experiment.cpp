// SPDX-License-Identifier: Apache-2.0
#include "models/compare/experiment.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::compare;

namespace {

namespace fs = std::filesystem;

std::string write(const std::string& text) {
  const fs::path folder = fs::temp_directory_path() / "corridor_experiments";
  fs::create_directories(folder);
  std::ofstream(folder / "s.toml")
      << "name = \"documents\"\n[[change]]\npath = \"control.documents.irregular\"\nvalue = 0.01\n";
  std::ofstream(folder / "e.toml") << text;
  return (folder / "e.toml").string();
}

const std::string base = "base = \"" CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml\"\n";

std::string complaints_of(const std::string& text) {
  const std::string file = write(text);
  try {
    (void)load_experiment(file, {});
  } catch (const sim::ScenarioError& error) {
    std::string what = error.what();
    for (std::size_t at = what.find(file); at != what.npos; at = what.find(file))
      what.replace(at, file.size(), "e.toml");
    return what;
  }
  return "";
}

}  // namespace

TEST_CASE("an experiment runs its strategies and its sweeps", "[compare][exact]") {
  const Experiment e = load_experiment(
      write("name = \"E\"\nabout = \"why\"\n[experiment]\n" + base +
            "replicates = 2\ndays = 4\nmetrics = \"found_documents\"\n[[strategy]]\nfile = "
            "\"s.toml\"\n[[sweep]]\npath = \"control.review.per_place\"\ntimes = \"0.5 2\"\n"),
      {});
  CHECK(e.base.scenario.run.days == 4);
  REQUIRE(e.sweeps.size() == 1);
  CHECK(e.sweeps[0].values == std::vector<double>{0.25, 1});
  const ExperimentResult r = run_experiment(e);
  CHECK(r.comparison.replicates == 2);
  CHECK(r.comparison.alternatives.at(0).name == "documents");
  REQUIRE(r.points.size() == 2);
  CHECK(r.points[0].value == 0.25);
  CHECK(r.points[0].comparison.alternatives.at(0).of("found_documents").seeds.pairs == 2);
  CHECK(experiment_text(r).find("sweep of control.review.per_place, over seeds alone\n") !=
        std::string::npos);
  CHECK(experiment_json(r).find("\"sweeps\"") != std::string::npos);
}

TEST_CASE("everything wrong with an experiment is said with its place", "[compare][exact]") {
  CHECK(complaints_of("[experiment]\nmetrics = \"found_al\"\nreplicate = 3\n[[stategy]]\n") ==
        "e.toml:1:1: error: [experiment] lacks 'base': a scenario file\n"
        "e.toml:1:1: error: an experiment has at least one [[strategy]] with a file\n"
        "e.toml:2:11: error: unknown metric 'found_al'; did you mean 'found_all'?\n"
        "e.toml:3:1: error: unknown key 'replicate' in [experiment]; did you mean 'replicates'?\n"
        "e.toml:4:3: error: unknown table 'stategy'; did you mean 'strategy'?\n");
  CHECK(complaints_of("[experiment]\n" + base +
                      "[[strategy]]\nfile = \"s.toml\"\n[[sweep]]\npath = \"risk.flag_rat\"\ntimes "
                      "= \"1\"\n[[sweep]]\npath = \"risk.flag_rate\"\ntimes = \"1 x 1e9\"\n") ==
        "e.toml:6:8: error: sweep.path: 'risk.flag_rat' is no parameter that is a real number; did "
        "you mean 'risk.flag_rate'?\n"
        "e.toml:10:9: error: sweep.times: 'x' is not a number\n"
        "e.toml:10:9: error: times 1e9: risk.flag_rate = 6000000 is outside [0, 1]\n");
}
