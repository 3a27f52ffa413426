// SPDX-License-Identifier: Apache-2.0
/// \file test_processes.cpp  Counts and instants that the draws of the engine make (cases B1 to
/// B7).
///
/// Tolerances: means 4 s / sqrt(n); correlations 4 / sqrt(n); an index of dispersion of Poisson
/// counts has the variance (2 + 1 / mean) / n, so 4 sqrt of that; Kolmogorov-Smirnov sqrt(ln(2 /
/// alpha) / 2n) (Massart 1990) at alpha 1e-9.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/samplers.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using sim::Purpose;

namespace {

constexpr sim::RunKey key{61, 0};

double uniform(std::uint64_t id, std::uint16_t index, std::int32_t day = 0) {
  const auto w = sim::draw(key, Purpose::schedule, id, day, index);
  return sim::uniform53(sim::bits64(w[0], w[1]));
}

/// Mean and variance over mean.
struct Counts {
  std::vector<double> n;
  [[nodiscard]] double mean() const { return test::moments(n).mean; }
  [[nodiscard]] double dispersion() const {
    const auto m = test::moments(n);
    return m.deviation * m.deviation / m.mean;
  }
  [[nodiscard]] double dispersion_tolerance() const {
    return 4 * std::sqrt((2 + 1 / mean()) / static_cast<double>(n.size()));
  }
};

double correlation(const Counts& a, const Counts& b) {
  const auto ma = test::moments(a.n), mb = test::moments(b.n);
  double sum = 0;
  for (std::size_t i = 0; i < a.n.size(); ++i) sum += (a.n[i] - ma.mean) * (b.n[i] - mb.mean);
  return sum / static_cast<double>(a.n.size() - 1) / ma.deviation / mb.deviation;
}

/// Largest distance between the sample's distribution and the uniform one.
double ks_uniform(std::vector<double> u) {
  std::sort(u.begin(), u.end());
  double d = 0;
  const auto n = static_cast<double>(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) {
    d = std::max({d, u[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - u[i]});
  }
  return d;
}
double ks_critical(std::size_t n) {
  return std::sqrt(std::log(2 / 1e-9) / 2 / static_cast<double>(n));
}

}  // namespace

TEST_CASE("B1: thinned Poisson counts are Poisson and independent", "[processes][statistical]") {
  constexpr std::size_t n = 20'000;
  Counts kept, dropped;
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::uint32_t all = sim::poisson(20, key, Purpose::cell_count, id, 0);
    double k = 0;
    for (std::uint32_t i = 0; i < all; ++i) k += uniform(id, static_cast<std::uint16_t>(i)) < 0.3;
    kept.n.push_back(k);
    dropped.n.push_back(all - k);
  }
  CHECK(std::abs(kept.mean() - 6) <= test::moments(kept.n).tolerance());
  CHECK(std::abs(dropped.mean() - 14) <= test::moments(dropped.n).tolerance());
  CHECK(std::abs(kept.dispersion() - 1) <= kept.dispersion_tolerance());
  CHECK(std::abs(dropped.dispersion() - 1) <= dropped.dispersion_tolerance());
  CHECK(std::abs(correlation(kept, dropped)) <= 4 / std::sqrt(static_cast<double>(n)));
  SECTION(
      "and the check can fail: a fixed number is not Poisson, and its parts are not independent") {
    Counts a, b;
    for (std::uint64_t id = 0; id < n; ++id) {
      double k = 0;
      for (std::uint16_t i = 0; i < 20; ++i) k += uniform(id, i) < 0.3;
      a.n.push_back(k);
      b.n.push_back(20 - k);
    }
    CHECK(std::abs(a.dispersion() - 1) > a.dispersion_tolerance());
    CHECK(std::abs(correlation(a, b)) > 4 / std::sqrt(static_cast<double>(n)));
  }
}

TEST_CASE("B2: a million passengers are flagged and forwarded at the stated rates",
          "[processes][statistical]") {
  constexpr std::size_t n = 1'000'000;
  std::size_t flagged = 0, forwarded = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    const auto word = sim::draw(key, Purpose::person, id, 0)[0];
    flagged += word < sim::threshold32(0.0059);
    forwarded += word < sim::threshold32(0.0011);  // the same draw: who is forwarded is flagged
  }
  CHECK(std::abs(static_cast<double>(flagged) / n - 0.0059) <
        test::binomial_halfwidth(0.0059, n, 1e-9));
  CHECK(std::abs(static_cast<double>(forwarded) / n - 0.0011) <
        test::binomial_halfwidth(0.0011, n, 1e-9));
  CHECK(std::abs((0.0059 - 0.0011) / 0.0059 - 0.8135593220) < 6e-11);
}

TEST_CASE("B3: a sum of Poisson counts is Poisson, with each kind in its share",
          "[processes][statistical]") {
  constexpr std::size_t n = 20'000;
  const double means[] = {0.5, 3, 14};
  Counts sum;
  std::array<double, 3> kind{};
  double all = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    double s = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double x = sim::poisson(means[k], key, Purpose::cell_count, 3 * id + k, 1);
      kind[k] += x;
      s += x;
    }
    sum.n.push_back(s);
    all += s;
  }
  CHECK(std::abs(sum.mean() - 17.5) <= test::moments(sum.n).tolerance());
  CHECK(std::abs(sum.dispersion() - 1) <= sum.dispersion_tolerance());
  for (std::size_t k = 0; k < 3; ++k) {
    const double p = means[k] / 17.5;
    CHECK(std::abs(kind[k] / all - p) <
          test::binomial_halfwidth(p, static_cast<std::size_t>(all), 1e-9));
  }
}

TEST_CASE("B4: arrivals with a changing rate are a unit process on the scale of the expected count",
          "[processes][statistical]") {
  // Rate 1 + sin(2 pi t) a unit of time; its integral is L(t) = t + (1 - cos(2 pi t)) / (2 pi).
  // Thinning from rate 2.
  constexpr double two_pi = 6.283185307179586;
  const auto integral = [&](double t) {
    return t + (1 - sim::cos(two_pi * (t - std::floor(t)))) / two_pi;
  };
  std::vector<double> gaps;
  double t = 0, last = 0;
  for (std::uint64_t id = 0; gaps.size() < 50'000; ++id) {
    t -= sim::log(1 - uniform(id, 0)) / 2;
    if (uniform(id, 1) < (1 + sim::sin(two_pi * (t - std::floor(t)))) / 2) {
      gaps.push_back(
          1 - sim::exp(-(integral(t) - integral(last))));  // uniform if the gap is exponential
      last = t;
    }
  }
  CHECK(ks_uniform(gaps) < ks_critical(gaps.size()));
  CHECK(std::abs(integral(12) - 12) < 1e-12);  // a whole number of seasons returns the total

  SECTION("and the check can fail: on the clock the gaps are not exponential") {
    std::vector<double> raw;
    t = last = 0;
    for (std::uint64_t id = 0; raw.size() < 50'000; ++id) {
      t -= sim::log(1 - uniform(id, 0)) / 2;
      if (uniform(id, 1) < (1 + sim::sin(two_pi * (t - std::floor(t)))) / 2) {
        raw.push_back(1 - sim::exp(-(t - last)));
        last = t;
      }
    }
    CHECK(ks_uniform(raw) > ks_critical(raw.size()));
  }
}

TEST_CASE("B5: trips of persons whose rates differ have the variance m + m^2 / k",
          "[processes][statistical]") {
  constexpr std::size_t n = 50'000;
  std::vector<double> trips, squares;
  std::size_t none = 0;
  for (std::uint64_t id = 0; id < n; ++id) {
    const double rate = -3.3 * sim::log(1 - uniform(id, 7));  // k = 1: exponential
    const double x = sim::poisson(rate, key, Purpose::cell_count, id, 2);
    trips.push_back(x);
    squares.push_back((x - 3.3) * (x - 3.3));
    none += x == 0;
  }
  const auto m = test::moments(trips), v = test::moments(squares);
  CHECK(std::abs(m.mean - 3.3) <= m.tolerance());
  CHECK(std::abs(v.mean - 14.19) <= v.tolerance());
  CHECK(std::abs(static_cast<double>(none) / n - 0.2325581395) <
        test::binomial_halfwidth(0.2325581395, n, 1e-9));
}

TEST_CASE("B6: a Poisson number of lognormal sizes has the compound mean and variance",
          "[processes][statistical]") {
  constexpr std::size_t n = 8'000;
  std::vector<double> sums, squares;
  const double mean = 6160.4336978363, variance = 9001713.1300521874;
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::uint32_t count = sim::poisson(40, key, Purpose::cell_count, id, 3);
    double s = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const double u = std::max(uniform(id, static_cast<std::uint16_t>(i), 3), 0x1p-54);
      s += 50 * sim::exp(1.5 * sim::normal_quantile(u));
    }
    sums.push_back(s);
    squares.push_back((s - mean) * (s - mean));
  }
  CHECK(std::abs(40 * 50 * std::exp(1.125) - mean) < 1e-9 * mean);
  CHECK(std::abs(40 * 2500 * std::exp(4.5) - variance) < 1e-9 * variance);
  const auto m = test::moments(sums), v = test::moments(squares);
  CHECK(std::abs(m.mean - mean) <= m.tolerance());
  CHECK(std::abs(v.mean - variance) <= v.tolerance());
  CHECK(m.tolerance() <
        0.03 * mean);  // a heavy tail: the variance is known to a third, the mean to 3 %
}

TEST_CASE("B7: persons who come in groups are more spread than Poisson",
          "[processes][statistical]") {
  constexpr std::size_t n = 20'000;
  Counts persons;
  std::vector<double> squares;
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::uint32_t groups = sim::poisson(5, key, Purpose::cell_count, id, 4);
    double s = 0;
    for (std::uint32_t g = 0; g < groups; ++g)
      s += 1 + std::floor(4 * uniform(id, static_cast<std::uint16_t>(g), 4));
    persons.n.push_back(s);
    squares.push_back((s - 12.5) * (s - 12.5));
  }
  // G uniform on 1..4: E[G] = 2.5, E[G^2] = 7.5.
  const auto v = test::moments(squares);
  CHECK(std::abs(persons.mean() - 12.5) <= test::moments(persons.n).tolerance());
  CHECK(std::abs(v.mean - 37.5) <= v.tolerance());
  CHECK(v.mean > 12.5 + v.tolerance());
}
