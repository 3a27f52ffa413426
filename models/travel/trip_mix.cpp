// SPDX-License-Identifier: Apache-2.0
#include "models/travel/trip_mix.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/travel/trip_id.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace corridor::travel {
namespace {

constexpr double nearest_km = 50, farthest_km = 20100;

std::uint8_t distance_class_of(double km, std::size_t n) {
  const double x = sim::log(std::clamp(km, nearest_km, farthest_km) / nearest_km) /
                   sim::log(farthest_km / nearest_km);
  return static_cast<std::uint8_t>(
      std::min(static_cast<double>(n) - 1, std::floor(x * static_cast<double>(n))));
}

double middle_of_class(std::size_t c, std::size_t n) {
  return nearest_km * sim::pow(farthest_km / nearest_km,
                               (static_cast<double>(c) + 0.5) / static_cast<double>(n));
}

std::array<double, n_purposes> means(const StreamParams& p) {
  return {p.party_leisure, p.party_business, p.party_visit, p.party_work, p.party_study};
}

std::array<double, max_party> party_shares(double mean) {
  std::array<double, max_party> share{};
  double term = sim::exp(-(mean - 1)), sum = 0;
  for (std::size_t k = 0; k < max_party; ++k) {
    share[k] = term;
    sum += term;
    term *= (mean - 1) / static_cast<double>(k + 1);
  }
  for (double& s : share) s /= sum;
  return share;
}

}  // namespace

void check(const StreamParams& p) {
  const auto at_most = [](std::int64_t sum, const char* what) {
    if (sum > 64) {
      throw sim::UserError(std::string(what) + " add up to " + std::to_string(sum) +
                           " of 64; at most 64 are allowed (the rest travels once a year)");
    }
  };
  at_most(p.short_2 + p.short_4 + p.short_12 + p.short_24, "travel.units.short_*");
  at_most(p.medium_2 + p.medium_4, "travel.units.medium_*");
}

double mean_party(TripPurpose purpose, const StreamParams& params) {
  const auto share = party_shares(means(params)[static_cast<std::size_t>(purpose)]);
  double mean = 0;
  for (std::size_t k = 0; k < max_party; ++k) mean += static_cast<double>(k + 1) * share[k];
  return mean;
}

TripMix::TripMix(const StreamParams& params, std::span<const double> trips_year,
                 std::span<const double> distance_km, std::span<const double> native_share)
    : params_(params), trips_year_(trips_year), native_share_(native_share) {
  for (std::size_t p = 0; p < n_purposes; ++p) {
    mean_party_[p] = mean_party(static_cast<TripPurpose>(p), params);
  }
  for (const double km : distance_km) {
    distance_class_.push_back(distance_class_of(km, n_distances));
  }
  const std::array<double, n_purposes> factor{1, params.nights_factor_business,
                                              params.nights_factor_visit, params.nights_factor_work,
                                              params.nights_factor_study};
  nights_.resize(n_purposes * n_distances);
  band_share_.resize(n_purposes * n_distances);
  for (std::size_t p = 0; p < n_purposes; ++p) {
    for (std::size_t c = 0; c < n_distances; ++c) {
      const double km = middle_of_class(c, n_distances);
      const double median = params.nights_median_1000km *
                            sim::pow(km / 1000, params.nights_distance_power) * factor[p];
      const auto below = [&](double nights) {
        return sim::normal_cdf(sim::log(nights / median) / params.nights_sigma);
      };
      const std::uint32_t least = km < 3000 ? 1 : km < 6000 ? 2 : 3;
      auto& nights = nights_[p * n_distances + c];
      std::size_t at = 0;
      double sum = 0;
      for (const Band& band : bands) {
        for (std::uint32_t k = 0; k < band.n_values; ++k, ++at) {
          const std::uint32_t n = band.night(k);
          const double half = 0.5 * band.step;
          const double from = n == 28 ? 27.5 : n - half;
          const double low = n == least ? 0 : from > 0 ? below(from) : 0;
          nights[at] = n < least ? 0 : below(n + half) - low;
          sum += nights[at];
        }
      }
      at = 0;
      for (std::size_t b = 0; b < n_bands; ++b) {
        for (std::uint32_t k = 0; k < bands[b].n_values; ++k, ++at) {
          nights[at] /= sum;
          band_share_[p * n_distances + c][b] += nights[at];
        }
      }
    }
  }
  // Scale the weights of purposes until the world's shares are the published ones.
  const double rest =
      1 - params.share_business - params.share_visit - params.share_work - params.share_study;
  const std::array<double, n_purposes> target{rest, params.share_business, params.share_visit,
                                              params.share_work, params.share_study};
  base_ = target;
  double total = 0;
  for (const double t : trips_year) total += t;
  for (int round = 0; round < 40 && total > 0; ++round) {
    const auto persons = persons_by_purpose();
    for (std::size_t p = 0; p < n_purposes; ++p) {
      if (persons[p] > 0) base_[p] *= target[p] * total / persons[p];
    }
  }
}

std::array<double, n_purposes> TripMix::purpose_shares(std::uint32_t pair) const {
  std::array<double, n_purposes> share = base_;
  share[static_cast<std::size_t>(TripPurpose::visit)] *=
      1 + params_.visit_tie * std::min(native_share_[pair], 0.2);
  double sum = 0;
  for (const double s : share) sum += s;
  for (double& s : share) s /= sum;
  return share;
}

std::array<double, n_purposes> TripMix::persons_by_purpose() const {
  std::array<double, n_purposes> persons{};
  for (std::uint32_t i = 0; i < trips_year_.size(); ++i) {
    const auto share = purpose_shares(i);
    for (std::size_t p = 0; p < n_purposes; ++p) persons[p] += trips_year_[i] * share[p];
  }
  return persons;
}

double TripMix::units(std::uint32_t pair, std::size_t purpose, std::uint32_t band,
                      const std::array<double, n_purposes>& shares) const {
  return trips_year_[pair] * shares[purpose] / mean_party_[purpose] *
         band_share_[purpose * n_distances + distance_class_[pair]][band];
}

double TripMix::units_year(std::uint32_t pair, std::uint32_t band) const {
  const auto shares = purpose_shares(pair);
  double sum = 0;
  for (std::size_t p = 0; p < n_purposes; ++p) sum += units(pair, p, band, shares);
  return sum;
}

std::array<std::uint16_t, n_purposes - 1> TripMix::purpose_cuts(std::uint32_t pair,
                                                                std::uint32_t band) const {
  const auto shares = purpose_shares(pair);
  const double sum = units_year(pair, band);
  std::array<std::uint16_t, n_purposes - 1> cuts{};
  double below = 0;
  for (std::size_t p = 0; p + 1 < n_purposes; ++p) {
    below += units(pair, p, band, shares);
    cuts[p] = static_cast<std::uint16_t>(std::min(65535.0, std::floor(below / sum * 65536 + 0.5)));
  }
  return cuts;
}

void TripMix::add_nights(std::uint32_t pair, std::uint32_t band, std::span<double> nights) const {
  const auto shares = purpose_shares(pair);
  std::size_t first = 0;
  for (std::uint32_t b = 0; b < band; ++b) first += bands[b].n_values;
  for (std::size_t p = 0; p < n_purposes; ++p) {
    const double rate = trips_year_[pair] * shares[p] / mean_party_[p];
    const auto& law = nights_[p * n_distances + distance_class_[pair]];
    for (std::size_t k = 0; k < nights.size(); ++k) nights[k] += rate * law[first + k];
  }
}

std::vector<std::uint16_t> party_cuts(const StreamParams& params) {
  std::vector<std::uint16_t> cuts;
  for (const double mean : means(params)) {
    double below = 0;
    for (const double share : party_shares(mean)) {
      below += share;
      cuts.push_back(
          static_cast<std::uint16_t>(std::min(65535.0, std::floor(below * 65536 + 0.5))));
    }
  }
  return cuts;
}

std::vector<std::uint16_t> lead_time_quantiles(const StreamParams& params) {
  std::vector<std::uint16_t> days;
  for (std::size_t p = 0; p < n_purposes; ++p) {
    for (std::uint32_t q = 0; q < lead_quantiles; ++q) {
      const double u = (q + 0.5) / lead_quantiles;
      double lead = 0;
      if (static_cast<TripPurpose>(p) == TripPurpose::business) {
        lead =
            params.lead_scale_business * sim::pow(-sim::log1p(-u), 1 / params.lead_shape_business);
      } else {
        const bool leisure = static_cast<TripPurpose>(p) == TripPurpose::leisure;
        lead = (leisure ? params.lead_median_leisure : params.lead_median_other) *
               sim::exp((leisure ? params.lead_sigma_leisure : params.lead_sigma_other) *
                        sim::normal_quantile(u));
      }
      days.push_back(static_cast<std::uint16_t>(std::min(365.0, std::floor(lead))));
    }
  }
  return days;
}

}  // namespace corridor::travel
