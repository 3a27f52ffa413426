// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "models/risk/rule_card.hpp"
#include "models/risk/rule_set_text.hpp"

namespace {

using namespace corridor::risk;

const std::vector<RuleParameter> parameters{{"cut", 2.5, 0, 10}};

std::string words(std::string_view text, Language language = Language::english) {
  const Scope scope{shipped_catalogue(), parameters, Subject::traveller};
  std::vector<ExpressionProblem> problems;
  const auto node = parse_expression(text, scope, problems);
  REQUIRE(node);
  return in_words(*node, scope, language);
}

const std::string text =
    "[ruleset]\nname = \"Two *rules*\"\nversion = \"1\"\ncombine = \"additive\"\n"
    "let = [\"cut = 2.5 in 0..10\"]\n[ruleset.groups]\ng = { min = -5, max = 30 }\n"
    "[[rule]]\nid = \"a\"\nwhen = \"lead_days <= cut\"\nscore = 10\ngroup = \"g\"\n"
    "reason = { en = \"Late\", fr = \"Tard\" }\nstage = [\"arrival\"]\npurpose = \"p\"\n"
    "basis = \"b\"\nowner = \"o\"\nevidence = \"e\"\nreview_by = 2026-12-31\n"
    "[[rule]]\nid = \"b\"\nwhen = \"not x1\"\nscore = -10\non_missing = \"refer\"\n"
    "reason = \"Plain\"\nstage = [\"arrival\"]\npurpose = \"p\"\nbasis = \"b2\"\nowner = \"o\"\n"
    "valid_from = 2026-01-01\nreview_by = 2026-12-31\n";

}  // namespace

TEST_CASE("a condition is told in words, in English and French", "[risk][exact]") {
  CHECK(words("lead_days <= 2 and payment == 'cash'") ==
        "“days from booking to departure”: at most 2 days and “how the ticket was paid for”: "
        "'cash'");
  CHECK(words("lead_days <= 1") == "“days from booking to departure”: at most 1 day");
  CHECK(words("lead_days < cut", Language::french) ==
        "« jours entre la réservation et le départ » : moins de 2,5 jours (cut)");
  CHECK(words("payment not in {'cash', 'card'} or not x1") ==
        "“how the ticket was paid for”: other than 'cash' or 'card' or “abstract indicator 1, "
        "without meaning in the world”: no");
  CHECK(words("(x1 or x2) and not missing(party)", Language::french) ==
        "(« indicateur abstrait 1, sans signification dans le monde » : oui ou « indicateur "
        "abstrait 2, sans signification dans le monde » : oui) et « personnes voyageant ensemble » "
        ": connu");
  CHECK(words("2 of (missing(party), party between 2 and 4, not (party > 3 and x1))") ==
        "at least 2 of these: (“persons who travel together”: not known; “persons who travel "
        "together”: between 2 and 4 persons; not (“persons who travel together”: more than 3 "
        "persons and “abstract indicator 1, without meaning in the world”: yes))");
  CHECK(words("(nights + 1) / party >= min(legs, 3)") ==
        "(“nights away, as booked” + 1) divided by “persons who travel together”: at least the "
        "smallest of (“flights, ferries or border stages of this way”; 3)");
}

TEST_CASE("a card tells the audit on which a set was adopted", "[risk][exact]") {
  RuleSet set = parse_rule_set(text, "t.toml", shipped_catalogue());
  set.adopted_by = "A. Person";
  set.adopted_on = "2026-02-01";
  const auto card = [&](Language language) {
    return rule_card(set, shipped_catalogue(), lint(set, shipped_catalogue(), {"2026-06-01", {}}),
                     language, CardForm::markdown);
  };
  CHECK(card(Language::english).find("**Adopted:** by A. Person on 2026-02-01") !=
        std::string::npos);
  set.audit = {"0123456789abcdef0123456789abcdef", "2026-01-31", "t.csv", "V 0.02", {}};
  CHECK(card(Language::english)
            .find("Audit of proxies: V 0.02; as in force on 2026-01-31; digest "
                  "0123456789abcdef0123456789abcdef\n") != std::string::npos);
  CHECK(card(Language::french)
            .find("Audit des substituts : V 0.02 ; état au 2026-01-31 ; empreinte "
                  "0123456789abcdef0123456789abcdef\n") != std::string::npos);
}

TEST_CASE("a card says what an official answers for", "[risk][exact]") {
  const RuleSet set = parse_rule_set(text, "t.toml", shipped_catalogue());
  const LintReport report = lint(set, shipped_catalogue(), {"2026-06-01", {}});
  const std::string card =
      rule_card(set, shipped_catalogue(), report, Language::english, CardForm::text);
  CHECK(
      card ==
      "Rule card: Two *rules*, version 1\n"
      "=================================\n"
      "Travellers. Points of the rules that fire are added, starting at 0; reachable: on arrival "
      "-10 to 10\n"
      "Adopted: by nobody yet; it is a proposal\n"
      "Not for real persons: all are synthetic, for planning and training. A score selects for a "
      "second\n"
      "  look and decides nothing: a person reviews first, and may set it aside. No rule reads "
      "nationality,\n"
      "  residence, birthplace, sex, age or a sensitive attribute (Directive (EU) 2016/681, Art. "
      "6(4)).\n"
      "Unless a rule says otherwise: counts at arrival; purpose: p; owner: o; version -\n"
      "+10 a: Late. When: “days from booking to departure”: at most 2.5 days (cut) [g]; missing "
      "data: the\n"
      "  rule does not fire; basis: b; evidence: e; valid with no first day, with no last day, to "
      "be\n"
      "  reviewed by 2026-12-31.\n"
      "-10 b: Plain. When: “abstract indicator 1, without meaning in the world”: no; missing data: "
      "the\n"
      "  record goes to review; basis: b2; evidence: none is named; valid from 2026-01-01, with no "
      "last\n"
      "  day, to be reviewed by 2026-12-31.\n"
      "Groups [ ]: g adds at most 30, takes off at most 5. Parameters: cut = 2.5 (from 0 to 10)\n"
      "Lint: 0 errors, 1 warning, as of 2026-06-01; `corridor rules lint` tells them\n"
      "\n"
      "Adopted by (name, function, date, signature): "
      "......................................................\n"
      "\n"
      "Seen by data protection (the same): "
      "................................................................\n");
}

TEST_CASE("a French card in Markdown keeps marks of the texts as text", "[risk][exact]") {
  const RuleSet set = parse_rule_set(text, "t.toml", shipped_catalogue());
  const LintReport report = lint(set, shipped_catalogue(), {});
  const std::string card =
      rule_card(set, shipped_catalogue(), report, Language::french, CardForm::markdown);
  CHECK(card.starts_with("# Fiche de règles : Two \\*rules\\*, version 1\n\n"));
  CHECK(
      card.find("- **+10 a:** Tard. Quand : «\u00a0jours entre la réservation et le départ\u00a0» "
                ": au plus 2,5 jours (cut) \\[g\\]") != std::string::npos);
  CHECK(card.find("Pas pour des personnes réelles") != std::string::npos);
  const auto json =
      nlohmann::json::parse(rule_card_json(set, shipped_catalogue(), report, Language::french));
  CHECK(json["rule"][1]["condition"] ==
        "« indicateur abstrait 1, sans signification dans le monde » : non");
  CHECK(json["lint"]["warnings"] == 1);
}
