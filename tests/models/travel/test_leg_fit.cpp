// SPDX-License-Identifier: Apache-2.0
#include "models/travel/leg_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

TEST_CASE("which legs are held out depends on the two codes and the key alone",
          "[leg_fit][exact]") {
  DemandParams p;
  p.leg_holdout_share = 0.2;
  std::set<std::string> with_key, with_other;
  DemandParams other = p;
  other.leg_holdout_key = 7;
  int n = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      const std::string x{'X', a, b}, y{'Y', b, a};
      CHECK(held_out(x, y, p) == held_out(y, x, p));
      if (held_out(x, y, p)) with_key.insert(x + y);
      if (held_out(x, y, other)) with_other.insert(x + y);
      ++n;
    }
  }
  // Binomial(676, 0.2): mean 135, standard deviation 10.4; five of them: a false alarm below 1e-6.
  CHECK(std::abs(static_cast<double>(with_key.size()) - 0.2 * n) < 5 * std::sqrt(n * 0.2 * 0.8));
  CHECK(with_key != with_other);
  p.leg_holdout_share = 0;
  CHECK_FALSE(held_out("AAA", "BBB", p));
  p.leg_holdout_share = 1;
  CHECK(held_out("AAA", "BBB", p));
}

struct Toy {
  world::World world = test::five_countries();
  DemandParams params;
  AirChoices::Paths paths;
  std::vector<double> trips = std::vector<double>(10, 1e5);
  Toy() {
    params.leg_holdout_share = 0;
    params.min_itinerary_share = 0;
    params.min_itinerary_trips = 0;
    params.fit_limit = 1000;
    paths = AirChoices(world, params, effective_distances(world)).collect(trips);
    for (std::size_t s = 0; s < 10; ++s) {
      if (paths.first[s] == paths.first[s + 1]) trips[s] = 0;
    }
  }
};

TEST_CASE(
    "targets are seats x load factor of international legs; only legs with a way back are fitted",
    "[leg_fit][exact]") {
  const Toy toy;
  const LegFit fit(toy.world, toy.params);
  for (std::size_t l = 0; l < toy.world.air_legs.size(); ++l) {
    const world::AirLeg& leg = toy.world.air_legs[l];
    const bool domestic =
        toy.world.airports[leg.origin].country == toy.world.airports[leg.destination].country;
    CHECK(fit.target()[l] == (domestic ? 0 : toy.params.load_factor * leg.seats_year));
    CHECK(fit.fitted()[l] == (!domestic && leg.reverse != world::none ? 1 : 0));
  }
}

TEST_CASE("a leg carries the trips of its paths, as many back as out", "[leg_fit][exact]") {
  const Toy toy;
  const LegFit fit(toy.world, toy.params);
  const std::vector<double> flow = fit.flows(toy.paths, toy.trips);
  double legs = 0, expected = 0;
  for (std::size_t l = 0; l < flow.size(); ++l) {
    legs += flow[l];
    const std::uint32_t back = toy.world.air_legs[l].reverse;
    CHECK(flow[l] == (back == world::none ? 0 : flow[back]));
  }
  for (std::size_t s = 0; s < toy.trips.size(); ++s) {
    for (std::size_t p = toy.paths.first[s]; p < toy.paths.first[s + 1]; ++p) {
      expected += 2 * toy.trips[s] * toy.paths.path[p].share * toy.paths.path[p].n_legs;
    }
  }
  CHECK(legs == Approx(expected).epsilon(1e-12));
}

TEST_CASE("leg rounds bring every leg to its share of the seats", "[leg_fit][exact]") {
  Toy toy;
  LegFit fit(toy.world, toy.params);
  double level = 0;
  for (int round = 0; round < 400; ++round) level = fit.leg_round(toy.paths, toy.trips);
  const std::vector<double> flow = fit.flows(toy.paths, toy.trips);
  for (std::size_t l = 0; l < flow.size(); ++l) {
    // Nine links, nine non-stop pairs free to move: a solution exists; 400 damped rounds leave
    // 1e-6.
    if (fit.fitted()[l] != 0) CHECK(flow[l] / (level * fit.target()[l]) == Approx(1).epsilon(1e-6));
  }
}

TEST_CASE("shares of a pair always sum to one and no trip appears from nothing",
          "[leg_fit][property]") {
  Toy toy;
  LegFit fit(toy.world, toy.params);
  for (int round = 0; round < 5; ++round) {
    round < 2 ? fit.group_round(toy.paths, toy.trips) : fit.leg_round(toy.paths, toy.trips);
    for (std::size_t s = 0; s < toy.trips.size(); ++s) {
      double sum = 0;
      for (std::size_t p = toy.paths.first[s]; p < toy.paths.first[s + 1]; ++p)
        sum += toy.paths.path[p].share;
      if (toy.trips[s] > 0) CHECK(sum == Approx(1).epsilon(1e-13));
      CHECK(std::isfinite(toy.trips[s]));
    }
  }
}

TEST_CASE("the corrections of all rounds together stay within their limit", "[leg_fit][property]") {
  Toy toy;
  toy.params.fit_limit = 1.5;
  LegFit fit(toy.world, toy.params);
  const std::vector<double> before = toy.trips;
  for (int round = 0; round < 50; ++round) fit.leg_round(toy.paths, toy.trips);
  for (std::size_t s = 0; s < before.size(); ++s) {
    if (!(before[s] > 0)) continue;
    // Three legs at most, each corrected by at most 1.5 in all; 50 rounds of rounding.
    CHECK(toy.trips[s] / before[s] <= 1.5 * 1.5 * 1.5 * (1 + 1e-12));
    CHECK(toy.trips[s] / before[s] >= 1 / (1.5 * 1.5 * 1.5) * (1 - 1e-12));
  }
}

TEST_CASE("the seats of a held-out leg have no influence; those of a fitted one do",
          "[leg_fit][relation]") {
  Toy toy;
  toy.params.leg_holdout_share = 0.3;
  const auto run = [&](std::uint8_t touched_fitted, bool touch) {
    Toy copy = toy;
    const LegFit plain(copy.world, copy.params);
    bool touched = false;
    for (std::size_t l = 0; l < copy.world.air_legs.size(); ++l) {
      world::AirLeg& leg = copy.world.air_legs[l];
      if (!touch || plain.target()[l] == 0 || leg.reverse == world::none ||
          plain.fitted()[l] != touched_fitted)
        continue;
      leg.seats_year *= 3;
      copy.world.air_legs[leg.reverse].seats_year *= 3;
      touched = true;
      break;
    }
    CHECK(touched == touch);
    LegFit fit(copy.world, copy.params);
    for (int round = 0; round < 4; ++round) fit.group_round(copy.paths, copy.trips);
    fit.hold(copy.paths, copy.trips);
    for (int round = 0; round < 4; ++round) fit.leg_round(copy.paths, copy.trips);
    return fit.flows(copy.paths, copy.trips);
  };
  const std::vector<double> base = run(0, false);
  CHECK(run(0, true) == base);  // to the bit
  CHECK(run(1, true) != base);
}

}  // namespace
}  // namespace corridor::travel
