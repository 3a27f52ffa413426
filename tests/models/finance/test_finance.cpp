// SPDX-License-Identifier: Apache-2.0
#include "models/finance/finance.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "sim/archive.hpp"
#include "tests/models/finance/income_stream.hpp"

using namespace corridor;
using namespace corridor::finance;
using travel::JourneyEnd;

namespace {

/// Two who traffic, one who fights, and facilitators of all kinds whom they may share.
Actors a_few() {
  Actors a;
  a.groups = {test::some_group("alder", 200'000), test::some_group("birch"),
              test::some_group("cedar", 5'000, GroupKind::fighters)};
  a.groups[0].opening_assets = 77'777'777;
  a.facilitators = {
      {"d", Service::documents, {0, 1, 2}, GroupKind::trafficking, 5, 2, 250'000, 0, 0.5},
      {"m", Service::money, {0, 1, 2}, GroupKind::trafficking, 3, 1, 1'000, 0.04, 1},
      {"l", Service::logistics, {1, 2}, GroupKind::trafficking, 5, 3, 99'999, 0, 0}};
  return a;
}

/// Short times and high chances, so that everything happens within months.
FinanceParams busy() {
  FinanceParams p;
  p.layer_days = 9;
  p.layer_seizure = 0.2;
  p.verdict_days = 20;
  p.freeze_hazard = 0.5;
  p.facilitator_arrest = 0.3;
  p.courier_level_usd = 1'000;
  p.courier_load_usd = 12'345.67;
  return p;
}

JourneyEnd some_end(const CashJourney& c) {
  return static_cast<JourneyEnd>(
      (c.journey.person * 7 + static_cast<std::uint64_t>(c.journey.day)) % 6);
}

Cents sum_of(const Finance& f) {
  Cents sum = 0;
  for (const Account& a : f.state().books.ledger().accounts()) sum += a.balance;
  return sum;
}

std::vector<std::byte> saved(FinanceState state) {
  sim::ByteWriter out;
  state.visit(out);
  return out.bytes;
}

FinanceState loaded(const std::vector<std::byte>& bytes) {
  sim::ByteReader in{bytes};
  FinanceState state;
  state.visit(in);
  return state;
}

}  // namespace

TEST_CASE("the sum over all accounts is constant after any sequence of calls (case L4)",
          "[finance][property]") {
  CHECK(rc::check("any postings, outcomes, arrests and factors, for days on end", [] {
    FinanceParams params = busy();
    params.recovery = *rc::gen::element("case", "share");
    params.layers = *rc::gen::inRange(0, 5);
    params.confirmed = *rc::gen::inRange(0, 11) / 10.0;
    Finance f(params, a_few(), test::finance_calendar(),
              {*rc::gen::inRange<std::uint32_t>(0, 1000), 0});
    std::vector<travel::JourneyOutcome> on_the_way;
    const int days = *rc::gen::inRange(1, 80);
    for (std::int32_t day = 0; day < days; ++day) {
      for (const CashJourney& c : f.decide(day)) {
        on_the_way.push_back(
            {c.journey.person, 0, c.journey.actor,
             *rc::gen::element(JourneyEnd::arrived, JourneyEnd::no_route, JourneyEnd::refused,
                               JourneyEnd::detained, JourneyEnd::seized, JourneyEnd::protection),
             day + *rc::gen::inRange(0, 3), c.journey.destination});
      }
      const int postings = *rc::gen::inRange(0, 8);
      for (int i = 0; i < postings; ++i) {
        const auto item = static_cast<Item>(*rc::gen::inRange<int>(0, n_items));
        const bool named = item == Item::facilitator || item == Item::transfer;
        f.book(Posting{*rc::gen::inRange<Cents>(0, 50'000'000),
                       *rc::gen::element<std::uint32_t>(0, 1, 2, no_group),
                       named ? *rc::gen::inRange<std::uint32_t>(0, 3)
                             : *rc::gen::element<std::uint32_t>(0, 2, no_group),
                       day, item, *rc::gen::element<std::uint16_t>(0, 1, 2, no_country)});
        RC_ASSERT(sum_of(f) == 0);
      }
      std::vector<travel::JourneyOutcome> now;
      for (const auto& o : on_the_way) {
        if (o.day <= day) now.push_back(o);
      }
      std::erase_if(on_the_way, [&](const auto& o) { return o.day <= day; });
      f.learn(now);
      if (*rc::gen::inRange(0, 5) == 0)
        f.arrest_facilitator(*rc::gen::inRange<std::uint32_t>(0, 3), day);
      if (*rc::gen::inRange(0, 5) == 0) {
        f.set_freeze_factor(*rc::gen::inRange<std::uint32_t>(0, 3),
                            *rc::gen::inRange(0, 30) / 10.0);
      }
      (void)f.close(day);  // checks the ledger
      RC_ASSERT(sum_of(f) == 0);
      for (std::uint32_t g = 0; g < 3; ++g) {
        RC_ASSERT(f.capability(g) >= 0 && f.capability(g) <= 1);
        RC_ASSERT(f.liquid(g) >= 0);
      }
    }
  }));
}

TEST_CASE("books that are saved and loaded go on to the same bits", "[finance][exact]") {
  const auto run = [](bool interrupted) {
    Finance f(busy(), a_few(), test::finance_calendar(), {3, 0});
    std::vector<FinanceEvent> events;
    for (std::int32_t day = 0; day < 200; ++day) {
      if (interrupted && day % 17 == 0) {
        FinanceState again = loaded(saved(f.state()));
        CHECK(again == f.state());
        f = Finance(busy(), a_few(), test::finance_calendar(), {3, 0});
        f.set_state(std::move(again));
      }
      const ClosedDay closed = test::income_day(f, day, 3'000'000, some_end);
      events.insert(events.end(), closed.events.begin(), closed.events.end());
    }
    CHECK(events.size() > 200);
    return std::pair{saved(f.state()), events};
  };
  CHECK(run(true) == run(false));
}

TEST_CASE("a state of other actors, or a damaged one, is refused", "[finance][exact]") {
  Finance f(busy(), a_few(), test::finance_calendar(), {3, 0});
  for (std::int32_t day = 0; day < 40; ++day) (void)test::income_day(f, day, 3'000'000);
  const FinanceState good = f.state();
  const auto refused = [&](const auto& damage) {
    FinanceState bad = good;
    damage(bad);
    CHECK_THROWS_WITH(f.set_state(bad), "the saved state of money is damaged; run again");
    CHECK(f.state() == good);
  };
  REQUIRE_FALSE(good.lots.empty());
  refused([](FinanceState& s) { s.lots[0].group = 3; });
  refused([](FinanceState& s) { s.lots[0].layer = 0; });
  refused([](FinanceState& s) { s.services.pop_back(); });
  refused([](FinanceState& s) { s.groups.pop_back(); });
  refused([](FinanceState& s) { s.arrested.push_back({3, 0}); });
  refused([](FinanceState& s) { s.books = Books(); });
  Actors fewer = a_few();
  fewer.groups.pop_back();
  fewer.facilitators.clear();
  const Finance other({}, fewer, test::finance_calendar(), {1, 0});
  refused([&](FinanceState& s) { s = other.state(); });
  auto bytes = saved(good);
  bytes.resize(bytes.size() / 2);
  CHECK_THROWS_AS(loaded(bytes), sim::UserError);
}

TEST_CASE("money that lots, cases or couriers have lost stops the run", "[finance][exact]") {
  Finance f(busy(), a_few(), test::finance_calendar(), {3, 0});
  for (std::int32_t day = 0; day < 40; ++day) (void)test::income_day(f, day, 3'000'000);
  FinanceState s = f.state();
  const Lot lost = s.lots.back();
  s.lots.pop_back();
  const Cents held = s.books.balance(lost.group, AccountKind::layer);
  f.set_state(s);
  CHECK_THROWS_WITH(f.close(40), "ledger, day 40: layer of '" + a_few().groups[lost.group].name +
                                     "' holds " + std::to_string(held) + " cents, its parts are " +
                                     std::to_string(held - lost.cents) + "; the run stops here");
}

TEST_CASE("what a group does moves no other group's draws", "[finance][relation]") {
  // The third group's months are the same whether the first two earn or do nothing at all.
  const auto third = [](Cents others) {
    Finance f(busy(), test::some_groups(3), test::finance_calendar(), {5, 0});
    std::vector<GroupMonthRow> months;
    for (std::int32_t day = 0; day < 400; ++day) {
      std::vector<travel::JourneyOutcome> outcomes;
      for (const CashJourney& c : f.decide(day)) {
        outcomes.push_back({c.journey.person, 0, c.journey.actor, some_end(c), day, 0});
      }
      for (std::uint32_t g = 0; g < 3; ++g) {
        const Cents cents = g == 2 ? 3'000'000 : others;
        f.book(Posting{cents, g, no_group, day, Item::sale, test::market_country});
        f.book(Posting{cents / 2, g, no_group, day, Item::wages, no_country});
      }
      f.learn(outcomes);
      for (const GroupMonthRow& m : f.close(day).months) {
        if (m.group == 2) months.push_back(m);
      }
    }
    return months;
  };
  const auto alone = third(0);
  CHECK(alone.size() == 13);
  CHECK(alone.back().seized_to_date > 0);
  CHECK(third(5'000'000) == alone);
}

TEST_CASE("fighters' small sums pass through the same books", "[finance][exact]") {
  Finance f({}, a_few(), test::finance_calendar(), {1, 0});
  const Cents before = f.liquid(2);
  f.book(std::vector<Posting>{{350'000, 2, no_group, 0, Item::own_means},
                              {120'000, 2, no_group, 0, Item::ticket},
                              {200'000, no_group, no_group, 0, Item::ticket}});
  CHECK(f.liquid(2) == before + 230'000);
  const Books& b = f.state().books;
  CHECK(b.ledger().balance(b.world(AccountKind::legal_economy)) == -550'000);
  CHECK(b.ledger().balance(b.world(AccountKind::carriers)) == 320'000);
  (void)f.close(0);
}

TEST_CASE("without groups there is nothing to do", "[finance][exact]") {
  Finance f({}, {}, test::finance_calendar(), {1, 0});
  for (std::int32_t day = 0; day < 32; ++day) {
    CHECK(f.decide(day).empty());
    const ClosedDay closed = f.close(day);
    CHECK(closed.events.empty());
    CHECK(closed.transfers.empty());
    CHECK(closed.months.empty());
  }
}

TEST_CASE("actors that are out of range are a fault of whoever made them", "[finance][exact]") {
  const auto refused = [](const auto& damage) {
    Actors a = a_few();
    damage(a);
    CHECK_THROWS_AS(Finance({}, a, test::finance_calendar(), {1, 0}), std::invalid_argument);
  };
  refused([](Actors& a) { a.groups[0].opening_cash = -1; });
  refused([](Actors& a) { a.groups[0].freeze_factor = std::numeric_limits<double>::quiet_NaN(); });
  refused([](Actors& a) { a.facilitators[0].share_probability = 1.1; });
  refused([](Actors& a) { a.facilitators[0].serves = {3}; });
  refused([](Actors& a) { a.facilitators[0].people = 0; });
}
