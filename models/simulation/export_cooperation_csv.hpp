// SPDX-License-Identifier: Apache-2.0
/// \file export_cooperation_csv.hpp  The tables of organisations and of the exchange of records as
/// CSV texts, in the form of export_csv.hpp.
///
/// planners.csv by organisation and month, systems.csv by system and day, hits.csv by source and by
/// whom a record is about over all days; means over the replicates. Systems are those of
/// /places/system: classes of them where names are real. Checked in
/// tests/models/simulation/test_cooperation_csv.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

/// (file name, contents); none for a result without organisations.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> cooperation_csv_tables(
    const ResultReader& result, const Replicates& of);

}  // namespace corridor::simulation
