// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/displacement.hpp"

#include <cmath>
#include <stdexcept>

namespace corridor::trafficking {

std::vector<double> settled_shares(std::span<const double> pressure) {
  double sum = 0;
  std::vector<double> shares;
  shares.reserve(pressure.size());
  for (const double a : pressure) {
    if (!(a > 0 && std::isfinite(a)))
      throw std::invalid_argument("a pressure is not above 0 and finite");
    shares.push_back(1 / a);
    sum += shares.back();
  }
  for (double& s : shares) s /= sum;
  return shares;
}

double intercepted_share(std::span<const double> pressure, std::span<const double> shares) {
  if (pressure.size() != shares.size())
    throw std::invalid_argument("pressures and shares are not of the same routes");
  double sum = 0;
  for (std::size_t i = 0; i < pressure.size(); ++i) sum += pressure[i] * shares[i] * shares[i];
  return sum;
}

}  // namespace corridor::trafficking
