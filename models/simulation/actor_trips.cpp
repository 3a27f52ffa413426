// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_trips.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <tuple>

namespace corridor::simulation {
namespace {

using travel::InjectedTrip;
using travel::JourneyEnd;
using travel::JourneyOutcome;

JourneyEnd end_of(control::Outcome outcome) {
  switch (outcome) {
    case control::Outcome::refused:
      return JourneyEnd::refused;
    case control::Outcome::detained:
      return JourneyEnd::detained;
    case control::Outcome::seized:
      return JourneyEnd::seized;
    case control::Outcome::protection:
      return JourneyEnd::protection;
    default:
      throw std::logic_error("not an outcome that holds");
  }
}

bool before(const InjectedTrip& a, const InjectedTrip& b) { return a.trip < b.trip; }

}  // namespace

std::vector<JourneyOutcome> ActorTrips::add(std::span<const travel::PlannedJourney> plans,
                                            State& state) const {
  std::vector<JourneyOutcome> failed;
  std::vector<InjectedTrip> made;
  const auto batch = std::make_unique<travel::Batch>();
  for (const travel::PlannedJourney& plan : plans) {
    if (plan.day != state.day) throw std::logic_error("a planned journey departs today");
    const Threat threat = plan.lawful != 0 ? Threat::none : threat_of(plan.actor);
    std::optional<InjectedTrip> trip = pairs_.make_trip(plan, static_cast<std::uint8_t>(threat));
    if (!trip) {
      failed.push_back(
          {plan.person, plan.ticket, plan.actor, JourneyEnd::no_route, plan.day, plan.origin});
      continue;
    }
    make_injected(c_, *batch, *trip, travel::Way::out);
    // The hall is reached some minutes after the journey's end.
    int end = std::max<int>(0, batch->end_minute[0]);
    for (std::uint32_t k = 0; k < batch->n_crossings[0]; ++k) {
      end = std::max<int>(end, batch->minute[k][0]);
    }
    trip->end_days = static_cast<std::uint8_t>(end / 1440);
    made.push_back(*trip);
  }
  std::sort(made.begin(), made.end(), before);
  const auto known = static_cast<std::ptrdiff_t>(state.injected.size());
  state.injected.insert(state.injected.end(), made.begin(), made.end());
  std::inplace_merge(state.injected.begin(), state.injected.begin() + known, state.injected.end(),
                     before);
  const auto twice = std::adjacent_find(
      state.injected.begin(), state.injected.end(),
      [](const InjectedTrip& a, const InjectedTrip& b) { return a.trip == b.trip; });
  if (twice != state.injected.end()) throw std::logic_error("a ticket is planned twice");
  return failed;
}

std::vector<JourneyOutcome> ActorTrips::close(std::int32_t day, std::span<const EventRow> events,
                                              State& state, DayCounts& counts) const {
  struct Held {
    std::uint64_t trip;
    std::uint8_t member;
    JourneyEnd end;
    std::uint32_t post;
  };
  std::vector<Held> held;
  for (const EventRow& event : events) {
    const control::Candidate& c = event.candidate;
    if (travel::is_injected(c.trip) && c.way == 0 && control::held(c.outcome)) {
      held.push_back({c.trip, c.member, end_of(c.outcome), c.post});
    }
  }
  std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
    return std::tie(a.trip, a.member, a.post) < std::tie(b.trip, b.member, b.post);
  });

  std::vector<JourneyOutcome> outcomes;
  auto next = held.begin();
  for (InjectedTrip& trip : state.injected) {
    const travel::InjectedId id = travel::unpack_injected(trip.trip);
    const travel::PairRow& pair = c_.tables.pairs[trip.pair];
    const auto end = [&](JourneyEnd how, std::uint16_t country) {
      trip.ended = 1;
      outcomes.push_back({id.person, id.ticket, id.actor, how, day, country});
    };
    while (next != held.end() && next->trip < trip.trip) ++next;
    if (trip.ended != 0) continue;
    if (next != held.end() && next->trip == trip.trip) {
      end(next->end, c_.control.posts[next->post].country);
    } else if (trip.departure_day + trip.end_days <= day) {
      end(JourneyEnd::arrived, pair.destination);
      // Whoever stays has finished his trip; others finish when they are back.
      if (trip.nights == 0 && c_.whole) counts.trips_finished += trip.party;
    }
  }
  std::erase_if(state.injected, [&](const InjectedTrip& trip) {
    return trip.ended != 0 &&
           (trip.nights == 0 || trip.return_day() + static_cast<std::int32_t>(ahead) <= day);
  });
  return outcomes;
}

}  // namespace corridor::simulation
