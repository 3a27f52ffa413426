// SPDX-License-Identifier: Apache-2.0
/// \file secondary.hpp  Who of an hour's candidates is taken aside, and what the inspection finds.
///
/// Order. Candidates of one post and hour stand in one total order: source (list, rules, referral,
/// random), score from high to low, tie draw, trip, way, member. A person who is named by several
/// sources counts once, under the first. Cut. An hour has 60 * places place-minutes, less those
/// that earlier inspections still take. An inspection starts while a minute is free and may run on
/// into the next hours:
///
///     n = ceil( max(0, 60 places - carry) / minutes ),   carry' = max(0, carry + minutes *
///     selected - 60 places)
///
/// Of the n, a share `random_floor` is kept for candidates drawn at random (a fraction of a place
/// by a keyed draw), so that what the other sources miss can be estimated; what they leave goes to
/// the others. Outcome. One draw of Purpose::review per inspected person: refused with chance
/// `sensitivity` when the documents are irregular, 1 - specificity when they are not. Score and
/// source do not enter. Raising a chance only adds refusals.
///
/// | symbol      | in code            | unit | domain | default and origin |
/// |-------------|--------------------|------|--------|-------------------------------------------------|
/// | minutes     | minutes            | min  | >= 1   | control.secondary.minutes (BRD-022, recall)
/// | | places      | places             | 1    | >= 0   | staffing.hpp, from control.secondary.rate
/// | | floor       | random_floor       | 1    | [0, 1] | control.secondary.random_floor, 10 %
/// (assumed)  |
///
/// Limits. No places: nobody is selected. Not modelled: the spread of durations, waiting for
/// secondary (who finds no place passes on, and is counted as turned away), officers who work
/// faster under pressure. Checked in tests/models/control/test_secondary.cpp: M4 and M7 of the
/// accounting identities, any order of input gives the same, shares of outcomes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/control/control_params.hpp"
#include "sim/random.hpp"

namespace corridor::control {

/// Why somebody is a candidate; a lower number comes first.
enum class Source : std::uint8_t { list, rules, referral, random };
inline constexpr std::size_t n_sources = 4;
constexpr std::string_view name(Source s) {
  switch (s) {
    case Source::list:
      return "list";
    case Source::rules:
      return "rules";
    case Source::referral:
      return "referral";
    case Source::random:
      return "random";
  }
  return "?";
}

enum class Outcome : std::uint8_t { not_selected, cleared, refused };

struct Candidate {
  std::uint64_t trip = 0;
  std::uint32_t post = 0;
  std::uint32_t tie = 0;
  std::int32_t score = 0;
  std::uint8_t member = 0;
  std::uint8_t way = 0;   ///< 0 out, 1 back
  std::uint8_t hour = 0;  ///< UTC
  Source source = Source::random;
  bool irregular = false;  ///< truth: the documents are not in order
  Outcome outcome = Outcome::not_selected;
  std::array<std::uint16_t, 3> zero{};  ///< no padding: bytes of equal candidates are equal
  friend bool operator==(const Candidate&, const Candidate&) = default;
};
static_assert(sizeof(Candidate) == 32 && std::has_unique_object_representations_v<Candidate>);

/// Total order within one post and hour; \returns whether `a` is taken first.
[[nodiscard]] bool before(const Candidate& a, const Candidate& b);
/// The same, after post and hour: sorts a whole day.
[[nodiscard]] bool before_in_day(const Candidate& a, const Candidate& b);

struct SecondarySettings {
  std::int32_t minutes = 45;
  double random_floor = 0.1, sensitivity = 1, specificity = 1;
};
/// Minutes are rounded to whole ones.
[[nodiscard]] SecondarySettings secondary_settings(const ControlParams& params);

struct SecondaryCounts {
  std::int64_t candidates = 0;  ///< persons, each once
  std::int64_t selected = 0, cleared = 0, refused = 0, turned_away = 0;
  std::int64_t capacity = 0;  ///< inspections that could have started
  std::int64_t selected_by[n_sources] = {};
  void operator+=(const SecondaryCounts& other);
};

/// Inspections that can start in an hour.
[[nodiscard]] std::int64_t secondary_capacity(std::int32_t places, std::int32_t carry_minutes,
                                              std::int32_t minutes);

/// Settles one post and hour. Sorts `candidates` and sets their outcome; repeated persons stay
/// `not_selected`. \param carry_minutes  place-minutes that are taken beyond the beginning of this
/// hour; becomes that of the next \pre all candidates have the same post and hour. \throws
/// std::invalid_argument unless minutes >= 1
SecondaryCounts settle_secondary(std::span<Candidate> candidates, std::int32_t places,
                                 std::int32_t& carry_minutes, const SecondarySettings& settings,
                                 sim::RunKey key, std::int32_t day);

}  // namespace corridor::control
