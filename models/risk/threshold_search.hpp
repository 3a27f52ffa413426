// SPDX-License-Identifier: Apache-2.0
/// \file threshold_search.hpp  Other values for a set's parameters, within the ranges that its
/// authors gave: the variant that finds most hits at the capacity, and what is left of its lead on
/// other records.
///
/// Only `let` parameters are varied: a number written into a condition has no stated range. A
/// parameter that a rule on the threat assessment reads is left as it is. Values come from a grid:
/// whole numbers when value and range are whole (in at most 101 steps, as every other range).
/// When all combinations fit into the budget all are tried; else the first half of the budget are
/// keyed draws over the whole grid, the second half changes one parameter at a time of the best so
/// far, within an eighth of its range. The present values are variant 0.
///
/// Gain of variant v: (hits of v - hits of variant 0) / all hits, at the capacity: a difference of
/// recall. By keyed hash, travelling units fall into `folds` folds, whose gains (times the number
/// of folds, so that their mean is the whole) serve as replicates: the winner and its re-test are
/// those of estimates.hpp, and Holm's adjustment counts every variant tried.
///
/// Limits. Folds are of one set of records, so they say nothing about another world. The best of
/// many is flattered by the records that chose it: read the re-test, not the first figure.
/// Assumed: 10 folds. Checked in tests/models/risk/test_tune.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "models/risk/estimates.hpp"
#include "models/risk/record_store.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

inline constexpr int tuning_folds = 10;

struct SearchOptions {
  double capacity = 0.02;
  int budget = 200;  ///< variants, the present one included; >= 1
  std::uint32_t seed = 1;
  double confidence = 0.95;
};

struct Variant {
  std::vector<double> values;  ///< of the set's parameters
  std::int64_t hits = 0;       ///< selected at the capacity
  double p_value = 1;          ///< exact, paired, against variant 0
};

struct ThresholdSearch {
  std::vector<bool> varied;  ///< one a parameter
  std::vector<Variant> tried;
  std::size_t winner = 0;
  double combinations = 1;  ///< of the grid
  double p_value = 1;       ///< of the winner, on the records that chose it
  double holm = 1;          ///< the same, adjusted for all that were tried
  /// The winner again on other records. `selected` and `fresh` are differences of recall.
  stats::Retest retest;
  double fresh_p_value = 1;  ///< exact, paired, on other records
};

/// Values that a parameter can take in a search, ascending, its own among them.
[[nodiscard]] std::vector<double> parameter_grid(const RuleParameter& parameter);

/// \param train  chooses; \param other  tests again. \throws std::invalid_argument
[[nodiscard]] ThresholdSearch search_thresholds(const RuleSet& set, const RecordStore& train,
                                                const RecordStore& other,
                                                const SearchOptions& options);

/// Number below `n` for each record: the same for records of one unit.
[[nodiscard]] std::vector<std::uint8_t> folds_of(const RecordStore& store, std::uint32_t seed,
                                                 int n);
/// 1 for records held out, about `share` of the units.
[[nodiscard]] std::vector<std::uint8_t> held_out(const RecordStore& store, std::uint32_t seed,
                                                 double share);

/// Whether a condition reads a feature of a threat assessment; whether it reads a parameter.
[[nodiscard]] bool reads_assessment(const Node& node, const Catalogue& catalogue);
[[nodiscard]] bool reads_parameter(const Node& node, std::size_t parameter);

}  // namespace corridor::risk
