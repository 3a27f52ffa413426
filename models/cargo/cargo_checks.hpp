// SPDX-License-Identifier: Apache-2.0
/// \file cargo_checks.hpp  What a scenario says about trade and its signals, checked beyond the
/// range of each value. Checked in tests/models/cargo/test_cargo_checks.cpp.
#pragma once

#include "models/cargo/cargo_params.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::cargo {

/// Shares of one draw add up to at most 1, for ordinary and for illicit consignments; the classes
/// of income are in order.
void check_cargo(const sim::ScenarioText& read, const CargoParams& params,
                 sim::Complaints& complaints);

}  // namespace corridor::cargo
