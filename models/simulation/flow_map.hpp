// SPDX-License-Identifier: Apache-2.0
/// \file flow_map.hpp  A map of a result's flows as SVG, for the screen and for print.
///
/// Air links and sea lanes as great circles, both directions together, land borders as discs at
/// their middle. Width and strength of a line grow with the square root of persons a day, a disc's
/// area with persons a day. Colours of Okabe and Ito (2008) keep apart for colour-blind readers and
/// in grey. Equal Earth projection; a world of real names is shown whole (84 N to 58 S), an
/// invented one as far as its places reach. The strongest links are drawn, and the foot says how
/// many and what share of the passengers they carry. The text depends on the result alone. Checked
/// in tests/models/simulation/test_flow_map.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/simulation/great_circle.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::simulation {

struct MapOptions {
  std::size_t most_links = 4000;
};

/// \param land  outlines, may be empty. \throws ResultError when no link figures are written yet.
[[nodiscard]] std::string flow_map(const ResultReader& result, const Replicates& of,
                                   const std::vector<Line>& land, const MapOptions& options = {});

}  // namespace corridor::simulation
