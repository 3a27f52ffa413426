// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/explain_selection.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE("a rank is taken apart into what it was made of", "[explain][property]") {
  CHECK(rc::check("for any candidate", [] {
    control::Candidate c;
    c.source = static_cast<control::Source>(*rc::gen::inRange(0, 4));
    c.score = *rc::gen::inRange(-100'000, 100'000);
    c.tie = *rc::gen::arbitrary<std::uint32_t>();
    const Rank rank = rank_of(control::rank_key(c));
    RC_ASSERT(rank.source == c.source);
    RC_ASSERT(rank.score == c.score);
    RC_ASSERT(rank.tie == c.tie * 0x1p-32);
  }));
}

TEST_CASE("a threshold is told as scores, and where a score and a tie stand to it",
          "[explain][exact]") {
  DayRules rules;
  rules.base = 5;
  rules.bin_width = 10;                        // bin 1: 6 to 15, bin 2: 16 to 25, bin 3 from 26 on
  const PostThreshold threshold{2, 1U << 30};  // a quarter of bin 2
  const ExplainedThreshold above = told_threshold(rules, threshold, 3, 0xc000'0000);
  CHECK(above.place == "above");
  CHECK(above.flagged);
  CHECK(above.lowest == 16);
  CHECK(above.above == 26);
  CHECK(above.ties_below == 0.25);
  CHECK(above.tie == 0.75);
  const ExplainedThreshold in = told_threshold(rules, threshold, 2, (1U << 30) - 1),
                           out = told_threshold(rules, threshold, 2, 1U << 30);
  CHECK(in.place == "at");
  CHECK(in.flagged);
  CHECK(out.place == "at");
  CHECK_FALSE(out.flagged);
  CHECK(told_threshold(rules, threshold, 1, 0).place == "below");
  CHECK_FALSE(told_threshold(rules, threshold, 1, 0).flagged);
  // The base is never flagged, whatever the tie.
  CHECK(told_threshold(rules, {0, ~0U}, 0, 0).ties_below == 0);
  CHECK_FALSE(told_threshold(rules, {0, ~0U}, 0, 0).flagged);
  CHECK(told_threshold(rules, {n_score_bins, 0}, 31, 0).nobody);
}

TEST_CASE("a cut is told by its last candidate, and who stands above, at and below it",
          "[explain][exact]") {
  control::Candidate last;
  last.source = control::Source::rules;
  last.score = 25;
  last.tie = 1U << 31;
  const std::uint64_t cut = control::rank_key(last);
  control::Candidate better = last, worse = last;
  better.score = 26;
  worse.tie += 1;
  CHECK(told_cut(control::rank_key(better), cut).place == "above");
  CHECK(told_cut(cut, cut).place == "at");
  CHECK(told_cut(control::rank_key(worse), cut).place == "below");
  CHECK(told_cut(cut, cut).last == "rules, score 25, tie 0.5000");
  CHECK(told_cut(cut, control::Cut::all).last == "everybody");
  CHECK(told_cut(cut, control::Cut::none).last == "nobody");
}
