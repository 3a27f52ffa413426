// SPDX-License-Identifier: Apache-2.0
/// \file command_rules.cpp  corridor rules: lint, card and adoption of a rule file.

#include <iostream>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/rule_card.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

int lint(const fs::path& file, const po::variables_map& given) {
  risk::LintOptions options;
  options.date = date_option("rules", given);
  if (given.count("threshold") > 0) options.threshold = given["threshold"].as<std::int32_t>();
  const risk::LintReport report = risk::lint_file(file, risk::shipped_catalogue(), options);
  std::cout << (given.count("json") > 0 ? report.json() : report.text());
  return report.count(risk::Severity::error) > 0 ? 2 : 0;
}

int card(const fs::path& file, const po::variables_map& given) {
  const risk::Language language = language_option("rules", given);
  const std::string date = date_option("rules", given);
  fs::path output;
  if (given.count("output") > 0) {
    output = given["output"].as<std::string>();
    check_output(output, given.count("force") > 0, {file});
  }
  const risk::Catalogue& catalogue = risk::shipped_catalogue();
  const risk::RuleSet set = risk::load_rule_set(file, catalogue);
  const risk::LintReport report = risk::lint(set, catalogue, {date, {}});
  const risk::CardForm form = given.count("markdown") > 0 || output.extension() == ".md"
                                  ? risk::CardForm::markdown
                                  : risk::CardForm::text;
  const std::string text = given.count("json") > 0
                               ? risk::rule_card_json(set, catalogue, report, language)
                               : risk::rule_card(set, catalogue, report, language, form);
  if (output.empty())
    std::cout << text;
  else
    sim::replace_file(output, {std::as_bytes(std::span(text))});
  return 0;
}

/// A person takes a set on: its file again, with a name and a day. Comments are not kept.
int adopt(const fs::path& file, const po::variables_map& given) {
  for (const char* option : {"by", "on", "output"})
    if (given.count(option) == 0)
      throw wrong_call("rules", "adopt needs --by NAME, --on YYYY-MM-DD and -o FILE");
  const auto by = given["by"].as<std::string>();
  if (by.find_first_not_of(" \t\r\n") == by.npos)
    throw wrong_call("rules", "--by is empty: a person answers for rules, by name");
  const std::string on = date_option("rules", given, "on");
  const fs::path output = given["output"].as<std::string>();
  check_output(output, given.count("force") > 0, {file, file_option(given, "features")});
  const risk::RecordSchema schema =
      given.count("features") > 0 ? risk::load_feature_file(given["features"].as<std::string>())
                                  : risk::shipped_schema();
  const risk::LintReport report = risk::lint_file(file, schema.catalogue, {on, {}});
  if (report.count(risk::Severity::error) > 0) {
    std::cerr << report.text() << file.string()
              << ": error: a set with errors cannot be adopted; nothing was written\n";
    return 2;
  }
  risk::RuleSet set = risk::load_rule_set(file, schema.catalogue);
  const std::string before =
      set.adopted_by.empty() ? "adopted by nobody before"
                             : "adopted by " + set.adopted_by + " on " + set.adopted_on + " before";
  set.adopted_by = by;
  set.adopted_on = on;
  risk::check(set, schema.catalogue);
  const std::string bytes = risk::is_json(output) ? risk::rule_set_json(set, schema.catalogue)
                                                  : risk::rule_set_text(set, schema.catalogue);
  sim::replace_file(output, {std::as_bytes(std::span(bytes))});
  std::cout << set.name << " (" << set.version << "): adopted by " << by << " on " << on << "; "
            << before << "\n"
            << report.count(risk::Severity::warning) << " warnings stand; `corridor rules lint` "
            << "shows them\nwrote " << output.string() << "\n";
  return 0;
}

}  // namespace

int command_rules(const std::vector<std::string>& args) {
  Call call{
      "rules",
      "lint|card|adopt FILE [--date YYYY-MM-DD] [--json] [--lang en|fr] [-o FILE] [--force]",
      "lint: reports what is wrong or doubtful about a rule file (TOML, or JSON when its name "
      "ends in\n"
      ".json): unlawful features, rules that never or always fire, duplicates, reachable "
      "scores, past\n"
      "dates. Exit status 2 when there are errors, 0 with warnings and notes alone.\n"
      "card: one page about the rules, in words, that an official can read and sign.\n"
      "adopt: writes the set again with the name of the person who answers for it and the day;\n"
      "a set with errors cannot be adopted.",
      {},
      {},
      {}};
  call.options.add_options()("date", po::value<std::string>()->value_name("YYYY-MM-DD"),
                             "judge reviews and validity on this day; without it, today")(
      "threshold", po::value<std::int32_t>()->value_name("N"),
      "lint: warn of rules that reach this score alone")("json", "the same as JSON")(
      "lang", po::value<std::string>()->default_value("en")->value_name("L"),
      "card: its language, en or fr")("markdown", "card: Markdown, also when FILE ends in .md")(
      "output,o", po::value<std::string>()->value_name("FILE"),
      "card, adopt: write it into this file")("by", po::value<std::string>()->value_name("NAME"),
                                              "adopt: the person who answers for the set")(
      "on", po::value<std::string>()->value_name("YYYY-MM-DD"), "adopt: since when")(
      "features", po::value<std::string>()->value_name("FILE"),
      "adopt: catalogue of features of a set for tables (TOML)")("force",
                                                                 "replace a file that exists");
  call.arguments.add_options()("kind", po::value<std::string>())("file", po::value<std::string>());
  call.positional.add("kind", 1).add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("kind")) throw wrong_call("rules", "say lint, card or adopt, and a rule file");
  const auto kind = (*given)["kind"].as<std::string>();
  const std::vector<std::string> kinds{"adopt", "card", "lint"};
  if (kind != "lint" && kind != "card" && kind != "adopt") {
    const std::string near = sim::did_you_mean(kind, kinds);
    throw wrong_call("rules", "unknown word '" + kind + "'" +
                                  (near.empty() ? "; allowed are adopt, card and lint" : near));
  }
  if (!given->count("file")) throw wrong_call("rules", "no rule file is named");
  if (kind == "lint")
    for (const char* option : {"output", "markdown", "force"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is an option of rules card");
  if (kind != "adopt")
    for (const char* option : {"by", "on", "features"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is an option of rules adopt");
  if (kind == "adopt")
    for (const char* option : {"date", "json", "markdown"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is no option of rules adopt");
  if (kind != "lint" && given->count("threshold") > 0)
    throw wrong_call("rules", "--threshold is an option of rules lint");
  const fs::path file = (*given)["file"].as<std::string>();
  return kind == "lint"   ? lint(file, *given)
         : kind == "card" ? card(file, *given)
                          : adopt(file, *given);
}

}  // namespace corridor::app
