// SPDX-License-Identifier: Apache-2.0
#include "models/finance/ledger.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <string>

#include "sim/archive.hpp"

using namespace corridor;
using namespace corridor::finance;

namespace {

/// Users, treasury, then cash and debt of two groups.
Ledger two_groups() {
  Ledger ledger(2);
  ledger.open(AccountKind::users);
  ledger.open(AccountKind::treasury);
  for (std::uint32_t g = 0; g < 2; ++g) {
    ledger.open(AccountKind::cash, g);
    ledger.open(AccountKind::debt, g);
  }
  return ledger;
}
constexpr AccountId users = 0, treasury = 1, cash_a = 2, debt_a = 3, cash_b = 4;

Cents sum_of(const Ledger& ledger) {
  Cents sum = 0;
  for (const Account& a : ledger.accounts()) sum += a.balance;
  return sum;
}

/// The ledger with other bytes from its `at`-th account on, as a damaged state would have them.
Ledger tampered(Ledger ledger, AccountId at, const Account& account) {
  sim::ByteWriter out;
  ledger.visit(out);
  const std::size_t begin = sizeof(std::uint32_t) + sizeof(std::uint64_t) + at * sizeof(Account);
  std::memcpy(out.bytes.data() + begin, &account, sizeof account);
  sim::ByteReader in{out.bytes};
  Ledger read;
  read.visit(in);
  return read;
}

std::string complaint_of(const Ledger& ledger, std::int32_t day) {
  const std::vector<std::string> owners{"alder", "birch"};
  try {
    ledger.check(day, owners);
  } catch (const LedgerError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("an entry is a debit and a credit of the same cents (case L4)", "[finance][exact]") {
  Ledger ledger = two_groups();
  ledger.move(Entry::sale, users, cash_a, 1000, 0, 3);
  ledger.move(Entry::transfer, cash_a, cash_b, 400, 0, 3);
  ledger.move(Entry::confiscation, cash_b, treasury, 150, 1, 4);
  CHECK(ledger.balance(users) == -1000);
  CHECK(ledger.balance(cash_a) == 600);
  CHECK(ledger.balance(cash_b) == 250);
  CHECK(ledger.balance(treasury) == 150);
  CHECK(sum_of(ledger) == 0);
  CHECK(ledger.of_day(0, Entry::sale) == Turnover{1000, 1});
  CHECK(complaint_of(ledger, 4).empty());
  const auto rows = ledger.close_day(4);
  REQUIRE(rows.size() == 3);
  CHECK(rows[2] == TransferRow{4, 1, Entry::confiscation, {150, 1}});
  CHECK(ledger.close_day(5).empty());
  CHECK(ledger.of_month(0, Entry::sale) == Turnover{1000, 1});
}

TEST_CASE("an entry that may not be leaves everything as it was", "[finance][exact]") {
  Ledger ledger = two_groups();
  ledger.move(Entry::sale, users, cash_a, 1000, 0, 3);
  const Ledger before = ledger;
  CHECK_THROWS_WITH(ledger.move(Entry::wages, cash_a, users, 1001, 0, 7),
                    "ledger, day 7: 'wages' takes 1001 cents from cash of group 0, which holds "
                    "1000; the run stops here");
  CHECK_THROWS_WITH(ledger.move(Entry::sale, users, cash_a, -5, 0, 7),
                    "ledger, day 7: an entry 'sale' of -5 cents; the run stops here");
  constexpr Cents most = std::numeric_limits<Cents>::max();
  CHECK_THROWS_WITH(
      ledger.move(Entry::sale, users, cash_a, most, 0, 7),
      "ledger, day 7: 'sale' of 9223372036854775807 cents from users to cash of group "
      "0 leaves the range of 64 bits; the run stops here");
  CHECK(ledger == before);
}

TEST_CASE("what does not add up is told: what, where and when", "[finance][exact]") {
  Ledger ledger = two_groups();
  ledger.move(Entry::sale, users, cash_a, 1000, 0, 3);
  Account a = ledger.accounts()[cash_a];
  a.balance = 1005;
  CHECK(complaint_of(tampered(ledger, cash_a, a), 12) ==
        "ledger, day 12: cash of 'alder' holds 1005 cents, its entries say 1000; the run stops "
        "here");
  a.in = 1005;  // an account that agrees with itself, but with no other
  CHECK(complaint_of(tampered(ledger, cash_a, a), 12) ==
        "ledger, day 12: the sum over all 6 accounts is 5 cents, not 0; the run stops here");
  a = {-5, 0, 5, 1, 0, AccountKind::cash, 0};
  CHECK(complaint_of(tampered(ledger, cash_b, a), 13) ==
        "ledger, day 13: cash of 'birch' holds -5 cents, less than 0; the run stops here");
  a = {5, 5, 0, 0, 0, AccountKind::debt, 0};
  CHECK(complaint_of(tampered(ledger, debt_a, a), 13) ==
        "ledger, day 13: debt of 'alder' holds 5 cents, more than 0; the run stops here");
  try {
    tampered(ledger, debt_a, a).check(14);
    FAIL("not told");
  } catch (const LedgerError& error) {
    CHECK(error.day() == 14);
    CHECK(error.expected() == 0);
    CHECK(error.found() == 5);
  }
}

TEST_CASE("a share of a sum is rounded down, to the cent, for any sum", "[finance][exact]") {
  CHECK(share_of(999, 0.5) == 499);
  CHECK(share_of(1000, 0.001) == 1);
  CHECK(share_of(999, 0.001) == 0);
  CHECK(share_of(std::numeric_limits<Cents>::max(), 1) == std::numeric_limits<Cents>::max());
  CHECK(share_of(std::numeric_limits<Cents>::max(), 0) == 0);
  CHECK(share_of(10'000'000'000'000'000, 0.0073876) == 73'876'000'000'000);
  CHECK(from_usd(19.99) == 1999);
  CHECK(from_usd(-0.01) == -1);
  CHECK(rc::check("a share and its remainder are the sum, and the share is monotone", [] {
    const Cents cents = *rc::gen::inRange<Cents>(0, Cents{1} << 62);
    const double share = *rc::gen::inRange(0, 1'000'001) / 1e6;
    const Cents part = share_of(cents, share);
    RC_ASSERT(part >= 0 && part <= cents);
    RC_ASSERT(share_of(cents + 1, share) - part <= 1);
    RC_ASSERT(share_of(cents + 1, share) >= part);
    // floor(cents share) in exact arithmetic: share is parts / 10^6.
    const auto parts = static_cast<Cents>(share * 1e6 + 0.5);
    RC_ASSERT(part == cents / 1'000'000 * parts + cents % 1'000'000 * parts / 1'000'000);
  }));
}

TEST_CASE("any sequence of entries conserves the sum", "[finance][property]") {
  CHECK(rc::check("sum 0 after each entry, also after those that were refused", [] {
    Ledger ledger = two_groups();
    const int n = *rc::gen::inRange(0, 60);
    for (int i = 0; i < n; ++i) {
      const auto from = *rc::gen::inRange<AccountId>(0, 6), to = *rc::gen::inRange<AccountId>(0, 6);
      const bool debt = to == debt_a || to == 5;  // repayment is the books' affair
      const Cents cents = *rc::gen::inRange<Cents>(-3, 1000);
      if (debt) continue;
      try {
        ledger.move(Entry::transfer, from, to, cents, 0, i);
      } catch (const LedgerError&) {
      }
      RC_ASSERT(sum_of(ledger) == 0);
      ledger.check(i);
    }
  }));
}

TEST_CASE("a million entries leave nothing over", "[finance][exact]") {
  Ledger ledger = two_groups();
  for (Cents i = 0; i < 1'000'000; ++i) {
    const Cents cents = 1 + i * 7919 % 104729;
    if (i % 3 == 2 && ledger.balance(cash_a) >= cents) {
      ledger.move(Entry::transfer, cash_a, cash_b, cents, 0, 0);
    } else {
      ledger.move(Entry::sale, users, i % 2 == 0 ? cash_a : cash_b, cents, 0, 0);
    }
  }
  CHECK(sum_of(ledger) == 0);
  CHECK(complaint_of(ledger, 0).empty());
  CHECK(ledger.of_day(0, Entry::sale).count + ledger.of_day(0, Entry::transfer).count == 1'000'000);
}
