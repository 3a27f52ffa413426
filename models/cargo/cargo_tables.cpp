// SPDX-License-Identifier: Apache-2.0
#include "models/cargo/cargo_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::cargo {
namespace {

/// What the modes allow between two countries: c_ijm.
struct Ways {
  std::vector<double> sea;           ///< s_i
  std::vector<std::uint8_t> border;  ///< [i][j]
};

Ways ways(const world::World& world, const CargoParams& p) {
  const std::size_t n = world.countries.size();
  Ways w{std::vector<double>(n, p.landlocked_factor), std::vector<std::uint8_t>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    const double liner = world.countries[i].liner_connectivity;
    if (liner > 0) w.sea[i] = sim::pow(liner / 100, p.liner_exponent);
  }
  for (const world::Border& b : world.borders)
    w.border[b.a * n + b.b] = w.border[b.b * n + b.a] = 1;
  return w;
}

IncomeClass class_of(double income, const CargoParams& p) {
  if (income < p.low_income_usd) return IncomeClass::low;
  return income < p.high_income_usd ? IncomeClass::middle : IncomeClass::high;
}

}  // namespace

std::vector<std::uint16_t> customs_areas(const world::World& world, std::string_view unions) {
  std::vector<std::uint16_t> area(world.countries.size());
  for (std::size_t i = 0; i < area.size(); ++i) area[i] = static_cast<std::uint16_t>(i);
  while (!unions.empty()) {
    const std::size_t comma = std::min(unions.find(','), unions.size());
    std::string_view code = unions.substr(0, comma);
    while (!code.empty() && code.front() == ' ') code.remove_prefix(1);
    while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
    std::uint32_t first = world::none;
    for (const world::Membership& m : world.memberships) {
      if (!m.in_2019 || world.organisations[m.organisation].code != code) continue;
      if (first == world::none) {
        first = area[m.country];
        continue;
      }
      const std::uint16_t old = area[m.country];  // who is in two unions joins them
      std::replace(area.begin(), area.end(), old, static_cast<std::uint16_t>(first));
    }
    unions.remove_prefix(std::min(comma + 1, unions.size()));
  }
  return area;
}

CargoTables build_cargo_tables(const world::World& world, std::span<const double> income,
                               std::span<const double> distance_km, const CargoParams& p,
                               double scale) {
  const std::size_t n = world.countries.size();
  if (income.size() != n || distance_km.size() != n * n) {
    throw std::invalid_argument("build_cargo_tables: one income a country, one distance a pair");
  }
  CargoTables t;
  t.n_countries = n;
  t.area = customs_areas(world, p.customs_unions);
  const Ways way = ways(world, p);
  const std::array<double, n_modes> total{p.containers_year, p.air_shipments_year, p.parcels_year,
                                          p.land_loads_year};
  const std::array<double, n_modes> factor{1, p.air_factor, p.parcel_factor, p.land_factor};
  const std::array<double, n_income_classes> share{p.share_low, p.share_middle, p.share_high};

  std::vector<double> mass(n);
  for (std::size_t i = 0; i < n; ++i) {
    mass[i] = sim::pow(world.countries[i].population * income[i], p.gdp_exponent);
  }
  std::vector<double> gravity(n * n, 0);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      if (!t.controlled(i, j)) continue;
      gravity[j * n + i] =
          mass[i] * mass[j] * sim::pow(distance_km[i * n + j], p.distance_exponent);
    }
  }
  const auto weight = [&](Mode mode, std::size_t i, std::size_t j) {
    const double w = gravity[j * n + i];
    if (mode == Mode::container) return w * way.sea[i] * way.sea[j];
    return mode == Mode::land && way.border[i * n + j] == 0 ? 0.0 : w;
  };

  t.posts.resize(n_modes * n);
  std::vector<double> weights;
  for (std::size_t m = 0; m < n_modes; ++m) {
    const Mode mode{static_cast<std::uint8_t>(m)};
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = 0; i < n; ++i) sum += weight(mode, i, j);
    }
    for (std::size_t j = 0; j < n; ++j) {
      CustomsPost& post = t.posts[t.post(j, mode)];
      post.income_class = class_of(income[j], p);
      post.inspected_share =
          std::min(1.0, share[static_cast<std::size_t>(post.income_class)] * factor[m]);
      post.first_origin = static_cast<std::uint32_t>(t.origin.size());
      weights.clear();
      double here = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const double w = weight(mode, i, j);
        if (!(w > 0)) continue;
        weights.push_back(w);
        here += w;
        t.origin.push_back(static_cast<std::uint16_t>(i));
      }
      post.n_origins = static_cast<std::uint32_t>(weights.size());
      if (weights.empty()) continue;
      t.alias.resize(t.origin.size());
      sim::build_alias(weights, std::span(t.alias).subspan(post.first_origin));
      const double a_day = total[m] * (here / sum) / 365;
      const double lots = a_day * post.inspected_share / p.rows_inspected_day;
      const double lot = mode == Mode::container ? 1 : std::max(1.0, std::ceil(lots));
      post.rows_day = scale * a_day / lot;
      post.lot = lot / scale;
    }
  }
  return t;
}

}  // namespace corridor::cargo
