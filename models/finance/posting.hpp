// SPDX-License-Identifier: Apache-2.0
/// \file posting.hpp  Money that a group earns or spends, as the models that act say it; the ledger
/// (ledger.hpp) turns each posting into a debit and a credit of the same integer cents.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace corridor::finance {

inline constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();

inline constexpr std::uint16_t no_country = std::numeric_limits<std::uint16_t>::max();

/// What money was for. Unless said otherwise it moves between the group's cash and the accounts of
/// the rest of the world.
enum class Item : std::uint8_t {
  sale,         ///< users pay the group
  purchase,     ///< the group pays producers or another group (`other`)
  transport,    ///< to carriers
  bribe,        ///< to officials
  wages,        ///< to couriers and members
  facilitator,  ///< to a facilitator: documents, money, logistics (`other` = its row): one service
  ticket,       ///< a traveller's fare
  own_means,    ///< income of a person's own that pays for a journey: from the legal economy
  transfer,     ///< from the group to another (`other`)
};
inline constexpr std::size_t n_items = 9;
constexpr std::string_view name(Item i) {
  switch (i) {
    case Item::sale:
      return "sale";
    case Item::purchase:
      return "purchase";
    case Item::transport:
      return "transport";
    case Item::bribe:
      return "bribe";
    case Item::wages:
      return "wages";
    case Item::facilitator:
      return "facilitator";
    case Item::ticket:
      return "ticket";
    case Item::own_means:
      return "own means";
    case Item::transfer:
      return "transfer";
  }
  return "?";
}

struct Posting {
  std::int64_t cents = 0;   ///< above 0
  std::uint32_t group = 0;  ///< or no_group: a person on his own, whose purse is the legal economy
  std::uint32_t other = no_group;
  std::int32_t day = 0;
  Item item = Item::sale;
  std::uint16_t country = no_country;  ///< where cash changes hands; no_country = the group's home
  friend bool operator==(const Posting&, const Posting&) = default;
};

}  // namespace corridor::finance
