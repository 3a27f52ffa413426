// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <rapidcheck.h>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/math.hpp"
#include "sim/samplers.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;

namespace {

std::vector<double> poisson_counts(double mean, std::size_t n, std::size_t cells,
                                   sim::RunKey key = {5, 0}) {
  std::vector<double> counts(cells, 0);
  for (std::uint64_t i = 0; i < n; ++i) {
    counts[std::min<std::size_t>(cells - 1,
                                 sim::poisson(mean, key, sim::Purpose::cell_count, i, 1))] += 1;
  }
  return counts;
}

std::vector<double> poisson_expected(double mean, std::size_t n, std::size_t cells) {
  std::vector<double> expected(cells, 0);
  double rest = 1;
  for (std::size_t k = 0; k + 1 < cells; ++k) {
    expected[k] = static_cast<double>(n) *
                  std::exp(-mean + static_cast<double>(k) * std::log(mean) - sim::log_factorial(k));
    rest -= expected[k] / static_cast<double>(n);
  }
  expected.back() = std::max(0.0, rest) * static_cast<double>(n);
  return expected;
}

}  // namespace

TEST_CASE("an alias table holds exactly the probabilities it was given", "[samplers][property]") {
  CHECK(rc::check("probability of each index, from the table itself", [] {
    const auto raw = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
    RC_PRE(!raw.empty());
    std::vector<double> weights(raw.begin(), raw.end());
    double sum = 0;
    for (const double w : weights) sum += w;
    RC_PRE(sum > 0);
    const auto table = sim::build_alias(weights);
    std::vector<double> p(weights.size(), 0);
    for (std::size_t i = 0; i < table.size(); ++i) {
      const double keep = table[i].threshold == 0xffffffffU ? 1 : table[i].threshold * 0x1p-32;
      p[i] += keep;
      p[table[i].alias] += 1 - keep;
    }
    // Each threshold is rounded to 2^-32, and an index collects at most n of them.
    const double n = static_cast<double>(weights.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
      RC_ASSERT(std::abs(p[i] / n - weights[i] / sum) < 0x1p-31 + 1e-12);
      if (weights[i] == 0) RC_ASSERT(p[i] < 1e-8);
    }
  }));
}

TEST_CASE("draws from an alias table follow its weights", "[samplers][statistical]") {
  const std::vector<double> weights{1, 2, 3, 0.5, 0, 13.5};
  const auto table = sim::build_alias(weights);
  const std::size_t n = 200'000;
  std::vector<double> counts(weights.size(), 0), expected;
  for (const double w : weights) expected.push_back(n * w / 20);
  for (std::uint64_t i = 0; i < n; ++i) {
    counts[sim::pick(table.data(), 6, sim::draw({3, 0}, sim::Purpose::trip, i, 0)[1])] += 1;
  }
  const auto result = test::chi_square(counts, expected);
  CHECK(result.statistic < test::chi_square_critical(result.degrees, 1e-6));
  CHECK(counts[4] == 0);
}

TEST_CASE("bad weights are refused", "[samplers][exact]") {
  CHECK_THROWS_AS(sim::build_alias(std::vector<double>{}), std::invalid_argument);
  CHECK_THROWS_AS(sim::build_alias(std::vector<double>{0, 0}), std::invalid_argument);
  CHECK_THROWS_AS(sim::build_alias(std::vector<double>{1, -1}), std::invalid_argument);
  CHECK_THROWS_AS(sim::build_alias(std::vector<double>{1, std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(sim::poisson(-1, {}, sim::Purpose::trip, 0, 0), std::domain_error);
  CHECK_THROWS_AS(sim::poisson(std::nan(""), {}, sim::Purpose::trip, 0, 0), std::domain_error);
}

TEST_CASE("Poisson counts follow the distribution, below and above the change of method",
          "[samplers][statistical]") {
  for (const double mean : {0.01, 0.7, 9.999, 10.0, 12.5, 47.0, 400.0}) {
    const std::size_t n = 100'000;
    const auto cells = static_cast<std::size_t>(mean + 8 * std::sqrt(mean) + 12);
    const auto expected = poisson_expected(mean, n, cells);
    const auto result = test::chi_square(poisson_counts(mean, n, cells), expected);
    INFO("mean " << mean);
    CHECK(result.statistic < test::chi_square_critical(std::max(1.0, result.degrees), 1e-7));
    SECTION("and the check can fail: a mean 3 % off is seen at mean " + std::to_string(mean)) {
      if (mean < 5) continue;
      const auto off = test::chi_square(poisson_counts(1.03 * mean, n, cells), expected);
      CHECK(off.statistic > test::chi_square_critical(off.degrees, 1e-7));
    }
  }
}

TEST_CASE("a large Poisson mean keeps mean and variance", "[samplers][statistical]") {
  std::vector<double> x;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    x.push_back(sim::poisson(1e6, {9, 0}, sim::Purpose::cell_count, i, 0));
  }
  const auto m = test::moments(x);
  CHECK(std::abs(m.mean - 1e6) < m.tolerance());
  // Variance of a sample variance of n near-normal draws: 2 sigma^4 / n; four of its deviations.
  CHECK(std::abs(m.deviation * m.deviation - 1e6) < 4 * 1e6 * std::sqrt(2.0 / 20'000));
}

TEST_CASE("a tilted word keeps its range and meets its share exactly", "[samplers][exact]") {
  for (const double ratio : {0.0, 0.3, 1.0, 2.0, 4.0}) {
    std::uint32_t below = 0;
    for (std::uint32_t x = 0; x < 1024; ++x) {
      const std::uint32_t y = sim::tilted(x, 1024, 200, ratio);
      REQUIRE(y < 1024);
      below += y < 200 ? 1 : 0;
    }
    CHECK(below == std::min(1024U, static_cast<std::uint32_t>(std::lround(200 * ratio))));
  }
  CHECK(sim::tilted(77, 1024, 0, 5) == 77);     // nothing to tilt
  CHECK(sim::tilted(77, 1024, 1024, 5) == 77);  // everybody shows it
}
