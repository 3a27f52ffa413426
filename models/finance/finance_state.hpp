// SPDX-License-Identifier: Apache-2.0
/// \file finance_state.hpp  What the room carries from day to day: a value that is saved, loaded,
/// copied and branched.
#pragma once

#include <cstdint>
#include <vector>

#include "models/finance/books.hpp"

namespace corridor::finance {

/// Money in a layer of laundering (laundering.hpp).
struct Lot {
  std::uint64_t id = 0;  ///< group << 32 | number of the group's lots
  Cents cents = 0;
  std::uint32_t group = 0, layer = 1;
  std::int32_t begun = 0, due = 0;  ///< of the layer: it leaves on the day `due`
  friend bool operator==(const Lot&, const Lot&) = default;
};

/// Where frozen money came from, and goes back to.
enum class Origin : std::uint32_t { cash, bank, assets };

/// Money that the state holds until a court decides (recovery.hpp).
struct FrozenCase {
  std::uint64_t id = 0;  ///< kind << 56 | part << 48 | what it is about
  Cents cents = 0;
  std::uint32_t group = 0;
  Origin origin = Origin::cash;
  std::int32_t opened = 0, due = 0;
  friend bool operator==(const FrozenCase&, const FrozenCase&) = default;
};

/// Cash with a courier (cash_home.hpp); by person.
struct CashOnTheWay {
  std::uint64_t person = 0;  ///< group << 24 | number of the group's couriers
  Cents cents = 0;
  std::uint32_t group = 0, country = 0;  ///< where it comes from
  std::int32_t day = 0;
  std::uint32_t declared = 0;
  friend bool operator==(const CashOnTheWay&, const CashOnTheWay&) = default;
};

/// One of a facilitator's people, in custody until he is replaced (facilitators.hpp).
struct Arrested {
  std::uint32_t facilitator = 0;
  std::int32_t replaced = 0;  ///< day on which another one works in his place
  friend bool operator==(const Arrested&, const Arrested&) = default;
};

struct GroupMoney {
  std::uint64_t lots = 0, couriers = 0;  ///< numbered so far
  Cents need = 0;                        ///< a month: at least the group's own, else what it spends
  Cents seized = 0;                      ///< to date, for good
  Cents restored = 0;                    ///< to date, given back after freezing
  double freeze_factor = 1;              ///< on the hazard; other models change it
  friend bool operator==(const GroupMoney&, const GroupMoney&) = default;
};

struct FinanceState {
  Books books;
  std::vector<GroupMoney> groups;
  std::vector<Lot> lots;
  std::vector<FrozenCase> cases;
  std::vector<CashOnTheWay> on_the_way;
  std::vector<Arrested> arrested;
  std::vector<std::uint32_t> services;  ///< [facilitator][group], of this month

  template <class A>
  void visit(A& a) {
    books.visit(a);
    a(groups);
    a(lots);
    a(cases);
    a(on_the_way);
    a(arrested);
    a(services);
  }
  friend bool operator==(const FinanceState&, const FinanceState&) = default;
};

}  // namespace corridor::finance
