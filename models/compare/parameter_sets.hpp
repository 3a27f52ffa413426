// SPDX-License-Identifier: Apache-2.0
/// \file parameter_sets.hpp  What is not known: other values that the model could have as well.
///
/// A set gives each parameter that is tagged assumed or calibrated, and whose change needs no new
/// set-up (posts, their staff and the crowd stay), a value of its own:
///
///     x = default of the base x 2^(2u - 1), u uniform: from half to twice, evenly in the logarithm
///
/// cut to the range of its row, whole numbers rounded; what is 0 stays 0. What a strategy changes
/// is not drawn. Structural variants, other forms of the same mechanism, are drawn evenly from a
/// list: who sets out (hawkes, poisson), how organisations perceive, choose, price and hold, how
/// assets are recovered. u is keyed by (seed, set, path), so a set does not depend on how many
/// there are, nor on which other parameters exist.
///
/// Sets that the scenario's own checks refuse, or that contradict a target that costs no run, are
/// dropped and counted by name:
///
/// | target                | must hold                                             | from |
/// |-----------------------|-------------------------------------------------------|-----------------|
/// | refused at borders    | irregular x noticed x forwarded x found in [2e-4, 4e-3] | band of the
/// world, US CBP FY2016, FY2019 | | seized while laundered | 1 - (1 - s)^layers in [0.011, 0.044] |
/// half to twice 0.022, Europol 2016 | | returned in 4 years   | r / h (1 - exp(-4 h)) in [0.1,
/// 0.4], h = r + relocate + lost | half to twice a fifth, FTF-022 to 024 |
///
/// A target that the base itself misses is not applied, and the result says so.
///
/// Limits. Half to twice is a declared rule, no posterior; parameters are drawn independently.
/// Observed values are taken as they are. Checked in tests/models/compare/test_parameter_sets.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace corridor::compare {

/// A parameter that differs between sets.
struct Factor {
  std::string path;
  sim::Value base;
  std::vector<std::string> variants;  ///< of a structural variant; else empty
};

/// What is drawn for this base. \param changed  paths that some strategy or alternative changes
[[nodiscard]] std::vector<Factor> factors_of(const scenario::Scenario& base,
                                             const std::vector<std::string>& changed);

/// Values of set `k`, one a factor.
[[nodiscard]] std::vector<sim::Value> draw_set(const std::vector<Factor>& factors,
                                               std::uint32_t seed, std::uint32_t k);

struct Target {
  std::string name;
  double lower = 0, upper = 0;
  std::function<double(const scenario::Scenario&)> of;
  [[nodiscard]] bool met(const scenario::Scenario& s) const {
    const double v = of(s);
    return v >= lower && v <= upper;
  }
};
[[nodiscard]] std::vector<Target> targets();

struct ParameterSets {
  std::vector<Factor> factors;
  std::vector<std::vector<sim::Value>> values;  ///< of the admissible sets
  std::int64_t drawn = 0;
  std::map<std::string, std::int64_t> dropped;  ///< by target, or "checks of the scenario"
  std::vector<std::string> not_applied;         ///< targets that the base itself misses
};

/// Draws until `n` sets are admissible, or 20 n were drawn.
[[nodiscard]] ParameterSets parameter_sets(const scenario::Scenario& base,
                                           const std::vector<std::string>& changed, std::int64_t n);

/// The scenario with the values of a set; nothing when its own checks refuse them.
[[nodiscard]] std::optional<scenario::Scenario> with_set(const scenario::Scenario& scenario,
                                                         const std::vector<Factor>& factors,
                                                         const std::vector<sim::Value>& values);

}  // namespace corridor::compare
