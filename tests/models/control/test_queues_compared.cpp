// SPDX-License-Identifier: Apache-2.0
/// \file test_queues_compared.cpp  The fast queue beside the one that follows every person.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/control/bin_queue.hpp"
#include "models/control/event_queue.hpp"
#include "tests/models/control/queue_support.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

using Profile = std::array<double, n_bins>;  // expected persons per bin

/// Arrivals of one day with these expectations: a Poisson process of unit rate, run through the
/// inverse of the cumulative profile (B4).
std::vector<double> instants(const Profile& profile, sim::RunKey key) {
  const auto unit = test::poisson_instants(1, 40'000, key);
  std::vector<double> t;
  double before = 0;
  std::size_t bin = 0;
  for (const double u : unit) {
    while (bin < n_bins && before + profile[bin] <= u) before += profile[bin++];
    if (bin == n_bins) return t;
    t.push_back(bin_s * (static_cast<double>(bin) + (u - before) / profile[bin]));
  }
  throw std::logic_error("instants: the profile needs more points");
}

struct Comparison {
  std::vector<double> fast_mean, slow_mean;  // per replicate, seconds
  std::vector<double> slow_p95, fast_p95;
};

double quantile_of(const LaneDay& day, double q) {
  static constexpr auto edges = wait_bin_edges();
  double below = 0;
  for (std::size_t i = 0; i + 1 < n_wait_bins; ++i) {
    const auto here = static_cast<double>(day.histogram[i]);
    const double wanted = q * static_cast<double>(day.persons) - below;
    if (here > 0 && here >= wanted) {
      const double low = i == 0 ? 0 : edges[i - 1];
      return low + (edges[i] - low) * std::max(0.0, wanted) / here;
    }
    below += here;
  }
  return edges[n_wait_bins - 2];
}

/// The same arrivals through both queues; the fast one is given their counts per bin.
Comparison compare(const Profile& profile, const HourlyOfficers& officers, int replicates) {
  Comparison result;
  for (int r = 0; r < replicates; ++r) {
    const auto replicate = static_cast<std::uint32_t>(r);
    const auto arrivals = instants(profile, {21, replicate});
    test::Arrivals counts{};
    for (const double t : arrivals) ++counts[static_cast<std::size_t>(t / bin_s)];
    const auto visits = run_events(arrivals, officers, {60, 1}, {22, replicate});
    std::vector<double> waits;
    double sum = 0;
    for (const Visit& v : visits) {
      waits.push_back(v.wait_s());
      sum += v.wait_s();
    }
    std::sort(waits.begin(), waits.end());
    double in_system = 0;
    const LaneDay day =
        run_lane(test::delay_tables(), {{60, 1}, 1e9, 1}, counts, officers, in_system, 0.5);
    result.slow_mean.push_back(sum / static_cast<double>(waits.size()));
    result.fast_mean.push_back(static_cast<double>(day.wait_person_seconds) /
                               static_cast<double>(day.persons));
    result.slow_p95.push_back(waits[waits.size() * 95 / 100]);
    result.fast_p95.push_back(quantile_of(day, 0.95));
  }
  return result;
}

double mean(const std::vector<double>& x) { return test::moments(x).mean; }

/// 4 standard errors of the mean paired difference: what chance alone can do to a comparison of
/// means.
double chance(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> difference(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) difference[i] = a[i] - b[i];
  return test::moments(difference).tolerance();
}

}  // namespace

// The fast queue is an approximation, and these bounds are its stated accuracy: a tenth of the mean
// wait, 15 % of the 95th percentile (whose bins are a third to a half wide), each plus what chance
// can do. docs/odd/control.md repeats them.
TEST_CASE("a day with peaks and an overload: both queues agree on mean and 95th percentile",
          "[control][queue][events][statistical]") {
  Profile profile;
  HourlyOfficers officers;
  for (std::size_t h = 0; h < 24; ++h) {
    officers[h] = h < 6 ? 4 : h < 10 ? 12 : h < 16 ? 9 : h < 21 ? 11 : 5;
    const double load = h < 6     ? 0.4
                        : h == 7  ? 1.25
                        : h < 10  ? 0.9
                        : h < 16  ? 0.8
                        : h == 18 ? 1.15
                                  : 0.7;
    for (std::size_t q = 0; q < 4; ++q) profile[4 * h + q] = load * officers[h] * 15;
  }
  const Comparison c = compare(profile, officers, 100);
  CAPTURE(mean(c.fast_mean), mean(c.slow_mean), mean(c.fast_p95), mean(c.slow_p95));
  CHECK(std::abs(mean(c.fast_mean) - mean(c.slow_mean)) <
        0.1 * mean(c.slow_mean) + chance(c.fast_mean, c.slow_mean));
  CHECK(std::abs(mean(c.fast_p95) - mean(c.slow_p95)) <
        0.15 * mean(c.slow_p95) + chance(c.fast_p95, c.slow_p95));
}

TEST_CASE("A3, nine officers for 600 an hour: both queues grow by a person a minute",
          "[control][queue][events][statistical]") {
  Profile profile;
  profile.fill(150);
  const Comparison c = compare(profile, test::even_officers(9), 50);
  CAPTURE(mean(c.fast_mean), mean(c.slow_mean));
  CHECK(std::abs(mean(c.fast_mean) - mean(c.slow_mean)) <
        0.01 * mean(c.slow_mean) + chance(c.fast_mean, c.slow_mean));
  // The last waits are those of 1440 persons in line for nine officers: 9,600 s; p95 is in the bin
  // above 7,200 s.
  CHECK(mean(c.fast_p95) == 7200);
  CHECK(mean(c.slow_p95) > 7200);
}

TEST_CASE(
    "a flight that arrives within five minutes waits longer than the fast queue says, by no more "
    "than two thirds of a bin",
    "[control][queue][events][relation]") {
  // 180 persons, ten officers of one a minute. All at once, the mean wait is about 180 / 2 / 10 min
  // = 9 min; even over the 15 minutes of the bin there are 30 too many, and the mean wait is 1.5
  // min and what chance adds.
  std::vector<double> arrivals;
  for (int i = 0; i < 180; ++i) arrivals.push_back(300 * (i + 0.5) / 180);
  test::Arrivals counts{};
  counts[0] = 180;
  std::vector<double> waits;
  for (std::uint32_t r = 0; r < 200; ++r) {
    double sum = 0;
    for (const Visit& v : run_events(arrivals, 10, {60, 1}, {31, r})) sum += v.wait_s();
    waits.push_back(sum / 180);
  }
  double in_system = 0;
  std::array<BinTrace, n_bins> trace;
  run_lane(test::delay_tables(), {{60, 1}, 1e9, 1}, counts, test::even_officers(10), in_system, 0.5,
           trace);
  const auto slow = test::moments(waits);
  CAPTURE(slow.mean, trace[0].mean_wait_s);
  // Squeezing a bin's arrivals into its first five minutes moves each by at most two thirds of 15
  // minutes, and nobody is served later for it.
  CHECK(slow.mean > trace[0].mean_wait_s);
  CHECK(slow.mean < trace[0].mean_wait_s + 600);
}
