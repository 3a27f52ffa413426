// SPDX-License-Identifier: Apache-2.0
/// \file sphere.hpp  Distances between many points: a place as a unit vector, an arc from its
/// chord.
///
/// arc = 2 R asin(|a - b| / 2), R = 6371.0088 km. The same figure as world::great_circle_km to
/// rounding, without sines and cosines for each pair. Checked in
/// tests/models/travel/test_gravity.cpp.
#pragma once

#include <cmath>

#include "sim/math.hpp"

namespace corridor::travel {

inline constexpr double earth_radius_km = 6371.0088;

struct Place {
  double x = 1, y = 0, z = 0;
};

inline Place place(double lat_deg, double lon_deg) {
  constexpr double radian = 0.017453292519943295;
  const double lat = lat_deg * radian, lon = lon_deg * radian;
  const double c = sim::cos(lat);
  return {c * sim::cos(lon), c * sim::sin(lon), sim::sin(lat)};
}

inline double arc_km(const Place& a, const Place& b) {
  const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
  const double half = 0.5 * std::sqrt(x * x + y * y + z * z);
  return 2 * earth_radius_km * sim::asin(half < 1 ? half : 1);
}

}  // namespace corridor::travel
