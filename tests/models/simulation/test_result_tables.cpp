// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_tables.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>

#include "models/simulation/result_file.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

TEST_CASE("sums take closed days and covered months, and nothing else", "[results][exact]") {
  const Scratch scratch;
  const auto path = scratch / "run.h5";
  const RunShape shape = sample_shape(2, 40);  // 12 days of January, 28 of February
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t day = 0; day < 13; ++day) write_day(file, shape, 0, day, {});
  for (std::int64_t day = 0; day < 3; ++day) write_day(file, shape, 1, day, {});
  file.write_one<std::int64_t>("/daily/units", {0, 13}, 1'000'000);  // not closed

  const ResultReader result(path);
  const Replicates all = all_replicates(result);
  CHECK(all.numbers == std::vector<std::int64_t>{0, 1});
  CHECK(closed_days(result, all) == 3);
  CHECK(closed_days(result, {{0}}) == 13);
  CHECK(covered_days(result, all) == 12);
  CHECK(covered_days(result, all, 1) == 0);

  std::int64_t units = 0;
  for (std::int64_t day = 0; day < 13; ++day)
    units += result.read_one<std::int64_t>("/daily/units", {0, day});
  CHECK(sum_days(result, "/daily/units", {{0}}) == std::vector<std::int64_t>{units});
  CHECK(sum_days(result, "/daily/units", all, 5, 6) ==
        result.read<std::int64_t>("/daily/units", {0, 5}));
  CHECK(sum_months(result, "/monthly/sea_lane_passengers", all) ==
        result.read<std::int64_t>("/monthly/sea_lane_passengers", {0, 0}));
  CHECK(sum_months(result, "/monthly/sea_lane_passengers", {{1}}) == std::vector<std::int64_t>{0});
  CHECK(sum_months(result, "/monthly/wait_histogram", all).size() == 6 * 4);
  CHECK_THROWS_AS(sum_months(result, "/daily/units", all), std::invalid_argument);
  CHECK_THROWS_AS(sum_days(result, "/daily/digest", all), std::invalid_argument);
}

TEST_CASE("sums over replicates are the sum of each", "[results][relation]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(2, 40));
  const ResultReader result(scratch / "run.h5");
  for (const char* path :
       {"/monthly/pair_trips", "/monthly/wait_histogram", "/monthly/post_persons"}) {
    std::vector<std::int64_t> parts = sum_months(result, path, {{0}});
    const std::vector<std::int64_t> other = sum_months(result, path, {{1}});
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += other[i];
    CHECK(parts == sum_months(result, path, all_replicates(result)));
  }
}

TEST_CASE("a quantile of waits is where that share of people has been served", "[results][exact]") {
  using Counts = std::vector<std::int64_t>;
  const std::vector<double> upper{60, 300, 900, std::numeric_limits<double>::infinity()};
  CHECK(std::isnan(wait_quantile(Counts{0, 0, 0, 0}, upper, 0.95)));
  CHECK(wait_quantile(Counts{100, 0, 0, 0}, upper, 0.5) == 30);    // half of the first bin
  CHECK(wait_quantile(Counts{50, 50, 0, 0}, upper, 0.5) == 60);    // exactly at an edge
  CHECK(wait_quantile(Counts{50, 50, 0, 0}, upper, 0.75) == 180);  // half-way between 60 and 300
  CHECK(wait_quantile(Counts{0, 0, 10, 0}, upper, 1) == 900);
  CHECK(wait_quantile(Counts{0, 0, 10, 90}, upper, 0.95) == 900);  // open bin: at least that
}

TEST_CASE("quantiles of waits grow with the share", "[results][property]") {
  CHECK(rc::check("monotone, within the edges, and the same when counts are scaled", [] {
    std::vector<std::int64_t> counts;
    std::vector<double> upper;
    for (int i = 0; i < *rc::gen::inRange(1, 12); ++i) {
      counts.push_back(*rc::gen::inRange(0, 50));
      upper.push_back((upper.empty() ? 0 : upper.back()) + *rc::gen::inRange(1, 1000));
    }
    counts.front() += 1;
    double last = 0;
    for (int q = 0; q <= 20; ++q) {
      const double now = wait_quantile(counts, upper, q / 20.0);
      RC_ASSERT(now >= last);
      RC_ASSERT(now <= upper.back());
      last = now;
      std::vector<std::int64_t> fourfold = counts;
      for (auto& n : fourfold) n *= 4;  // a power of two: exact
      RC_ASSERT(wait_quantile(fourfold, upper, q / 20.0) == now);
    }
  }));
}

TEST_CASE("a mean over replicates is whole where it can be", "[results][exact]") {
  CHECK(mean_text(10, 1) == "10");
  CHECK(mean_text(10, 2) == "5");
  CHECK(mean_text(10, 4) == "2.50");
  CHECK(mean_text(0, 3) == "0");
  CHECK(mean_text(-1, 2) == "-0.50");
}
