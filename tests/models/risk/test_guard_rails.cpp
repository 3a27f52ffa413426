// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "models/risk/engine.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_table.hpp"
#include "models/risk/rule_set_text.hpp"
#include "sim/error.hpp"
#include "tests/support/rule_nodes.hpp"

using namespace corridor;
using namespace corridor::risk;

namespace {

std::string set_with(const std::string& condition) {
  return "[ruleset]\nname = \"n\"\nversion = \"1\"\ncombine = \"additive\"\n[[rule]]\nid = \"a\"\n"
         "when = \"" +
         condition +
         "\"\nscore = -1\nreason = \"Because\"\nstage = [\"arrival\"]\npurpose = \"p\"\n"
         "basis = \"b\"\nowner = \"o\"\nreview_by = 2030-12-31\n";
}

template <class Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

// Verification case O2: the scoring API rejects any feature whose declared class is sensitive;
// unknown features are rejected, not ignored.
TEST_CASE(
    "case O2: a sensitive feature is refused at every door of the scoring, in every catalogue",
    "[risk][exact]") {
  RecordSchema other = shipped_schema();
  std::vector<Feature> features(other.catalogue.features().begin(),
                                other.catalogue.features().end());
  Feature secret = features.at(*other.catalogue.find("sex"));
  secret.name = "secret";
  features.push_back(secret);
  other.catalogue = Catalogue(features, "drawn by a test");
  std::size_t sensitive = 0;
  for (const Catalogue* catalogue :
       std::vector<const Catalogue*>{&shipped_catalogue(), &other.catalogue}) {
    for (std::size_t i = 0; i < catalogue->size(); ++i) {
      const Feature& f = (*catalogue)[i];
      if (f.legal != LegalClass::audit_only) continue;
      INFO(f.name);
      ++sensitive;
      // In the text of a rule, wherever it stands.
      for (const std::string& condition :
           {"missing(" + f.name + ")", f.name + " == 'x'", "x1 or not missing(" + f.name + ")"})
        CHECK(refusal([&] {
                (void)parse_rule_set(set_with(condition), "r.toml", *catalogue);
              }).find(f.name + " is reserved for the audit and cannot be scored") !=
              std::string::npos);
      // In a set that a program made, checked or not.
      RuleSet made = parse_rule_set(set_with("x1"), "r.toml", *catalogue);
      made.rules[0].when = "";
      made.rules[0].condition =
          test::truth(Op::missing, {test::feature(*catalogue, static_cast<std::uint32_t>(i))});
      CHECK(refusal([&] { check(made, *catalogue); }).find("reserved for the audit") !=
            std::string::npos);
      CHECK_THROWS_WITH(Program(made, *catalogue, "2026-01-01"),
                        "a condition reads a feature that is reserved for the audit, or does not "
                        "exist");
    }
  }
  CHECK(sensitive == 6 + 7);
}

TEST_CASE("case O2: an unknown feature is refused, not ignored", "[risk][exact]") {
  CHECK(refusal([] {
          (void)parse_rule_set(set_with("x1 or shoe_size > 3"), "r.toml", shipped_catalogue());
        }) ==
        "r.toml:7:15: error: unknown feature 'shoe_size'; `corridor features` lists them\n"
        "  when = \"x1 or shoe_size > 3\"\n                ^\n");
  RuleSet made = parse_rule_set(set_with("x1"), "r.toml", shipped_catalogue());
  made.rules[0].condition.index = static_cast<std::uint32_t>(shipped_catalogue().size());
  made.rules[0].when = "";
  CHECK(refusal([&] { check(made, shipped_catalogue()); }) ==
        "rule set 'n': error: rule 'a': a feature that does not exist\n");
  CHECK_THROWS_AS(Program(made, shipped_catalogue(), "2026-01-01"), std::invalid_argument);
  // In a table: neither what nobody knows nor what the audit alone reads of persons.
  for (const std::string column : {"shoe_size", "nationality", "residence", "birthplace"}) {
    INFO(column);
    const std::string bytes = "x1," + column + "\n1,\n";
    const std::string why = refusal([&] {
      const auto source =
          read_record_text(bytes, "t.csv", shipped_schema(), {"2026-01-01", {}, {}, {}, 8, ""});
    });
    CHECK(why.starts_with("t.csv:1:4: error: "));
  }
  // A catalogue of one's own cannot declare the class away.
  CHECK(refusal([] {
          (void)parse_feature_file(
              "synthetic = true\nstatement = \"a test\"\n[[feature]]\nname = \"thing\"\n"
              "type = \"boolean\"\nstage = \"booking\"\nlegal_class = \"audit-only\"\n"
              "meaning = { en = \"a\", fr = \"b\" }\n",
              "f.toml");
        }).find("f.toml:7:15: error: thing: legal_class = 'audit-only'; allowed are ") == 0);
}
