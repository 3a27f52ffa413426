// SPDX-License-Identifier: Apache-2.0
/// \file itineraries.hpp  Air itineraries between each two countries, and how good the service is.
///
/// Model. One choice set for a pair of countries i, j over (airport o of i, airport d of j, path
/// of one to three legs):
///
///     m = w_o w_d (g_od / d_ij)^k G^q exp(-b ((D - g_od) / v + h t) - p t - p2 [t = 2])
///     P = m / sum of m over the pair
///     S = sum of m, as if flights a day non-stop
///
/// Paths of three legs count in S only where there are none of one or two.
///
/// | symbol | in code                                   | unit  | domain  | from          |
/// |--------|-------------------------------------------|-------|---------|---------------|
/// | w      | catchment weight                          | 1     | > 0     | catchment.hpp |
/// | g_od   | great circle from o to d                  | km    | > 0     | world data    |
/// | d_ij   | effective distance of the countries       | km    | > 0     | gravity.hpp   |
/// | k      | airport_distance_exponent                 | 1     | [-4, 0] | table         |
/// | G      | geometric mean of flights over the legs   | 1/day | > 0     | world data    |
/// | q      | frequency_exponent                        | 1     | [0, 3]  | table         |
/// | b      | time_weight_per_hour                      | 1/h   | [0, 10] | table         |
/// | D      | length of the path                        | km    | > 0     | world data    |
/// | v      | cruise_kmh                                | km/h  | > 0     | table         |
/// | h      | hours_per_transfer                        | h     | [0, 48] | table         |
/// | t      | number of transfers                       | 1     | 0, 1, 2 | computed      |
/// | p      | transfer_penalty                          | log   | [0, 20] | table         |
/// | p2     | second_transfer_penalty                   | log   | -20..20 | table         |
///
/// A path uses only legs that exist both ways, has at least one international leg, does not come
/// back to the country of o once it has left it, does not leave the country of d again, and with a
/// transfer is at most ratio x g_od + slack long. Paths under a share of their pair, or expected
/// to carry under a number of trips, are left out and the rest is renormalised; the best path of a
/// pair and all its non-stop paths always stay; of the others no more than a maximum.
///
/// Sources. Logit over schedule and detour: Grosche, Rothlauf, Heinzl (2007), J. Air Transport
/// Management 13, 175-183; Coldren, Koppelman, Kasturirangan, Mukherjee (2003), same journal 9,
/// 367-378.
///
/// Limits. Without a cost of transfers every hub competes; with much of it only non-stop legs do.
///
/// Not modelled. Fares, airlines and alliances, connecting times by airport, nights on the way.
///
/// Checked in tests/models/travel/test_itineraries.cpp against a search that writes out every
/// path; relations there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/travel/catchment.hpp"
#include "models/travel/gravity.hpp"

namespace corridor::travel {

struct AirPath {
  std::uint32_t leg[3] = {world::none, world::none,
                          world::none};  ///< from the country with the smaller index
  std::uint8_t n_legs = 0;
  double share = 0;  ///< within its pair, sums to 1
};

/// Place of the unordered pair i < j in lists by pair.
constexpr std::size_t pair_slot(std::size_t i, std::size_t j) { return j * (j - 1) / 2 + i; }

class AirChoices {
 public:
  AirChoices(const world::World& world, const DemandParams& params,
             const CountryTable& distance_km);
  ~AirChoices();

  /// S by pair_slot; 0 = no air itinerary.
  [[nodiscard]] const std::vector<double>& service() const { return service_; }

  /// Chooses what stays. \param expected_trips  by pair_slot, both directions together, 0 = pair
  /// not wanted. \returns the paths of all pairs; those of slot s are first[s] .. first[s + 1].
  struct Paths {
    std::vector<AirPath> path;
    std::vector<std::size_t> first;
  };
  [[nodiscard]] Paths collect(const std::vector<double>& expected_trips) const;

 private:
  class Search;
  [[nodiscard]] double least_share(double expected_trips) const;
  std::unique_ptr<Search> search_;
  const DemandParams params_;
  std::vector<double> service_, best_;  ///< by pair_slot
};

}  // namespace corridor::travel
