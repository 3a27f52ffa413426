// SPDX-License-Identifier: Apache-2.0
/// \file route_facts.hpp  Facts of itineraries and routes that rules can read: detour, rarity, and
/// the class of the route in a threat assessment.
///
///     detour = sum of great circles of the legs / great circle between the first and the last
///     place share  = weight of the itinerary / weight of all itineraries of the pair
///
/// Land itineraries have no detour (missing): borders are lines, not points. Checked in
/// tests/models/simulation/test_scorer.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/result_shape.hpp"
#include "models/travel/sphere.hpp"
#include "models/travel/tables.hpp"

namespace corridor::simulation {

/// Places of the gates of legs: airports, then ports.
[[nodiscard]] std::vector<travel::Place> gate_places(const RunShape& shape);

/// Hundredths, from 100 to 30,000; risk::missing_i16 on land and where both ends are one place.
[[nodiscard]] std::int16_t itinerary_detour(const travel::TravelTables& tables,
                                            std::span<const travel::Place> places,
                                            const travel::OptionRow& option);

/// Of the options of one pair, in their order: tenths of a percent, 0 to 1000.
[[nodiscard]] std::vector<std::int16_t> itinerary_shares(const travel::TravelTables& tables,
                                                         const travel::PairRow& pair);

/// Pairs of countries like "ARA-BEL ARA-*": `*` stands for any country.
/// \throws sim::UserError when a word is no pair or names a country that the world has not got
struct RoutePair {
  std::uint32_t a = 0, b = 0;  ///< rows of the countries; world::none = any
};
[[nodiscard]] std::vector<RoutePair> route_pairs(std::string_view text, std::string_view parameter,
                                                 const std::vector<std::string>& countries);

/// Per pair, risk::RouteClass: in either direction, the higher class wins.
[[nodiscard]] std::vector<std::uint8_t> route_classes(const travel::TravelTables& tables,
                                                      const RunShape& shape, std::string_view high,
                                                      std::string_view elevated);

}  // namespace corridor::simulation
