// SPDX-License-Identifier: Apache-2.0
#include "models/travel/modes.hpp"

#include <algorithm>
#include <limits>

#include "models/travel/route_choice.hpp"
#include "sim/math.hpp"

namespace corridor::travel {

std::array<double, n_modes> mode_weights(const PairAccess& access, const DemandParams& p) {
  constexpr double absent = -std::numeric_limits<double>::infinity();
  const std::array<double, n_modes> utility{
      access.air_service > 0 ? p.air_service_weight * sim::log(access.air_service) : absent,
      access.land_km > 0 ? p.land_constant - access.land_km / p.land_range_km -
                               p.land_border_penalty * (access.land_borders - 1)
                         : absent,
      access.sea_km > 0 ? p.sea_constant - access.sea_km / p.sea_range_km : absent};
  const std::vector<double> share = logit_shares(utility);
  double best = absent;
  for (const double v : utility) best = std::max(best, v);
  double sum = 0;
  for (const double v : utility) sum += sim::exp(v - best);
  // The sum is at least 1, and exp(-inf - best) is 0: a mode that is absent adds nothing.
  const double ease = best > absent ? sim::exp(p.access_elasticity * (best + sim::log(sum))) : 0;
  return {ease * share[0], ease * share[1], ease * share[2]};
}

}  // namespace corridor::travel
