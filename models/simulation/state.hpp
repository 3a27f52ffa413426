// SPDX-License-Identifier: Apache-2.0
/// \file state.hpp  What a run carries from one day to the next: a value that is saved, loaded,
/// copied and branched.
///
/// The population is not in it: trips are made again from their ids. What is in it depends on lists
/// and capacity: queues, candidates and arrivals of journeys that pass their next post tomorrow or
/// later, persons who were refused and will not come back by their return journey, and the sums of
/// the current month.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "models/control/bin_queue.hpp"
#include "models/control/secondary.hpp"
#include "models/cooperation/planning_state.hpp"
#include "models/cooperation/requests.hpp"
#include "models/risk/feature.hpp"
#include "models/simulation/actor_state.hpp"
#include "models/simulation/known_records.hpp"
#include "models/simulation/score_bins.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/tables.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

using control::n_bins;   ///< of 15 minutes, UTC
using control::n_lanes;  ///< e-gate, manual own, manual visitor
inline constexpr std::size_t ahead = travel::horizon_days;

/// A person who will not travel back: refused on the way out.
struct Removed {
  std::int32_t return_day = 0;
  std::uint64_t trip = 0;
  std::uint32_t member = 0;
  auto operator<=>(const Removed&) const = default;
};

/// Persons by daily measure; one row of /daily. At the end of every day
///
///     trips_in_progress = trips_started - trips_finished - trips_refused, over all days
///     population        = at home + on the road + persons_abroad       (nobody is detained)
///     on the road       = trips_in_progress - persons_abroad           (on the way out)
///
/// where the way back is done when its day ends. Checked in
/// tests/models/simulation/test_identities.cpp by listing everybody.
struct DayCounts {
  std::int64_t trips_started = 0, trips_finished = 0, trips_in_progress = 0, trips_refused = 0,
               persons_abroad = 0, travelling = 0, journeys = 0, units = 0, crossings_entry = 0,
               crossings_exit = 0, same_day_crossings = 0, primary_persons = 0,
               wait_person_seconds = 0, overflow_persons = 0, candidates = 0,
               secondary_selected = 0, secondary_cleared = 0, secondary_refused = 0,
               secondary_turned_away = 0, scored = 0, flagged = 0, scored_unchecked = 0,
               flagged_unchecked = 0, list_hits = 0, reviewed = 0, events_dropped = 0;
  std::array<std::int64_t, travel::n_modes> trips_by_mode{};
  std::array<std::int64_t, travel::n_purposes> trips_by_purpose{};
  std::array<std::int64_t, world::n_regions> arrivals_by_region{};
  std::array<std::int64_t, control::n_sources> candidates_by_source{};
  std::array<std::array<std::int64_t, control::n_outcomes>, control::n_sources> outcomes{};
  std::array<std::int64_t, control::n_outcomes> traveller_minutes{}, officer_minutes{};
  std::array<std::int64_t, control::n_threats> threats_at_posts{}, threats_inspected{},
      threats_found{};

  /// All counts as one row of numbers, in the order of the members.
  [[nodiscard]] std::span<std::int64_t> all() {
    return {reinterpret_cast<std::int64_t*>(this), sizeof(DayCounts) / sizeof(std::int64_t)};
  }
  void operator+=(DayCounts other) { sim::drain(other.all(), all()); }
};
static_assert(std::is_standard_layout_v<DayCounts>);

/// Sums of the month that is open, in units of simulated persons (not yet times 1 / scale).
struct MonthSums {
  std::vector<std::int64_t> leg_persons;  ///< air legs, then sea lanes both ways
  std::vector<std::int64_t> departing, arriving, connecting;  ///< per airport
  std::vector<std::int64_t> border_crossings;                 ///< [border][2]: a to b, b to a
  std::vector<std::int64_t> same_day_crossings;               ///< per border
  std::vector<std::int64_t> pair_trips;                       ///< [pair][mode]
  std::vector<std::int64_t> post_persons, post_wait_person_seconds, post_overflow, post_selected,
      post_refused;
  /// Of post_selected and post_refused where scale < 1: people of other models, who stand for
  /// themselves alone; not among those.
  std::vector<std::int64_t> alone_selected, alone_refused;
  std::vector<std::int32_t> wait_histogram;   ///< [post][bin]
  std::vector<std::int64_t> score_histogram;  ///< [stage][score bin]: persons at posts
  std::int64_t days = 0;
};

/// One row of the sample of journeys; `row` is its place in the result.
struct SampleRow {
  std::int64_t row = 0;
  std::uint64_t trip = 0;
  std::int32_t day = 0, origin = 0, destination = 0, nights = 0, lead_days = 0, exit_post = -1,
               entry_post = -1, entry_minute = -1;
  std::uint8_t way = 0, member = 0, mode = 0, purpose = 0, party = 0, n_legs = 0, selected = 0,
               outcome = 0;
};

/// A review with a hit, or an outcome other than "cleared"; one row of /events.
struct EventRow {
  control::Candidate candidate;
  std::int32_t day = 0;
};

/// A candidate of a day before, who takes the place of one who is not simulated (stand_ins.hpp).
struct StandIn {
  control::Candidate candidate;
  std::int32_t day = 0;
  std::int32_t unused = 0;  ///< no padding: bytes of equal rows are equal
};
static_assert(std::has_unique_object_representations_v<StandIn>);

struct State {
  std::int32_t day = 0;                   ///< the next day to be simulated
  std::array<std::uint64_t, 2> digest{};  ///< chained over the days
  std::int64_t trips_in_progress = 0;
  std::array<std::int64_t, ahead>
      still_on_the_road{};  ///< persons on their way out at the end of today, tomorrow, ..
  std::int64_t on_the_road_at_midnight = 0;  ///< persons on their way out when the day begins
  control::ControlState control;             ///< queues and secondary at midnight
  std::array<std::vector<std::uint32_t>, ahead>
      arrivals;  ///< [post][lane][bin] of today, tomorrow, ...
  std::array<std::vector<control::Candidate>, ahead> candidates;
  std::vector<StandIn> stand_ins;              ///< by day; empty at scale 1
  std::vector<Removed> removed;                ///< sorted
  std::vector<travel::InjectedTrip> injected;  ///< on their way or to come back; sorted by trip
  std::vector<SampleRow> samples;              ///< of the last days, whose outcome may still come
  /// [slot][score_cells]: what those who set out on the last days scored. A slot is a day; in
  /// scaled runs some days, so that it holds about as many people.
  std::array<std::vector<std::uint32_t>, score_days> scores;
  std::int32_t days_of_slot = 1;
  std::int64_t events = 0;        ///< rows of /events that are written
  std::int64_t actor_events = 0;  ///< rows of /actors/event_* that are written
  ActorState actors;
  cooperation::PlanningState planning;
  std::int64_t planning_events = 0;   ///< rows of /cooperation/event_* that are written
  std::vector<KnownRecord> known;     ///< records of fighters, sorted; only with organisations
  cooperation::RequestBook requests;  ///< to originators of records; only with organisations
  /// Counts that wait until they are ten (result of the exchange, where names are real): of links,
  /// then of posts.
  std::vector<std::int64_t> held_back;
  MonthSums month;

  [[nodiscard]] std::vector<std::uint32_t>& scores_of(std::int32_t on_day) {
    constexpr std::int32_t early = 1024 * static_cast<std::int32_t>(score_days);
    return scores[static_cast<std::size_t>((on_day + early * days_of_slot) / days_of_slot) %
                  score_days];
  }

  /// Candidates ahead come a day nearer.
  void next_candidates() {
    std::rotate(candidates.begin(), candidates.begin() + 1, candidates.end());
    candidates.back().clear();
  }

  /// Compressed bytes, the same for the same state. \throws std::runtime_error when memory fails.
  [[nodiscard]] std::vector<std::byte> save() const;
  /// \throws sim::UserError when the bytes are not those of a state.
  static State load(std::span<const std::byte> bytes);
};

}  // namespace corridor::simulation
