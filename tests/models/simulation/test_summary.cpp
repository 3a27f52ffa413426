// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/summary.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "models/simulation/result_file.hpp"
#include "models/simulation/result_tables.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;
using Catch::Matchers::Contains;

TEST_CASE("large numbers are grouped by thousands", "[results][exact]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567.4) == "1,234,567");
  CHECK(grouped(-1234567.0) == "-1,234,567");
  CHECK(grouped(-0.2) == "0");
}

TEST_CASE("the summary adds up to the datasets it comes from", "[results][info][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(2, 40);
  write_sample(scratch / "run.h5", shape);
  const ResultReader result(scratch / "run.h5");
  const Summary s = summarise(result, 3);
  CHECK(s.complete);
  CHECK(s.closed_days == 40);
  CHECK(s.covered_days == 40);
  CHECK(s.first_date == "2019-01-20");
  CHECK(s.last_date == "2019-02-28");
  REQUIRE(s.totals.front().name == "trips_started");
  double sum[2] = {0, 0};
  for (std::int64_t r = 0; r < 2; ++r)
    for (const std::int64_t n : result.read<std::int64_t>("/daily/trips_started", {r}))
      sum[r] += static_cast<double>(n);
  CHECK(s.totals.front().value == (sum[0] + sum[1]) / 2);
  CHECK(s.totals_min.front() == std::min(sum[0], sum[1]));
  CHECK(s.totals_max.front() == std::max(sum[0], sum[1]));

  // Crossings split by mode and by region are the same crossings.
  double by_mode = 0, by_region = 0, by_month = 0;
  for (const CrossingFigures& c : s.crossings_by_mode) by_mode += c.entry + c.exit;
  for (const CrossingFigures& c : s.crossings_by_region) by_region += c.entry + c.exit;
  for (const MonthFigures& m : s.months) by_month += m.trips_started;
  CHECK(by_mode == s.crossings.entry + s.crossings.exit);
  CHECK(by_region == by_mode);
  CHECK(by_month == s.totals.front().value);
  REQUIRE(s.top_posts.size() == 3);
  CHECK(s.top_posts[0].persons >= s.top_posts[1].persons);
  CHECK(s.top_posts[1].persons >= s.top_posts[2].persons);
}

TEST_CASE("the summary in words has units, and its JSON twin the same numbers",
          "[results][info][exact]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(1, 40));
  const Summary s = summarise(ResultReader(scratch / "run.h5"));
  const std::string text = summary_text(s);
  CHECK_THAT(text, Contains("run.h5: scenario 'small', world 'Archipelago', seed 7\n"));
  CHECK_THAT(text, Contains("40 of 40 days, 2019-01-20 to 2019-02-28, 1 replicate; complete\n"));
  CHECK_THAT(text, Contains(grouped(s.totals.front().value) + " trips"));
  CHECK_THAT(text, Contains("wait, min"));
  CHECK_THAT(text, Contains("land XAA-XBB #1, entry XBB"));
  CHECK(s.longest_wait_s == 900);  // the 95th percentile of some posts lies in the open bin
  CHECK_THAT(text, Contains("> 15.0"));
  CHECK_THAT(text, Contains("world trips"));
  const auto json = nlohmann::json::parse(summary_json(s));
  CHECK(json["totals"]["trips_started"] == s.totals.front().value);
  CHECK(json["crossings"]["entry"] == s.crossings.entry);
  CHECK(json["busiest_posts"].size() == s.top_posts.size());
  CHECK(json["crossings_by_region"]["africa"]["wait_p95_s"].is_null());  // nobody passed there
  CHECK(json["closed_days"] == 40);
  CHECK(json["months"].size() == 2);
}

TEST_CASE("a summary of an unfinished or empty run says so", "[results][info][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 40);
  ResultFile file = ResultFile::create(scratch / "run.h5", shape, sample_provenance(), false);
  CHECK_THAT(summary_text(summarise(ResultReader(scratch / "run.h5"))),
             Contains("No day of 40 is closed yet, 1 replicate; not complete"));
  CHECK_NOTHROW(nlohmann::json::parse(summary_json(summarise(ResultReader(scratch / "run.h5")))));
  for (std::int64_t day = 0; day < 15; ++day) write_day(file, shape, 0, day, {});
  const Summary s = summarise(ResultReader(scratch / "run.h5"));
  CHECK(s.closed_days == 15);
  CHECK(s.covered_days == 12);
  CHECK_THAT(summary_text(s), Contains("15 of 40 days, 2019-01-20 to 2019-02-03"));
  CHECK_THAT(summary_text(s), Contains("Posts and links cover 12 days only"));
}

TEST_CASE("a run at a smaller scale says what one traveller counts for", "[results][info][exact]") {
  const Scratch scratch;
  Provenance p = sample_provenance();
  p.scale = 0.01;
  static_cast<void>(ResultFile::create(scratch / "run.h5", sample_shape(1, 5), p, false));
  CHECK_THAT(summary_text(summarise(ResultReader(scratch / "run.h5"))),
             Contains("Scale 0.01: of ordinary travelling units that share was simulated, each "
                      "counting for 100"));
}
