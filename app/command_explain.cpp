// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/simulation/actor_story.hpp"
#include "models/simulation/explain.hpp"
#include "models/simulation/result_reader.hpp"

namespace corridor::app {
namespace {

constexpr std::string_view id_form =
    "a trip's 16 hex digits, with '-out' or '-back' and a person's number if wanted, e.g. "
    "0010040000500003-out.1; or fighter/N, consignment/N, money/N of a result with full traces";

/// A result holds its scenario; any other file is taken for a scenario.
scenario::Scenario scenario_of(const std::filesystem::path& path,
                               const std::optional<simulation::ResultReader>& result,
                               const std::vector<sim::Override>& overrides) {
  if (!result) return scenario::load_scenario(path, overrides);
  return scenario::parse_scenario(result->provenance().scenario, path.string(), overrides, true);
}

/// Of those who adapt nothing can be made again: what a result kept of them is told.
int tell_actor(const std::filesystem::path& path, const simulation::ActorName& actor,
               const po::variables_map& given) {
  if (path.extension() == ".toml") {
    throw wrong_call("explain", text(actor) +
                                    " acts on what happened before, so it is told from a result, "
                                    "not from a scenario");
  }
  if (given.count("set") != 0) {
    throw wrong_call("explain", "--set changes nothing in what a result kept of " + text(actor));
  }
  const simulation::ResultReader result(path);
  const auto replicate = given["replicate"].as<std::uint32_t>();
  if (replicate >= result.length(simulation::Dim::replicate)) {
    throw wrong_call("explain",
                     fmt::format("--replicate {}: the run has replicates 0 to {}", replicate,
                                 result.length(simulation::Dim::replicate) - 1));
  }
  const simulation::ActorStory story = simulation::actor_story(result, replicate, actor);
  std::cout << (given.count("json") != 0 ? story.json().dump(2) + "\n" : story.text());
  return 0;
}

}  // namespace

int command_explain(const std::vector<std::string>& args) {
  Call call;
  call.name = "explain";
  call.usage = "FILE ID [--replicate R] [--json]";
  call.about =
      "Makes a journey again from its id and tells it. FILE is a result or a scenario (.toml); the "
      "days before are not "
      "needed. ID is " +
      std::string(id_form) + ".";
  call.options.add_options()("replicate",
                             po::value<std::uint32_t>()->default_value(0)->value_name("R"),
                             "replicate of the run, from 0");
  call.options.add_options()("json", "print JSON");
  call.options.add_options()(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "set a parameter of the scenario; may be repeated");
  call.arguments.add_options()("file", po::value<std::string>());
  call.arguments.add_options()("id", po::value<std::string>());
  call.positional.add("file", 1).add("id", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("file") == 0) throw wrong_call("explain", "which result or scenario?");
  if (given->count("id") == 0)
    throw wrong_call("explain", "which journey? An id is " + std::string(id_form));
  const auto text = (*given)["id"].as<std::string>();
  const std::filesystem::path path = (*given)["file"].as<std::string>();
  if (const auto actor = simulation::parse_actor_name(text)) {
    return tell_actor(path, *actor, *given);
  }
  const auto name = travel::parse_journey_name(text);
  if (!name) {
    throw wrong_call("explain", fmt::format("'{}' is no id; an id is {}", text, id_form));
  }
  const std::vector<sim::Override> overrides = scenario_overrides(*given);
  std::optional<simulation::ResultReader> result;
  if (path.extension() != ".toml") result.emplace(path);
  const scenario::Scenario scenario = scenario_of(path, result, overrides);
  const auto replicate = (*given)["replicate"].as<std::uint32_t>();
  if (replicate >= scenario.run.replicates) {
    throw wrong_call("explain", fmt::format("--replicate {}: the run has replicates 0 to {}",
                                            replicate, scenario.run.replicates - 1));
  }
  const simulation::Setup setup = simulation::make_setup(scenario, {}, simulation::Names::places);
  // A scenario that was changed on the command line is not the one that the result tells of.
  const simulation::Explanation e = simulation::explain(
      scenario, setup, replicate, *name, result && overrides.empty() ? &*result : nullptr);
  std::cout << (given->count("json") != 0 ? e.json().dump(2) + "\n" : e.text());
  return 0;
}

}  // namespace corridor::app
