// SPDX-License-Identifier: Apache-2.0
/// \file sharing_counts.hpp  What lists did on a day: hits by source and by whom they were about,
/// what nobody could see although somebody knew, and replays of other policies.
///
/// A row is a person with a record, or taken for somebody, at a post:
///
///     met[s][c]    the nearest list that answered is of source s (none: somebody knew, and this
///                  post could not see it), about a person of class c
///     held[s][c]   of those who were reviewed with a hit: held; protection those referred to it,
///                  which is no detection; let_go the others
///
/// Replays ask, for persons with something illicit, at the posts that they pass, what other
/// policies would have found with the same draws: records of their own country alone (none), the
/// policy itself, all records that anybody holds (full); without the link between two systems, or
/// with one more (as bridge.* says, open from the start). Adversaries and queues stand still, so a
/// replay is no forecast. Counted before settlement: also who is held at an earlier post of the
/// day. Checked in tests/models/simulation/test_sharing.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "models/cooperation/organisations.hpp"
#include "models/cooperation/subjects.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

inline constexpr std::size_t n_list_sources = 5;  ///< risk::ListSource
inline constexpr std::size_t n_replays = 3;       ///< none, policy, full
inline constexpr std::size_t most_pairs =
    cooperation::most_systems * (cooperation::most_systems - 1) / 2;

struct SharingCounts {
  using Table = std::array<std::array<std::int64_t, cooperation::n_subjects>, n_list_sources>;
  Table met{}, held{}, let_go{}, protection{};
  std::array<std::int64_t, n_replays> replay{};
  /// Per pair of systems (pair_number): matches lost without it, gained with it.
  std::array<std::int64_t, most_pairs> lost_without{}, gained_with{};

  [[nodiscard]] std::span<std::int64_t> all() {
    return {reinterpret_cast<std::int64_t*>(this), sizeof(SharingCounts) / sizeof(std::int64_t)};
  }
};
static_assert(std::is_standard_layout_v<SharingCounts>);

/// Number of the pair a < b: (0, 1), (0, 2), (1, 2), (0, 3), ..
[[nodiscard]] constexpr std::size_t pair_number(std::size_t a, std::size_t b) {
  return b * (b - 1) / 2 + a;
}

}  // namespace corridor::simulation
