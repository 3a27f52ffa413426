// SPDX-License-Identifier: Apache-2.0
#include "models/control/posts.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <string>

using namespace corridor;
using namespace corridor::control;

namespace {

/// Four countries: A and B open to each other; C rich, D poor, E poor. USA is in the list of
/// carrier data.
world::World small_world() {
  world::World w;
  const auto country = [&](const char* iso3, double income) {
    world::Country c;
    c.iso3 = iso3;
    c.population = 1e7;
    c.gdp_per_capita_usd = income;
    w.countries.push_back(c);
  };
  country("AAA", 30'000);
  country("BBB", 30'000);
  country("CCC", 30'000);
  country("DDD", 900);
  country("EEE", 800);
  country("USA", 60'000);
  w.organisations.push_back({"OPEN", "Open", 4});
  for (const std::uint32_t member : {0U, 1U}) w.memberships.push_back({0, member});
  const auto border = [&](std::uint32_t a, std::uint32_t b, double km) {
    w.borders.push_back({a, b, km, 0, 0});
  };
  border(0, 1, 500);  // open
  border(1, 2, 900);  // full, 3 crossings
  border(3, 4, 100);  // spot
  border(2, 5, 1);    // carrier data at exit of USA
  for (std::uint32_t i = 0; i < 6; ++i)
    w.airports.push_back({"A" + std::to_string(i), "", i, 0, 0});
  const auto leg = [&](std::uint32_t a, std::uint32_t b) {
    w.air_legs.push_back({a, b, world::none, 1, 1, 1});
  };
  leg(0, 1);
  leg(1, 0);  // within the area only, for airport 0
  leg(1, 2);
  leg(2, 5);
  for (std::uint32_t i = 0; i < 3; ++i) w.ports.push_back({"P" + std::to_string(i), "", i, 0, 0});
  w.sea_lanes.push_back({0, 1, 10});
  w.sea_lanes.push_back({1, 2, 10});
  return w;
}

}  // namespace

TEST_CASE("posts stand where an area ends, and nowhere else", "[control][posts][exact]") {
  const world::World w = small_world();
  const ControlParams p;
  const Regimes regimes(w, p);
  const PostTable table(w, regimes, p);
  CHECK(regimes.open(0, 1));
  CHECK(!regimes.open(1, 2));
  CHECK(table.airport_post(0, Direction::entry) == world::none);  // flies within its area only
  CHECK(table.airport_post(3, Direction::entry) == world::none);  // does not fly
  CHECK(table.port_post(0, Direction::exit) == world::none);
  CHECK(table.crossings(0) == 0);
  CHECK(table.border_post(0, 0, Direction::exit, 0) == world::none);
  CHECK(table.crossings(1) == 3);
  CHECK(table.airport_post(5, Direction::exit) == world::none);  // carriers' data, no officer
  CHECK(table.airport_post(5, Direction::entry) != world::none);
  CHECK(regimes.exit_control(PlaceKind::air, 5) == ExitControl::carrier_data);
  CHECK(regimes.exit_control(PlaceKind::land, 5) == ExitControl::none);
  CHECK(regimes.exit_control(PlaceKind::land, 2) == ExitControl::officer);
}

TEST_CASE("every post can be found again by what it is", "[control][posts][property]") {
  const world::World w = small_world();
  const ControlParams p;
  const PostTable table(w, Regimes(w, p), p);
  CHECK(table.posts().size() == 2 + 2 + 1 + 2 * 2 + 4 * (3 + 1 + 1));
  for (std::uint32_t i = 0; i < table.posts().size(); ++i) {
    const Post& post = table.posts()[i];
    CAPTURE(i);
    switch (post.kind) {
      case PlaceKind::air:
        CHECK(table.airport_post(post.place, post.direction) == i);
        CHECK(w.airports[post.place].country == post.country);
        break;
      case PlaceKind::sea:
        CHECK(table.port_post(post.place, post.direction) == i);
        CHECK(w.ports[post.place].country == post.country);
        break;
      case PlaceKind::land: {
        const std::uint32_t side = w.borders[post.place].a == post.country ? 0 : 1;
        CHECK(table.border_post(post.place, side, post.direction, post.crossing) == i);
        if (post.crossing > 0) {
          CHECK(table.border_post(post.place, side, post.direction, post.crossing - 1U) +
                    posts_per_crossing ==
                i);
        }
      }
    }
  }
}

TEST_CASE("checks depend on both sides of a border", "[control][posts][exact]") {
  const world::World w = small_world();
  const ControlParams p;
  const Regimes r(w, p);
  CHECK(r.check(PlaceKind::land, Direction::entry, 3, 4) == Check::spot);
  CHECK(r.check(PlaceKind::air, Direction::entry, 3, 4) == Check::full);
  CHECK(r.check(PlaceKind::land, Direction::entry, 3, 2) == Check::full);
  CHECK(r.check(PlaceKind::land, Direction::exit, 5, 2) == Check::none);
  CHECK(r.check(PlaceKind::land, Direction::entry, 5, 2) == Check::full);
  CHECK(r.check(PlaceKind::air, Direction::entry, 0, 1) == Check::none);
  CHECK(r.share(Check::none) == 0);
  CHECK(r.share(Check::spot) == p.spot_share);
  CHECK(r.share(Check::full) == 1);
  CHECK(r.own(0, 1));
  CHECK(!r.own(2, 1));
  CHECK(r.may_have_gates(2));
  CHECK(!r.may_have_gates(3));
}

TEST_CASE("longer borders and more people never have fewer crossings",
          "[control][posts][property]") {
  const ControlParams p;
  CHECK(number_of_crossings(100, 1e7, 1e7, p) == 1);
  CHECK(number_of_crossings(900, 1e7, 1e7, p) == 3);
  CHECK(number_of_crossings(0.1, 1e3, 1e3, p) == 1);
  CHECK(number_of_crossings(1e5, 1e9, 1e9, p) == 16);
  CHECK(rc::check("monotone", [&] {
    const double km = *rc::gen::inRange(1, 9000), a = *rc::gen::inRange(1, 2'000'000) * 1e3,
                 b = *rc::gen::inRange(1, 2'000'000) * 1e3;
    const auto k = number_of_crossings(km, a, b, p);
    RC_ASSERT(k <= number_of_crossings(1.1 * km, a, b, p));
    RC_ASSERT(k <= number_of_crossings(km, 1.1 * a, b, p));
    RC_ASSERT(k == number_of_crossings(km, b, a, p));
  }));
}

TEST_CASE("a list of countries is read strictly", "[control][posts][errors]") {
  CHECK(country_codes("") == std::vector<std::string>{});
  CHECK(country_codes("USA, GBR") == std::vector<std::string>{"USA", "GBR"});
  CHECK_THROWS_AS(country_codes("USA,,GBR"), std::invalid_argument);
  CHECK_THROWS_AS(country_codes("usa"), std::invalid_argument);
  CHECK_THROWS_WITH(
      country_codes("USA,UK"),
      "control.regime.carrier_data_countries: 'UK' is not a country code; allowed are codes of "
      "three capital letters separated by commas");
  world::World w = small_world();
  ControlParams p;
  p.carrier_data_countries = "ZZZ";  // not in this world
  CHECK(Regimes(w, p).exit_control(PlaceKind::air, 5) == ExitControl::officer);
}
