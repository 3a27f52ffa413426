// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/reports.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace corridor;
using namespace corridor::trafficking;

namespace {
std::vector<SeizureRow> seizures(std::size_t n) {
  std::vector<SeizureRow> out(n);
  for (std::size_t i = 0; i < n; ++i) {
    out[i].consignment = consignment_id(i);
    out[i].day = static_cast<std::int32_t>(i % 365);
    out[i].grams = 1000;
  }
  return out;
}
}  // namespace

TEST_CASE("reported seizures are the true ones when reporting is perfect",
          "[trafficking][reports][exact]") {
  TraffickingParams p;
  p.reported = 1;
  p.report_twice = 0;
  p.report_delay_days = 0;
  auto rows = seizures(1000);
  report(p, {1, 0}, rows);
  CHECK(reported_grams(rows, 0, 365, 365) == 1'000'000);
  for (const SeizureRow& row : rows) CHECK(row.published == row.day);
  p.reported = 0;
  report(p, {1, 0}, rows);
  CHECK(reported_grams(rows, 0, 365, 100'000) == 0);
}

TEST_CASE("a year is complete only after the delay", "[trafficking][reports][property]") {
  TraffickingParams p;
  auto rows = seizures(5000);
  report(p, {1, 0}, rows);
  std::int64_t last = 0;
  for (std::int32_t today = 365; today < 2000; today += 100) {
    const std::int64_t now = reported_grams(rows, 0, 365, today);
    CHECK(now >= last);
    last = now;
  }
  CHECK(reported_grams(rows, 0, 365, 365) < last);
}

TEST_CASE("shares, doubles and delays of reports have their expectations",
          "[trafficking][reports][statistical]") {
  // n = 40,000; 4 standard errors each (false alarm 6e-5): share 0.9: 0.006; doubles among 36,000
  // reported at 0.05: 0.0046; delay: an exponential's sd is its mean, 60/sqrt(36,000) x 4 = 1.27
  // days, and rounding down takes off half a day.
  const TraffickingParams p;
  auto rows = seizures(40'000);
  report(p, {7, 0}, rows);
  double reported = 0, twice = 0, delay = 0;
  for (const SeizureRow& row : rows) {
    if (row.published < 0) continue;
    ++reported;
    twice += row.times == 2;
    delay += row.published - row.day;
  }
  CHECK(std::abs(reported / 40'000 - 0.9) < 0.006);
  CHECK(std::abs(twice / reported - 0.05) < 0.0046);
  CHECK(std::abs(delay / reported - 59.5) < 1.3);
}

TEST_CASE("a higher probability of reporting only adds reports",
          "[trafficking][reports][relation]") {
  TraffickingParams low, high;
  low.reported = 0.5;
  high.reported = 0.8;
  auto a = seizures(2000), b = a;
  report(low, {1, 0}, a);
  report(high, {1, 0}, b);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].published >= 0) CHECK(b[i].published == a[i].published);
}
