// SPDX-License-Identifier: Apache-2.0
#include "models/control/staffing.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "models/control/erlang.hpp"
#include "models/control/secondary.hpp"

using namespace corridor::control;

namespace {
HourlyPersons even(double persons) {
  HourlyPersons p;
  p.fill(persons);
  return p;
}
}  // namespace

TEST_CASE(
    "A8: 600 visitors an hour at a minute each take eleven officers for 95 % under five minutes",
    "[control][staffing][exact]") {
  ControlParams p;
  p.service_visitor_s = 60;
  p.wait_target_visitor_s = 300;
  p.staffing_margin = 1;
  p.max_load = 0.99;
  CHECK(officers_for(even(600), Lane::visitor, p)[3] == 11);
  p.wait_target_visitor_s = 0;
  CHECK(officers_for(even(600), Lane::visitor, p)[3] == 17);
  p.officers_max = 13;
  CHECK(officers_for(even(600), Lane::visitor, p)[3] == 13);
}

TEST_CASE("staff meets the target and the load, hour by hour, within its limits",
          "[control][staffing][property]") {
  CHECK(rc::check("rule", [] {
    ControlParams p;
    HourlyPersons persons;
    for (auto& n : persons) n = *rc::gen::inRange(0, 3000) / 4.0;
    persons[0] = 1;
    const auto officers = officers_for(persons, Lane::own, p);
    for (std::size_t h = 0; h < 24; ++h) {
      const double load = p.staffing_margin * persons[h] * p.service_own_s / 3600;
      RC_ASSERT(officers[h] >= p.officers_min && officers[h] <= p.officers_max);
      RC_ASSERT(load <= p.max_load * officers[h] * (1 + 1e-12));
      RC_ASSERT(wait_tail(officers[h], load, p.service_own_s, p.wait_target_own_s) <=
                1 - p.staffing_level);
    }
  }));
}

TEST_CASE("more persons never get fewer officers", "[control][staffing][property]") {
  CHECK(rc::check("monotone", [] {
    const ControlParams p;
    const double persons = *rc::gen::inRange(1, 10'000);
    RC_ASSERT(officers_for(even(persons), Lane::visitor, p)[0] <=
              officers_for(even(persons + *rc::gen::inRange(1, 100)), Lane::visitor, p)[0]);
  }));
}

TEST_CASE("e-gates stand where they pay, and their rejects meet an officer",
          "[control][staffing][exact]") {
  ControlParams p;
  const Staff with = staff_for(even(400), even(100), true, p);
  CHECK(with.has_gates);
  CHECK(with.officers[0][0] > 0);
  CHECK(with.officers[1][0] >= 1);
  const Staff small = staff_for(even(100), even(100), true, p);
  CHECK(!small.has_gates);
  CHECK(small.officers[0][0] == 0);
  const Staff barred = staff_for(even(400), even(100), false, p);
  CHECK(!barred.has_gates);
  CHECK(barred.officers[1][0] > with.officers[1][0]);
}

TEST_CASE("whoever comes finds a lane with officers", "[control][staffing][exact]") {
  const ControlParams p;
  const Staff visitors_only = staff_for(even(0), even(20), false, p);
  CHECK(open_lane(Lane::own, visitors_only) == Lane::visitor);
  CHECK(open_lane(Lane::gate, visitors_only) == Lane::visitor);
  const Staff own_only = staff_for(even(20), even(0), false, p);
  CHECK(open_lane(Lane::visitor, own_only) == Lane::own);
  CHECK(open_lane(Lane::gate, own_only) == Lane::own);
  const Staff nobody = staff_for(even(0), even(0), false, p);
  CHECK(nobody.officers[2][0] == p.officers_min);
  CHECK(open_lane(Lane::own, nobody) == Lane::visitor);
}

TEST_CASE("secondary has places for its share of the busiest hour", "[control][staffing][exact]") {
  const ControlParams p;
  HourlyPersons persons = even(100);
  persons[8] = 1000;
  CHECK(secondary_places(persons, p) == 15);  // 2 % of 1000 for 45 minutes
  CHECK(starts_in_hour(15, 0, 45) == 20);
  CHECK(secondary_places(even(0), p) == 0);
  CHECK(secondary_places(even(1), p) == 1);
}
