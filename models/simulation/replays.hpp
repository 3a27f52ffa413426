// SPDX-License-Identifier: Apache-2.0
/// \file replays.hpp  What other policies of sharing would have found of one person at one post.
///
/// See sharing_counts.hpp. A search finds by the draws of the real one, so that
/// none <= policy <= full, person by person. Checked in tests/models/simulation/test_sharing.cpp.
#pragma once

#include "models/simulation/person_at_post.hpp"
#include "models/simulation/sharing_counts.hpp"

namespace corridor::simulation {

/// Adds the replays of a person at a crossing. \pre row `i` is made; `special` has records
void add_replays(const StreamContext& context, const travel::Batch& batch, std::size_t i,
                 std::uint32_t member, std::uint32_t crossing, const SpecialPerson& special,
                 SharingCounts& counts);

}  // namespace corridor::simulation
