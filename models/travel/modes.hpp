// SPDX-License-Identifier: Apache-2.0
/// \file modes.hpp  Air, land or sea: a logit for each pair of countries, and the ease of access.
///
/// Model.
///
///     V_air  = w ln S                    S: air service in flights a day (itineraries.hpp)
///     V_land = a - d / L - p (b - 1)     d: km of the best land route, b: its borders
///     V_sea  = c - d / K                 d: km of the best sea route, ways to the ports included
///     weight of mode m = (sum exp V)^z  exp(V_m) / sum exp V
///
/// | symbol  | in code                                           | unit    | domain    | from  |
/// |---------|---------------------------------------------------|---------|-----------|-------|
/// | w       | air_service_weight                                | 1       | [0, 2]    | table |
/// | a, p    | land_constant, land_border_penalty                | log     | -20..20   | table |
/// | c       | sea_constant                                      | log     | -20..20   | table |
/// | L, K    | land_range_km, sea_range_km                       | km      | [1, 1e5]  | table |
/// | z       | access_elasticity                                 | 1       | [0, 1]    | table |
///
/// Table: travel.demand (calibrated).
///
/// Source. Logit, route_choice.hpp. World shares by mode then hold by one factor each
/// (demand.cpp).
///
/// Limits. z = 0: shares that sum to 1, access makes no trips; z = 1: each mode has its own trips.
/// A mode that is not there gets nothing; when none is there the pair has no trips.
///
/// Not modelled. Cruises, private aircraft and boats, change of mode on the way.
///
/// Checked in tests/models/travel/test_modes.cpp: closed forms, monotone, missing modes, access.
#pragma once

#include <array>

#include "models/travel/demand.hpp"

namespace corridor::travel {

struct PairAccess {
  double air_service = 0;  ///< flights a day, 0 = no air itinerary
  double land_km = 0;      ///< 0 = no land route
  int land_borders = 0;
  double sea_km = 0;  ///< 0 = no lane
};

/// Weights of air, land, sea, by which the pair's seed is multiplied; all 0 when there is no way.
[[nodiscard]] std::array<double, n_modes> mode_weights(const PairAccess& access,
                                                       const DemandParams& params);

}  // namespace corridor::travel
