// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "models/travel/population.hpp"
#include "tests/support/day_listing.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::travel;

namespace {

/// All trips of one way on the population's day, in the order of their ids.
std::vector<std::uint64_t> listed(const Population& population, Way way) {
  auto ids = test::trips_of_day(population, way);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

TEST_CASE("who departs on a day returns on his day of return, and nobody else does",
          "[population][exact]") {
  sim::Workers workers(2);
  const auto& t = test::small_world().tables;
  std::map<std::int32_t, std::vector<std::uint64_t>> due;
  Population population(t, test::setting(), 100, workers);
  for (int d = 0; d < 20; ++d, population.advance(workers)) {
    for (const std::uint64_t id : listed(population, Way::out)) {
      const TripId trip = unpack(id);
      REQUIRE(trip.day == population.today());
      due[trip.day + static_cast<std::int32_t>(trip.nights)].push_back(id);
    }
    auto returns = listed(population, Way::back);
    std::erase_if(returns, [](std::uint64_t id) { return unpack(id).day < 100; });
    auto expected = due[population.today()];
    std::sort(expected.begin(), expected.end());
    REQUIRE(returns == expected);
  }
}

TEST_CASE("a day is the same whether the run came to it or began there", "[population][relation]") {
  sim::Workers workers(1);
  const auto& t = test::small_world().tables;
  Population walked(t, test::setting(), 0, workers);
  for (int d = 0; d < 30; ++d) walked.advance(workers);
  const Population jumped(t, test::setting(), 30, workers);
  CHECK(listed(walked, Way::out) == listed(jumped, Way::out));
  CHECK(listed(walked, Way::back) == listed(jumped, Way::back));
}

TEST_CASE("parts of a unit of work partition its rows", "[population][exact]") {
  sim::Workers workers(1);
  const auto& t = test::small_world().tables;
  const Population population(t, test::setting(), 10, workers);
  const auto n_blocks = static_cast<std::uint32_t>(t.blocks.size());
  std::vector<std::uint64_t> whole, parts;
  const auto collect = [&](WorkUnit unit, std::vector<std::uint64_t>& into) {
    const auto more = test::trips_of_day(population, Way::out, unit);
    into.insert(into.end(), more.begin(), more.end());
  };
  collect({0, n_blocks, 0, 1}, whole);
  for (std::uint32_t p = 0; p < 7; ++p) collect({0, n_blocks, p, 7}, parts);
  std::sort(whole.begin(), whole.end());
  std::sort(parts.begin(), parts.end());
  CHECK(!whole.empty());
  CHECK(whole == parts);
}

TEST_CASE("a year's departures return the annual total to within Poisson error (case B4)",
          "[population][statistical]") {
  // Sum of independent Poisson counts: standard deviation = root of the mean; 4 of them is a false
  // alarm in 6e-5.
  const auto& t = test::small_world().tables;
  const auto setting = test::setting(3);
  double expected = 0, drawn = 0, annual = 0;
  for (const BlockRow& b : t.blocks) annual += b.units_year;
  for (std::int32_t day = 0; day < 365; ++day) {
    const DayShape shape = setting.calendar(day);
    for (std::uint32_t b = 0; b < t.blocks.size(); ++b) {
      expected += expected_departures(t, setting, b, shape);
      drawn += draw_count(t, setting, b, day, shape).n;
    }
  }
  CHECK(std::abs(drawn - expected) < 4 * std::sqrt(expected));
  // 2019 has 52 weeks and a Tuesday: weekday factors average to 1 but for that day.
  CHECK(expected == Approx(annual).epsilon(0.002));
}

TEST_CASE("daily counts of a block are Poisson: index of dispersion 1 (case B1)",
          "[population][statistical]") {
  // With n seeds, (n - 1) * variance / mean is chi-square with n - 1 degrees of freedom, nearly so
  // for a mean above 5.
  const auto& t = test::small_world().tables;
  std::uint32_t busiest = 0;
  for (std::uint32_t b = 0; b < t.blocks.size(); ++b) {
    if (t.blocks[b].units_year > t.blocks[busiest].units_year) busiest = b;
  }
  std::vector<double> x;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    const auto setting = test::setting(seed);
    x.push_back(draw_count(t, setting, busiest, 50, setting.calendar(50)).n);
  }
  const auto m = test::moments(x);
  REQUIRE(m.mean > 5);
  const double index = m.deviation * m.deviation / m.mean * 1999;
  CHECK(index < test::chi_square_critical(1999, 1e-6));
  CHECK(index > 2 * 1999 - test::chi_square_critical(1999, 1e-6));
}

TEST_CASE("scale thins the counts and keeps the rates (case N5)", "[population][statistical]") {
  const auto& t = test::small_world().tables;
  const auto full = test::setting(5), tenth = test::setting(5, 0.1);
  double sum_full = 0, sum_tenth = 0;
  for (std::int32_t day = 0; day < 200; ++day) {
    const DayShape shape = full.calendar(day);
    for (std::uint32_t b = 0; b < t.blocks.size(); ++b) {
      sum_full += draw_count(t, full, b, day, shape).n;
      sum_tenth += draw_count(t, tenth, b, day, shape).n;
    }
  }
  // Var(10 * tenth - full) = 100 * m / 10 + m = 11 m with m the mean of the full sum.
  CHECK(std::abs(10 * sum_tenth - sum_full) < 4 * std::sqrt(11 * sum_full));
}

TEST_CASE("weights of k multiply the variance by k (case N5)", "[population][statistical]") {
  // Ratio of two sample variances of 1,000 near-normal counts: relative deviation root(2/999 +
  // 2/999) = 0.063; four of them and a little for the Poisson tails: 30 %.
  const auto& t = test::small_world().tables;
  std::uint32_t busiest = 0;
  for (std::uint32_t b = 0; b < t.blocks.size(); ++b) {
    if (t.blocks[b].units_year > t.blocks[busiest].units_year) busiest = b;
  }
  std::vector<double> full, weighted;
  for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
    const auto one = test::setting(seed), tenth = test::setting(seed + 5000, 0.1);
    full.push_back(draw_count(t, one, busiest, 50, one.calendar(50)).n);
    weighted.push_back(10.0 * draw_count(t, tenth, busiest, 50, tenth.calendar(50)).n);
  }
  const auto a = test::moments(full), b = test::moments(weighted);
  CHECK(b.deviation * b.deviation / (a.deviation * a.deviation) == Approx(10).epsilon(0.3));
}

TEST_CASE("cells of nights have exact means over the uniform that spreads them",
          "[population][exact]") {
  const auto& t = test::small_world().tables;
  const BlockRow& block = t.blocks[t.pool_first[1]];  // 4 to 13 nights
  const std::uint32_t n = 7, steps = 4096;
  for (std::uint32_t k = 0; k < bands[block.band].n_values; ++k) {
    double sum = 0;
    for (std::uint32_t i = 0; i < steps; ++i) {
      const DayCount c{n, i << 20};
      sum += cell_begin(t, block, c, k + 1) - cell_begin(t, block, c, k);
    }
    const double low = t.night_cut[block.first_night + k] * 0x1p-32;
    const double high = k + 1U < bands[block.band].n_values
                            ? t.night_cut[block.first_night + k + 1] * 0x1p-32
                            : 1.0;
    // u runs over a grid of 4,096 values: the mean of a floor is off by at most one step at either
    // end.
    CHECK(std::abs(sum / steps - n * (high - low)) <= 2.0 / steps);
  }
}
