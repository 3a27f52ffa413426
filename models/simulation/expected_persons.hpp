// SPDX-License-Identifier: Apache-2.0
/// \file expected_persons.hpp  Persons whom each post can expect in each hour of a mean day of each
/// month.
///
/// What staff is planned on. The weight of every itinerary, times its pair's season, is spread over
/// the hours of the departures of its legs, both ways; a passenger of a connecting flight is taken
/// to be on any of its departures. Land journeys are spread over the profile of their hours.
/// Nationalities: of the residence, of the destination, or foreign to both (a visitor everywhere).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/travel/journeys.hpp"
#include "models/travel/tables.hpp"
#include "models/world/world.hpp"

namespace corridor::simulation {

struct ExpectedPersons {
  std::array<double, 24> entitled{},
      visitors{};  ///< a UTC hour; entitled to the lanes of nationals
};

/// One row a month and post: shape (12, n_posts). The way back is planned in the month of the way
/// out. \param n_posts number of posts that `sites` refers to
[[nodiscard]] std::vector<ExpectedPersons> expected_persons(
    const travel::TravelTables& tables, const travel::StreamParams& params,
    std::span<const world::SameDayFlow> same_day, const travel::Sites& sites, std::size_t n_posts);

}  // namespace corridor::simulation
