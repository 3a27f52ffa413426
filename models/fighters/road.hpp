// SPDX-License-Identifier: Apache-2.0
/// \file road.hpp  What the world offers to whoever plans a journey: which tickets there are, what
/// they cost, where one changes.
///
/// A ticket leads from country to country where the stream knows a way (`HasRoute`); it costs
/// `ticket_usd` and `ticket_usd_per_km` for each km between the largest cities of the two. A broken
/// journey goes by one or two countries of transit, drawn in proportion to the seats of their
/// international flights (plus one) among those with tickets from the last place and to the next.
/// Gateways of all zones stand in one list, each with its zone. Round the posts of a gateway one
/// comes over a green border or a coast, from a country beside it that checks there: from where one
/// is, or from the one with the cheapest ticket (the first of equals).
/// Limits. Prices know no season and no carrier. Checked in tests/models/fighters/test_road.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "models/fighters/actors.hpp"
#include "models/travel/sphere.hpp"
#include "models/world/world.hpp"

namespace corridor::fighters {

/// Whether the stream knows a way from one country to another, as rows of World::countries.
using HasRoute = std::function<bool(std::uint32_t origin, std::uint32_t destination)>;

inline constexpr std::uint16_t nowhere = 0xffff;

struct GatewaySite {
  std::uint16_t zone = 0, country = 0;
  double step_usd = 0;
};

class Road {
 public:
  Road(const FightersParams& params, const FightersActors& actors, const world::World& world,
       const HasRoute& has_route);

  [[nodiscard]] std::size_t n_countries() const { return n_; }
  [[nodiscard]] const std::vector<GatewaySite>& gateways() const { return gateways_; }
  /// First gateway of a zone in the list; that of `n_zones` is the end.
  [[nodiscard]] std::uint16_t first_gateway(std::size_t zone) const { return first_[zone]; }

  [[nodiscard]] bool route(std::uint16_t a, std::uint16_t b) const {
    return open_[std::size_t{a} * n_ + b] != 0;
  }
  /// A ticket that was to be had and was not: nobody plans it again.
  void close(std::uint16_t a, std::uint16_t b) { open_[std::size_t{a} * n_ + b] = 0; }

  /// The country from which one goes round the posts of `gateway`: `from` itself or one with a
  /// ticket from there, never `avoid`; `nowhere` when there is none.
  [[nodiscard]] std::uint16_t beside(std::uint16_t from, std::uint16_t gateway,
                                     std::uint16_t avoid) const;

  [[nodiscard]] double ticket_usd(std::uint16_t a, std::uint16_t b) const;
  /// What a broken journey is believed to cost: one more ticket and a third more distance.
  [[nodiscard]] double broken_usd(std::uint16_t a, std::uint16_t b) const;

  /// A country with tickets from `a` and to `b`, by keyed uniform; `nowhere` when there is none.
  /// Not one of a, b and `avoid`.
  [[nodiscard]] std::uint16_t transit(std::uint16_t a, std::uint16_t b, std::uint16_t avoid,
                                      double u) const;
  [[nodiscard]] bool has_transit(std::uint16_t a, std::uint16_t b, std::uint16_t avoid) const;
  /// A country to go to from `a`, in proportion to the same seats; `nowhere` when there is none.
  [[nodiscard]] std::uint16_t elsewhere(std::uint16_t a, std::uint16_t avoid, double u) const;

 private:
  template <class Fits>
  [[nodiscard]] std::uint16_t by_seats(double u, Fits fits) const;

  std::size_t n_;
  double fixed_usd_, per_km_;
  std::vector<std::uint8_t> open_;   ///< [origin * n + destination]
  std::vector<std::uint8_t> next_;   ///< the same: World::controlled_neighbours
  std::vector<travel::Place> city_;  ///< the largest
  std::vector<double> seats_;
  std::vector<GatewaySite> gateways_;
  std::vector<std::uint16_t> first_;
};

}  // namespace corridor::fighters
