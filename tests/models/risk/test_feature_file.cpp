// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <string>

#include "models/risk/feature_file.hpp"
#include "sim/scenario_text.hpp"

namespace {

using namespace corridor::risk;

constexpr const char* sound = R"(synthetic = true
statement = "invented for a test"

[[feature]]
name = "lead_days"
type = "number"
unit = "day"
stage = "booking"
legal_class = "journey"
range = [0, 400]
per_unit = 1
meaning = { en = "days before departure", fr = "jours avant le départ" }

[[feature]]
name = "weight"
type = "number"
unit = "kg"
stage = "arrival"
legal_class = "consignment"
subject = "consignment"
range = [0.5, 1e6]
meaning = { en = "weight", fr = "poids" }

[[feature]]
name = "fit"
type = "category"
stage = "check-in"
legal_class = "indicator"
values = ["low", "high"]
meaning = { en = "fit", fr = "adéquation" }

[[feature]]
name = "flag"
type = "boolean"
stage = "booking"
legal_class = "list"
meaning = { en = "flag", fr = "drapeau" }

[[protected]]
name = "age_band"
values = ["young", "old"]
)";

std::string complaints_about(const std::string& text) {
  try {
    (void)parse_feature_file(text, "f.toml");
  } catch (const corridor::sim::ScenarioError& error) {
    return error.what();
  }
  return "";
}

/// The sound file with one place changed.
std::string with(const std::string& old, const std::string& fresh) {
  std::string text = sound;
  const std::size_t at = text.find(old);
  REQUIRE(at != text.npos);
  return text.replace(at, old.size(), fresh);
}

const std::string refusal =
    "Corridor is not for real persons: it reads synthetic records only, and no option changes "
    "that\n";

}  // namespace

TEST_CASE("a feature file becomes a catalogue with its statement", "[risk][exact]") {
  const RecordSchema schema = parse_feature_file(sound, "f.toml");
  const Catalogue& c = schema.catalogue;
  CHECK(c.synthetic_statement() == "invented for a test");
  REQUIRE(c.size() == 5);
  CHECK(c[0].storage == Storage::i16);
  CHECK(c[0].hi == 400);
  CHECK(c[1].storage == Storage::f64);
  CHECK(c[1].lo == 0.5);
  CHECK(c[1].subject == Subject::consignment);
  CHECK(c[1].known_from == Stage::arrival);
  CHECK(c[2].values == std::vector<std::string>{"low", "high"});
  CHECK(c[2].meaning_fr == "adéquation");
  CHECK(c[3].type == FeatureType::boolean);
  CHECK(c[3].legal == LegalClass::list);
  CHECK(c[4].name == "age_band");
  CHECK(c[4].legal == LegalClass::audit_only);
  REQUIRE(schema.protected_attributes.size() == 1);
  CHECK(schema.protected_attributes[0].values == std::vector<std::string>{"young", "old"});
}

TEST_CASE("a feature file must say that its records are synthetic, and by whom", "[risk][errors]") {
  const std::string demanded =
      "synthetic = true is missing: say so if the records are synthetic; " + refusal;
  CHECK(complaints_about(with("synthetic = true\n", "")) == "f.toml:1:1: error: " + demanded);
  CHECK(complaints_about(with("synthetic = true", "synthetic = false")) ==
        "f.toml:1:13: error: " + demanded);
  CHECK(complaints_about(with("synthetic = true", "synthetic = \"true\"")) ==
        "f.toml:1:13: error: " + demanded);
  CHECK(complaints_about(with("statement = \"invented for a test\"\n", "")) ==
        "f.toml:1:1: error: statement is missing: who made the records and how; it stands in every "
        "output\n");
  CHECK(complaints_about(with("invented for a test", " ")) ==
        "f.toml:2:13: error: statement is empty: who made the records and how; it stands in every "
        "output\n");
}

TEST_CASE("a feature without legal class, or of a class for the audit alone, is an error",
          "[risk][errors]") {
  const std::string allowed =
      "'journey', 'document', 'history', 'list', 'assessment', 'indicator' and 'consignment'";
  CHECK(complaints_about(with("legal_class = \"journey\"\n", "")) ==
        "f.toml:4:1: error: lead_days: legal_class is missing; allowed are " + allowed + "\n");
  CHECK(complaints_about(with("\"journey\"", "\"audit-only\"")) ==
        "f.toml:9:15: error: lead_days: legal_class = 'audit-only'; allowed are " + allowed + "\n");
  CHECK(complaints_about(with("\"journey\"", "\"jurney\"")) ==
        "f.toml:9:15: error: lead_days: legal_class = 'jurney'; allowed are " + allowed +
            "; did you mean 'journey'?\n");
}

TEST_CASE("personal and sensitive features and lists of countries are refused", "[risk][errors]") {
  CHECK(complaints_about(with("\"lead_days\"", "\"passport_no\"")) ==
        "f.toml:5:8: error: [[feature]] 'passport_no' is called like numbers of documents, such as "
        "passports; " +
            refusal);
  CHECK(complaints_about(with("\"lead_days\"", "\"religion\"")) ==
        "f.toml:5:8: error: [[feature]] 'religion' cannot be scored: criteria are in no "
        "circumstances "
        "based on race or ethnic origin, political opinion, religion or belief, union membership, "
        "health, sexual life or orientation (Directive (EU) 2016/681, Article 6(4)); an attribute "
        "for "
        "the audit alone is a [[protected]] one\n");
  CHECK(complaints_about(with("[\"low\", \"high\"]", "[\"FRA\", \"DEU\", \"ESP\"]")) ==
        "f.toml:29:10: error: fit: 3 of 3 values look like nationalities; " + refusal);
  CHECK(complaints_about(with("\"age_band\"", "\"nationality\"")) ==
        "f.toml:40:8: error: [[protected]] 'nationality' is called like nationalities; " + refusal);
}

TEST_CASE("what else is wrong with a feature file is said with its place, all at once",
          "[risk][errors]") {
  CHECK(complaints_about("synthetic = true\nstatement = \"x\"\n") ==
        "f.toml:1:1: error: no [[feature]]; a catalogue has at least one\n");
  CHECK(complaints_about(with("\"number\"", "\"numbr\"")) ==
        "f.toml:6:8: error: lead_days: type = 'numbr'; allowed are 'number', 'boolean' and "
        "'category'; did you mean 'number'?\n");
  CHECK(
      complaints_about(with("[0, 400]", "[400, 0]")) ==
      "f.toml:10:9: error: lead_days: range must be [lowest, highest], two numbers within 1e15 of "
      "0\n");
  CHECK(complaints_about(with("[0.5, 1e6]", "[nan, inf]")) ==
        "f.toml:21:9: error: weight: range must be [lowest, highest], two numbers within 1e15 of "
        "0\n");
  CHECK(
      complaints_about(with("per_unit = 1\n", "per_unit = 100000000\nvalues = [\"a\", \"b\"]\n")) ==
      "f.toml:11:12: error: lead_days: per_unit must be a whole number in [1, 1000000]\n"
      "f.toml:12:10: error: lead_days: a number has no values\n");
  CHECK(complaints_about(with("\"weight\"\ntype", "\"lead_days\"\ntype")) ==
        "f.toml:15:8: error: [[feature]] 'lead_days' is there twice\n");
  CHECK(
      complaints_about(with("\"lead_days\"", "\"Lead\"")) ==
      "f.toml:5:8: error: [[feature]] 'Lead' is not a name: small letters, digits and _, a letter "
      "first\n");
  CHECK(
      complaints_about(with("\"lead_days\"", "\"truth\"")) ==
      "f.toml:5:8: error: [[feature]] 'truth' is a word of the rule language or of tables; choose "
      "another\n");
  CHECK(complaints_about(with("[\"low\", \"high\"]", "[\"low\", \"low\"]")) ==
        "f.toml:29:18: error: fit: value 'low' is there twice\n");
  CHECK(complaints_about(with("[\"low\", \"high\"]", "[\"low\"]")) ==
        "f.toml:29:10: error: fit: values must be an array of 2 to 250 texts\n");
  CHECK(complaints_about(with("stage = \"booking\"\n", "stag = \"booking\"\n")) ==
        "f.toml:4:1: error: lead_days: stage is missing; allowed are 'booking', 'check-in' and "
        "'arrival'\n"
        "f.toml:8:1: error: unknown key 'stag' in [[feature]]; did you mean 'stage'?\n");
  CHECK(complaints_about(with("meaning = { en = \"flag\", fr = \"drapeau\" }", "")) ==
        "f.toml:32:1: error: flag: meaning must be { en = \"...\", fr = \"...\" }\n");
  CHECK(complaints_about("synthetic = \n").find("f.toml:1:13: error: not TOML") == 0);
  CHECK(complaints_about("synthetic = 1.5A'\xD4\x87\n") ==
        "f.toml:1:17: error: not TOML: a quote where no text can begin\n");
  CHECK(complaints_about("\xFF").find("f.toml:1:1: error: not UTF-8") == 0);
  CHECK_THROWS_WITH(load_feature_file("no/such.toml"), "no/such.toml: error: no such file\n");
}

TEST_CASE("the shipped schema names the protected attributes of the simulation", "[risk][exact]") {
  std::string names;
  for (const auto& a : shipped_schema().protected_attributes) names += a.name + " ";
  CHECK(names == "group age_band sex residence_region ");
}
