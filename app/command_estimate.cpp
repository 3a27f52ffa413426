// SPDX-License-Identifier: Apache-2.0
/// \file command_estimate.cpp  corridor estimate: what analysts would have believed of worlds that
/// they cannot see, beside the truth.

#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/progress_bar.hpp"
#include "app/rule_use.hpp"
#include "app/run_options.hpp"
#include "models/compare/analysts.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {

int command_estimate(const std::vector<std::string>& args) {
  Call call;
  call.name = "estimate";
  call.usage = "BASE.toml [options]";
  call.about =
      "Draws worlds around a base by the rule of parameter sets, runs each, and prints beside the "
      "truth what analysts\nwould have believed from reported seizures, the random share, hits on "
      "lists and two lists, with 95 % intervals.";
  add_scenario_options(call.options);
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("worlds", text("N"), "so many hidden worlds (20)")(
      "json", "the same as JSON")("output,o", text("FILE.json"), "write it as JSON")(
      "force", "replace a file that exists")("quiet", "no progress bar");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("file") == 0) throw wrong_call("estimate", "no scenario is named");
  const std::int64_t worlds = whole_option("estimate", *given, "worlds", 20, 1, 1000);
  const compare::World base =
      compare::base_world((*given)["file"].as<std::string>(), scenario_overrides(*given));
  const std::filesystem::path output =
      given->count("output") > 0 ? std::filesystem::path((*given)["output"].as<std::string>())
                                 : std::filesystem::path();
  if (!output.empty()) check_output(output, given->count("force") > 0, files_read(base.scenario));
  prepare_use(base.scenario);
  compare::HiddenWorlds result;
  try {
    const Bar bar(given->count("quiet") > 0);
    const FinishFirst the_run;
    result = compare::hidden_worlds(
        base, worlds, static_cast<int>(base.scenario.run.threads),
        [&](const compare::CompareProgress& p) {
          bar.show("world", static_cast<std::int64_t>(p.done), static_cast<std::int64_t>(p.all));
        },
        interrupted);
  } catch (const compare::Interrupted&) {
    say_interrupted();
    return interrupted_status;
  }
  const std::string json = compare::hidden_worlds_json(result);
  if (!output.empty()) sim::replace_file(output, {std::as_bytes(std::span(json))});
  if (given->count("json") > 0) {
    std::cout << json;
  } else {
    std::cout << compare::hidden_worlds_text(result);
    if (!output.empty()) std::cout << "wrote " << output.string() << '\n';
  }
  return 0;
}

}  // namespace corridor::app
