// SPDX-License-Identifier: Apache-2.0
/// \file books.hpp  Which account an amount comes from and goes to: the chart of accounts, and the
/// rules by which a posting becomes entries.
///
/// A group pays from its cash in the country that the posting names (its home unless said
/// otherwise), then from cash at home, then from the bank. When all that is less than the sum:
///
/// | item                                    | to                | the rest                     |
/// |-----------------------------------------|-------------------|------------------------------|
/// | sale, own means                         | the group         | never short                  |
/// | purchase, transport, wages, facilitator | who supplies      | owed: `debt`                 |
/// | bribe, transfer                         | officials, a group | cut: not paid, not owed     |
/// | ticket                                  | carriers          | the traveller pays himself   |
///
/// A posting of `no_group` is a person's on his own, whose purse is the legal economy, so his own
/// means stay where they are until he spends them. Debts are repaid from home cash, then the bank,
/// at the end of each day.
///
/// Source. Magliocca et al. (2019), PNAS 116(16), 7784-7792 (debts carry over); the rest is
/// assumed. Checked in tests/models/finance/test_books.cpp: each row of the table, conservation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/finance/actors.hpp"
#include "models/finance/ledger.hpp"

namespace corridor::finance {

/// What became of a posting; the three add up to its cents.
struct Booked {
  Cents paid = 0;  ///< by the group, or to it
  Cents owed = 0;
  Cents rest = 0;  ///< cut, or paid by the traveller himself
  friend bool operator==(const Booked&, const Booked&) = default;
};

class Books {
 public:
  Books() = default;
  /// Opens all accounts but those abroad; enters the opening capital on `day`.
  Books(std::span<const Group> groups, std::uint32_t n_facilitators, std::uint16_t n_layers,
        std::int32_t day);

  /// \throws std::invalid_argument when the posting names a group or facilitator that is not there
  Booked book(const Posting& posting);
  /// Pays what is owed from what there is.
  void repay(std::uint32_t group, std::int32_t day);

  /// An account of the world.
  [[nodiscard]] AccountId world(AccountKind kind) const;
  [[nodiscard]] AccountId facilitator(std::uint32_t row) const;
  /// An account of a group; `layer` from 1.
  [[nodiscard]] AccountId of(std::uint32_t group, AccountKind kind, std::uint16_t layer = 1) const;
  /// Cash of a group in a country; opened when it is not there yet.
  AccountId cash_in(std::uint32_t group, std::uint16_t country);

  struct Abroad {
    std::uint32_t group = 0, country = 0;
    AccountId account = 0;
    friend bool operator==(const Abroad&, const Abroad&) = default;
  };
  /// By group and country, of those countries where a group ever had cash.
  [[nodiscard]] std::span<const Abroad> abroad() const { return abroad_; }
  [[nodiscard]] std::span<const Abroad> abroad(std::uint32_t group) const;

  [[nodiscard]] Cents balance(std::uint32_t group, AccountKind kind) const;  ///< all of the kind
  /// Home cash and bank less debt; what a group can pay with. At least 0.
  [[nodiscard]] Cents liquid(std::uint32_t group) const;

  [[nodiscard]] Ledger& ledger() { return ledger_; }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }
  [[nodiscard]] std::uint32_t n_groups() const { return static_cast<std::uint32_t>(homes_.size()); }
  /// Whether two have the same chart, apart from cash abroad, and this one's is in order.
  [[nodiscard]] bool same_chart(const Books& other) const;

  template <class A>
  void visit(A& a) {
    a(n_facilitators_);
    a(n_layers_);
    a(homes_);
    a(abroad_);
    ledger_.visit(a);
  }
  friend bool operator==(const Books&, const Books&) = default;

 private:
  [[nodiscard]] std::uint32_t per_group() const;
  [[nodiscard]] AccountId first_of(std::uint32_t group) const;
  [[nodiscard]] AccountId creditor(const Posting& posting);

  std::uint32_t n_facilitators_ = 0;
  std::uint32_t n_layers_ = 0;
  std::vector<std::uint16_t> homes_;  ///< per group
  std::vector<Abroad> abroad_;
  Ledger ledger_;
};

}  // namespace corridor::finance
