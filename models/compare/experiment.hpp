// SPDX-License-Identifier: Apache-2.0
/// \file experiment.hpp  An experiment: a base, strategies, how often, what is varied, what counts.
///
///     name = "Three continents, one question"
///     about = "Hub, mesh or both"
///     [experiment]
///     base = "../actors-small.toml"      # relative to this file
///     replicates = 8
///     parameter_sets = 200
///     metrics = "detections_list fighters_arrived"
///     [[strategy]]
///     file = "../strategies/architecture-hub.toml"
///     [[sweep]]                          # the same comparison at other values of one parameter
///     path = "fighters.flow"
///     times = "0.1 0.3 1 3"              # of the base's value
///
/// Checked in tests/models/compare/test_experiment.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "models/compare/compare.hpp"

namespace corridor::compare {

struct Sweep {
  std::string path;
  std::vector<double> times, values;
};

struct Experiment {
  std::string name, about, file;
  World base;
  std::vector<World> alternatives;
  Options options;
  std::vector<Sweep> sweeps;
  std::vector<sim::Override> overrides;  ///< of every world
};

/// Whether a file is an experiment: it has an [experiment].
[[nodiscard]] bool is_experiment_file(const std::filesystem::path& file);

/// \param overrides  of every world; they win. \throws sim::ScenarioError with every complaint
[[nodiscard]] Experiment load_experiment(const std::filesystem::path& file,
                                         const std::vector<sim::Override>& overrides);

struct SweepPoint {
  std::string path;
  double times = 1, value = 0;
  Comparison comparison;  ///< over seeds alone
};

struct ExperimentResult {
  std::string name, about;
  Comparison comparison;
  std::vector<SweepPoint> points;
};

[[nodiscard]] ExperimentResult run_experiment(
    const Experiment& experiment, const std::function<void(const CompareProgress&)>& progress = {},
    const std::function<bool()>& stop = {});

[[nodiscard]] std::string experiment_text(const ExperimentResult& result);
[[nodiscard]] std::string experiment_json(const ExperimentResult& result);

}  // namespace corridor::compare
