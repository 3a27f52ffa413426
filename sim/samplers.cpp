// SPDX-License-Identifier: Apache-2.0
#include "sim/samplers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::sim {

void build_alias(std::span<const double> weights, std::span<AliasEntry> table) {
  const std::size_t n = weights.size();
  if (n == 0 || table.size() != n) throw std::invalid_argument("alias table: no weights");
  double sum = 0;
  for (const double w : weights) {
    if (!(w >= 0 && w <= 1e300)) throw std::invalid_argument("alias table: bad weight");
    sum += w;
  }
  if (!(sum > 0)) throw std::invalid_argument("alias table: all weights are zero");

  std::vector<double> scaled(n);
  std::vector<std::uint32_t> small, large;
  for (std::size_t i = 0; i < n; ++i) {
    scaled[i] = weights[i] / sum * static_cast<double>(n);
    (scaled[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  const auto set = [&](std::uint32_t i, double p, std::uint32_t alias) {
    const double t = std::floor(p * 0x1p32 + 0.5);
    table[i] = {t >= 0x1p32 ? 0xffffffffU : static_cast<std::uint32_t>(t), alias};
  };
  while (!small.empty() && !large.empty()) {
    const std::uint32_t s = small.back(), l = large.back();
    small.pop_back();
    set(s, scaled[s], l);
    scaled[l] -= 1 - scaled[s];
    if (scaled[l] < 1) {
      large.pop_back();
      small.push_back(l);
    }
  }
  for (const std::uint32_t i : large) set(i, 1, i);  // what is left differs from 1 by rounding only
  for (const std::uint32_t i : small) set(i, 1, i);
}

std::vector<AliasEntry> build_alias(std::span<const double> weights) {
  std::vector<AliasEntry> table(weights.size());
  build_alias(weights, table);
  return table;
}

std::uint32_t tilted(std::uint32_t x, std::uint32_t size, std::uint32_t cut, double ratio) {
  if (ratio == 1 || cut == 0 || cut >= size) return x;
  const auto shown =
      static_cast<std::uint32_t>(std::floor(std::min(1.0, ratio * cut / size) * size + 0.5));
  if (x < shown) return static_cast<std::uint32_t>(std::uint64_t{x} * cut / shown);
  return cut + static_cast<std::uint32_t>(std::uint64_t{x - shown} * (size - cut) / (size - shown));
}

std::uint32_t poisson(double mean, RunKey key, Purpose purpose, std::uint64_t id,
                      std::int32_t day) {
  if (!(mean >= 0 && mean <= 1e9)) throw std::domain_error("poisson: mean outside [0, 1e9]");
  if (mean == 0) return 0;
  if (mean < 10) {
    const Block b = draw(key, purpose, id, day);
    double u = uniform53(bits64(b[0], b[1]));
    double p = exp(-mean);
    std::uint32_t k = 0;
    while (u >= p && k < 200) {  // P(K > 200) < 1e-150 at mean 10
      u -= p;
      ++k;
      p *= mean / k;
    }
    return k;
  }
  const double root = std::sqrt(mean);
  const double b = 0.931 + 2.53 * root;
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  const double log_mean = log(mean);
  for (std::uint16_t attempt = 0;; ++attempt) {
    const Block block = draw(key, purpose, id, day, attempt);
    const double u = uniform53(bits64(block[0], block[1])) - 0.5;
    const double v = uniform53(bits64(block[2], block[3]));
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint32_t>(k);
    if (k < 0 || (us < 0.013 && v > us) || us == 0) continue;
    if (log(v) + log(inverse_alpha) - log(a / (us * us) + b) <=
        -mean + k * log_mean - log_factorial(static_cast<unsigned long long>(k))) {
      return static_cast<std::uint32_t>(k);
    }
  }
}

}  // namespace corridor::sim
