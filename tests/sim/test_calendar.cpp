// SPDX-License-Identifier: Apache-2.0
#include "sim/calendar.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <stdexcept>

using namespace corridor::sim;

TEST_CASE("dates that exist are read, and no others", "[calendar][exact]") {
  CHECK(parse_date("2019-01-01") == Date{2019, 1, 1});
  CHECK(parse_date("2020-02-29") == Date{2020, 2, 29});
  CHECK(parse_date("2000-02-29") == Date{2000, 2, 29});  // a century that 400 divides
  for (const char* text : {"2019-02-29", "1900-02-29", "2019-04-31", "2019-13-01", "2019-00-10",
                           "2019-01-00", "2019-1-1", "19-01-01", "2019/01/01", "2019-01-01 ", "",
                           "-019-01-01", "2019-01-1x", "2019-01-01T00:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
}

TEST_CASE("day numbers agree with known dates", "[calendar][exact]") {
  CHECK(day_number({1970, 1, 1}) == 0);
  CHECK(day_number({1969, 12, 31}) == -1);
  CHECK(day_number({2000, 3, 1}) == 11017);
  CHECK(day_number({2019, 1, 1}) == 17897);  // 1546300800 s of Unix time / 86400
  CHECK(days_in_month(2019, 2) == 28);
  CHECK(days_in_month(2020, 2) == 29);
  CHECK(days_in_month(2100, 2) == 28);
}

TEST_CASE("date and day number are inverses, and one day later is the next date",
          "[calendar][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::int64_t>(*rc::gen::inRange(-1'000'000, 1'000'000));
    const Date today = date_of(n), tomorrow = date_of(n + 1);
    RC_ASSERT(day_number(today) == n);
    const bool same_month = tomorrow.month == today.month && tomorrow.day == today.day + 1;
    const bool month_ended =
        tomorrow.day == 1 && today.day == days_in_month(today.year, today.month);
    RC_ASSERT(same_month || month_ended);
    if (today.year >= 0 && today.year <= 9999) RC_ASSERT(parse_date(text(today)) == today);
  }));
}

TEST_CASE("a scenario's days have months, weekdays and years on both sides of day 0",
          "[calendar][exact]") {
  const Calendar calendar({2019, 1, 1});  // a Tuesday
  CHECK(calendar.weekday_of(0) == 1);
  CHECK(calendar.weekday_of(5) == 6);
  CHECK(calendar.weekday_of(6) == 0);
  CHECK(calendar.weekday_of(-1) == 0);
  CHECK(calendar.weekday_of(-2) == 6);
  CHECK(calendar.month_of(30) == 0);
  CHECK(calendar.month_of(31) == 1);
  CHECK(calendar.month_of(-1) == 11);
  CHECK(calendar.month_of(365) == 0);
  CHECK(calendar.month_index(0) == 0);
  CHECK(calendar.month_index(364) == 11);
  CHECK(calendar.month_index(365) == 12);
  CHECK(calendar.month_index(-1) == -1);
  CHECK(calendar.month_label(59) == "2019-03");
  CHECK(text(calendar.date(364)) == "2019-12-31");
  CHECK(Calendar::year_index(0) == 0);
  CHECK(Calendar::year_index(364) == 0);
  CHECK(Calendar::year_index(365) == 1);
  CHECK(Calendar::year_index(-1) == -1);
  CHECK(Calendar::year_index(-365) == -1);
  CHECK(Calendar::year_index(-366) == -2);
}

TEST_CASE("a leap day is a day of the calendar", "[calendar][exact]") {
  const Calendar calendar({2020, 2, 28});
  CHECK(text(calendar.date(1)) == "2020-02-29");
  CHECK(calendar.month_of(1) == 1);
  CHECK(calendar.month_of(2) == 2);
}

TEST_CASE("a calendar cannot start on a date that does not exist", "[calendar][errors]") {
  CHECK_THROWS_AS(Calendar({2019, 2, 29}), std::domain_error);
  CHECK_THROWS_AS(Calendar({2019, 13, 1}), std::domain_error);
  CHECK_THROWS_AS(Calendar({2019, -1, 1}), std::domain_error);
}
