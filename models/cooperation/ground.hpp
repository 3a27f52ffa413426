// SPDX-License-Identifier: Apache-2.0
/// \file ground.hpp  Where organisations can act: posts of travellers and of goods, and the targets
/// among which they choose.
///
/// A target is a country and a kind of place: its airports, land crossings, seaports, or its
/// customs. What is moved to a target is spread over its posts in proportion to what works there
/// already. Hubs are the tenth of airports with most staff, and the tenth of the customs of
/// seaports with most inspections (at least one of each). Lower income: below the highest class.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace corridor::cooperation {

enum class TargetKind : std::uint8_t { air, land, sea, customs };
inline constexpr std::size_t n_target_kinds = 4;
constexpr std::string_view name(TargetKind k) {
  constexpr std::array<std::string_view, n_target_kinds> names{"air", "land", "sea", "customs"};
  return names[static_cast<std::size_t>(k)];
}

struct PostPlace {
  std::uint16_t country = 0;
  TargetKind kind = TargetKind::air;
  std::uint16_t places = 0;    ///< in secondary
  std::int32_t hub_rank = -1;  ///< of its airport among hubs, 0 the largest; -1 = none
  std::uint32_t place = 0;     ///< airport, border or port
  bool lower_income = false;   ///< of its country
};

struct CustomsPlace {
  std::uint16_t country = 0;
  double inspections_day = 0;  ///< expected
  std::int32_t hub_rank = -1;  ///< among hub ports
  bool sea = false;            ///< containers
  bool lower_income = false;
};

struct Ground {
  std::size_t n_countries = 0;
  std::vector<std::uint8_t> income_class;  ///< per country, 0 low .. 3 high
  std::vector<PostPlace> posts;
  std::vector<CustomsPlace> customs;
  double reviewers_per_place = 0.5;
  double inspection_minutes_goods = 60;
  double goods_scale = 1;  ///< share of the rows of goods that is simulated
  std::int32_t n_hub_airports = 0, n_hub_ports = 0;

  [[nodiscard]] std::size_t n_targets() const { return n_countries * n_target_kinds; }
};

constexpr std::size_t target_of(std::size_t country, TargetKind kind) {
  return country * n_target_kinds + static_cast<std::size_t>(kind);
}
constexpr std::size_t country_of(std::size_t target) { return target / n_target_kinds; }
constexpr TargetKind kind_of(std::size_t target) {
  return static_cast<TargetKind>(target % n_target_kinds);
}

}  // namespace corridor::cooperation
