// SPDX-License-Identifier: Apache-2.0
/// \file knowledge.hpp  Who knew what about a person at a post: how long before those who could
/// act, and whether anybody alone knew enough.
///
/// Definitions stand in sharing_counts.hpp. Checked in tests/models/simulation/test_knowledge.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "models/simulation/person_at_post.hpp"
#include "models/simulation/sharing_counts.hpp"

namespace corridor::simulation {

/// What is known of a person with a number of pieces: first day on which all records together hold
/// that many, and on which one system or one country's list does (`never` if none).
struct PooledMoment {
  std::int32_t all = cooperation::never, one = cooperation::never;
};
[[nodiscard]] PooledMoment pooled_moment(std::span<const SpecialPerson::Record> records,
                                         std::size_t pieces);

/// What is known of a person at a crossing, to be added by Knowledge. \pre row `i` is made
[[nodiscard]] std::array<std::int64_t, n_knowledge> known_at(const StreamContext& context,
                                                             const travel::Batch& batch,
                                                             std::size_t i, std::uint32_t crossing,
                                                             const SpecialPerson& special);

}  // namespace corridor::simulation
