// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/joining.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math.hpp"

namespace corridor::cooperation {
namespace {

constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::max();  // `never`

}  // namespace

void Joining::add(std::int32_t from_day, const CooperationParams& p) {
  stretches_.push_back({from_day, p.assistance_analysts, p.analyst_rate, p.analyst_error,
                        static_cast<std::int32_t>(p.assistance_travel_days)});
}

bool Joining::any() const {
  return std::any_of(stretches_.begin(), stretches_.end(),
                     [](const Stretch& s) { return s.analysts > 0; });
}

double Joining::most_error() const {
  double most = 0;
  for (const Stretch& s : stretches_) most = std::max(most, s.analysts > 0 ? s.error : 0);
  return most;
}

const Joining::Stretch& Joining::at(std::int32_t day) const {
  std::size_t s = stretches_.size() - 1;
  while (s > 0 && day < stretches_[s].from) --s;
  return stretches_[s];
}

double Joining::analysts(std::int32_t day) const {
  if (stretches_.empty()) return 0;
  const std::int32_t first = day - at(day).travel_days;
  if (first < 0) return 0;
  double least = at(first).analysts;
  for (const Stretch& s : stretches_) {
    if (s.from > first && s.from <= day) least = std::min(least, s.analysts);
  }
  return least;
}

std::vector<std::int32_t> Joining::turns() const {
  std::vector<std::int32_t> days;
  for (const Stretch& s : stretches_) {
    const std::int32_t from = std::max(0, s.from);
    days.push_back(from);
    // Whoever is lent then arrives after the days that travel takes on arrival.
    for (const Stretch& later : stretches_) days.push_back(from + later.travel_days);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

std::int32_t Joining::joined(double u, std::int32_t known) const {
  if (!any() || known == no_day) return no_day;
  double left = -sim::log(1 - u);
  const std::vector<std::int32_t> days = turns();
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::int32_t to = i + 1 < days.size() ? days[i + 1] : no_day;
    const std::int32_t from = std::max(days[i], known);
    if (from >= to) continue;
    const double a_day = at(days[i]).rate * analysts(days[i]);
    if (!(a_day > 0)) continue;
    const double takes = std::ceil(left / a_day);
    if (takes <= static_cast<double>(to) - from) {
      return to == no_day && takes > 36500 ? no_day : from + static_cast<std::int32_t>(takes);
    }
    left -= a_day * (static_cast<double>(to) - from);
  }
  return no_day;
}

bool Joining::errs(double u, std::int32_t joined) const {
  // With the values of the last day of work.
  return !stretches_.empty() && u < at(joined - 1).error;
}

}  // namespace corridor::cooperation
