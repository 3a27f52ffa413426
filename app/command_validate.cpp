// SPDX-License-Identifier: Apache-2.0
/// \file command_validate.cpp  corridor validate: everything that is wrong with scenario files and
/// their data.

#include <nlohmann/json.hpp>

#include <iostream>
#include <map>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/scenario/risk_checks.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/strategy.hpp"
#include "models/simulation/actor_tables.hpp"
#include "models/simulation/planning_day.hpp"
#include "models/simulation/sharing.hpp"
#include "models/world/world.hpp"

namespace corridor::app {
namespace {

using Json = nlohmann::ordered_json;

/// What loading a data folder said: its world in a few words, or its complaints.
struct DataReport {
  std::string world, complaints;
};

DataReport check_data(const std::filesystem::path& folder) {
  try {
    const world::World world = world::load_world(folder);
    return {world.name + ", " + std::to_string(world.countries.size()) + " countries", ""};
  } catch (const sim::UserError& error) {
    return {"", error.what()};
  }
}

/// Reads a strategy file. \returns it in a few words \throws sim::ScenarioError
std::string check_strategy(const std::filesystem::path& file) {
  sim::Complaints complaints;
  const scenario::Strategy s = scenario::load_strategy(file, complaints);
  complaints.throw_if_any();
  const auto n = [](std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  return "strategy '" + s.name + "', " + n(s.changes.size(), "change") + ", " +
         n(s.operations.size(), "operation") + ", " + n(s.shocks.size(), "shock");
}

}  // namespace

int command_validate(const std::vector<std::string>& args) {
  Call call{
      "validate",
      "FILE... [--set PATH=VALUE ...] [--json]",
      "Checks scenario files, their bases and the tables of the world that they name, and strategy "
      "files.\n"
      "Prints `ok` for each that can be run, and every complaint about the others; exit status 2 "
      "when there is any.",
      {},
      {},
      {}};
  add_scenario_options(call.options);
  call.options.add_options()("json", "the same as JSON");
  call.arguments.add_options()("file", po::value<std::vector<std::string>>());
  call.positional.add("file", -1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("file")) throw wrong_call("validate", "no scenario file is named");
  const std::vector<sim::Override> overrides = scenario_overrides(*given);
  const bool as_json = given->count("json") > 0;

  std::map<std::filesystem::path, DataReport> data;  // each folder is loaded once
  Json reports = Json::array();
  int status = 0;
  for (const std::string& file : (*given)["file"].as<std::vector<std::string>>()) {
    Json complaints = Json::array();
    std::string text, summary;
    std::vector<std::string> warnings;  // of a scenario that can be run
    try {
      if (scenario::is_strategy_file(file)) {
        summary = check_strategy(file);
      } else {
        const scenario::Scenario scenario = scenario::load_scenario(file, overrides);
        auto place = data.find(scenario.data_folder);
        if (place == data.end())
          place = data.emplace(scenario.data_folder, check_data(scenario.data_folder)).first;
        text = place->second.complaints;
        if (!text.empty()) complaints.push_back({{"message", text}});
        summary = std::to_string(scenario.run.days) + " days from " + scenario.run.start + ", " +
                  place->second.world;
        if (text.empty()) {
          if (const auto actors = simulation::read_actors(scenario)) warnings = actors->warnings;
          (void)simulation::read_organisations_file(scenario);
          simulation::check_operations(scenario);
        }
        for (const scenario::NamedRules& rules : scenario::rules_of(scenario)) {
          const std::string inert = risk::inert_complaint(rules.set);
          if (inert.empty()) continue;
          text += rules.from + ": error: " + inert + "\n";
          complaints.push_back({{"file", rules.from}, {"message", inert}});
        }
      }
    } catch (const sim::ScenarioError& error) {
      text = error.what();
      for (const sim::Complaint& c : error.found())
        complaints.push_back(
            {{"file", c.file}, {"line", c.line}, {"column", c.column}, {"message", c.message}});
    } catch (const sim::UserError& error) {  // tables that cannot be made
      text = error.what();
      complaints.push_back({{"message", text}});
    }
    if (!text.empty()) status = 2;
    if (as_json) {
      reports.push_back({{"file", file},
                         {"ok", text.empty()},
                         {"complaints", complaints},
                         {"warnings", warnings}});
    } else if (text.empty()) {
      std::cout << "ok " << file << ": " << summary << "\n" << std::flush;
      for (const std::string& warning : warnings) std::cerr << "warning: " << warning << '\n';
    } else {
      std::cout.flush();
      std::cerr << text << (text.back() == '\n' ? "" : "\n");
    }
  }
  if (as_json) std::cout << reports.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  return status;
}

}  // namespace corridor::app
