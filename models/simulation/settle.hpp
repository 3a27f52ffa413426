// SPDX-License-Identifier: Apache-2.0
/// \file settle.hpp  The end of a day at all posts: secondary inspection, who does not go on, and
/// queues.
///
/// Secondary runs hour by hour over all posts: the candidates of each post and hour are ordered,
/// cut at the places that are free, and inspected (models/control). A person who is held is taken
/// out of whatever is still ahead of him on that way, an exit before the entry behind it: later
/// candidates, arrivals and tallies (crossings, scored, flagged, hits of lists, threats at posts),
/// of this hour, this day or the days after. So he is counted where he is held first, and nowhere
/// later. Where one hour holds several of his crossings, the posts behind the first hold are
/// settled once more without him. Who is held on the way out does not come back; who is held on the
/// way back has made his trip. Then the queue of each lane runs over the bins of the day from what
/// was left at midnight, without those who were held.
///
/// What a post has by its class (control/post_standing.hpp) and what organisations add to it on the
/// day (cooperation/forces.hpp) changes its places, its reviewers and what they find; without any,
/// nothing.
///
/// With scale s below 1 each arrival queues as 1/s persons; in secondary stand-ins take the places
/// of those who are not simulated (stand_ins.hpp).
///
/// Kept simple. Scores of whom is held stay in the month's histogram: it is of those who set out.
/// Checked in tests/models/simulation/test_settle.cpp and test_simulation.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "models/control/bin_queue.hpp"
#include "models/control/control_params.hpp"
#include "models/control/post_standing.hpp"
#include "models/control/secondary.hpp"
#include "models/cooperation/forces.hpp"
#include "models/simulation/day_stream.hpp"
#include "models/simulation/state.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// Where each post and hour was cut: [post][hour], for those who ask why somebody was selected.
using DayCuts = std::vector<std::array<control::Cut, 24>>;

class Settlement {
 public:
  Settlement(const StreamContext& context, const control::ControlParams& params, double scale);

  /// Settles state.arrivals[0] and state.candidates[0] of state.day: adds to `tallies` and to the
  /// state's month, queues and removed persons. Posts of one hour are independent of each other but
  /// for persons who come to several, so they are settled on any thread. \param month_of_year
  /// 0..11: staff is planned by month \param cuts  filled unless nullptr \returns what is written
  /// down one by one, in order of post and hour, exits first
  std::vector<EventRow> run(State& state, std::uint32_t month_of_year, DayTallies& tallies,
                            sim::Workers& workers, const cooperation::Forces& forces,
                            DayCuts* cuts) const;

  /// How officers of a post review and inspect with what organisations add.
  [[nodiscard]] control::SecondarySettings settings_at(std::uint32_t post,
                                                       const cooperation::PostForces& forces) const;

 private:
  /// A person at a crossing that he will not reach.
  struct Missed {
    std::uint64_t trip;
    std::uint8_t way, member, crossing;
    auto operator<=>(const Missed&) const = default;
  };
  struct Gone {
    std::vector<Removed> persons;  ///< of today; State::removed holds those of the days before
    std::set<Missed> crossings;
    std::vector<control::Candidate> settled;
  };
  /// One post in one hour.
  struct Group {
    std::uint32_t post = 0;
    cooperation::PostForces forces;
    std::vector<control::Candidate> candidates, left_out;
    std::span<const control::Candidate> stand_ins;
    control::Carry before, after;
    control::SecondaryCounts counts, alone;
    control::Cut cut;
  };
  [[nodiscard]] std::vector<Group> groups_of(const State& state,
                                             std::span<const control::Candidate> of_hour,
                                             std::span<const control::Candidate> others,
                                             const cooperation::Forces& forces, const Gone& gone,
                                             DayTallies& tallies) const;
  void settle_hour(std::vector<Group>& groups, std::int32_t day, sim::Workers& workers) const;
  void settle_group(Group& group, std::int32_t day) const;
  /// Takes out whoever was held before he came there. \returns the groups that lack somebody now
  static std::vector<std::size_t> without_the_held(std::vector<Group>& groups);
  void close_hour(std::vector<Group>& groups, std::uint8_t hour, State& state, DayTallies& tallies,
                  Gone& gone, DayCuts* cuts) const;
  /// Adds what a post did in an hour.
  void add(const control::SecondaryCounts& counts, std::uint32_t post, DayTally& tally) const;
  /// Whether a candidate will not come; takes back what was counted of him.
  static bool left_out(const control::Candidate& c, const Gone& gone, DayTallies& tallies);
  /// Takes back whatever is behind a person who is held.
  void remove_party(const control::Candidate& held, State& state, DayTallies& tallies,
                    travel::Batch& batch, Gone& gone) const;
  void remove(const control::Candidate& held, State& state, DayTallies& tallies,
              travel::Batch& batch, Gone& gone) const;
  void settle_queues(State& state, std::uint32_t month_of_year, DayCounts& counts,
                     sim::Workers& workers) const;
  void settle_queue(std::uint32_t post, State& state, std::uint32_t month_of_year,
                    DayCounts& counts) const;

  const StreamContext& c_;
  double scale_;
  std::array<control::QueueSettings, n_lanes> queue_;
  std::vector<control::SecondarySettings> secondary_;  ///< of the posts
  control::ControlParams params_;
  control::DelayTables delays_;
};

/// How the officers of each post review and inspect, without what organisations add.
[[nodiscard]] std::vector<control::SecondarySettings> settings_of_posts(
    const ControlTables& control, const control::ControlParams& params, sim::RunKey key);

/// Places and reviewers of a post, and how its officers review and inspect, with what organisations
/// add.
[[nodiscard]] control::Capacity capacity_with(control::Capacity capacity,
                                              const cooperation::PostForces& forces);
[[nodiscard]] control::SecondarySettings settings_with(const control::SecondarySettings& settings,
                                                       const cooperation::PostForces& forces);

/// What organisations call a threat; none has no name.
[[nodiscard]] cooperation::Concern concern_of(control::Threat threat);

}  // namespace corridor::simulation
