// SPDX-License-Identifier: Apache-2.0
/// \file place_counts.hpp  Where a day's work was done and what came of it: by country of the post,
/// and on journeys that cross from one region of the world to another.
///
/// Of whoever is held (control::held, but not referred to protection) at a post of country c:
///
///     found            something illicit was with him
///     by_list          of them: a list named him and meant him
///     by_others        of them: the nearest list that named him is not c's own
///     wrongly_stopped  nothing was
///
/// and gave: found elsewhere, by a record that c made (asked to confirm it, requests.hpp); asked:
/// requests to c; inspected, officer_minutes: at all posts of c. A journey is far when its posts on
/// that way lie in two or more regions (those of UN Tourism); of these found to wrongly_stopped are
/// counted. With a file of organisations alone. Not in results: `corridor compare` adds them up by
/// organisation (compare/parties.hpp). Checked in tests/models/simulation/test_sharing_day.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace corridor::simulation {

enum class PlaceMeasure : std::uint8_t {
  found,
  by_list,
  by_others,
  wrongly_stopped,
  gave,
  asked,
  inspected,
  officer_minutes
};
inline constexpr std::size_t n_place_measures = 8;
using PlaceRow = std::array<std::int64_t, n_place_measures>;

struct PlaceCounts {
  std::vector<PlaceRow> of_country;
  PlaceRow far{};

  [[nodiscard]] std::int64_t& of(std::size_t country, PlaceMeasure m) {
    return of_country[country][static_cast<std::size_t>(m)];
  }
  [[nodiscard]] std::int64_t& of_far(PlaceMeasure m) { return far[static_cast<std::size_t>(m)]; }
};

}  // namespace corridor::simulation
