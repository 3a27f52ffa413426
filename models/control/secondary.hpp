// SPDX-License-Identifier: Apache-2.0
/// \file secondary.hpp  Who of an hour's candidates is reviewed and inspected, and with what
/// outcome.
///
/// Order. Candidates of one post and hour stand in one total order: source (list, referral, rules,
/// random), score from high to low, tie draw, trip, way, member. A person who is named by several
/// sources counts once, under the first.
///
/// Review. A person reviews each candidate before anything happens to the traveller. An hour has
/// 60 r minutes of r reviewers, less those that earlier reviews still take, so
///
///     n = ceil( max(0, 60 r - carry) / minutes ),   carry' = max(0, carry + minutes n' - 60 r)
///
/// candidates are reviewed (n' = how many there were for these n). Where review and inspection are
/// one staff, the minutes that reviewers have left are minutes of inspection as well. Of the n a
/// share `random_floor` is kept for candidates drawn at random (a fraction of a place by a keyed
/// draw), so that what the other sources miss can be estimated; what they leave goes to the others.
/// The reviewer sends on
///   - whoever was drawn at random, whatever names him beside, or referred by primary (an officer's
///     own judgement): always;
///   - a hit on a list: with `confirm_match` when it is the person, `confirm_false` when it is not;
///     one by biometrics needs a second confirmation as well (`second_match`,
///     `second_false`);
///   - a flag of the rules: with `forward_threat` when something is wrong, `forward_innocent` when
///   not.
///
/// Where officers let hits and flags pass against the rules (post_standing.hpp), the share
/// `ignored` of both is not sent on.
///
/// Inspection. Those sent on take the places of secondary in the same order, with the same floor
/// and the same formula (minutes and places of an inspection). One draw says what an inspection
/// finds: a threat with its `sensitivity`, and something in who has none with 1 - specificity.
/// Where there are kinds of secondary (secondary_kinds.hpp) each has its part of the places, its
/// minutes and its sensitivities, and the candidates that are sent to it.
///
/// Outcome. Nothing found: cleared. Irregular documents: refused, or protection when the person
/// asks for asylum; contraband and cash: seized; a person sought: detained; a fighter: detained
/// when a record names him, else refused. A minor is referred to protection whatever was found.
/// Protection is no detection and no gain. Score and source do not enter; raising a chance only
/// adds events.
///
/// | symbol  | in code                  | unit | domain | default and origin |
/// |---------|--------------------------|------|--------|---------------------------------------------|
/// | r       | Capacity::reviewers      | 1    | >= 0   | control.review.per_place of the places |
/// | minutes | review_minutes           | min  | >= 1   | control.review.minutes (assumed) | |
/// minutes | inspection_minutes       | min  | >= 1   | control.secondary.minutes (BRD-022, recall)
/// | | places  | Capacity::places         | 1    | >= 0   | staffing.hpp, from
/// control.secondary.rate   | | floor   | random_floor             | 1    | [0, 1] |
/// control.secondary.random_floor, 10 %        |
///
/// Limits. No reviewers: nobody is inspected. Not modelled: the spread of durations, waiting for
/// secondary (who finds no place passes on, and is counted), officers who work faster under
/// pressure. Checked in tests/models/control/test_secondary.cpp and test_review.cpp: M4, M7 and O3
/// of the accounting identities, case D4, any order of input gives the same, shares of outcomes.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/control/secondary_kinds.hpp"
#include "models/control/threat.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace corridor::control {

/// Why somebody is a candidate; a lower number comes first.
enum class Source : std::uint8_t { list, referral, rules, random };
inline constexpr std::size_t n_sources = 4;
constexpr std::string_view name(Source s) {
  switch (s) {
    case Source::list:
      return "list";
    case Source::referral:
      return "referral";
    case Source::rules:
      return "rules";
    case Source::random:
      return "random";
  }
  return "?";
}

enum class Outcome : std::uint8_t {
  not_reviewed,  ///< no reviewer was free, or the person stands under another source
  dismissed,     ///< by the reviewer
  no_place,      ///< sent on, but no place in secondary was free
  cleared,
  refused,
  detained,
  seized,
  protection
};
inline constexpr std::size_t n_outcomes = 8;
constexpr std::string_view name(Outcome o) {
  switch (o) {
    case Outcome::not_reviewed:
      return "not reviewed";
    case Outcome::dismissed:
      return "dismissed";
    case Outcome::no_place:
      return "no place";
    case Outcome::cleared:
      return "cleared";
    case Outcome::refused:
      return "refused";
    case Outcome::detained:
      return "detained";
    case Outcome::seized:
      return "seized";
    case Outcome::protection:
      return "protection";
  }
  return "?";
}
[[nodiscard]] constexpr bool inspected(Outcome o) { return o >= Outcome::cleared; }
/// He was reviewed, and would have found a place: whether he is held is up to the draws alone.
[[nodiscard]] constexpr bool had_his_chance(Outcome o) {
  return o != Outcome::not_reviewed && o != Outcome::no_place;
}
/// The person does not go on.
[[nodiscard]] constexpr bool held(Outcome o) { return o >= Outcome::refused; }

struct Candidate {
  std::uint64_t trip = 0;
  std::uint32_t post = 0;
  std::uint32_t tie = 0;
  std::int32_t score = 0;
  std::uint8_t member = 0;
  std::uint8_t way = 0;   ///< 0 out, 1 back
  std::uint8_t hour = 0;  ///< UTC
  Source source = Source::random;
  Threat threat = Threat::none;  ///< truth
  Outcome outcome = Outcome::not_reviewed;
  std::uint8_t found = 0;     ///< lists that answered: bit 0 documents, 1 names, 2 biometrics
  std::uint8_t matched = 0;   ///< those of them that mean this person
  std::uint8_t drawn = 0;     ///< 1: the random draw names him, whatever his source
  std::uint8_t minor = 0;     ///< 1: the officer meets a child
  std::uint8_t crossing = 0;  ///< number of the crossing on its way
  std::uint8_t flagged = 0;   ///< 1: the rules flag him, whatever his source
  friend bool operator==(const Candidate&, const Candidate&) = default;
};
/// What is written down: reviews with a hit, and whatever did not end with "cleared".
[[nodiscard]] constexpr bool is_event(const Candidate& c) {
  return held(c.outcome) || (c.found != 0 && c.outcome != Outcome::not_reviewed);
}
static_assert(sizeof(Candidate) == 32 && std::has_unique_object_representations_v<Candidate>);

/// Total order within one post and hour; \returns whether `a` is taken first.
[[nodiscard]] bool before(const Candidate& a, const Candidate& b);
/// The same, after post and hour: sorts a whole day.
[[nodiscard]] bool before_in_day(const Candidate& a, const Candidate& b);

struct SecondarySettings {
  std::int32_t review_minutes = 5, inspection_minutes = 45, protection_minutes = 0;
  double random_floor = 0.1;
  double forward_threat = 1, forward_innocent = 1;
  double confirm_match = 1, confirm_false = 1, second_match = 1, second_false = 1;
  std::array<double, n_threats> sensitivity{0, 1, 1, 1, 1, 1};
  double specificity = 1;
  double asylum = 0;
  double ignored = 0;          ///< share of hits and flags that officers let pass
  std::optional<Kinds> kinds;  ///< nothing: one kind, of `inspection_minutes` and `sensitivity`
};
/// Minutes are rounded to whole ones.
[[nodiscard]] SecondarySettings secondary_settings(const ControlParams& params);

/// Reviewers that stand behind so many places: at least one where there is a place.
[[nodiscard]] std::int32_t reviewers_for(std::int32_t places, const ControlParams& params);

struct Capacity {
  std::int32_t reviewers = 0, places = 0;
  bool one_staff = false;  ///< what reviewers have left of the hour serves inspections
};
/// Minutes that are taken beyond the beginning of the hour; becomes that of the next.
struct Carry {
  std::int32_t review = 0, inspection = 0;
  std::array<std::int32_t, n_kinds - 1> other_kinds{};  ///< `inspection` is that of the first
  [[nodiscard]] std::int32_t& of_kind(std::size_t k) {
    return k == 0 ? inspection : other_kinds[k - 1];
  }
  /// Nothing is taken.
  [[nodiscard]] bool none() const { return *this == Carry{}; }
  friend bool operator==(const Carry&, const Carry&) = default;
};

/// Persons, each once.
struct SecondaryCounts {
  std::array<std::int64_t, n_sources> candidates{};
  std::array<std::array<std::int64_t, n_outcomes>, n_sources> outcomes{};
  std::array<std::int64_t, n_outcomes> traveller_minutes{}, officer_minutes{};
  std::array<std::int64_t, n_threats> inspected_with{}, found_of{};  ///< by threat
  std::int64_t review_capacity = 0, inspection_capacity = 0;         ///< that could have started
  std::array<KindCounts, n_kinds> kinds{};                           ///< where there are kinds
  /// Expected to be held, in millionths: the chances of those who had theirs.
  std::array<std::int64_t, n_sources> expected{};

  /// All counts as one row of numbers, in the order of the members.
  [[nodiscard]] std::span<std::int64_t> all() {
    return {reinterpret_cast<std::int64_t*>(this), sizeof(SecondaryCounts) / sizeof(std::int64_t)};
  }
  void operator+=(SecondaryCounts other) { sim::drain(other.all(), all()); }
  [[nodiscard]] std::int64_t total() const;
  [[nodiscard]] std::int64_t with(Outcome outcome) const;  ///< over all sources
  [[nodiscard]] std::int64_t inspected() const;
  [[nodiscard]] std::int64_t reviewed() const { return total() - with(Outcome::not_reviewed); }
};

static_assert(std::is_standard_layout_v<SecondaryCounts>);

/// Whose counts are kept apart, by trip.
struct Apart {
  bool (*who)(std::uint64_t trip) = nullptr;
  SecondaryCounts counts;
};

/// Services of `minutes` that can start in an hour of so many servers, who have `more` minutes
/// beside their own.
[[nodiscard]] std::int64_t starts_in_hour(std::int32_t servers, std::int32_t carry_minutes,
                                          std::int32_t minutes, std::int32_t more = 0);

/// Where the hour was cut: the last candidate in order who was reviewed, and who was inspected, of
/// those not drawn at random and of those who were. A candidate before or equal to it in the order
/// was taken. `none` when nobody was, `all` when nobody was left over.
struct Cut {
  static constexpr std::uint64_t none = 0, all = ~std::uint64_t{0};
  std::uint64_t reviewed = all, reviewed_random = all, inspected = all, inspected_random = all;
  std::array<std::uint64_t, n_kinds - 1> other_kinds{all, all}, other_kinds_random{all, all};
  [[nodiscard]] std::uint64_t& of_kind(std::size_t k, bool random) {
    if (k > 0) return (random ? other_kinds_random : other_kinds)[k - 1];
    return random ? inspected_random : inspected;
  }
  [[nodiscard]] std::uint64_t of_kind(std::size_t k, bool random) const {
    return Cut(*this).of_kind(k, random);
  }
};
/// Place in the order as one number: source, score (within +-2^24), tie; equal only for persons who
/// are told apart by trip, way and member.
[[nodiscard]] std::uint64_t rank_key(const Candidate& c);

/// Kind of secondary to which a candidate is sent, 0 where there is one.
[[nodiscard]] std::size_t kind_of(const Candidate& c, const SecondarySettings& settings,
                                  sim::RunKey key, std::int32_t day);

/// Whether a reviewer sends a candidate on, and what an inspection of one who is sent on finds:
/// draws that belong to person, post and day.
[[nodiscard]] bool sent_on(const Candidate& c, const SecondarySettings& settings, sim::RunKey key,
                           std::int32_t day);
[[nodiscard]] Outcome finding(const Candidate& c, const SecondarySettings& settings,
                              sim::RunKey key, std::int32_t day);

/// Chance that a candidate is held, and not referred to protection, over the draws of review and
/// inspection: what is expected of who is reviewed and finds a place. His kind of secondary is as
/// drawn.
[[nodiscard]] double chance_held(const Candidate& c, const SecondarySettings& settings,
                                 sim::RunKey key, std::int32_t day);
/// Chances are added up in these, so that sums do not depend on their order.
[[nodiscard]] inline std::int64_t millionths(double chance) { return std::llround(1e6 * chance); }

/// Settles one post and hour. Sorts `candidates` and sets their outcome; repeated persons stay
/// `not_reviewed`. \param stand_ins  of whom nothing is counted, who take reviewers and places like
/// others: travellers of whom a scaled run has no trace. \param apart  nullptr: all are counted in
/// what is returned. \pre all candidates have the same post and
/// hour. \throws std::invalid_argument unless both services take at least a minute
SecondaryCounts settle_secondary(std::span<Candidate> candidates, Capacity capacity, Carry& carry,
                                 const SecondarySettings& settings, sim::RunKey key,
                                 std::int32_t day, Cut* cut = nullptr,
                                 std::span<const Candidate> stand_ins = {}, Apart* apart = nullptr);

}  // namespace corridor::control
