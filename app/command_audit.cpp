// SPDX-License-Identifier: Apache-2.0
/// \file command_audit.cpp  corridor audit: what a rule set finds, at what cost, and whom it
/// selects.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/run_options.hpp"
#include "models/risk/audit.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/run_records.hpp"
#include "sim/calendar.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

std::string today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return sim::text(sim::date_of(std::chrono::duration_cast<std::chrono::hours>(now).count() / 24));
}

/// A number from `least` to `most`; nothing when the option was not given.
std::optional<double> number(const po::variables_map& given, const char* option, double least,
                             double most) {
  if (given.count(option) == 0) return std::nullopt;
  const auto x = given[option].as<double>();
  if (!(x >= least && x <= most))
    throw wrong_call(
        "audit", fmt::format("--{} {}: allowed is a number from {} to {}", option, x, least, most));
  return x;
}

void take_capacity(const po::variables_map& given, risk::AuditOptions& options) {
  if (given.count("capacity") == 0) return;
  const auto x = given["capacity"].as<double>();
  if (x > 0 && x < 1) {
    options.capacity_share = x;
  } else if (x >= 1 && x <= 1e12 && x == std::floor(x)) {
    options.capacity = static_cast<std::int64_t>(x);
  } else {
    throw wrong_call("audit", fmt::format("--capacity {}: allowed is a share below 1 of the "
                                          "records, or a whole number of records from 1",
                                          x));
  }
}

void take_options(const po::variables_map& given, risk::AuditOptions& options) {
  take_capacity(given, options);
  if (given.count("group") > 0) options.attribute = given["group"].as<std::string>();
  if (const auto x = number(given, "review-minutes", 0, 1e6)) options.review_minutes = *x;
  if (const auto x = number(given, "inspection-minutes", 0, 1e6)) options.inspection_minutes = *x;
  if (const auto x = number(given, "association-limit", 0, 1)) options.association_limit = *x;
}

bool is_run(const fs::path& path) {
  const std::string end = path.extension().string();
  return end == ".h5" || end == ".toml";
}

/// Options that are for runs alone, and those that are for tables alone.
void check_kind(const fs::path& file, const po::variables_map& given) {
  const bool run = is_run(file) && given.count("features") == 0;
  const std::vector<std::string> of_runs{"days", "share", "replicate", "set"};
  const std::vector<std::string> of_tables{"date"};
  for (const std::string& option : run ? of_tables : of_runs) {
    if (given.count(option) > 0)
      throw wrong_call(
          "audit", fmt::format("--{} is for {}", option, run ? "tables" : "results and scenarios"));
  }
}

risk::AuditReport audit_run(const fs::path& file, const po::variables_map& given) {
  scenario::Scenario scenario = run_scenario(file, given);
  risk::RuleSet rules;
  if (given.count("rules") > 0) {
    rules = risk::load_rule_set(given["rules"].as<std::string>(), risk::shipped_catalogue());
  } else if (!scenario.risk.rules_text.empty()) {
    rules =
        risk::parse_rule_set(scenario.risk.rules_text,
                             scenario.risk.rules.empty() ? "risk.rules_text" : scenario.risk.rules,
                             risk::shipped_catalogue());
  } else {
    throw wrong_call("audit", "the scenario names no rules: --rules RULES");
  }
  risk::AuditOptions options;
  const control::ControlParams& control = scenario.control;
  if (scenario.risk.flag_rate > 0) options.capacity_share = scenario.risk.flag_rate;
  options.random_share = control.random_share > 0 ? control.random_share : options.random_share;
  options.review_minutes = control.review_minutes;
  options.inspection_minutes = control.secondary_minutes;
  options.sent_on_innocent = control.forward_innocent;
  options.sent_on_hit = control.forward_threat;
  take_options(given, options);
  const simulation::Setup setup = simulation::make_setup(scenario, {}, simulation::Names::places);
  simulation::RunRecordOptions chosen = run_record_options("audit", given);
  if (given.count("replicate") > 0) chosen.replicate = given["replicate"].as<std::uint32_t>();
  simulation::RunRecords records(scenario, setup, chosen);
  return risk::audit(records, rules, options);
}

risk::AuditReport audit_table(const fs::path& file, const po::variables_map& given) {
  if (given.count("rules") == 0) throw wrong_call("audit", "no rules are named: --rules RULES");
  const risk::RecordSchema schema =
      given.count("features") > 0 ? risk::load_feature_file(given["features"].as<std::string>())
                                  : risk::shipped_schema();
  const risk::RuleSet rules =
      risk::load_rule_set(given["rules"].as<std::string>(), schema.catalogue);
  risk::TableOptions table;
  table.date = today();
  if (given.count("date") > 0) {
    table.date = given["date"].as<std::string>();
    if (!sim::parse_date(table.date))
      throw wrong_call("audit",
                       "--date " + table.date + ": no date; write YYYY-MM-DD, as in 2026-01-31");
  }
  const risk::Program program(rules, schema.catalogue, table.date);
  table.required.assign(program.features_read().begin(), program.features_read().end());
  risk::AuditOptions options;
  take_options(given, options);
  const auto source = risk::open_record_table(file, schema, table);
  return risk::audit(*source, rules, options);
}

}  // namespace

int command_audit(const std::vector<std::string>& args) {
  Call call;
  call.name = "audit";
  call.usage = "FILE [--rules RULES] [options]";
  call.about =
      "Audits a rule set: what it finds and at what cost, how well it ranks, whom it selects and "
      "stops for nothing, what each rule adds, and whether a rule is a proxy of a protected "
      "attribute. FILE is a result or a scenario (.toml), whose journeys are made again, or a "
      "table "
      "of synthetic records (CSV, or HDF5 with --features). Tables of real persons are refused.";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  const auto real = [] { return po::value<double>()->value_name("X"); };
  call.options.add_options()("rules", text("RULES"),
                             "the set of rules (TOML or JSON); default: those of the run")(
      "features", text("FILE"), "catalogue of features of a table (TOML)")(
      "capacity", real(),
      "share or number of records that can be selected; default: the flag rate of the run, or "
      "0.006")("group", text("ATTRIBUTE"), "one protected attribute; default: all")(
      "review-minutes", real(), "officer's time a review; default: that of the run, or 5")(
      "inspection-minutes", real(),
      "officer's time an inspection; default: that of the run, or 45")(
      "association-limit", real(), "Cramer's V above which a rule is a proxy; default 0.1")(
      "date", text("DATE"), "of a table: rules in force on this date count (default: today, UTC)")(
      "json", "print JSON")("output,o", text("FILE"), "write into this file")(
      "force", "replace an existing file");
  add_run_options(call.options);
  call.options.add_options()("replicate", po::value<std::uint32_t>()->value_name("R"),
                             "of a run: replicate, from 0")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "of a run: set a parameter of the scenario; may be repeated");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("file") == 0) throw wrong_call("audit", "which result, scenario or table?");
  const fs::path file = (*given)["file"].as<std::string>();
  check_kind(file, *given);
  fs::path output;
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    std::vector<fs::path> inputs{file};
    for (const char* input : {"rules", "features"}) {
      if (given->count(input) > 0) inputs.emplace_back((*given)[input].as<std::string>());
    }
    check_output(output, given->count("force") > 0, inputs);
  }
  const risk::AuditReport report = is_run(file) && given->count("features") == 0
                                       ? audit_run(file, *given)
                                       : audit_table(file, *given);
  const std::string told = given->count("json") > 0 ? report.json() : report.text();
  if (output.empty()) {
    std::cout << told;
  } else {
    sim::replace_file(output, {std::as_bytes(std::span(told))});
    std::cout << "wrote " << output.string() << "\n";
  }
  return 0;
}

}  // namespace corridor::app
