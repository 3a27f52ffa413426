// SPDX-License-Identifier: Apache-2.0
/// \file command_rules.cpp  corridor rules: lint and card of a rule file.

#include <chrono>
#include <iostream>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/risk_options.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/rule_card.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/calendar.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

/// Of --date, or today (UTC): lint is about what is past.
std::string date_option(const po::variables_map& given) {
  if (given.count("date") == 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return sim::text(sim::date_of(std::chrono::floor<std::chrono::days>(now).count()));
  }
  auto typed = given["date"].as<std::string>();
  if (!sim::parse_date(typed))
    throw wrong_call("rules", "--date '" + typed + "' is no date that exists; write YYYY-MM-DD");
  return typed;
}

int lint(const fs::path& file, const po::variables_map& given) {
  risk::LintOptions options;
  options.date = date_option(given);
  if (given.count("threshold") > 0) options.threshold = given["threshold"].as<std::int32_t>();
  const risk::LintReport report = risk::lint_file(file, risk::shipped_catalogue(), options);
  std::cout << (given.count("json") > 0 ? report.json() : report.text());
  return report.count(risk::Severity::error) > 0 ? 2 : 0;
}

int card(const fs::path& file, const po::variables_map& given) {
  const risk::Language language = language_option("rules", given);
  const std::string date = date_option(given);
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

}  // namespace

int command_rules(const std::vector<std::string>& args) {
  Call call{
      "rules",
      "lint|card FILE [--date YYYY-MM-DD] [--json] [--lang en|fr] [-o FILE] [--force]",
      "lint: reports what is wrong or doubtful about a rule file (TOML, or JSON when its name "
      "ends in\n"
      ".json): unlawful features, rules that never or always fire, duplicates, reachable "
      "scores, past\n"
      "dates. Exit status 2 when there are errors, 0 with warnings and notes alone.\n"
      "card: one page about the rules, in words, that an official can read and sign.",
      {},
      {},
      {}};
  call.options.add_options()("date", po::value<std::string>()->value_name("YYYY-MM-DD"),
                             "judge reviews and validity on this day; without it, today")(
      "threshold", po::value<std::int32_t>()->value_name("N"),
      "lint: warn of rules that reach this score alone")("json", "the same as JSON")(
      "lang", po::value<std::string>()->default_value("en")->value_name("L"),
      "card: its language, en or fr")("markdown", "card: Markdown, also when FILE ends in .md")(
      "output,o", po::value<std::string>()->value_name("FILE"), "card: write it into this file")(
      "force", "replace a file that exists");
  call.arguments.add_options()("kind", po::value<std::string>())("file", po::value<std::string>());
  call.positional.add("kind", 1).add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("kind")) throw wrong_call("rules", "say lint or card, and a rule file");
  const auto kind = (*given)["kind"].as<std::string>();
  const std::vector<std::string> kinds{"card", "lint"};
  if (kind != "lint" && kind != "card") {
    const std::string near = sim::did_you_mean(kind, kinds);
    throw wrong_call("rules", "unknown word '" + kind + "'" +
                                  (near.empty() ? "; allowed are lint and card" : near));
  }
  if (!given->count("file")) throw wrong_call("rules", "no rule file is named");
  if (kind == "lint")
    for (const char* option : {"output", "markdown", "force"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is an option of rules card");
  if (kind == "card" && given->count("threshold") > 0)
    throw wrong_call("rules", "--threshold is an option of rules lint");
  const fs::path file = (*given)["file"].as<std::string>();
  return kind == "lint" ? lint(file, *given) : card(file, *given);
}

}  // namespace corridor::app
