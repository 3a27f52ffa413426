// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "models/risk/feature_columns.hpp"
#include "models/risk/rule_set_json.hpp"
#include "models/risk/rule_set_text.hpp"
#include "tests/support/random_rules.hpp"

namespace {

using namespace corridor::risk;

const std::string head =
    "[ruleset]\n"
    "name = \"cards\"\n"
    "version = \"2026.1\"\n"
    "combine = \"additive\"\n";

std::string rule(const std::string& id, const std::string& when, int score = 10,
                 const std::string& more = "") {
  return "[[rule]]\nid = \"" + id + "\"\nwhen = " + when + "\nscore = " + std::to_string(score) +
         "\nreason = \"Because\"\nstage = [\"arrival\"]\npurpose = \"p\"\nbasis = \"b\"\nowner = "
         "\"o\"\nreview_by = 2026-12-31\n" +
         more;
}
const std::string exonerating = rule("known", "\"earlier_trips >= 5\"", -5);

RuleSet parsed(const std::string& text) {
  return parse_rule_set(text, "cards.toml", shipped_catalogue());
}
std::string complaint(const std::string& text, bool json = false) {
  try {
    json ? parse_rule_set_json(text, "cards.json", shipped_catalogue()) : parsed(text);
  } catch (const RuleError& error) {
    for (const RuleProblem& p : error.found()) CHECK_FALSE(p.code.empty());
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a rule file is read with all that a person answers for", "[risk][exact]") {
  const RuleSet set = parsed(
      "[ruleset]\nname = \"n\"\nversion = \"1\"\nabout = \"a\"\ncombine = \"noisy-or\"\nbase = 7\n"
      "adopted_by = \"A. Person\"\nadopted_on = 2026-01-31\n"
      "let = [\"cut = 2 in 0..10\", \"let far = 1.5 in 1..3\"]\n"
      "[ruleset.groups]\nzebra = { max = 30 }\nants = { min = -10, max = 5 }\n"
      "[[rule]]\nid = \"r\"\nversion = \"2\"\nwhen = 'lead_days <= cut and detour > far'\n"
      "score = -250\ngroup = \"ants\"\non_missing = \"refer\"\n"
      "reason = { en = \"Late\", fr = \"Tard\" }\nstage = [\"check-in\", \"arrival\"]\n"
      "purpose = \"p\"\nbasis = \"b\"\nevidence = \"e\"\nowner = \"o\"\n"
      "valid_from = 2026-01-01\nvalid_to = \"2026-12-31\"\nreview_by = 2026-06-30\n");
  CHECK(set.combine == Combine::noisy_or);
  CHECK(set.base == 7);
  CHECK(set.adopted_on == "2026-01-31");
  CHECK(set.parameters == std::vector<RuleParameter>{{"cut", 2, 0, 10}, {"far", 1.5, 1, 3}});
  CHECK(set.groups == std::vector<RuleGroup>{{"zebra", {}, 30}, {"ants", -10, 5}});
  REQUIRE(set.rules.size() == 1);
  const Rule& r = set.rules[0];
  CHECK(r.score == -250);
  CHECK(r.group == 1);
  CHECK(r.on_missing == OnMissing::refer);
  CHECK(r.stages == std::array<bool, 3>{false, true, true});
  CHECK(r.reason_fr == "Tard");
  CHECK(r.valid_to == "2026-12-31");
  CHECK(r.line == 13);
  CHECK(r.condition.arguments[1].arguments[0].index == at(Column::detour));
}

TEST_CASE("the audit of an adoption is read with it, and not without", "[risk][errors][exact]") {
  const std::string audit =
      "[ruleset.audit]\ndigest = \"0123456789abcdef0123456789abcdef\"\ndate = 2026-01-30\n"
      "records = \"r\"\nstrongest = \"s\"\n";
  const std::string adopted = "adopted_by = \"A. Person\"\nadopted_on = 2026-01-31\n";
  CHECK(parsed(head + adopted + audit + exonerating).audit ==
        AdoptionAudit{"0123456789abcdef0123456789abcdef", "2026-01-30", "r", "s", {}});
  const std::string untold = audit + "untold = [\"known\"]\n";
  CHECK(parsed(head + adopted + untold + exonerating).audit.untold ==
        std::vector<std::string>{"known"});
  CHECK(complaint(head + adopted + audit + "untold = [\"knwn\"]\n" + exonerating)
            .find("error: untold names the rule 'knwn', which the set does not have; did you mean "
                  "'known'?\n") != std::string::npos);
  CHECK(complaint(head + audit + exonerating)
            .ends_with("error: an audit without adopted_by: it is kept with the name of the person "
                       "who took the set on\n  [ruleset.audit]\n  ^\n"));
  CHECK(complaint(head + adopted + "[ruleset.audit]\ndigest = \"x\"\n" + exonerating)
            .find("error: a digest is 32 hexadecimal digits\n  digest = \"x\"\n           ^\n") !=
        std::string::npos);
}

TEST_CASE("a fitted set is inert until it is adopted, whoever wrote it", "[risk][exact]") {
  RuleSet set = parsed(head + "tuned_on = \"t.csv; drawn\"\n" + exonerating);
  CHECK(set.tuned_on == "t.csv; drawn");
  CHECK(is_inert(set));
  CHECK(inert_complaint(set) ==
        "'" + set.name + "' (" + set.version +
            ") was fitted by a program and adopted by nobody: it is inert until a named person "
            "adopts it, with `corridor rules adopt`");
  set.adopted_by = "A. Person";
  CHECK_FALSE(is_inert(set));
  CHECK(inert_complaint(set).empty());
  CHECK_FALSE(is_inert(parsed(head + exonerating)));  // by hand
}

TEST_CASE("a set says when it is about another subject than the wanted one", "[risk][exact]") {
  RuleSet set = parsed(head + exonerating);
  set.name = "Cards";
  CHECK(subject_complaint(set, Subject::traveller).empty());
  CHECK(subject_complaint(set, Subject::consignment) ==
        "'Cards' is a set of rules about travellers, and consignments are scored here: name rules "
        "with subject = \"consignment\"");
  set.subject = Subject::consignment;
  CHECK(subject_complaint(set, Subject::traveller) ==
        "'Cards' is a set of rules about consignments, and travellers are scored here: name rules "
        "with subject = \"traveller\", which is the default");
}

TEST_CASE("a plain reason stands for both languages", "[risk][exact]") {
  CHECK(parsed(head + exonerating).rules[0].reason_fr == "Because");
}

TEST_CASE("a fault in a condition has its line, column and caret", "[risk][errors][exact]") {
  CHECK(complaint(head + exonerating + rule("a", "\"x1 and nigths > 3\"")) ==
        "cards.toml:17:16: error: unknown feature 'nigths'; did you mean 'nights'?\n"
        "  when = \"x1 and nigths > 3\"\n"
        "                 ^\n");
  CHECK(complaint(head + exonerating +
                  rule("a", "'''\nx1 and\n  (nationality == 'AAA'\n or x2)'''")) ==
        "cards.toml:19:4: error: nationality is reserved for the audit and cannot be scored\n"
        "    (nationality == 'AAA'\n"
        "     ^\n");
  // Escapes and continued lines are followed.
  CHECK(complaint(head + exonerating + rule("a", "\"\\u0078\\u0031 and religion\"")) ==
        "cards.toml:17:26: error: 'religion' cannot be scored: criteria are in no circumstances "
        "based on race or ethnic origin, political opinion, religion or belief, union membership, "
        "health, sexual life or orientation (Directive (EU) 2016/681, Article 6(4))\n"
        "  when = \"\\u0078\\u0031 and religion\"\n"
        "                           ^\n");
  CHECK(complaint(head + exonerating + rule("a", "\"\"\"\nx1 and \\\n   x9\"\"\"")) ==
        "cards.toml:19:4: error: unknown feature 'x9'; did you mean 'x1'?\n"
        "     x9\"\"\"\n"
        "     ^\n");
}

TEST_CASE("all complaints of a rule file come at once", "[risk][errors][exact]") {
  CHECK(
      complaint("[ruleset]\nname = \"n\"\ncombine = \"aditive\"\nscope = 1\n"
                "let = [\"nights = 1 in 0..2\", \"cut = 5 in 0..2\"]\n"
                "[ruleset.groups]\ng = { max = -3 }\n"
                "[[rule]]\nid = \"a\"\nwhen = \"document == 'invalid'\"\nscore = 20000\n"
                "reasn = \"x\"\nstage = [\"bookin\", \"booking\"]\npurpose = \"\"\nowner = 3\n"
                "group = \"h\"\nvalid_to = \"2026-02-30\"\nreview_by = 2026-12-31\n"
                "[[rule]]\nid = \"a\"\n") ==
      "cards.toml:1:1: error: [ruleset] has no version\n"
      "  [ruleset]\n  ^\n"
      "cards.toml:1:1: error: no exonerating rule: at least one rule must lower the score (a "
      "negative score), so that what speaks for a person counts too\n"
      "  [ruleset]\n  ^\n"
      "cards.toml:3:11: error: combine = 'aditive'; did you mean 'additive'?\n"
      "  combine = \"aditive\"\n            ^\n"
      "cards.toml:4:1: error: unknown key 'scope' in [ruleset]; known here: 'about', "
      "'adopted_by', 'adopted_on', 'audit', 'base', 'combine', 'groups', 'let', 'name', 'subject', "
      "'tuned_on' and 'version'\n"
      "  scope = 1\n  ^\n"
      "cards.toml:5:8: error: 'nights' is the name of a feature; a parameter needs another\n"
      "  let = [\"nights = 1 in 0..2\", \"cut = 5 in 0..2\"]\n         ^\n"
      "cards.toml:5:37: error: cut = 5 is outside 0..2\n"
      "  let = [\"nights = 1 in 0..2\", \"cut = 5 in 0..2\"]\n"
      "                                      ^\n"
      "cards.toml:7:13: error: max = -3; allowed is a whole number in [0, 1000000]\n"
      "  g = { max = -3 }\n              ^\n"
      "cards.toml:8:1: error: rule 'a' has no reason\n"
      "  [[rule]]\n  ^\n"
      "cards.toml:8:1: error: rule 'a' has no basis\n"
      "  [[rule]]\n  ^\n"
      "cards.toml:10:9: error: document is known from check-in on, and this rule counts at "
      "booking\n"
      "  when = \"document == 'invalid'\"\n          ^\n"
      "cards.toml:11:9: error: score = 20000; allowed is a whole number in [-10000, 10000]\n"
      "  score = 20000\n          ^\n"
      "cards.toml:12:1: error: unknown key 'reasn' in rule 'a'; did you mean 'reason'?\n"
      "  reasn = \"x\"\n  ^\n"
      "cards.toml:13:10: error: stage = 'bookin'; did you mean 'booking'?\n"
      "  stage = [\"bookin\", \"booking\"]\n           ^\n"
      "cards.toml:14:11: error: purpose is empty\n"
      "  purpose = \"\"\n            ^\n"
      "cards.toml:15:9: error: owner is a whole number; allowed is text in quotes\n"
      "  owner = 3\n          ^\n"
      "cards.toml:16:9: error: group = 'h'; did you mean 'g'?\n"
      "  group = \"h\"\n          ^\n"
      "cards.toml:17:12: error: valid_to = '2026-02-30' is no date that exists; dates are written "
      "as 2026-12-31\n"
      "  valid_to = \"2026-02-30\"\n             ^\n"
      "cards.toml:19:1: error: rule 'a' has no stage\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no when\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no score\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no reason\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no purpose\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no basis\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no owner\n  [[rule]]\n  ^\n"
      "cards.toml:19:1: error: rule 'a' has no review_by\n  [[rule]]\n  ^\n"
      "cards.toml:20:6: error: there is another rule 'a', in line 8\n"
      "  id = \"a\"\n       ^\n");
}

TEST_CASE("files that are no rule files are refused", "[risk][errors][exact]") {
  CHECK(complaint("") ==
        "cards.toml:1:1: error: the file has no ruleset\n  \n  ^\n"
        "cards.toml:1:1: error: the file has no rule\n  \n  ^\n");
  CHECK(complaint("name = \"\xFF\"") ==
        "cards.toml:1:9: error: not UTF-8; save the file as UTF-8 text\n  name = \"?\"\n          "
        "^\n");
  CHECK(complaint("name = ") ==
        "cards.toml:1:8: error: not TOML: key-value pair: encountered end-of-file\n"
        "  name = \n         ^\n");
  CHECK(complaint(std::string(most_rule_file_bytes + 1, '#')) ==
        "cards.toml: error: larger than 1 MiB, which no rule file is\n");
  CHECK(complaint(head + exonerating + rule("big", "\"" + std::string(1'000'000, 'x') + "\""))
            .starts_with("cards.toml:17:8: error: the condition has 1000000 bytes; allowed are "
                         "16384\n"));
  std::string many = head;
  for (int i = 0; i < 501; ++i) many += rule("r" + std::to_string(i), "\"x1\"", -1);
  CHECK(complaint(many).starts_with("cards.toml:5005:1: error: 501 rules; allowed are 500\n"));
  std::string rubbish;
  for (int i = 0; i < 1000; ++i) rubbish += "k" + std::to_string(i) + " = 1\n";
  CHECK(complaint(rubbish).ends_with(
      "cards.toml: error: more than 199 problems; the rest is not shown\n"));
}

TEST_CASE("Windows line ends change nothing", "[risk][relation]") {
  std::string windows;
  for (const char c : head + exonerating) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(parsed(windows) == parsed(head + exonerating));
}

TEST_CASE("a byte order mark is refused, in TOML and in JSON", "[risk][errors][exact]") {
  CHECK(complaint("\xEF\xBB\xBF" + head + exonerating) ==
        "cards.toml:1:1: error: a byte order mark; save the file as UTF-8 without it\n"
        "  [ruleset]\n  ^\n");
  CHECK_THROWS_WITH(
      parse_rule_set_json("\xEF\xBB\xBF{}", "cards.json", shipped_catalogue()),
      "cards.json:1:1: error: a byte order mark; save the file as UTF-8 without it\n  {}\n  ^\n");
}

TEST_CASE("a rule set survives its text and its JSON", "[risk][property]") {
  CHECK(rc::check("read(write(s)) == s", [] {
    const RuleSet set = corridor::test::random_rule_set(shipped_catalogue());
    check(set, shipped_catalogue());
    const std::string text = rule_set_text(set, shipped_catalogue());
    RC_LOG() << text << "\n";
    const RuleSet back = parse_rule_set(text, "t", shipped_catalogue());
    RC_ASSERT(back == set);
    RC_ASSERT(rule_set_text(back, shipped_catalogue()) == text);
    const std::string json = rule_set_json(set, shipped_catalogue());
    const RuleSet other = parse_rule_set_json(json, "t", shipped_catalogue());
    RC_ASSERT(other == set);
  }));
}

TEST_CASE("a set made by a program is checked like a file", "[risk][errors][exact]") {
  RuleSet set = parsed(head + exonerating);
  const auto wrong = [&] {
    try {
      check(set, shipped_catalogue());
    } catch (const RuleError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(wrong().empty());
  set.rules[0].when = "earlier_trips >= 6";
  CHECK(wrong() ==
        "rule set 'cards': error: rule 'known': its text says something else than its condition\n");
  set.rules[0].when.clear();
  CHECK(wrong().empty());
  set.rules[0].condition.arguments[0].index = 999;
  CHECK(wrong() == "rule set 'cards': error: rule 'known': a feature that does not exist\n");
  set.rules[0].condition.arguments.pop_back();
  CHECK(wrong() ==
        "rule set 'cards': error: rule 'known': an operation has a wrong number of arguments\n");
  set.rules[0].group = 0;
  CHECK(
      wrong().starts_with("rule set 'cards': error: rule 'known': a group that does not exist\n"));
  // A protected feature cannot be smuggled in as a number.
  set = parsed(head + exonerating);
  set.rules[0].when.clear();
  Node& condition = set.rules[0].condition;
  condition = Node{};
  condition.op = Op::missing;
  condition.arguments.resize(1);
  condition.arguments[0].op = Op::feature;
  condition.arguments[0].type = ValueType::category;
  condition.arguments[0].index = static_cast<std::uint32_t>(at(Column::nationality));
  CHECK(wrong() ==
        "rule set 'cards':8:17: error: nationality is reserved for the audit and cannot be scored\n"
        "  when = \"missing(nationality)\"\n                  ^\n");
}

TEST_CASE("the file's name tells its form", "[risk][exact]") {
  const auto folder = std::filesystem::temp_directory_path() / "corridor_rule_set_text";
  std::filesystem::create_directories(folder);
  const RuleSet set = parsed(head + exonerating);
  std::ofstream(folder / "a.toml") << rule_set_text(set, shipped_catalogue());
  std::ofstream(folder / "a.json") << rule_set_json(set, shipped_catalogue());
  CHECK(load_rule_set(folder / "a.toml", shipped_catalogue()) == set);
  CHECK(load_rule_set(folder / "a.json", shipped_catalogue()) == set);
  CHECK_THROWS_AS(load_rule_set(folder / "b.toml", shipped_catalogue()), corridor::sim::UserError);
  CHECK_THROWS_AS(load_rule_set(folder, shipped_catalogue()), corridor::sim::UserError);
  std::filesystem::remove_all(folder);
}

TEST_CASE("JSON gets the same complaints, with their places", "[risk][errors][exact]") {
  const std::string good = rule_set_json(parsed(head + exonerating), shipped_catalogue());
  std::string wrong = good;
  wrong.replace(wrong.find("earlier_trips"), 13, "earlier_trip");
  CHECK(complaint(wrong, true) ==
        "cards.json:10:16: error: unknown feature 'earlier_trip'; did you mean 'earlier_trips'?\n"
        "        \"when\": \"earlier_trip >= 5\",\n"
        "                 ^\n");
  wrong = good;
  wrong.replace(wrong.find("\"score\": -5"), 11, "\"score\":-5.5");
  CHECK(complaint(wrong, true) ==
        "cards.json:2:14: error: no exonerating rule: at least one rule must lower the score (a "
        "negative score), so that what speaks for a person counts too\n"
        "    \"ruleset\": {\n               ^\n"
        "cards.json:11:15: error: score is a real number; allowed is a whole number in [-10000, "
        "10000]\n"
        "        \"score\":-5.5,\n                ^\n");
  CHECK(complaint("{\"rule\": [], \"rule\": [}", true) ==
        "cards.json:1:14: error: the key 'rule' stands twice\n"
        "  {\"rule\": [], \"rule\": [}\n               ^\n"
        "cards.json:1:23: error: not JSON: while parsing value - unexpected '}'; expected '[', "
        "'{', or a literal\n"
        "  {\"rule\": [], \"rule\": [}\n                        ^\n");
  CHECK(complaint("[1, 2]", true) ==
        "cards.json:1:1: error: a rule file is a table with 'ruleset' and 'rule'\n  [1, 2]\n  ^\n");
  CHECK(complaint(std::string(100'000, '['), true) ==
        "cards.json:1:9: error: tables and lists nest too deep for a rule file\n  " +
            std::string(68, '[') + "...\n          ^\n");
  CHECK(complaint("{\"a\": 1, \"a\": 2}", true)
            .find("cards.json:1:10: error: the key 'a' stands twice\n") != std::string::npos);
}
