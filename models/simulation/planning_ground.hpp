// SPDX-License-Identifier: Apache-2.0
/// \file planning_ground.hpp  The posts of a run as organisations see them
/// (cooperation/ground.hpp).
#pragma once

#include "models/cargo/cargo_params.hpp"
#include "models/cargo/cargo_tables.hpp"
#include "models/control/control_params.hpp"
#include "models/cooperation/ground.hpp"
#include "models/simulation/control_tables.hpp"

namespace corridor::simulation {

/// \param customs  nullptr when no goods are simulated. \param scale  share of rows that are listed
[[nodiscard]] cooperation::Ground planning_ground(const ControlTables& control,
                                                  const control::ControlParams& params,
                                                  std::size_t n_countries,
                                                  const cargo::CargoTables* customs,
                                                  const cargo::CargoParams& goods, double scale);

}  // namespace corridor::simulation
