// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <vector>

#include "tests/support/import_risk.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;

TEST_CASE("exit probabilities of the worked example (case C4)", "[import_risk][exact]") {
  enum { o, h, a, b };
  Eigen::MatrixXd flux = Eigen::MatrixXd::Zero(4, 4);
  const auto link = [&](int x, int y, double f) { flux(x, y) = flux(y, x) = f; };
  link(o, h, 100);
  link(h, a, 60);
  link(h, b, 40);
  link(o, a, 20);
  const test::ImportRisk result = test::import_risk(flux, o);
  CHECK(result.length[h] == Approx(1.182322).epsilon(1e-6));
  CHECK(result.length[a] == Approx(2.791759).epsilon(1e-6));
  CHECK(result.length[b] == Approx(3.791759).epsilon(1e-6));
  CHECK(result.parent == std::vector<Eigen::Index>{-1, o, o, h});
  CHECK(result.exit(o) == 0);
  CHECK(result.exit(h) == Approx(0.8333333333).epsilon(1e-9));
  CHECK(result.exit(a) == 1);
  CHECK(result.exit(b) == 1);
  const Eigen::VectorXd& p = result.risk;
  CHECK(p(o) == 0);
  CHECK(p(h) == Approx(0.7462686567).epsilon(1e-9));
  CHECK(p(a) == Approx(0.2238805970).epsilon(1e-9));
  CHECK(p(b) == Approx(0.0298507463).epsilon(1e-8));
  CHECK(p.sum() == Approx(1).epsilon(1e-12));
}

TEST_CASE("link traffic alone finds the destinations that the demand puts first",
          "[import_risk][relation]") {
  // Air passengers between countries of the invented world: destinations ranked by import risk from
  // link traffic against the demand's own origin-destination flows. Independent methods; on six
  // countries they must agree on the first.
  const auto& w = test::small_world();
  const auto n = static_cast<Eigen::Index>(w.world.countries.size());
  Eigen::MatrixXd legs = Eigen::MatrixXd::Zero(n, n), trips = Eigen::MatrixXd::Zero(n, n);
  for (const auto& pair : w.demand.pairs) {
    for (std::uint32_t i = 0; i < pair.n_itineraries; ++i) {
      const auto& itinerary = w.demand.itineraries[pair.first_itinerary + i];
      if (itinerary.mode != travel::Mode::air) continue;
      const auto weight = static_cast<double>(itinerary.weight);
      trips(pair.destination, pair.origin) += weight;
      trips(pair.origin, pair.destination) += weight;
      for (std::uint32_t k = 0; k < itinerary.n_links; ++k) {
        const auto& leg = w.world.air_legs[itinerary.link[k]];
        const auto from = w.world.airports[leg.origin].country,
                   to = w.world.airports[leg.destination].country;
        if (from == to) continue;
        legs(to, from) += weight;
        legs(from, to) += weight;
      }
    }
  }
  int agree = 0;
  for (Eigen::Index origin = 0; origin < n; ++origin) {
    if (legs.col(origin).sum() <= 0) continue;
    Eigen::Index by_links = 0, by_demand = 0;
    test::import_risk(legs, origin).risk.maxCoeff(&by_links);
    trips.col(origin).maxCoeff(&by_demand);
    agree += by_links == by_demand ? 1 : 0;
  }
  CHECK(agree >= 4);
}
