// SPDX-License-Identifier: Apache-2.0
/// \file leg_fit.hpp  Bends the choice of air itineraries until legs carry what their seats say.
///
/// Model. Entropy scaling. With x_r the trips on path r (both directions of residence together) a
/// leg carries, each way,
///
///     F_l = sum of x_r over the paths on l
///     T_l = load factor x mean seats of the leg and its way back
///
/// A level Z = sum F / sum T over the fitted legs takes the targets to the model's own total; it
/// is reported, not iterated. Two kinds of rounds change the flows:
///
///     group: x_r <- x_r (R_o R_d R_ij)^e
///     leg:   x_r <- x_r prod_{l on r} (Z T_l / F_l)^e
///
/// where R = Z sum T / sum F over the fitted legs of an airport or between two countries, and the
/// product of the corrections of a leg, airport or pair over all rounds is held within [1/B, B]:
/// where seats and country totals contradict each other, neither drives the other out of all
/// measure. The group rounds come first: they also serve the legs that are held out. In the leg
/// rounds a held-out leg has the share of all leg passengers as its target that the group rounds
/// gave it, so that the others do not push what they cannot carry onto it; its own seats are never
/// seen. Margins of countries and modes are restored after each round (demand.cpp).
///
/// | symbol | in code                               | unit        | domain | where it comes from |
/// |--------|---------------------------------------|-------------|--------|---------------------|
/// | T_l    | load_factor x AirLeg::seats_year      | person/year | > 0    | world data, table   |
/// | e      | fit_damping                           | 1           | (0, 1] | travel.demand table |
/// | B      | fit_limit; airport_limit for airports | 1           | >= 1   | travel.demand table |
/// | -      | leg_holdout_share, leg_holdout_key    | 1           | [0, 1] | travel.demand table |
///
/// Held out: airport pairs whose XXH3 hash of the two codes in alphabetical order, seeded with the
/// key, is below the share.
///
/// Sources. Willumsen (1981), Transport Policy and Decision Making 1, 292-312 (trips from counts);
/// Darroch and Ratcliff (1972), Ann. Math. Statist. 43, 1470-1480 (convergence of such scaling).
///
/// Limits. No leg fitted, or B = 1: the choice as it is.
///
/// Not modelled. Empty flights, crew, same-day passengers and those of trips that are not
/// overnight.
///
/// Checked in tests/models/travel/test_leg_fit.cpp: toy network solved, held-out seats without
/// influence, sums, limits.
#pragma once

#include <cstdint>
#include <vector>

#include "models/travel/itineraries.hpp"

namespace corridor::travel {

/// True when the pair of airports is not fitted. Order of the codes does not matter.
[[nodiscard]] bool held_out(std::string_view iata_a, std::string_view iata_b,
                            const DemandParams& params);

class LegFit {
 public:
  LegFit(const world::World& world, const DemandParams& params);

  [[nodiscard]] const std::vector<std::uint8_t>& fitted() const { return fitted_; }  ///< by air leg
  [[nodiscard]] const std::vector<double>& target() const {
    return target_;
  }  ///< by air leg, own seats

  /// Passengers a year, by air leg; a leg and its way back carry the same. \param trips  by
  /// pair_slot, both directions.
  [[nodiscard]] std::vector<double> flows(const AirChoices::Paths& paths,
                                          const std::vector<double>& trips) const;

  /// Changes shares within pairs, and `trips` by what the paths of a pair gained or lost. \returns
  /// the level L.
  double group_round(AirChoices::Paths& paths, std::vector<double>& trips);
  /// Between the two kinds of rounds: from now on held-out legs stay where the model has them.
  void hold(const AirChoices::Paths& paths, const std::vector<double>& trips);
  double leg_round(AirChoices::Paths& paths, std::vector<double>& trips);

 private:
  [[nodiscard]] std::size_t link_of(std::uint32_t leg) const;
  [[nodiscard]] double level(const std::vector<double>& flow) const;
  /// The factor of this round; `so_far` is the product of all rounds, held within the limit.
  [[nodiscard]] double correct(double wanted, double have, double limit, double& so_far) const;

  const world::World& world_;
  DemandParams params_;
  std::vector<std::uint8_t> fitted_;
  std::vector<double> target_, two_way_target_, held_target_;
  std::vector<double> leg_correction_, group_correction_;  ///< products so far
};

}  // namespace corridor::travel
