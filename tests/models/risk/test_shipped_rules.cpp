// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "models/risk/lint.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"

namespace {

using namespace corridor::risk;
const std::filesystem::path folder = std::filesystem::path(CORRIDOR_SOURCE_DIR) / "scenarios/rules";

}  // namespace

TEST_CASE("the shipped rule sets load, are clean, and say that they are invented",
          "[risk][exact]") {
  for (const std::string name : {"list-only", "additive", "logistic", "cargo"}) {
    INFO(name);
    const RuleSet set = load_rule_set(folder / (name + ".toml"), shipped_catalogue());
    const LintReport report = lint(set, shipped_catalogue(), {"2026-06-01", {}});
    CHECK(report.count(Severity::error) == 0);
    CHECK(report.count(Severity::warning) == 0);
    CHECK(set.about.find("invented") != std::string::npos);
    for (const Rule& rule : set.rules) {
      INFO(rule.id);
      CHECK(rule.reason_en != rule.reason_fr);
      CHECK(in_force(rule, "2019-01-01"));
      CHECK(rule.basis.find("example for training") != std::string::npos);
    }
    CHECK(parse_rule_set(rule_set_text(set, shipped_catalogue()), "again", shipped_catalogue()) ==
          set);
    CHECK(parse_rule_set_json(rule_set_json(set, shipped_catalogue()), "again",
                              shipped_catalogue()) == set);
  }
  const RuleSet card = load_rule_set(folder / "additive.toml", shipped_catalogue());
  CHECK(std::count_if(card.rules.begin(), card.rules.end(),
                      [](const Rule& r) { return r.score < 0; }) >= 2);
}

TEST_CASE("the fitted set says on what, and all keep the audit on which they were adopted",
          "[risk][exact]") {
  const RuleSet fitted = load_rule_set(folder / "logistic.toml", shipped_catalogue());
  CHECK(fitted.combine == Combine::logistic);
  CHECK(fitted.about.find("Tuned: from ") != std::string::npos);
  CHECK(fitted.tuned_on.find("scenario 'screening'") != std::string::npos);
  CHECK_FALSE(is_inert(fitted));
  for (const Rule& rule : fitted.rules) {
    CHECK(rule.version == "1-tuned-1");
    CHECK(rule.evidence.find("Weight ") == 0);
  }
  for (const std::string name : {"list-only", "additive", "logistic"}) {
    const RuleSet set = load_rule_set(folder / (name + ".toml"), shipped_catalogue());
    CHECK_FALSE(set.adopted_by.empty());
    CHECK(set.audit.records.find("scenario 'screening'") != std::string::npos);
  }
}

TEST_CASE("lint takes the unlawful set apart", "[risk][exact]") {
  CHECK_THROWS_AS(load_rule_set(folder / "unlawful.toml", shipped_catalogue()), RuleError);
  const LintReport report =
      lint_file(folder / "unlawful.toml", shipped_catalogue(), {"2026-06-01", {}});
  std::set<std::string> codes;
  for (const Finding& f : report.findings) codes.insert(f.code);
  for (const std::string code : {"reserved",         "country-list",   "unlawful",   "personal",
                                 "unknown-value",    "no-purpose",     "no-basis",   "no-owner",
                                 "no-evidence",      "no-exonerating", "never-true", "always-true",
                                 "duplicate",        "duplicate-id",   "range",      "date",
                                 "review-past",      "expired",        "stage",      "unused-group",
                                 "unused-parameter", "not-adopted"}) {
    INFO(code);
    CHECK(codes.count(code) == 1);
  }
}

TEST_CASE("the example of the manual is a rule set", "[risk][exact]") {
  std::ifstream in(std::filesystem::path(CORRIDOR_SOURCE_DIR) / "docs/rules.md");
  std::stringstream page;
  page << in.rdbuf();
  const std::string text = page.str();
  const std::size_t begin = text.find("```toml\n") + 8, end = text.find("```", begin);
  REQUIRE(end != std::string::npos);
  const RuleSet set =
      parse_rule_set(text.substr(begin, end - begin), "docs/rules.md", shipped_catalogue());
  CHECK(lint(set, shipped_catalogue(), {"2026-06-01", {}}).count(Severity::error) == 0);
  CHECK(set.rules.size() == 2);
}
