// SPDX-License-Identifier: Apache-2.0
/// \file cargo.hpp  What a day of trade at customs costs.
#pragma once

#include "models/scenario/scenario.hpp"

namespace corridor::bench {

/// Prints cost a row in P, and what a year takes on one core.
void cargo_lines(const scenario::Scenario& scenario, int days);

}  // namespace corridor::bench
