// SPDX-License-Identifier: Apache-2.0
/// \file command_compare.cpp  corridor compare: a base and its alternatives under the same seeds.

#include <fmt/format.h>

#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/progress_bar.hpp"
#include "app/rule_use.hpp"
#include "app/run_options.hpp"
#include "models/compare/compare_text.hpp"
#include "models/compare/experiment.hpp"
#include "models/scenario/strategy.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

/// Files that the comparison reads: none is written over.
std::vector<fs::path> inputs_of(const compare::World& base,
                                const std::vector<compare::World>& alternatives) {
  std::vector<fs::path> inputs = files_read(base.scenario);
  for (const compare::World& world : alternatives) {
    const std::vector<fs::path> more = files_read(world.scenario);
    inputs.insert(inputs.end(), more.begin(), more.end());
  }
  return inputs;
}

/// The worlds that a call names, as an experiment without sweeps.
compare::Experiment named_worlds(const std::vector<std::string>& files,
                                 const std::vector<sim::Override>& overrides) {
  if (files.size() < 2) throw wrong_call("compare", "name a base and at least one alternative");
  if (scenario::is_strategy_file(files.front()))
    throw wrong_call("compare",
                     "the first file is the base, a scenario; " + files.front() + " is a strategy");
  compare::Experiment worlds;
  worlds.base = compare::base_world(files.front(), overrides);
  for (std::size_t i = 1; i < files.size(); ++i)
    worlds.alternatives.push_back(compare::alternative(worlds.base, files[i], overrides));
  worlds.options.replicates = worlds.base.scenario.run.replicates;
  worlds.options.threads = static_cast<int>(worlds.base.scenario.run.threads);
  return worlds;
}

Call call_of() {
  Call call;
  call.name = "compare";
  call.usage = "BASE.toml ALTERNATIVE.toml... | EXPERIMENT.toml [options]";
  call.about =
      "Runs a base and its alternatives, scenarios or strategies played in the base, under the "
      "same "
      "seeds and\nprints what differs, by how much and how surely. With --parameter-sets, what is "
      "assumed or calibrated is\nvaried as well, and each metric gets a verdict.";
  add_scenario_options(call.options);
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("parameter-sets", text("N"),
                             "vary what is not known: so many admissible parameter sets")(
      "set-replicates", text("R"), "replicates under each parameter set (1)")(
      "metric", po::value<std::vector<std::string>>()->composing()->value_name("NAME"),
      "compare this metric only; may be repeated")("json", "the same as JSON")(
      "output,o", text("FILE.json"), "write the comparison as JSON")(
      "force", "replace a file that exists")("quiet", "no progress bar");
  call.arguments.add_options()("file", po::value<std::vector<std::string>>());
  call.positional.add("file", -1);
  return call;
}

}  // namespace

int command_compare(const std::vector<std::string>& args) {
  const auto given = parse_call(call_of(), args);
  if (!given) return 0;
  const auto files = given->count("file") > 0 ? (*given)["file"].as<std::vector<std::string>>()
                                              : std::vector<std::string>{};
  const std::vector<sim::Override> overrides = scenario_overrides(*given);
  const bool experiment = files.size() == 1 && compare::is_experiment_file(files.front());
  compare::Experiment worlds;
  if (experiment) {
    worlds = compare::load_experiment(files.front(), overrides);
  } else {
    worlds = named_worlds(files, overrides);
    constexpr std::int64_t usual = 8;
    if (given->count("replicates") == 0 && worlds.options.replicates == 1)
      worlds.options.replicates = usual;
  }
  compare::Options& options = worlds.options;
  options.parameter_sets =
      whole_option("compare", *given, "parameter-sets", options.parameter_sets, 0, 10'000);
  options.set_replicates =
      whole_option("compare", *given, "set-replicates", options.set_replicates, 1, 1000);
  if (given->count("metric") > 0)
    options.metrics = (*given)["metric"].as<std::vector<std::string>>();
  (void)compare::chosen_metrics(options.metrics);
  const fs::path output =
      given->count("output") > 0 ? fs::path((*given)["output"].as<std::string>()) : fs::path();
  if (!output.empty()) {
    std::vector<fs::path> inputs = inputs_of(worlds.base, worlds.alternatives);
    inputs.insert(inputs.end(), files.begin(), files.end());
    check_output(output, given->count("force") > 0, inputs);
  }

  prepare_use(worlds.base.scenario);
  for (const compare::World& world : worlds.alternatives) prepare_use(world.scenario);
  compare::ExperimentResult result;
  try {
    const Bar bar(given->count("quiet") > 0);
    const FinishFirst the_run;
    result = compare::run_experiment(
        worlds,
        [&](const compare::CompareProgress& p) {
          bar.show("run", static_cast<std::int64_t>(p.done), static_cast<std::int64_t>(p.all));
        },
        interrupted);
  } catch (const compare::Interrupted&) {
    say_interrupted();
    return interrupted_status;
  }
  const std::string json =
      experiment ? compare::experiment_json(result) : compare::compare_json(result.comparison);
  if (!output.empty()) sim::replace_file(output, {std::as_bytes(std::span(json))});
  const bool as_json = given->count("json") > 0;
  if (as_json) {
    std::cout << json;
  } else {
    std::cout << (experiment ? compare::experiment_text(result)
                             : compare::compare_text(result.comparison));
    if (!output.empty()) std::cout << "wrote " << output.string() << '\n';
  }
  return 0;
}

}  // namespace corridor::app
