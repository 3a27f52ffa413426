// SPDX-License-Identifier: Apache-2.0
#include "models/finance/month_end.hpp"

#include <catch2/catch.hpp>

#include "tests/models/finance/income_stream.hpp"

using namespace corridor;
using namespace corridor::finance;

namespace {

FinanceParams quiet() {
  FinanceParams p;
  p.freeze_hazard = 0;
  p.layer_seizure = 0;
  p.couriers_at_once = 0;
  return p;
}
std::vector<GroupMonthRow> january(Finance& f) {
  for (std::int32_t day = 0; day < 30; ++day) {
    (void)f.decide(day);
    CHECK(f.close(day).months.empty());
  }
  (void)f.decide(30);
  return f.close(30).months;
}

}  // namespace

TEST_CASE("a month's row says what there is, what came in and what it cost", "[finance][exact]") {
  Actors actors = test::some_groups(1);
  actors.groups[0].need = 1'000'000;
  Finance f(quiet(), actors, test::finance_calendar(), {1, 0});
  const auto post = [&](Cents cents, Item item, std::uint16_t country = no_country) {
    f.book(Posting{cents, 0, no_group, 4, item, country});
  };
  post(9'000'000, Item::sale);
  post(7'000'000, Item::sale, test::market_country);
  post(500'000, Item::wages);
  post(250'000, Item::transport);
  post(250'000, Item::ticket);
  const auto rows = january(f);
  REQUIRE(rows.size() == 1);
  const GroupMonthRow& r = rows[0];
  CHECK(r.month == 0);
  CHECK(r.revenue == 16'000'000);
  CHECK(r.costs[static_cast<std::size_t>(Item::wages)] == 500'000);
  CHECK(r.costs[static_cast<std::size_t>(Item::transport)] == 250'000);
  CHECK(r.costs[static_cast<std::size_t>(Item::ticket)] == 250'000);
  // Home: 8,000,000 of which twice the need stays; abroad what is beyond 50,000 dollars.
  CHECK(r.cash == 2'000'000);
  CHECK(r.cash_abroad == 5'000'000);
  CHECK(r.laundering == 3'960'000 + 1'320'000);   // 0.66 of 6,000,000 and of 2,000,000
  CHECK(r.spending == 8'000'000 - r.laundering);  // the rest
  CHECK(r.need == 1'000'000);                     // (2 + 1) / 3 millions
  CHECK(r.capability == 1);
  CHECK(r.debt == 0);
  CHECK(f.state().lots.size() == 2);  // one for each place
}

TEST_CASE("laundered money beyond the reserve buys assets, and assets are lived on",
          "[finance][exact]") {
  Actors actors = test::some_groups(1);
  actors.groups[0].need = 1'000'000;
  actors.groups[0].opening_assets = 100'000;
  Finance f(quiet(), actors, test::finance_calendar(), {1, 0});
  FinanceState s = f.state();
  s.books.book({5'000'000, 0, no_group, 0, Item::sale});
  s.books.ledger().move(Entry::layering, s.books.of(0, AccountKind::cash),
                        s.books.of(0, AccountKind::bank), 5'000'000, 0, 0);
  f.set_state(s);
  const auto rows = january(f);
  CHECK(rows.at(0).bank == 2'000'000);
  CHECK(rows.at(0).assets == 98'000 + 1'200'000);  // 2 % sold; 0.4 of 3,000,000 bought
  CHECK(rows.at(0).spending == 2'000 + 1'800'000);
}

TEST_CASE("groups without layers keep what they have", "[finance][exact]") {
  Actors actors;
  actors.groups = {test::some_group("birch", 50'000, GroupKind::fighters)};
  Finance f(quiet(), actors, test::finance_calendar(), {1, 0});
  const auto rows = january(f);
  CHECK(rows.at(0).cash == 5'000'000);
  CHECK(rows.at(0).laundering == 0);
  CHECK(rows.at(0).spending == 0);
  CHECK(f.state().lots.empty());
}

TEST_CASE("the need follows what a group spends", "[finance][exact]") {
  Finance f(quiet(), test::some_groups(1), test::finance_calendar(), {1, 0});
  f.book(Posting{3'000'000, 0, no_group, 0, Item::sale});
  f.book(Posting{900'000, 0, no_group, 0, Item::wages});
  CHECK(january(f).at(0).need == 300'000);  // a third of the way
}

TEST_CASE("the ledger of a day says who paid whom for what, added up", "[finance][exact]") {
  Finance f(quiet(), test::some_groups(2), test::finance_calendar(), {1, 0});
  for (int i = 0; i < 3; ++i) f.book(Posting{100, 1, no_group, 0, Item::sale});
  f.book(Posting{50, 1, 0, 0, Item::transfer});
  CHECK(f.close(0).transfers == std::vector<TransferRow>{{0, 0, Entry::receipt, {50, 1}},
                                                         {0, 1, Entry::sale, {300, 3}},
                                                         {0, 1, Entry::transfer, {50, 1}}});
}
