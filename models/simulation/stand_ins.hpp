// SPDX-License-Identifier: Apache-2.0
/// \file stand_ins.hpp  Who else would stand at a post if everybody were simulated: so that a
/// scaled run cuts an hour's candidates as the 1:1 world does.
///
/// With scale s < 1 an hour has s times the candidates of the 1:1 world, mostly none or one. To
/// give it s times the places would leave most hours with none and turn away who comes alone; to
/// let each candidate take 1/s places would cut a crowd that in the 1:1 world is spread over 1/s
/// hours. Both reach fewer than the 1:1 world does. So a post keeps all its reviewers and places,
/// and the candidates of the days before stand beside today's, at the same post and hour, as those
/// who are not simulated:
///
///     K = min(ceil(1/s - 1), 99) days,   each of their candidates r = (1/s - 1) / K times,
///
/// a fraction of r by a keyed draw a day (Purpose::stand_in). They take their place in the order,
/// are reviewed and inspected, and nothing of them is counted. Candidates are nearly Poisson, so an
/// hour has the mean and the spread of the 1:1 world; flights keep their hour, parties stay
/// together. Before day 0, K days are streamed for their candidates.
///
/// Not modelled. Persons who do not stand for others (injected ones) are nobody's stand-ins. Below
/// s = 0.01 stand-ins are repeated, which is lumpier. Weekdays and weeks of K days are mixed.
/// Checked in tests/models/simulation/test_scaled.cpp against runs at scale 1.
#pragma once

#include <cstdint>
#include <vector>

#include "models/simulation/state.hpp"
#include "sim/random.hpp"

namespace corridor::simulation {

inline constexpr double most_stand_in_days = 99;

/// K; 0 at scale 1.
[[nodiscard]] std::int32_t stand_in_days(double scale);

/// Those of state.day, in no order.
[[nodiscard]] std::vector<control::Candidate> stand_ins_of(const State& state, double scale,
                                                           sim::RunKey key);

/// Keeps candidates of a day for the days after, and lets go of those that are too old. \pre no day
/// is before one that is kept
void keep_stand_ins(State& state, std::int32_t day, std::span<const control::Candidate> candidates,
                    double scale);

}  // namespace corridor::simulation
