// SPDX-License-Identifier: Apache-2.0
#include "models/risk/distributions.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/math.hpp"

using namespace corridor;
using namespace corridor::risk::stats;

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("the gamma function is the factorial, and its reflection at one half", "[risk][exact]") {
  for (unsigned n = 0; n < 200; ++n) {
    REQUIRE(std::abs(log_gamma(n + 1.0) - sim::log_factorial(n)) <=
            1e-14 * std::max(1.0, sim::log_factorial(n)) * 4);
  }
  CHECK(log_gamma(0.5) == Approx(0.5723649429247001).epsilon(1e-14));  // ln sqrt(pi)
  CHECK(log_gamma(1e6 + 0.5) == Approx(std::lgamma(1e6 + 0.5)).epsilon(1e-14));
}

TEST_CASE("the beta distribution function sums binomial tails", "[risk][exact]") {
  CHECK(incomplete_beta(2, 3, 0.3) == Approx(0.3483).epsilon(1e-13));  // P(X >= 2), n = 4, p = 0.3
  CHECK(incomplete_beta(1, 1, 0.7) == Approx(0.7).epsilon(1e-14));
  CHECK(incomplete_beta(1, 5, 1e-9) == Approx(-std::expm1(5 * std::log1p(-1e-9))).epsilon(1e-13));
  CHECK(incomplete_beta(0.5, 0.5, 0.25) == Approx(1.0 / 3).epsilon(1e-13));  // arcsine law
  // Symmetric at any size; the error grows with the logarithms that cancel.
  CHECK(incomplete_beta(5e5, 5e5, 0.5) == Approx(0.5).epsilon(1e-9));
  const auto tail = [](int k, int n, double p) {
    double sum = 0;
    for (int i = k; i <= n; ++i) {
      sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
                      i * std::log(p) + (n - i) * std::log1p(-p));
    }
    return sum;
  };
  for (const int k : {1, 5, 20, 39}) {
    for (const double p : {0.001, 0.1, 0.5, 0.9}) {
      REQUIRE(binomial_at_least(k, 40, p) == Approx(tail(k, 40, p)).epsilon(1e-11));
    }
  }
  CHECK(binomial_at_least(0, 7, 0.2) == 1);
  CHECK(binomial_at_least(8, 7, 0.2) == 0);
}

TEST_CASE("quantiles are those of the tables, and inverse to their functions", "[risk][exact]") {
  CHECK(student_t_quantile(0.975, 1) == Approx(12.706204736174694).epsilon(1e-12));
  CHECK(student_t_quantile(0.975, 10) == Approx(2.2281388519862742).epsilon(1e-12));
  CHECK(student_t_quantile(0.975, 1e7) == Approx(1.9599642).epsilon(1e-6));
  CHECK(student_t_quantile(0.5, 3) == 0);
  CHECK(chi_square_quantile(0.95, 1) == Approx(3.841458820694126).epsilon(1e-12));
  CHECK(chi_square_quantile(0.95, 9) == Approx(16.918977604620451).epsilon(1e-12));
  CHECK(chi_square_quantile(0.5, 2) == Approx(2 * std::log(2.0)).epsilon(1e-13));
  for (const double p : {1e-8, 0.01, 0.3, 0.6, 0.9, 0.9999}) {
    for (const double df : {0.7, 1.0, 2.0, 9.5, 400.0}) {
      REQUIRE(student_t_cdf(student_t_quantile(p, df), df) == Approx(p).epsilon(1e-10));
      REQUIRE(chi_square_cdf(chi_square_quantile(p, df), df) == Approx(p).epsilon(1e-10));
      REQUIRE(incomplete_beta(df, 2 * df, beta_quantile(p, df, 2 * df)) ==
              Approx(p).epsilon(1e-10));
    }
  }
  // One degree of freedom is the square of a normal; two is the exponential.
  CHECK(chi_square_upper(9, 1) == Approx(two_sided_p(3)).epsilon(1e-12));
  CHECK(chi_square_upper(50, 2) == Approx(std::exp(-25.0)).epsilon(1e-12));
}

TEST_CASE("the noncentral chi-square with one degree is a shifted normal, squared",
          "[risk][exact]") {
  for (const double lambda : {0.0, 0.3, 4.0, 100.0, 9e4}) {
    for (const double offset : {-2.0, -0.5, 0.0, 1.0, 2.5}) {
      const double root = std::sqrt(lambda) + offset;
      if (root <= 0) continue;
      const double d = std::sqrt(lambda);
      const double expected = sim::normal_cdf(root - d) - sim::normal_cdf(-root - d);
      REQUIRE(noncentral_chi_square_cdf(root * root, 1, lambda) == Approx(expected).margin(1e-9));
    }
  }
}

TEST_CASE("Kolmogorov's distribution has its 5 % point at 1.358 and joins its two series",
          "[risk][exact]") {
  CHECK(kolmogorov_upper(1.3580986393225507) == Approx(0.05).epsilon(1e-9));
  CHECK(kolmogorov_upper(1.18 - 1e-13) == Approx(kolmogorov_upper(1.18)).epsilon(1e-11));
  CHECK(kolmogorov_upper(0) == 1);
  CHECK(kolmogorov_upper(0.2) == Approx(1).margin(1e-11));
}

TEST_CASE("distribution functions refuse what lies outside their domain, and NaN",
          "[risk][exact]") {
  CHECK_THROWS_WITH(log_gamma(0), "log_gamma: x must be a number above 0");
  CHECK_THROWS_WITH(incomplete_beta(1, 1, not_a_number), "incomplete_beta: x must be in [0, 1]");
  CHECK_THROWS_AS(incomplete_beta(0, 1, 0.5), std::invalid_argument);
  CHECK_THROWS_AS(incomplete_gamma(not_a_number, 1), std::invalid_argument);
  CHECK_THROWS_AS(chi_square_quantile(1, 1), std::invalid_argument);
  CHECK_THROWS_AS(student_t_quantile(0, 1), std::invalid_argument);
  CHECK_THROWS_AS(student_t_cdf(not_a_number, 1), std::invalid_argument);
  CHECK_THROWS_AS(two_sided_p(not_a_number), std::invalid_argument);
  CHECK_THROWS_AS(noncentral_chi_square_cdf(1, 1, -1), std::invalid_argument);
  CHECK_THROWS_AS(binomial_at_least(1, -1, 0.5), std::invalid_argument);
}
