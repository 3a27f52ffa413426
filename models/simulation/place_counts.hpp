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
///     held[s]          by what told of him: the nearest list that means him, whoever named him;
///                      else primary's referral, rules, the random draw that did
///     expected[s]      the chances to be held of whoever was reviewed and had his chance
///                      (control::had_his_chance), by the same; in millionths
///
/// and gave: found elsewhere, by a record that c made (asked to confirm it, requests.hpp); asked,
/// answered, answer_days: requests to c; inspected, officer_minutes: at all posts of c; knowledge:
/// as sharing_counts.hpp says, of crossings there. A journey is far when its posts on that way lie
/// in two or more regions (those of UN Tourism); of these everything but what is asked of
/// countries, done at posts, and expected of rules, referral and draw is counted. With a file of
/// organisations alone. Not in results: `corridor compare` adds them up by organisation
/// (compare/parties.hpp). Checked in tests/models/compare/test_parties.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "models/control/secondary.hpp"
#include "models/risk/feature_columns.hpp"
#include "models/simulation/sharing_counts.hpp"

namespace corridor::simulation {

enum class PlaceMeasure : std::uint8_t {
  found,
  by_list,
  by_others,
  wrongly_stopped,
  gave,
  asked,
  answered,
  answer_days,
  inspected,
  officer_minutes
};
inline constexpr std::size_t n_place_measures = 10;

/// What told of somebody: a list where one did, at primary or in secondary, else who named him.
enum class InfoSource : std::uint8_t { own, regional, i247, bridge, referral, rules, random };
inline constexpr std::size_t n_info_sources = 7;
/// \param hit  the nearest list that means him \returns nothing where none does
[[nodiscard]] constexpr std::optional<InfoSource> told_by(risk::ListSource hit) {
  switch (hit) {
    case risk::ListSource::national:
      return InfoSource::own;
    case risk::ListSource::regional:
      return InfoSource::regional;
    case risk::ListSource::international:
      return InfoSource::i247;
    case risk::ListSource::bridge:
      return InfoSource::bridge;
    case risk::ListSource::none:
      break;
  }
  return std::nullopt;
}
/// \returns nothing of lists: whose they are, told_by says
[[nodiscard]] constexpr std::optional<InfoSource> named_by(control::Source source) {
  switch (source) {
    case control::Source::referral:
      return InfoSource::referral;
    case control::Source::rules:
      return InfoSource::rules;
    case control::Source::random:
      return InfoSource::random;
    case control::Source::list:
      break;
  }
  return std::nullopt;
}

struct PlaceRow {
  std::array<std::int64_t, n_place_measures> counts{};
  std::array<std::int64_t, n_info_sources> held{}, expected{};
  std::array<std::int64_t, n_knowledge> knowledge{};

  [[nodiscard]] std::int64_t& of(PlaceMeasure m) { return counts[static_cast<std::size_t>(m)]; }
  [[nodiscard]] std::span<std::int64_t> all() {
    return {counts.data(), sizeof(PlaceRow) / sizeof(std::int64_t)};
  }
};
static_assert(std::is_standard_layout_v<PlaceRow>);

struct PlaceCounts {
  std::vector<PlaceRow> of_country;
  PlaceRow far;

  /// The rows of what happens in a country on a journey.
  template <class Use>
  void each(std::size_t country, bool is_far, Use&& use) {
    use(of_country[country]);
    if (is_far) use(far);
  }
};

}  // namespace corridor::simulation
