// SPDX-License-Identifier: Apache-2.0
/// \file world_run.hpp  One replicate of one world, run in memory: its metrics and its daily
/// digests.
///
/// The same days as `corridor run` would write, so metrics agree with the result file's summary.
/// Several replicates of a small world run at once, one thread each; of a large world one after
/// another, each with all threads. No result depends on that. Checked in
/// tests/models/compare/test_compare.cpp.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/compare/metrics.hpp"
#include "models/compare/parties.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/setup.hpp"

namespace corridor::compare {

/// A run that somebody stopped.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

struct WorldRun {
  std::vector<double> values;          ///< by metric
  std::vector<std::string> parties;    ///< codes
  std::vector<double> party_values;    ///< [party][party metric]
  std::vector<std::uint64_t> digests;  ///< by day; each covers all days before
};

/// What else sees the days of a run, and its months of those who hide in the crowd.
struct Watch {
  std::function<void(const simulation::DayResult&)> day;
  std::function<void(const simulation::ActorMonth&)> month;
};

/// \param stop  asked after each day; \throws Interrupted when it says true
[[nodiscard]] WorldRun run_world(const scenario::Scenario& scenario, const simulation::Setup& setup,
                                 std::uint32_t replicate, const std::function<bool()>& stop = {},
                                 const Watch& watch = {});

struct Task {
  const scenario::Scenario* scenario = nullptr;
  const simulation::Setup* setup = nullptr;
  std::uint32_t replicate = 0;
  Watch watch = {};
};

/// All tasks, in their order. \param threads  0 = all that the machine has
/// \param done  called after each task, with how many are done; one at a time
[[nodiscard]] std::vector<WorldRun> run_worlds(std::span<const Task> tasks, int threads,
                                               const std::function<void(std::size_t)>& done = {},
                                               const std::function<bool()>& stop = {});

}  // namespace corridor::compare
