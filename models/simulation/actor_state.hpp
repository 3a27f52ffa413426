// SPDX-License-Identifier: Apache-2.0
/// \file actor_state.hpp  What the models of those who hide in the crowd carry from day to day, and
/// what they did, one by one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/cargo/cargo_tables.hpp"
#include "models/fighters/fighters_state.hpp"
#include "models/finance/finance_state.hpp"
#include "models/simulation/cargo_state.hpp"
#include "models/simulation/customs_capacity.hpp"
#include "models/trafficking/trafficking_state.hpp"

namespace corridor::simulation {

/// A value. Models that are off leave theirs empty.
struct ActorState {
  trafficking::TraffickingState trade;
  fighters::FightersState fighters;
  finance::FinanceState money;
  CargoState cargo;
  std::array<CargoCounts, cargo::n_modes> cargo_month{};  ///< of the open month
  std::vector<trafficking::SeizureRow> seizures;          ///< of the open month
  std::vector<trafficking::SeizureRow> unpublished;       ///< that statistics will hold one day
  std::vector<std::int64_t> deliveries;  ///< of the open month: cases, [substance][class of place]
  // Of the month before (actors.hpp).
  std::vector<std::uint32_t> nodes_before;
  std::vector<std::int64_t> corridors_before;
  CustomsCapacity customs;  ///< under cargo.capacity

  template <class A>
  void visit(A& a) {
    trade.visit(a);
    fighters.visit(a);
    money.visit(a);
    cargo.visit(a);
    a(cargo_month);
    a(seizures);
    a(unpublished);
    a(deliveries);
    a(nodes_before);
    a(corridors_before);
    a(customs);
  }
};

/// What happened, one by one: a row of /actors/events.
enum class ActorEventKind : std::uint8_t {
  journey_begun,
  journey_ended,  ///< detail: travel::JourneyEnd
  fighter,        ///< detail: fighters::Event
  record,         ///< somebody became known; detail: fighters::Quality
  consignment,    ///< sent; detail: trafficking::CargoMode
  seizure,        ///< detail: trafficking::CargoMode
  report,         ///< of a seizure, on the day on which it is published
  delivery,       ///< at a market
  money,          ///< detail: finance::EventKind
  transfer,       ///< detail: finance::Entry
};
inline constexpr std::size_t n_actor_event_kinds = 10;
static_assert(static_cast<std::size_t>(ActorEventKind::transfer) + 1 == n_actor_event_kinds);
constexpr std::string_view name(ActorEventKind k) {
  constexpr std::array<std::string_view, n_actor_event_kinds> names{
      "journey begun", "journey ended", "fighter",  "record", "consignment",
      "seizure",       "report",        "delivery", "money",  "transfer"};
  return names[static_cast<std::size_t>(k)];
}

struct ActorEvent {
  std::uint64_t id = 0;     ///< trip, person or consignment
  std::int64_t amount = 0;  ///< grams of goods, cents of money, persons of a party
  std::int32_t day = 0;
  std::int32_t origin = -1, destination = -1;  ///< countries; -1 = none
  std::int32_t who = -1;                       ///< organisation or group; -1 = none
  ActorEventKind kind = ActorEventKind::journey_begun;
  std::uint8_t detail = 0;
};

}  // namespace corridor::simulation
