// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "sim/parallel.hpp"

using namespace corridor;

TEST_CASE("every unit is worked once, by a worker in range, for any number of threads",
          "[parallel][exact]") {
  for (const int threads : {1, 2, 3, 8}) {
    sim::Workers workers(threads);
    std::vector<std::atomic<int>> done(1000);
    std::atomic<bool> in_range{true};
    workers.run(done.size(), [&](std::size_t unit, int worker) {
      ++done[unit];
      if (worker < 0 || worker >= workers.count()) in_range = false;
    });
    CHECK(in_range);
    CHECK(std::all_of(done.begin(), done.end(), [](const auto& d) { return d == 1; }));
  }
}

TEST_CASE("tallies of workers add up to the same total however the work was split",
          "[parallel][relation]") {
  std::vector<std::int64_t> expected(7, 0);
  for (std::size_t unit = 0; unit < 5000; ++unit)
    expected[unit % 7] += static_cast<std::int64_t>(unit);
  for (const int threads : {1, 2, 5}) {
    sim::Workers workers(threads);
    std::vector<std::vector<std::uint32_t>> parts(static_cast<std::size_t>(workers.count()),
                                                  std::vector<std::uint32_t>(7, 0));
    std::vector<std::int64_t> total(7, 0);
    workers.run(5000, [&](std::size_t unit, int worker) {
      parts[static_cast<std::size_t>(worker)][unit % 7] += static_cast<std::uint32_t>(unit);
    });
    for (auto& part : parts) sim::drain(std::span(part), std::span(total));
    CHECK(total == expected);
    for (auto& part : parts)
      sim::drain(std::span(part), std::span(total));  // drained: nothing is counted twice
    CHECK(total == expected);
  }
}

TEST_CASE("an exception of a unit reaches the caller", "[parallel][exact]") {
  sim::Workers workers(2);
  CHECK_THROWS_AS(workers.run(10,
                              [](std::size_t unit, int) {
                                if (unit == 7) throw std::runtime_error("seven");
                              }),
                  std::runtime_error);
  CHECK_THROWS_AS(sim::Workers(-1), std::invalid_argument);
}
