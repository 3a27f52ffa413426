// SPDX-License-Identifier: Apache-2.0
#include "app/run_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "models/simulation/result_reader.hpp"
#include "models/world/world.hpp"

namespace corridor::app {
namespace {

std::optional<std::int32_t> whole(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

void add_run_options(po::options_description& options) {
  options.add_options()(
      "days", po::value<std::string>()->value_name("A..B"),
      "of a run: days, from 0, both included; one day alone is A; default: the last seven")(
      "share", po::value<double>()->value_name("X"),
      "of a run: share of the trips; default: such that about 500 000 records result");
}

scenario::Scenario run_scenario(const std::filesystem::path& file, const po::variables_map& given) {
  std::vector<sim::Override> overrides;
  if (given.count("set") > 0) {
    for (const std::string& text : given["set"].as<std::vector<std::string>>())
      overrides.push_back(sim::parse_set(text));
  }
  if (file.extension() == ".toml") return scenario::load_scenario(file, overrides);
  const simulation::ResultReader result(file);
  return scenario::parse_scenario(result.provenance().scenario, file.string(), overrides, true);
}

std::int64_t whole_option(const std::string& command, const po::variables_map& given,
                          const char* name, std::int64_t otherwise, std::int64_t least,
                          std::int64_t most) {
  if (given.count(name) == 0) return otherwise;
  const auto text = given[name].as<std::string>();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    throw wrong_call(command, fmt::format("--{} {}: allowed is a whole number in [{}, {}]", name,
                                          text, least, most));
  return value;
}

std::vector<std::filesystem::path> files_read(const scenario::Scenario& scenario) {
  std::vector<std::filesystem::path> files = scenario.files;
  for (const auto& [parameter, file] : scenario.embedded_files) files.push_back(file);
  files.insert(files.end(), scenario.strategy_files.begin(), scenario.strategy_files.end());
  for (const std::string& table : world::world_files())
    files.push_back(scenario.data_folder / table);
  return files;
}

simulation::RunRecordOptions run_record_options(const std::string& command,
                                                const po::variables_map& given) {
  simulation::RunRecordOptions options;
  if (given.count("share") > 0) {
    options.share = given["share"].as<double>();
    if (!(*options.share > 0 && *options.share <= 1))
      throw wrong_call(command, fmt::format("--share {}: allowed is a number above 0, at most 1",
                                            *options.share));
  }
  if (given.count("days") == 0) return options;
  const auto days = given["days"].as<std::string>();
  const std::size_t dots = days.find("..");
  options.first_day = whole(std::string_view(days).substr(0, dots));
  options.last_day = dots == std::string::npos ? options.first_day
                                               : whole(std::string_view(days).substr(dots + 2));
  if (!options.first_day || !options.last_day)
    throw wrong_call(command, "--days " + days + ": write A..B, as in 350..364, or one day");
  return options;
}

}  // namespace corridor::app
