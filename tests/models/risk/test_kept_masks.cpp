// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <numeric>

#include "models/risk/engine.hpp"
#include "tests/support/random_tables.hpp"

namespace corridor::risk {
namespace {

constexpr const char* date = "2026-03-01";

std::vector<std::int32_t> scored(const RuleSet& set, const TableView& table, Stage stage) {
  std::vector<std::int32_t> scores(table.n);
  Program::Output out;
  out.score[static_cast<std::size_t>(stage)] = scores;
  Program::Workspace workspace;
  Program(set, test::random_catalogue(), date).score(table, out, workspace);
  return scores;
}

FiredMasks fired(const RuleSet& set, const TableView& table) {
  FiredMasks masks;
  Program::Workspace workspace;
  Program(set, test::random_catalogue(), date).fire(table, masks, workspace);
  return masks;
}

}  // namespace

TEST_CASE("new weights, caps and stages over kept masks give what scoring afresh gives",
          "[risk][property]") {
  CHECK(rc::check("rescore == score", [] {
    const test::RandomTrees trees;
    RuleSet set = trees.a_set(*rc::gen::element(8, 10'000));
    const test::RandomTable table(test::random_catalogue(),
                                  *rc::gen::element<std::size_t>(0, 1, 63, 64, 65, 2047, 5000),
                                  *rc::gen::inRange<std::uint32_t>(0, 1000));
    const FiredMasks masks = fired(set, table.view());
    set.base += 3;
    for (Rule& r : set.rules) {
      r.score = r.score / 2 + 1;
      r.stages[0] = !r.stages[0];
    }
    for (RuleGroup& g : set.groups) g.max = 4;
    for (const Stage stage : {Stage::booking, Stage::check_in, Stage::arrival}) {
      const auto expected = scored(set, table.view(), stage);
      for (const auto path : {sim::SimdPath::scalar, sim::SimdPath::sse2, sim::SimdPath::best}) {
        std::vector<std::int32_t> scores(table.view().n, -77);
        rescore(set, date, stage, masks, scores, path);
        RC_ASSERT(scores == expected);
      }
    }
  }));
}

TEST_CASE("firing one changed rule gives the masks of firing them all", "[risk][property]") {
  CHECK(rc::check("fire_one == fire", [] {
    const test::RandomTrees trees;
    RuleSet set = trees.a_set(20);
    const test::RandomTable table(test::random_catalogue(),
                                  *rc::gen::element<std::size_t>(1, 64, 129, 5000),
                                  *rc::gen::inRange<std::uint32_t>(0, 1000));
    FiredMasks masks = fired(set, table.view());
    const auto changed =
        static_cast<std::size_t>(test::RandomTrees::below(static_cast<int>(set.rules.size())));
    set.rules[changed].condition = trees.a_condition(3);
    set.rules[changed].valid_to = test::RandomTrees::below(4) == 0 ? "2025-12-31" : "";
    Program::Workspace workspace;
    Program(set, test::random_catalogue(), date).fire_one(table.view(), changed, masks, workspace);
    const FiredMasks all = fired(set, table.view());
    RC_ASSERT(masks.fired == all.fired);
    RC_ASSERT(masks.unknown == all.unknown);
  }));
}

TEST_CASE("bits beyond the last row are 0", "[risk][exact]") {
  const RuleSet set = test::rule_set({test::rule(test::constant(true), 1)});
  const TableView table{70, std::vector<ColumnView>(test::random_catalogue().size())};
  CHECK(fired(set, table).fired == std::vector<std::uint64_t>{~std::uint64_t{0}, 0x3F});
}

TEST_CASE("counts at every threshold are those of a plain count", "[risk][property]") {
  CHECK(rc::check("count_at_least", [] {
    const auto scores = *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(-30, 30));
    const auto lowest = *rc::gen::inRange(-40, 40);
    std::vector<std::int64_t> counts(*rc::gen::inRange<std::size_t>(0, 80), -1);
    count_at_least(scores, lowest, counts);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      RC_ASSERT(counts[i] == std::count_if(scores.begin(), scores.end(), [&](std::int32_t s) {
                  return s >= lowest + static_cast<std::int32_t>(i);
                }));
    }
  }));
  // The ends of 32 bits.
  const std::vector<std::int32_t> ends{INT32_MIN, INT32_MAX, 0, INT32_MAX - 1};
  std::vector<std::int64_t> counts(3);
  count_at_least(ends, INT32_MIN, counts);
  CHECK(counts == std::vector<std::int64_t>{4, 3, 3});
  count_at_least(ends, INT32_MAX - 1, counts);
  CHECK(counts == std::vector<std::int64_t>{2, 1, 0});
}

TEST_CASE("masks of another table or rule set are refused", "[risk][exact]") {
  const RuleSet one = test::rule_set({test::rule(test::constant(true), 1)});
  const RuleSet two = test::rule_set({one.rules[0], one.rules[0]});
  const TableView table{7, {}};
  FiredMasks masks = fired(one, table);
  std::vector<std::int32_t> scores(7), longer(8);
  const char* other = "rescore: the masks are of another table or another rule set";
  CHECK_THROWS_WITH(rescore(two, date, Stage::booking, masks, scores), other);
  CHECK_THROWS_WITH(rescore(one, date, Stage::booking, masks, longer), other);
  const Program program(two, test::random_catalogue(), date);
  Program::Workspace workspace;
  const char* not_one = "fire_one: the masks are of another table or another rule set";
  CHECK_THROWS_WITH(program.fire_one(table, 0, masks, workspace), not_one);
  masks = fired(two, table);
  CHECK_THROWS_WITH(program.fire_one({8, {}}, 0, masks, workspace), not_one);
  CHECK_THROWS_WITH(program.fire_one(table, 2, masks, workspace), not_one);
}

}  // namespace corridor::risk
