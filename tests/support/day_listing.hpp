// SPDX-License-Identifier: Apache-2.0
/// \file day_listing.hpp  The trips of a day, one by one or in batches of columns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/travel/journeys.hpp"
#include "models/travel/population.hpp"
#include "models/travel/trip_id.hpp"

namespace corridor::test {

/// Ids of the trips that go this way on the population's day, of one unit of work.
inline std::vector<std::uint64_t> trips_of_day(const travel::Population& population,
                                               travel::Way way, const travel::WorkUnit& unit) {
  std::vector<std::uint64_t> ids;
  population.list(unit, way, [&](const travel::CellPiece& c) {
    for (std::uint32_t number = c.from; number < c.to; ++number)
      ids.push_back(travel::pack({c.block, c.departure_day, c.nights, number}));
  });
  return ids;
}

/// Of all units of work, in their order.
inline std::vector<std::uint64_t> trips_of_day(const travel::Population& population,
                                               travel::Way way) {
  std::vector<std::uint64_t> ids;
  for (const travel::WorkUnit& unit : population.work()) {
    const auto more = trips_of_day(population, way, unit);
    ids.insert(ids.end(), more.begin(), more.end());
  }
  return ids;
}

/// Calls visit(batch) for every `rows` of these trips and for the rest, their journeys made.
template <class Visit>
void for_each_batch(const travel::Population& population, travel::Way way,
                    const travel::JourneyMaker& maker, std::size_t rows, Visit visit) {
  const auto ids = trips_of_day(population, way);
  const auto batch = std::make_unique<travel::Batch>();
  batch->way = way;
  batch->day = population.today();
  for (std::size_t first = 0; first < ids.size(); first += rows) {
    batch->n = std::min(rows, ids.size() - first);
    for (std::size_t i = 0; i < batch->n; ++i) {
      const travel::TripId trip = travel::unpack(ids[first + i]);
      batch->trip[i] = ids[first + i];
      batch->departure_day[i] = trip.day;
      batch->block[i] = trip.block;
      batch->nights[i] = static_cast<std::uint16_t>(trip.nights);
    }
    maker.make(*batch);
    visit(*batch);
  }
}

}  // namespace corridor::test
