// SPDX-License-Identifier: Apache-2.0
/// \file gravity.hpp  What the trips between two countries start from: gravity, or radiation.
///
/// Model.
///
///     m_i  = N_i^a y_i^b                                      mass of a country
///     f_ij = d_ij^g max(1, d_ij / D)^h exp(s B_ij + l L_ij + c C_ij) (1 + M_ij + M_ji)^u
///     T_ij = m_i m_j f_ij                                     gravity
///     T_ij = m_i m_i m_j / ((m_i + s_ij) (m_i + m_j + s_ij))  radiation, not symmetric
///     A_i  = sum_j f_ij m_j                                   potential, for margins.hpp
///     d_ij = (sum_kl p_k p_l / max(d_kl, 20 km))^-1           between cities of share p
///
/// | symbol  | in code                                    | unit     | domain | from           |
/// |---------|--------------------------------------------|----------|--------|----------------|
/// | N, y    | Country::population, gdp_per_capita_usd    | 1, USD   | > 0    | world data     |
/// | a, b    | mass_population_, mass_income_exponent     | 1        | [0, 3] | table          |
/// | d_kl    | great circle, 12 largest cities a country  | km       | >= 20  | world data     |
/// | g, h, D | distance_exponent, .._far, distance_far_km | 1, 1, km | -4..2  | table          |
/// | B, L, C | borders, ties                              | 1        | 0, 1   | world data     |
/// | s, l, c | border_, language_, colonial_effect        | log      | -5..5  | table          |
/// | u       | migrant_exponent                           | 1        | [0, 2] | table          |
/// | M_ij    | MigrantStock: from i, living in j          | persons  | >= 0   | world data     |
/// | s_ij    | mass nearer to i than j, without i, j      | as m     | >= 0   | computed       |
///
/// Table: travel.demand (calibrated). An income that is unknown is the median of the region.
///
/// Sources. Ties and the harmonic mean distance: Head and Mayer (2014), Handbook of International
/// Economics 4, ch. 3. Radiation: Simini, Gonzalez, Maritan, Barabasi (2012), Nature 484, 96-100.
///
/// Limits. Only ratios matter: proportional fitting gives the level and the country totals.
///
/// Not modelled. Prices, visas, war (except closed land borders, surface.hpp).
///
/// Checked in tests/models/travel/test_gravity.cpp: cases I4, I5; symmetry; each tie; population.
#pragma once

#include <cstddef>
#include <vector>

#include "models/travel/demand_params.hpp"
#include "models/world/world.hpp"

namespace corridor::travel {

/// Square table by country, row after row.
struct CountryTable {
  explicit CountryTable(std::size_t countries = 0)
      : n(countries), value(countries * countries, 0.0) {}
  std::size_t n;
  std::vector<double> value;
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return value[i * n + j]; }
  double& at(std::size_t i, std::size_t j) { return value[i * n + j]; }
};

/// d_ij in km, symmetric, 0 on the diagonal.
[[nodiscard]] CountryTable effective_distances(const world::World& world);

/// Income per person in USD; a country whose income is unknown gets the median of its region, else
/// of the world.
[[nodiscard]] std::vector<double> incomes(const world::World& world);

/// m_i.
[[nodiscard]] std::vector<double> masses(const world::World& world, const DemandParams& params);

/// f_ij, symmetric, 0 on the diagonal.
[[nodiscard]] CountryTable affinities(const world::World& world, const CountryTable& distance_km,
                                      const DemandParams& params);

/// T_ij of gravity, up to its level.
[[nodiscard]] CountryTable gravity_seed(const std::vector<double>& mass,
                                        const CountryTable& affinity);

/// T_ij of radiation, up to its level, with T_i = m_i and the finite-system correction 1 - m_i / M
/// divided out.
[[nodiscard]] CountryTable radiation_seed(const std::vector<double>& mass,
                                          const CountryTable& distance_km);

/// A_i.
[[nodiscard]] std::vector<double> potentials(const std::vector<double>& mass,
                                             const CountryTable& affinity);

}  // namespace corridor::travel
