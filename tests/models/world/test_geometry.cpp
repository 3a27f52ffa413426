// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/world.hpp"

namespace {

using corridor::world::great_circle_km;

constexpr double radius = 6371.0;  // of the reference values below, not the default
constexpr double pi = 3.14159265358979323846;

/// Rounding. h is a sum of products of a few roundings (relative 1e-15); d = 2 R asin(sqrt h) has
/// d(d)/d(h) = R / sqrt(h (1 - h)), so an error of 1e-15 h costs R 1e-15 sqrt(h / (1 - h)): below
/// 1e-9 km except near the antipodes, where it is at most R sqrt(4e-15) = 4e-4 km. Degrees to
/// radians adds 1e-15 of d.
constexpr double rounding_km = 1e-8;
constexpr double rounding_at_antipodes_km = 4.1e-4;

struct Place {
  double lat, lon;
};
Place any_place() {
  return {*rc::gen::inRange(-90'000, 90'001) / 1000.0,
          *rc::gen::inRange(-180'000, 180'001) / 1000.0};
}
double between(Place a, Place b) { return great_circle_km(a.lat, a.lon, b.lat, b.lon, radius); }

}  // namespace

TEST_CASE("known distances between airports", "[world][geometry][exact]") {
  // Case P of the verification cases: positions of OpenFlights, R = 6371 km. The published values
  // have four decimals, and the positions six.
  const Place lhr{51.4706, -0.461941}, jfk{40.639801, -73.7789}, dxb{25.2527999878, 55.3643989563},
      syd{-33.94609832763672, 151.177001953125}, bog{4.70159, -74.1469}, mad{40.471926, -3.56264};
  CHECK(between(lhr, jfk) == Approx(5539.6441).margin(1e-3));
  CHECK(between(dxb, syd) == Approx(12043.8795).margin(1e-3));
  CHECK(between(bog, mad) == Approx(8031.3777).margin(1e-3));
}

TEST_CASE("a quarter and a half of the circumference", "[world][geometry][exact]") {
  CHECK(std::abs(between({0, 0}, {0, 90}) - 10007.5433980103) < rounding_km);
  CHECK(std::abs(between({0, 0}, {90, 77}) - 10007.5433980103) < rounding_km);
  CHECK(std::abs(between({0, 0}, {0, 180}) - 20015.0867960206) < rounding_at_antipodes_km);
  CHECK(std::abs(between({90, 12}, {-90, -140}) - 20015.0867960206) < rounding_at_antipodes_km);
  CHECK(std::abs(great_circle_km(0, 0, 0, 90) / 6371.0088 - pi / 2) < 1e-12);  // the default radius
}

TEST_CASE("at a pole the longitude means nothing, and the date line is no wall",
          "[world][geometry][exact]") {
  CHECK(between({90, 0}, {90, 123}) == 0);
  CHECK(between({-90, -180}, {-90, 17}) == 0);
  CHECK(std::abs(between({0, 179.5}, {0, -179.5}) - pi * radius / 180) < rounding_km);
  CHECK(std::abs(between({52, 180}, {52, -180})) < rounding_km);
}

TEST_CASE("distance is a metric on the sphere", "[world][geometry][property]") {
  CHECK(rc::check("symmetric, zero on the diagonal, at most half the circumference", [] {
    const Place a = any_place(), b = any_place();
    RC_ASSERT(between(a, b) == between(b, a));
    RC_ASSERT(between(a, a) == 0);
    RC_ASSERT(between(a, b) >= 0);
    RC_ASSERT(between(a, b) <= pi * radius + rounding_km);
  }));
  CHECK(rc::check("no detour is shorter", [] {
    const Place a = any_place(), b = any_place(), c = any_place();
    RC_ASSERT(between(a, c) <= between(a, b) + between(b, c) + 2 * rounding_at_antipodes_km);
  }));
  CHECK(rc::check("turning the globe moves nothing", [] {
    const Place a = any_place(), b = any_place();
    const double turn = *rc::gen::inRange(-180, 181);
    RC_ASSERT(std::abs(between(a, b) - between({a.lat, a.lon + turn}, {b.lat, b.lon + turn})) <
              rounding_at_antipodes_km);
  }));
  CHECK(rc::check("to the antipodes the way through any place is as long", [] {
    const Place a = any_place(), b = any_place();
    const Place opposite{-a.lat, a.lon + 180};
    RC_ASSERT(std::abs(between(a, b) + between(b, opposite) - pi * radius) <
              2 * rounding_at_antipodes_km);
  }));
}
