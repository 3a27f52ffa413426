// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "models/risk/expression_text.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/risk/rule_problem.hpp"
#include "tests/support/random_rules.hpp"

namespace {

using namespace corridor::risk;

const std::vector<RuleParameter> parameters{{"cut", 2, 0, 10}};

Scope scope() { return {shipped_catalogue(), parameters, Subject::traveller}; }

Node parsed(std::string_view text) {
  std::vector<ExpressionProblem> problems;
  const auto node = parse_expression(text, scope(), problems);
  INFO(text << ": " << (problems.empty() ? "" : problems[0].message));
  REQUIRE(node);
  REQUIRE(problems.empty());
  return *node;
}

/// Each problem as "offset: message".
std::vector<std::string> problems_of(std::string_view text, Subject subject = Subject::traveller) {
  std::vector<ExpressionProblem> problems;
  const auto node = parse_expression(text, {shipped_catalogue(), parameters, subject}, problems);
  CHECK(node.has_value() == problems.empty());
  std::vector<std::string> out;
  for (const auto& p : problems) out.push_back(std::to_string(p.offset) + ": " + p.message);
  return out;
}

using Texts = std::vector<std::string>;

std::string again(std::string_view text) { return to_text(parsed(text), scope()); }

}  // namespace

TEST_CASE("not binds tighter than and, and tighter than or", "[risk][exact]") {
  const Node node = parsed("not x1 and x2 or x3");
  REQUIRE(node.op == Op::logical_or);
  REQUIRE(node.arguments[0].op == Op::logical_and);
  CHECK(node.arguments[0].arguments[0].op == Op::logical_not);
  CHECK(node.arguments[1].index == at(Column::x3));
  CHECK(parsed("x1 and x2 and x3").arguments.size() == 3);
  CHECK(parsed("(x1 and x2) and x3").arguments.size() == 2);
}

TEST_CASE("arithmetic is done in the order written", "[risk][exact]") {
  CHECK(parsed("nights - party - legs > 1") == parsed("(nights - party) - legs > 1"));
  CHECK_FALSE(parsed("nights - party - legs > 1") == parsed("nights - (party - legs) > 1"));
  CHECK(parsed("nights + party * legs > 1") == parsed("nights + (party * legs) > 1"));
  CHECK(parsed("-nights * 2 < 1").arguments[0].arguments[0].op == Op::negate);
  CHECK(parsed("2 * nights > -3").arguments[1].value == -3);
  CHECK(parsed("nights > -(3)").arguments[1].op == Op::negate);
}

TEST_CASE("a category test keeps the rows of its values", "[risk][exact]") {
  const Node node = parsed("itinerary_fit in {'low', 'high'}");
  CHECK(node.op == Op::in_set);
  CHECK(node.arguments.size() == 1);
  CHECK(node.codes == std::vector<std::uint8_t>{2, 0});
  CHECK(parsed("'low' == itinerary_fit") == parsed("itinerary_fit == 'low'"));
  CHECK(parsed("nights not in {1, cut, 2}") == parsed("not nights in {1, cut, 2}"));
}

TEST_CASE("nodes know their place", "[risk][exact]") {
  const Node node = parsed("x1 and\n  (nights > 3)");
  CHECK(node.arguments[1].line == 2);
  CHECK(node.arguments[1].column == 4);
}

TEST_CASE("a condition is written with no parenthesis too many", "[risk][exact]") {
  for (const std::string text : {"x1",
                                 "not x1",
                                 "not (x1 and x2)",
                                 "(x1 or x2) and x3",
                                 "x1 or x2 and x3",
                                 "nights - (party - legs) > cut",
                                 "nights / (2 * party) <= 0.5",
                                 "-(nights + 1) < --3",
                                 "nights not in {1, 2.5, cut}",
                                 "itinerary_fit not in {'low', 'high'}",
                                 "2 of (x1, x2 and x3, nights > 4)",
                                 "missing(itinerary_fit) or x1",
                                 "min(nights, 3) + abs(-nights) >= log1p(lead_days)",
                                 "nights between 1 and 3 and x1",
                                 "not nights > 3",
                                 "not not x1",
                                 "2 * nights not between cut and 1e+300",
                                 "(x1 and x2) and x3",
                                 "nights > -(3)",
                                 "true or false",
                                 "itinerary_fit != 'low'",
                                 "- nights < 0"}) {
    if (text == "- nights < 0")
      CHECK(again(text) == "-nights < 0");
    else
      CHECK(again(text) == text);
  }
  CHECK(again("((nights)) > (((3)))") == "nights > 3");
  CHECK(again("((x1) and ((x2 or (x3))))") == "x1 and (x2 or x3)");
}

TEST_CASE("what is written is read as the same condition", "[risk][property]") {
  CHECK(rc::check("parse(to_text(n)) == n", [] {
    const corridor::test::RandomConditions random(shipped_catalogue(), parameters.size());
    const Node node = random.boolean(*rc::gen::inRange(0, 6));
    const std::string text = to_text(node, scope());
    std::vector<ExpressionProblem> problems;
    const auto back = parse_expression(text, scope(), problems);
    if (!back && !problems.empty() && problems[0].code.starts_with("too-")) return;
    RC_LOG() << text << "\n" << (problems.empty() ? "" : problems[0].message) << "\n";
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == node);
    // No parenthesis can be left out: without any pair the text means something else, or nothing.
    for (std::size_t open = 0; open < text.size(); ++open) {
      if (text[open] != '(' ||
          (open > 0 && text[open - 1] != ' ' && text[open - 1] != '(' && text[open - 1] != '-'))
        continue;
      if (open >= 3 && text.substr(open - 3, 3) == "of ") continue;
      std::size_t close = open, depth = 0;
      do {
        depth += text[close] == '(' ? 1U : 0U;
        depth -= text[close] == ')' ? 1U : 0U;
      } while (depth > 0 && ++close < text.size());
      std::string bare = text;
      bare.erase(close, 1).erase(open, 1);
      const auto other = parse_expression(bare, scope(), problems);
      RC_ASSERT(!other || !(*other == node));
    }
  }));
}

TEST_CASE("a wrong condition gets a message with its place", "[risk][errors][exact]") {
  CHECK(problems_of("") == Texts{"0: the condition is empty"});
  CHECK(problems_of("nigths > 3") == Texts{"0: unknown feature 'nigths'; did you mean 'nights'?"});
  CHECK(problems_of("qqqqqqq") ==
        Texts{"0: unknown feature 'qqqqqqq'; `corridor features` lists them"});
  CHECK(problems_of("abz(nights) > 3") == Texts{"0: unknown function 'abz'; did you mean 'abs'?"});
  CHECK(problems_of("sqrt(nights) > 3") ==
        Texts{"0: unknown function 'sqrt'; known are 'missing', 'min', 'max', 'abs' and 'log1p'"});
  CHECK(problems_of("itinerary_fit == 'lo'") ==
        Texts{"17: 'lo' is no value of itinerary_fit; did you mean 'low'?"});
  CHECK(problems_of("itinerary_fit == 'poor'") ==
        Texts{"17: 'poor' is no value of itinerary_fit; allowed are 'high', 'medium' and 'low'"});
  CHECK(problems_of("x1 and itinerary_fit == 'low") ==
        Texts{"24: this quote is never closed; a text ends with ' on the same line"});
  CHECK(problems_of("(x1 or x2") == Texts{"0: this '(' is never closed"});
  CHECK(problems_of("x1)") == Texts{"2: ')' closes nothing"});
  CHECK(problems_of("nights in {1, 2") == Texts{"10: this '{' is never closed"});
  CHECK(problems_of("x1 x2") ==
        Texts{"3: 'x2' cannot stand here; conditions are joined by 'and' or 'or'"});
  CHECK(problems_of("x1 and") == Texts{"6: expected a name, a number or '(', found the end"});
  CHECK(problems_of("1 < nights < 3") ==
        Texts{"11: comparisons do not chain; write 'x between 1 and 3', or join two with 'and'"});
  CHECK(problems_of("nights = 3") == Texts{"7: '=' is not of this language; write '=='"});
  CHECK(problems_of("x1 && x2") == Texts{"3: '&&' is not of this language; write 'and'"});
  CHECK(problems_of("x1 and \xC3\xA9") == Texts{"7: '\xC3\xA9' is not of this language"});
  CHECK(problems_of("nights > 3days") ==
        Texts{"9: '3days' is neither a number nor a name; a name begins with a letter, and a unit "
              "is not written"});
  CHECK(problems_of("nights > 1e999") == Texts{"9: '1e999' is beyond the range of numbers"});
  CHECK(problems_of("4 of (x1, x2)") ==
        Texts{"0: '4' of 2 conditions; allowed is a whole number from 1 to 2"});
  CHECK(problems_of("abs(nights, 3) > 1") == Texts{"12: abs takes one argument, not 2"});
  CHECK(problems_of("missing(cut)") == Texts{"8: cut is a parameter, which is never missing"});
}

TEST_CASE("types are checked, and all faults of a condition are told", "[risk][errors][exact]") {
  CHECK(problems_of("nights") ==
        Texts{"0: nights is a number and no condition by itself; compare it, as in nights > 1"});
  CHECK(problems_of("itinerary_fit") ==
        Texts{"0: itinerary_fit is a category and no condition by itself; compare it, as in "
              "itinerary_fit == 'high'"});
  CHECK(problems_of("nights == 'low'") ==
        Texts{"10: nights is a number and cannot be compared with the text 'low'"});
  CHECK(problems_of("itinerary_fit < 'low'") ==
        Texts{"0: itinerary_fit is a category, which has no order; use ==, != or in"});
  CHECK(problems_of("itinerary_fit == 3") ==
        Texts{"17: itinerary_fit is a category and compares with texts only, of 'high', 'medium' "
              "and 'low'"});
  CHECK(
      problems_of("x1 == true") ==
      Texts{"0: x1 is true or false and is not compared; write it by itself, or 'not' before it"});
  CHECK(problems_of("nights + x1 > 3") ==
        Texts{"9: x1 is true or false, where a number must stand"});
  CHECK(problems_of("nights in {1, party}") ==
        Texts{"14: party is a feature; a set holds numbers, texts or parameters"});
  CHECK(problems_of("nigths > 3 and legs == 'x' or not party") ==
        Texts{"0: unknown feature 'nigths'; did you mean 'nights'?",
              "23: legs is a number and cannot be compared with the text 'x'",
              "34: party is a number and no condition by itself; compare it, as in party > 1"});
  CHECK(problems_of("seal == 'broken'") ==
        Texts{"0: seal is a feature of a consignment, and the subject of this rule set is a "
              "traveller"});
  CHECK(problems_of("seal == 'broken'", Subject::consignment).empty());
}

TEST_CASE("a feature is compared with numbers that it can be", "[risk][errors][exact]") {
  CHECK(problems_of("lead_days > 100000") ==
        Texts{"12: 100000 is outside what lead_days can be; allowed is [0, 400] day"});
  CHECK(problems_of("-1 < legs and detour == 0.5") ==
        Texts{"0: -1 is outside what legs can be; allowed is [1, 3]",
              "24: 0.5 is outside what detour can be; allowed is [1, 300]"});
  CHECK(problems_of("nights between 0 and 400") ==
        Texts{"15: 0 is outside what nights can be; allowed is [1, 364] day",
              "21: 400 is outside what nights can be; allowed is [1, 364] day"});
  CHECK(problems_of("legs not in {1, 4, cut, -2}") ==
        Texts{"16: 4 is outside what legs can be; allowed is [1, 3]",
              "24: -2 is outside what legs can be; allowed is [1, 3]"});
  // The ends are allowed, and so is what no single feature is compared with.
  CHECK(problems_of("nights >= 1 and nights != 364 and lead_days in {0, 400}").empty());
  CHECK(problems_of("nights + lead_days > 10000 or nights > cut").empty());
}

TEST_CASE("a division by what can be only 0 is refused", "[risk][errors][exact]") {
  const std::string why = ": this can be nothing but 0, and a division by 0 is always missing";
  CHECK(problems_of("nights / 0 > 3") == Texts{"9" + why});
  CHECK(problems_of("x1 or nights / (2 * (1 - 1) + min(0, legs)) > 3") == Texts{"16" + why});
  CHECK(problems_of("nights / (party - 1) > 3").empty());  // often 0, not always
  CHECK(problems_of("nights / cut > 3").empty());          // a parameter may be tuned
}

TEST_CASE("protected and personal data are refused with the reason", "[risk][errors][exact]") {
  CHECK(problems_of("nationality in {'AAA', 'BBB'}") ==
        Texts{"0: nationality is reserved for the audit and cannot be scored"});
  CHECK(problems_of("age_band == '60+' or sex == 'male'") ==
        Texts{"0: age_band is reserved for the audit and cannot be scored",
              "21: sex is reserved for the audit and cannot be scored"});
  for (const std::string name :
       {"religion", "ethnicity", "ethnic_origin", "health_status", "union_member",
        "political_opinion", "is_Muslim", "sexual_orientation"}) {
    CHECK(problems_of(name) ==
          Texts{"0: '" + name +
                "' cannot be scored: criteria are in no circumstances based on race or ethnic "
                "origin, political opinion, religion or belief, union membership, health, sexual "
                "life or orientation (Directive (EU) 2016/681, Article 6(4))"});
  }
  CHECK(problems_of("citizenship == 'AAA'") ==
        Texts{"0: 'citizenship' cannot be scored: nationality, residence, birthplace, sex and age "
              "are reserved for the audit, so that criteria stay targeted, proportionate and "
              "specific (Directive (EU) 2016/681, Article 6(4))"});
  CHECK(problems_of("x1 and departure in {'AAA','BBB'}") ==
        Texts{"7: 'departure' with a list of countries cannot be scored: geography enters only as "
              "the class of a route in a dated, sourced threat assessment (route_class)"});
  CHECK(problems_of("country_of_origin == 'x'") ==
        Texts{"0: 'country_of_origin' cannot be scored: geography enters only as the class of a "
              "route in a dated, sourced threat assessment (route_class)"});
  CHECK(problems_of("passport_number == '1'") ==
        Texts{"0: 'passport_number' would identify a person: this tool is not for real persons, "
              "and no rule reads who somebody is"});
  // A slip of the pen in a lawful name is a slip of the pen.
  CHECK(problems_of("parti > 2") == Texts{"0: unknown feature 'parti'; did you mean 'party'?"});
}

TEST_CASE("no condition is too large or too deep to be refused", "[risk][errors][exact]") {
  const std::string too_deep =
      ": the condition goes deeper than 64 levels; split it, or use fewer "
      "parentheses";
  CHECK(problems_of(std::string(8'000, '(') + "x1" + std::string(8'000, ')')) ==
        Texts{"64" + too_deep});
  CHECK(problems_of(std::string(10'000, '(') + "x1" + std::string(10'000, ')')) ==
        Texts{"0: the condition has 20002 bytes; allowed are 16384"});
  CHECK(problems_of(std::string(10'000, '(')) == Texts{"64" + too_deep});
  CHECK(problems_of(std::string(63, '(') + "x1" + std::string(63, ')')).empty());
  std::string nots, minus = "nights > ", sum = "1", wide = "x1";
  for (int i = 0; i < 2000; ++i) nots += "not ";
  for (int i = 0; i < 2000; ++i) minus += "- ";
  for (int i = 0; i < 2000; ++i) sum += "+1";
  for (int i = 0; i < 2500; ++i) wide += " or x2";
  CHECK(problems_of(nots + "x1") == Texts{"252" + too_deep});
  CHECK(problems_of(minus + "1") == Texts{"135" + too_deep});
  CHECK(problems_of(sum + " > nights") == Texts{"0" + too_deep});
  CHECK(problems_of(wide) ==
        Texts{"12000: the condition has more than 2000 names, numbers and operators; split it"});
  CHECK(problems_of(std::string(1 << 20, 'x')) ==
        Texts{"0: the condition has 1048576 bytes; allowed are 16384"});
}

TEST_CASE("a parameter is read with its range", "[risk][exact]") {
  std::vector<ExpressionProblem> problems;
  CHECK(parse_parameter("let cut = 2 in 0..10", problems) == RuleParameter{"cut", 2, 0, 10});
  CHECK(parse_parameter("cut = -0.5 in -1..1e3", problems) == RuleParameter{"cut", -0.5, -1, 1000});
  CHECK(to_text(RuleParameter{"cut", -0.5, -1, 1000}) == "cut = -0.5 in -1..1000");
  CHECK(problems.empty());
  const auto wrong = [&](std::string_view text) {
    problems.clear();
    CHECK_FALSE(parse_parameter(text, problems));
    return problems.at(0).message;
  };
  CHECK(wrong("cut = 12 in 0..10") == "cut = 12 is outside 0..10");
  CHECK(wrong("cut = 1 in 10..0") == "the range ends before it begins");
  CHECK(wrong("cut = 1") ==
        "expected 'in' before the range, as in 'cut = 2 in 0..10', found the "
        "end");
  CHECK(wrong("max = 1 in 0..2") ==
        "'max' is no name of a parameter; a parameter reads like 'cut = 2 in 0..10', its name of "
        "small letters, digits and _");
}

TEST_CASE("a caret stands under the place", "[risk][errors][exact]") {
  CHECK(excerpt("one\n\ttwo \xC3\xA9 three\n", {2, 8}) == "  \ttwo \xC3\xA9 three\n  \t      ^\n");
  const std::string line(300, 'a');
  CHECK(excerpt(line, {1, 151}) ==
        "  ..." + std::string(120, 'a') + "...\n" + std::string(65, ' ') + "^\n");
  CHECK(excerpt("x", {7, 1}).empty());
  CHECK(excerpt("ab\r\ncd", {1, 3}) == "  ab\n    ^\n");
}
