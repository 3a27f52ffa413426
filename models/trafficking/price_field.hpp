// SPDX-License-Identifier: Apache-2.0
/// \file price_field.hpp  Wholesale prices over the world, and their fit to published ones.
///
/// Model. Price of a substance in a country at distance d from its nearest source, income y a head:
///
///     p = p_s + k (d / 1000 km)^g (y / 10,000 USD)^h
///
/// | symbol | in code             | unit   | domain | where it comes from                      |
/// |--------|---------------------|--------|--------|------------------------------------------|
/// | p_s    | source_price_usd_kg | USD/kg | >= 0   | observed: price where it is made         |
/// | k      | markup_usd_kg       | USD/kg | >= 0   | fitted                                   |
/// | g      | distance_exponent   | 1      | [0, 3] | fitted                                   |
/// | h      | income_exponent     | 1      | [0, 2] | fitted                                   |
///
/// The fit is least squares on logs of the prices over (ln k, g, h), Gauss-Newton with halved
/// steps. A market's price answers to what arrives there:
///
///     p_t = p (delivered / demand)^(1/e),   smoothed by the month, between p/4 and 4 p
///
/// with e < 0 the elasticity of demand: the price at which users take what was delivered.
/// Source: NarcoLogic lets value grow with distance (4.46 USD/kg/km from Panama on); income is our
/// addition, because distance alone puts Africa above Europe. Limits: nothing about routes is in
/// the field: what a route costs and risks shows in who takes it. Not modelled: purity, currency,
/// retail. Checked in tests/models/trafficking/test_price_field.cpp: exact recovery; the published
/// rows with their misses.
#pragma once

#include <span>
#include <vector>

#include "models/trafficking/actors.hpp"

namespace corridor::trafficking {

/// A published price.
struct PricePoint {
  double km = 0, income_usd = 0, usd_kg = 0;
};

struct PriceFit {
  double markup_usd_kg = 1, distance_exponent = 1, income_exponent = 0;
  double rms_log = 0;  ///< root of the mean squared miss in logs
  int rounds = 0;
  std::vector<double> predicted;  ///< USD/kg, by point
};

[[nodiscard]] double field_price(double source_price, double markup, double distance_exponent,
                                 double income_exponent, double km, double income_usd);

/// \throws std::invalid_argument for fewer than three points or numbers that are not above 0.
[[nodiscard]] PriceFit fit_prices(double source_price, std::span<const PricePoint> points);

/// Prices in each country without the answer of markets: a market's own price, else the field; the
/// source price in source countries. Countries of unknown income count as 3,000 USD a head.
[[nodiscard]] std::vector<double> base_prices(const TraffickingActors& actors,
                                              const world::World& world, std::size_t substance);

/// The price at which users take `delivered`, in units of the base price, within [1/4, 4].
[[nodiscard]] double relative_price(double delivered_kg, double demand_kg, double elasticity);

}  // namespace corridor::trafficking
