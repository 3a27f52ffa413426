// SPDX-License-Identifier: Apache-2.0
/// \file stopwatch.hpp  CPU and wall time, medians, and the unit P in which the benchmarks are
/// stated.
///
/// P is the CPU time of one scalar Random123 Philox4x32-10 block, measured in the same run, next to
/// what it is compared with: machines are noisy and differ, ratios less so.
#pragma once

#include <Random123/philox.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace corridor::bench {

inline double seconds_of(clockid_t clock) {
  timespec t{};
  ::clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
inline double cpu_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }
inline double wall_seconds() { return seconds_of(CLOCK_MONOTONIC); }

inline double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  const std::size_t n = x.size();
  return n == 0 ? 0 : n % 2 == 1 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

/// Largest memory that the process has had, in MiB.
inline double peak_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// CPU seconds of one scalar Philox block; the results are used, so that the loop stays.
inline double measure_p() {
  constexpr std::uint64_t n = 4'000'000;
  std::uint32_t sum = 0;
  const double begin = cpu_seconds();
  for (std::uint32_t i = 0; i < n; ++i) {
    // The compiler must not see the counter through, or it would vectorise the scalar block.
    std::uint32_t low = i;
    asm volatile("" : "+r"(low));
    sum ^= philox4x32_R(10, {{low, 0, 3, 4}}, {{1, 2}}).v[0];
  }
  const double end = cpu_seconds();
  asm volatile("" : : "r"(sum));
  return (end - begin) / static_cast<double>(n);
}

}  // namespace corridor::bench
