// SPDX-License-Identifier: Apache-2.0
/// \file docking_text.hpp  The docking experiment as a page for people, as JSON, and as a table of
/// runs. Checked in tests/models/trafficking/test_docking_text.cpp.
#pragma once

#include <string>
#include <vector>

#include "models/trafficking/docking_experiment.hpp"
#include "models/trafficking/docking_results.hpp"

namespace corridor::trafficking {

[[nodiscard]] std::string docking_text(const DockingExperiment& experiment,
                                       const std::vector<DockingResults>& results);
[[nodiscard]] std::string docking_json(const DockingExperiment& experiment,
                                       const std::vector<DockingResults>& results);
/// One row a run: network, choice, adaptation, capacity, replicate, and the measures in SI units.
[[nodiscard]] std::string docking_csv(const DockingExperiment& experiment);

}  // namespace corridor::trafficking
