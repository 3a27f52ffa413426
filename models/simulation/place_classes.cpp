// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/place_classes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/control/regime.hpp"

namespace corridor::simulation {
namespace {

constexpr std::array<const char*, 3> incomes{"low income", "middle income", "high income"};

std::size_t income(const world::Country& c) {
  constexpr std::array<std::size_t, control::n_income_classes> coarse{0, 1, 1, 2};
  return c.gdp_per_capita_usd > 0 ? coarse[control::income_class(c.gdp_per_capita_usd)] : 0;
}

/// The mean direction from the centre of the earth, by people.
void add_middles(const world::World& world, PlaceClasses& classes) {
  constexpr double degree = 3.14159265358979323846 / 180;
  std::vector<std::array<double, 3>> sum(classes.names.size());
  for (std::size_t c = 0; c < world.countries.size(); ++c) {
    const world::Country& country = world.countries[c];
    const double lat = country.lat * degree, lon = country.lon * degree;
    auto& s = sum[classes.of_country[c]];
    s[0] += country.population * std::cos(lat) * std::cos(lon);
    s[1] += country.population * std::cos(lat) * std::sin(lon);
    s[2] += country.population * std::sin(lat);
  }
  for (const auto& [x, y, z] : sum) {
    classes.lat.push_back(std::atan2(z, std::hypot(x, y)) / degree);
    classes.lon.push_back(std::atan2(y, x) / degree);
  }
}

}  // namespace

PlaceClasses place_classes(const world::World& world) {
  constexpr std::size_t n = world::n_regions * incomes.size();
  std::array<bool, n> there{};
  std::vector<std::size_t> raw;
  for (const world::Country& c : world.countries) {
    raw.push_back(static_cast<std::size_t>(c.region) * incomes.size() + income(c));
    there[raw.back()] = true;
  }
  PlaceClasses classes;
  std::array<std::uint16_t, n> number{};
  for (std::size_t k = 0; k < n; ++k) {
    if (!there[k]) continue;
    number[k] = static_cast<std::uint16_t>(classes.names.size());
    classes.names.push_back(
        std::string(world::name(static_cast<world::Region>(k / incomes.size()))) + ", " +
        incomes[k % incomes.size()]);
  }
  for (const std::size_t k : raw) classes.of_country.push_back(number[k]);
  add_middles(world, classes);
  return classes;
}

void hide_small_cells(std::span<std::int64_t> cells) {
  std::size_t n_hidden = 0;
  std::int64_t together = 0;
  for (std::int64_t& cell : cells) {
    if (cell >= smallest_cell) continue;
    together += cell;
    cell = hidden_cell;
    ++n_hidden;
  }
  // What is hidden must not follow from the total: at least two cells, with ten people among them.
  while (n_hidden > 0 && (n_hidden == 1 || together < smallest_cell)) {
    const auto next = std::min_element(cells.begin(), cells.end(), [](auto a, auto b) {
      return (a == hidden_cell ? INT64_MAX : a) < (b == hidden_cell ? INT64_MAX : b);
    });
    if (next == cells.end() || *next == hidden_cell) return;
    together += *next;
    *next = hidden_cell;
    ++n_hidden;
  }
}

void hold_back_small(std::span<std::int64_t> counts, std::span<std::int64_t> waiting) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::int64_t all = waiting[i] + counts[i];
    counts[i] = all >= smallest_cell ? all : 0;
    waiting[i] = all - counts[i];
  }
}

void hide_where_few(std::span<std::int64_t> amounts, std::span<const std::int64_t> cases) {
  std::vector<std::int64_t> shown(cases.begin(), cases.end());
  hide_small_cells(shown);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (shown[i] == hidden_cell) amounts[i] = hidden_cell;
  }
}

}  // namespace corridor::simulation
