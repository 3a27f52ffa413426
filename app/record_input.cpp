// SPDX-License-Identifier: Apache-2.0
#include "app/record_input.hpp"

#include <fmt/format.h>

#include "app/risk_options.hpp"
#include "app/run_options.hpp"
#include "models/risk/personal_data.hpp"
#include "models/simulation/run_records.hpp"
#include "sim/hdf5.hpp"
#include "sim/names.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

/// A scenario, or a result, whose HDF5 data stand behind a block of its own; other HDF5 files are
/// tables. What is in a file decides, whatever it is called.
bool is_run(const fs::path& file) {
  return file.extension() == ".toml" || sim::hdf5_start(file).value_or(0) > 0;
}

/// What is scored together is about one subject, and the journeys of a run are travellers'.
void check_subjects(const std::string& shown, const std::vector<const risk::RuleSet*>& sets,
                    bool run) {
  for (const risk::RuleSet* set : sets) {
    const risk::Subject wanted = run ? risk::Subject::traveller : sets.front()->subject;
    if (const std::string wrong = risk::subject_complaint(*set, wanted); !wrong.empty())
      throw sim::UserError(fmt::format("{}: error: {}", shown, wrong));
  }
}

}  // namespace

void add_run_choice(po::options_description& options) {
  add_run_options(options);
  options.add_options()("replicate", po::value<std::int64_t>()->value_name("R"),
                        "of a run: replicate, from 0")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "of a run: set a parameter of the scenario; may be repeated");
}

void add_declaration_options(po::options_description& options) {
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  options.add_options()("features", text("FILE"), "of a table: catalogue of its features (TOML)")(
      "synthetic", text("STATEMENT"),
      "of a table without a catalogue: its records are synthetic, made by whom and how; stands in "
      "every output");
}

void add_date_option(po::options_description& options) {
  options.add_options()(
      "date", po::value<std::string>()->value_name("DATE"),
      "of a table: rules in force on this date count (YYYY-MM-DD; default: today, UTC)");
}

void add_record_options(po::options_description& options) {
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  add_declaration_options(options);
  options.add_options()(
      "stage", text("STAGE"),
      "of a table: booking, check-in or arrival, for all records; else its column, else arrival")(
      "group", text("NAME"), "of a table in HDF5: the group that holds the columns");
  add_run_choice(options);
}

void add_input_options(po::options_description& options) {
  options.add_options()("input", po::value<std::string>()->value_name("FILE"),
                        "the records: a table (CSV or HDF5), or a result or scenario (.toml), "
                        "whose journeys are made again");
  add_record_options(options);
  add_date_option(options);
}

fs::path features_beside(const fs::path& table) {
  return fs::path(table).replace_extension(".features.toml");
}

risk::RecordSchema named_schema(const po::variables_map& given) {
  const fs::path file = file_option(given, "features");
  return file.empty() ? risk::shipped_schema() : risk::load_feature_file(file);
}

risk::RecordSchema table_schema(const std::string& command, const po::variables_map& given,
                                const fs::path& table) {
  const bool declared = given.count("synthetic") > 0;
  if (given.count("features") > 0) {
    if (declared)
      throw wrong_call(command,
                       "--synthetic and --features exclude each other: the catalogue says already "
                       "who made the records");
    return named_schema(given);
  }
  std::error_code error;
  if (!fs::is_regular_file(table, error)) return risk::shipped_schema();  // reading it says why
  const fs::path beside = features_beside(table);
  if (fs::is_regular_file(beside, error)) {
    if (declared)
      throw wrong_call(command, fmt::format("{} says already who made the records; leave "
                                            "--synthetic out, or name another catalogue with "
                                            "--features",
                                            beside.string()));
    return risk::load_feature_file(beside);
  }
  if (!declared)
    throw wrong_call(
        command,
        fmt::format("nobody says that the records of {} are synthetic: name their catalogue "
                    "(--features FILE), or say who made them and how (--synthetic \"STATEMENT\"); "
                    "{}",
                    table.string(), risk::not_for_real_persons));
  const auto statement = given["synthetic"].as<std::string>();
  if (!risk::is_statement(statement))
    throw wrong_call(command, fmt::format("--synthetic must be one line of 1 to {} characters: who "
                                          "made the records and how",
                                          risk::most_statement_characters));
  risk::RecordSchema schema = risk::shipped_schema();
  const auto features = schema.catalogue.features();
  schema.catalogue = risk::Catalogue({features.begin(), features.end()}, statement);
  return schema;
}

std::vector<std::uint16_t> required_features(const std::vector<const risk::RuleSet*>& sets,
                                             const risk::Catalogue& catalogue,
                                             const risk::TableOptions& table) {
  std::vector<risk::RuleSet> counting;
  for (const risk::RuleSet* set : sets) {
    counting.push_back(*set);
    std::erase_if(counting.back().rules, [&](const risk::Rule& rule) {
      return table.stage && !rule.stages[static_cast<std::size_t>(*table.stage)];
    });
  }
  std::vector<const risk::RuleSet*> pointers;
  for (const risk::RuleSet& set : counting) pointers.push_back(&set);
  return risk::features_of(pointers, catalogue, table.date);
}

std::vector<fs::path> RecordInput::files(std::vector<fs::path> more) const {
  more.push_back(call.file);
  more.push_back(file_option(*given, "features"));
  if (!run) return more;
  const std::vector<fs::path> read = files_read(run_scenario(call.file, *given));
  more.insert(more.end(), read.begin(), read.end());
  return more;
}

OpenRecords RecordInput::open(const fs::path& file, const std::vector<const risk::RuleSet*>& sets,
                              std::uint32_t seeds_on) const {
  OpenRecords out;
  check_subjects(file.string(), sets, is_run(file));
  if (is_run(file)) {
    out.scenario = std::make_unique<scenario::Scenario>(run_scenario(file, *given));
    out.scenario->run.seed = (out.scenario->run.seed + seeds_on) & 0xFFFFFFFF;
    out.setup = std::make_unique<simulation::Setup>(
        simulation::make_setup(*out.scenario, {}, simulation::Names::places));
    simulation::RunRecordOptions chosen = run_record_options(call.command, *given);
    if (const auto n =
            whole_option(call.command, *given, "replicate", 0, out.scenario->run.replicates - 1))
      chosen.replicate = static_cast<std::uint32_t>(*n);
    out.source = std::make_unique<simulation::RunRecords>(*out.scenario, *out.setup, chosen);
    return out;
  }
  if (file != call.file) (void)table_schema(call.command, *given, file);
  risk::TableOptions table = options;
  table.required = required_features(sets, schema->catalogue, table);
  if (!sets.empty()) table.subject = sets.front()->subject;
  out.source = risk::open_record_table(file, *schema, table);
  return out;
}

risk::RecordStore RecordInput::read(const fs::path& file,
                                    const std::vector<const risk::RuleSet*>& sets,
                                    std::uint32_t seeds_on) const {
  const OpenRecords records = open(file, sets, seeds_on);
  // The store refers to the catalogue: the shipped one, or that of the schema, which both stay.
  return risk::read_records(*records.source, risk::features_of(sets, records.source->catalogue(),
                                                               records.source->date()));
}

RecordInput record_input(RecordCall call, const po::variables_map& given) {
  RecordInput input;
  input.given = &given;
  input.run = is_run(call.file);
  if (call.file.extension() != ".toml") risk::check_record_file(call.file);
  std::vector<std::string> of_runs{"days", "share", "replicate", "set"},
      of_tables{"features", "synthetic", "stage"};
  if (!call.group.empty()) of_tables.push_back(call.group);
  if (!call.date) of_tables.emplace_back("date");
  for (const std::string& option : input.run ? of_tables : of_runs)
    if (given.count(option) > 0)
      throw wrong_call(call.command, fmt::format("--{} is for {}", option,
                                                 input.run ? "tables" : "results and scenarios"));
  input.options.stage = stage_option(call.command, given);
  if (!input.run) input.options.date = call.date ? *call.date : date_option(call.command, given);
  if (!call.group.empty() && given.count(call.group) > 0)
    input.options.group = given[call.group].as<std::string>();
  input.schema = std::make_unique<risk::RecordSchema>(
      input.run ? risk::shipped_schema() : table_schema(call.command, given, call.file));
  input.call = std::move(call);
  return input;
}

RecordInput record_input(const std::string& command, const po::variables_map& given) {
  if (given.count("input") == 0)
    throw wrong_call(command, "no records are named: --input TABLE, RUN.h5 or SCENARIO.toml");
  RecordCall call;
  call.command = command;
  call.file = given["input"].as<std::string>();
  return record_input(std::move(call), given);
}

}  // namespace corridor::app
