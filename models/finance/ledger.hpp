// SPDX-License-Identifier: Apache-2.0
/// \file ledger.hpp  A double-entry ledger in whole cents: accounts, entries, and the proof that
/// nothing appears or vanishes.
///
/// Model. An entry moves c >= 0 cents from one account to another, both or neither:
///
///     balance(from) -= c, out(from) += c;     balance(to) += c, in(to) += c
///
/// Every account opens with 0, so at any time, exactly,
///
///     sum over accounts of balance = 0,       balance = in - out for each account,
///     balance >= 0 for each account of a group but its debt, which is <= 0.
///
/// `check` verifies them and is called at the end of every day, in every build; what is
/// violated stops the run with what, where and when (LedgerError). Opening capital comes from the
/// account `past`, so that it is an entry like any other. Accounts of the world (users, carriers,
/// ...) may be negative: what they hold before and beside the scenario is not modelled. The account
/// `debt` is what a group owes: it is 0 or negative, and whoever it is owed to was credited.
///
/// | symbol | in code | unit      | domain                    | where it comes from          |
/// |--------|---------|-----------|---------------------------|------------------------------|
/// | c      | cents   | USD cents | [0, 2^63)                 | postings, rules of this room |
/// | share  | share   | 1         | [0, 1], on a grid of 1e-9 | parameters                   |
///
/// Rounding: a share of a sum is rounded down to whole cents (`share_of`); the remainder stays
/// where it was, it is never lost. Entries that would leave the range of 64 bits are refused.
/// Source. Pacioli (1494), Summa de arithmetica, tractatus XI: every entry twice.
/// Limits. The sum is taken modulo 2^64: exact for any number of accounts as their true sum is 0.
/// Checked in tests/models/finance/test_ledger.cpp: case L4, any sequence of entries (RapidCheck),
///   tampering found and told, overflow, a million entries.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/finance/posting.hpp"
#include "sim/error.hpp"

namespace corridor::finance {

using Cents = std::int64_t;
using AccountId = std::uint32_t;
inline constexpr Cents cents_per_usd = 100;

/// Whole cents of an amount in dollars, rounded to the nearest. \pre |usd| <= 1e15
[[nodiscard]] Cents from_usd(double usd);
/// floor(cents * share), with the share rounded to 1e-9. \pre cents >= 0, 0 <= share <= 1
[[nodiscard]] Cents share_of(Cents cents, double share);

enum class AccountKind : std::uint8_t {
  // Of a group.
  cash,         ///< at home
  cash_abroad,  ///< in a country where it earns; `index` = the country
  on_the_way,   ///< with couriers
  layer,        ///< being laundered; `index` = the layer from 1
  bank,         ///< laundered money
  assets,       ///< bought of it
  frozen,       ///< held by the state until a court decides
  debt,         ///< 0 or below: what it owes
  // Of the world.
  users,
  producers,
  carriers,
  officials,
  members,  ///< couriers and members, what they are paid
  launderers,
  legal_economy,
  treasury,     ///< seized and confiscated for good
  past,         ///< where opening capital comes from
  facilitator,  ///< `owner` = the facilitator
};
inline constexpr std::size_t n_account_kinds = 18;
std::string_view name(AccountKind kind);
constexpr bool of_a_group(AccountKind kind) { return kind <= AccountKind::debt; }
constexpr bool may_be_negative(AccountKind kind) { return kind >= AccountKind::debt; }

/// What an entry was for: the items of postings, then what happens within the room.
enum class Entry : std::uint8_t {
  sale,
  purchase,
  transport,
  bribe,
  wages,
  facilitator,
  ticket,
  own_means,
  transfer,
  receipt,  ///< the other side of a purchase or transfer between groups; no entry of its own
  opening,
  repayment,
  layering,
  laundering_fee,
  courier_sent,
  courier_arrived,
  courier_back,
  cash_home,  ///< through a facilitator for money
  spending,   ///< by the owners, for themselves
  investment,
  upkeep,  ///< assets sold and spent
  freeze,
  confiscation,
  restitution,
};
inline constexpr std::size_t n_entries = 24;
std::string_view name(Entry entry);
constexpr Entry entry_of(Item item) { return static_cast<Entry>(item); }
static_assert(entry_of(Item::transfer) == Entry::transfer);

struct Account {
  Cents balance = 0, in = 0, out = 0;
  std::uint32_t owner = no_group;
  std::uint16_t index = 0;
  AccountKind kind = AccountKind::past;
  std::uint8_t unused = 0;
  friend bool operator==(const Account&, const Account&) = default;
};

/// Cents and number of entries of a kind.
struct Turnover {
  Cents cents = 0;
  std::int64_t count = 0;
  friend bool operator==(const Turnover&, const Turnover&) = default;
};

/// Turnover of a group (no_group: persons on their own) on one day.
struct TransferRow {
  std::int32_t day = 0;
  std::uint32_t group = 0;
  Entry entry = Entry::sale;
  Turnover turnover;
  friend bool operator==(const TransferRow&, const TransferRow&) = default;
};

/// What must hold does not.
class LedgerError : public sim::InvariantError {
 public:
  LedgerError(const std::string& text, std::int32_t day, Cents expected, Cents found);
  [[nodiscard]] std::int32_t day() const { return day_; }
  [[nodiscard]] Cents expected() const { return expected_; }
  [[nodiscard]] Cents found() const { return found_; }

 private:
  std::int32_t day_;
  Cents expected_, found_;
};

class Ledger {
 public:
  Ledger() = default;
  /// \param n_groups  of which turnovers are kept
  explicit Ledger(std::uint32_t n_groups);

  /// A new account with 0 in it.
  AccountId open(AccountKind kind, std::uint32_t owner = no_group, std::uint16_t index = 0);

  /// Moves `cents`; nothing has changed when it throws. \param group  whose turnover it is, or
  /// no_group. \throws LedgerError when `cents` is negative, the account may not go so low, or a
  /// number would leave its range
  void move(Entry entry, AccountId from, AccountId to, Cents cents, std::uint32_t group,
            std::int32_t day);
  /// Counts as turnover of `group` what was moved for another.
  void note(Entry entry, Cents cents, std::uint32_t group);

  [[nodiscard]] Cents balance(AccountId id) const { return accounts_[id].balance; }
  [[nodiscard]] std::span<const Account> accounts() const { return accounts_; }
  [[nodiscard]] const Turnover& of_day(std::uint32_t group, Entry entry) const {
    return day_[line(group, entry)];
  }
  [[nodiscard]] const Turnover& of_month(std::uint32_t group, Entry entry) const {
    return month_[line(group, entry)];
  }

  /// \param owners  names of groups, for the message. \throws LedgerError
  void check(std::int32_t day, std::span<const std::string> owners = {}) const;

  /// What the day turned over, by group and entry; then a new day begins.
  [[nodiscard]] std::vector<TransferRow> close_day(std::int32_t day);
  void close_month();
  /// Whether turnovers are kept of the same number of groups, as read from a saved state.
  [[nodiscard]] bool same_shape(const Ledger& other) const {
    return n_groups_ == other.n_groups_ && day_.size() == other.day_.size() &&
           month_.size() == other.month_.size();
  }

  template <class A>
  void visit(A& a) {
    a(n_groups_);
    a(accounts_);
    a(day_);
    a(month_);
  }
  friend bool operator==(const Ledger&, const Ledger&) = default;

 private:
  [[nodiscard]] std::size_t line(std::uint32_t group, Entry entry) const {
    return std::size_t{group < n_groups_ ? group : n_groups_} * n_entries +
           static_cast<std::size_t>(entry);
  }
  std::uint32_t n_groups_ = 0;
  std::vector<Account> accounts_;
  std::vector<Turnover> day_, month_;  ///< [group, last: none][entry]
};

}  // namespace corridor::finance
