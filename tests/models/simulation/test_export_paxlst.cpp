// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "models/simulation/export_paxlst.hpp"

using namespace corridor::simulation;

TEST_CASE("a place's clock moves by whole hours, half of fifteen degrees on each side",
          "[simulation][paxlst][exact]") {
  CHECK(clock_hours(0) == 0);
  CHECK(clock_hours(7.4) == 0);
  CHECK(clock_hours(7.6) == 1);
  CHECK(clock_hours(-7.4) == 0);
  CHECK(clock_hours(-7.6) == -1);
  CHECK(clock_hours(180) == 12);
  CHECK(clock_hours(-180) == -12);
  CHECK(clock_hours(-117.62) == -8);
}
