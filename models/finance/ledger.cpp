// SPDX-License-Identifier: Apache-2.0
#include "models/finance/ledger.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace corridor::finance {
namespace {

/// "bank of 'alder'", "layer 2 of group 3", "cash abroad (country 7) of 'alder'", "carriers"
std::string described(const Account& a, std::span<const std::string> owners) {
  std::string text(name(a.kind));
  if (a.kind == AccountKind::layer) text += fmt::format(" {}", a.index);
  if (a.kind == AccountKind::cash_abroad) text += fmt::format(" (country {})", a.index);
  if (a.kind == AccountKind::facilitator) return text + fmt::format(" {}", a.owner);
  if (!of_a_group(a.kind)) return text;
  return text + (a.owner < owners.size() ? " of '" + owners[a.owner] + "'"
                                         : fmt::format(" of group {}", a.owner));
}

bool add(Cents& sum, Cents term) { return !__builtin_add_overflow(sum, term, &sum); }

}  // namespace

Cents from_usd(double usd) { return std::llround(usd * static_cast<double>(cents_per_usd)); }

Cents share_of(Cents cents, double share) {
  constexpr Cents grid = 1'000'000'000;
  const auto parts = Cents{std::llround(share * 1e9)};
  // cents * parts / grid without leaving 64 bits: both products are at most `cents` and grid^2.
  return cents / grid * parts + cents % grid * parts / grid;
}

std::string_view name(AccountKind kind) {
  constexpr std::array<std::string_view, n_account_kinds> names{
      "cash",    "cash abroad", "cash on the way", "layer",     "bank",     "assets",
      "frozen",  "debt",        "users",           "producers", "carriers", "officials",
      "members", "launderers",  "legal economy",   "treasury",  "past",     "facilitator"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name(Entry entry) {
  constexpr std::array<std::string_view, n_entries> names{
      "sale",         "purchase",       "transport",    "bribe",
      "wages",        "facilitator",    "ticket",       "own means",
      "transfer",     "receipt",        "opening",      "repayment",
      "layering",     "laundering fee", "courier sent", "courier arrived",
      "courier back", "cash home",      "spending",     "investment",
      "upkeep",       "freeze",         "confiscation", "restitution"};
  return names[static_cast<std::size_t>(entry)];
}

LedgerError::LedgerError(const std::string& text, std::int32_t day, Cents expected, Cents found)
    : InvariantError(fmt::format("ledger, day {}: {}; the run stops here", day, text)),
      day_(day),
      expected_(expected),
      found_(found) {}

Ledger::Ledger(std::uint32_t n_groups)
    : n_groups_(n_groups),
      day_((std::size_t{n_groups} + 1) * n_entries),
      month_((std::size_t{n_groups} + 1) * n_entries) {}

AccountId Ledger::open(AccountKind kind, std::uint32_t owner, std::uint16_t index) {
  accounts_.push_back({0, 0, 0, owner, index, kind, 0});
  return static_cast<AccountId>(accounts_.size() - 1);
}

void Ledger::move(Entry entry, AccountId from, AccountId to, Cents cents, std::uint32_t group,
                  std::int32_t day) {
  if (cents < 0) {
    throw LedgerError(fmt::format("an entry '{}' of {} cents", name(entry), cents), day, 0, cents);
  }
  if (cents == 0) return;
  if (from != to) {
    Account giver = accounts_[from], taker = accounts_[to];
    if (!may_be_negative(giver.kind) && giver.balance < cents) {
      throw LedgerError(fmt::format("'{}' takes {} cents from {}, which holds {}", name(entry),
                                    cents, described(giver, {}), giver.balance),
                        day, cents, giver.balance);
    }
    if (!add(giver.balance, -cents) || !add(giver.out, cents) || !add(taker.balance, cents) ||
        !add(taker.in, cents)) {
      throw LedgerError(fmt::format("'{}' of {} cents from {} to {} leaves the range of 64 bits",
                                    name(entry), cents, described(giver, {}), described(taker, {})),
                        day, std::numeric_limits<Cents>::max(), cents);
    }
    accounts_[from] = giver;
    accounts_[to] = taker;
  }
  note(entry, cents, group);
}

void Ledger::note(Entry entry, Cents cents, std::uint32_t group) {
  for (Turnover* t : {&day_[line(group, entry)], &month_[line(group, entry)]}) {
    // A turnover is a statistic: it stops at the end of its range, which no run comes near.
    if (!add(t->cents, cents)) t->cents = std::numeric_limits<Cents>::max();
    ++t->count;
  }
}

void Ledger::check(std::int32_t day, std::span<const std::string> owners) const {
  std::uint64_t sum = 0;
  for (const Account& a : accounts_) {
    const auto entered =
        static_cast<Cents>(static_cast<std::uint64_t>(a.in) - static_cast<std::uint64_t>(a.out));
    if (a.balance != entered) {
      throw LedgerError(fmt::format("{} holds {} cents, its entries say {}", described(a, owners),
                                    a.balance, entered),
                        day, entered, a.balance);
    }
    if (a.balance < 0 && !may_be_negative(a.kind)) {
      throw LedgerError(
          fmt::format("{} holds {} cents, less than 0", described(a, owners), a.balance), day, 0,
          a.balance);
    }
    if (a.balance > 0 && a.kind == AccountKind::debt) {
      throw LedgerError(
          fmt::format("{} holds {} cents, more than 0", described(a, owners), a.balance), day, 0,
          a.balance);
    }
    sum += static_cast<std::uint64_t>(a.balance);
  }
  if (sum != 0) {
    throw LedgerError(fmt::format("the sum over all {} accounts is {} cents, not 0",
                                  accounts_.size(), static_cast<Cents>(sum)),
                      day, 0, static_cast<Cents>(sum));
  }
}

std::vector<TransferRow> Ledger::close_day(std::int32_t day) {
  std::vector<TransferRow> rows;
  for (std::size_t i = 0; i < day_.size(); ++i) {
    if (day_[i].count == 0) continue;
    const auto group = static_cast<std::uint32_t>(i / n_entries);
    rows.push_back(
        {day, group < n_groups_ ? group : no_group, static_cast<Entry>(i % n_entries), day_[i]});
    day_[i] = {};
  }
  return rows;
}

void Ledger::close_month() { month_.assign(month_.size(), {}); }

}  // namespace corridor::finance
