// SPDX-License-Identifier: Apache-2.0
/// \file docking_scenario.hpp  Reads and checks the scenario of the docking experiment: its own
/// table [docking] and nothing else.
///
/// Beyond the ranges of the rows: levels in order, whole years, a ceiling that is not below the
/// first supply, regions that exist, networks with all their edges. A market that cannot be reached
/// is an error; a network in which nothing can flow, because what leads on carries nothing, is a
/// warning that names the cut. Checked in tests/models/trafficking/test_docking_scenario.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/trafficking/docking_params.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::trafficking {

struct DockingScenario {
  DockingParams params;
  std::string name, about;
  std::vector<std::filesystem::path> files;  ///< that were read
  std::vector<std::string> warnings;         ///< "file:line:column: warning: .."
};

[[nodiscard]] const sim::ParameterSet& docking_parameters();

/// \throws sim::ScenarioError with all complaints; sim::FileError
[[nodiscard]] DockingScenario load_docking_scenario(const std::filesystem::path& path,
                                                    const std::vector<sim::Override>& overrides);

}  // namespace corridor::trafficking
