// SPDX-License-Identifier: Apache-2.0
#include "models/risk/backtest.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "models/risk/record_table.hpp"
#include "sim/error.hpp"
#include "tests/models/risk/drawn_records.hpp"

using namespace corridor;
using namespace corridor::risk;
using test::drawn_records;
using test::drawn_rule;
using test::drawn_rules;

namespace {

const std::string plain = drawn_rule("one", "s1", 10) + drawn_rule("four", "s4", -5);
const std::string better = plain + drawn_rule("two", "s2", 12);

BacktestOptions at(double capacity) {
  BacktestOptions o;
  o.capacity = capacity;
  return o;
}

}  // namespace

TEST_CASE("a set against itself differs in nothing at all", "[risk][exact]") {
  const RecordStore store = drawn_records(1, 5000, {}, 3);
  const Backtest b = backtest(drawn_rules(plain), drawn_rules(plain), store, at(0.05));
  CHECK(b.all.outcome == Outcome::same_selection);
  CHECK(b.all.records.first_only == 0);
  CHECK(b.all.records.second_only == 0);
  CHECK(b.all.recall_difference.estimate == 0);
  CHECK(b.all.p_value == 1);
  REQUIRE(b.by.size() == 2);
  for (const ChangesBy& by : b.by)
    for (const Change& row : by.rows) CHECK(row.outcome == Outcome::same_selection);
  for (const CurveRow& row : b.curve) {
    CHECK(row.hits_gained == 0);
    CHECK(row.hits_lost == 0);
    CHECK(row.champion.hits == row.challenger.hits);
  }
  for (const RuleEffect& r : b.rules) CHECK_FALSE(r.changed);
  CHECK(b.text().find("  exact p 1.0000: the same selection\n") != std::string::npos);
}

TEST_CASE("what a back-test counts adds up over posts, groups and the whole", "[risk][property]") {
  const RecordStore store = drawn_records(2, 6000, {}, 4);
  const Backtest b = backtest(drawn_rules(plain), drawn_rules(better), store, at(0.05));
  CHECK(b.all.records.n() == 6000);
  CHECK(b.all.hits.n() == store.hits());
  CHECK(b.all.gained.x == b.all.hits.second_only);
  CHECK(b.all.lost.x == b.all.hits.first_only);
  CHECK(b.all.records.first_only == b.all.records.second_only);  // the same capacity
  for (const ChangesBy& by : b.by) {
    std::int64_t records = 0, gained = 0, hits_lost = 0;
    for (const Change& row : by.rows) {
      records += row.records.n();
      gained += row.records.second_only;
      hits_lost += row.hits.first_only;
      CHECK(row.holm >= row.p_value);
    }
    CHECK(records == 6000);
    CHECK(gained == b.all.records.second_only);
    CHECK(hits_lost == b.all.hits.first_only);
  }
  // Only one rule differs: putting it in alone is the whole change.
  REQUIRE(b.rules[0].id == "two");
  REQUIRE(b.rules[0].alone);
  CHECK(b.rules[0].alone->flips == b.all.records.first_only + b.all.records.second_only);
  CHECK(b.rules[0].alone->hits_gained == b.all.hits.second_only);
  CHECK_FALSE(b.rules[1].changed);
}

TEST_CASE("the challenger's gain is the champion's loss when they change sides",
          "[risk][relation]") {
  const RecordStore store = drawn_records(3, 4000, {}, 2);
  const Backtest there = backtest(drawn_rules(plain), drawn_rules(better), store, at(0.1));
  const Backtest back = backtest(drawn_rules(better), drawn_rules(plain), store, at(0.1));
  CHECK(there.all.hits.second_only == back.all.hits.first_only);
  CHECK(there.all.p_value == back.all.p_value);
  CHECK(there.all.recall_difference.lower == Approx(-back.all.recall_difference.upper));
}

TEST_CASE("capacity opens post by post and hour by hour", "[risk][exact]") {
  RecordStore store = drawn_records(4, 100);
  for (std::size_t i = 0; i < 100; ++i) {
    store.post[i] = i < 70 ? 0 : 1;
    store.hour[i] = static_cast<std::int32_t>(i % 7);
  }
  std::vector<std::int32_t> scores(100);
  for (std::size_t i = 0; i < 100; ++i) scores[i] = static_cast<std::int32_t>(i % 10);
  const Selection s = Selector(store, scores).select(0.1);
  std::array<int, 2> places{};
  std::array<int, 7> hours{};
  for (std::size_t i = 0; i < 100; ++i) {
    places[store.post[i]] += s.selected[i];
    if (store.post[i] == 0) hours[static_cast<std::size_t>(store.hour[i])] += s.selected[i];
    if (i < 70 && s.selected[i] != 0) CHECK(scores[i] == 9);
  }
  CHECK(places == std::array<int, 2>{7, 3});
  CHECK(hours == std::array<int, 7>{1, 1, 1, 1, 1, 1, 1});
  // Post 1 has 4 or 5 people an hour, so that the third, fifth and seventh hour open a place.
  CHECK(s.cells == 10);
  SECTION("ties are counted and go by the lowest key") {
    std::fill(scores.begin(), scores.end(), 5);
    const Selection t = Selector(store, scores).select(0.1);
    CHECK(t.tied_in == 10);
    CHECK(t.tied > 70);
    for (std::size_t i = 0; i < 70; ++i)
      for (std::size_t j = 0; j < 70; ++j)
        if (store.hour[i] == store.hour[j] && t.selected[i] != 0 && t.selected[j] == 0)
          CHECK(store.tie[i] <= store.tie[j]);
  }
  SECTION("all and nobody") {
    CHECK(Selector(store, scores).select(1).places == 100);
    CHECK(Selector(store, scores).select(0).places == 0);
  }
}

// A against A with a rule of ratio 1 (s3) whose one point only parts equals: champion and
// challenger take the same numbers of each score, one by the draw, one by s3, and have the same
// expected hits. Given the hits that change hands, each goes either way with 1/2, so the exact test
// is wrong in at most 5 % of 400 seeds: 20, give or take 4 sqrt(400 0.05 0.95) = 17.4. With a rule
// of ratio 4 nearly all seeds differ. (At 12 points the irrelevant rule would push out people with
// s1: a real loss.)
TEST_CASE("an irrelevant rule is rarely taken for a difference and a good one is",
          "[risk][statistical]") {
  int wrong = 0, right = 0;
  BacktestOptions options = at(0.05);
  options.details = false;
  const RuleSet champion = drawn_rules(plain),
                irrelevant = drawn_rules(plain + drawn_rule("three", "s3", 1)),
                good = drawn_rules(better);
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const RecordStore store = drawn_records(1000 + seed, 3000);
    wrong += backtest(champion, irrelevant, store, options).all.p_value <= 0.05;
    if (seed < 40) right += backtest(champion, good, store, options).all.p_value <= 0.05;
  }
  CHECK(wrong <= 37);
  CHECK(right >= 30);
}

TEST_CASE("records of unknown truth take places and are no hits", "[risk][exact]") {
  RecordStore store = drawn_records(5, 2000);
  std::fill(store.truth.begin(), store.truth.end(), unknown_truth);
  const Backtest b = backtest(drawn_rules(plain), drawn_rules(better), store, at(0.05));
  CHECK(b.known == 0);
  CHECK(b.all.records.second_only > 0);
  CHECK(b.all.gained.n == 0);
  CHECK(b.all.outcome == Outcome::not_enough_data);
  CHECK(b.text().find("No record is known to be a hit: what is found cannot be compared.") !=
        std::string::npos);
  CHECK(b.json().find("\"recall_difference\": null") != std::string::npos);
}

TEST_CASE("sets that combine differently exchange no rules", "[risk][exact]") {
  const RecordStore store = drawn_records(6, 2000);
  const Backtest b =
      backtest(drawn_rules(plain), drawn_rules(better, "combine = \"logistic\"\n"), store);
  for (const RuleEffect& r : b.rules) CHECK_FALSE(r.alone);
  CHECK(b.text().find("not exchangeable: the sets combine differently") != std::string::npos);
}

TEST_CASE("no records, no comparison", "[risk][exact]") {
  CHECK_THROWS_WITH(backtest(drawn_rules(plain), drawn_rules(plain), drawn_records(1, 0)),
                    "the input has no records: nothing can be compared");
}

TEST_CASE("ids say who travels together", "[risk][exact]") {
  CHECK(unit_of("0123456789abcdef-out.0") == "0123456789abcdef");
  CHECK(unit_of("0123456789abcdef-back.2") == "0123456789abcdef");
  CHECK(unit_of("r-17") == "r-17");
  CHECK(unit_of("u3.1") == "u3");
  CHECK(unit_of(".5") == ".5");
  CHECK(unit_of("-out") == "-out");
}

TEST_CASE("a store holds what its source gave, block by block", "[risk][relation]") {
  std::string csv = "id,s1,x,truth,post,hour,group\n";
  for (int i = 0; i < 50; ++i)
    csv += "u" + std::to_string(i / 2) + "." + std::to_string(i % 2) + "," + std::to_string(i % 2) +
           "," + (i % 5 == 0 ? "" : std::to_string(i)) + "," + (i % 3 == 0 ? "" : "1") + ",A,3," +
           (i % 2 == 0 ? "a" : "") + "\n";
  TableOptions options;
  options.date = "2026-01-01";
  const std::vector<std::uint16_t> features{0, 1, 4};
  const auto all = read_record_text(csv, "t.csv", test::drawn_schema(), options);
  const RecordStore whole = read_records(*all, features);
  options.block_rows = 7;
  const auto pieces = read_record_text(csv, "t.csv", test::drawn_schema(), options);
  const RecordStore split = read_records(*pieces, features);
  REQUIRE(whole.n == 50);
  REQUIRE(split.n == 50);
  for (const std::uint16_t f : features) CHECK(whole.columns[f].bytes == split.columns[f].bytes);
  CHECK(whole.columns[1].width == 0);
  CHECK(whole.truth == split.truth);
  CHECK(whole.tie == split.tie);
  CHECK(whole.unit == split.unit);
  CHECK(whole.unit[0] == whole.unit[1]);
  CHECK(whole.unit[1] != whole.unit[2]);
  CHECK(whole.known() == 33);
  SECTION("appended apart, records share neither hours nor units") {
    RecordStore both = whole;
    append_apart(both, split);
    CHECK(both.n == 100);
    CHECK(both.hour[0] == 3);
    CHECK(both.hour[50] == 7);
    CHECK(both.unit[50] != both.unit[0]);
    CHECK(both.columns[4].bytes.size() == 800);
  }
}
