// SPDX-License-Identifier: Apache-2.0
#include "models/control/event_queue.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::control {
namespace {

/// When each officer is free: the earliest first.
using Desks = std::priority_queue<double, std::vector<double>, std::greater<>>;

void check_ascending(std::span<const double> arrivals_s) {
  if (!std::is_sorted(arrivals_s.begin(), arrivals_s.end())) {
    throw std::invalid_argument("run_events: arrivals must ascend");
  }
}

}  // namespace

double service_s(const ServiceDraw& service, sim::RunKey key, std::uint64_t number) {
  if (service.stages == 0) return service.mean_s;
  double product = 1;  // of uniforms in (0, 1]: 64 of them stay far above the smallest double
  for (int stage = 0; stage < service.stages; ++stage) {
    const auto words =
        sim::draw(key, sim::Purpose::person, number, 0, static_cast<std::uint16_t>(stage / 2));
    const std::size_t half = 2 * (static_cast<std::size_t>(stage) % 2);
    product *= 1 - sim::uniform53(sim::bits64(words[half], words[half + 1]));
  }
  return -sim::log(product) * service.mean_s / service.stages;
}

std::vector<Visit> run_events(std::span<const double> arrivals_s, std::int64_t officers,
                              const ServiceDraw& service, sim::RunKey key) {
  check_ascending(arrivals_s);
  if (officers < 1) throw std::invalid_argument("run_events: at least one officer is needed");
  Desks free;
  for (std::int64_t i = 0; i < officers; ++i) free.push(arrivals_s.empty() ? 0 : arrivals_s[0]);
  std::vector<Visit> visits;
  visits.reserve(arrivals_s.size());
  for (const double arrival : arrivals_s) {
    const double start = std::max(arrival, free.top());
    free.pop();
    const double end = start + service_s(service, key, visits.size());
    free.push(end);
    visits.push_back({arrival, start, end});
  }
  return visits;
}

std::vector<Visit> run_events(std::span<const double> arrivals_s, const HourlyOfficers& officers,
                              const ServiceDraw& service, sim::RunKey key) {
  check_ascending(arrivals_s);
  if (std::all_of(officers.begin(), officers.end(), [](auto c) { return c == 0; })) {
    throw std::invalid_argument("run_events: at least one officer is needed in some hour");
  }
  // Persons start in the order of arrival, so start times ascend and a set of ends of service is
  // enough: at time t a person may start when fewer persons are at desks than there are officers on
  // duty.
  std::priority_queue<double, std::vector<double>, std::greater<>> ends;
  std::vector<Visit> visits;
  visits.reserve(arrivals_s.size());
  double now = 0;
  for (const double arrival : arrivals_s) {
    now = std::max(now, arrival);
    for (;;) {
      while (!ends.empty() && ends.top() <= now) ends.pop();
      const auto hour = static_cast<std::int64_t>(now / 3600);
      if (ends.size() < officers[static_cast<std::size_t>(hour % 24)]) break;
      const double next_hour = 3600 * static_cast<double>(hour + 1);
      now = ends.empty() ? next_hour : std::min(ends.top(), next_hour);
    }
    const double end = now + service_s(service, key, visits.size());
    ends.push(end);
    visits.push_back({arrival, now, end});
  }
  return visits;
}

}  // namespace corridor::control
