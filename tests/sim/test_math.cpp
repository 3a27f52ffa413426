// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "sim/math.hpp"

using namespace corridor;

// The reference is long double (64-bit mantissa): its own error is a two-thousandth of the bounds
// below.
TEST_CASE("elementary functions are right to a few units in the last place", "[math][exact]") {
  constexpr double ulp = std::numeric_limits<double>::epsilon();
  double exp_error = 0, log_error = 0, sin_error = 0, cos_error = 0, atan_error = 0, asin_error = 0;
  const auto worst = [](double& w, double value, long double truth, long double scale) {
    w = std::max(w, static_cast<double>(std::abs(value - truth) / scale));
  };
  for (int i = -50'000; i <= 50'000; ++i) {
    const double x = i * 0.0139999, y = i / 50'000.0;
    const long double e = std::exp(static_cast<long double>(x));
    worst(exp_error, sim::exp(x), e, e);
    const double positive = std::ldexp(1.0 + std::abs(y), i / 60);
    const long double l = std::log(static_cast<long double>(positive));
    worst(log_error, sim::log(positive), l, std::max(1.0L, std::abs(l)));
    worst(sin_error, sim::sin(x), std::sin(static_cast<long double>(x)), 1);
    worst(cos_error, sim::cos(x), std::cos(static_cast<long double>(x)), 1);
    worst(atan_error, sim::atan(x), std::atan(static_cast<long double>(x)), 1);
    worst(asin_error, sim::asin(y), std::asin(static_cast<long double>(y)), 1);
  }
  CHECK(exp_error < 2 * ulp);
  CHECK(log_error < 2 * ulp);
  CHECK(sin_error < 2 * ulp);
  CHECK(cos_error < 2 * ulp);
  CHECK(atan_error < 3 * ulp);
  CHECK(asin_error < 3 * ulp);
}

TEST_CASE("edges of the elementary functions are those of IEEE 754", "[math][exact]") {
  const double inf = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(sim::exp(0) == 1);
  CHECK(sim::exp(inf) == inf);
  CHECK(sim::exp(-inf) == 0);
  CHECK(sim::exp(-745) == std::exp(-745.0));  // the smallest subnormal
  CHECK(std::isnan(sim::exp(nan)));
  CHECK(sim::log(1) == 0);
  CHECK(sim::log(0) == -inf);
  CHECK(std::isnan(sim::log(-1)));
  CHECK(sim::log(5e-324) == Approx(std::log(5e-324)).epsilon(1e-15));
  CHECK(sim::log1p(1e-18) == 1e-18);
  CHECK(sim::log1p(-0.5) == Approx(std::log(0.5)).epsilon(1e-15));
  CHECK(sim::pow(0, 2) == 0);
  CHECK(sim::pow(7, 0) == 1);
  CHECK(sim::pow(2, 0.5) == Approx(std::sqrt(2.0)).epsilon(1e-15));
  CHECK(sim::asin(1) == Approx(std::acos(-1.0) / 2));
  CHECK(std::isnan(sim::asin(1.0000001)));
}

TEST_CASE("ln n! agrees with the sum of logarithms across the change of method", "[math][exact]") {
  long double sum = 0;
  for (unsigned long long n = 1; n <= 2000; ++n) {
    sum += std::log(static_cast<long double>(n));
    REQUIRE(std::abs(sim::log_factorial(n) - static_cast<double>(sum)) <=
            1e-14 * std::max(1.0L, sum));
  }
}

TEST_CASE("the normal distribution and its quantile are inverse to each other", "[math][exact]") {
  CHECK(sim::normal_cdf(0) == 0.5);
  CHECK(sim::normal_cdf(1.959963984540054) == Approx(0.975).epsilon(1e-14));
  CHECK(sim::normal_cdf(-6) == Approx(9.865876450376946e-10).epsilon(1e-12));
  for (int i = 1; i < 1000; ++i) {
    const double p = i / 1000.0;
    REQUIRE(std::abs(sim::normal_cdf(sim::normal_quantile(p)) - p) < 2e-15);
  }
  CHECK(sim::normal_quantile(1e-9) == Approx(-5.997807015007687).epsilon(1e-12));
}
