// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/great_circle.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/math.hpp"

namespace corridor::simulation {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double degree = pi / 180;

using Vector = std::array<double, 3>;

Vector unit(LonLat p) {
  const double c = sim::cos(p.lat * degree);
  return {c * sim::cos(p.lon * degree), c * sim::sin(p.lon * degree), sim::sin(p.lat * degree)};
}

/// Angle of the point (x, y) from the x axis, in (-pi, pi].
double angle(double y, double x) {
  if (x == 0 && y == 0) return 0;
  if (std::abs(x) >= std::abs(y)) {
    const double a = sim::atan(y / x);
    return x > 0 ? a : (y >= 0 ? a + pi : a - pi);
  }
  return (y > 0 ? pi / 2 : -pi / 2) - sim::atan(x / y);
}

LonLat point(const Vector& v) {
  return {angle(v[1], v[0]) / degree, angle(v[2], std::sqrt(v[0] * v[0] + v[1] * v[1])) / degree};
}

/// The angle between two unit vectors, exact enough for near and for opposite ones.
double angle_between(const Vector& a, const Vector& b) {
  const Vector cross{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                     a[0] * b[1] - a[1] * b[0]};
  return angle(std::sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]),
               a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

}  // namespace

std::vector<Line> great_circle(LonLat a, LonLat b, double step_degrees) {
  const Vector from = unit(a), to = unit(b);
  const double w = angle_between(from, to);
  const double sin_w = sim::sin(w);
  const int n = std::max(1, static_cast<int>(std::ceil(w / degree / step_degrees)));
  Line points{a};
  for (int i = 1; i < n; ++i) {
    const double t = static_cast<double>(i) / n;
    double wa = 1 - t, wb = t;
    if (sin_w > 1e-9) {
      wa = sim::sin((1 - t) * w) / sin_w;
      wb = sim::sin(t * w) / sin_w;
    }
    points.push_back(
        point({wa * from[0] + wb * to[0], wa * from[1] + wb * to[1], wa * from[2] + wb * to[2]}));
  }
  points.push_back(b);

  std::vector<Line> lines{{points.front()}};
  for (std::size_t i = 1; i < points.size(); ++i) {
    const LonLat p = points[i - 1], q = points[i];
    if (std::abs(q.lon - p.lon) > 180) {  // over the date line, not round the world
      const double side = p.lon > 0 ? 180 : -180;
      const double span = 360 - std::abs(q.lon - p.lon);
      const double share = span > 0 ? std::abs(side - p.lon) / span : 0;
      const double lat = p.lat + share * (q.lat - p.lat);
      lines.back().push_back({side, lat});
      lines.push_back({{-side, lat}});
    }
    lines.back().push_back(q);
  }
  return lines;
}

MapPoint equal_earth(LonLat p) {
  constexpr double a1 = 1.340264, a2 = -0.081106, a3 = 0.000893, a4 = 0.003796;
  const double root3 = std::sqrt(3.0);
  const double theta = sim::asin(root3 / 2 * sim::sin(p.lat * degree));
  const double t2 = theta * theta, t6 = t2 * t2 * t2;
  return {2 * root3 * p.lon * degree * sim::cos(theta) /
              (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1)),
          theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)};
}

}  // namespace corridor::simulation
