// SPDX-License-Identifier: Apache-2.0
#include "models/travel/leg_fit.hpp"

#include <algorithm>
#include <string>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/math.hpp"

namespace corridor::travel {
namespace {

/// Multiplies each path of each pair by factor(path) and moves the change of the pair's sum into
/// its trips.
template <class Factor>
void rescale(AirChoices::Paths& paths, std::vector<double>& trips, Factor&& factor) {
  for (std::size_t s = 0; s < trips.size(); ++s) {
    double sum = 0;
    for (std::size_t p = paths.first[s]; p < paths.first[s + 1]; ++p) {
      paths.path[p].share *= factor(s, paths.path[p]);
      sum += paths.path[p].share;
    }
    if (!(sum > 0)) continue;
    for (std::size_t p = paths.first[s]; p < paths.first[s + 1]; ++p) paths.path[p].share /= sum;
    trips[s] *= sum;
  }
}

}  // namespace

bool held_out(std::string_view iata_a, std::string_view iata_b, const DemandParams& params) {
  std::string key(std::min(iata_a, iata_b));
  key += std::max(iata_a, iata_b);
  const auto seed = static_cast<XXH64_hash_t>(params.leg_holdout_key);
  const XXH64_hash_t hash = XXH3_64bits_withSeed(key.data(), key.size(), seed);
  return static_cast<double>(hash >> 11) * 0x1p-53 < params.leg_holdout_share;
}

LegFit::LegFit(const world::World& world, const DemandParams& params)
    : world_(world),
      params_(params),
      fitted_(world.air_legs.size(), 0),
      target_(world.air_legs.size(), 0.0),
      two_way_target_(world.air_legs.size(), 0.0),
      leg_correction_(world.air_legs.size(), 1.0),
      group_correction_(
          world.airports.size() + world.countries.size() * (world.countries.size() - 1) / 2, 1.0) {
  for (std::size_t l = 0; l < world.air_legs.size(); ++l) {
    const world::AirLeg& leg = world.air_legs[l];
    const world::Airport &from = world.airports[leg.origin], &to = world.airports[leg.destination];
    if (from.country == to.country) continue;
    target_[l] = params.load_factor * leg.seats_year;
    if (leg.reverse == world::none) continue;
    two_way_target_[l] =
        0.5 * params.load_factor * (leg.seats_year + world.air_legs[leg.reverse].seats_year);
    fitted_[l] = two_way_target_[l] > 0 && !held_out(from.iata, to.iata, params) ? 1 : 0;
  }
}

std::size_t LegFit::link_of(std::uint32_t leg) const {
  return std::min(leg, world_.air_legs[leg].reverse);
}

std::vector<double> LegFit::flows(const AirChoices::Paths& paths,
                                  const std::vector<double>& trips) const {
  std::vector<double> flow(world_.air_legs.size(), 0.0);
  for (std::size_t s = 0; s < trips.size(); ++s) {
    for (std::size_t p = paths.first[s]; p < paths.first[s + 1]; ++p) {
      const AirPath& path = paths.path[p];
      for (std::uint8_t k = 0; k < path.n_legs; ++k)
        flow[link_of(path.leg[k])] += trips[s] * path.share;
    }
  }
  for (std::uint32_t l = 0; l < flow.size(); ++l) {
    if (world_.air_legs[l].reverse != world::none) flow[l] = flow[link_of(l)];
  }
  return flow;
}

double LegFit::level(const std::vector<double>& flow) const {
  double have = 0, wanted = 0;
  for (std::size_t l = 0; l < flow.size(); ++l) {
    if (fitted_[l] != 0 && flow[l] > 0) {
      have += flow[l];
      wanted += two_way_target_[l];
    }
  }
  return wanted > 0 ? have / wanted : 1;
}

double LegFit::correct(double wanted, double have, double limit, double& so_far) const {
  if (!(wanted > 0 && have > 0)) return 1;
  const double before = so_far;
  so_far = std::clamp(before * sim::pow(wanted / have, params_.fit_damping), 1 / limit, limit);
  return so_far / before;
}

double LegFit::group_round(AirChoices::Paths& paths, std::vector<double>& trips) {
  const std::vector<double> flow = flows(paths, trips);
  const double scale = level(flow);
  const std::size_t n_airports = world_.airports.size();
  std::vector<double> have(n_airports + trips.size(), 0.0), wanted(n_airports + trips.size(), 0.0);
  for (std::size_t l = 0; l < flow.size(); ++l) {
    if (fitted_[l] == 0 || !(flow[l] > 0)) continue;
    const world::AirLeg& leg = world_.air_legs[l];
    const std::uint32_t a = world_.airports[leg.origin].country,
                        b = world_.airports[leg.destination].country;
    const std::size_t groups[2] = {leg.origin,
                                   n_airports + pair_slot(std::min(a, b), std::max(a, b))};
    for (const std::size_t g : groups) {
      have[g] += flow[l];
      wanted[g] += scale * two_way_target_[l];
    }
  }
  std::vector<double> factor(have.size());
  for (std::size_t g = 0; g < factor.size(); ++g) {
    factor[g] =
        correct(wanted[g], have[g], g < n_airports ? params_.airport_limit : params_.fit_limit,
                group_correction_[g]);
  }
  rescale(paths, trips, [&](std::size_t slot, const AirPath& path) {
    return factor[n_airports + slot] * factor[world_.air_legs[path.leg[0]].origin] *
           factor[world_.air_legs[path.leg[path.n_legs - 1]].destination];
  });
  return scale;
}

void LegFit::hold(const AirChoices::Paths& paths, const std::vector<double>& trips) {
  const std::vector<double> flow = flows(paths, trips);
  const double scale = level(flow);
  held_target_.assign(flow.size(), 0.0);
  for (std::size_t l = 0; l < flow.size(); ++l) {
    if (fitted_[l] == 0 && target_[l] > 0) held_target_[l] = flow[l] / scale;
  }
}

double LegFit::leg_round(AirChoices::Paths& paths, std::vector<double>& trips) {
  const std::vector<double> flow = flows(paths, trips);
  const double scale = level(flow);
  std::vector<double> factor(flow.size(), 1.0);
  for (std::size_t l = 0; l < flow.size(); ++l) {
    if (fitted_[l] != 0) {
      factor[l] =
          correct(scale * two_way_target_[l], flow[l], params_.fit_limit, leg_correction_[l]);
    } else if (!held_target_.empty()) {
      factor[l] = correct(scale * held_target_[l], flow[l], params_.fit_limit, leg_correction_[l]);
    }
  }
  rescale(paths, trips, [&](std::size_t, const AirPath& path) {
    double product = 1;
    for (std::uint8_t k = 0; k < path.n_legs; ++k) product *= factor[path.leg[k]];
    return product;
  });
  return scale;
}

}  // namespace corridor::travel
