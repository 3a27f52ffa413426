// SPDX-License-Identifier: Apache-2.0
/// \file metrics.hpp  Footprints of trafficking, how they move, and prices over time.
///
/// Of the flows of a period, as shares f_e of grams over edges and f_c over countries entered:
///
///     entropy        H = -sum_c f_c ln f_c           (0 = all through one country)
///     Jaccard        |E1 n E2| / |E1 u E2|           of edge sets of two periods; churn = 1 - it
///     surviving      |E1 n E2| / |E1|
///     displacement   D = 1/2 sum_c |f_c(2) - f_c(1)| (share of all flow that is elsewhere now)
///     density        edges between countries / (n (n - 1)), n active countries
///
/// Edges here are pairs of countries, whatever the mode, like those of published networks. Value
/// per seizure is grams seized x price over the number of seizures. Checked in
/// tests/models/trafficking/test_metrics.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/trafficking/trafficking_state.hpp"

namespace corridor::trafficking {

struct Footprint {
  std::size_t nodes = 0, edges = 0;
  double entropy = 0, density = 0;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs;  ///< sorted
  std::vector<std::pair<std::uint16_t, double>> entered;  ///< share of grams by country, sorted
};

/// \param least_grams  edges with less in the period are not counted
[[nodiscard]] Footprint footprint(std::span<const MonthRows> months, std::uint8_t substance,
                                  std::int64_t least_grams = 1);

struct Change {
  double jaccard = 1, surviving = 1, displacement = 0;
};
[[nodiscard]] Change change(const Footprint& before, const Footprint& after);

/// USD/kg by month in a country; 0 where it is no market.
[[nodiscard]] std::vector<double> price_series(std::span<const MonthRows> months,
                                               std::uint8_t substance, std::uint16_t country);

/// Pearson correlation; 0 for fewer than two points or without spread.
[[nodiscard]] double correlation(std::span<const double> x, std::span<const double> y);

}  // namespace corridor::trafficking
