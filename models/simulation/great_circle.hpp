// SPDX-License-Identifier: Apache-2.0
/// \file great_circle.hpp  Lines and a projection for maps.
///
/// Great circle: the shortest way on a sphere, by interpolation between the unit vectors of its
/// ends,
///
///     p(t) = [ sin((1 - t) w) a + sin(t w) b ] / sin(w),    cos w = a . b,    0 <= t <= 1
///
/// cut where it meets the date line. Ends that are antipodes have no shortest way: any of them is
/// taken.
///
/// Equal Earth, an equal-area projection (radius 1, central meridian 0): with sin(theta) =
/// sqrt(3)/2 sin(lat),
///
///     x = 2 sqrt(3) lon cos(theta) / ( 3 (9 A4 theta^8 + 7 A3 theta^6 + 3 A2 theta^2 + A1) )
///     y = A4 theta^9 + A3 theta^7 + A2 theta^3 + A1 theta
///
/// A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796.
///
/// Source. Savric, Patterson, Jenny (2019), "The Equal Earth map projection", International Journal
/// of Geographical
///   Information Science 33(3), 454-465.
/// Limits. Degrees in, |lat| <= 90, |lon| <= 180. A sphere, not the ellipsoid: lines are for the
/// eye. Checked in tests/models/simulation/test_great_circle.cpp.
#pragma once

#include <vector>

namespace corridor::simulation {

struct LonLat {
  double lon = 0, lat = 0;  ///< degrees
  friend bool operator==(const LonLat&, const LonLat&) = default;
};

using Line = std::vector<LonLat>;

/// The great circle from a to b with points at most `step_degrees` apart: one line, or two when it
/// meets the date line; then the first ends at lon = +-180 and the second begins at the other sign.
/// Ends are exactly a and b.
[[nodiscard]] std::vector<Line> great_circle(LonLat a, LonLat b, double step_degrees);

struct MapPoint {
  double x = 0, y = 0;  ///< y grows to the north; |x| <= 2.7066, |y| <= 1.3174
};

[[nodiscard]] MapPoint equal_earth(LonLat p);

}  // namespace corridor::simulation
