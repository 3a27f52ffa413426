// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/report.hpp"

#include <algorithm>

namespace corridor::fighters {

PlaceClasses by_income(const world::World& world) {
  PlaceClasses out{
      {"low income", "lower middle income", "upper middle income", "high income", "income unknown"},
      {}};
  for (const world::Country& c : world.countries) {
    const double usd = c.gdp_per_capita_usd;
    out.of_country.push_back(usd <= 0       ? 4
                             : usd <= 1035  ? 0
                             : usd <= 4045  ? 1
                             : usd <= 12535 ? 2
                                            : 3);
  }
  return out;
}

PlaceClasses by_region(const world::World& world) {
  PlaceClasses out;
  for (std::size_t r = 0; r < world::n_regions; ++r) {
    out.names.emplace_back(world::name(world::Region{static_cast<std::uint8_t>(r)}));
  }
  for (const world::Country& c : world.countries) {
    out.of_country.push_back(static_cast<std::uint16_t>(c.region));
  }
  return out;
}

void hide_small(std::vector<std::optional<std::uint64_t>>& cells) {
  std::size_t n_hidden = 0;
  std::uint64_t hidden = 0;  // people in hidden cells, which follow from the total
  const auto hide = [&](std::optional<std::uint64_t>& cell) {
    ++n_hidden;
    hidden += *cell;
    cell.reset();
  };
  for (auto& cell : cells) {
    if (cell && *cell < smallest_cell) hide(cell);
  }
  while (n_hidden > 0 && n_hidden < cells.size() && (n_hidden == 1 || hidden < smallest_cell)) {
    const auto smallest =
        std::min_element(cells.begin(), cells.end(), [](const auto& x, const auto& y) {
          return x && (!y || *x < *y);  // hidden ones come last
        });
    hide(*smallest);
  }
}

std::vector<ClassRow> by_class(std::span<const Counts> by_country, const PlaceClasses& classes,
                               bool full) {
  std::vector<ClassRow> rows;
  std::vector<std::size_t> row_of(classes.names.size(), classes.names.size());
  for (std::size_t i = 0; i < classes.names.size(); ++i) {
    const auto& of = classes.of_country;
    if (std::find(of.begin(), of.end(), i) == of.end()) continue;
    row_of[i] = rows.size();
    rows.push_back({classes.names[i], {}});
  }
  rows.push_back({"all", {}});
  for (std::size_t k = 0; k < n_counts; ++k) {
    std::vector<std::optional<std::uint64_t>> cells(rows.size() - 1, std::uint64_t{0});
    std::optional<std::uint64_t> all = 0;
    for (std::size_t c = 0; c < by_country.size(); ++c) {
      *cells[row_of[classes.of_country[c]]] += by_country[c][k];
      *all += by_country[c][k];
    }
    if (!full) {
      hide_small(cells);
      if (*all < smallest_cell) all.reset();
    }
    for (std::size_t i = 0; i < cells.size(); ++i) rows[i].cells[k] = cells[i];
    rows.back().cells[k] = all;
  }
  return rows;
}

Counts sum(std::span<const Counts> by_country) {
  Counts out{};
  for (const Counts& c : by_country) {
    for (std::size_t k = 0; k < n_counts; ++k) out[k] += c[k];
  }
  return out;
}

std::optional<std::array<double, n_counts>> per_hundred(const Counts& counts) {
  const std::uint32_t attempted = counts[at(Count::attempted)];
  if (attempted == 0) return std::nullopt;
  std::array<double, n_counts> out{};
  for (std::size_t k = 0; k < n_counts; ++k) out[k] = 100.0 * counts[k] / attempted;
  return out;
}

}  // namespace corridor::fighters
