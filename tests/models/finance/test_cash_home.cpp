// SPDX-License-Identifier: Apache-2.0
#include "models/finance/cash_home.hpp"

#include <catch2/catch.hpp>

#include "tests/models/finance/income_stream.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::finance;
using travel::JourneyEnd;

namespace {

/// One group that earned 120,000 dollars in country 1. No investigations, no fares, no wages.
FinanceParams plain() {
  FinanceParams p;
  p.courier_fare_usd = 0;
  p.courier_wage = 0;
  p.declare = 0;
  p.freeze_hazard = 0;
  return p;
}
constexpr Cents earned = 12'000'000, load = 5'000'000;

struct Sent {
  Finance finance;
  std::vector<CashJourney> couriers;
  std::int32_t day = 0;

  explicit Sent(FinanceParams params, Actors actors = test::some_groups(1))
      : finance(std::move(params), std::move(actors), test::finance_calendar(), {1, 0}) {
    finance.book(Posting{earned, 0, no_group, 0, Item::sale, test::market_country});
    while (day < 7 && couriers.empty()) couriers = finance.decide(day++);
    --day;
  }
  void hear(std::size_t i, JourneyEnd end) {
    const auto& j = couriers.at(i).journey;
    const std::array outcomes{
        travel::JourneyOutcome{j.person, j.ticket, j.actor, end, day, j.destination}};
    finance.learn(outcomes);
    finance.state().books.ledger().check(day);
  }
  [[nodiscard]] Cents of(AccountKind kind) const { return finance.state().books.balance(0, kind); }
  [[nodiscard]] Cents treasury() const {
    const Books& b = finance.state().books;
    return b.ledger().balance(b.world(AccountKind::treasury));
  }
};

}  // namespace

TEST_CASE("cash beyond the level goes home with couriers, who are travellers", "[finance][exact]") {
  const Sent s(plain());
  REQUIRE(s.couriers.size() == 2);  // 120,000: two loads of 50,000 while more than 50,000 is left
  const CashJourney& c = s.couriers[0];
  CHECK(c.cents == load);
  CHECK_FALSE(c.declared);
  CHECK(c.journey.actor == travel::Actor::cash_courier);
  CHECK(c.journey.origin == test::market_country);
  CHECK(c.journey.destination == test::home_country);
  CHECK(c.journey.day == s.day);
  CHECK(c.journey.nights == 3);
  CHECK(c.journey.person == 0);
  CHECK(s.couriers[1].journey.person == 1);
  CHECK(s.of(AccountKind::cash_abroad) == earned - 2 * load);
  CHECK(s.of(AccountKind::on_the_way) == 2 * load);
}

TEST_CASE("what becomes of a courier decides what becomes of the cash", "[finance][exact]") {
  Sent s(plain());
  SECTION("arrived") {
    s.hear(0, JourneyEnd::arrived);
    CHECK(s.of(AccountKind::cash) == load);
    CHECK(s.of(AccountKind::on_the_way) == load);
  }
  SECTION("back where it came from") {
    s.hear(0, JourneyEnd::refused);
    s.hear(1, JourneyEnd::no_route);
    CHECK(s.of(AccountKind::cash_abroad) == earned);
    CHECK(s.of(AccountKind::cash) == 0);
  }
  SECTION("nothing found on who asks for protection") {
    s.hear(0, JourneyEnd::protection);
    CHECK(s.of(AccountKind::cash_abroad) == earned - load);
  }
  SECTION("seized, or detained with it") {
    s.hear(0, JourneyEnd::seized);
    s.hear(1, JourneyEnd::detained);
    CHECK(s.treasury() == 2 * load);
    CHECK(s.finance.state().groups[0].seized == 2 * load);
    const ClosedDay closed = s.finance.close(s.day);
    CHECK(std::count_if(closed.events.begin(), closed.events.end(), [](const FinanceEvent& e) {
            return e.kind == EventKind::cash_seized && e.cents == load;
          }) == 2);
  }
  SECTION("an outcome of nobody") {
    s.hear(0, JourneyEnd::arrived);
    CHECK_THROWS_AS(s.hear(0, JourneyEnd::arrived), std::invalid_argument);
  }
  SECTION("others' outcomes are none of ours") {
    const std::array outcomes{
        travel::JourneyOutcome{0, 0, travel::Actor::fighter, JourneyEnd::detained, 0, 0}};
    const FinanceState before = s.finance.state();
    s.finance.learn(outcomes);
    CHECK(s.finance.state() == before);
  }
}

TEST_CASE("declared cash is held until a verdict, and may come back", "[finance][exact]") {
  FinanceParams p = plain();
  p.declare = 1;
  p.verdict_days = 0;
  p.confirmed = GENERATE(0.0, 1.0);
  Sent s(p);
  REQUIRE(s.couriers.at(0).declared);
  s.hear(0, JourneyEnd::seized);
  CHECK(s.of(AccountKind::frozen) == load);
  CHECK(s.treasury() == 0);
  (void)s.finance.decide(s.day + 1);
  CHECK(s.of(AccountKind::frozen) == 0);
  CHECK(s.treasury() == (p.confirmed == 1 ? load : 0));
  CHECK(s.of(AccountKind::cash) == (p.confirmed == 1 ? 0 : load));
}

TEST_CASE("sums below the threshold are not declared, fares and wages are paid",
          "[finance][exact]") {
  FinanceParams p = plain();
  p.declare = 1;
  p.courier_load_usd = 9'999.99;
  p.courier_fare_usd = 600;
  p.courier_wage = 0.03;
  Sent s(p);
  REQUIRE(s.couriers.size() == 2);
  CHECK_FALSE(s.couriers[0].declared);
  const Books& b = s.finance.state().books;
  CHECK(b.ledger().balance(b.world(AccountKind::carriers)) == 120'000);
  s.hear(0, JourneyEnd::arrived);
  CHECK(b.ledger().balance(b.world(AccountKind::members)) == 29'999);  // 3 % of 9,999.99, down
  CHECK(s.of(AccountKind::cash) == 999'999 - 29'999);
}

TEST_CASE("a facilitator for money moves cash home for his fee, then couriers are not needed",
          "[finance][exact]") {
  Actors actors = test::some_groups(1);
  actors.facilitators.push_back(
      {"m", Service::money, {0}, GroupKind::trafficking, 1, 1, 10'000, 0.05, 0});
  Sent s(plain(), actors);
  CHECK(s.couriers.empty());
  const Cents fee = 10'000 + earned / 20;
  CHECK(s.of(AccountKind::cash) == earned - fee);
  CHECK(s.of(AccountKind::cash_abroad) == 0);
  const Books& b = s.finance.state().books;
  CHECK(b.ledger().balance(b.facilitator(0)) == fee);
  CHECK(s.finance.state().services[0] == 1);
  // One service a month: the next sum goes with couriers.
  s.finance.book(Posting{earned, 0, no_group, 7, Item::sale, test::market_country});
  std::size_t n = 0;
  for (std::int32_t day = 7; day < 14; ++day) n += s.finance.decide(day).size();
  CHECK(n == 2);
}

TEST_CASE("nobody is sent when cash does not exceed the level, or couriers are switched off",
          "[finance][relation]") {
  FinanceParams below = plain(), off = plain();
  below.courier_level_usd = 120'000;
  off.couriers_at_once = 0;
  CHECK(Sent(below).couriers.empty());
  CHECK(Sent(off).couriers.empty());
}

TEST_CASE("couriers declare at the stated rate, and a higher rate only adds declarations",
          "[finance][statistical]") {
  // e = binomial_halfwidth(0.3, 5000, 1e-9) = 0.0424; a rate of 0.4 is seen as surely.
  const auto declared = [](double rate) {
    FinanceParams p = plain();
    p.declare = rate;
    p.couriers_at_once = 1000;
    p.courier_load_usd = 10'000;
    p.courier_level_usd = 0;
    Finance finance(p, test::some_groups(1), test::finance_calendar(), {1, 0});
    finance.book(Posting{5'000'000'000, 0, no_group, 0, Item::sale, test::market_country});
    std::vector<bool> who;
    for (std::int32_t day = 0; who.size() < 5000; ++day) {
      for (const CashJourney& c : finance.decide(day)) who.push_back(c.declared);
    }
    return who;
  };
  const auto low = declared(0.3), high = declared(0.4);
  const double e = test::binomial_halfwidth(0.3, 5000, 1e-9);
  const auto share = [](const std::vector<bool>& who) {
    return static_cast<double>(std::count(who.begin(), who.end(), true)) /
           static_cast<double>(who.size());
  };
  REQUIRE(low.size() == 5000);
  CHECK(std::abs(share(low) - 0.3) < e);
  CHECK_FALSE(std::abs(share(high) - 0.3) < e);
  for (std::size_t i = 0; i < low.size(); ++i) CHECK((!low[i] || high[i]));
}
