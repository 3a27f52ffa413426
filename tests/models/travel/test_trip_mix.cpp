// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <vector>

#include "models/travel/trip_mix.hpp"
#include "sim/error.hpp"

using namespace corridor::travel;
using Catch::Matchers::Contains;

namespace {

const std::vector<double> trips{1e6, 5e5, 2e4, 3e5}, distances{300, 1200, 9000, 4000},
    natives{0.0, 0.05, 0.4, 0.001};

double persons(const TripMix& mix, const StreamParams& params, std::uint32_t pair) {
  // Units by purpose and band times the mean persons of a unit give back the persons of the pair.
  double sum = 0;
  for (std::uint32_t band = 0; band < n_bands; ++band) {
    const double units = mix.units_year(pair, band);
    const auto cuts = mix.purpose_cuts(pair, band);
    double below = 0;
    for (std::size_t p = 0; p < n_purposes; ++p) {
      const double upto = p < cuts.size() ? cuts[p] / 65536.0 : 1;
      sum += units * (upto - below) * mean_party(static_cast<TripPurpose>(p), params);
      below = upto;
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("shares of purposes over the world are the published ones", "[trip_mix][exact]") {
  const StreamParams params;
  const TripMix mix(params, trips, distances, natives);
  const auto by_purpose = mix.persons_by_purpose();
  const double total = std::accumulate(trips.begin(), trips.end(), 0.0);
  CHECK(by_purpose[1] / total == Approx(params.share_business).epsilon(1e-9));
  CHECK(by_purpose[2] / total == Approx(params.share_visit).epsilon(1e-9));
  CHECK(by_purpose[3] / total == Approx(params.share_work).epsilon(1e-9));
  CHECK(by_purpose[4] / total == Approx(params.share_study).epsilon(1e-9));
}

TEST_CASE("bands, purposes and parties of a pair add up to its persons", "[trip_mix][exact]") {
  const StreamParams params;
  const TripMix mix(params, trips, distances, natives);
  for (std::uint32_t p = 0; p < trips.size(); ++p) {
    // Cuts are rounded to 2^-16, parties differ by less than 2 persons: 4 purposes * 2^-17 * 2
    // / 1.5 < 1e-4.
    CHECK(persons(mix, params, p) == Approx(trips[p]).epsilon(1e-4));
  }
}

TEST_CASE("nights of a band add up to the units of the band", "[trip_mix][exact]") {
  const StreamParams params;
  const TripMix mix(params, trips, distances, natives);
  for (std::uint32_t p = 0; p < trips.size(); ++p) {
    for (std::uint32_t band = 0; band < n_bands; ++band) {
      std::vector<double> nights(bands[band].n_values, 0);
      mix.add_nights(p, band, nights);
      CHECK(std::accumulate(nights.begin(), nights.end(), 0.0) ==
            Approx(mix.units_year(p, band)).epsilon(1e-12));
    }
  }
}

TEST_CASE("far pairs stay longer, and nobody returns before having arrived",
          "[trip_mix][relation]") {
  const StreamParams params;
  const TripMix mix(params, trips, distances, natives);
  const auto short_share = [&](std::uint32_t p) {
    double sum = 0;
    for (std::uint32_t b = 0; b < n_bands; ++b) sum += mix.units_year(p, b);
    return mix.units_year(p, 0) / sum;
  };
  CHECK(short_share(0) > short_share(1));
  CHECK(short_share(1) > short_share(3));
  std::vector<double> nights(3, 0);
  mix.add_nights(2, 0, nights);  // 9,000 km
  CHECK(nights[0] == 0);
  CHECK(nights[1] == 0);
  CHECK(nights[2] > 0);
}

TEST_CASE("visits grow with the share of natives, and do not when the tie is switched off",
          "[trip_mix][relation]") {
  const auto visits = [](double tie, std::uint32_t pair) {
    StreamParams params;
    params.visit_tie = tie;
    const TripMix mix(params, trips, distances, natives);
    const auto cuts = mix.purpose_cuts(pair, 1);
    return (cuts[2] - cuts[1]) / 65536.0;
  };
  CHECK(visits(30, 2) > 1.5 * visits(30, 0));
  // Without the tie only distance differs between pairs of the same distance: the same pair twice.
  StreamParams off;
  off.visit_tie = 0;
  const std::vector<double> same_distance(4, 1000.0);
  const TripMix mix(off, trips, same_distance, natives);
  CHECK(mix.purpose_cuts(0, 1) == mix.purpose_cuts(2, 1));
}

TEST_CASE("lead times have the published shares", "[trip_mix][exact]") {
  const StreamParams params;
  const auto days = lead_time_quantiles(params);
  const auto share_from = [&](TripPurpose p, unsigned least) {
    std::size_t n = 0;
    for (std::uint32_t q = 0; q < lead_quantiles; ++q) {
      n += days[static_cast<std::size_t>(p) * lead_quantiles + q] >= least ? 1U : 0U;
    }
    return static_cast<double>(n) / lead_quantiles;
  };
  // Travel Leaders Corporate 2012: 77 % at 7 days or more, 52 % at 14; the Weibull fit gives 0.769
  // and 0.520.
  CHECK(share_from(TripPurpose::business, 7) == Approx(0.77).margin(0.005));
  CHECK(share_from(TripPurpose::business, 14) == Approx(0.52).margin(0.005));
  CHECK(share_from(TripPurpose::leisure, 40) == Approx(0.5).margin(1.0 / lead_quantiles));
}

TEST_CASE("classes of units that add up to more than the whole are refused", "[trip_mix][errors]") {
  StreamParams params;
  params.short_2 = 60;
  CHECK_THROWS_WITH(check(params), Contains("travel.units.short_* add up to 92 of 64"));
  CHECK_NOTHROW(check(StreamParams{}));
}
