// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/risk/reference.hpp"
#include "tests/support/random_tables.hpp"

namespace corridor::risk {
namespace {

constexpr const char* date = "2026-03-01";

/// Shares of one group in which every rule fires.
std::vector<std::int32_t> shares(std::vector<std::int32_t> points, std::optional<std::int32_t> min,
                                 std::optional<std::int32_t> max) {
  std::vector<Rule> rules;
  for (const std::int32_t p : points) rules.push_back(test::rule(test::constant(true), p, 0));
  RuleSet set = test::rule_set(rules, 2);
  set.groups.push_back({"g", min, max});
  const std::vector<bool> all(points.size(), true), none(points.size(), false);
  const Reasons r = reasons(set, date, Stage::booking, all, none);
  std::vector<std::int32_t> out;
  std::int32_t sum = r.base;
  for (std::size_t i = 0; i < r.shares.size(); ++i) {
    CHECK(r.shares[i].rule == i);
    out.push_back(r.shares[i].points);
    sum += r.shares[i].points;
  }
  CHECK(sum == r.score);
  CHECK(r.base == 2);
  return out;
}

using Points = std::vector<std::int32_t>;

}  // namespace

TEST_CASE(
    "a cap that binds is apportioned by largest remainder, ties to the rule that stands first",
    "[risk][exact]") {
  CHECK(shares({10, 20}, {}, {}) == Points{10, 20});
  CHECK(shares({10, 20}, {}, 30) == Points{10, 20});
  CHECK(shares({10, 10, 10}, {}, 20) == Points{7, 7, 6});       // 6.67 each: two units left
  CHECK(shares({25, 20, 5}, {}, 30) == Points{15, 12, 3});      // exact
  CHECK(shares({1, 1, 1, 97}, {}, 50) == Points{1, 1, 0, 48});  // .5 .5 .5 48.5
  CHECK(shares({5, 7}, {}, 0) == Points{0, 0});
  CHECK(shares({40, -10}, {}, 20) == Points{27, -7});  // 26.67 and -6.67
  // A lower cap is the mirror image.
  CHECK(shares({-10, -10, -10}, -20, {}) == Points{-7, -7, -6});
  CHECK(shares({-40, 10}, -20, 5) == Points{-27, 7});
  CHECK(shares({10000, 9999, 9998}, {}, 10000) == Points{3334, 3333, 3333});
}

TEST_CASE("shares and base add up to the score exactly, and the score to the engine's",
          "[risk][property]") {
  const Catalogue& catalogue = test::random_catalogue();
  CHECK(rc::check("sum of shares", [&] {
    RuleSet set = test::RandomTrees{}.a_set(*rc::gen::element(8, 300));
    set.combine = *rc::gen::element(Combine::additive, Combine::noisy_or, Combine::logistic);
    const test::RandomTable table(catalogue, 50, *rc::gen::inRange<std::uint32_t>(0, 1000));
    std::vector<std::int32_t> scores(50);
    Program::Output out;
    out.score[1] = scores;
    Program::Workspace workspace;
    Program(set, catalogue, date).score(table.view(), out, workspace);
    for (std::size_t row = 0; row < 50; ++row) {
      const Reasons r = evaluate(set, catalogue, date, Stage::check_in, table.view(), row);
      std::int32_t sum = r.base;
      for (std::size_t i = 0; i < r.shares.size(); ++i) {
        sum += r.shares[i].points;
        if (i > 0) RC_ASSERT(r.shares[i - 1].rule < r.shares[i].rule);
      }
      RC_ASSERT(sum == r.score);
      RC_ASSERT(r.score == scores[row]);
    }
  }));
}

TEST_CASE("noisy-or adds thousandths of -ln(1 - p)", "[risk][exact]") {
  RuleSet set =
      test::rule_set({test::rule(test::constant(true), 500), test::rule(test::constant(true), 200),
                      test::rule(test::constant(true), -100)});
  set.combine = Combine::noisy_or;
  const Reasons r = reasons(set, date, Stage::arrival, {true, true, true}, {false, false, false});
  // ln 2 = 0.6931, -ln 0.8 = 0.2231, -ln 0.9 = 0.1054.
  REQUIRE(r.shares.size() == 3);
  CHECK(r.shares[0].points == 693);
  CHECK(r.shares[1].points == 223);
  CHECK(r.shares[2].points == -105);
  CHECK(r.score == 811);
}

TEST_CASE("reasons name the rules that refer, and those of other stages and dates not at all",
          "[risk][exact]") {
  RuleSet set = test::rule_set(std::vector<Rule>(5, test::rule(test::constant(true), 3)));
  set.rules[1].on_missing = OnMissing::refer;
  set.rules[2].stages = {false, true, true};
  set.rules[3].valid_from = "2026-03-02";
  set.rules[4].on_missing = OnMissing::yes;
  const Reasons r = reasons(set, date, Stage::booking, {true, false, true, true, true},
                            {false, true, true, true, true});
  REQUIRE(r.shares.size() == 2);
  CHECK(r.shares[0].rule == 0);
  CHECK(r.shares[1].rule == 4);
  CHECK(r.referred == std::vector<std::size_t>{1});
  CHECK(r.score == 6);
  CHECK_THROWS_WITH(reasons(set, date, Stage::booking, {true}, {true}),
                    "reasons: one entry a rule is needed");
}

}  // namespace corridor::risk
