// SPDX-License-Identifier: Apache-2.0
/// \file margins.hpp  How many trips a country's residents make abroad, and how many it receives.
///
/// Model. Published totals of single countries hold. Elsewhere, for trips abroad and arrivals
/// alike,
///
///     O_i = exp(c + a ln N_i + b ln y_i + e ln(max(F_i, 500)) + p ln A_i)
///
/// and one factor for each region of the world brings the countries without a publication to what
/// the published ones leave of world trips x share of the region. When they leave under 5 % of
/// what the model expects there, the factor is applied to every country of the region, published
/// or not, and so reported.
///
/// | symbol        | in code                                   | unit   | domain  | from        |
/// |---------------|-------------------------------------------|--------|---------|-------------|
/// | N, y          | population, income                        | 1, USD | > 0     | gravity.hpp |
/// | F_i           | international flights leaving i           | 1/year | >= 0    | world data  |
/// | A_i           | potential                                 | as m f | > 0     | gravity.hpp |
/// | c, a, b, e, p | departures_*, arrivals_*                  | 1      | -50..50 | table       |
/// | shares        | departures_europe .. arrivals_middle_east | 1      | [0, 1]  | table       |
///
/// Table: travel.demand; elasticities calibrated, shares of UN Tourism.
///
/// Source. None beyond the log-linear form; docs/odd/demand.md tells how it was fitted.
///
/// Limits. A region without a reachable country leaves its share to the others, in proportion.
///
/// Not modelled. The size of the tourist trade beyond what flights show; visa policy.
///
/// Checked in tests/models/travel/test_margins.cpp: totals, published totals, factors,
/// elasticities.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/travel/demand.hpp"

namespace corridor::travel {

inline constexpr double fewest_flights =
    500;  ///< F_i of a country with none: a tenth of a small island's

struct CountryTotals {
  std::vector<double> trips;        ///< by country
  std::vector<std::uint8_t> fixed;  ///< 1 = published
};

using RegionTotals = std::array<double, world::n_regions>;

/// International flights a year that leave each country.
[[nodiscard]] std::vector<double> international_flights(const world::World& world);

/// At the model's own level. Countries with reachable = 0 get no trips.
[[nodiscard]] CountryTotals model_departures(const world::World& world, const DemandParams& params,
                                             const std::vector<double>& potential,
                                             const std::vector<std::uint8_t>& reachable);
[[nodiscard]] CountryTotals model_arrivals(const world::World& world, const DemandParams& params,
                                           const std::vector<double>& potential,
                                           const std::vector<std::uint8_t>& reachable);

/// World trips by region; the shares of regions without trips in `totals` go to the others.
[[nodiscard]] RegionTotals region_targets(const world::World& world, const CountryTotals& totals,
                                          double world_trips, const RegionTotals& shares);
[[nodiscard]] RegionTotals departure_shares(const DemandParams& params);
[[nodiscard]] RegionTotals arrival_shares(const DemandParams& params);

/// Brings each region to its target. \returns the factor of each region, 1 where it has no trips.
RegionTotals meet_regions(const world::World& world, CountryTotals& totals,
                          const RegionTotals& target);

}  // namespace corridor::travel
