// SPDX-License-Identifier: Apache-2.0
#include "models/travel/gravity.hpp"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/travel/ipf.hpp"
#include "models/travel/sphere.hpp"
#include "sim/math.hpp"
#include "sim/samplers.hpp"
#include "tests/models/travel/toy_world.hpp"

namespace corridor::travel {
namespace {

TEST_CASE("an arc from a chord is the great circle", "[gravity][exact]") {
  for (const auto& [a, b, c, d] : {std::array<double, 4>{51.47, -0.46, 40.64, -73.78},
                                   {0, 0, 0, 179.0},
                                   {-33.9, 151.2, 1.36, 103.99}}) {
    // asin is steep towards the antipode: 1e-16 in the chord is 1e-8 of a radian there, 0.1 m.
    CHECK(arc_km(place(a, b), place(c, d)) ==
          Approx(world::great_circle_km(a, b, c, d)).margin(1e-4).epsilon(0));
  }
  CHECK(arc_km(place(10, 20), place(10, 20)) == 0);
}

TEST_CASE("Poisson regression on trips drawn from the seed recovers its exponents (case I4)",
          "[gravity][statistical]") {
  test::ToyWorld toy;
  for (std::uint32_t k = 0; k < 200; ++k) {
    const auto u = [k](std::uint64_t salt) {
      return sim::uniform53(sim::bits64(sim::draw({11, 0}, sim::Purpose::sample, k, 0)[salt],
                                        sim::draw({11, 1}, sim::Purpose::sample, k, 0)[salt]));
    };
    toy.country("C" + std::to_string(k), 120 * u(0) - 60, 360 * u(1) - 180,
                sim::exp(12 + 5 * u(2)));
  }
  const world::World world = toy.done();
  DemandParams params;
  params.mass_population_exponent = 0.6;
  params.mass_income_exponent = 0;
  params.distance_exponent = -1.2;
  params.distance_exponent_far = 0;
  const CountryTable distance = effective_distances(world);
  const CountryTable seed =
      gravity_seed(masses(world, params), affinities(world, distance, params));
  double sum = 0;
  for (const double s : seed.value) sum += s;
  const double level = 4e5 / sum;  // about ten trips a pair

  // Newton on the Poisson likelihood, intercept first. Pairs: 39,800.
  const Eigen::Index n = 200 * 199;
  Eigen::MatrixXd x(n, 4);
  Eigen::VectorXd y(n);
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    for (std::size_t j = 0; j < 200; ++j) {
      if (i == j) continue;
      x.row(row) << 1, sim::log(world.countries[i].population) - 14,
          sim::log(world.countries[j].population) - 14, sim::log(distance.at(i, j)) - 9;
      y[row++] = sim::poisson(level * seed.at(i, j), {5, 0}, sim::Purpose::sample, 200 * i + j, 1);
    }
  }
  Eigen::Vector4d beta(std::log(y.mean()), 0, 0, 0);
  Eigen::Matrix4d information;
  Eigen::VectorXd mean;
  for (int step = 0; step < 30; ++step) {
    mean = (x * beta).array().exp();
    information = x.transpose() * mean.asDiagonal() * x;
    beta += information.ldlt().solve(x.transpose() * (y - mean));
  }
  const Eigen::Vector4d error = information.inverse().diagonal().cwiseSqrt();
  // Four standard errors each: three tests, false alarm below 2e-4; the seed of the draws is fixed.
  CHECK(std::abs(beta[1] - 0.6) < 4 * error[1]);
  CHECK(std::abs(beta[2] - 0.6) < 4 * error[2]);
  CHECK(std::abs(beta[3] + 1.2) < 4 * error[3]);
  CHECK(error.tail(3).maxCoeff() < 0.01);  // and the test can see an error of a few hundredths
  mean = (x * beta).array().exp();
  CHECK(std::abs((y - mean).sum()) < 1e-6 * y.sum());  // score equation of the intercept

  // With effects of origin and destination the same likelihood is proportional fitting: rows and
  // columns match.
  std::vector<double> cells;
  std::vector<MarginFamily> margins{{"origins", {}, std::vector<double>(200)},
                                    {"destinations", {}, std::vector<double>(200)}};
  row = 0;
  for (std::uint32_t i = 0; i < 200; ++i) {
    for (std::uint32_t j = 0; j < 200; ++j) {
      if (i == j) continue;
      cells.push_back(sim::pow(distance.at(i, j), -1.2));
      margins[0].group.push_back(i);
      margins[1].group.push_back(j);
      margins[0].target[i] += y[row];
      margins[1].target[j] += y[row++];
    }
  }
  CHECK(fit_margins(cells, margins, 10'000, 1e-9).largest_misfit <= 1e-9);
}

TEST_CASE("radiation has its published probabilities (case I5)", "[gravity][exact]") {
  const std::vector<double> mass{100, 50, 200, 25}, x{0, 1, 3, 7};
  CountryTable distance(4);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) distance.at(i, j) = std::abs(x[i] - x[j]);
  }
  const CountryTable seed = radiation_seed(mass, distance);
  const double published[4][4] = {{0, 0.33333333, 0.38095238, 0.01904762},
                                  {0.66666667, 0, 0.19047619, 0.00952381},
                                  {0.22857143, 0.2, 0, 0.03809524},
                                  {0.02424242, 0.02020202, 0.88888889, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    double row = 0;
    const double finite = 1 - mass[i] / 375;
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(seed.at(i, j) / mass[i] * finite == Approx(published[i][j]).margin(5.1e-9).epsilon(0));
      row += seed.at(i, j);
    }
    CHECK(row ==
          Approx(mass[i]).epsilon(1e-13));  // with the finite-system correction all of T_i travels
  }
}

TEST_CASE("the seed is symmetric and empty on the diagonal", "[gravity][property]") {
  const world::World world = test::random_world(7, 26, 0, 0);
  const DemandParams params;
  const CountryTable distance = effective_distances(world);
  const CountryTable seed =
      gravity_seed(masses(world, params), affinities(world, distance, params));
  for (std::size_t i = 0; i < seed.n; ++i) {
    CHECK(seed.at(i, i) == 0);
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(distance.at(i, j) == distance.at(j, i));
      CHECK(seed.at(i, j) == Approx(seed.at(j, i)).epsilon(1e-15));
      CHECK(seed.at(i, j) > 0);
    }
  }
}

TEST_CASE("each tie multiplies the affinity by its own factor and nothing else",
          "[gravity][exact]") {
  world::World world = test::five_countries();
  world.borders.clear();
  const DemandParams params;
  const CountryTable distance = effective_distances(world);
  const CountryTable bare = affinities(world, distance, params);
  world.borders.push_back({0, 1, 100, 45, 3});
  world.ties.push_back({0, 2, true, false});
  world.ties.push_back({1, 2, true, true});
  world.migrants.push_back({3, 0, 600});
  world.migrants.push_back({0, 3, 399});
  const CountryTable tied = affinities(world, distance, params);
  const auto factor = [&](std::size_t i, std::size_t j) { return tied.at(i, j) / bare.at(i, j); };
  CHECK(factor(0, 1) == Approx(std::exp(params.border_effect)).epsilon(1e-13));
  CHECK(factor(2, 0) == Approx(std::exp(params.language_effect)).epsilon(1e-13));
  CHECK(factor(1, 2) ==
        Approx(std::exp(params.language_effect + params.colonial_effect)).epsilon(1e-13));
  CHECK(factor(0, 3) == Approx(std::pow(1000, params.migrant_exponent)).epsilon(1e-13));
  CHECK(factor(3, 4) == 1);
}

TEST_CASE(
    "a country of twice the people has 2^a times the mass; an unknown income is the region's "
    "median",
    "[gravity][exact]") {
  world::World world = test::five_countries();
  const DemandParams params;
  const std::vector<double> before = masses(world, params);
  world.countries[2].population *= 2;
  const std::vector<double> after = masses(world, params);
  CHECK(after[2] / before[2] ==
        Approx(std::pow(2, params.mass_population_exponent)).epsilon(1e-13));
  CHECK(after[1] == before[1]);
  world.countries[0].gdp_per_capita_usd = 0;
  CHECK(incomes(world)[0] == 25'000);  // of 45,000, 25,000 and 20,000 in Europe
  world.countries[4].gdp_per_capita_usd = 0;
  CHECK(incomes(world)[4] == 25'000);  // nobody else in its region: of the world
}

}  // namespace
}  // namespace corridor::travel
