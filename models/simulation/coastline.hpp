// SPDX-License-Identifier: Apache-2.0
/// \file coastline.hpp  Outlines of land for maps: data/coastline.csv (Natural Earth 1:110m, public
/// domain).
///
/// Columns ring, lon, lat (degrees); the rows of a ring are its corners in order, the last is
/// joined to the first. A ring inside another is a lake. Rings that met the date line are cut
/// there.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "models/simulation/great_circle.hpp"

namespace corridor::simulation {

/// \param file_name  for complaints. \throws world::DataError listing all complaints.
[[nodiscard]] std::vector<Line> parse_coastline(std::string_view bytes, std::string_view file_name);

/// \throws world::DataError, sim::FileError when the file cannot be read.
[[nodiscard]] std::vector<Line> load_coastline(const std::filesystem::path& file);

}  // namespace corridor::simulation
