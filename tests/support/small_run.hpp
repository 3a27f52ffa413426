// SPDX-License-Identifier: Apache-2.0
/// \file small_run.hpp  Scenarios of the invented world and their set-ups, built once per set of
/// values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/simulation/setup.hpp"

namespace corridor::test {

inline scenario::Scenario small_scenario(const std::vector<std::string>& set = {}) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/small.toml", overrides);
}

inline const simulation::Setup& small_setup(const scenario::Scenario& scenario) {
  static std::map<std::string, simulation::Setup> setups;
  const std::string key = simulation::cache_path(scenario).string();
  const auto found = setups.find(key);
  if (found != setups.end()) return found->second;
  return setups.emplace(key, simulation::make_setup(scenario)).first->second;
}

}  // namespace corridor::test
