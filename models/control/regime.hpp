// SPDX-License-Identifier: Apache-2.0
/// \file regime.hpp  Who is checked at a border: everybody, some, or nobody; on the way in and on
/// the way out.
///
/// | border                                                 | entry | exit          | from       |
/// |--------------------------------------------------------|-------|---------------|------------|
/// | within one open-border area (World::open_border_areas) | none  | none          | data       |
/// | by land, both countries at or below                    | spot  | spot          | assumption |
/// | spot_max_income_usd                                    |       |               | A-30       |
/// | out of a country with exit data from carriers          |       | air, sea:     | recall     |
/// |                                                        |       | carrier data; |            |
/// |                                                        |       | land: none    |            |
/// | any other                                              | full  | full, officer | A-29       |
///
/// An income that is not known (0) counts as above the limit. Not modelled: checks brought back for
/// a time inside an area, airside transfers (no post, decided per itinerary by who couples),
/// preclearance, joint posts. Checked in tests/models/control/test_posts.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/world/world.hpp"

namespace corridor::control {

enum class PlaceKind : std::uint8_t { air, land, sea };
enum class Direction : std::uint8_t { exit, entry };
enum class Check : std::uint8_t { none, spot, full };
/// How a departure comes to be known.
enum class ExitControl : std::uint8_t { none, carrier_data, officer };

class Regimes {
 public:
  /// \throws std::invalid_argument when `carrier_data_countries` is not a list of codes of three
  /// capital letters. Codes that this world has not got are let be: an invented world keeps the
  /// default.
  Regimes(const world::World& world, const ControlParams& params);

  /// No check of either kind between these two.
  [[nodiscard]] bool open(std::uint32_t a, std::uint32_t b) const { return area_[a] == area_[b]; }
  [[nodiscard]] ExitControl exit_control(PlaceKind kind, std::uint32_t country) const;
  /// What a post of `country` does with persons to or from `other`.
  [[nodiscard]] Check check(PlaceKind kind, Direction direction, std::uint32_t country,
                            std::uint32_t other) const;
  /// Share of travelling units that such a check stops.
  [[nodiscard]] double share(Check check) const;
  /// Entitled to the lane of nationals: of this country or of its open-border area.
  [[nodiscard]] bool own(std::uint32_t nationality, std::uint32_t country) const {
    return open(nationality, country);
  }
  [[nodiscard]] bool may_have_gates(std::uint32_t country) const { return gates_[country] != 0; }

 private:
  std::vector<std::uint32_t> area_;
  std::vector<std::uint8_t> carrier_data_, poor_, gates_;
  double spot_share_;
};

/// Four classes from low to high. Limits: those of the World Bank for 2019 (1,035, 4,045 and 12,535
/// USD of national income a head; from recall), used for the product a head, which is what data
/// hold. An income that is not known (0) is of the highest class.
inline constexpr std::size_t n_income_classes = 4;
[[nodiscard]] constexpr std::size_t income_class(double usd_per_capita) {
  if (!(usd_per_capita > 0)) return 3;
  return (usd_per_capita > 1'035 ? 1U : 0U) + (usd_per_capita > 4'045 ? 1U : 0U) +
         (usd_per_capita > 12'535 ? 1U : 0U);
}

/// The codes of a list such as "USA,CAN". \throws std::invalid_argument
[[nodiscard]] std::vector<std::string> country_codes(std::string_view list);

}  // namespace corridor::control
