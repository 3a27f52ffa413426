// SPDX-License-Identifier: Apache-2.0
#include "models/risk/ranking.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/risk/screening.hpp"
#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

using Scores = std::vector<std::int32_t>;
using Truths = std::vector<std::uint8_t>;

struct People {
  Scores score;
  Truths truth;
};

People some_people() {
  const auto n = *rc::gen::inRange<std::size_t>(2, 60);
  People p;
  for (std::size_t i = 0; i < n; ++i) {
    p.score.push_back(*rc::gen::inRange(-5, 6));
    p.truth.push_back(static_cast<std::uint8_t>(*rc::gen::inRange(0, 2)));
  }
  p.truth[0] = 0;
  p.truth[1] = 1;
  return p;
}

/// Mann-Whitney, pair by pair.
double by_pairs(const People& p) {
  double won = 0, pairs = 0;
  for (std::size_t i = 0; i < p.score.size(); ++i) {
    for (std::size_t j = 0; j < p.score.size(); ++j) {
      if (p.truth[i] != 1 || p.truth[j] != 0) continue;
      won += p.score[i] > p.score[j] ? 1 : p.score[i] == p.score[j] ? 0.5 : 0;
      pairs += 1;
    }
  }
  return won / pairs;
}

/// By mid-ranks, as the definition of E3 is written.
double by_ranks(const People& p) {
  double rank_sum = 0, n1 = 0;
  for (std::size_t i = 0; i < p.score.size(); ++i) {
    if (p.truth[i] != 1) continue;
    double rank = 0.5;
    for (const std::int32_t s : p.score) rank += s < p.score[i] ? 1 : s == p.score[i] ? 0.5 : 0;
    rank_sum += rank;
    n1 += 1;
  }
  return (rank_sum - n1 * (n1 + 1) / 2) / (n1 * (static_cast<double>(p.score.size()) - n1));
}

}  // namespace

TEST_CASE("N7: ranking of small vectors, with ties and with all scores equal", "[risk][exact]") {
  // Scores 4 3 3 2 1 1, truth 1 1 0 0 1 0: of 9 pairs the hits win 3 + 2.5 + 0.5.
  const Scores s{4, 3, 3, 2, 1, 1};
  const Truths t{1, 1, 0, 0, 1, 0};
  const ScoreTally k = tally(s, t);
  CHECK(k.score == std::vector<double>{4, 3, 2, 1});
  CHECK(k.hits == std::vector<std::int64_t>{1, 1, 0, 1});
  CHECK(k.clean == std::vector<std::int64_t>{0, 1, 1, 1});
  CHECK(*auc(k) == 6.0 / 9);
  // Precision 1, 2/3, 2/4, 3/6 after each group; recall steps 1/3, 1/3, 0, 1/3.
  CHECK(*average_precision(k) == Approx((1 + 2.0 / 3 + 0.5) / 3).epsilon(1e-15));
  const auto curve = roc(k);
  REQUIRE(curve.size() == 5);
  CHECK(curve[0].recall == 0);
  CHECK(curve[2].threshold == 3);
  CHECK(curve[2].recall == Approx(2.0 / 3));
  CHECK(curve[2].false_positive_rate == Approx(1.0 / 3));
  CHECK(curve.back().recall == 1);
  CHECK(precision_recall(k)[2].precision == 0.5);
  // Up to a rate of 1/6 the curve rises from 1/3 to 1/2: mean 5/12.
  CHECK(*partial_auc(k, 1.0 / 6) == Approx(5.0 / 12).epsilon(1e-14));
  CHECK(*partial_auc(k, 1) == Approx(*auc(k)).epsilon(1e-14));
  // One of six inspected: recall rises from 0 to 1/3.
  CHECK(*mean_gain(k, 1.0 / 6) == Approx(1.0 / 6).epsilon(1e-14));

  const ScoreTally equal = tally(Scores(6, 7), t);
  CHECK(*auc(equal) == 0.5);
  CHECK(*average_precision(equal) == 0.5);
  CHECK(*mean_gain(equal, 0.3) == Approx(0.15));
  CHECK_FALSE(auc_interval(equal).defined);
}

TEST_CASE("E3: AUC is Mann-Whitney's count, and reversing scores gives 1 - AUC",
          "[risk][property]") {
  CHECK(rc::check("for any scores with ties", [] {
    const People p = some_people();
    const double a = *auc(tally(p.score, p.truth));
    RC_ASSERT(std::abs(a - by_pairs(p)) < 1e-14);
    RC_ASSERT(std::abs(a - by_ranks(p)) < 1e-14);
    People reversed = p;
    for (auto& s : reversed.score) s = -s;
    RC_ASSERT(std::abs(*auc(tally(reversed.score, reversed.truth)) - (1 - a)) < 1e-15);
    People raised = p;  // strictly increasing: to the bit
    for (auto& s : raised.score) s = s * s * s + 3 * s - 7;
    RC_ASSERT(*auc(tally(raised.score, raised.truth)) == a);
    RC_ASSERT(std::abs(*partial_auc(tally(p.score, p.truth), 1) - a) < 1e-13);
  }));
}

TEST_CASE("tallies of parts add up to the tally of the whole", "[risk][property]") {
  CHECK(rc::check("for any cut", [] {
    const People p = some_people();
    const auto cut = *rc::gen::inRange<std::size_t>(0, p.score.size());
    const std::span<const std::int32_t> s = p.score;
    const std::span<const std::uint8_t> t = p.truth;
    RC_ASSERT(merged(tally(s.first(cut), t.first(cut)), tally(s.subspan(cut), t.subspan(cut))) ==
              tally(s, t));
  }));
}

TEST_CASE("ranking without hits, or without others, is undefined and says so", "[risk][exact]") {
  const ScoreTally none = tally(Scores{1, 2}, Truths{0, 0});
  CHECK_FALSE(auc(none));
  CHECK_FALSE(average_precision(none));
  CHECK_FALSE(partial_auc(none, 0.1));
  CHECK_FALSE(mean_gain(none, 0.1));
  CHECK(roc(none).empty());
  CHECK(precision_recall(none).empty());
  CHECK_FALSE(auc_interval(none).defined);
  const ScoreTally all = tally(Scores{1, 2}, Truths{1, 1});
  CHECK_FALSE(auc(all));
  CHECK(*average_precision(all) == 1);
  CHECK_THROWS_WITH(tally(Scores{1}, Truths{2}), "truth must be 0 or 1");
  CHECK_THROWS_WITH(tally(Scores{1}, Truths{}), "scores and truth must be equally many");
  CHECK_THROWS_WITH(tally(std::vector<double>{std::nan("")}, Truths{1}), "a score is not a number");
  CHECK_THROWS_WITH(partial_auc(all, 0), "partial_auc: the largest rate must be in (0, 1]");
  CHECK_THROWS_WITH(mean_gain(all, std::nan("")), "mean_gain: the capacity must be in (0, 1]");
}

// Binormal scores with d = 1: the AUC is Phi(1/sqrt 2) = 0.76024994. 2,000 samples of 60 hits and
// 120 others. DeLong's interval covers 95 % within 1 %; tolerance of the count by Chernoff at a
// false-alarm rate of 1e-6 is 0.027, so together 0.037. An interval of half the width would cover
// 67 %: seen.
TEST_CASE("DeLong's interval covers the AUC of binormal scores", "[risk][statistical]") {
  constexpr std::size_t samples = 2000, n1 = 60, n0 = 120, n = n1 + n0;
  std::size_t covered = 0, half = 0;
  double sum = 0;
  const double truth = binormal_auc(1);
  std::vector<double> s(n);
  Truths t(n);
  for (std::size_t i = 0; i < n; ++i) t[i] = i < n1;
  for (std::size_t k = 0; k < samples; ++k) {
    for (std::size_t i = 0; i < n; ++i) s[i] = test::keyed_normal(21, k * n + i) + (i < n1 ? 1 : 0);
    const Estimate e = auc_interval(tally(s, t));
    covered += e.contains(truth);
    half += std::abs(e.estimate - truth) < 0.25 * (e.upper - e.lower);
    sum += e.estimate / samples;
  }
  const double tolerance = 0.01 + test::binomial_halfwidth(0.95, samples, 1e-6);
  CHECK(std::abs(static_cast<double>(covered) / samples - 0.95) < tolerance);
  CHECK_FALSE(std::abs(static_cast<double>(half) / samples - 0.95) < tolerance);
  // One AUC varies by about 0.0385, so its mean by 0.0006; four of them.
  CHECK(std::abs(sum - truth) < 4 * 0.0385 / std::sqrt(double{samples}));
}
