// SPDX-License-Identifier: Apache-2.0
#include "models/finance/recovery.hpp"

#include <algorithm>

namespace corridor::finance {
namespace {

AccountKind account_of(Origin origin) {
  switch (origin) {
    case Origin::cash:
      return AccountKind::cash;
    case Origin::bank:
      return AccountKind::bank;
    case Origin::assets:
      return AccountKind::assets;
  }
  return AccountKind::cash;
}

}  // namespace

void freeze(const Desk& desk, EventKind kind, std::uint32_t group, Origin origin, AccountId from,
            Cents cents, std::uint64_t what, std::uint32_t part, std::int32_t day) {
  if (cents == 0) return;
  desk.ledger().move(Entry::freeze, from, desk.state.books.of(group, AccountKind::frozen), cents,
                     group, day);
  const std::uint64_t id =
      static_cast<std::uint64_t>(kind) << 56 | std::uint64_t{part} << 48 | what;
  const double u = desk.uniform(Decision::verdict_delay, id, day);
  desk.state.cases.push_back(
      {id, cents, group, origin, day, day + exponential_days(desk.params.verdict_days, u)});
  desk.events.push_back({id, cents, day, group, kind, no_country});
}

void investigate(const Desk& desk, std::int32_t day) {
  const Books& books = desk.state.books;
  for (std::uint32_t g = 0; g < books.n_groups(); ++g) {
    const double hazard =
        std::min(1.0, desk.params.freeze_hazard * desk.state.groups[g].freeze_factor);
    double share = desk.params.freeze_share;
    if (desk.by_share()) {
      share *= hazard;
    } else if (!(desk.uniform(Decision::investigation, g, day) < hazard)) {
      continue;
    }
    for (const auto& [kind, origin] : {std::pair{EventKind::bank_frozen, Origin::bank},
                                       std::pair{EventKind::assets_frozen, Origin::assets}}) {
      const AccountId from = books.of(g, account_of(origin));
      freeze(desk, kind, g, origin, from, share_of(desk.ledger().balance(from), share),
             std::uint64_t{g} << 32 | static_cast<std::uint32_t>(day), 0, day);
    }
  }
}

void settle_cases(const Desk& desk, std::int32_t day) {
  const Books& books = desk.state.books;
  std::vector<FrozenCase> open;
  for (const FrozenCase& c : desk.state.cases) {
    if (c.due > day) {
      open.push_back(c);
      continue;
    }
    Cents taken = 0;
    if (desk.by_share()) {
      taken = share_of(c.cents, desk.params.confirmed);
    } else if (desk.uniform(Decision::verdict, c.id, c.due) < desk.params.confirmed) {
      taken = c.cents;
    }
    const Cents back = c.cents - taken;
    const AccountId frozen = books.of(c.group, AccountKind::frozen);
    desk.ledger().move(Entry::confiscation, frozen, books.world(AccountKind::treasury), taken,
                       c.group, day);
    desk.ledger().move(Entry::restitution, frozen, books.of(c.group, account_of(c.origin)), back,
                       c.group, day);
    GroupMoney& money = desk.state.groups[c.group];
    money.seized += taken;
    money.restored += back;
    if (taken > 0) {
      desk.events.push_back({c.id, taken, day, c.group, EventKind::confiscated, no_country});
    }
    if (back > 0) {
      desk.events.push_back({c.id, back, day, c.group, EventKind::restored, no_country});
    }
  }
  desk.state.cases = std::move(open);
}

}  // namespace corridor::finance
