// SPDX-License-Identifier: Apache-2.0
/// \file export_csv.hpp  The tables of a result as CSV texts.
///
/// UTF-8, comma, LF, one header line; texts with a comma or quote are quoted. Counts are sums over
/// the closed days (daily tables: of the day), divided by the number of replicates chosen: whole
/// for one replicate. Waits are in seconds. docs/results-format.md lists tables and columns;
/// checked in tests/models/simulation/test_exports.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

/// (file name, contents), every table of docs/results-format.md.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> csv_tables(
    const ResultReader& result, const Replicates& of);

}  // namespace corridor::simulation
