// SPDX-License-Identifier: Apache-2.0
/// \file fighters_state.hpp  Everything about people who set out that changes from day to day, as a
/// value; and the counts that come of it.
///
/// A party travels, waits and is stopped as one; counts are of people. Every party is in exactly
/// one stage, so that at any time
///
///     mobilised = planning + travelling + at a gateway + in the zone + on the way back
///                 + gave up + held + protected + lost + returned + relocated
///     attempted = under way + arrived + refused + held on the way out + protected + turned back
///                 + no route
///
/// Checked in tests/models/fighters/test_fighters.cpp every day of every run there.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/fighters/perceived_risk.hpp"
#include "models/fighters/road.hpp"

namespace corridor::fighters {

enum class Stage : std::uint8_t { planning, travelling, layover, at_gateway, in_zone, ended };
enum class Heading : std::uint8_t { zone, home, elsewhere };
enum class Fate : std::uint8_t { none, gave_up, held, protection, lost, returned, relocated };

/// What a home service holds of somebody. In the order of how surely it finds him.
enum class Quality : std::uint8_t { name, birth_date, biometric };
inline constexpr std::size_t n_qualities = 3;
static_assert(static_cast<std::size_t>(Quality::biometric) + 1 == n_qualities);
constexpr std::string_view name(Quality q) {
  switch (q) {
    case Quality::name:
      return "name";
    case Quality::birth_date:
      return "birth date";
    case Quality::biometric:
      return "biometric";
  }
  return "?";
}

/// Whether an attempt leads round the posts of its gateway, and whether they are behind it.
enum class Round : std::uint8_t { no, ahead, done };

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();
inline constexpr std::uint8_t most_tickets = 250;
// Bits of a party's id: 16 of the day, 12 of the stream, 12 of the number of the day.
inline constexpr std::uint32_t most_streams = 4096, most_a_day = 4095;

/// One party. Its id is (day of resolve, stream, number of the day): the same party has the same id
/// and draws whatever happens to others.
/// `quality`, `registered` and `known_day` are of the record of its first member.
struct Party {
  std::uint64_t id = 0;
  std::int64_t means_cents = 0;  ///< of each person
  std::int32_t resolved = 0, next_day = never, known_day = never, refused_day = -1;
  std::uint16_t stream = 0, origin = 0, here = 0, zone = 0;
  std::uint16_t gateway = nowhere, refused_gateway = nowhere;     ///< in Road::gateways()
  std::array<std::uint16_t, 3> route{nowhere, nowhere, nowhere};  ///< countries still to reach
  std::uint16_t next_zone = nowhere;                              ///< of who relocates to one
  std::uint8_t n_route = 0, step = 0;
  Stage stage = Stage::planning;
  Heading heading = Heading::zone;
  Fate fate = Fate::none;
  Quality quality = Quality::name;
  std::uint8_t size = 1, minor = 0, irregular = 0, registered = 0;
  std::uint8_t attempts = 0, tickets = 0, by_post = 0, leaving = 0;
  std::uint8_t stopped = 0;  ///< 1: a post that sent all back registered them
  Round round = Round::no;
  std::array<std::uint8_t, 4> spare{};
};
static_assert(std::is_trivially_copyable_v<Party> &&
              std::has_unique_object_representations_v<Party>);  // equal states are equal bytes

enum class Count : std::uint8_t {
  mobilised,
  attempted,
  waited,       ///< chose to wait
  delayed,      ///< waited, and untaught and without policies would have gone
  diverted,     ///< went by another gateway than untaught and without policies
  refused,      ///< stopped on the way out and sent back
  held,         ///< detained or seized on the way out
  protected_,   ///< referred to protection on the way out
  turned_back,  ///< from the last step
  no_route,     ///< no ticket after all
  arrived,      ///< in the zone
  gave_up,
  returned,
  relocated,  ///< left the zone and reached a third country or another zone's gateway
  lost,       ///< killed or held in the zone
  held_back,  ///< held on the way back or on
};
inline constexpr std::size_t n_counts = 16;
constexpr std::string_view name(Count c) {
  constexpr std::array<std::string_view, n_counts> names{
      "mobilised",   "attempted", "waited",  "delayed",
      "diverted",    "refused",   "held",    "protected",
      "turned back", "no route",  "arrived", "gave up",
      "returned",    "relocated", "lost",    "held on the way back"};
  return names[static_cast<std::size_t>(c)];
}
using Counts = std::array<std::uint32_t, n_counts>;
constexpr std::size_t at(Count c) { return static_cast<std::size_t>(c); }

struct GatewayCounts {
  std::uint32_t attempted = 0, arrived = 0, stopped = 0;
  friend bool operator==(const GatewayCounts&, const GatewayCounts&) = default;
};

struct FightersState {
  std::int32_t day = -1;           ///< last day decided
  std::vector<double> excitation;  ///< by stream
  std::vector<double> parties;     ///< by stream: so far
  Beliefs beliefs;
  std::vector<Party> people;               ///< by id; kept for good
  std::vector<std::uint32_t> active;       ///< rows of `people` that have not ended
  std::vector<std::uint32_t> no_route;     ///< pairs found closed: origin << 16 | destination
  std::vector<Counts> month;               ///< by country of origin, since the last close
  std::vector<GatewayCounts> at_gateways;  ///< by gateway, since the last close

  template <class A>
  void visit(A& a) {
    a(day);
    a(excitation);
    a(parties);
    beliefs.visit(a);
    a(people);
    a(active);
    a(no_route);
    a(month);
    a(at_gateways);
  }
};

/// People by where they are.
struct Census {
  std::uint64_t planning = 0, travelling = 0, at_gateway = 0, in_zone = 0, on_the_way_back = 0;
  std::uint64_t gave_up = 0, held = 0, protection = 0, lost = 0, returned = 0, relocated = 0;
  std::uint64_t under_way = 0;  ///< travelling or at a gateway: attempts that have not ended
  [[nodiscard]] std::uint64_t all() const {
    return planning + travelling + at_gateway + in_zone + on_the_way_back + gave_up + held +
           protection + lost + returned + relocated;
  }
};
[[nodiscard]] Census census(const FightersState& state);

}  // namespace corridor::fighters
