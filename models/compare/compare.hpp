// SPDX-License-Identifier: Apache-2.0
/// \file compare.hpp  A base and its alternatives, the same seeds in each: what changes, by how
/// much and how surely.
///
///     for each alternative and metric
///       seeds      base and alternative in replicates 0..R-1, paired (paired.hpp)
///       headline   base and alternative under each of N parameter sets, paired in the same
///                  replicates (parameter_sets.hpp, verdict.hpp)
///
/// An alternative is a scenario, or a strategy that is played in the base. It takes days, seed,
/// scale and replicates from the base, so that all worlds share their draws. The first day of
/// difference is the first whose digest differs in any replicate.
///
/// Disclosure. In worlds with real names a metric that counts people or cases is left out when its
/// mean in base or alternative lies between 0 and 10 (docs/ethics.md). All numbers are of the whole
/// world: none names a place. Checked in tests/models/compare/test_compare.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/compare/paired.hpp"
#include "models/compare/parameter_sets.hpp"
#include "models/compare/verdict.hpp"
#include "models/compare/world_run.hpp"

namespace corridor::compare {

/// A world to be compared.
struct World {
  std::string name, about, file;
  scenario::Scenario scenario;
  double cost_musd = 0;       ///< of its strategies, over the run
  bool hypothetical = false;  ///< links without a legal basis are tried
};

/// \param overrides  of every world. \throws sim::ScenarioError
[[nodiscard]] World base_world(const std::filesystem::path& file,
                               const std::vector<sim::Override>& overrides);
/// A scenario, or a strategy played in the base beside the base's own. \throws sim::ScenarioError,
/// sim::UserError when it is another world than the base
[[nodiscard]] World alternative(const World& base, const std::filesystem::path& file,
                                const std::vector<sim::Override>& overrides);

struct Options {
  std::int64_t replicates = 8;
  std::int64_t parameter_sets = 0;
  /// Replicates under each parameter set.
  std::int64_t set_replicates = 1;
  int threads = 0;
  std::vector<std::string> metrics = {};  ///< empty = all
};

struct MetricResult {
  std::size_t metric = 0;  ///< of metrics()
  bool hidden = false;     ///< may not be shown
  Paired seeds;
  std::optional<Headline> headline;
  std::vector<double> of_seed;  ///< the strategy's value, one a replicate
  std::vector<double> by_set;   ///< mean differences, one a parameter set
};

/// A number of one party.
struct PartyResult {
  std::string party;
  std::size_t metric = 0;  ///< of party_metrics()
  bool hidden = false;
  Paired seeds;
  std::optional<Headline> headline;
};

struct Alternative {
  std::string name, about, file, hash;
  double cost_musd = 0;
  bool hypothetical = false;
  std::int64_t first_different_day = -1;  ///< -1: no day differs
  std::vector<MetricResult> metrics;
  std::vector<PartyResult> parties;  ///< of parties of both worlds, in order
  /// Of a metric by name. \throws std::invalid_argument when it was not compared
  [[nodiscard]] const MetricResult& of(std::string_view metric) const;
};

struct Comparison {
  std::string base, base_hash, world, start, version, commit;
  bool real_names = true, hypothetical = false, full_traces = false;
  std::int64_t seed = 0, replicates = 0, days = 0, set_replicates = 0;
  double scale = 1;
  std::vector<Alternative> alternatives;
  /// Sets that were drawn, and why others were not used; no values when none was asked for.
  std::optional<ParameterSets> sets;
};

/// How far a comparison has come, in runs of one replicate.
struct CompareProgress {
  std::size_t done = 0, all = 0;
};

/// \throws Interrupted, sim::UserError
[[nodiscard]] Comparison compare(const World& base, const std::vector<World>& alternatives,
                                 const Options& options,
                                 const std::function<void(const CompareProgress&)>& progress = {},
                                 const std::function<bool()>& stop = {});

/// Metrics that are asked for, by index; all when none is named. \throws sim::UserError with the
/// nearest name
[[nodiscard]] std::vector<std::size_t> chosen_metrics(const std::vector<std::string>& names);

}  // namespace corridor::compare
