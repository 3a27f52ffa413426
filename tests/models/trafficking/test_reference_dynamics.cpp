// SPDX-License-Identifier: Apache-2.0
/// \file test_reference_dynamics.cpp  General cases of learning and pursuit: J6, when to move on
/// from where gains fade (marginal value theorem), by the rule with which police learn; and J8,
/// pursuit and flight (Lotka-Volterra), the reference for steppers of coupled rates.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "models/trafficking/interdiction_learning.hpp"
#include "sim/math.hpp"

using namespace corridor;
using namespace corridor::trafficking;

namespace {

struct Stay {
  double time = 0, rate = 0;
};

/// The stay with most gain for each unit of time, the move counted; what is learned of a place in
/// steps of h grows as 1 - exp(-r t) when a step teaches 1 - exp(-r h) of the rest.
Stay best_stay(double r, double move_time, double h) {
  const double learning = 1 - sim::exp(-r * h);
  Stay best;
  double gain = 0;
  for (int n = 1; n <= 60'000; ++n) {
    gain = learned(gain, 1, learning);
    const double time = n * h, rate = gain / (time + move_time);
    if (rate > best.rate) best = {time, rate};
  }
  return best;
}

using State = std::array<double, 2>;  ///< those who flee, those who follow

struct Rates {
  double grow = 0.1, meet = 0.02, feed = 0.01, starve = 0.3;
  [[nodiscard]] State of(const State& s) const {
    return {grow * s[0] - meet * s[0] * s[1], feed * s[0] * s[1] - starve * s[1]};
  }
};

State moved(const State& s, const State& by, double h) {
  return {s[0] + h * by[0], s[1] + h * by[1]};
}

/// The classical stepper of order four.
State step(const Rates& f, const State& s, double h) {
  const State a = f.of(s), b = f.of(moved(s, a, h / 2)), c = f.of(moved(s, b, h / 2)),
              d = f.of(moved(s, c, h));
  State next = s;
  for (std::size_t i = 0; i < 2; ++i) next[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
  return next;
}

double conserved(const State& s) {
  return 0.01 * s[0] - 0.3 * sim::log(s[0]) + 0.02 * s[1] - 0.1 * sim::log(s[1]);
}

/// How far V has moved after 100 units of time.
double drift(double h) {
  State s{40, 9};
  const int n = static_cast<int>(std::lround(100 / h));
  for (int i = 0; i < n; ++i) s = step({}, s, h);
  return std::abs(conserved(s) - conserved({40, 9}));
}

}  // namespace

TEST_CASE("J6: who learns at a fading rate moves on when staying pays no more than the mean",
          "[trafficking][interdiction_learning][exact]") {
  // Steps of 0.001: the best step lies within one step of t*; the rate is flat there, so it is off
  // by less than its curvature (below r^2) times the step squared.
  const double r = 0.1, tau = 10, h = 0.001;
  const Stay best = best_stay(r, tau, h);
  CHECK(std::abs(best.time - 11.4619322062) <= h);
  CHECK(std::abs(best.rate - 0.0317844433) < r * r * h * h + 1e-10);
  // exp(r t) = 1 + r (t + tau), to first order in the step.
  CHECK(std::abs(sim::exp(r * best.time) - 1 - r * (best.time + tau)) <
        r * sim::exp(r * best.time) * h);
}

TEST_CASE("J6: the longer the move, the longer the stay; without a move nobody stays",
          "[trafficking][interdiction_learning][relation]") {
  const double h = 0.01;
  double before = 0;
  for (const double tau : {0.5, 2.0, 10.0, 40.0}) {
    const Stay best = best_stay(0.1, tau, h);
    CHECK(best.time > before);
    before = best.time;
  }
  const Stay free = best_stay(0.1, 0, h);
  CHECK(free.time == h);  // the first step is the best
  CHECK(free.rate == Approx((1 - sim::exp(-0.1 * h)) / h).epsilon(1e-12));
}

TEST_CASE("J8: pursuit and flight go round their balance and keep what is conserved",
          "[trafficking][interdiction_learning][exact]") {
  CHECK(std::abs(conserved({40, 9}) - -0.7463862940) < 5e-11);

  // Order four: half the step leaves a sixteenth of the drift, up to a next order of one h in 16.
  const double coarse = drift(0.5), fine = drift(0.25);
  CHECK(coarse < 1e-5);
  CHECK(coarse / fine > 12);
  CHECK(coarse / fine < 32);

  // Small cycles last 2 pi / sqrt(0.03), up to the square of their size (0.03 of 30).
  const double period = 2 * std::numbers::pi / std::sqrt(0.03), h = 0.01;
  CHECK(std::abs(period - 36.2759872847) < 5e-11);
  State s{30.03, 5};
  double first = -1, last = -1;
  for (int i = 0, turns = 0; turns < 3; ++i) {
    const State next = step({}, s, h);
    if (s[0] < 30 && next[0] >= 30) {
      last = h * (i + (30 - s[0]) / (next[0] - s[0]));
      if (turns++ == 0) first = last;
    }
    s = next;
  }
  CHECK(std::abs((last - first) / 2 - period) < 1e-4);
}

TEST_CASE("J8: at the balance nothing moves, and without encounters nothing goes round",
          "[trafficking][interdiction_learning][relation]") {
  State still{30, 5};
  for (int i = 0; i < 1000; ++i) still = step({}, still, 0.1);
  CHECK(std::abs(still[0] - 30) < 1e-9);
  CHECK(std::abs(still[1] - 5) < 1e-9);

  Rates apart;
  apart.meet = apart.feed = 0;
  State s{40, 9};
  bool turned = false;
  for (int i = 0; i < 1000; ++i) {
    const State next = step(apart, s, 0.1);
    turned = turned || next[0] <= s[0] || next[1] >= s[1];
    s = next;
  }
  CHECK_FALSE(turned);
  CHECK(s[0] == Approx(40 * sim::exp(10.0)).epsilon(1e-6));
}
