// SPDX-License-Identifier: Apache-2.0
/// \file actor_story.hpp  What became of one fighter, consignment, courier or case of money, from
/// the events that a result keeps one by one.
///
/// Ordinary journeys can be made again from their id (explain.hpp). What adaptive people do depends
/// on all that happened to them before, so it is read: a result with full traces has it, a result
/// by class of place has not, and says why. Ids: the 16 hex digits of a journey of theirs or of a
/// consignment (/actors/event_id), or "fighter/N", "consignment/N", "cash-courier/N", "money/N".
/// Checked in
/// tests/models/simulation/test_actor_story.cpp.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/result_reader.hpp"

namespace corridor::simulation {

/// Whom a story is about.
struct ActorName {
  enum class Kind : std::uint8_t { fighter, consignment, courier_of_cash, money };
  Kind kind = Kind::fighter;
  std::uint64_t number = 0;
  friend bool operator==(const ActorName&, const ActorName&) = default;
};
/// \returns nothing when the text names nobody of them, such as an ordinary trip.
[[nodiscard]] std::optional<ActorName> parse_actor_name(std::string_view text);
/// As parse_actor_name reads it.
[[nodiscard]] std::string text(const ActorName& name);

struct ActorStory {
  ActorName name;
  struct Event {
    std::int32_t day = 0;
    std::string date, what, from, to, who, amount;  ///< "" = does not apply
  };
  std::vector<Event> events;  ///< in order of time
  bool truncated = false;     ///< the result had no room for the last events of the run

  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::ordered_json json() const;
};

/// \throws ResultError when the result keeps no such traces, or holds nothing of that name
[[nodiscard]] ActorStory actor_story(const ResultReader& result, std::int64_t replicate,
                                     const ActorName& name);

}  // namespace corridor::simulation
