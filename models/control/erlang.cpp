// SPDX-License-Identifier: Apache-2.0
#include "models/control/erlang.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::control {
namespace {

double delay_from_blocking(double servers, double load, double b) {
  return load >= servers ? 1.0 : b / (1.0 - load / servers * (1.0 - b));
}

double tail(double servers, double load, double service_s, double t_s, double c) {
  return load >= servers ? 1.0 : c * sim::exp(-(servers - load) * t_s / service_s);
}

}  // namespace

double erlang_b(std::int64_t servers, double load) {
  if (load == 0) return servers == 0 ? 1.0 : 0.0;
  double b = 1;
  for (std::int64_t k = 1; k <= servers; ++k) b = load * b / (static_cast<double>(k) + load * b);
  return b;
}

double erlang_c(std::int64_t servers, double load) {
  return delay_from_blocking(static_cast<double>(servers), load, erlang_b(servers, load));
}

double mean_wait_s(std::int64_t servers, double load, double service_s) {
  const auto c = static_cast<double>(servers);
  if (load >= c) return std::numeric_limits<double>::infinity();
  return erlang_c(servers, load) * service_s / (c - load);
}

double wait_tail(std::int64_t servers, double load, double service_s, double t_s) {
  return tail(static_cast<double>(servers), load, service_s, t_s, erlang_c(servers, load));
}

std::int64_t servers_for(double load, double service_s, double target_s, double level) {
  if (!(load >= 0 && load < 1e9 && service_s > 0 && target_s >= 0 && level >= 0 && level < 1)) {
    throw std::domain_error(
        "servers_for: load in [0, 1e9), service > 0, target >= 0 and level in [0, 1) are allowed");
  }
  if (load == 0) return 0;
  // One pass of the recursion serves all numbers of servers. The tail falls with each server, so
  // the first that meets the target is the smallest.
  double b = 1;
  for (std::int64_t k = 1;; ++k) {
    const auto c = static_cast<double>(k);
    b = load * b / (c + load * b);
    if (c <= load) continue;
    if (tail(c, load, service_s, target_s, delay_from_blocking(c, load, b)) <= 1 - level) return k;
  }
}

}  // namespace corridor::control
