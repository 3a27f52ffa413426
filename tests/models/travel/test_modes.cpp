// SPDX-License-Identifier: Apache-2.0
#include "models/travel/modes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace corridor::travel {
namespace {

DemandParams shares_only() {
  DemandParams p;
  p.access_elasticity = 0;
  return p;
}

TEST_CASE("with no elasticity of access the modes share one trip", "[modes][exact]") {
  const DemandParams p = shares_only();
  const auto w = mode_weights({2.0, 400, 1, 300}, p);
  CHECK(w[0] + w[1] + w[2] == Approx(1).epsilon(1e-14));
  const double air = p.air_service_weight * std::log(2.0),
               land = p.land_constant - 400 / p.land_range_km;
  CHECK(w[1] / w[0] == Approx(std::exp(land - air)).epsilon(1e-12));
  CHECK(w[2] / w[0] ==
        Approx(std::exp(p.sea_constant - 300 / p.sea_range_km - air)).epsilon(1e-12));
}

TEST_CASE("a mode that is not there gets nothing, and without any way there are no trips",
          "[modes][exact]") {
  const DemandParams p;
  CHECK(mode_weights({}, p) == std::array<double, 3>{0, 0, 0});
  const auto air_only = mode_weights({1, 0, 0, 0}, p);
  CHECK(air_only == std::array<double, 3>{1, 0, 0});  // one flight a day is the unit of utility
  const auto sea_only = mode_weights({0, 0, 0, 100}, shares_only());
  CHECK(sea_only == std::array<double, 3>{0, 0, 1});
}

TEST_CASE("land loses with distance and borders, air wins with service", "[modes][relation]") {
  const DemandParams p = shares_only();
  const auto share = [&](double service, double km, int borders) {
    return mode_weights({service, km, borders, 0}, p);
  };
  CHECK(share(1, 300, 1)[1] > share(1, 600, 1)[1]);
  CHECK(share(1, 300, 1)[1] > share(1, 300, 2)[1]);
  CHECK(share(1, 300, 1)[0] < share(5, 300, 1)[0]);
}

TEST_CASE(
    "a further mode adds trips as far as access is elastic, and never takes any from the pair",
    "[modes][relation]") {
  DemandParams p;
  for (const double z : {0.0, 0.3, 1.0}) {
    p.access_elasticity = z;
    const auto one = mode_weights({2, 0, 0, 0}, p), two = mode_weights({2, 500, 1, 0}, p);
    const double before = one[0], after = two[0] + two[1];
    CHECK(after == Approx(before * std::pow(1 + two[1] / two[0], z)).epsilon(1e-12));
    CHECK(after >= before * (1 - 1e-14));
  }
}

}  // namespace
}  // namespace corridor::travel
