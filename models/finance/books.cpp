// SPDX-License-Identifier: Apache-2.0
#include "models/finance/books.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace corridor::finance {
namespace {

constexpr std::array world_kinds{
    AccountKind::users,         AccountKind::producers, AccountKind::carriers,
    AccountKind::officials,     AccountKind::members,   AccountKind::launderers,
    AccountKind::legal_economy, AccountKind::treasury,  AccountKind::past};
/// Of each group, then its layers.
constexpr std::array group_kinds{AccountKind::cash,   AccountKind::on_the_way, AccountKind::bank,
                                 AccountKind::assets, AccountKind::frozen,     AccountKind::debt};

/// What happens to the part of a posting that a group cannot pay.
enum class Shortfall { owed, cut, own_means };
Shortfall shortfall(Item item) {
  switch (item) {
    case Item::bribe:
    case Item::transfer:
      return Shortfall::cut;
    case Item::ticket:
      return Shortfall::own_means;
    case Item::sale:
    case Item::own_means:
    case Item::purchase:
    case Item::transport:
    case Item::wages:
    case Item::facilitator:
      return Shortfall::owed;
  }
  return Shortfall::owed;
}

}  // namespace

Books::Books(std::span<const Group> groups, std::uint32_t n_facilitators, std::uint16_t n_layers,
             std::int32_t day)
    : n_facilitators_(n_facilitators),
      n_layers_(n_layers),
      ledger_(static_cast<std::uint32_t>(groups.size())) {
  for (const AccountKind kind : world_kinds) ledger_.open(kind);
  for (std::uint32_t f = 0; f < n_facilitators; ++f) ledger_.open(AccountKind::facilitator, f);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    homes_.push_back(groups[g].home);
    for (const AccountKind kind : group_kinds) ledger_.open(kind, g);
    for (std::uint16_t k = 1; k <= n_layers; ++k) ledger_.open(AccountKind::layer, g, k);
  }
  const AccountId past = world(AccountKind::past);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    ledger_.move(Entry::opening, past, of(g, AccountKind::cash), groups[g].opening_cash, g, day);
    ledger_.move(Entry::opening, past, of(g, AccountKind::assets), groups[g].opening_assets, g,
                 day);
  }
}

std::uint32_t Books::per_group() const {
  return static_cast<std::uint32_t>(group_kinds.size()) + n_layers_;
}

AccountId Books::first_of(std::uint32_t group) const {
  return static_cast<AccountId>(world_kinds.size()) + n_facilitators_ + group * per_group();
}

AccountId Books::world(AccountKind kind) const {
  const auto* found = std::find(world_kinds.begin(), world_kinds.end(), kind);
  return static_cast<AccountId>(found - world_kinds.begin());
}

AccountId Books::facilitator(std::uint32_t row) const {
  if (row >= n_facilitators_) throw std::invalid_argument("there is no such facilitator");
  return static_cast<AccountId>(world_kinds.size()) + row;
}

AccountId Books::of(std::uint32_t group, AccountKind kind, std::uint16_t layer) const {
  if (group >= n_groups()) throw std::invalid_argument("there is no such group");
  if (kind == AccountKind::layer) {
    return first_of(group) + static_cast<AccountId>(group_kinds.size()) + layer - 1;
  }
  const auto* found = std::find(group_kinds.begin(), group_kinds.end(), kind);
  return first_of(group) + static_cast<AccountId>(found - group_kinds.begin());
}

AccountId Books::cash_in(std::uint32_t group, std::uint16_t country) {
  const AccountId home = of(group, AccountKind::cash);
  if (country == no_country || country == homes_[group]) return home;
  const auto before = [](const Abroad& a, std::pair<std::uint32_t, std::uint32_t> key) {
    return std::pair{a.group, a.country} < key;
  };
  const std::pair<std::uint32_t, std::uint32_t> key{group, country};
  const auto at = std::lower_bound(abroad_.begin(), abroad_.end(), key, before);
  if (at != abroad_.end() && std::pair{at->group, at->country} == key) return at->account;
  const AccountId made = ledger_.open(AccountKind::cash_abroad, group, country);
  abroad_.insert(at, {group, country, made});
  return made;
}

AccountId Books::creditor(const Posting& p) {
  switch (p.item) {
    case Item::sale:
    case Item::own_means:
      break;
    case Item::purchase:
      return p.other == no_group ? world(AccountKind::producers) : of(p.other, AccountKind::cash);
    case Item::transport:
    case Item::ticket:
      return world(AccountKind::carriers);
    case Item::bribe:
      return world(AccountKind::officials);
    case Item::wages:
      return world(AccountKind::members);
    case Item::facilitator:
      return facilitator(p.other);
    case Item::transfer:
      return of(p.other, AccountKind::cash);
  }
  throw std::invalid_argument("a posting of a kind that pays nobody");
}

Booked Books::book(const Posting& p) {
  if (p.cents < 0) throw std::invalid_argument("a posting of less than 0");
  const AccountId legal = world(AccountKind::legal_economy);
  const Entry entry = entry_of(p.item);
  const bool own = p.group == no_group;
  if (p.item == Item::sale || p.item == Item::own_means) {
    const AccountId from = p.item == Item::sale ? world(AccountKind::users) : legal;
    ledger_.move(entry, from, own ? legal : cash_in(p.group, p.country), p.cents, p.group, p.day);
    return {p.cents, 0, 0};
  }
  const AccountId to = creditor(p);
  Booked booked;
  if (own) {
    ledger_.move(entry, legal, to, p.cents, p.group, p.day);
    booked.paid = p.cents;
  } else {
    for (const AccountId from : {cash_in(p.group, p.country), of(p.group, AccountKind::cash),
                                 of(p.group, AccountKind::bank)}) {
      const Cents part = std::min(p.cents - booked.paid, ledger_.balance(from));
      ledger_.move(entry, from, to, part, p.group, p.day);
      booked.paid += part;
    }
    const Cents rest = p.cents - booked.paid;
    const Shortfall rule = shortfall(p.item);
    if (rule == Shortfall::owed) {
      ledger_.move(entry, of(p.group, AccountKind::debt), to, rest, p.group, p.day);
      booked.owed = rest;
    } else {
      if (rule == Shortfall::own_means) ledger_.move(entry, legal, to, rest, no_group, p.day);
      booked.rest = rest;
    }
  }
  const bool to_a_group =
      p.item == Item::transfer || (p.item == Item::purchase && p.other != no_group);
  if (to_a_group && booked.paid + booked.owed > 0) {
    ledger_.note(Entry::receipt, booked.paid + booked.owed, p.other);
  }
  return booked;
}

void Books::repay(std::uint32_t group, std::int32_t day) {
  const AccountId debt = of(group, AccountKind::debt);
  for (const AccountKind kind : {AccountKind::cash, AccountKind::bank}) {
    const Cents owed = -ledger_.balance(debt);
    const AccountId from = of(group, kind);
    ledger_.move(Entry::repayment, from, debt, std::min(owed, ledger_.balance(from)), group, day);
  }
}

std::span<const Books::Abroad> Books::abroad(std::uint32_t group) const {
  const auto [first, last] =
      std::equal_range(abroad_.begin(), abroad_.end(), Abroad{group, 0, 0},
                       [](const Abroad& a, const Abroad& b) { return a.group < b.group; });
  return {first, last};
}

Cents Books::balance(std::uint32_t group, AccountKind kind) const {
  Cents sum = 0;
  if (kind == AccountKind::cash_abroad) {
    for (const Abroad& a : abroad(group)) sum += ledger_.balance(a.account);
  } else if (kind == AccountKind::layer) {
    for (std::uint32_t k = 1; k <= n_layers_; ++k) {
      sum += ledger_.balance(of(group, kind, static_cast<std::uint16_t>(k)));
    }
  } else {
    sum = ledger_.balance(of(group, kind));
  }
  return sum;
}

Cents Books::liquid(std::uint32_t group) const {
  return std::max<Cents>(0, balance(group, AccountKind::cash) + balance(group, AccountKind::bank) +
                                balance(group, AccountKind::debt));
}

bool Books::same_chart(const Books& other) const {
  const auto mine = ledger_.accounts(), its = other.ledger_.accounts();
  const std::size_t fixed = first_of(n_groups());
  if (n_facilitators_ != other.n_facilitators_ || n_layers_ != other.n_layers_ ||
      homes_ != other.homes_ || mine.size() != fixed + abroad_.size() || its.size() < fixed ||
      !ledger_.same_shape(other.ledger_)) {
    return false;
  }
  for (std::size_t i = 0; i < fixed; ++i) {
    if (mine[i].kind != its[i].kind || mine[i].owner != its[i].owner ||
        mine[i].index != its[i].index) {
      return false;
    }
  }
  for (std::size_t i = 0; i < abroad_.size(); ++i) {
    const Abroad& a = abroad_[i];
    if (a.account < fixed || a.account >= mine.size() || a.group >= n_groups()) return false;
    if (mine[a.account].kind != AccountKind::cash_abroad || mine[a.account].owner != a.group ||
        mine[a.account].index != a.country) {
      return false;
    }
    if (i > 0 &&
        std::pair{abroad_[i - 1].group, abroad_[i - 1].country} >= std::pair{a.group, a.country}) {
      return false;
    }
  }
  return true;
}

}  // namespace corridor::finance
