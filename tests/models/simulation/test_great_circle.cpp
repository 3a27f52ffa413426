// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/great_circle.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/world.hpp"

using namespace corridor::simulation;
using corridor::world::great_circle_km;

TEST_CASE("the Equal Earth projection has the published constants", "[map][exact]") {
  // x(180, 0) = 2 sqrt(3) pi / (3 A1); y(90) = theta polynomial at asin(sqrt(3)/2) = pi/3.
  const double pi = 3.14159265358979323846;
  CHECK(equal_earth({180, 0}).x == Approx(2 * std::sqrt(3.0) * pi / (3 * 1.340264)).epsilon(1e-12));
  CHECK(equal_earth({0, 0}).x == 0);
  CHECK(equal_earth({0, 0}).y == 0);
  const double t = pi / 3;
  const double y = 1.340264 * t - 0.081106 * std::pow(t, 3) + 0.000893 * std::pow(t, 7) +
                   0.003796 * std::pow(t, 9);
  CHECK(equal_earth({0, 90}).y == Approx(y).epsilon(1e-12));
}

TEST_CASE("Equal Earth keeps areas", "[map][property]") {
  // Area of a small cell on the plane over that on the sphere is 1 within what finite differences
  // of 1e-4 degrees leave (second order: 1e-4 degrees squared is 3e-12, rounding 1e-16/1e-6 = 1e-10
  // relative; 1e-6 is far above both).
  CHECK(rc::check("the plane's area is the sphere's", [] {
    const double lon = *rc::gen::inRange(-1790, 1790) / 10.0,
                 lat = *rc::gen::inRange(-850, 850) / 10.0;
    const double h = 1e-4, degree = 3.14159265358979323846 / 180;
    const MapPoint w = equal_earth({lon - h, lat}), e = equal_earth({lon + h, lat}),
                   s = equal_earth({lon, lat - h}), n = equal_earth({lon, lat + h});
    const double area =
        ((e.x - w.x) * (n.y - s.y) - (e.y - w.y) * (n.x - s.x)) / (4 * h * h * degree * degree);
    RC_ASSERT(std::abs(area / std::cos(lat * degree) - 1) < 1e-6);
  }));
}

TEST_CASE("a great circle has its ends, its length and steps no longer than asked",
          "[map][property]") {
  CHECK(rc::check("drawn pieces add up to the distance of the ends", [] {
    const LonLat a{*rc::gen::inRange(-1800, 1801) / 10.0, *rc::gen::inRange(-890, 891) / 10.0};
    const LonLat b{*rc::gen::inRange(-1800, 1801) / 10.0, *rc::gen::inRange(-890, 891) / 10.0};
    const double whole = great_circle_km(a.lat, a.lon, b.lat, b.lon);
    RC_PRE(whole < 19'500);  // antipodes have no shortest way
    const auto lines = great_circle(a, b, 2);
    RC_ASSERT(lines.front().front() == a);
    RC_ASSERT(lines.back().back() == b);
    RC_ASSERT(lines.size() <= 2);
    double drawn = 0;
    for (const Line& line : lines)
      for (std::size_t i = 1; i < line.size(); ++i) {
        const double step =
            great_circle_km(line[i - 1].lat, line[i - 1].lon, line[i].lat, line[i].lon);
        RC_ASSERT(step < 2.001 * 111.2);  // a degree of the sphere is 111.195 km
        RC_ASSERT(std::abs(line[i].lon - line[i - 1].lon) <= 180);
        drawn += step;
      }
    // The point on the date line is interpolated in latitude between two neighbours, so a cut line
    // is a little longer: at most what one step of 2 degrees can bend near a pole.
    RC_ASSERT(drawn > whole - 1e-3);
    RC_ASSERT(drawn < whole + (lines.size() == 1 ? 1e-3 : 100.0));
  }));
}

TEST_CASE("a line over the date line is cut there and goes on at the other side", "[map][exact]") {
  const auto lines = great_circle({170, 10}, {-170, 10}, 5);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].back().lon == 180);
  CHECK(lines[1].front().lon == -180);
  CHECK(lines[0].back().lat == lines[1].front().lat);
  CHECK(lines[0].back().lat > 10);  // a great circle bends towards the pole
  const auto west = great_circle({-170, 10}, {170, 10}, 5);
  REQUIRE(west.size() == 2);
  CHECK(west[0].back().lon == -180);
  CHECK(west[1].front().lon == 180);
  CHECK(great_circle({-60, 10}, {60, 10}, 5).size() == 1);
  CHECK(great_circle({5, 5}, {5, 5}, 5) == std::vector<Line>{{{5, 5}, {5, 5}}});
  CHECK(great_circle({0, 0}, {180, 0}, 10).size() <= 2);  // antipodes: some way, without end
}
