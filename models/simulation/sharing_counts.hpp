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
/// By kind of record (by_list): what a search found at primary, each kind by the nearest source
/// that showed it; a person found by two kinds counts in both.
///
/// Expected: of those who were reviewed with a hit on a right record of them and had their chance
/// (control::had_his_chance), the chances to be held, by source; in millionths.
///
/// Of each system: queries and how long they take (exchange.hpp), requests to originators on hits
/// that it showed, and what these have answered (requests.hpp).
///
/// What is done twice, at each hit that was reviewed. A post asks its own list first, then systems
/// in their order; a record counts where it was shown and the search that found the person is of
/// its kind:
///
///     double record   one of the same kind that means the same, beyond the first that was shown;
///                     of the first system that shows it
///     double query    to a system that shows some record, and none that the post's own list or a
///                     system before it had not shown
///
/// Of persons with something illicit at a post on whom somebody has a record (knowledge):
///
///     gap      from the day on which somebody knew to the day on which this post was first shown
///              something, or to this crossing: somebody knew, and who could act did not. Records
///              older than every run tell no days and are left out
///     pooled   m-th smallest day over all records of him (m = records.pieces; a piece is a kind
///     and
///              a country) until the day on which one system, or one country's list, holds m, or
///              this crossing: whether nobody alone ever did is counted too
///
/// Wrongly held: after a hit, with nothing illicit; his minutes are those of review and inspection,
/// and until the originator answers (at most requests.hold_hours) where the record is another
/// country's.
///
/// Posts are ranked by class, of kind and income of their country: of the same persons, how many
/// the post would not have found by its country's own records, and how many more it would have if
/// it could ask all systems of its country (permissions as they were).
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
#include <string_view>
#include <type_traits>

#include "models/control/secondary.hpp"
#include "models/cooperation/organisations.hpp"
#include "models/cooperation/subjects.hpp"
#include "models/risk/risk_params.hpp"
#include "models/simulation/control_tables.hpp"
#include "sim/parallel.hpp"

namespace corridor::simulation {

inline constexpr std::size_t n_list_sources = 5;   ///< risk::ListSource
inline constexpr std::size_t n_replays = 3;        ///< none, policy, full
inline constexpr std::size_t n_post_classes = 12;  ///< kind of place x income of the country
inline constexpr std::size_t most_pairs =
    cooperation::most_systems * (cooperation::most_systems - 1) / 2;

/// What is counted of a system.
enum class SystemMeasure : std::uint8_t {
  queries,
  unanswered,     ///< expected: beyond its capacity
  query_ms,       ///< milliseconds that queries take, summed
  requests,       ///< all to originators
  permissions,    ///< of these: for what an H2 record says
  channel,        ///< of these: the same through another channel
  second_record,  ///< of these: about a second record of the same person
  answered,       ///< taken up by originators
  answer_days,    ///< days from a crossing to the answer, summed over these
  refused,
  backlog,         ///< waiting at the end of the day
  double_records,  ///< at reviewed hits: a second record of the person
  double_queries   ///< at reviewed hits: queries whose answer was known
};
inline constexpr std::size_t n_system_measures = 13;
constexpr std::string_view name(SystemMeasure m) {
  constexpr std::array<std::string_view, n_system_measures> names{
      "queries",
      "queries not answered",
      "milliseconds of queries",
      "requests",
      "requests for permission",
      "requests through a second channel",
      "requests about a second record",
      "requests answered",
      "days to these answers",
      "permissions refused",
      "requests waiting",
      "double records at hits",
      "double queries at hits"};
  return names[static_cast<std::size_t>(m)];
}

/// What is counted of what was known of those who passed, and of who was held wrongly.
enum class Knowledge : std::uint8_t {
  gap_crossings,
  gap_days,
  pooled_crossings,
  pooled_days,
  never_one,
  wrongly_held,
  wrongly_held_minutes
};
inline constexpr std::size_t n_knowledge = 7;
constexpr std::string_view name(Knowledge k) {
  constexpr std::array<std::string_view, n_knowledge> names{
      "crossings of persons known somewhere",
      "days from knowing to who could act",
      "crossings of persons on whom all records suffice",
      "days by which all records were earlier than one system's",
      "of these crossings, no one system's sufficed",
      "persons wrongly held after a hit",
      "minutes for which they were held"};
  return names[static_cast<std::size_t>(k)];
}

struct SharingCounts {
  using Table = std::array<std::array<std::int64_t, cooperation::n_subjects>, n_list_sources>;
  Table met{}, held{}, let_go{}, protection{};
  std::array<std::array<std::int64_t, n_list_sources>, risk::n_lists> by_list{};
  std::array<std::int64_t, n_list_sources> expected{};
  /// Of those of whom a list told and whom another source named for secondary, by that source:
  /// held, and the chances to be in millionths.
  std::array<std::int64_t, control::n_sources> told_held{}, told_expected{};
  std::array<std::int64_t, n_replays> replay{};
  /// Per pair of systems (pair_number): matches lost without it, gained with it.
  std::array<std::int64_t, most_pairs> lost_without{}, gained_with{};
  /// Per class of post (post_class): matches lost without its connection, gained with one.
  std::array<std::array<std::int64_t, 2>, n_post_classes> posts{};

  std::array<std::array<std::int64_t, n_system_measures>, cooperation::most_systems> systems{};
  std::array<std::int64_t, n_knowledge> knowledge{};

  [[nodiscard]] std::int64_t& of(std::size_t system, SystemMeasure m) {
    return systems[system][static_cast<std::size_t>(m)];
  }
  [[nodiscard]] std::int64_t& of(Knowledge k) { return knowledge[static_cast<std::size_t>(k)]; }
  [[nodiscard]] std::span<std::int64_t> all() {
    return {reinterpret_cast<std::int64_t*>(this), sizeof(SharingCounts) / sizeof(std::int64_t)};
  }
};
static_assert(std::is_standard_layout_v<SharingCounts>);

[[nodiscard]] constexpr std::size_t post_class(const PostRow& post) {
  return std::size_t{post.kind} * cooperation::n_income_classes + post.income_class;
}

/// Number of the pair a < b: (0, 1), (0, 2), (1, 2), (0, 3), ..
[[nodiscard]] constexpr std::size_t pair_number(std::size_t a, std::size_t b) {
  return b * (b - 1) / 2 + a;
}

}  // namespace corridor::simulation
