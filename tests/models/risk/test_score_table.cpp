// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "models/risk/record_table.hpp"
#include "models/risk/reference.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/risk/score_table.hpp"

namespace {

using namespace corridor::risk;

constexpr const char* rules = R"([ruleset]
name = "cards"
version = "1"
combine = "additive"
base = 3
[ruleset.groups]
pay = { max = 20 }
[[rule]]
id = "late-cash"
when = "lead_days <= 2 and payment == 'cash'"
score = 15
group = "pay"
reason = "Late and in cash"
stage = ["booking", "arrival"]
purpose = "p"
basis = "b"
owner = "o"
review_by = 2030-12-31
[[rule]]
id = "cash"
when = "payment == 'cash'"
score = 10
group = "pay"
on_missing = "refer"
reason = "Cash"
stage = ["arrival"]
purpose = "p"
basis = "b"
owner = "o"
review_by = 2030-12-31
[[rule]]
id = "regular"
when = "earlier_trips >= 5"
score = -5
reason = "Regular"
stage = ["arrival"]
purpose = "p"
basis = "b"
owner = "o"
review_by = 2030-12-31
valid_to = 2026-06-30
)";

RuleSet rule_set() { return parse_rule_set(rules, "rules.toml", shipped_catalogue()); }

struct Scored {
  std::string text;
  ScoreSummary summary;
};
Scored scored(const std::string& table, bool reasons, std::size_t block_rows = 4096,
              const std::string& date = "2026-01-01") {
  TableOptions options;
  options.date = date;
  options.block_rows = block_rows;
  const auto source = read_record_text(table, "t.csv", shipped_schema(), options);
  Scored out;
  out.summary = score_records(*source, rule_set(), reasons,
                              [&](std::string_view lines) { out.text += lines; });
  return out;
}

constexpr const char* table =
    "payment,id,lead_days,earlier_trips,stage\n"
    "cash,\"r,1\",1,7,arrival\n"
    ",r2,1,,arrival\n"
    "card,r3,100,0,booking\n"
    "cash,r4,2,0,booking\n";

const std::string statement =
    ",synthetic records under the shipped feature catalogue of Corridor\n";

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) out.push_back(part);
  return out;
}

}  // namespace

TEST_CASE("each record gets a row with its score, fired rules and reasons", "[risk][exact]") {
  CHECK(scored(table, false).text ==
        "id,stage,score,fired,referred,statement\n"
        "\"r,1\",arrival,18,late-cash;cash;regular,0" +
            statement + "r2,arrival,3,,1" + statement + "r3,booking,3,,0" + statement +
            "r4,booking,18,late-cash,0" + statement);
  // 15 and 10 under a cap of 20: 12 and 8.
  CHECK(scored(table, true).text ==
        "id,stage,score,fired,referred,reasons,referred_by,statement\n"
        "\"r,1\",arrival,18,late-cash;cash;regular,0,(base)=3;late-cash=12;cash=8;regular=-5," +
            statement + "r2,arrival,3,,1,(base)=3,cash" + statement + "r3,booking,3,,0,(base)=3," +
            statement + "r4,booking,18,late-cash,0,(base)=3;late-cash=15," + statement);
}

TEST_CASE("the summary counts scores, fired rules and what was not known", "[risk][exact]") {
  const ScoreSummary s = scored(table, false).summary;
  CHECK(s.records == 4);
  CHECK(s.referred == 1);
  CHECK(s.lowest() == 3);
  CHECK(s.median() == 10.5);
  CHECK(s.highest() == 18);
  CHECK((s.rules[0].fired == 2 && s.rules[0].unknown == 1));
  CHECK((s.rules[1].fired == 1 && s.rules[1].unknown == 1));
  CHECK((s.rules[2].fired == 1 && s.rules[2].unknown == 1 && s.rules[2].in_force));
  const ScoreSummary later = scored(table, false, 4096, "2026-07-01").summary;
  CHECK((later.rules[2].fired == 0 && !later.rules[2].in_force));
  CHECK(later.highest() == 23);
  CHECK(scored("payment,lead_days,earlier_trips\n", false).text ==
        "id,stage,score,fired,referred,statement\n");
}

TEST_CASE("scores do not depend on blocks, equal the plain meaning, and shares add up to them",
          "[risk][property]") {
  CHECK(rc::check("random tables", [] {
    std::string bytes = "payment,lead_days,earlier_trips,stage\n";
    const auto n = *rc::gen::inRange<std::size_t>(1, 30);
    for (std::size_t i = 0; i < n; ++i)
      bytes += *rc::gen::element<std::string>("", "cash", "card") + "," +
               *rc::gen::element<std::string>("", "1", "2", "3") + "," +
               *rc::gen::element<std::string>("", "4", "5") + "," +
               *rc::gen::element<std::string>("booking", "check-in", "arrival") + "\n";
    const Scored all = scored(bytes, true);
    RC_ASSERT(scored(bytes, true, *rc::gen::inRange<std::size_t>(1, 9)).text == all.text);
    TableOptions options;
    options.date = "2026-01-01";
    const auto source = read_record_text(bytes, "t.csv", shipped_schema(), options);
    RecordBlock block;
    RC_ASSERT(source->next(block));
    const std::vector<std::string> lines = split(all.text, '\n');
    for (std::size_t row = 0; row < n; ++row) {
      const std::vector<std::string> fields = split(lines[row + 1], ',');
      const Reasons plain = evaluate(rule_set(), shipped_catalogue(), "2026-01-01",
                                     static_cast<Stage>(block.stage[row]), block.features, row);
      RC_ASSERT(std::stoi(fields[2]) == plain.score);
      RC_ASSERT(fields[4] == (plain.referred.empty() ? "0" : "1"));
      int sum = 0;
      for (const std::string& share : split(fields[5], ';'))
        sum += std::stoi(share.substr(share.find('=') + 1));
      RC_ASSERT(sum == plain.score);
    }
  }));
}
