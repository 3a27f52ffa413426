// SPDX-License-Identifier: Apache-2.0
/// \file actor_trips.hpp  Where other models' people meet the stream: their planned journeys are
/// put on the road, and the models are told what became of them.
///
/// A planned journey becomes an injected trip (travel/injected.hpp) and stays in State::injected
/// while its way out lasts and while a way back is ahead. After each day is settled:
///   - a party of whom a post held one on the way out (settle.hpp) ends there, as the outcome says
///     (of several, that of the first member);
///   - the others arrive on the day on which the way out ends.
/// A journey between countries that nobody travels between ends at once: no route.
///
/// Checked in tests/models/simulation/test_actor_trips.cpp: every ticket ends exactly once; nobody
/// else's draws or outcomes move where they did not meet.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/simulation/day_stream.hpp"
#include "models/simulation/state.hpp"
#include "models/travel/injected.hpp"

namespace corridor::simulation {

/// What is illicit about a traveller of another model.
[[nodiscard]] constexpr Threat threat_of(travel::Actor actor) {
  switch (actor) {
    case travel::Actor::fighter:
      return Threat::fighter;
    case travel::Actor::drug_courier:
      return Threat::contraband;
    case travel::Actor::cash_courier:
      return Threat::cash;
  }
  return Threat::none;
}

class ActorTrips {
 public:
  /// \param context  must outlive this; its `injected` must be `state.injected` of later calls
  explicit ActorTrips(const StreamContext& context) : c_(context), pairs_(context.tables) {}

  [[nodiscard]] const travel::PairIndex& pairs() const { return pairs_; }

  /// Puts journeys of today on the road. \pre each departs today, once. \returns those that cannot
  /// be made
  std::vector<travel::JourneyOutcome> add(std::span<const travel::PlannedJourney> plans,
                                          State& state) const;

  /// What became of whom when a day has been settled, in the order of trips; rows that
  /// are done leave the state. \param events  of the day (Settlement::run)
  std::vector<travel::JourneyOutcome> close(std::int32_t day, std::span<const EventRow> events,
                                            State& state, DayCounts& counts) const;

 private:
  const StreamContext& c_;
  travel::PairIndex pairs_;
};

}  // namespace corridor::simulation
