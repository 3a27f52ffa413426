// SPDX-License-Identifier: Apache-2.0
/// \file erlang.hpp  The steady queue with c servers: blocking, delay, mean wait, tail, and how
/// many servers it takes.
///
///     B(0) = 1,  B(k) = a B(k-1) / (k + a B(k-1))        Erlang B
///     C = B / (1 - rho (1 - B)),  rho = a / c            Erlang C: chance of a delay
///     Wq = C S / (c - a),  Lq = (a / S) Wq,  P(Wq > t) = C exp(-(c - a) t / S)
///
/// | symbol | in code        | unit   | domain    |
/// |--------|----------------|--------|-----------|
/// | a      | load           | 1      | >= 0      | offered load, arrival rate times mean service
/// | c      | servers        | 1      | >= 0      |
/// | S      | service_s      | s      | > 0       | mean of an exponential service
///
/// Source. Erlang (1917); Cooper (1981), "Introduction to queueing theory", 2nd ed., North Holland,
/// ch. 3. Limits. a >= c has no steady state: C = 1, waits are infinite. Not modelled. Persons who
/// leave the queue; other service times (bin_queue.hpp corrects the mean for them). Checked in
/// tests/models/control/test_erlang.cpp.
#pragma once

#include <cstdint>

namespace corridor::control {

[[nodiscard]] double erlang_b(std::int64_t servers, double load);
[[nodiscard]] double erlang_c(std::int64_t servers, double load);
/// Mean wait before service in seconds; infinite when load >= servers.
[[nodiscard]] double mean_wait_s(std::int64_t servers, double load, double service_s);
/// P(wait > t).
[[nodiscard]] double wait_tail(std::int64_t servers, double load, double service_s, double t_s);

/// Smallest number of servers for which P(wait > target_s) <= 1 - level; 0 for a load of 0. With
/// target 0 it is the smallest with C <= 1 - level. \throws std::domain_error unless load is finite
/// and >= 0, service_s > 0, target_s >= 0 and 0 <= level < 1.
[[nodiscard]] std::int64_t servers_for(double load, double service_s, double target_s,
                                       double level);

}  // namespace corridor::control
