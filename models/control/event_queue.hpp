// SPDX-License-Identifier: Apache-2.0
/// \file event_queue.hpp  The checking queue: person by person, first come first served, G/G/c.
///
/// Each person takes the first officer who is free. Officers may change by hour of the day: one who
/// leaves finishes the person at the desk; new ones start with the hour. Service is a draw of its
/// own, keyed by the person's number, so a longer or shorter queue changes nobody's service. A
/// gamma time with shape n is a sum of n exponentials. Used to test bin_queue.hpp; a day at a large
/// airport is 1e5 events. Checked in tests/models/control/test_event_queue.cpp: Erlang-C,
/// Pollaczek-Khinchine, Little's law, order of service.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/control/staffing.hpp"
#include "sim/random.hpp"

namespace corridor::control {

/// Service of mean_s seconds: `stages` exponential stages (cv^2 = 1 / stages); 0 stages: always
/// mean_s.
struct ServiceDraw {
  double mean_s = 60;
  int stages = 1;
};

/// The service of person `number`. \pre 0 <= stages <= 64
[[nodiscard]] double service_s(const ServiceDraw& service, sim::RunKey key, std::uint64_t number);

struct Visit {
  double arrival_s = 0, start_s = 0, end_s = 0;
  [[nodiscard]] double wait_s() const { return start_s - arrival_s; }
};

/// Same officers at all times. \param arrivals_s  ascending. \throws std::invalid_argument when
/// not, or no officers.
[[nodiscard]] std::vector<Visit> run_events(std::span<const double> arrivals_s,
                                            std::int64_t officers, const ServiceDraw& service,
                                            sim::RunKey key);
/// Officers by hour, repeated every 24 hours from second 0. \throws std::invalid_argument also when
/// no hour has any.
[[nodiscard]] std::vector<Visit> run_events(std::span<const double> arrivals_s,
                                            const HourlyOfficers& officers,
                                            const ServiceDraw& service, sim::RunKey key);

}  // namespace corridor::control
