// SPDX-License-Identifier: Apache-2.0
/// \file settle.hpp  The end of a day at all posts: queues, secondary inspection, and who does not
/// go on.
///
/// Exits first, then entries. Per post: the queue of each lane runs over the bins of the day from
/// what was left at midnight; then the candidates of each hour are ordered, cut at the places that
/// are free, and inspected (models/control). A person who is refused on the way out is taken out of
/// the arrivals and candidates that are still ahead of him, today's entries included, and of the
/// journey back.
///
/// Kept simple. Whoever is refused at an entry keeps what he already passed that day. On the way
/// back nobody is refused: one travels home. With scale s below 1 each arrival queues as 1/s
/// persons, and a post has s times its places: the fraction of a place is there or not by a keyed
/// draw a day. Checked in tests/models/simulation/test_settle.cpp and test_simulation.cpp.
#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "models/control/bin_queue.hpp"
#include "models/control/control_params.hpp"
#include "models/control/secondary.hpp"
#include "models/simulation/day_stream.hpp"
#include "models/simulation/state.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

/// Where each post and hour was cut: [post][hour], for those who ask why somebody was selected.
using DayCuts = std::vector<std::array<control::Cut, 24>>;

class Settlement {
 public:
  Settlement(const StreamContext& context, const control::ControlParams& params, double scale);

  /// Settles state.arrivals[0] and state.candidates[0] of state.day: adds to `counts` and to the
  /// state's month, queues and removed persons. Posts are independent of each other, so they are
  /// settled on any thread. \param month_of_year 0..11: staff is planned by month
  /// \returns what is written down one by one, in order of post and hour, exits first
  std::vector<EventRow> run(State& state, std::uint32_t month_of_year, DayCounts& counts,
                            sim::Workers& workers, DayCuts* cuts = nullptr) const;

 private:
  struct Refusal {
    std::uint64_t trip;
    std::uint32_t post, member;
    auto operator<=>(const Refusal&) const = default;
  };
  /// Who is gone, and the posts that they will not reach.
  struct Gone {
    std::set<Removed> persons;    ///< of today; State::removed holds those of the days before
    std::set<Refusal> crossings;  ///< that are still ahead
  };
  void settle_posts(bool entry, State& state, std::uint32_t month_of_year, DayCounts& counts,
                    std::vector<Refusal>& refused, std::vector<EventRow>& events,
                    sim::Workers& workers, DayCuts* cuts) const;
  void settle_post(std::uint32_t post, State& state, std::uint32_t month_of_year,
                   std::span<control::Candidate> candidates, DayCounts& counts,
                   std::array<control::Cut, 24>* cuts) const;
  void remove(const Refusal& refusal, bool entry, State& state, DayCounts& counts,
              travel::Batch& batch, Gone& gone) const;

  const StreamContext& c_;
  double scale_;
  std::array<control::QueueSettings, n_lanes> queue_;
  control::SecondarySettings secondary_;
  control::ControlParams params_;
  control::DelayTables delays_;
};

}  // namespace corridor::simulation
