// SPDX-License-Identifier: Apache-2.0
/// \file corridor_map.hpp  A map of a result's trafficking corridors as SVG.
///
/// An arrow from class of place to class of place (place_classes.hpp), bent to the right of its
/// direction so that both directions of a pair are seen; a ring is what stays within a class.
/// Width and strength grow with the square root of kilograms sent, each substance in a colour of
/// its own (Okabe and Ito 2008). Classes stand at the middle of their people: the map says nothing
/// finer, whatever the result's traces. Cells that may not be shown are left out, and the foot says
/// so. The text depends on the result alone. Checked in
/// tests/models/simulation/test_corridor_map.cpp.
#pragma once

#include <string>
#include <vector>

#include "models/simulation/great_circle.hpp"
#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

/// \param land  outlines, may be empty. \param most  corridors drawn, the largest
/// \throws ResultError when the result has no corridors, or no month is closed yet
[[nodiscard]] std::string corridor_map(const ResultReader& result, const std::vector<Line>& land,
                                       std::size_t most);

}  // namespace corridor::simulation
