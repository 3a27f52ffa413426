// SPDX-License-Identifier: Apache-2.0
/// \file desk.hpp  What every part of the room works with: parameters, actors, the state, and what
/// is reported; and the room's draws.
///
/// Purpose::finance; the index says which decision, the id whose: a lot, a case, a courier, a group
/// or a facilitator, numbered within its group, so that one more of them moves nobody else's draws.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/finance/finance_params.hpp"
#include "models/finance/finance_state.hpp"
#include "sim/random.hpp"
#include "sim/samplers.hpp"

namespace corridor::finance {

/// Something that happened to money, one by one.
enum class EventKind : std::uint8_t {
  lot_frozen,     ///< a lot was found while it was laundered
  bank_frozen,    ///< laundered money, by an investigation
  assets_frozen,  ///< assets, by an investigation
  cash_held,      ///< declared cash, at a border
  cash_seized,    ///< undeclared cash, at a border
  confiscated,
  restored,
  courier_sent,
  declared,   ///< cash, by a courier who departs
  cash_home,  ///< moved home by a facilitator
  arrested,   ///< one of a facilitator's people
  replaced,
};
inline constexpr std::size_t n_event_kinds = 12;
static_assert(static_cast<std::size_t>(EventKind::replaced) + 1 == n_event_kinds);
constexpr std::string_view name(EventKind k) {
  switch (k) {
    case EventKind::lot_frozen:
      return "lot frozen";
    case EventKind::bank_frozen:
      return "bank frozen";
    case EventKind::assets_frozen:
      return "assets frozen";
    case EventKind::cash_held:
      return "cash held";
    case EventKind::cash_seized:
      return "cash seized";
    case EventKind::confiscated:
      return "confiscated";
    case EventKind::restored:
      return "restored";
    case EventKind::courier_sent:
      return "courier sent";
    case EventKind::declared:
      return "declared";
    case EventKind::cash_home:
      return "cash home";
    case EventKind::arrested:
      return "arrested";
    case EventKind::replaced:
      return "replaced";
  }
  return "?";
}

struct FinanceEvent {
  std::uint64_t id = 0;  ///< of the lot, case or person; of a facilitator his row
  Cents cents = 0;
  std::int32_t day = 0;
  std::uint32_t group = no_group;
  EventKind kind = EventKind::confiscated;
  std::uint16_t country = no_country;
  friend bool operator==(const FinanceEvent&, const FinanceEvent&) = default;
};

/// Which decision a draw is for: the index of Purpose::finance. Numbers are for ever.
enum class Decision : std::uint16_t {
  layer = 0,
  verdict_delay = 1,
  verdict = 2,
  investigation = 3,
  declaration = 4,
  shared = 5,
  arrest = 6,
  replacement = 7,
};

/// Uniform in [0, 1).
[[nodiscard]] inline double uniform(sim::RunKey key, Decision decision, std::uint64_t id,
                                    std::int32_t day) {
  const sim::Block b =
      sim::draw(key, sim::Purpose::finance, id, day, static_cast<std::uint16_t>(decision));
  return sim::uniform53(sim::bits64(b[0], b[1]));
}

/// Whole days of an exponential time with this mean, at least 1.
[[nodiscard]] inline std::int32_t exponential_days(double mean, double u) {
  return 1 + static_cast<std::int32_t>(sim::exponential(mean, u));
}

struct Desk {
  const FinanceParams& params;
  const Actors& actors;
  sim::RunKey key;
  FinanceState& state;
  std::vector<FinanceEvent>& events;

  [[nodiscard]] double uniform(Decision decision, std::uint64_t id, std::int32_t day) const {
    return finance::uniform(key, decision, id, day);
  }
  /// Whether chance takes the expected share of everything instead of whole lots and cases.
  [[nodiscard]] bool by_share() const { return params.recovery == "share"; }
  [[nodiscard]] Ledger& ledger() const { return state.books.ledger(); }
};

}  // namespace corridor::finance
