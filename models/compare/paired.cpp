// SPDX-License-Identifier: Apache-2.0
#include "models/compare/paired.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "sim/math.hpp"

namespace corridor::compare {

Moments moments(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  const double mean = sum / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, values.size() < 2 ? std::numeric_limits<double>::quiet_NaN() : squares / (n - 1)};
}

std::int64_t runs_needed(double mean, double variance) {
  if (mean == 0 || !std::isfinite(mean) || !std::isfinite(variance)) return 0;
  const double z = sim::normal_quantile(0.975) + sim::normal_quantile(0.8);
  const double n = std::ceil(z * z * variance / (mean * mean));
  constexpr double most = 1e15;
  return static_cast<std::int64_t>(std::min(std::max(n, 2.0), most));
}

Paired paired(std::span<const double> base, std::span<const double> strategy, Better better) {
  if (base.size() != strategy.size())
    throw std::invalid_argument("paired replicates must be equally many");
  std::vector<double> b, s, d;
  for (std::size_t r = 0; r < base.size(); ++r) {
    if (!std::isfinite(base[r]) || !std::isfinite(strategy[r])) continue;
    b.push_back(base[r]);
    s.push_back(strategy[r]);
    d.push_back(strategy[r] - base[r]);
  }
  Paired p;
  p.pairs = static_cast<std::int64_t>(d.size());
  if (d.empty()) {
    p.base = p.strategy = p.variance_ratio = std::numeric_limits<double>::quiet_NaN();
    p.difference = risk::stats::mean_interval({});
    return p;
  }
  const Moments of_b = moments(b), of_s = moments(s), of_d = moments(d);
  p.base = of_b.mean;
  p.strategy = of_s.mean;
  p.difference = risk::stats::mean_interval(d);
  if (!p.difference.defined) p.difference.estimate = of_d.mean;  // one pair: known, not how surely
  std::int64_t wins = 0;
  for (const double x : d) {
    p.equal += x == 0 ? 1 : 0;
    wins += better == Better::less ? x < 0 : x > 0;
  }
  if (better != Better::neither) p.share_better = risk::stats::wilson({wins, p.pairs});
  const double apart = of_b.variance + of_s.variance;
  p.variance_ratio = apart > 0 && of_d.variance == 0 ? std::numeric_limits<double>::infinity()
                                                     : apart / of_d.variance;
  if (!(apart > 0)) p.variance_ratio = std::numeric_limits<double>::quiet_NaN();
  p.variance = of_d.variance;
  p.runs_needed = runs_needed(of_d.mean, of_d.variance);
  return p;
}

}  // namespace corridor::compare
