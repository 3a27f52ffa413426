// SPDX-License-Identifier: Apache-2.0
/// \file calendar.hpp  Days of a scenario and dates of the proleptic Gregorian calendar, UTC.
///
/// Day 0 is the scenario's start date; days before it are negative. Months and days of the week are
/// the calendar's. A year of the simulation ("pool-year", in which travelling units recur) is 365
/// days counted from day 0, so leap days shift it against the calendar's year by a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace corridor::sim {

struct Date {
  int year = 1970, month = 1, day = 1;  ///< month 1..12, day 1..31
  bool operator==(const Date&) const = default;
};

/// Days of that month, 28 to 31. `month` is 1..12.
[[nodiscard]] int days_in_month(int year, int month);

/// Days since 1970-01-01 (negative before). The date must exist.
[[nodiscard]] std::int64_t day_number(const Date& date);
[[nodiscard]] Date date_of(std::int64_t day_number);

/// "2019-01-01" exactly: four digits, two, two. Nothing for another spelling or a date that does
/// not exist.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string text(const Date& date);

class Calendar {
 public:
  static constexpr std::int64_t days_per_year = 365;

  /// \throws std::domain_error when the date does not exist.
  explicit Calendar(const Date& start);

  [[nodiscard]] Date date(std::int64_t day) const { return date_of(start_ + day); }
  [[nodiscard]] int month_of(std::int64_t day) const { return date(day).month - 1; }  ///< 0..11
  [[nodiscard]] int weekday_of(std::int64_t day) const;  ///< 0 = Monday .. 6 = Sunday
  /// Calendar months between that of day 0 and that of `day`: 0 in the first month, negative before
  /// it.
  [[nodiscard]] int month_index(std::int64_t day) const;
  /// "2019-01"
  [[nodiscard]] std::string month_label(std::int64_t day) const;
  /// floor(day / 365): day -1 is in year -1.
  [[nodiscard]] static constexpr std::int64_t year_index(std::int64_t day) {
    return day >= 0 ? day / days_per_year : -1 - (-1 - day) / days_per_year;
  }

 private:
  std::int64_t start_;
};

}  // namespace corridor::sim
