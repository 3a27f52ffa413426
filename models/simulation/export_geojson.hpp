// SPDX-License-Identifier: Apache-2.0
/// \file export_geojson.hpp  The places and flows of a result as GeoJSON (RFC 7946).
///
/// Points: airports, ports, borders (their middle). Lines: air links, sea lanes, as great circles
/// cut at the date line. Every feature has `kind` and its counts: sums over the closed days,
/// divided by the number of replicates. Links and places without a passenger are left out. The
/// collection's member `corridor` says what was run. Checked in
/// tests/models/simulation/test_exports.cpp.
#pragma once

#include <string>

#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

[[nodiscard]] std::string geojson(const ResultReader& result, const Replicates& of);

}  // namespace corridor::simulation
