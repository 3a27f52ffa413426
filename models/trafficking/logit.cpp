// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/logit.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::trafficking {

std::vector<double> logit_shares(std::span<const double> utilities, double rationality) {
  if (!(rationality >= 0)) throw std::invalid_argument("rationality is below 0");
  for (const double u : utilities)
    if (!std::isfinite(u)) throw std::invalid_argument("a utility is not finite");
  std::vector<double> shares;
  if (utilities.empty()) return shares;
  shares.reserve(utilities.size());
  const double best = *std::max_element(utilities.begin(), utilities.end());
  double sum = 0;
  for (const double u : utilities) {
    // Below the best by x: exp(-x), also when beta or x is beyond all bounds; 0 times anything is
    // 0.
    const double below = best - u;
    shares.push_back(below > 0 && rationality > 0 ? sim::exp(-rationality * below) : 1);
    sum += shares.back();
  }
  for (double& s : shares) s /= sum;
  return shares;
}

}  // namespace corridor::trafficking
