// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "models/risk/lint.hpp"
#include "models/risk/rule_set_text.hpp"

namespace {

using namespace corridor::risk;

std::string rule(const std::string& id, const std::string& when, int score = 10,
                 const std::string& more = "") {
  return "[[rule]]\nid = \"" + id + "\"\nwhen = \"" + when +
         "\"\nscore = " + std::to_string(score) +
         "\nreason = \"Because\"\nstage = [\"arrival\"]\npurpose = \"p\"\nbasis = \"b\"\nowner = "
         "\"o\"\nevidence = \"e\"\nreview_by = 2026-12-31\n" +
         more;
}
const std::string audit =
    "audit = { digest = \"0123456789abcdef0123456789abcdef\", date = 2026-01-01, records = \"r\", "
    "strongest = \"s\" }\n";
std::string set_of(const std::string& rules, const std::string& more = "",
                   const std::string& combine = "additive") {
  return "[ruleset]\nname = \"n\"\nversion = \"1\"\ncombine = \"" + combine +
         "\"\nadopted_by = \"A. Person\"\nadopted_on = 2026-01-01\n" + audit + more + rules;
}
LintReport report(const std::string& text, const LintOptions& options = {}) {
  return lint_bytes(text, "r.toml", false, shipped_catalogue(), options);
}
/// "severity code: message" of each finding.
std::vector<std::string> found(const std::string& text, const LintOptions& options = {}) {
  std::vector<std::string> out;
  for (const Finding& f : report(text, options).findings)
    out.push_back(std::string(name(f.severity)) + " " + f.code + ": " + f.message);
  return out;
}
using Texts = std::vector<std::string>;

const std::string exonerating = rule("known", "earlier_trips >= 5", -5);

}  // namespace

TEST_CASE("a clean set has no findings", "[risk][exact]") {
  CHECK(found(set_of(exonerating + rule("a", "x1")), {"2026-06-01", {}}).empty());
}

TEST_CASE("conditions that never or always hold are errors", "[risk][exact]") {
  CHECK(found(set_of(exonerating + rule("a", "nights > 5 and nights < 3"))) ==
        Texts{"error never-true: rule 'a' can never be true, whatever the record"});
  CHECK(
      found(set_of(exonerating + rule("a", "nights >= 1"))) ==
      Texts{"error always-true: rule 'a' is true of every record whose data are known: it singles "
            "out nobody"});
  CHECK(found(set_of(exonerating + rule("a", "true or x1"))).at(0) ==
        "error always-true: rule 'a' is true of every record: it singles out nobody; a start value "
        "is `base`");
  CHECK(found(set_of(exonerating + rule("a", "nights > 364", 10, "on_missing = \"yes\"\n"))) ==
        Texts{"warning only-missing: rule 'a' can never be true: it fires only where data are "
              "missing; write missing(...) if that is meant"});
}

TEST_CASE("rules are compared with each other", "[risk][exact]") {
  CHECK(found(set_of(exonerating + rule("a", "x1 and x2") + rule("b", "x2 and x1"))) ==
        Texts{"error duplicate: rule 'b' has the same condition as rule 'a': the same fact counts "
              "twice"});
  CHECK(found(set_of(exonerating + rule("a", "x1") + rule("b", "not not x1", -3))) ==
        Texts{"error duplicate: rule 'b' has the same condition as rule 'a': the same fact raises "
              "and lowers the score"});
  CHECK(found(set_of(exonerating + rule("a", "lead_days <= 7") + rule("b", "lead_days <= 2"))) ==
        Texts{"note subsumed: rule 'b' fires only when rule 'a' does: there, both add up"});
  CHECK(found(set_of(exonerating + rule("a", "lead_days <= 2") +
                     rule("b", "lead_days <= 7 or x1", -3))) ==
        Texts{"warning opposed: rule 'b' fires whenever rule 'a' does, and their scores have "
              "opposite signs"});
  CHECK(
      found(set_of(exonerating + rule("a", "lead_days <= 2") + rule("b", "lead_days <= 7", -3))) ==
      Texts{"warning opposed: rule 'b' fires whenever rule 'a' does, and their scores have "
            "opposite signs"});
  CHECK(found(set_of(exonerating + rule("a", "lead_days < 3") + rule("b", "lead_days <= 2"))) ==
        Texts{"warning duplicate: rule 'b' fires exactly when rule 'a' does: the same fact counts "
              "twice"});
  CHECK(found(set_of(exonerating + rule("a", "lead_days < 3") + rule("b", "lead_days > 9") +
                     rule("c", "lead_days between 4 and 5"))) ==
        Texts{"note exclusive: rule 'a' never fires together with 'b' and 'c'",
              "note exclusive: rule 'b' never fires together with 'c'"});
  CHECK(found(set_of(exonerating + rule("a", "list_certainty == 'possible'") +
                     rule("b", "list_certainty == 'possible' and document == 'valid'", -3))) ==
        Texts{"note mitigates: rule 'b' fires only when rule 'a' does, and takes off a part of its "
              "score"});
  // A successor takes over the day after: no duplicate.
  CHECK(found(set_of(exonerating + rule("a", "x1", 10, "valid_to = 2026-03-31\n") +
                     rule("b", "x1", 12, "valid_from = 2026-04-01\n")))
            .empty());
}

TEST_CASE("dates, evidence, adoption and what is unused are reported", "[risk][exact]") {
  const std::string text =
      "[ruleset]\nname = \"n\"\nversion = \"1\"\ncombine = \"additive\"\nlet = [\"cut = 1 in "
      "0..2\"]\n[ruleset.groups]\ng = { max = 3 }\n" +
      exonerating + rule("old", "x1", 0, "valid_to = 2026-12-31\n") +
      rule("new", "x2", 1, "valid_from = 2028-01-01\n");
  CHECK(found(text, {"2027-01-01", {}}) ==
        Texts{"note not-adopted: nobody has adopted this set (adopted_by, adopted_on): it is a "
              "proposal until a person answers for it",
              "note unused-group: no rule is in group 'g'",
              "note unused-parameter: no rule uses the parameter 'cut'",
              "warning review-past: rule 'known' was to be reviewed by 2026-12-31, which is past",
              "note no-effect: rule 'old' has the score 0 and changes nothing",
              "warning review-past: rule 'old' was to be reviewed by 2026-12-31, which is past",
              "warning expired: rule 'old' was valid to 2026-12-31 and does not fire any more",
              "warning review-past: rule 'new' was to be reviewed by 2026-12-31, which is past",
              "note not-yet-valid: rule 'new' is valid from 2028-01-01 and does not fire yet"});
  std::string bare = set_of(exonerating);
  bare.erase(bare.find("evidence = \"e\"\n"), 15);
  CHECK(found(bare) ==
        Texts{"warning no-evidence: rule 'known' names no evidence: what is it grounded on?"});
}

TEST_CASE("a fitted set that nobody adopted is a warning, and what an audit left open is told",
          "[risk][exact]") {
  const std::string head = "[ruleset]\nname = \"n\"\nversion = \"1\"\ncombine = \"additive\"\n";
  CHECK(found(head + "tuned_on = \"t.csv; drawn\"\n" + exonerating) ==
        Texts{"warning inert: fitted by a program and adopted by nobody: run and score refuse it "
              "until a person answers for it (corridor rules adopt)"});
  std::string untold = set_of(exonerating);
  untold.replace(untold.find("strongest ="), 11, "untold = [\"known\"], strongest =");
  CHECK(found(untold) ==
        Texts{"note untold: adopted although the audit of proxies could not tell: 'known'"});
}

TEST_CASE("a set that was adopted without an audit of proxies is a warning", "[risk][exact]") {
  std::string text = set_of(exonerating + rule("a", "x1"));
  text.erase(text.find(audit), audit.size());
  CHECK(found(text) == Texts{"warning not-audited: adopted without an audit of proxies; `corridor "
                             "rules adopt` makes one and keeps what it says"});
}

TEST_CASE("a rule that selects alone is a warning", "[risk][exact]") {
  const std::string groups = "base = 5\n[ruleset.groups]\ng = { max = 30 }\n";
  CHECK(found(set_of(exonerating + rule("a", "x1", 50) + rule("b", "x2", 60, "group = \"g\"\n"),
                     groups),
              {"", 55}) ==
        Texts{"warning decides-alone: rule 'a' reaches 55 by itself, and the threshold is 55: it "
              "selects alone"});
}

TEST_CASE("the reach of scores counts caps and what excludes each other", "[risk][exact]") {
  const std::string groups = "base = 3\n[ruleset.groups]\ng = { min = -4, max = 30 }\n";
  const LintReport r = report(
      set_of(exonerating + rule("a", "x1", 25, "group = \"g\"\n") +
                 rule("b", "x2", 25, "group = \"g\"\n") + rule("c", "x3", -9, "group = \"g\"\n") +
                 rule("d", "route_class == 'high'", 20) +
                 rule("e", "route_class == 'elevated'", 8) + rule("f", "nights > 364", 1000),
             groups));
  CHECK(r.reach[0].n_rules == 0);
  CHECK(r.reach[0].highest == 3);
  CHECK(r.reach[2].n_rules == 7);
  CHECK(r.reach[2].highest == 3 + 30 + 20);
  CHECK(r.reach[2].lowest == 3 - 4 - 5);
}

TEST_CASE("what loading refuses is reported, and the rest is still analysed", "[risk][exact]") {
  const std::string text =
      "[ruleset]\nname = \"n\"\nversion = \"1\"\ncombine = \"additive\"\nadopted_by = \"A\"\n"
      "adopted_on = 2026-01-01\n" +
      audit + rule("a", "nationality == 'AAA'") + rule("b", "nights > 364");
  CHECK_THROWS_AS(parse_rule_set(text, "r.toml", shipped_catalogue()), RuleError);
  const LintReport r = report(text);
  CHECK(
      r.text() ==
      "r.toml:1:1: error: no exonerating rule: at least one rule must lower the score (a negative "
      "score), so that what speaks for a person counts too [no-exonerating]\n"
      "  [ruleset]\n  ^\n"
      "r.toml:10:9: error: nationality is reserved for the audit and cannot be scored [reserved]\n"
      "  when = \"nationality == 'AAA'\"\n          ^\n"
      "r.toml:19:1: error: rule 'b' can never be true, whatever the record [never-true]\n"
      "\n"
      "Rule set 'n', version 1, additive\n"
      "  booking     0 rules, scores from 0 to 0\n"
      "  check-in    0 rules, scores from 0 to 0\n"
      "  arrival      1 rule, scores from 0 to 0\n"
      "Proxies of protected attributes were not checked; --records TABLE, RUN.h5 or SCENARIO.toml "
      "checks them.\n"
      "3 errors, 0 warnings, 0 notes\n");
  const auto json = nlohmann::json::parse(r.json());
  CHECK(json["errors"] == 3);
  CHECK(json["findings"][1]["rule"] == "a");
  CHECK(json["findings"][1]["line"] == 10);
  CHECK(report("[[").readable == false);
  CHECK(report("[[").count(Severity::error) == 1);
}

TEST_CASE("a proxy beyond the limit is refused, and too few data never pass", "[risk][exact]") {
  const std::string text = set_of(exonerating + rule("a", "x1") + rule("b", "x2"));
  const RuleSet set = parse_rule_set(text, "r.toml", shipped_catalogue());
  const std::vector<Association> numbers{
      {"a", "group", 0.25, 5000, "Cramer's V"},
      {"b", "group", 0.2, 5000, "Cramer's V"},
      {"known", "sex", std::numeric_limits<double>::quiet_NaN(), 12, "Cramer's V"}};
  LintReport r = lint(set, shipped_catalogue(), {});
  CHECK(r.findings.empty());
  append(r, proxy_findings(set, numbers, 0.2));
  REQUIRE(r.findings.size() == 2);
  CHECK(r.findings[0].message ==
        "rule 'known' may be a proxy of sex: not enough data to tell (12 records)");
  CHECK(r.findings[0].severity == Severity::warning);
  CHECK(r.findings[1].message ==
        "rule 'a' is a proxy of group: Cramer's V 0.250 over 5000 records, above the limit 0.200");
  CHECK(r.findings[1].severity == Severity::error);
  CHECK_THROWS_AS(proxy_findings(set, numbers, std::nan("")), std::invalid_argument);
}

TEST_CASE("the largest set that can be read is linted in bounded work", "[risk][exact]") {
  std::string rules = exonerating;
  for (int i = 0; i < 450; ++i) {
    std::string when = "nights > " + std::to_string(i % 360);
    for (int j = 0; j < 80; ++j) when += " or (x1 and x2)";
    rules += rule("r" + std::to_string(i), when);
  }
  const LintReport r = report(set_of(rules));
  CHECK(std::any_of(r.findings.begin(), r.findings.end(),
                    [](const Finding& f) { return f.code == "pairs-not-compared"; }));
}
