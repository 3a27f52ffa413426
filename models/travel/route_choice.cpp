// SPDX-License-Identifier: Apache-2.0
#include "models/travel/route_choice.hpp"

#include <limits>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::travel {

std::vector<double> logit_shares(std::span<const double> utility) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double best = -infinity;
  for (const double v : utility) {
    if (!(v < infinity)) throw std::invalid_argument("logit_shares: a utility is not a number");
    if (v > best) best = v;
  }
  std::vector<double> share(utility.size(), 0.0);
  if (best == -infinity) return share;
  double sum = 0;
  for (std::size_t k = 0; k < utility.size(); ++k) {
    share[k] = sim::exp(utility[k] - best);
    sum += share[k];
  }
  for (double& s : share) s /= sum;
  return share;
}

}  // namespace corridor::travel
