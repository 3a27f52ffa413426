// SPDX-License-Identifier: Apache-2.0
/// \file command_audit.cpp  corridor audit: what a rule set finds, at what cost, and whom it
/// selects.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <iostream>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "app/rule_audit.hpp"
#include "app/run_options.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

/// More records than an audit keeps in memory.
constexpr double most_records = 1e9;

void take_capacity(const po::variables_map& given, risk::AuditOptions& options) {
  if (given.count("capacity") == 0) return;
  const auto x = given["capacity"].as<double>();
  if (x > 0 && x < 1) {
    options.capacity_share = x;
  } else if (x >= 1 && x <= most_records && x == std::floor(x)) {
    options.capacity = static_cast<std::int64_t>(x);
  } else {
    throw wrong_call("audit", fmt::format("--capacity {}: allowed is a share below 1 of the "
                                          "records, or a whole number of records from 1 to {:.0f}",
                                          x, most_records));
  }
}

/// Of --rules, or those of the run.
risk::RuleSet rules_of(const RecordInput& input, const po::variables_map& given) {
  if (given.count("rules") > 0)
    return risk::load_rule_set(given["rules"].as<std::string>(), input.schema->catalogue);
  if (!input.run) throw wrong_call("audit", "no rules are named: --rules RULES");
  const scenario::Scenario scenario = run_scenario(input.call.file, given);
  if (scenario.risk.rules_text.empty())
    throw wrong_call("audit", "the scenario names no rules: --rules RULES");
  return risk::parse_rule_set(scenario.risk.rules_text,
                              scenario.risk.rules.empty() ? "risk.rules_text" : scenario.risk.rules,
                              input.schema->catalogue);
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
      "table of synthetic records (CSV or HDF5). Tables of real persons are refused.";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  const auto real = [] { return po::value<double>()->value_name("X"); };
  call.options.add_options()("rules", text("RULES"),
                             "the set of rules (TOML or JSON); default: those of the run")(
      "capacity", real(),
      "share or number of records that can be selected; default: the flag rate of the run, or "
      "0.006")("group", text("ATTRIBUTE"), "one protected attribute; default: all")(
      "review-minutes", real(), "officer's time a review; default: that of the run, or 5")(
      "inspection-minutes", real(),
      "officer's time an inspection; default: that of the run, or 45");
  add_limit_option(call.options);
  add_declaration_options(call.options);
  add_date_option(call.options);
  call.options.add_options()("json", "print JSON")(
      "output,o", text("FILE"), "write into this file")("force", "replace an existing file");
  add_run_choice(call.options);
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("file") == 0) throw wrong_call("audit", "which result, scenario or table?");
  RecordCall records;
  records.command = "audit";
  records.file = (*given)["file"].as<std::string>();
  records.group = "";
  refuse_idle_force("audit", *given);
  const RecordInput input = record_input(std::move(records), *given);
  fs::path output;
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    check_output(output, given->count("force") > 0, input.files({file_option(*given, "rules")}));
  }
  const risk::RuleSet rules = rules_of(input, *given);
  const OpenRecords opened = input.open(input.call.file, {&rules});
  risk::AuditOptions options = audit_options(opened, "audit", *given);
  take_capacity(*given, options);
  if (given->count("group") > 0) options.attribute = (*given)["group"].as<std::string>();
  if (const auto x = number_option("audit", *given, "review-minutes", 0, 1e6))
    options.review_minutes = *x;
  if (const auto x = number_option("audit", *given, "inspection-minutes", 0, 1e6))
    options.inspection_minutes = *x;
  const risk::AuditReport report = risk::audit(*opened.source, rules, options);
  if (options.capacity && *options.capacity > report.records)
    throw wrong_call("audit", fmt::format("--capacity {}: there are {} records", *options.capacity,
                                          report.records));
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
