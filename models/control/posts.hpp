// SPDX-License-Identifier: Apache-2.0
/// \file posts.hpp  Every post of the world: exit and entry of airports, ports and the crossings of
/// land borders.
///
/// An airport or port has posts when a leg or lane joins it to a country outside its open-border
/// area. A land border between two areas has k crossings, alike, each with four posts in this
/// order: exit of a, entry of a, exit of b, entry of b; so the same post of the next crossing is
/// four rows on. Between them they share the travellers equally.
///
///     k = round( sqrt(length / crossing_length_km) * (P_a P_b / crossing_population^2)^(1/8) ),
///     within [1, crossings_max]
///
/// (assumption A-28: crossings grow with length and, slowly, with the populations that they join).
/// The order of rows is airports, ports, borders, so that it depends on the world alone. Checked in
/// tests/models/control/test_posts.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/control/regime.hpp"

namespace corridor::control {

struct Post {
  PlaceKind kind = PlaceKind::air;
  Direction direction = Direction::entry;
  Check check = Check::full;  ///< none at land posts that are counted but do not stop anybody
  std::uint8_t crossing = 0;  ///< land: number of the crossing
  std::uint32_t place = 0;    ///< airport, border or port
  std::uint32_t country = 0;  ///< whose officers
};

inline constexpr std::uint32_t posts_per_crossing = 4;

class PostTable {
 public:
  PostTable(const world::World& world, const Regimes& regimes, const ControlParams& params);

  [[nodiscard]] std::span<const Post> posts() const { return posts_; }
  /// \returns world::none where nobody is checked.
  [[nodiscard]] std::uint32_t airport_post(std::uint32_t airport, Direction d) const {
    return airports_[2 * std::size_t{airport} + static_cast<std::size_t>(d)];
  }
  [[nodiscard]] std::uint32_t port_post(std::uint32_t port, Direction d) const {
    return ports_[2 * std::size_t{port} + static_cast<std::size_t>(d)];
  }
  /// \param side 0 for country a of the border, 1 for b. \returns world::none at an open border.
  /// A post of a land border exists even when its check is none.
  [[nodiscard]] std::uint32_t border_post(std::uint32_t border, std::uint32_t side, Direction d,
                                          std::uint32_t crossing) const {
    if (crossings_[border] == 0) return world::none;
    return border_first_[border] + posts_per_crossing * crossing + 2 * side +
           static_cast<std::uint32_t>(d);
  }
  /// 0 at an open border.
  [[nodiscard]] std::uint32_t crossings(std::uint32_t border) const { return crossings_[border]; }

 private:
  std::vector<Post> posts_;
  std::vector<std::uint32_t> airports_, ports_, border_first_;
  std::vector<std::uint8_t> crossings_;
};

/// \pre length >= 0, populations > 0.
[[nodiscard]] std::uint32_t number_of_crossings(double length_km, double population_a,
                                                double population_b, const ControlParams& params);

}  // namespace corridor::control
