// SPDX-License-Identifier: Apache-2.0
/// \file place_classes.hpp  Classes of place by which illicit outcomes are shown.
///
/// A class is a region of UN Tourism and an income: low, middle or high, by GDP a head (the classes
/// of control/regime.hpp, both middle ones together; unknown counts as low). In worlds with real
/// names no result is finer than this, and cells below ten are left out (`hide_small_cells`).
/// Checked in tests/models/simulation/test_place_classes.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/world/world.hpp"

namespace corridor::simulation {

struct PlaceClasses {
  std::vector<std::string> names;         ///< only those that a country belongs to
  std::vector<std::uint16_t> of_country;  ///< index into names
  std::vector<double> lat, lon;           ///< middle of a class, by people; for maps, degrees
};
[[nodiscard]] PlaceClasses place_classes(const world::World& world);

/// A number that may not be shown.
inline constexpr std::int64_t hidden_cell = -2;
inline constexpr std::int64_t smallest_cell = 10;

/// Counts of people or cases by class, whose total may be shown: hides what is below ten (zero as
/// well), and the smallest of the others until the hidden ones are at least two with ten people
/// among them, or all. So no hidden cell follows from the total. One cell alone is a total.
void hide_small_cells(std::span<std::int64_t> cells);

/// Counts of a day that may be told only when they are ten: a smaller one waits, and is told with
/// those of the days after once they are ten together. \param waiting  of the days before
void hold_back_small(std::span<std::int64_t> counts, std::span<std::int64_t> waiting);

/// Amounts (grams, cents) by class: hides those whose number of cases `hide_small_cells` hides.
void hide_where_few(std::span<std::int64_t> amounts, std::span<const std::int64_t> cases);

}  // namespace corridor::simulation
