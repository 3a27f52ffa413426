// SPDX-License-Identifier: Apache-2.0
/// \file explain.hpp  One journey, made again from its id alone, and told in words.
///
/// Nothing but the scenario, its tables and the id is needed: neither the result nor the days
/// before. What a post did with the person depends on queues and capacity and stands in the result,
/// not here.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/simulation/setup.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/trip_id.hpp"
#include "models/travel/units.hpp"

namespace corridor::simulation {

struct ExplainedLink {
  std::string from, to;         ///< airports, ports, or countries of a border
  std::int32_t minute = 0;      ///< of departure; of arrival at a border
  std::uint32_t departure = 0;  ///< number of the departure on that day
};
struct ExplainedCrossing {
  std::string post;  ///< e.g. "entry at JFK (USA)"
  std::int32_t minute = 0;
  std::string lane;       ///< "e-gate", "officer, own", "officer, visitor", or "not checked"
  bool drawn = false;     ///< the random draw selects this person for secondary
  bool referred = false;  ///< primary notices irregular documents
};
struct ExplainedWay {
  travel::Way way = travel::Way::out;
  std::int32_t day = 0;
  std::string date;
  std::vector<ExplainedLink> links;
  std::vector<ExplainedCrossing> crossings;
  std::int32_t end_minute = 0;
};
struct Explanation {
  std::uint64_t trip = 0;
  std::uint32_t person = 0;
  std::string residence, destination, nationality, mode, purpose, ticket, channel;
  std::uint32_t party = 0, nights = 0, lead_days = 0;
  bool irregular_documents = false;
  std::vector<ExplainedWay> ways;
  /// The travelling unit and all its trips of the year.
  travel::UnitId unit;
  std::vector<std::uint64_t> trips_of_unit;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::json json() const;
};

/// \throws sim::UserError when there is no such trip in this scenario, or no such person on it.
[[nodiscard]] Explanation explain(const scenario::Scenario& scenario, const Setup& setup,
                                  std::uint32_t replicate, const travel::JourneyName& name);

}  // namespace corridor::simulation
