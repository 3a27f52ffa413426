// SPDX-License-Identifier: Apache-2.0
#include "app/record_input.hpp"

#include <fmt/format.h>

#include <chrono>

#include "models/risk/record_store.hpp"
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

}  // namespace

void add_record_options(po::options_description& options) {
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  options.add_options()("input", text("TABLE"), "the records: a table (CSV or HDF5)")(
      "features", text("FILE"), "catalogue of features of these records (TOML)")(
      "stage", text("STAGE"),
      "booking, check-in or arrival, for all records; else the column stage, else arrival")(
      "date", text("DATE"), "rules in force on this date count (YYYY-MM-DD; default: today, UTC)")(
      "group", text("NAME"), "group of an HDF5 file that holds the columns");
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
        command, fmt::format("--{} {}: no date; write YYYY-MM-DD, as in 2026-01-31", name, typed));
  return typed;
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
  if (given.count("input") == 0) throw wrong_call(command, "no records are named: --input TABLE");
  input.path = given["input"].as<std::string>();
  input.date = date_option(command, given);
  input.options.date = input.date;
  input.options.stage = stage_of(command, given);
  if (given.count("group") > 0) input.options.group = given["group"].as<std::string>();
  input.schema = std::make_unique<risk::RecordSchema>(
      given.count("features") > 0 ? risk::load_feature_file(given["features"].as<std::string>())
                                  : risk::shipped_schema());
  return input;
}

std::unique_ptr<risk::RecordSource> RecordInput::open(
    const std::filesystem::path& file, const std::vector<const risk::RuleSet*>& sets) const {
  std::vector<risk::RuleSet> counting;
  std::vector<const risk::RuleSet*> pointers;
  for (const risk::RuleSet* set : sets) counting.push_back(*set);
  for (risk::RuleSet& set : counting) {
    std::erase_if(set.rules, [&](const risk::Rule& rule) {
      return options.stage && !rule.stages[static_cast<std::size_t>(*options.stage)];
    });
    pointers.push_back(&set);
  }
  risk::TableOptions table = options;
  table.required = risk::features_of(pointers, schema->catalogue, date);
  return risk::open_record_table(file, *schema, table);
}

}  // namespace corridor::app
