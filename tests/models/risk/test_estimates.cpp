// SPDX-License-Identifier: Apache-2.0
#include "models/risk/estimates.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/risk/distributions.hpp"
#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

/// 1,000 people of whom the first 50 are selected by score (20 hits) and the other 950, with 40
/// hits, are inspected with probability 0.2 each: the truth is 60 of 1,000.
std::vector<Inspected> inspect(std::uint64_t sample) {
  std::vector<Inspected> inspected;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const bool hit = i < 50 ? i < 20 : i < 90;
    if (i < 50) {
      inspected.push_back({1, hit});
    } else if (test::keyed_uniform(91, sample * 1000 + i) < 0.2) {
      inspected.push_back({0.2, hit});
    }
  }
  return inspected;
}

std::vector<Replicate> replicates(std::uint32_t first_seed, std::uint32_t n, double mean,
                                  std::uint64_t key) {
  std::vector<Replicate> r;
  for (std::uint32_t k = 0; k < n; ++k) {
    r.push_back({first_seed + k, mean + test::keyed_normal(92, key * 1000 + k)});
  }
  return r;
}

}  // namespace

// 4,000 samples. The inverse-propensity mean is the truth 0.06: tolerance 4 s / sqrt(n). Its
// estimated variance averages to the true 40 * 0.8/0.2 / 1000^2 = 1.6e-4. The interval covers 95 %
// within 2 % (normal, 8 hits drawn on average) and Chernoff at 1e-6 (0.019). The operational share
// answers another question: about 28 of 240.
TEST_CASE("the random share corrects what selection hides", "[risk][statistical]") {
  constexpr std::size_t samples = 4000;
  std::vector<double> share, variance, operational, people;
  std::size_t covered = 0;
  for (std::uint64_t s = 0; s < samples; ++s) {
    const auto inspected = inspect(s);
    const WeightedShare w = inverse_propensity_share(inspected, 1000);
    share.push_back(w.share.estimate);
    variance.push_back(w.variance);
    people.push_back(w.weighted_people);
    covered += w.share.contains(0.06);
    Count c;
    for (const Inspected& i : inspected) {
      c.x += i.hit;
      ++c.n;
    }
    operational.push_back(operational_share(c).estimate);
  }
  const auto m = test::moments(share), v = test::moments(variance), p = test::moments(people);
  CHECK(std::abs(m.mean - 0.06) < m.tolerance());
  CHECK(std::abs(v.mean - 1.6e-4) < v.tolerance());
  CHECK(m.deviation * m.deviation == Approx(1.6e-4).epsilon(0.1));
  CHECK(std::abs(p.mean - 1000) < p.tolerance());
  CHECK(std::abs(static_cast<double>(covered) / samples - 0.95) <
        0.02 + test::binomial_halfwidth(0.95, samples, 1e-6));
  const auto o = test::moments(operational);
  CHECK_FALSE(std::abs(o.mean - 0.06) < o.tolerance());
  CHECK(o.mean == Approx(28.0 / 240).epsilon(0.02));
}

TEST_CASE("inverse propensities have their closed forms", "[risk][exact]") {
  const std::vector<Inspected> all{{1, true}, {1, false}, {0.1, true}, {0.1, false}};
  const WeightedShare w = inverse_propensity_share(all, 22);
  CHECK(w.weighted_hits == Approx(11));
  CHECK(w.weighted_people == Approx(22));
  CHECK(w.share.estimate == Approx(0.5));
  CHECK(w.variance == Approx(90.0 / (22 * 22)));
  CHECK(w.share.lower == Approx(2.0 / 22));  // two hits were seen
  CHECK(w.share.upper <= 1);
  const std::vector<Inspected> everybody{{1, true}, {1, false}};
  CHECK(inverse_propensity_share(everybody, 2).variance == 0);
  CHECK_FALSE(inverse_propensity_share({}, 10).share.defined);
}

TEST_CASE("a random share without a hit says how many there may be, not that there is none",
          "[risk][exact]") {
  std::vector<Inspected> inspected(100, Inspected{0.01, false});
  inspected.push_back({1, true});
  inspected.push_back({1, false});
  const WeightedShare w = inverse_propensity_share(inspected, 10'002);
  CHECK(w.share.estimate == Approx(1.0 / 10'002));
  CHECK(w.share.lower == Approx(1.0 / 10'002));  // the one that was seen
  // The largest H with 0.99^H > 0.025 is 367.
  CHECK(w.share.upper == Approx((1 + 367) / 10'002.0));
  CHECK(w.variance == 0);
  SECTION("one hit among them: the exact tails of Binomial(H, 0.01)") {
    inspected[0].hit = true;
    const WeightedShare one = inverse_propensity_share(inspected, 10'002);
    const auto top = static_cast<std::int64_t>(std::llround(one.share.upper * 10'002)) - 1;
    CHECK(1 - binomial_at_least(2, top, 0.01) > 0.025);
    CHECK(1 - binomial_at_least(2, top + 1, 0.01) <= 0.025);
    const auto bottom = static_cast<std::int64_t>(std::llround(one.share.lower * 10'002)) - 1;
    CHECK(binomial_at_least(1, bottom, 0.01) > 0.025);
    CHECK(binomial_at_least(1, bottom - 1, 0.01) <= 0.025);
  }
  SECTION("nobody drawn, and people left out: nothing is known") {
    const std::vector<Inspected> chosen{{1, true}, {1, false}};
    CHECK_FALSE(inverse_propensity_share(chosen, 1000).share.defined);
    CHECK(inverse_propensity_share(chosen, 2).share.defined);
  }
}

// 2,000 samples of 3 hits among 1,000 of whom a tenth is drawn: mostly none is seen. The exact
// interval covers at least 95 %; Chernoff at 1e-6 leaves 0.027. The normal one covered 27 %: with
// no hit drawn, (0.9)^3 = 73 %, it was the point 0.
TEST_CASE("with few hits the interval still covers", "[risk][statistical]") {
  int covered = 0;
  constexpr int samples = 2000;
  for (std::uint64_t s = 0; s < samples; ++s) {
    std::vector<Inspected> inspected;
    for (std::uint64_t i = 0; i < 1000; ++i)
      if (test::keyed_uniform(93, s * 1000 + i) < 0.1) inspected.push_back({0.1, i < 3});
    covered += inverse_propensity_share(inspected, 1000).share.contains(0.003) ? 1 : 0;
  }
  CHECK(covered > 0.92 * samples);
}

TEST_CASE("strata weigh by their people, and a census has no variance", "[risk][exact]") {
  const std::vector<Stratum> strata{{100, {2, 10}}, {900, {1, 30}}, {0, {0, 0}}};
  const WeightedShare w = stratified_share(strata);
  CHECK(w.share.estimate == Approx((20 + 30) / 1000.0));
  const double v1 = 0.2 * 0.8 * 10 / 9, v2 = (1.0 / 30) * (29.0 / 30) * 30 / 29;
  CHECK(w.variance ==
        Approx((1e4 * 0.9 * v1 / 10 + 81e4 * (1 - 30.0 / 900) * v2 / 30) / 1e6).epsilon(1e-12));
  CHECK(stratified_share(std::vector<Stratum>{{40, {3, 40}}}).variance == 0);
  CHECK_FALSE(stratified_share(std::vector<Stratum>{{40, {3, 20}}, {5, {0, 0}}}).share.defined);
}

TEST_CASE("the power of the random share is that of its binomial count", "[risk][exact]") {
  CHECK(chance_of_a_hit(0.001, 1000) == Approx(1 - std::pow(0.999, 1000)).epsilon(1e-12));
  CHECK(chance_of_a_hit(0.001, 0) == 0);
  // 100 draws at 2 %: P(X >= 5) = 0.0508, P(X >= 6) = 0.0155, so six hits speak; at 6 % they come
  // with P(X >= 6).
  CHECK(random_share_power(0.02, 3, 100) == Approx(binomial_at_least(6, 100, 0.06)).epsilon(1e-12));
  CHECK(random_share_power(0.02, 3, 0) == 0);
  CHECK(random_share_power(0.02, 3, 100'000) == Approx(1));
  // Half-width a quarter of 1 %: 1.96^2 * 99 / 0.0625.
  CHECK(draws_needed(0.01, 0.25) == Approx(1.959963984540054 * 1.959963984540054 * 99 * 16));
}

TEST_CASE("Holm's correction is step-down and keeps the order given", "[risk][exact]") {
  const auto adjusted = holm(std::vector<double>{0.01, 0.04, 0.03, 0.005});
  const double expected[] = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < 4; ++i) CHECK(adjusted[i] == Approx(expected[i]));
  CHECK(holm(std::vector<double>{0.7, 0.9}) == std::vector<double>{1, 1});
  CHECK(holm({}).empty());
}

// 20 variants that gain nothing, 10 seeds each, 400 tournaments: the winner looks good on the seeds
// that chose it (expected maximum of 20 normals, 1.867, over sqrt(10): 0.590), and on fresh ones
// gains 0. A fresh interval above 0 happens in 2.5 % (Chernoff at 1e-6: 0.047 more).
TEST_CASE("the winner is flattered by its own seeds, and not by fresh ones",
          "[risk][statistical]") {
  constexpr std::size_t tournaments = 400;
  std::vector<double> chosen, fresh, gap;
  std::size_t confirmed = 0, would_have = 0;
  for (std::uint64_t t = 0; t < tournaments; ++t) {
    std::vector<std::vector<Replicate>> variants;
    for (std::uint64_t v = 0; v < 20; ++v) variants.push_back(replicates(1, 10, 0, t * 21 + v));
    const Retest r = retest(variants, replicates(1000, 10, 0, t * 21 + 20));
    REQUIRE(r.variants == 20);
    chosen.push_back(r.selected.estimate);
    fresh.push_back(r.fresh.estimate);
    gap.push_back(r.shrinkage);
    confirmed += r.confirmed;
    would_have += r.selected.lower > 0;
  }
  const auto c = test::moments(chosen), f = test::moments(fresh), g = test::moments(gap);
  CHECK(std::abs(c.mean - 1.867 / std::sqrt(10)) < c.tolerance() + 5e-4);
  CHECK(std::abs(f.mean) < f.tolerance());
  CHECK(std::abs(g.mean - c.mean) < g.tolerance());
  CHECK(static_cast<double>(confirmed) / tournaments <
        0.025 + test::binomial_halfwidth(0.025, tournaments, 1e-6));
  CHECK(would_have > tournaments / 4);
  SECTION("a real gain is confirmed") {
    const std::vector<std::vector<Replicate>> variants{replicates(1, 10, 0, 90'000),
                                                       replicates(1, 10, 3, 90'001)};
    CHECK(winner(variants) == 1);
    CHECK(retest(variants, replicates(1000, 10, 3, 90'002)).confirmed);
  }
}

TEST_CASE("estimates refuse shared seeds, propensities of 0 and counts that cannot be",
          "[risk][exact]") {
  const std::vector<std::vector<Replicate>> variants{{{1, 0.5}, {2, 0.4}}, {{2, 0.1}, {1, 0.2}}};
  CHECK(winner(variants) == 0);
  CHECK_THROWS_WITH(retest(variants, std::vector<Replicate>{{3, 0}, {2, 0}}),
                    "a fresh seed was used to choose the winner");
  CHECK_THROWS_WITH(retest(variants, std::vector<Replicate>{{3, 0}, {3, 0}}), "a seed is repeated");
  const std::vector<std::vector<Replicate>> uneven{{{1, 0.5}}, {{2, 0.1}}};
  CHECK_THROWS_WITH(winner(uneven), "variants must be compared on the same seeds");
  CHECK_THROWS_WITH(winner({}), "there must be a variant to choose");
  CHECK_THROWS_WITH(inverse_propensity_share(std::vector<Inspected>{{0, true}}, 5),
                    "a propensity must be in (0, 1]");
  CHECK_THROWS_WITH(inverse_propensity_share(std::vector<Inspected>{{1, true}}, 0),
                    "more people were inspected than there were");
  CHECK_THROWS_WITH(stratified_share(std::vector<Stratum>{{5, {1, 6}}}),
                    "a stratum must hold 0 <= hits <= drawn <= people");
  CHECK_THROWS_WITH(random_share_power(0.5, 3, 10),
                    "a ratio must be above 1, and the raised rate at most 1");
  CHECK_THROWS_WITH(holm(std::vector<double>{std::nan("")}), "a p-value must be in [0, 1]");
  CHECK_THROWS_WITH(draws_needed(0.1, 0), "a relative width must be finite and above 0");
}
