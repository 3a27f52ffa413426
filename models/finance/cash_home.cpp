// SPDX-License-Identifier: Apache-2.0
#include "models/finance/cash_home.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/finance/facilitators.hpp"
#include "models/finance/recovery.hpp"

namespace corridor::finance {
namespace {

void through_facilitator(const Desk& desk, const Books::Abroad& abroad, std::int32_t day) {
  Books& books = desk.state.books;
  const Cents cents =
      std::min(desk.ledger().balance(abroad.account), from_usd(desk.params.informal_most_usd));
  const std::optional<Offer> found =
      offer(desk.actors, desk.state, desk.key, abroad.group, Service::money, cents);
  if (!found || found->fee >= cents) return;
  desk.ledger().move(Entry::facilitator, abroad.account, books.facilitator(found->facilitator),
                     found->fee, abroad.group, day);
  count_service(desk, found->facilitator, abroad.group);
  const Cents rest = cents - found->fee;
  desk.ledger().move(Entry::cash_home, abroad.account, books.of(abroad.group, AccountKind::cash),
                     rest, abroad.group, day);
  desk.events.push_back({found->facilitator, rest, day, abroad.group, EventKind::cash_home,
                         static_cast<std::uint16_t>(abroad.country)});
}

CashJourney send_courier(const Desk& desk, const Books::Abroad& abroad, std::int32_t day) {
  Books& books = desk.state.books;
  const auto country = static_cast<std::uint16_t>(abroad.country);
  const std::uint32_t group = abroad.group;
  const Cents fare = from_usd(desk.params.courier_fare_usd);
  books.book({fare, group, no_group, day, Item::ticket, country});
  const Cents cents =
      std::min(desk.ledger().balance(abroad.account), from_usd(desk.params.courier_load_usd));
  const std::uint64_t person = std::uint64_t{group} << 24 | desk.state.groups[group].couriers++;
  const bool declared = cents >= from_usd(desk.params.declaration_threshold_usd) &&
                        desk.uniform(Decision::declaration, person, day) < desk.params.declare;
  desk.ledger().move(Entry::courier_sent, abroad.account, books.of(group, AccountKind::on_the_way),
                     cents, group, day);
  const CashOnTheWay row{person, cents, group, abroad.country, day, declared ? 1U : 0U};
  auto& rows = desk.state.on_the_way;
  rows.insert(std::upper_bound(rows.begin(), rows.end(), row,
                               [](const auto& a, const auto& b) { return a.person < b.person; }),
              row);
  desk.events.push_back({person, cents, day, group, EventKind::courier_sent, country});
  if (declared) desk.events.push_back({person, cents, day, group, EventKind::declared, country});

  CashJourney made{{}, cents, group, declared};
  made.journey.person = person;
  made.journey.actor = travel::Actor::cash_courier;
  made.journey.day = day;
  made.journey.origin = country;
  made.journey.destination = desk.actors.groups[group].home;
  made.journey.nationality = made.journey.destination;
  made.journey.nights = static_cast<std::uint16_t>(desk.params.courier_nights);
  return made;
}

}  // namespace

std::vector<CashJourney> send_cash_home(const Desk& desk, std::int32_t day) {
  std::vector<CashJourney> sent;
  const Cents level = from_usd(desk.params.courier_level_usd);
  for (const Books::Abroad& abroad : desk.state.books.abroad()) {
    const std::int64_t turn = std::int64_t{day} + abroad.group + abroad.country;
    if (turn % desk.params.courier_interval_days != 0) continue;
    const auto more = [&] { return desk.ledger().balance(abroad.account) > level; };
    if (more()) through_facilitator(desk, abroad, day);
    for (std::int64_t n = 0; n < desk.params.couriers_at_once && more(); ++n) {
      sent.push_back(send_courier(desk, abroad, day));
    }
  }
  return sent;
}

void hear_of_couriers(const Desk& desk, std::span<const travel::JourneyOutcome> outcomes) {
  Books& books = desk.state.books;
  Ledger& ledger = desk.ledger();
  for (const travel::JourneyOutcome& o : outcomes) {
    if (o.actor != travel::Actor::cash_courier) continue;
    auto& rows = desk.state.on_the_way;
    const auto at =
        std::lower_bound(rows.begin(), rows.end(), o.person,
                         [](const CashOnTheWay& a, std::uint64_t p) { return a.person < p; });
    if (at == rows.end() || at->person != o.person) {
      throw std::invalid_argument("an outcome of a cash courier who is not on the way");
    }
    const CashOnTheWay row = *at;
    rows.erase(at);
    const AccountId from = books.of(row.group, AccountKind::on_the_way);
    switch (o.end) {
      case travel::JourneyEnd::arrived: {
        const Cents wage = share_of(row.cents, desk.params.courier_wage);
        ledger.move(Entry::wages, from, books.world(AccountKind::members), wage, row.group, o.day);
        ledger.move(Entry::courier_arrived, from, books.of(row.group, AccountKind::cash),
                    row.cents - wage, row.group, o.day);
        break;
      }
      case travel::JourneyEnd::no_route:
      case travel::JourneyEnd::refused:
      case travel::JourneyEnd::protection:
        ledger.move(Entry::courier_back, from,
                    books.cash_in(row.group, static_cast<std::uint16_t>(row.country)), row.cents,
                    row.group, o.day);
        break;
      case travel::JourneyEnd::detained:
      case travel::JourneyEnd::seized:
        if (row.declared != 0) {
          freeze(desk, EventKind::cash_held, row.group, Origin::cash, from, row.cents, row.person,
                 0, o.day);
        } else {
          ledger.move(Entry::confiscation, from, books.world(AccountKind::treasury), row.cents,
                      row.group, o.day);
          desk.state.groups[row.group].seized += row.cents;
          desk.events.push_back(
              {row.person, row.cents, o.day, row.group, EventKind::cash_seized, o.country});
        }
        break;
    }
  }
}

}  // namespace corridor::finance
