// SPDX-License-Identifier: Apache-2.0
#include "models/risk/drift.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/risk/distributions.hpp"
#include "tests/models/risk/keyed.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {

using Bins = std::vector<std::int64_t>;

Bins even_bins(std::uint32_t seed, std::uint64_t sample, int people) {
  Bins bins(10, 0);
  for (int i = 0; i < people; ++i) {
    const double u = test::keyed_uniform(seed, sample * 100'000 + static_cast<std::uint64_t>(i));
    ++bins[static_cast<std::size_t>(10 * u)];
  }
  return bins;
}

}  // namespace

TEST_CASE("the stability index has its closed form and its null band", "[risk][exact]") {
  const Psi p = population_stability(Bins{60, 40, 0}, Bins{50, 50, 0});
  CHECK(p.value == Approx(-0.1 * std::log(5.0 / 6) + 0.1 * std::log(1.25)));
  CHECK(p.bins == 2);
  CHECK_FALSE(p.corrected);
  CHECK(p.null_mean == Approx(0.02));
  CHECK(p.null_95 == Approx(3.841458820694126 * 0.02));
  CHECK(population_stability(Bins{5, 5}, Bins{50, 50}).value == 0);
  CHECK(population_stability(Bins{5, 5}, Bins{50, 0}).corrected);
  // Ten bins: 0.068 at 500 a side, 0.034 at 1,000, 0.0034 at 10,000.
  const auto band = [](std::int64_t n) {
    return population_stability(Bins(10, n / 10), Bins(10, n / 10)).null_95;
  };
  CHECK(std::round(band(500) * 1e3) == 68);
  CHECK(std::round(band(1000) * 1e3) == 34);
  CHECK(std::round(band(10'000) * 1e4) == 34);
}

// 3,000 pairs of samples of 500 people that differ by chance: the mean is 9 * (2/500) = 0.036 (the
// law is asymptotic: 3 % is left to that; 4 s / sqrt(n) is 3.4 %) and 5 % lie beyond the band
// (Chernoff at 1e-6: 0.022). The folklore bound 0.1 is crossed by chance in P(chi2_9 > 25) = 0.3 %
// here, and in P(chi2_9 > 2.5) = 98 % with 50 a side.
TEST_CASE("the null band of the stability index holds what chance gives", "[risk][statistical]") {
  constexpr std::size_t samples = 3000;
  std::vector<double> values;
  std::size_t beyond = 0, beyond_folklore = 0;
  for (std::size_t s = 0; s < samples; ++s) {
    const Psi p = population_stability(even_bins(71, s, 500), even_bins(72, s, 500));
    values.push_back(p.value);
    beyond += p.p_value < 0.05;
    beyond_folklore += p.value > 0.1;
  }
  const auto m = test::moments(values);
  CHECK(std::abs(m.mean - 0.036) < 0.03 * 0.036 + m.tolerance());
  CHECK(std::abs(static_cast<double>(beyond) / samples - 0.05) <
        test::binomial_halfwidth(0.05, samples, 1e-6));
  CHECK(std::abs(static_cast<double>(beyond_folklore) / samples - chi_square_upper(25, 9)) <
        test::binomial_halfwidth(0.003, samples, 1e-6));
  std::size_t small = 0;
  for (std::size_t s = 0; s < 200; ++s) {
    small += population_stability(even_bins(73, s, 50), even_bins(74, s, 50)).value > 0.1;
  }
  CHECK(small > 190);
}

TEST_CASE("Kolmogorov-Smirnov finds the largest distance and where it is", "[risk][exact]") {
  const ScoreTally before{{3, 2, 1}, {1, 0, 1}, {1, 5, 2}};  // 2, 5, 3 of ten
  const ScoreTally today{{4, 3, 1}, {0, 0, 0}, {1, 4, 5}};   // 1, 4, 0, 5 of ten
  const auto ks = kolmogorov_smirnov(before, today);
  CHECK(ks.distance == Approx(0.3));
  CHECK(ks.at == 3);
  CHECK(kolmogorov_smirnov(before, before).distance == 0);
  CHECK(kolmogorov_smirnov(before, before).p_value == 1);
}

// Two samples of 300 continuous scores: 5 % have p < 0.05, within Chernoff's bound at 1e-6 (0.029)
// and a hundredth for the finite sample.
TEST_CASE("the p-value of Kolmogorov-Smirnov is one", "[risk][statistical]") {
  constexpr std::size_t samples = 2000, n = 300;
  std::size_t small = 0, small_when_moved = 0;
  const std::vector<std::uint8_t> nobody(n, 0);
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<double> a(n), b(n), c(n);
    for (std::size_t i = 0; i < n; ++i) {
      a[i] = test::keyed_uniform(75, s * n + i, 0);
      b[i] = test::keyed_uniform(75, s * n + i, 1);
      c[i] = b[i] + 0.1;
    }
    const ScoreTally before = tally(a, nobody);
    small += kolmogorov_smirnov(before, tally(b, nobody)).p_value < 0.05;
    small_when_moved += kolmogorov_smirnov(before, tally(c, nobody)).p_value < 0.05;
  }
  CHECK(std::abs(static_cast<double>(small) / samples - 0.05) <
        0.01 + test::binomial_halfwidth(0.05, samples, 1e-6));
  CHECK(small_when_moved > samples / 2);
}

TEST_CASE("a CUSUM adds log-likelihood ratios and never falls below 0", "[risk][exact]") {
  const std::vector<Count> periods{{1, 100}, {3, 100}, {0, 100}};
  const Cusum c = cusum(periods, {0.01, 2, 0.06});
  CHECK(c.limit == Approx(std::log(100.0)));
  const auto up = [](double x) { return x * std::log(2.0) + (100 - x) * std::log(0.98 / 0.99); };
  const auto down = [](double x) { return x * std::log(0.5) + (100 - x) * std::log(0.995 / 0.99); };
  CHECK(c.points[0].rise == Approx(std::max(0.0, up(1))));
  CHECK(c.points[1].rise == Approx(std::max(0.0, up(1)) + up(3)));
  CHECK(c.points[2].rise == Approx(std::max(0.0, std::max(0.0, up(1)) + up(3) + up(0))));
  CHECK(c.points[1].fall == 0);
  CHECK(c.points[2].fall == Approx(down(0)));
  CHECK_FALSE(c.rise_alarm);
}

// 1,000 charts of 60 days with 2,000 people a day at the stated rate 1 %: the chance of a false
// alarm is at most 5 % by the bound of Ville; sampled, at most 5 % + 0.034 (Chernoff at 1e-6). When
// the rate doubles on day 30 every chart sees it within ten days: the mean log-likelihood ratio of
// a day is then 2000 * KL(0.02, 0.01) = 7.9, its deviation sqrt(40) ln 2 = 4.4, the limit 7.8.
TEST_CASE("a CUSUM keeps its false-alarm rate and sees a doubled rate", "[risk][statistical]") {
  constexpr std::size_t charts = 1000;
  std::size_t alarms = 0, late = 0;
  for (std::uint64_t s = 0; s < charts; ++s) {
    std::vector<Count> calm, risen;
    for (std::uint64_t day = 0; day < 60; ++day) {
      // Ten blocks of 200 people, so that the draws of a day fit one key each.
      std::int64_t x = 0, more = 0;
      for (std::uint64_t block = 0; block < 4; ++block) {
        const std::uint64_t id = (s * 60 + day) * 4 + block;
        x += test::keyed_binomial(76, id, 500, 0.01);
        if (s < 100) more += test::keyed_binomial(77, id, 500, day < 30 ? 0.01 : 0.02);
      }
      calm.push_back({x, 2000});
      risen.push_back({more, 2000});
    }
    const CusumPlan plan{0.01, 1.5, 0.05};
    const Cusum c = cusum(calm, plan);
    alarms += c.rise_alarm || c.fall_alarm;
    if (s >= 100) continue;
    const Cusum r = cusum(risen, plan);
    late += !r.rise_alarm || *r.rise_alarm > 40;
  }
  CHECK(static_cast<double>(alarms) / charts < 0.05 + test::binomial_halfwidth(0.05, charts, 1e-6));
  CHECK(late == 0);
}

TEST_CASE("drift refuses what cannot be compared", "[risk][exact]") {
  CHECK_THROWS_WITH(population_stability(Bins{1}, Bins{1, 2}),
                    "both sides must have the same bins");
  CHECK_THROWS_WITH(population_stability(Bins{0}, Bins{1}), "both sides must hold people");
  CHECK_THROWS_WITH(population_stability(Bins{-1}, Bins{1}),
                    "a bin cannot hold fewer than 0 people");
  CHECK_THROWS_WITH(kolmogorov_smirnov({}, {}), "both sides must hold people");
  const std::vector<Count> one{{1, 2}};
  CHECK_THROWS_WITH(cusum(one, {0, 2, 0.1}), "a stated rate must be in (0, 1)");
  CHECK_THROWS_WITH(cusum(one, {0.6, 2, 0.1}),
                    "a ratio must be above 1, and the raised rate below 1");
  CHECK_THROWS_WITH(cusum(one, {0.1, 2, std::nan("")}), "a false-alarm rate must be in (0, 1)");
  CHECK_THROWS_WITH(cusum({}, {0.1, 2, 0.1}), "a chart needs at least one period");
}
