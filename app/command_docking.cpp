// SPDX-License-Identifier: Apache-2.0
/// \file command_docking.cpp  corridor docking: NarcoLogic's rules on a synthetic transit zone, and
/// whether what was published about them appears.
#include <fmt/format.h>

#include <iostream>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/progress_bar.hpp"
#include "models/trafficking/docking_experiment.hpp"
#include "models/trafficking/docking_results.hpp"
#include "models/trafficking/docking_scenario.hpp"
#include "models/trafficking/docking_text.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

std::vector<sim::Override> overrides_of(const po::variables_map& given) {
  std::vector<sim::Override> overrides;
  for (const char* option : {"replicates", "months", "seed"})
    if (given.count(option) > 0) {
      const auto value = given[option].as<std::string>();
      overrides.push_back(
          {std::string("docking.") + option, value, std::string("--") + option + " " + value});
    }
  if (given.count("set") > 0)
    for (const std::string& text : given["set"].as<std::vector<std::string>>())
      overrides.push_back(sim::parse_set(text));
  return overrides;
}

}  // namespace

int command_docking(const std::vector<std::string>& args) {
  Call call;
  call.name = "docking";
  call.usage = "SCENARIO [--replicates R] [--months M] [--json] [-o FILE.csv] [options]";
  call.about =
      "Runs NarcoLogic's rules on a synthetic transit zone at five capacities of interdiction, on "
      "two "
      "networks, under two rules of choice, with adaptation and without it; then the balloon, whom "
      "to "
      "target, and arrests. Prints means and slopes with 95 % intervals, and which of the "
      "published "
      "findings appear; -o writes a row for each run.";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("replicates", text("R"), "number of replicates (docking.replicates)")(
      "months", text("M"), "length of a run, whole years (docking.months)")(
      "seed", text("N"), "seed of all draws (docking.seed)")(
      "threads", po::value<int>()->default_value(0, "all")->value_name("N"),
      "threads; results do not depend on them")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "change a parameter of [docking]; may be repeated")("json", "print the report as JSON")(
      "output,o", text("FILE.csv"), "where to write a row for each run")(
      "force", "replace a file that exists")("quiet", "no progress bar");
  call.arguments.add_options()("scenario", po::value<std::string>());
  call.positional.add("scenario", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("scenario") == 0)
    throw wrong_call("docking", "which scenario? scenarios/docking/narcologic.toml is one");
  const int threads = (*given)["threads"].as<int>();
  if (threads < 0)
    throw wrong_call("docking", fmt::format("--threads {}: allowed is 0 (all) or more", threads));
  const auto scenario = trafficking::load_docking_scenario((*given)["scenario"].as<std::string>(),
                                                           overrides_of(*given));
  std::filesystem::path output;
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    check_output(output, given->count("force") > 0, scenario.files);
  }
  for (const std::string& warning : scenario.warnings) std::cerr << warning << '\n';

  trafficking::DockingExperiment experiment;
  std::vector<trafficking::DockingResults> results;
  {
    const Bar bar(given->count("quiet") > 0);
    const FinishFirst the_replicate;
    experiment = trafficking::run_docking_experiment(
        scenario.params, threads,
        {[&](std::int64_t done, std::int64_t all) { bar.show("replicate", done, all); },
         interrupted});
    const std::size_t pairs = experiment.series.size() / 2;  // with adaptation; the rest without
    for (std::size_t i = 0; i < pairs && !interrupted(); ++i) {
      const trafficking::DockingSeries& s = experiment.series[i];
      bar.show("further results", static_cast<std::int64_t>(i), static_cast<std::int64_t>(pairs));
      trafficking::DockingParams params = scenario.params;
      params.network = s.network;
      params.choice = s.choice;
      results.push_back(trafficking::run_docking_results(params, threads));
    }
  }
  if (interrupted()) {
    say_interrupted();
    return interrupted_status;
  }
  if (!output.empty()) {
    const std::string csv = trafficking::docking_csv(experiment);
    sim::replace_file(output, {std::as_bytes(std::span(csv))});
  }
  const bool json = given->count("json") > 0;
  std::cout << (json ? trafficking::docking_json(experiment, results)
                     : trafficking::docking_text(experiment, results));
  if (!json && !output.empty()) std::cout << "wrote " << output.string() << '\n';
  return 0;
}

}  // namespace corridor::app
