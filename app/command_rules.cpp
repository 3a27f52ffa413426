// SPDX-License-Identifier: Apache-2.0
/// \file command_rules.cpp  corridor rules: lint, card and adoption of a rule file.

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <span>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/record_input.hpp"
#include "app/risk_options.hpp"
#include "app/rule_audit.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/report_json.hpp"
#include "models/risk/rule_card.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {
namespace {

namespace fs = std::filesystem;

/// The records of --records, if they are named. \param date  for rules of a table
std::optional<RecordInput> records_of(const po::variables_map& given, const std::string& date) {
  if (given.count("records") == 0) {
    for (const char* option :
         {"days", "share", "replicate", "set", "synthetic", "stage", "group", "association-limit"})
      if (given.count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is for the records of --records");
    return std::nullopt;
  }
  RecordCall call;
  call.command = "rules";
  call.file = given["records"].as<std::string>();
  call.date = date;
  return record_input(std::move(call), given);
}

/// A lint and, with records and a set that can be read, what an audit says of proxies.
struct Looked {
  risk::LintReport report;
  std::optional<risk::AuditReport> audit;
};
Looked look(const fs::path& file, const std::optional<RecordInput>& records,
            const risk::Catalogue& catalogue, const risk::LintOptions& options) {
  Looked out;
  out.report = risk::lint_file(file, catalogue, options);
  if (!records) return out;
  std::optional<risk::RuleSet> set;
  try {
    set = risk::load_rule_set(file, catalogue);
  } catch (const risk::RuleError&) {
    return out;  // the lint says why it cannot be read
  }
  out.audit = audit_of(*records, *set);
  const risk::AuditReport& audit = *out.audit;
  out.report.proxies = {audit.description, audit.statement, audit.records, audit.strongest_text()};
  risk::append(out.report, audit.findings);
  return out;
}

int lint(const fs::path& file, const po::variables_map& given) {
  risk::LintOptions options;
  options.date = date_option("rules", given);
  if (given.count("threshold") > 0) options.threshold = given["threshold"].as<std::int32_t>();
  const std::optional<RecordInput> records = records_of(given, options.date);
  const risk::RecordSchema schema = records ? *records->schema : named_schema(given);
  const risk::LintReport report = look(file, records, schema.catalogue, options).report;
  std::cout << (given.count("json") > 0 ? report.json() : report.text());
  return report.count(risk::Severity::error) > 0 ? 2 : 0;
}

int card(const fs::path& file, const po::variables_map& given) {
  const risk::Language language = language_option("rules", given);
  const std::string date = date_option("rules", given);
  fs::path output;
  if (given.count("output") > 0) {
    output = given["output"].as<std::string>();
    check_output(output, given.count("force") > 0, {file, file_option(given, "features")});
  }
  const risk::RecordSchema schema = named_schema(given);
  const risk::Catalogue& catalogue = schema.catalogue;
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

/// The rules of --untold, commas between them. \throws UsageError for one that the set does not
/// have
std::vector<std::string> excepted_of(const po::variables_map& given, const risk::RuleSet& set) {
  std::vector<std::string> out, ids;
  if (given.count("untold") == 0) return out;
  for (const risk::Rule& rule : set.rules) ids.push_back(rule.id);
  for (const std::string& list : given["untold"].as<std::vector<std::string>>()) {
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t end = std::min(list.find(',', at), list.size());
      const std::string id = list.substr(at, end - at);
      if (std::find(ids.begin(), ids.end(), id) == ids.end())
        throw wrong_call("rules", fmt::format("--untold {}: the set has no rule '{}'{}", list, id,
                                              sim::did_you_mean(id, ids)));
      out.push_back(id);
      at = end + 1;
    }
  }
  return out;
}

/// Why an audit is no ground for adopting the set, or "".
std::string objection(const risk::AuditReport& audit, const std::vector<std::string>& excepted) {
  if (audit.refused()) return "a set with a proxy cannot be adopted";
  if (!audit.tells_of_proxies())
    return "these records tell nothing about protected attributes, so proxies cannot be looked for";
  const std::vector<std::string> untold = audit.untold();
  const auto without = [](std::vector<std::string> from, const std::vector<std::string>& out) {
    std::erase_if(from, [&](const std::string& id) {
      return std::find(out.begin(), out.end(), id) != out.end();
    });
    return from;
  };
  if (const auto told = without(excepted, untold); !told.empty())
    return "--untold names " + sim::listed(told, told.size()) +
           ", of which these records can tell: leave it out";
  const std::vector<std::string> open = without(untold, excepted);
  if (open.empty()) return "";
  std::string names;
  for (const std::string& id : open) names += (names.empty() ? "" : ",") + id;
  std::vector<std::string> unknown;
  for (const risk::AttributeAudit& a : audit.attributes)
    if (a.unknown == audit.records) unknown.push_back(a.name);
  return "not enough data to tell whether " + sim::listed(open, open.size()) +
         (open.size() == 1 ? " is a proxy" : " are proxies") + " (" +
         std::to_string(audit.records) + " records" +
         (unknown.empty() ? "" : ", which tell nothing of " + sim::listed(unknown)) +
         "): name other records, or take what cannot be told on by name, --untold " + names;
}

/// A person takes a set on: its file again, with a name, a day, and what the audit of proxies said.
/// Comments are not kept.
int adopt(const fs::path& file, const po::variables_map& given) {
  for (const char* option : {"by", "on", "records", "output"})
    if (given.count(option) == 0)
      throw wrong_call("rules",
                       "adopt needs --by NAME, --on YYYY-MM-DD, --records FILE (a table, RUN.h5 or "
                       "SCENARIO.toml, over which proxies are looked for) and -o FILE");
  const auto by = given["by"].as<std::string>();
  if (by.find_first_not_of(" \t\r\n") == by.npos)
    throw wrong_call("rules", "--by is empty: a person answers for rules, by name");
  const std::string on = date_option("rules", given, "on");
  const fs::path output = given["output"].as<std::string>();
  const std::optional<RecordInput> records = records_of(given, on);
  check_output(output, given.count("force") > 0, records->files({file}));
  const risk::Catalogue& catalogue = records->schema->catalogue;
  const auto refuse = [&](const risk::LintReport& report, const std::string& why) {
    std::cerr << report.text() << file.string() << ": error: " << why << "; nothing was written\n";
    return 2;
  };
  // Without records first: what is wrong anyway needs no audit.
  const risk::LintReport alone = risk::lint_file(file, catalogue, {on, {}});
  if (alone.count(risk::Severity::error) > 0)
    return refuse(alone, "a set with errors cannot be adopted");
  risk::RuleSet set = risk::load_rule_set(file, catalogue);
  const std::vector<std::string> excepted = excepted_of(given, set);
  const Looked looked = look(file, records, catalogue, {on, {}});
  if (const std::string why = objection(*looked.audit, excepted); !why.empty())
    return refuse(looked.report, why);
  const std::string before = risk::adoption_text(set) + " before";
  set.adopted_by = by;
  set.adopted_on = on;
  set.audit = adoption_audit(*looked.audit);
  risk::check(set, catalogue);
  const std::string bytes = risk::is_json(output) ? risk::rule_set_json(set, catalogue)
                                                  : risk::rule_set_text(set, catalogue);
  sim::replace_file(output, {std::as_bytes(std::span(bytes))});
  const std::size_t warnings = looked.report.count(risk::Severity::warning);
  const risk::AdoptionAudit& audit = set.audit;
  if (given.count("json") > 0) {
    std::cout << risk::dump({{"set", set.name},
                             {"version", set.version},
                             {"adopted_by", by},
                             {"adopted_on", on},
                             {"before", before},
                             {"audit",
                              {{"digest", audit.digest},
                               {"date", audit.date},
                               {"records", audit.records},
                               {"statement", looked.audit->statement},
                               {"strongest", audit.strongest},
                               {"untold", audit.untold}}},
                             {"warnings", warnings},
                             {"output", output.string()}});
    return 0;
  }
  std::cout << set.name << " (" << set.version << "): adopted by " << by << " on " << on << "; "
            << before << "\nproxies: " << audit.strongest << "\n  over " << audit.records << "\n  "
            << looked.audit->statement << "\n";
  if (!audit.untold.empty())
    std::cout << "  not enough data to tell, taken on by name: " << sim::listed(audit.untold, 500)
              << "\n";
  std::cout << "  digest of the audit: " << audit.digest << "\n"
            << warnings << " warnings stand; `corridor rules lint` shows them\nwrote "
            << output.string() << "\n";
  return 0;
}

}  // namespace

int command_rules(const std::vector<std::string>& args) {
  Call call{
      "rules",
      "lint|card|adopt FILE [--date YYYY-MM-DD] [--features FILE] [--records FILE] [--json]\n"
      "       [--lang en|fr] [-o FILE] [--force]",
      "lint: reports what is wrong or doubtful about a rule file (TOML, or JSON when its name "
      "ends in\n"
      ".json): unlawful features, rules that never or always fire, duplicates, reachable "
      "scores, past\n"
      "dates; with --records also rules that are proxies of protected attributes. Exit status 2\n"
      "when there are errors, 0 with warnings and notes alone.\n"
      "card: one page about the rules, in words, that an official can read and sign.\n"
      "adopt: writes the set again with the name of the person who answers for it, the day, and "
      "what\n"
      "an audit over --records says of proxies; a set with errors or proxies cannot be adopted, "
      "nor "
      "one\n"
      "with a rule of which the audit could not tell, unless --untold names it.\n"
      "--features names the catalogue of a set for tables.",
      {},
      {},
      {}};
  const auto text = [](const char* placeholder) {
    return po::value<std::string>()->value_name(placeholder);
  };
  call.options.add_options()("date", text("YYYY-MM-DD"),
                             "judge reviews and validity on this day; without it, today")(
      "threshold", po::value<std::int32_t>()->value_name("N"),
      "lint: warn of rules that reach this score alone")("json", "the same as JSON")(
      "lang", po::value<std::string>()->default_value("en")->value_name("L"),
      "card: its language, en or fr")("markdown", "card: Markdown, also when FILE ends in .md")(
      "output,o", text("FILE"), "card, adopt: write it into this file")(
      "by", text("NAME"), "adopt: the person who answers for the set")("on", text("YYYY-MM-DD"),
                                                                       "adopt: since when")(
      "untold", po::value<std::vector<std::string>>()->composing()->value_name("RULE,..."),
      "adopt: take these rules on although the data are too few to tell whether they are proxies; "
      "kept in the set")("force", "replace a file that exists")(
      "records", text("FILE"),
      "lint, adopt: look for proxies of protected attributes over these records, a table, a result "
      "or a scenario (.toml)");
  add_limit_option(call.options);
  add_record_options(call.options);
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
    for (const char* option : {"by", "on", "untold"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is an option of rules adopt");
  if (kind == "adopt")
    for (const char* option : {"date", "markdown"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is no option of rules adopt");
  if (kind == "card")
    for (const char* option : {"records", "days", "share", "replicate", "set", "synthetic", "stage",
                               "group", "association-limit"})
      if (given->count(option) > 0)
        throw wrong_call("rules", std::string("--") + option + " is no option of rules card");
  if (kind != "card" && !(*given)["lang"].defaulted())
    throw wrong_call("rules", "--lang is an option of rules card");
  if (kind == "card") {
    refuse_idle_force("rules", *given);
    if (given->count("json") > 0 && given->count("markdown") > 0)
      throw wrong_call("rules", "--json and --markdown exclude each other");
  }
  if (kind != "lint" && given->count("threshold") > 0)
    throw wrong_call("rules", "--threshold is an option of rules lint");
  const fs::path file = (*given)["file"].as<std::string>();
  return kind == "lint"   ? lint(file, *given)
         : kind == "card" ? card(file, *given)
                          : adopt(file, *given);
}

}  // namespace corridor::app
