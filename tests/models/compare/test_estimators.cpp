// SPDX-License-Identifier: Apache-2.0
#include "models/compare/estimators.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/math.hpp"
#include "sim/random.hpp"

using namespace corridor;
using namespace corridor::compare;

namespace {

double u(std::uint64_t id, std::int32_t world, std::uint16_t index) {
  return sim::uniform32(sim::draw({77, 0}, sim::Purpose::parameter_set, id, world, index)[0]);
}

/// Of 200 worlds, how many intervals hold the truth; each has 95 % or nearly.
constexpr std::int32_t n_worlds = 200;

}  // namespace

TEST_CASE("Chapman's estimate, its variance and the exact interval of two lists",
          "[compare][exact]") {
  const TwoLists lists{200, 150, 30};
  const auto e = chapman(lists);
  CHECK(e.estimate == Approx(978.0645161).epsilon(1e-9));
  CHECK(chapman_variance(lists) == Approx(20133.988033).epsilon(1e-9));
  // The ends by exact fractions.
  const auto ends = [](const TwoLists& l) {
    const auto i = chapman(l);
    return std::pair{i.lower, i.upper};
  };
  CHECK(ends(lists) == std::pair{754.0, 1406.0});
  CHECK(ends({60, 5, 2}) == std::pair{72.0, 1130.0});
  CHECK(ends({100, 1, 1}) == std::pair{100.0, 3999.0});
  CHECK(ends({50, 20, 20}) == std::pair{50.0, 58.0});
  CHECK(ends({40, 3, 0}) == std::pair{58.0, HUGE_VAL});
  // Pairs who are always found together are half as many cases.
  CHECK(chapman({120, 10, 4}, 2).lower == 2 * 72);
  CHECK(chapman({120, 10, 4}, 2).upper == 2 * 1130);
  CHECK_FALSE(chapman({0, 20, 0}).defined);
  CHECK_THROWS_WITH(chapman({5, 3, 4}), "two lists: who is on both is on each");
  CHECK_THROWS_WITH(chapman({5, 3, 2}, 0.5), "two lists: overdispersion is at least 1");
}

TEST_CASE("two lists hold the truth when they are independent, and fall short when they are not",
          "[compare][statistical]") {
  // 95 % of 200 is 190, standard deviation 3.1; 178 lies four of them below.
  constexpr std::uint64_t n = 400;
  int independent = 0, together = 0, mixed = 0;
  double sum_mixed = 0;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    TwoLists apart, both, shares;
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto add = [](TwoLists& l, bool a, bool b) {
        l.first += a;
        l.second += b;
        l.both += a && b;
      };
      add(apart, u(i, w, 0) < 0.5, u(i, w, 1) < 0.1);
      // Whoever is on the first is on the second three times as often.
      add(both, u(i, w, 0) < 0.5, u(i, w, 1) < (u(i, w, 0) < 0.5 ? 0.15 : 0.05));
      // Half of them are on no second list so often, and on no first.
      const double k = i % 2 == 0 ? 1.8 : 0.2;
      add(shares, u(i, w, 0) < 0.5 * k, u(i, w, 1) < 0.1 * k);
    }
    independent += chapman(apart).contains(n) ? 1 : 0;
    together += chapman(both).contains(n) ? 1 : 0;
    mixed += chapman(shares).contains(n) ? 1 : 0;
    sum_mixed += chapman(shares).estimate;
  }
  CHECK(independent >= 178);
  CHECK(together < 150);
  CHECK(mixed < 150);
  // Both lists go together where people differ: a lower bound, n / (1 + 0.64).
  CHECK(sum_mixed / n_worlds == Approx(n / 1.64).epsilon(0.1));
}

TEST_CASE(
    "who travels together is found together: an interval of persons is too short, one of "
    "parties or with overdispersion is not",
    "[compare][statistical]") {
  int persons = 0, spread = 0;
  constexpr std::uint64_t parties = 80, size = 6;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    TwoLists l;
    for (std::uint64_t i = 0; i < parties; ++i) {
      const bool b = u(i, w, 4) < 0.15;
      for (std::uint64_t k = 0; k < size; ++k) {
        const bool a = u(i * size + k, w, 2) < 0.5;
        l.first += a;
        l.second += b;
        l.both += a && b;
      }
    }
    persons += chapman(l).contains(parties * size) ? 1 : 0;
    spread += chapman(l, size).contains(parties * size) ? 1 : 0;
  }
  // One list by party, the other by person: the overlap is no more than binomial, so persons do
  // well here; with both by party they would not.
  CHECK(persons >= 170);
  CHECK(spread >= persons);
  int both_by_party = 0, widened = 0, by_party = 0;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    TwoLists units;
    for (std::uint64_t i = 0; i < parties; ++i) {
      const bool a = u(i, w, 5) < 0.5, b = u(i, w, 6) < 0.15;
      units.first += a;
      units.second += b;
      units.both += a && b;
    }
    const TwoLists l{units.first * 6, units.second * 6, units.both * 6};
    both_by_party += chapman(l).contains(parties * size) ? 1 : 0;
    widened += chapman(l, size).contains(parties * size) ? 1 : 0;
    by_party += chapman(units).contains(parties) ? 1 : 0;
  }
  CHECK(both_by_party < 150);
  CHECK(widened >= 170);
  CHECK(by_party >= 175);
}

TEST_CASE("right hits follow from what reviewers sent on", "[compare][exact]") {
  // 100 hits, 60 right: 0.98 x 60 + 0.05 x 40 = 60.8 are sent on in the mean.
  const auto e = right_hits({61, 100}, 0.98, 0.05);
  CHECK(e.estimate == Approx((61 - 5) / 0.93).epsilon(1e-12));
  CHECK(e.contains(60));
  CHECK_FALSE(e.contains(50));
  // A reviewer without error tells how many.
  const auto sure = right_hits({61, 100}, 1, 0);
  CHECK(sure.lower == Approx(61));
  CHECK(sure.upper == Approx(61));
  CHECK(right_hits({0, 100}, 0.98, 0.05).lower == 0);
  CHECK_FALSE(right_hits({0, 0}, 0.98, 0.05).defined);
  CHECK_THROWS_WITH(right_hits({1, 2}, 0.5, 0.5),
                    "hits: a right one is confirmed oftener than a wrong one");
}

TEST_CASE("the interval of right hits holds the truth", "[compare][statistical]") {
  int held = 0;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    std::int64_t sent = 0;
    for (std::uint64_t i = 0; i < 300; ++i) sent += u(i, w, 3) < (i < 120 ? 0.9 : 0.1) ? 1 : 0;
    held += right_hits({sent, 300}, 0.9, 0.1).contains(120) ? 1 : 0;
  }
  CHECK(held >= 178);
}

TEST_CASE("seizures follow from the rows of statistics", "[compare][statistical]") {
  CHECK(seized_of_reports(std::vector<ReportRow>{{10, 1}, {30, 1}}, 1, 0).lower == 40);
  CHECK_FALSE(seized_of_reports({}, 0.9, 0.05).defined);
  CHECK_THROWS_WITH(seized_of_reports({}, 0, 0.05), "reports: chances lie between 0 and 1");
  CHECK_THROWS_WITH(seized_of_reports(std::vector<ReportRow>{{10, 0}}, 0.9, 0),
                    "reports: a row cannot be");
  int held = 0, believed = 0;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    double truth = 0;
    std::vector<ReportRow> rows;
    for (std::uint64_t i = 0; i < 150; ++i) {
      const double x = 1 + 9 * u(i, w, 7), in_time = i < 100 ? 1 : 0.5;
      truth += x;
      if (!(u(i, w, 8) < 0.6 * in_time)) continue;
      rows.push_back({x, in_time});
      if (u(i, w, 9) < 0.1) rows.push_back({x, in_time});
    }
    held += seized_of_reports(rows, 0.6, 0.1).contains(truth) ? 1 : 0;
    believed += seized_of_reports(rows, 0.9, 0.1).contains(truth) ? 1 : 0;
  }
  CHECK(held >= 178);
  CHECK(believed < 50);
}

TEST_CASE("the interval of reported seizures holds sums that few large cases make",
          "[compare][statistical]") {
  // Log-normal amounts with a sigma of 1.5, 60 cases. A normal interval holds in 85.9 % of such
  // worlds (4,000 drawn apart from this), which gives 180 of 200 or more with a chance of 0.06; one
  // of 95 % does with 0.9997.
  int held = 0, too_low = 0, too_high = 0;
  for (std::int32_t w = 0; w < n_worlds; ++w) {
    double truth = 0;
    std::vector<ReportRow> rows;
    for (std::uint64_t i = 0; i < 60; ++i) {
      const double x = sim::exp(1.5 * sim::normal_quantile(u(i, w, 10)));
      truth += x;
      if (u(i, w, 11) < 0.6) rows.push_back({x, 1});
    }
    const auto e = seized_of_reports(rows, 0.6, 0);
    held += e.contains(truth) ? 1 : 0;
    too_low += e.upper < truth ? 1 : 0;
    too_high += e.lower > truth ? 1 : 0;
    CHECK(e.upper - e.estimate >= e.estimate - e.lower);
  }
  CAPTURE(too_low, too_high);
  CHECK(held >= 180);
}
