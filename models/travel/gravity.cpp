// SPDX-License-Identifier: Apache-2.0
#include "models/travel/gravity.hpp"

#include <algorithm>
#include <numeric>

#include "models/travel/cities.hpp"
#include "sim/math.hpp"

namespace corridor::travel {

CountryTable effective_distances(const world::World& world) {
  const std::vector<std::vector<WeightedPlace>> where = largest_cities(world);
  CountryTable distance(where.size());
  for (std::size_t i = 0; i < where.size(); ++i) {
    for (std::size_t j = i + 1; j < where.size(); ++j) {
      double closeness = 0;
      for (const WeightedPlace& a : where[i]) {
        for (const WeightedPlace& b : where[j]) {
          closeness += a.share * b.share / std::max(arc_km(a.at, b.at), shortest_distance_km);
        }
      }
      distance.at(i, j) = distance.at(j, i) = 1 / closeness;
    }
  }
  return distance;
}

std::vector<double> incomes(const world::World& world) {
  std::array<std::vector<double>, world::n_regions> known;
  std::vector<double> all;
  for (const world::Country& country : world.countries) {
    if (country.gdp_per_capita_usd > 0) {
      known[static_cast<std::size_t>(country.region)].push_back(country.gdp_per_capita_usd);
      all.push_back(country.gdp_per_capita_usd);
    }
  }
  const auto median = [](std::vector<double> v, double otherwise) {
    if (v.empty()) return otherwise;
    std::sort(v.begin(), v.end());
    return v[v.size() / 2];
  };
  const double world_median = median(all, 1.0);
  std::vector<double> income;
  for (const world::Country& country : world.countries) {
    income.push_back(country.gdp_per_capita_usd > 0
                         ? country.gdp_per_capita_usd
                         : median(known[static_cast<std::size_t>(country.region)], world_median));
  }
  return income;
}

std::vector<double> masses(const world::World& world, const DemandParams& params) {
  const std::vector<double> income = incomes(world);
  std::vector<double> mass;
  for (std::size_t i = 0; i < income.size(); ++i) {
    mass.push_back(sim::pow(world.countries[i].population, params.mass_population_exponent) *
                   sim::pow(income[i], params.mass_income_exponent));
  }
  return mass;
}

CountryTable affinities(const world::World& world, const CountryTable& distance_km,
                        const DemandParams& params) {
  const std::size_t n = distance_km.n;
  CountryTable tie(n), migrants(n);
  for (const world::Border& b : world.borders) {
    tie.at(b.a, b.b) = tie.at(b.b, b.a) = params.border_effect;
  }
  for (const world::CountryTie& t : world.ties) {
    const double effect = (t.common_language ? params.language_effect : 0) +
                          (t.colonial_link ? params.colonial_effect : 0);
    tie.at(t.a, t.b) += effect;
    tie.at(t.b, t.a) += effect;
  }
  for (const world::MigrantStock& m : world.migrants) {
    migrants.at(m.origin, m.destination) += m.persons;
    migrants.at(m.destination, m.origin) += m.persons;
  }
  CountryTable affinity(n);
  const double log_far = sim::log(params.distance_far_km);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double log_distance = sim::log(distance_km.at(i, j));
      const double u = params.distance_exponent * log_distance +
                       params.distance_exponent_far * std::max(0.0, log_distance - log_far) +
                       tie.at(i, j) + params.migrant_exponent * sim::log1p(migrants.at(i, j));
      affinity.at(i, j) = affinity.at(j, i) = sim::exp(u);
    }
  }
  return affinity;
}

CountryTable gravity_seed(const std::vector<double>& mass, const CountryTable& affinity) {
  CountryTable seed(affinity.n);
  for (std::size_t i = 0; i < seed.n; ++i) {
    for (std::size_t j = 0; j < seed.n; ++j) seed.at(i, j) = mass[i] * mass[j] * affinity.at(i, j);
  }
  return seed;
}

CountryTable radiation_seed(const std::vector<double>& mass, const CountryTable& distance_km) {
  const std::size_t n = mass.size();
  CountryTable seed(n);
  const double total = std::accumulate(mass.begin(), mass.end(), 0.0);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < n; ++i) {
    order.clear();
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i) order.push_back(j);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const double da = distance_km.at(i, a), db = distance_km.at(i, b);
      return da != db ? da < db : a < b;
    });
    const double finite = 1 - mass[i] / total;
    double nearer = 0;
    for (const std::size_t j : order) {
      seed.at(i, j) = mass[i] * mass[i] * mass[j] /
                      ((mass[i] + nearer) * (mass[i] + mass[j] + nearer)) / finite;
      nearer += mass[j];
    }
  }
  return seed;
}

std::vector<double> potentials(const std::vector<double>& mass, const CountryTable& affinity) {
  std::vector<double> potential(mass.size(), 0.0);
  for (std::size_t i = 0; i < mass.size(); ++i) {
    for (std::size_t j = 0; j < mass.size(); ++j) potential[i] += affinity.at(i, j) * mass[j];
  }
  return potential;
}

}  // namespace corridor::travel
