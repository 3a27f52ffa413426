// SPDX-License-Identifier: Apache-2.0
/// \file command_score.cpp  corridor score: a table of synthetic records, scored by a set of rules.
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "app/rule_use.hpp"
#include "models/risk/engine.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/risk/score_table.hpp"
#include "sim/fresh_file.hpp"

namespace corridor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Report {
  const risk::RuleSet& rules;
  const risk::ScoreSummary& summary;
  std::string input, description, date, output;
  double seconds = 0;

  [[nodiscard]] Json json() const {
    Json of_rules = Json::array();
    for (const auto& rule : summary.rules)
      of_rules.push_back({{"id", rule.id},
                          {"in_force", rule.in_force},
                          {"fired", rule.fired},
                          {"unknown", rule.unknown}});
    Json scores = nullptr;
    if (summary.records > 0)
      scores = {{"lowest", summary.lowest()},
                {"median", summary.median()},
                {"highest", summary.highest()}};
    return {{"input", input},
            {"statement", summary.statement},
            {"rule_set",
             {{"name", rules.name},
              {"version", rules.version},
              {"combine", name(rules.combine)},
              {"adopted_by", rules.adopted_by.empty() ? Json(nullptr) : Json(rules.adopted_by)}}},
            {"date", date},
            {"records", summary.records},
            {"scores", scores},
            {"referred", summary.referred},
            {"rules", of_rules},
            {"output", output.empty() ? Json(nullptr) : Json(output)},
            {"seconds", seconds}};
  }

  [[nodiscard]] std::string text() const {
    std::string out = fmt::format(
        "{}\nrules: {} {} ({}), {}, as in force on {}\n\n"
        "  records   {:>12}\n",
        description, rules.name, rules.version, name(rules.combine), risk::adoption_text(rules),
        date, summary.records);
    if (summary.records > 0)
      out += fmt::format("  scores    lowest {}, median {}, highest {}\n", summary.lowest(),
                         summary.median(), summary.highest());
    out += fmt::format("  referred  {:>12}\n\n", summary.referred);
    std::size_t width = 4;
    for (const auto& rule : summary.rules) width = std::max(width, rule.id.size());
    out += fmt::format("  {:<{}}  {:>12}  {:>12}\n", "rule", width, "fired", "not known");
    for (const auto& rule : summary.rules)
      out += fmt::format("  {:<{}}  {:>12}  {:>12}{}\n", rule.id, width, rule.fired, rule.unknown,
                         rule.in_force ? "" : "  not in force on that date");
    out += "\nA score selects for review by a person; it decides nothing.\n";
    out += "Statement of the records: " + summary.statement + "\n";
    out += output.empty() ? "The scores were not written; -o FILE writes them.\n"
                          : "wrote " + output + "\n";
    return out + fmt::format("{:.2f} s, {:.2f} million records/s\n", seconds,
                             static_cast<double>(summary.records) / std::max(seconds, 1e-9) / 1e6);
  }
};

}  // namespace

int command_score(const std::vector<std::string>& args) {
  Call call;
  call.name = "score";
  call.usage = "--rules RULES --input FILE [--features FILE] [-o FILE] [options]";
  call.about =
      "Scores synthetic records by a set of rules: one row out for each record, with score and "
      "fired rules. Prints a summary. FILE is a table (CSV or HDF5, of any size), or a result or "
      "scenario (.toml), whose journeys are made again. Columns of a table are the features "
      "that "
      "`corridor features` lists, or those of --features, and id, truth, post, hour, stage. An "
      "empty "
      "field is missing. Tables of real persons are refused.";
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("rules", text("RULES"), "the set of rules (TOML or JSON)");
  add_input_options(call.options);
  call.options.add_options()("output,o", text("FILE"), "where to write the scores (CSV)")(
      "reasons", "write the share of each rule too; shares add up to the score")(
      "json", "print the summary as JSON")("force", "replace an existing file");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (given->count("rules") == 0) throw wrong_call("score", "no rules are named: --rules RULES");
  const std::filesystem::path rule_file = (*given)["rules"].as<std::string>();
  const RecordInput input = record_input("score", *given);
  std::filesystem::path output;
  if (given->count("output") > 0) {
    output = (*given)["output"].as<std::string>();
    check_output(output, given->count("force") > 0, input.files({rule_file}));
  }
  refuse_idle_force("score", *given);
  if (output.empty() && given->count("reasons") > 0)
    throw wrong_call("score", "--reasons is for the file of -o, and none is named");

  const auto start = std::chrono::steady_clock::now();
  const risk::RuleSet rules = risk::load_rule_set(rule_file, input.schema->catalogue);
  const OpenRecords opened = input.open(input.call.file, {&rules});
  const auto& source = opened.source;
  const std::string date = source->date();
  prepare_use(rules, input.schema->catalogue, rule_file.string(), date);

  std::optional<sim::FreshFile> file;
  if (!output.empty()) file.emplace(output);
  const risk::ScoreSummary summary =
      risk::score_records(*source, rules, given->count("reasons") > 0, [&](std::string_view lines) {
        if (file) file->append(lines);
      });
  if (file) file->commit();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const Report report{rules, summary,         input.call.file.string(), source->description(),
                      date,  output.string(), seconds.count()};
  std::cout << (given->count("json") > 0
                    ? report.json().dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                    : report.text());
  return 0;
}

}  // namespace corridor::app
