// SPDX-License-Identifier: Apache-2.0
/// \file day_tally.hpp  What is counted of people on a day, and how many people each count stands
/// for.
///
/// With scale s one traveller of the streamed population stands for 1/s of them; people of other
/// models (travel/injected.hpp) stand for themselves. So they are counted apart, and
///
///     told = ordinary / s + alone
///
/// With s = 1 everybody is counted in one, and nothing is weighted. Checked in
/// tests/models/simulation/test_day_tally.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "models/control/secondary.hpp"
#include "models/simulation/place_counts.hpp"
#include "models/simulation/sharing_counts.hpp"
#include "models/simulation/state.hpp"
#include "models/travel/trip_id.hpp"

namespace corridor::simulation {

/// What kinds of secondary did on a day.
using DayKinds = std::array<control::KindCounts, control::n_kinds>;
[[nodiscard]] inline std::span<std::int64_t> all_of(DayKinds& kinds) {
  return {&kinds[0].sent_on, sizeof(DayKinds) / sizeof(std::int64_t)};
}

struct DayTally {
  DayCounts counts;
  SharingCounts sharing;                                    ///< only with a file of organisations
  PlaceCounts places;                                       ///< likewise
  DayKinds kinds{};                                         ///< only with kinds of secondary
  std::array<std::int64_t, control::n_sources> expected{};  ///< to be held, in millionths

  /// Adds others and sets them to zero.
  void take(DayTally& others);
  void weigh(double weight);
};

struct DayTallies {
  bool whole = true;  ///< scale 1: everybody is counted as ordinary
  DayTally ordinary, alone;

  [[nodiscard]] DayTally& of(bool stands_alone) {
    return whole || !stands_alone ? ordinary : alone;
  }
  [[nodiscard]] DayTally& of_trip(std::uint64_t trip) { return of(travel::is_injected(trip)); }
  void take(DayTallies& others);
  /// What they stand for together; leaves them empty.
  [[nodiscard]] DayTally told(double scale);
};

}  // namespace corridor::simulation
