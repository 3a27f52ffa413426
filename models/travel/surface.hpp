// SPDX-License-Identifier: Apache-2.0
/// \file surface.hpp  The ways over land and sea between each two countries.
///
/// Model. A land route crosses one to three borders, no country twice. Over one border it is as
/// long as the effective distance of the two countries (gravity.hpp), since people cross a long
/// border where it suits them. Over more it is the harmonic mean distance from the cities of the
/// first country to the first border's point, the arcs between border points, and the same at the
/// end. A sea route is a lane with the harmonic mean distances to its ports at both ends. The
/// `land_routes_kept` shortest land routes of a pair stay. Of these
///
///     P(r) ~ exp(-d_r / D)        land
///     P(s) ~ exp(-d_s / K)        sea lanes of the pair
///
/// | symbol | in code                              | unit | domain | where it comes from       |
/// |--------|--------------------------------------|------|--------|---------------------------|
/// | d_r    | from Border::lat, lon and cities.hpp | km   | > 0    | world data                |
/// | d_s    | SeaLane::distance_km, cities.hpp     | km   | > 0    | world data                |
/// | D, K   | land_route_scale_km, sea_range_km    | km   | > 0    | travel.demand table       |
///
/// Source. Logit, route_choice.hpp.
///
/// Limits. On a route of several borders each is one point: one 3,000 km long has its crossing in
/// the middle.
///
/// Not modelled. Roads, rails and tunnels as such; land routes of four borders and more; a sea
/// trip with a land border on the way. Borders of `closed_borders` carry nobody.
///
/// Checked in tests/models/travel/test_surface.cpp: chains of borders, lengths, closed borders,
/// shares, direction of a lane.
#pragma once

#include <cstdint>
#include <vector>

#include "models/travel/demand.hpp"
#include "models/travel/gravity.hpp"

namespace corridor::travel {

inline constexpr std::size_t land_routes_kept = 4;

struct SurfaceRoute {
  std::uint32_t from = 0, to = 0;  ///< countries, from < to
  std::uint32_t link[3] = {world::none, world::none,
                           world::none};  ///< borders in order from `from`, or one lane
  std::uint8_t n_links = 0;
  bool reversed = false;  ///< sea: the lane's port b is in `from`
  double distance_km = 0;
  double share = 0;  ///< within its pair and mode, sums to 1
};

/// Sorted by (from, to, distance). \pre borders and lanes connect different countries.
[[nodiscard]] std::vector<SurfaceRoute> land_routes(const world::World& world,
                                                    const DemandParams& params,
                                                    const CountryTable& distance_km);
[[nodiscard]] std::vector<SurfaceRoute> sea_routes(const world::World& world,
                                                   const DemandParams& params);

}  // namespace corridor::travel
