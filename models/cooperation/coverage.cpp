// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace corridor::cooperation {

std::vector<double> zero_sum_coverage(std::span<const double> values, double resources) {
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < values.size(); ++t) {
    if (values[t] > 0) order.push_back(t);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  double inverse = 0, v = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k > 0 && !(values[order[k]] > v)) break;
    inverse += 1 / values[order[k]];
    v = std::max(0.0, (static_cast<double>(k + 1) - resources) / inverse);
  }
  std::vector<double> covered(values.size(), 0);
  for (const std::size_t t : order) covered[t] = std::max(0.0, 1 - v / values[t]);
  return covered;
}

double attack_value(std::span<const double> values, std::span<const double> coverage) {
  double best = 0;
  for (std::size_t t = 0; t < values.size(); ++t) {
    best = std::max(best, values[t] * (1 - coverage[t]));
  }
  return best;
}

std::vector<double> in_proportion(std::span<const double> values, double amount) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::vector<double> shares(values.size(), 0);
  if (!(sum > 0)) return shares;
  for (std::size_t t = 0; t < values.size(); ++t) shares[t] = amount * values[t] / sum;
  return shares;
}

double alignment(std::span<const double> a, std::span<const double> b) {
  double product = 0, aa = 0, bb = 0;
  for (std::size_t t = 0; t < a.size(); ++t) {
    product += a[t] * b[t];
    aa += a[t] * a[t];
    bb += b[t] * b[t];
  }
  return aa > 0 && bb > 0 ? product / (std::sqrt(aa) * std::sqrt(bb)) : 0;
}

}  // namespace corridor::cooperation
