// SPDX-License-Identifier: Apache-2.0
/// \file demand.hpp  How many people of each country visit each other country in a year, and by
/// which itineraries.
///
/// The equations are in docs/odd.md ("Demand"); each step has its own file beside this one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/travel/demand_params.hpp"
#include "models/world/world.hpp"

namespace corridor::travel {

enum class Mode : std::uint8_t { air, land, sea };
inline constexpr std::size_t n_modes = 3;

/// One way to get there: 1 to 3 links, outbound; the way back is its mirror.
/// Air: indices of World::air_legs, each with a reverse leg. Land: indices of World::borders in the
/// order they are crossed. Sea: one index of World::sea_lanes.
struct Itinerary {
  std::uint32_t link[3] = {world::none, world::none, world::none};
  std::uint8_t n_links = 0;
  Mode mode = Mode::air;
  bool reversed = false;  ///< sea: sailed from port b to port a
  float weight = 0;       ///< persons' trips a year, out and back each counted once
};

/// Residents of `origin` who visit `destination` for at least one night.
struct PairDemand {
  std::uint16_t origin = 0, destination = 0;  ///< countries
  double trips_year = 0;                      ///< = sum of the weights of its itineraries
  std::uint32_t first_itinerary = 0, n_itineraries = 0;
};

/// How one margin fits: reported, never iterated away.
struct ScaleFactor {
  std::string margin;  ///< e.g. "arrivals in europe", "international leg passengers"
  double factor = 1;   ///< what the model's own level was multiplied by to meet the margin
};

struct Demand {
  std::vector<PairDemand> pairs;       ///< sorted by (origin, destination); trips_year > 0
  std::vector<Itinerary> itineraries;  ///< grouped by pair
  std::vector<ScaleFactor> scale_factors;
  std::vector<std::uint8_t>
      leg_fitted;  ///< per air leg: 1 = its target was used, 0 = domestic or held out by hash
  std::vector<double>
      leg_target;  ///< passengers a year per air leg (seats x load factor), 0 = domestic
};

/// A pure function of its arguments; single-threaded or order-free, the same bits on every CPU
/// (sim/math). \throws std::domain_error when margins cannot be met (a zero row with a positive
/// target).
[[nodiscard]] Demand build_demand(const world::World& world, const DemandParams& params);

}  // namespace corridor::travel
