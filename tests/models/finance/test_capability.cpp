// SPDX-License-Identifier: Apache-2.0
#include "models/finance/capability.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/models/finance/income_stream.hpp"

using namespace corridor;
using namespace corridor::finance;

TEST_CASE("capability runs from the floor to exactly 1 at a month's need", "[finance][exact]") {
  CHECK(capability(0, 1000, 0.1) == 0.1);
  CHECK(capability(500, 1000, 0) == 0.5);  // smoothstep is symmetric
  CHECK(capability(250, 1000, 0) == 0.15625);
  CHECK(capability(1000, 1000, 0.1) == 1);
  CHECK(capability(1'000'000, 1000, 0.1) == 1);
  CHECK(capability(0, 0, 0.1) == 1);   // who needs nothing lacks nothing
  CHECK(capability(0, 1000, 1) == 1);  // the switch that turns the effect off
}

TEST_CASE("capability never falls as money rises", "[finance][property]") {
  CHECK(rc::check("monotone, within [floor, 1]", [] {
    const Cents need = *rc::gen::inRange<Cents>(1, 1'000'000'000);
    const Cents less = *rc::gen::inRange<Cents>(0, 2'000'000'000);
    const Cents more = less + *rc::gen::inRange<Cents>(0, 1'000'000);
    const double floor = *rc::gen::inRange(0, 101) / 100.0;
    const double a = capability(less, need, floor), b = capability(more, need, floor);
    // Rounding of the cubic may differ by a unit in the last place between neighbours.
    RC_ASSERT(a <= b + 1e-15);
    RC_ASSERT(a >= floor - 1e-15 && b <= 1 + 1e-15);
  }));
}

TEST_CASE("a group is less capable while its money is frozen, and as before when it is back",
          "[finance][exact]") {
  FinanceParams params;
  params.freeze_hazard = 1;
  params.freeze_share = 1;
  params.confirmed = 0;
  params.verdict_days = 0;
  Actors actors = test::some_groups(1);
  actors.groups[0].need = 100'000;
  Finance finance(params, actors, test::finance_calendar(), {1, 0});
  finance.book(Posting{400'000, 0, no_group, 0, Item::sale});
  // To the bank: cash itself is nothing that an investigation freezes.
  FinanceState state = finance.state();
  state.books.ledger().move(Entry::layering, state.books.of(0, AccountKind::cash),
                            state.books.of(0, AccountKind::bank), 400'000, 0, 0);
  finance.set_state(state);
  CHECK(finance.capability(0) == 1);
  for (std::int32_t day = 0; day < 31; ++day) {
    (void)finance.decide(day);
    (void)finance.close(day);
  }
  CHECK(finance.liquid(0) == 0);
  CHECK(finance.state().books.balance(0, AccountKind::frozen) == 400'000);
  CHECK(finance.capability(0) == Catch::Detail::Approx(0.1));
  finance.set_freeze_factor(0, 0);
  (void)finance.decide(32);
  CHECK(finance.liquid(0) == 400'000);
  CHECK(finance.capability(0) == 1);
}
