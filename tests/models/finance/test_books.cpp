// SPDX-License-Identifier: Apache-2.0
#include "models/finance/books.hpp"

#include <catch2/catch.hpp>

#include "tests/models/finance/income_stream.hpp"

using namespace corridor;
using namespace corridor::finance;
using corridor::test::some_group;

namespace {

/// Two groups with 10 dollars each and one facilitator.
Books small_books() {
  const std::vector<Group> groups{some_group("alder", 10), some_group("birch", 10)};
  return {groups, 1, 2, 0};
}
Posting posting(Cents cents, Item item, std::uint32_t other = no_group,
                std::uint16_t country = no_country) {
  return {cents, 0, other, 1, item, country};
}
Cents world_balance(const Books& b, AccountKind kind) { return b.ledger().balance(b.world(kind)); }

}  // namespace

TEST_CASE("opening capital is an entry like any other", "[finance][exact]") {
  const Books b = small_books();
  CHECK(b.balance(0, AccountKind::cash) == 1000);
  CHECK(world_balance(b, AccountKind::past) == -2000);
  b.ledger().check(0);
  CHECK(b.same_chart(small_books()));
}

TEST_CASE("each item pays whom the table says", "[finance][exact]") {
  const auto paid_to = [](Item item, AccountKind kind) {
    Books b = small_books();
    const Cents before = world_balance(b, kind);
    CHECK(b.book(posting(300, item)) == Booked{300, 0, 0});
    CHECK(b.balance(0, AccountKind::cash) == 700);
    b.ledger().check(1);
    return world_balance(b, kind) - before;
  };
  CHECK(paid_to(Item::purchase, AccountKind::producers) == 300);
  CHECK(paid_to(Item::transport, AccountKind::carriers) == 300);
  CHECK(paid_to(Item::ticket, AccountKind::carriers) == 300);
  CHECK(paid_to(Item::bribe, AccountKind::officials) == 300);
  CHECK(paid_to(Item::wages, AccountKind::members) == 300);
  Books b = small_books();
  b.book(posting(300, Item::facilitator, 0));
  CHECK(b.ledger().balance(b.facilitator(0)) == 300);
  b.book(posting(50, Item::sale));
  CHECK(b.balance(0, AccountKind::cash) == 750);
  CHECK(world_balance(b, AccountKind::users) == -50);
  b.book(posting(25, Item::own_means));
  CHECK(world_balance(b, AccountKind::legal_economy) == -25);
  b.book(posting(75, Item::transfer, 1));
  b.book(posting(100, Item::purchase, 1));
  CHECK(b.balance(1, AccountKind::cash) == 1175);
  CHECK(b.ledger().of_month(1, Entry::receipt) == Turnover{175, 2});
  b.ledger().check(1);
}

TEST_CASE("what a group cannot pay is owed, cut, or paid by the traveller", "[finance][exact]") {
  for (const Item item : {Item::purchase, Item::transport, Item::wages}) {
    Books b = small_books();
    CHECK(b.book(posting(1500, item)) == Booked{1000, 500, 0});
    CHECK(b.balance(0, AccountKind::debt) == -500);
    CHECK(b.liquid(0) == 0);
    CHECK(b.ledger().of_month(0, entry_of(item)).cents == 1500);  // it cost that
    b.book(posting(300, Item::sale));
    b.repay(0, 1);
    CHECK(b.balance(0, AccountKind::debt) == -200);
    CHECK(b.balance(0, AccountKind::cash) == 0);
    b.book(posting(300, Item::sale));
    b.repay(0, 2);
    CHECK(b.balance(0, AccountKind::debt) == 0);
    CHECK(b.balance(0, AccountKind::cash) == 100);
    b.ledger().check(2);
  }
  Books b = small_books();
  CHECK(b.book(posting(1500, Item::bribe)) == Booked{1000, 0, 500});
  CHECK(b.book(posting(1500, Item::transfer, 1)) == Booked{0, 0, 1500});
  CHECK(b.balance(0, AccountKind::debt) == 0);
  CHECK(b.balance(1, AccountKind::cash) == 1000);
  CHECK(b.book(posting(40, Item::ticket)) == Booked{0, 0, 40});
  CHECK(world_balance(b, AccountKind::legal_economy) == -40);
  CHECK(world_balance(b, AccountKind::carriers) == 40);
  b.ledger().check(1);
}

TEST_CASE("cash earned abroad is abroad, and pays for what is bought there first",
          "[finance][exact]") {
  Books b = small_books();
  b.book(posting(500, Item::sale, no_group, 7));
  b.book(posting(200, Item::sale, no_group, 3));
  b.book(posting(100, Item::sale, no_group, 0));  // its home
  CHECK(b.balance(0, AccountKind::cash) == 1100);
  CHECK(b.balance(0, AccountKind::cash_abroad) == 700);
  REQUIRE(b.abroad().size() == 2);
  CHECK(b.abroad()[0].country == 3);
  CHECK(b.liquid(0) == 1100);
  CHECK(b.book(posting(600, Item::wages, no_group, 7)) == Booked{600, 0, 0});
  CHECK(b.balance(0, AccountKind::cash) == 1000);
  // What is in another country cannot be had: it is not counted on.
  CHECK(b.book(posting(1100, Item::wages, no_group, 7)) == Booked{1000, 100, 0});
  CHECK(b.balance(0, AccountKind::cash_abroad) == 200);
  b.ledger().check(1);
}

TEST_CASE("a person on his own pays from the legal economy", "[finance][exact]") {
  Books b = small_books();
  b.book(Posting{900, no_group, no_group, 1, Item::own_means});
  b.book(Posting{900, no_group, no_group, 1, Item::ticket});
  CHECK(world_balance(b, AccountKind::legal_economy) == -900);
  CHECK(world_balance(b, AccountKind::carriers) == 900);
  const auto rows = b.ledger().close_day(1);
  const auto own = [&](Entry e) {
    for (const TransferRow& r : rows) {
      if (r.group == no_group && r.entry == e) return r.turnover.cents;
    }
    return Cents{0};
  };
  CHECK(own(Entry::own_means) == 900);
  CHECK(own(Entry::ticket) == 900);
  b.ledger().check(1);
}

TEST_CASE("a posting that names nobody is a fault of whoever posts it", "[finance][exact]") {
  Books b = small_books();
  const Books before = b;
  CHECK_THROWS_AS(b.book(posting(1, Item::facilitator, 1)), std::invalid_argument);
  CHECK_THROWS_AS(b.book(posting(1, Item::facilitator)), std::invalid_argument);
  CHECK_THROWS_AS(b.book(posting(1, Item::transfer)), std::invalid_argument);
  CHECK_THROWS_AS(b.book(posting(1, Item::purchase, 2)), std::invalid_argument);
  CHECK_THROWS_AS(b.book(Posting{1, 2, no_group, 1, Item::sale}), std::invalid_argument);
  CHECK_THROWS_AS(b.book(posting(-1, Item::sale)), std::invalid_argument);
  CHECK(b == before);
}
