// SPDX-License-Identifier: Apache-2.0
/// \file trip_mix.hpp  How long, why and in what company people of a pair of countries travel.
///
/// Model. Persons' trips of a pair are split over purposes p with weights
///
///     w_p = base_p * (1 + visit_tie * min(m, 0.2) when p is a visit)          m: share of the
///     destination's natives
///                                                                             among the residents
///                                                                             of the origin
/// where base_p is scaled so that the world's shares are the published ones. Nights given purpose
/// and distance d are lognormal with median median_1000km * (d / 1000 km)^power * factor_p, cut
/// into whole nights and, from 28, weeks; none below 1 (d < 3,000 km), 2 (d < 6,000 km) or 3
/// nights, so that one has arrived before one leaves. Persons of a unit: 1 + Poisson(mean_p - 1),
/// cut at 8. Lead time: Weibull for business, lognormal otherwise.
///
/// Sources. Shares: UNWTO Tourism Highlights 2019; nights and parties: surveys named in
/// stream_params.hpp. Not modelled. Nights that depend on the season; two or more countries on one
/// trip (24 % of trips, ITA 1998): every visit is a trip of its own, so trips equal arrivals.
/// Checked in tests/models/travel/test_trip_mix.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/travel/tables.hpp"

namespace corridor::travel {

/// \throws sim::UserError when shares or 64ths add up to more than the whole.
void check(const StreamParams& params);

class TripMix {
 public:
  /// \param trips_year, distance_km, native_share  one value a pair.
  TripMix(const StreamParams& params, std::span<const double> trips_year,
          std::span<const double> distance_km, std::span<const double> native_share);

  /// Trips of travelling units a year of this pair with nights in this band.
  [[nodiscard]] double units_year(std::uint32_t pair, std::uint32_t band) const;
  /// Cumulative shares of 2^16 of leisure, business, visit, work among those units; the rest is
  /// study.
  [[nodiscard]] std::array<std::uint16_t, n_purposes - 1> purpose_cuts(std::uint32_t pair,
                                                                       std::uint32_t band) const;
  /// Adds the pair's units a year per value of nights to `nights`: shape (bands[band].n_values,).
  void add_nights(std::uint32_t pair, std::uint32_t band, std::span<double> nights) const;

  /// Persons' trips a year by purpose over all pairs.
  [[nodiscard]] std::array<double, n_purposes> persons_by_purpose() const;

 private:
  static constexpr std::size_t n_distances = 48;  // classes of ln distance
  static constexpr std::size_t n_values = 3 + 10 + 14 + 49;
  [[nodiscard]] std::array<double, n_purposes> purpose_shares(std::uint32_t pair) const;
  [[nodiscard]] double units(std::uint32_t pair, std::size_t purpose, std::uint32_t band,
                             const std::array<double, n_purposes>& shares) const;

  const StreamParams& params_;
  std::span<const double> trips_year_, native_share_;
  std::array<double, n_purposes> base_{}, mean_party_{};
  std::vector<std::uint8_t> distance_class_;
  // [purpose][distance class][value]: probability of this number of nights; and its sum per band.
  std::vector<std::array<double, n_values>> nights_;
  std::vector<std::array<double, n_bands>> band_share_;
};

/// [purpose][8] cumulative shares of 2^16 of 1..8 persons; the last entry stands for 2^16.
[[nodiscard]] std::vector<std::uint16_t> party_cuts(const StreamParams& params);
/// [purpose][lead_quantiles] days between booking and departure.
[[nodiscard]] std::vector<std::uint16_t> lead_time_quantiles(const StreamParams& params);

}  // namespace corridor::travel
