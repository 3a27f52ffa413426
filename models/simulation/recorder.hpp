// SPDX-License-Identifier: Apache-2.0
/// \file recorder.hpp  Runs a scenario into a result file, day by day, and goes on where an earlier
/// run stopped.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "models/simulation/result_file.hpp"
#include "models/simulation/setup.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::simulation {

/// How far a run has come; for a progress bar.
struct Progress {
  std::int64_t replicate = 0, replicates = 1;
  std::int64_t days_done = 0, days = 0;  ///< over all replicates
  std::int64_t simulated_journeys = 0;   ///< of this part of the run: rows of persons, not weighted
  double seconds = 0;                    ///< of this part of the run
};

enum class RunEnd { complete, interrupted };

/// Simulates every day that the file has not got yet.
/// \param progress  called after each day
/// \param actors    what read_actors(scenario) gave
/// \param stop      asked after each day; true ends the run with the day closed and a month's rows
/// written
RunEnd record(const scenario::Scenario& scenario, const Setup& setup, ResultFile& file,
              const std::function<void(const Progress&)>& progress,
              const std::function<bool()>& stop, const std::shared_ptr<const ActorTables>& actors);

/// The shape of this scenario's result: places, months, posts and lengths. \param actors  may be
/// nullptr
[[nodiscard]] RunShape run_shape(const scenario::Scenario& scenario, const Setup& setup,
                                 const ActorTables* actors);
[[nodiscard]] Provenance provenance_of(const scenario::Scenario& scenario, const Setup& setup,
                                       std::string command);

}  // namespace corridor::simulation
