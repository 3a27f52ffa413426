// SPDX-License-Identifier: Apache-2.0
/// \file report.hpp  Counts of people who set out, by class of place, as they may be shown.
///
/// In a world with real names illicit outcomes are shown by class of place (income, world region)
/// in cells of ten people or more. A cell below ten is left out, zero among them; where leaving out
/// one cell of a column would give it away by the total, the smallest cell shown goes as well. Full
/// counts need the scenario's word for it (`[disclosure] traces = "full"`, the default of worlds
/// with invented names). Limits. Classes of income are the World Bank's thresholds of 2019, applied
/// to GDP a head. Months shown one by one may add up to what a year hides less of: show one or the
/// other. Checked in tests/models/fighters/test_report.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/fighters/fighters_state.hpp"
#include "models/world/world.hpp"

namespace corridor::fighters {

inline constexpr std::uint32_t smallest_cell = 10;

struct PlaceClasses {
  std::vector<std::string> names;
  std::vector<std::uint16_t> of_country;  ///< index into names
};
/// low, lower middle, upper middle, high, unknown: GDP a head up to 1,035, 4,045, 12,535 USD and
/// more.
[[nodiscard]] PlaceClasses by_income(const world::World& world);
[[nodiscard]] PlaceClasses by_region(const world::World& world);

struct ClassRow {
  std::string name;
  std::array<std::optional<std::uint64_t>, n_counts> cells;  ///< nothing: not shown
};
/// One row a class that has a country, then "all". \param full  show every cell
[[nodiscard]] std::vector<ClassRow> by_class(std::span<const Counts> by_country,
                                             const PlaceClasses& classes, bool full);

/// Hides cells below ten, and the smallest others until the hidden ones are two with ten people.
void hide_small(std::vector<std::optional<std::uint64_t>>& cells);

/// Each count for 100 people who attempted a journey; nothing when nobody did.
[[nodiscard]] std::optional<std::array<double, n_counts>> per_hundred(const Counts& counts);

[[nodiscard]] Counts sum(std::span<const Counts> by_country);

}  // namespace corridor::fighters
