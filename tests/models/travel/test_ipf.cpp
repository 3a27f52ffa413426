// SPDX-License-Identifier: Apache-2.0
#include "models/travel/ipf.hpp"

#include <rapidcheck.h>
#include <array>
#include <catch2/catch.hpp>

#include "sim/math.hpp"

namespace corridor::travel {
namespace {

std::vector<MarginFamily> table_margins(std::size_t rows, std::size_t columns,
                                        std::vector<double> row_sum,
                                        std::vector<double> column_sum) {
  std::vector<MarginFamily> families{{"rows", {}, std::move(row_sum)},
                                     {"columns", {}, std::move(column_sum)}};
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t c = 0; c < columns; ++c) {
      families[0].group.push_back(r);
      families[1].group.push_back(c);
    }
  }
  return families;
}

const std::vector<double> seed{1, 2, 1, 3, 1, 2, 2, 2, 5};

TEST_CASE("proportional fitting reaches the published limit of a 3 by 3 table (case I1)",
          "[ipf][exact]") {
  const auto margins = table_margins(3, 3, {100, 200, 300}, {250, 150, 200});
  std::vector<double> x = seed;
  const IpfResult result = fit_margins(x, margins, 1000, 1e-13);
  CHECK(result.largest_misfit <= 1e-13);
  const std::vector<double> limit{32.63683387, 48.76403666, 18.59912947, 122.77888703, 30.57483134,
                                  46.64628162, 94.58427909, 70.66113200, 134.75458891};
  // The limit is given to 8 decimals: half a unit of the last place, and as much again for the stop
  // at 1e-13.
  for (std::size_t k = 0; k < x.size(); ++k)
    CHECK(x[k] == Approx(limit[k]).margin(1e-8).epsilon(0));
  // Cross-product ratios of the seed survive; 20 roundings of 2^-53 each.
  CHECK(x[0] * x[4] / (x[1] * x[3]) == Approx(1.0 / 6).epsilon(1e-13));
  CHECK(x[4] * x[8] / (x[5] * x[7]) == Approx(1.25).epsilon(1e-13));
}

TEST_CASE("one cycle scales rows, then columns (case I1)", "[ipf][exact]") {
  std::vector<double> x = seed;
  const IpfResult result =
      fit_margins(x, table_margins(3, 3, {100, 200, 300}, {250, 150, 200}), 1, 0);
  CHECK(result.cycles == 1);
  CHECK(x[0] == Approx(32.60869565).margin(1e-8).epsilon(0));
  CHECK(x[1] == Approx(50).margin(1e-12).epsilon(0));
  CHECK(x[2] == Approx(19.35483871).margin(1e-8).epsilon(0));
}

TEST_CASE("margins that no table can have are refused, not looped over (case I2)",
          "[ipf][exact][errors]") {
  std::vector<double> x = seed;
  CHECK_THROWS_WITH(
      fit_margins(x, table_margins(3, 3, {100, 200, 300}, {250, 150, 201}), 1000, 1e-9),
      "proportional fitting: rows sum to 600.000000 but columns sum to 601.000000");
  std::vector<double> hole{0, 0, 0, 3, 1, 2, 2, 2, 5};
  CHECK_THROWS_WITH(
      fit_margins(hole, table_margins(3, 3, {100, 200, 300}, {250, 150, 200}), 1000, 1e-9),
      "proportional fitting: group 0 of rows has target 100.000000 but no cell that could carry "
      "it");
  std::vector<double> nan{1, 2, 1, 3, std::numeric_limits<double>::quiet_NaN(), 2, 2, 2, 5};
  CHECK_THROWS_AS(fit_margins(nan, table_margins(3, 3, {100, 200, 300}, {250, 150, 200}), 10, 1e-9),
                  std::domain_error);
  CHECK_THROWS_AS(fit_margins(x, table_margins(3, 3, {-100, 400, 300}, {250, 150, 200}), 10, 1e-9),
                  std::domain_error);
}

TEST_CASE("a table whose zeros forbid the margins ends with the misfit in hand", "[ipf][exact]") {
  // Row 0 can only use column 0, which wants less than row 0 has: no solution, and no error of the
  // input either.
  std::vector<double> x{1, 0, 1, 1};
  const IpfResult result = fit_margins(x, table_margins(2, 2, {3, 1}, {2, 2}), 50, 1e-9);
  CHECK(result.cycles == 50);
  CHECK(result.largest_misfit > 0.1);
}

constexpr std::array<double, 16> cost{3, 11, 18, 22, 12, 3, 13, 19, 15.5, 13, 5, 7, 24, 18, 8, 5};

std::pair<std::vector<double>, double> gravity_table(double beta) {
  std::vector<double> x;
  for (const double c : cost) x.push_back(sim::exp(-beta * c));
  fit_margins(x, table_margins(4, 4, {400, 460, 400, 702}, {260, 400, 500, 802}), 10'000, 1e-13);
  double trips = 0, total = 0;
  for (std::size_t k = 0; k < x.size(); ++k) trips += x[k], total += x[k] * cost[k];
  return {x, total / trips};
}

TEST_CASE("fitting exp(-beta cost) is the doubly constrained gravity model (case I3)",
          "[ipf][exact]") {
  const auto [x, mean_cost] = gravity_table(0.1);
  const std::vector<double> limit{156.4326, 99.3887, 67.5246,  76.6542, 58.5600,  203.6627,
                                  102.5057, 95.2716, 24.9860,  45.3645, 138.1285, 191.5210,
                                  20.0214,  51.5842, 191.8412, 438.5532};
  for (std::size_t k = 0; k < x.size(); ++k)
    CHECK(x[k] == Approx(limit[k]).margin(5.1e-5).epsilon(0));
  CHECK(mean_cost == Approx(8.6981074177).margin(1e-9).epsilon(0));
}

TEST_CASE("the mean cost falls as deterrence grows, so its value fixes the parameter (case I3)",
          "[ipf][relation]") {
  double before = gravity_table(0.0).second;
  for (const double beta : {0.02, 0.05, 0.1, 0.2, 0.5}) {
    const double now = gravity_table(beta).second;
    CHECK(now < before);
    before = now;
  }
  // Bisection recovers 0.1 from the published mean cost (10 decimals; a slope of at least 5 per
  // unit is needed).
  double lo = 0.01, hi = 0.5;
  CHECK(gravity_table(0.09).second - gravity_table(0.11).second > 5 * 0.02);
  for (int k = 0; k < 40; ++k)
    (gravity_table((lo + hi) / 2).second > 8.6981074177 ? lo : hi) = (lo + hi) / 2;
  CHECK(lo == Approx(0.1).margin(1e-9).epsilon(0));
}

TEST_CASE("cells in another order are fitted to the same values", "[ipf][property]") {
  REQUIRE(rc::check("permuted cells, permuted result", [] {
    std::vector<double> x = seed;
    auto margins = table_margins(3, 3, {100, 200, 300}, {250, 150, 200});
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8};
    for (std::size_t k = 8; k > 0; --k)
      std::swap(order[k], order[*rc::gen::inRange<std::size_t>(0, k + 1)]);
    std::vector<double> y;
    auto shuffled = margins;
    for (std::size_t k = 0; k < 9; ++k) {
      y.push_back(x[order[k]]);
      for (std::size_t f = 0; f < 2; ++f) shuffled[f].group[k] = margins[f].group[order[k]];
    }
    fit_margins(x, margins, 200, 1e-12);
    fit_margins(y, shuffled, 200, 1e-12);
    // Sums of a group are added in another order: a few 2^-53 a cycle, and a stop one cycle apart
    // at 1e-12.
    for (std::size_t k = 0; k < 9; ++k)
      RC_ASSERT(std::abs(y[k] - x[order[k]]) <= 1e-10 * x[order[k]]);
  }));
}

}  // namespace
}  // namespace corridor::travel
