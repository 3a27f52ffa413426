// SPDX-License-Identifier: Apache-2.0
#include "app/record_input.hpp"

#include <fmt/format.h>

#include <chrono>

#include "app/run_options.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/run_records.hpp"
#include "sim/calendar.hpp"
#include "sim/names.hpp"

namespace corridor::app {
namespace {

std::optional<risk::Stage> stage_of(const std::string& command, const po::variables_map& given) {
  if (given.count("stage") == 0) return std::nullopt;
  const auto text = given["stage"].as<std::string>();
  std::vector<std::string> names;
  for (const auto stage : {risk::Stage::booking, risk::Stage::check_in, risk::Stage::arrival}) {
    names.emplace_back(name(stage));
    if (text == names.back()) return stage;
  }
  throw wrong_call(command, "--stage " + text + ": allowed are " + sim::listed(names) +
                                sim::did_you_mean(text, names));
}

/// A scenario, or a result; other HDF5 files are tables.
bool is_run(const std::filesystem::path& file, const po::variables_map& given) {
  if (file.extension() == ".toml") return true;
  if (file.extension() != ".h5" || given.count("features") > 0 || given.count("group") > 0)
    return false;
  try {
    const simulation::ResultReader result(file);
    return true;
  } catch (const sim::UserError&) {
    return false;  // reading it as a table says what is wrong
  }
}

risk::RecordStore run_records(const std::filesystem::path& file, const std::string& command,
                              const po::variables_map& given,
                              const std::vector<const risk::RuleSet*>& sets,
                              std::uint32_t seeds_on) {
  scenario::Scenario scenario = run_scenario(file, given);
  scenario.run.seed = (scenario.run.seed + seeds_on) & 0xFFFFFFFF;
  const simulation::Setup setup = simulation::make_setup(scenario, {}, simulation::Names::places);
  simulation::RunRecords records(scenario, setup, run_record_options(command, given));
  // The store refers to the catalogue, which is the shipped one and stays.
  return risk::read_records(records, risk::features_of(sets, records.catalogue(), records.date()));
}

risk::RecordStore table_records(const std::filesystem::path& file, const risk::RecordSchema& schema,
                                risk::TableOptions options,
                                const std::vector<const risk::RuleSet*>& sets) {
  std::vector<risk::RuleSet> counting;
  for (const risk::RuleSet* set : sets) {
    counting.push_back(*set);
    std::erase_if(counting.back().rules, [&](const risk::Rule& rule) {
      return options.stage && !rule.stages[static_cast<std::size_t>(*options.stage)];
    });
  }
  std::vector<const risk::RuleSet*> pointers;
  for (const risk::RuleSet& set : counting) pointers.push_back(&set);
  options.required = risk::features_of(pointers, schema.catalogue, options.date);
  const auto source = risk::open_record_table(file, schema, options);
  return risk::read_records(*source, risk::features_of(sets, schema.catalogue, options.date));
}

}  // namespace

void add_record_options(po::options_description& options) {
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  options.add_options()("input", text("FILE"),
                        "the records: a table (CSV or HDF5), or a result or scenario (.toml), "
                        "whose journeys are made "
                        "again")("features", text("FILE"),
                                 "of a table: catalogue of its features (TOML)")(
      "stage", text("STAGE"),
      "of a table: booking, check-in or arrival, for all records; else its column, else arrival")(
      "date", text("DATE"),
      "of a table: rules in force on this date count (YYYY-MM-DD; default: today, UTC)")(
      "group", text("NAME"), "of a table in HDF5: the group that holds the columns");
  add_run_options(options);
}

std::string date_option(const std::string& command, const po::variables_map& given,
                        const std::string& name) {
  if (given.count(name) == 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return sim::text(sim::date_of(std::chrono::floor<std::chrono::days>(now).count()));
  }
  auto typed = given[name].as<std::string>();
  if (!sim::parse_date(typed))
    throw wrong_call(
        command, fmt::format("--{} '{}' is no date that exists; write YYYY-MM-DD", name, typed));
  return typed;
}

std::filesystem::path file_option(const po::variables_map& given, const std::string& name) {
  return given.count(name) > 0 ? given[name].as<std::string>() : std::string();
}

double share_option(const std::string& command, const po::variables_map& given,
                    const std::string& name) {
  const auto share = given[name].as<double>();
  if (!(share > 0 && share < 1))
    throw wrong_call(command,
                     fmt::format("--{} {}: a share lies between 0 and 1, as in 0.02", name, share));
  return share;
}

RecordInput record_input(const std::string& command, const po::variables_map& given) {
  RecordInput input;
  input.command = command;
  input.given = &given;
  if (given.count("input") == 0)
    throw wrong_call(command, "no records are named: --input TABLE, RUN.h5 or SCENARIO.toml");
  input.path = given["input"].as<std::string>();
  input.run = is_run(input.path, given);
  const std::vector<std::string> of_runs{"days", "share", "replicate", "set"},
      of_tables{"features", "stage", "date", "group"};
  for (const std::string& option : input.run ? of_tables : of_runs)
    if (given.count(option) > 0)
      throw wrong_call(command, fmt::format("--{} is for {}", option,
                                            input.run ? "tables" : "results and scenarios"));
  input.options.stage = stage_of(command, given);
  if (!input.run) input.options.date = date_option(command, given);
  if (given.count("group") > 0) input.options.group = given["group"].as<std::string>();
  input.schema = std::make_unique<risk::RecordSchema>(
      given.count("features") > 0 ? risk::load_feature_file(given["features"].as<std::string>())
                                  : risk::shipped_schema());
  return input;
}

risk::RecordStore RecordInput::read(const std::filesystem::path& file,
                                    const std::vector<const risk::RuleSet*>& sets,
                                    std::uint32_t seeds_on) const {
  if (is_run(file, *given)) return run_records(file, command, *given, sets, seeds_on);
  return table_records(file, *schema, options, sets);
}

}  // namespace corridor::app
