// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_shape.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;

TEST_CASE("a run's months are those of the calendar, cut at its ends", "[results][exact]") {
  const auto months = months_of("2019-12-30", 35);
  REQUIRE(months.size() == 3);
  CHECK(months[0].label == "2019-12");
  CHECK(months[0].first_day == 0);
  CHECK(months[0].n_days == 2);
  CHECK(months[1].label == "2020-01");
  CHECK(months[1].first_day == 2);
  CHECK(months[1].n_days == 31);
  CHECK(months[2].label == "2020-02");
  CHECK(months[2].n_days == 2);
  CHECK(date_of("2019-12-30", 34) == "2020-02-02");
  CHECK(date_of("2020-02-28", 1) == "2020-02-29");  // a leap day
  CHECK_THROWS_AS(months_of("2019-02-29", 3), std::invalid_argument);
  CHECK_THROWS_AS(date_of("tomorrow", 3), std::invalid_argument);
}

TEST_CASE("months cover every day once", "[results][property]") {
  CHECK(rc::check("months follow each other and end with the run", [] {
    const auto start = date_of("2000-01-01", *rc::gen::inRange(0, 20000));
    const std::int64_t days = *rc::gen::inRange(1, 1500);
    std::int64_t next = 0;
    for (const MonthSpan& month : months_of(start, days)) {
      RC_ASSERT(month.first_day == next);
      RC_ASSERT(month.n_days >= 1 && month.n_days <= 31);
      RC_ASSERT(date_of(start, month.first_day).substr(0, 7) == month.label);
      RC_ASSERT(date_of(start, month.first_day + month.n_days - 1).substr(0, 7) == month.label);
      next += month.n_days;
    }
    RC_ASSERT(next == days);
  }));
}

TEST_CASE("a shape takes its labels from world and demand", "[results][exact]") {
  world::World w;
  w.countries.resize(2);
  w.countries[0].iso3 = "XAA";
  w.countries[1].iso3 = "XBB";
  w.countries[1].region = world::Region::africa;
  w.airports = {{"QAA", "", 0, 1, 2}, {"QBB", "", 1, 3, 4}};
  w.air_legs.resize(2);
  w.air_legs[0].destination = 1;
  w.air_legs[1].origin = 1;
  w.borders = {{0, 1, 10, 5, 6}};
  w.ports = {{"XAAPO", "", 0, 7, 8}, {"XBBPO", "", 1, 9, 10}};
  w.sea_lanes = {{0, 1, 100}};
  travel::Demand demand;
  demand.pairs = {{1, 0, 12.0, 0, 0}};
  demand.scale_factors = {{"world trips", 1.5}};
  demand.leg_fitted = {1, 0};
  demand.leg_target = {10, 0};
  RunShape s = shape_of(w, demand);
  CHECK(s.country_region == std::vector<std::string>{"europe", "africa"});
  CHECK(s.air_link_origin == std::vector<std::string>{"QAA", "QBB"});
  CHECK(s.air_link_destination == std::vector<std::string>{"QBB", "QAA"});
  CHECK(s.border_b == std::vector<std::string>{"XBB"});
  CHECK(s.sea_lane_b == std::vector<std::string>{"XBBPO"});
  CHECK(s.pair_origin == std::vector<std::string>{"XBB"});
  CHECK(s.scale_factor == std::vector<double>{1.5});
  CHECK(s.length(Dim::air_link) == 2);
  CHECK(s.length(Dim::post) == 0);

  add_post(s, "land", "XBB", 0, "entry", 2);
  CHECK(s.post_place == std::vector<std::string>{"XAA-XBB"});
  CHECK(s.post_lat == std::vector<double>{5});
  CHECK_THROWS_AS(add_post(s, "rail", "XBB", 0, "entry", 2), std::invalid_argument);
  CHECK(s.length(Dim::post) == 1);
  s.post_lat.push_back(0);
  CHECK_THROWS_AS(s.length(Dim::post), std::invalid_argument);
}
