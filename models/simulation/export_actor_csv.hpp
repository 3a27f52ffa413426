// SPDX-License-Identifier: Apache-2.0
/// \file export_actor_csv.hpp  The tables of those who hide in the crowd as CSV texts, in the form
/// of export_csv.hpp: by month, and, where traces are full, event by event.
///
/// Amounts in kilograms and US dollars, means over the replicates. An empty cell is one that may
/// not be shown (docs/ethics.md) or that does not exist, as a price without a market. Rows of
/// corridors without goods are left out. Checked in tests/models/simulation/test_actor_csv.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

/// (file name, contents); none for a result without actors.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> actor_csv_tables(
    const ResultReader& result, const Replicates& of);

}  // namespace corridor::simulation
