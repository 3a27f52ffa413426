// SPDX-License-Identifier: Apache-2.0
/// \file queue_support.hpp  Days of arrivals and officers for the tests of queues.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/control/bin_queue.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace corridor::test {

using Arrivals = std::array<std::uint32_t, control::n_bins>;

inline Arrivals even_arrivals(std::uint32_t per_bin) {
  Arrivals a;
  a.fill(per_bin);
  return a;
}

inline control::HourlyOfficers even_officers(std::uint16_t c) {
  control::HourlyOfficers o;
  o.fill(c);
  return o;
}

/// Tables for 0 to 60 officers.
inline const control::DelayTables& delay_tables() {
  static const control::DelayTables tables = [] {
    std::vector<std::uint16_t> c(61);
    for (std::uint16_t i = 0; i < c.size(); ++i) c[i] = i;
    return control::DelayTables(c);
  }();
  return tables;
}

/// Arrival instants of a Poisson process of `rate` persons a second, by inversion.
inline std::vector<double> poisson_instants(double rate, std::size_t n, sim::RunKey key) {
  std::vector<double> t(n);
  double now = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto w = sim::draw(key, sim::Purpose::schedule, i, 0);
    now -= sim::log(1 - sim::uniform53(sim::bits64(w[0], w[1]))) / rate;
    t[i] = now;
  }
  return t;
}

}  // namespace corridor::test
