// SPDX-License-Identifier: Apache-2.0
/// \file test_cases_c.cpp  Routes as absorbing chains, through the draws of inspections.
///
/// A border on a route is an inspection with the chance p of stopping who is irregular: the
/// project's own review, drawn by settle_secondary for a post of its own. C1's moves between
/// borders are keyed draws of the test.
#include <Eigen/Dense>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/control/secondary.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

/// Whether the inspection of `trip` at `post` stops it; the chance is the sensitivity of the
/// review.
bool stopped(std::uint64_t trip, std::uint32_t post, double chance, std::int32_t day = 0) {
  std::array<Candidate, 1> one;
  one[0].trip = trip;
  one[0].post = post;
  one[0].crossing = static_cast<std::uint8_t>(post);
  one[0].threat = Threat::documents;
  SecondarySettings settings;
  settings.sensitivity[static_cast<std::size_t>(Threat::documents)] = chance;
  Carry carry;
  return settle_secondary(one, {1, 1}, carry, settings, {41, 0}, day).with(Outcome::refused) == 1;
}

double move(std::uint64_t trip, std::uint16_t step) {
  return sim::uniform32(sim::draw({41, 0}, sim::Purpose::journey, trip, 0, step)[0]);
}

constexpr double alpha = 1e-9;

}  // namespace

TEST_CASE("C1: a small network delivers and intercepts as its fundamental matrix says",
          "[control][routes][statistical]") {
  // Exact first: N = (I - Q)^-1 over S, A, B, C; R over delivered, intercepted.
  Eigen::Matrix4d q = Eigen::Matrix4d::Zero();
  q(0, 1) = 0.6;
  q(0, 2) = 0.4;
  q(1, 3) = 0.9;
  q(2, 3) = 0.95 * 0.3;
  Eigen::Matrix<double, 4, 2> r = Eigen::Matrix<double, 4, 2>::Zero();
  r(1, 1) = 0.1;
  r(2, 1) = 0.05;
  r(2, 0) = 0.95 * 0.7;
  r(3, 1) = 0.2;
  r(3, 0) = 0.8;
  const Eigen::Matrix4d n = (Eigen::Matrix4d::Identity() - q).inverse();
  const Eigen::Matrix<double, 4, 2> absorbed = n * r;
  CHECK(std::abs(n(0, 3) - 0.654) < 1e-12);
  CHECK(std::abs(n.row(0).sum() - 2.654) < 1e-12);
  CHECK(std::abs(absorbed(0, 0) - 0.7892) < 1e-12);

  // Then journey by journey through the project's inspections.
  constexpr std::size_t journeys = 200'000;
  std::array<std::size_t, 4> at{};  // stopped at A, B, C; [0] delivered
  for (std::uint64_t trip = 0; trip < journeys; ++trip) {
    const std::uint32_t first = move(trip, 0) < 0.6 ? 1 : 2;
    if (stopped(trip, first, first == 1 ? 0.1 : 0.05)) {
      ++at[first];
    } else if (first == 2 && move(trip, 1) < 0.7) {
      ++at[0];
    } else {
      ++at[stopped(trip, 3, 0.2) ? 3 : 0];
    }
  }
  const std::array<double, 4> expected{absorbed(0, 0), 0.06, 0.02, 0.1308};
  for (std::size_t i = 0; i < 4; ++i) {
    CAPTURE(i);
    CHECK(std::abs(static_cast<double>(at[i]) / journeys - expected[i]) <
          test::binomial_halfwidth(expected[i], journeys, alpha));
  }
}

TEST_CASE("C2: three inspections in a row are independent", "[control][routes][statistical]") {
  constexpr std::size_t n = 200'000;
  std::size_t detected = 0;
  for (std::uint64_t trip = 0; trip < n; ++trip) {
    detected += stopped(trip, 1, 0.24) || stopped(trip, 2, 0.24) || stopped(trip, 3, 0.24);
  }
  const double p = 1 - std::pow(0.76, 3);
  CHECK(std::abs(p - 0.561024) < 1e-12);
  CHECK(std::abs(static_cast<double>(detected) / n - p) < test::binomial_halfwidth(p, n, alpha));
}

TEST_CASE("C3: who travels again and again is detected after 1 / p trips on average",
          "[control][routes][statistical]") {
  constexpr double p = 0.2;
  std::vector<double> trips;
  std::size_t within_five = 0;
  for (std::uint64_t person = 0; person < 20'000; ++person) {
    int trip = 1;
    while (!stopped(person, 5, p, trip)) ++trip;
    trips.push_back(trip);
    within_five += trip <= 5;
  }
  const auto m = test::moments(trips);
  CHECK(std::abs(m.mean - 1 / p) <= m.tolerance());
  const double five = 1 - std::pow(1 - p, 5);
  CHECK(std::abs(static_cast<double>(within_five) / 20'000 - five) <
        test::binomial_halfwidth(five, 20'000, alpha));
  CHECK(std::abs(1 - std::pow(0.05, 1.0 / 1000) - 0.0029912495) < 6e-11);
}
