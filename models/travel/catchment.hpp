// SPDX-License-Identifier: Apache-2.0
/// \file catchment.hpp  Which airports the trips of a country begin and end at.
///
/// Model (after Huff). With n_k the population share of city k and A_a the flights a year that
/// leave airport a (mean of both directions, legs with a way back),
///
///     H_a = sum_k n_k  A_a^q exp(-d_ka / L) / sum_b A_b^q exp(-d_kb / L)
///     w_a = (1 - s) H_a + s I_a / sum_b I_b         I_a: international flights
///
/// The sums run over the airports within R of the city, or the nearest if there is none. A country
/// without any airport uses those of other countries within `cross_border_reach_km`, by H alone
/// and times exp(-penalty): its weights sum to less than 1, so its air service is worse.
///
/// | symbol  | in code                                | unit | domain  | where it comes from |
/// |---------|----------------------------------------|------|---------|---------------------|
/// | L, R    | catchment_range_km, catchment_reach_km | km   | > 0     | travel.demand table |
/// | q       | catchment_service_exponent             | 1    | [0, 3]  | travel.demand table |
/// | s       | catchment_service_share                | 1    | [0, 1]  | travel.demand table |
/// | penalty | cross_border_penalty                   | log  | [0, 20] | travel.demand table |
///
/// Source. Huff (1963), "A probabilistic analysis of shopping center trade areas", Land Economics
/// 39, 81-90.
///
/// Limits. s = 1: by international flights alone. L -> infinity: by flights among those in reach.
///
/// Not modelled. Differences between residents and visitors; crossing to a neighbour's airport
/// where there is one at home.
///
/// Checked in tests/models/travel/test_catchment.cpp: sums, closed form, nearest, cross-border.
#pragma once

#include <cstdint>
#include <vector>

#include "models/travel/demand.hpp"

namespace corridor::travel {

struct CatchmentEntry {
  std::uint32_t airport = 0, country = 0;
  double weight = 0;  ///< > 0
};

/// Flights a year on the leg and its way back, mean of both; 0 for a leg without a way back. By air
/// leg.
[[nodiscard]] std::vector<double> two_way_flights(const world::World& world);

/// Sorted by (airport, country).
[[nodiscard]] std::vector<CatchmentEntry> catchments(const world::World& world,
                                                     const DemandParams& params);

}  // namespace corridor::travel
