// SPDX-License-Identifier: Apache-2.0
/// \file cargo_graph.hpp  How goods can cross borders: countries, joined by container, air cargo,
/// parcel, land and air courier.
///
/// | mode        | an edge joins                                   | distance |
/// |-------------|--------------------------------------------------|-------------------------------|
/// | container   | two countries with liner shipping                | great circle x sea detour |
/// | air cargo   | two countries with a direct air leg              | great circle | | air courier
/// | the same                                         | great circle                  | | parcel |
/// any two countries                                | great circle                  | | land | two
/// countries with a border                      | great circle                  |
///
/// Cost of an edge, per kg: c + k d / 1000 km (trafficking_params.hpp). Transit time: days of the
/// mode plus distance over speed, rounded up. Attraction of an edge (utility of the logit, and
/// exponent of the weight of other choices):
///
///     a = D (0.942 [border] + 0.243 ln(1 + migrants/1000) + 0.249 [common language])
///         + L ln(sqrt(l_o l_d) / 100)      (container)
///         + A ln(seats / 100,000)          (air)
///
/// with D `determinants`, l liner connectivity, migrants both ways. The most that one organisation
/// sends over an edge in a month is the mode's capacity times exp(a): goods hide in trade and
/// traffic, and these follow the same ties. Sources: Berlusconi, Aziani and
/// Giommoni (2017) for border and language (heroin to Europe), Aziani, Berlusconi and Giommoni
/// (2021) for migrants (cocaine within Europe): rows TRN-044, -045, -047. That they hold for the
/// world and as utilities is an assumption. Distances are between middles of countries. Not
/// modelled: ports and airports within a country, ships, seasons. Checked in
/// tests/models/trafficking/test_cargo_graph.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/trafficking/consignment.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/world/world.hpp"

namespace corridor::trafficking {

struct CargoEdge {
  std::uint16_t origin = 0, destination = 0;
  CargoMode mode = CargoMode::container;
  bool closed = false;
  bool unchecked = false;  ///< by land within an open-border area
  std::uint16_t days = 1;  ///< on the way
  double km = 0;
  double cost_usd_kg = 0;
  double attraction = 0;
  double capacity_kg = 0;  ///< of one organisation and month
};

/// What a scenario changes on edges: of one mode, or of all.
struct EdgeRule {
  std::uint16_t origin = 0, destination = 0;
  std::uint8_t mode = any_cargo_mode;
  bool closed = false;
  double attraction = 0;
};

class CargoGraph {
 public:
  CargoGraph(const world::World& world, const TraffickingParams& params,
             std::span<const EdgeRule> rules = {});

  [[nodiscard]] std::size_t n_countries() const { return first_.size() - 1; }
  /// Sorted by (origin, mode, destination).
  [[nodiscard]] const std::vector<CargoEdge>& edges() const { return edges_; }
  [[nodiscard]] std::span<const CargoEdge> from(std::size_t country) const {
    return {edges_.data() + first_[country], edges_.data() + first_[country + 1]};
  }
  /// Index of the first edge out of a country.
  [[nodiscard]] std::uint32_t first(std::size_t country) const { return first_[country]; }
  /// \returns the edge, closed or not, or `world::none`.
  [[nodiscard]] std::uint32_t find(std::size_t origin, std::size_t destination,
                                   CargoMode mode) const;
  /// Countries within `most_legs` crossings of any of `from` over open edges, by country.
  [[nodiscard]] std::vector<std::uint8_t> reachable(std::span<const std::uint16_t> from,
                                                    std::int64_t most_legs) const;

 private:
  std::vector<CargoEdge> edges_;
  std::vector<std::uint32_t> first_;
};

}  // namespace corridor::trafficking
