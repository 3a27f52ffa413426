// SPDX-License-Identifier: Apache-2.0
/// \file cargo_tables.hpp  Which consignments cross which customs border, how many a day, and how
/// much customs can look into.
///
/// Model. Per mode m, the flow from country i to country j is gravity scaled to a total V_m:
///
///     T_ijm = V_m w_ijm / sum w,     w_ijm = (G_i G_j)^a d_ij^b c_ijm
///
/// with c = 0 within one country or one customs union; for containers c = s_i s_j with
/// s = (L / 100)^e, L the liner shipping connectivity, or `landlocked_factor` without liner calls;
/// by land c = 1 where the countries share a border, else 0; by air and for parcels c = 1.
///
/// Lots. Containers are rows one by one. Of the other modes a post that can inspect the share s
/// lists at most N / s rows a day, of which it inspects N: a row stands for a lot of
/// ceil(T s / 365 N) consignments. With fewer than a few a day, chance would decide what capacity
/// decides.
///
/// Posts. Each country has one customs post for entries of each mode. Its class follows from its
/// income: low, middle, high. It can inspect the share s = share_class * factor_mode of its
/// expected rows, can review r times that, and draws `random_floor` s of all rows at random.
///
/// | symbol | in code                      | unit | domain   | default and origin                 |
/// |--------|------------------------------|------|----------|------------------------------------|
/// | G      | population times income      | USD  | > 0      | world data, income as travel's     |
/// | d      | `distance_km`                | km   | > 0      | travel::effective_distances        |
/// | a, b   | gdp_, distance_exponent      | 1    | 0..3, <0 | cargo_params.hpp (assumed)         |
/// | e      | liner_exponent               | 1    | 0..3     | cargo_params.hpp (assumed)         |
/// | L      | Country::liner_connectivity  | 1    | >= 0     | world data (UNCTAD 2019)           |
/// | N      | volume.rows_inspected_day    | 1/d  | > 0      | 8, a choice                        |
/// | V      | volume.*_year                | 1/yr | >= 0     | cargo_params.hpp (assumed)         |
/// | s, r   | customs.share_*, reviews_..  | 1    | >= 0     | cargo_params.hpp (assumed)         |
///
/// Limits. Flows are symmetric, which trade is not: containers by pair are not public. Every day is
/// like the next. Containers are counted once, at the border of the country that they are meant
/// for; transhipment on the way is not modelled. Exports are not inspected. Checked in
/// tests/models/cargo/test_cargo_tables.cpp: totals, unions, borders, liner calls, lots, classes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/cargo/cargo_params.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/world/world.hpp"
#include "sim/samplers.hpp"

namespace corridor::cargo {

using Mode = trafficking::CargoMode;
/// Modes that customs posts see: all but air couriers, who are travellers.
inline constexpr std::size_t n_modes = 4;
static_assert(static_cast<std::size_t>(Mode::air_courier) == n_modes);

/// Class of a country's customs, by its income.
enum class IncomeClass : std::uint8_t { low, middle, high };
inline constexpr std::size_t n_income_classes = 3;
constexpr std::string_view name(IncomeClass c) {
  switch (c) {
    case IncomeClass::low:
      return "low";
    case IncomeClass::middle:
      return "middle";
    case IncomeClass::high:
      return "high";
  }
  return "?";
}

struct CustomsPost {
  double rows_day = 0;         ///< expected
  double lot = 1;              ///< consignments that a row stands for
  double inspected_share = 0;  ///< of the rows, at most 1
  std::uint32_t first_origin = 0, n_origins = 0;
  IncomeClass income_class = IncomeClass::low;
};

struct CargoTables {
  std::size_t n_countries = 0;
  std::vector<CustomsPost> posts;      ///< [country][mode]
  std::vector<sim::AliasEntry> alias;  ///< of the origins of a post
  std::vector<std::uint16_t> origin;   ///< country
  std::vector<std::uint16_t> area;     ///< per country: equal numbers have no customs between them

  [[nodiscard]] std::uint32_t post(std::size_t country, Mode mode) const {
    return static_cast<std::uint32_t>(n_modes * country + static_cast<std::size_t>(mode));
  }
  [[nodiscard]] static std::uint16_t country_of(std::uint32_t post) {
    return static_cast<std::uint16_t>(post / n_modes);
  }
  [[nodiscard]] static Mode mode_of(std::uint32_t post) {
    return Mode{static_cast<std::uint8_t>(post % n_modes)};
  }
  /// Whether goods from `a` meet customs in `b`.
  [[nodiscard]] bool controlled(std::size_t a, std::size_t b) const { return area[a] != area[b]; }
};

/// \param income  USD a person, per country, all known. \param distance_km  n x n, row after row.
/// \param scale  this share of the rows is listed, each standing for 1 / scale lots
[[nodiscard]] CargoTables build_cargo_tables(const world::World& world,
                                             std::span<const double> income,
                                             std::span<const double> distance_km,
                                             const CargoParams& params, double scale = 1);

/// Per country, the customs union that it belongs to; a country on its own has a number of its own.
/// Codes that the world has not got are passed over: worlds differ.
[[nodiscard]] std::vector<std::uint16_t> customs_areas(const world::World& world,
                                                       std::string_view unions);

}  // namespace corridor::cargo
