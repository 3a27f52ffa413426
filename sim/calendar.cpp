// SPDX-License-Identifier: Apache-2.0
#include "sim/calendar.hpp"

#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace corridor::sim {
namespace {

using std::chrono::year_month_day;

year_month_day civil(const Date& date) {
  return std::chrono::year(date.year) / std::chrono::month(static_cast<unsigned>(date.month)) /
         std::chrono::day(static_cast<unsigned>(date.day));
}

/// The number that the digits text[from, from + n) spell, or -1.
int digits(std::string_view text, std::size_t from, std::size_t n) {
  int value = 0;
  for (const char c : text.substr(from, n)) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace

int days_in_month(int year, int month) {
  const auto last = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                    std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::int64_t day_number(const Date& date) {
  return std::chrono::sys_days(civil(date)).time_since_epoch().count();
}

Date date_of(std::int64_t day_number) {
  const year_month_day civil_date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(day_number)))};
  return {static_cast<int>(civil_date.year()),
          static_cast<int>(static_cast<unsigned>(civil_date.month())),
          static_cast<int>(static_cast<unsigned>(civil_date.day()))};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const Date date{digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)};
  if (date.year < 0 || date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
  if (date.day > days_in_month(date.year, date.month)) return std::nullopt;
  return date;
}

std::string text(const Date& date) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer;
}

Calendar::Calendar(const Date& start) : start_(0) {
  if (start.month < 1 || start.month > 12 || start.day < 1 || !civil(start).ok())
    throw std::domain_error("Calendar: no such date");
  start_ = day_number(start);
}

int Calendar::weekday_of(std::int64_t day) const {
  // 1970-01-01 was a Thursday, which is 3.
  const std::int64_t since_monday = (start_ + day + 3) % 7;
  return static_cast<int>(since_monday < 0 ? since_monday + 7 : since_monday);
}

int Calendar::month_index(std::int64_t day) const {
  const Date first = date_of(start_), there = date(day);
  return 12 * (there.year - first.year) + there.month - first.month;
}

std::string Calendar::month_label(std::int64_t day) const { return text(date(day)).substr(0, 7); }

}  // namespace corridor::sim
