// SPDX-License-Identifier: Apache-2.0
#include "sim/math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace corridor::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = 3.141592653589793238462643;
// ln 2 and pi/2 in two parts: the first has trailing zeros, so that a small multiple of it is
// exact.
constexpr double ln2_high = 0x1.62e42fefap-1, ln2_low = 0x1.cf79abc9e3b3ap-40;
constexpr double half_pi_1 = 0x1.921fb544p+0, half_pi_2 = 0x1.0b4611a6p-34,
                 half_pi_3 = 0x1.3198a2e037073p-69;

double horner(double x, const double* c, int n) {
  double sum = c[n - 1];
  for (int i = n - 2; i >= 0; --i) sum = sum * x + c[i];
  return sum;
}

// Reciprocal factorials and odd reciprocals, computed by the compiler.
template <int N>
consteval std::array<double, N> reciprocal_factorials() {
  std::array<double, N> c{};
  long double f = 1;
  for (int i = 0; i < N; ++i) {
    if (i > 0) f *= i;
    c[static_cast<std::size_t>(i)] = static_cast<double>(1 / f);
  }
  return c;
}

template <int N>
consteval std::array<double, N> odd_reciprocals(bool alternating) {
  std::array<double, N> c{};
  for (int i = 0; i < N; ++i) {
    c[static_cast<std::size_t>(i)] =
        (alternating && i % 2 == 1 ? -1.0 : 1.0) / static_cast<double>(2 * i + 1);
  }
  return c;
}

constexpr auto exp_terms = reciprocal_factorials<15>();
constexpr auto log_terms = odd_reciprocals<13>(false);
constexpr auto atan_terms = odd_reciprocals<13>(true);

consteval std::array<double, 10> sine_terms(int first) {
  const auto f = reciprocal_factorials<22>();
  std::array<double, 10> c{};
  for (int i = 0; i < 10; ++i) {
    c[static_cast<std::size_t>(i)] =
        (i % 2 == 1 ? -1.0 : 1.0) * f[static_cast<std::size_t>(2 * i + first)];
  }
  return c;
}
constexpr auto sin_terms = sine_terms(1);
constexpr auto cos_terms = sine_terms(0);

// |r| <= pi/4
double sin_near(double r) { return r * horner(r * r, sin_terms.data(), 10); }
double cos_near(double r) { return horner(r * r, cos_terms.data(), 10); }

/// sin(x + quarter * pi/2)
double sine(double x, int quarter) {
  if (!(std::abs(x) <= 1e5)) return not_a_number;
  const double k = std::floor(x * (2 / pi) + 0.5);
  const double r = ((x - k * half_pi_1) - k * half_pi_2) - k * half_pi_3;
  switch ((static_cast<int>(k) + quarter) & 3) {
    case 0:
      return sin_near(r);
    case 1:
      return cos_near(r);
    case 2:
      return -sin_near(r);
    default:
      return -cos_near(r);
  }
}

}  // namespace

double exp(double x) {
  if (x > 709.782712893384) return infinity;
  if (x < -745.13321910194122) return 0;
  if (x != x) return x;
  const double k = std::floor(x * 1.44269504088896340736 + 0.5);
  const double r = (x - k * ln2_high) - k * ln2_low;
  const double y = horner(r, exp_terms.data(), 15);
  // Two factors, so that the result may be subnormal and 2^1024 is never formed.
  const int n = static_cast<int>(k), half = n / 2;
  const auto power = [](int e) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + e) << 52);
  };
  return y * power(half) * power(n - half);
}

double log(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : not_a_number;
  if (x == infinity) return x;
  int e = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    e = -54;
  }
  std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  e += static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    ++e;
  }
  const double s = (m - 1) / (m + 1);
  return e * ln2_high + (2 * s * horner(s * s, log_terms.data(), 13) + e * ln2_low);
}

double log1p(double x) {
  const double u = 1 + x;
  if (u == 1) return x;
  if (u == infinity) return u;
  return log(u) * x / (u - 1);  // the rounding of 1 + x cancels (Kahan)
}

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x == 0) return y > 0 ? 0 : infinity;
  return exp(y * log(x));
}

double sin(double x) { return sine(x, 0); }
double cos(double x) { return sine(x, 1); }

double atan(double x) {
  if (x != x) return x;
  const double a = std::abs(x);
  double t = a > 1 ? 1 / a : a;
  t = t / (1 + std::sqrt(1 + t * t));  // twice half the angle: |t| <= tan(pi/16)
  t = t / (1 + std::sqrt(1 + t * t));
  double y = 4 * t * horner(t * t, atan_terms.data(), 13);
  if (a > 1) y = pi / 2 - y;
  return x < 0 ? -y : y;
}

double asin(double x) {
  if (!(std::abs(x) <= 1)) return not_a_number;
  if (std::abs(x) == 1) return x * (pi / 2);
  return atan(x / std::sqrt((1 - x) * (1 + x)));
}

double log_factorial(unsigned long long n) {
  static const auto table = [] {
    std::array<double, 256> t{};
    double high = 0, low = 0;  // compensated, so that the table is good to the last bits
    for (std::size_t i = 2; i < t.size(); ++i) {
      const double term = log(static_cast<double>(i)) - low;
      const double sum = high + term;
      low = (sum - high) - term;
      high = sum;
      t[i] = high;
    }
    return t;
  }();
  if (n < table.size()) return table[static_cast<std::size_t>(n)];
  const double x = static_cast<double>(n) + 1;  // Stirling's series for ln Gamma(x)
  const double r = 1 / x, r2 = r * r;
  return (x - 0.5) * log(x) - x + 0.91893853320467274178 +
         r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 / 1680)));
}

double normal_cdf(double x) {
  if (x != x) return x;
  if (x < -38) return 0;
  if (x > 9) return 1;
  const double density = 0.39894228040143267794 * exp(-0.5 * x * x);
  const double a = std::abs(x);
  if (a < 4) {  // series: Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...)
    double term = x, sum = x;
    for (int k = 3; std::abs(term) > 1e-18 * std::abs(sum) && k < 400; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  double fraction = 0;  // Laplace's continued fraction of the tail
  for (int k = 80; k >= 1; --k) fraction = k / (a + fraction);
  const double tail = density / (a + fraction);
  return x < 0 ? tail : 1 - tail;
}

double normal_quantile(double p) {
  if (!(p > 0 && p < 1)) {
    return p == 0 ? -infinity : p == 1 ? infinity : not_a_number;
  }
  if (p > 0.5) return -normal_quantile(1 - p);
  double low = -39, high = 0;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (normal_cdf(middle) < p ? low : high) = middle;
  }
  double x = 0.5 * (low + high);
  for (int i = 0; i < 3; ++i) {  // Newton, to the last bits
    const double density = 0.39894228040143267794 * exp(-0.5 * x * x);
    if (density > 0) x -= (normal_cdf(x) - p) / density;
  }
  return x;
}

}  // namespace corridor::sim
