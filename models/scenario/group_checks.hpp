// SPDX-License-Identifier: Apache-2.0
/// \file group_checks.hpp  What a scenario, or a strategy, says of the group that shares plans:
/// whether its members are organisations that plan, and its mandate names concerns.
///
/// Checked in tests/models/scenario/test_group_checks.cpp.
#pragma once

#include "models/scenario/scenario.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::scenario {

/// \param read  says where each value stands. \pre the file of organisations has been read
void check_group(const sim::ScenarioText& read, const Scenario& scenario,
                 sim::Complaints& complaints);

}  // namespace corridor::scenario
