// SPDX-License-Identifier: Apache-2.0
#include "models/finance/month_end.hpp"

#include <algorithm>

#include "models/finance/capability.hpp"
#include "models/finance/facilitators.hpp"
#include "models/finance/laundering.hpp"
#include "models/finance/recovery.hpp"

namespace corridor::finance {
namespace {

constexpr std::array cost_items{Item::purchase, Item::transport,   Item::bribe,   Item::wages,
                                Item::ticket,   Item::facilitator, Item::transfer};

/// Launders a share of what is beyond `keep` in an account, and spends the rest of it.
void launder_beyond(const Desk& desk, std::uint32_t group, AccountId from, Cents keep,
                    std::int32_t day) {
  const Cents beyond = desk.ledger().balance(from) - keep;
  if (beyond <= 0) return;
  const Cents laundered = share_of(beyond, desk.params.laundered_share);
  begin_laundering(desk, group, from, laundered, day);
  desk.ledger().move(Entry::spending, from, desk.state.books.world(AccountKind::legal_economy),
                     beyond - laundered, group, day);
}

void invest(const Desk& desk, std::uint32_t group, Cents reserve, std::int32_t day) {
  const Books& books = desk.state.books;
  const AccountId bank = books.of(group, AccountKind::bank),
                  assets = books.of(group, AccountKind::assets),
                  legal = books.world(AccountKind::legal_economy);
  const Cents sold = share_of(desk.ledger().balance(assets), desk.params.asset_upkeep);
  desk.ledger().move(Entry::upkeep, assets, legal, sold, group, day);
  const Cents beyond = std::min(books.liquid(group) - reserve, desk.ledger().balance(bank));
  if (beyond <= 0) return;
  const Cents bought = share_of(beyond, desk.params.asset_share);
  desk.ledger().move(Entry::investment, bank, assets, bought, group, day);
  desk.ledger().move(Entry::spending, bank, legal, beyond - bought, group, day);
}

Cents costs_of(const Desk& desk, std::uint32_t group) {
  Cents costs = 0;
  for (const Item item : cost_items) costs += desk.ledger().of_month(group, entry_of(item)).cents;
  return costs;
}

}  // namespace

void end_month(const Desk& desk, std::int32_t day) {
  Books& books = desk.state.books;
  arrest_some(desk, day);
  investigate(desk, day);
  const Cents level = from_usd(desk.params.courier_level_usd);
  for (std::uint32_t g = 0; g < books.n_groups(); ++g) {
    GroupMoney& money = desk.state.groups[g];
    if (layers_of(desk.params, desk.actors.groups[g]) > 0) {
      const auto reserve =
          static_cast<Cents>(desk.params.reserve_months * static_cast<double>(money.need));
      launder_beyond(desk, g, books.of(g, AccountKind::cash), reserve, day);
      for (const Books::Abroad& abroad : books.abroad(g)) {
        launder_beyond(desk, g, abroad.account, level, day);
      }
      invest(desk, g, reserve, day);
    }
    money.need = std::max(desk.actors.groups[g].need, (2 * money.need + costs_of(desk, g)) / 3);
  }
}

std::vector<GroupMonthRow> group_rows(const Desk& desk, std::int32_t month) {
  const Books& books = desk.state.books;
  std::vector<GroupMonthRow> rows;
  for (std::uint32_t g = 0; g < books.n_groups(); ++g) {
    const auto month_of = [&](Entry e) { return books.ledger().of_month(g, e).cents; };
    const GroupMoney& money = desk.state.groups[g];
    GroupMonthRow row;
    row.month = month;
    row.group = g;
    row.cash = books.balance(g, AccountKind::cash);
    row.cash_abroad = books.balance(g, AccountKind::cash_abroad);
    row.on_the_way = books.balance(g, AccountKind::on_the_way);
    row.laundering = books.balance(g, AccountKind::layer);
    row.bank = books.balance(g, AccountKind::bank);
    row.assets = books.balance(g, AccountKind::assets);
    row.frozen = books.balance(g, AccountKind::frozen);
    row.debt = -books.balance(g, AccountKind::debt);
    row.seized_to_date = money.seized;
    row.restored_to_date = money.restored;
    row.revenue = month_of(Entry::sale) + month_of(Entry::own_means) + month_of(Entry::receipt);
    for (const Item item : cost_items) {
      row.costs[static_cast<std::size_t>(item)] = month_of(entry_of(item));
    }
    row.laundering_fees = month_of(Entry::laundering_fee);
    row.spending = month_of(Entry::spending) + month_of(Entry::upkeep);
    row.need = money.need;
    row.capability = capability(books.liquid(g), money.need, desk.params.capability_floor);
    rows.push_back(row);
  }
  return rows;
}

std::vector<ServiceRow> service_rows(const Desk& desk, std::int32_t month) {
  std::vector<ServiceRow> rows;
  const std::size_t n_groups = desk.actors.groups.size();
  for (std::size_t i = 0; i < desk.state.services.size(); ++i) {
    if (desk.state.services[i] == 0) continue;
    rows.push_back({month, static_cast<std::uint32_t>(i / n_groups),
                    static_cast<std::uint32_t>(i % n_groups), desk.state.services[i]});
  }
  return rows;
}

}  // namespace corridor::finance
