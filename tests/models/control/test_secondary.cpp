// SPDX-License-Identifier: Apache-2.0
#include "models/control/secondary.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <stdexcept>

#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr sim::RunKey key{5, 0};

std::vector<Candidate> some_candidates() {
  std::vector<Candidate> all(static_cast<std::size_t>(*rc::gen::inRange(0, 60)));
  for (Candidate& c : all) {
    c.trip = static_cast<std::uint64_t>(*rc::gen::inRange(0, 40));
    c.member = static_cast<std::uint8_t>(*rc::gen::inRange(0, 2));
    c.source = static_cast<Source>(*rc::gen::inRange(0, 4));
    c.score = *rc::gen::inRange(0, 5);
    c.tie = static_cast<std::uint32_t>(*rc::gen::inRange(0, 3));
    c.irregular = (c.trip + c.member) % 3 == 0;  // one truth a person
    c.post = 7;
    c.hour = 9;
  }
  return all;
}

}  // namespace

TEST_CASE(
    "M4 and M7: no more are selected than there are places, each ends cleared or refused, and "
    "sources add up",
    "[control][secondary][property]") {
  CHECK(rc::check("identities", [] {
    auto all = some_candidates();
    const int places = *rc::gen::inRange(0, 30), carry_before = *rc::gen::inRange(0, 900);
    std::int32_t carry = carry_before;
    const SecondarySettings settings{*rc::gen::inRange(1, 120), *rc::gen::inRange(0, 11) / 10.0,
                                     0.9, 0.8};
    const auto counts = settle_secondary(all, places, carry, settings, key, 3);
    RC_ASSERT(counts.selected <= counts.capacity);
    RC_ASSERT(counts.capacity == secondary_capacity(places, carry_before, settings.minutes));
    RC_ASSERT(counts.selected == counts.cleared + counts.refused);
    RC_ASSERT(counts.candidates == counts.selected + counts.turned_away);
    RC_ASSERT(counts.selected ==
              std::min(counts.candidates, counts.capacity));  // no place stays free
    std::int64_t by_source = 0;
    for (const auto n : counts.selected_by) by_source += n;
    RC_ASSERT(by_source == counts.selected);
    std::set<std::pair<std::uint64_t, int>> persons, selected;
    for (const Candidate& c : all) {
      persons.insert({c.trip, c.member});
      if (c.outcome != Outcome::not_selected) RC_ASSERT(selected.insert({c.trip, c.member}).second);
    }
    RC_ASSERT(static_cast<std::int64_t>(persons.size()) == counts.candidates);
    // Minutes are conserved: what is taken beyond the hour is what was begun less what the hour
    // has.
    RC_ASSERT(carry == std::max<std::int64_t>(
                           0, carry_before + settings.minutes * counts.selected - 60 * places));
  }));
}

TEST_CASE("the order in which candidates come does not matter", "[control][secondary][relation]") {
  CHECK(rc::check("any order", [] {
    auto a = some_candidates();
    auto b = a;
    std::reverse(b.begin(), b.end());
    std::int32_t carry_a = 10, carry_b = 10;
    const SecondarySettings settings{45, 0.1, 0.9, 0.8};
    const auto x = settle_secondary(a, 4, carry_a, settings, key, 3);
    const auto y = settle_secondary(b, 4, carry_b, settings, key, 3);
    RC_ASSERT(x.selected == y.selected && x.refused == y.refused && carry_a == carry_b);
    for (std::size_t s = 0; s < n_sources; ++s) RC_ASSERT(x.selected_by[s] == y.selected_by[s]);
    const auto outcomes = [](const std::vector<Candidate>& all) {
      std::multiset<std::tuple<std::uint64_t, int, Outcome>> o;
      for (const Candidate& c : all) o.insert({c.trip, c.member, c.outcome});
      return o;
    };
    // Equal rows may stand in either order; persons and their outcomes may not differ.
    RC_ASSERT(outcomes(a) == outcomes(b));
  }));
}

TEST_CASE("lists come before rules, rules before referrals, and high scores before low",
          "[control][secondary][exact]") {
  std::vector<Candidate> all(5);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].trip = i;
  all[0].source = Source::referral;
  all[1].source = Source::rules;
  all[1].score = 10;
  all[2].source = Source::rules;
  all[2].score = 90;
  all[3].source = Source::list;
  all[4].source = Source::random;
  std::int32_t carry = 0;
  const auto counts = settle_secondary(all, 3, carry, {60, 0, 1, 1}, key, 0);
  CHECK(counts.capacity == 3);
  CHECK(all[0].trip == 3);
  CHECK(all[1].trip == 2);
  CHECK(all[2].trip == 1);
  for (std::size_t i = 0; i < 5; ++i) CHECK((all[i].outcome != Outcome::not_selected) == (i < 3));
}

TEST_CASE("a share of the places stays for persons drawn at random",
          "[control][secondary][statistical]") {
  // Two places an hour, a floor of 10 %: 0.2 of a place, so one hour in five. Binomial, Chernoff at
  // 1e-9.
  constexpr std::size_t hours = 20'000;
  std::int64_t random = 0;
  for (std::size_t h = 0; h < hours; ++h) {
    std::vector<Candidate> all(10);
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].trip = i;
      all[i].source = i < 6 ? Source::list : Source::random;
      all[i].post = static_cast<std::uint32_t>(h % 100);
      all[i].hour = static_cast<std::uint8_t>(h % 24);
    }
    std::int32_t carry = 0;
    const auto counts =
        settle_secondary(all, 2, carry, {60, 0.1, 1, 1}, key, static_cast<std::int32_t>(h / 24));
    CHECK(counts.selected == 2);
    random += counts.selected_by[static_cast<std::size_t>(Source::random)];
  }
  // Hours and posts repeat with days, never all three: each hour is a draw of its own for gcd(100,
  // 24) = 4 and h < 20,000.
  const double share = static_cast<double>(random) / static_cast<double>(hours);
  CHECK(std::abs(share - 0.2) < test::binomial_halfwidth(0.2, hours, 1e-9));
}

TEST_CASE("inspections that run on take places of the next hour", "[control][secondary][exact]") {
  // Two places and 45 minutes: 2 * 60 / 45 = 2.67 inspections an hour in the long run, never more
  // than 3 in one.
  std::int32_t carry = 0;
  std::int64_t selected = 0;
  for (int h = 0; h < 300; ++h) {
    std::vector<Candidate> all(10);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].trip = i;
    const auto counts = settle_secondary(all, 2, carry, {45, 0.1, 1, 1}, key, h);
    CHECK(counts.selected <= 3);
    selected += counts.selected;
    CHECK(carry < 45);
  }
  CHECK(selected == 800);
  CHECK(secondary_capacity(0, 0, 45) == 0);
}

TEST_CASE("the outcome follows the truth at the stated rates, and never the score",
          "[control][secondary][statistical]") {
  constexpr std::size_t n = 50'000;
  std::vector<Candidate> all(2 * n);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].trip = i;
    all[i].irregular = i % 2 == 0;
    all[i].score = static_cast<std::int32_t>(i % 7);
  }
  auto scored = all;
  for (Candidate& c : scored) c.score = 6 - c.score;
  std::int32_t carry = 0;
  const SecondarySettings settings{1, 0, 0.9, 0.95};
  settle_secondary(all, 65'535, carry, settings, key, 1);
  carry = 0;
  settle_secondary(scored, 65'535, carry, settings, key, 1);
  std::size_t hits = 0, false_hits = 0;
  std::vector<Outcome> of(all.size()), of_scored(all.size());
  for (const Candidate& c : all) {
    of[c.trip] = c.outcome;
    if (c.outcome == Outcome::refused) ++(c.irregular ? hits : false_hits);
  }
  for (const Candidate& c : scored) of_scored[c.trip] = c.outcome;
  CHECK(of == of_scored);
  CHECK(std::abs(static_cast<double>(hits) / n - 0.9) < test::binomial_halfwidth(0.9, n, 1e-9));
  CHECK(std::abs(static_cast<double>(false_hits) / n - 0.05) <
        test::binomial_halfwidth(0.05, n, 1e-9));
}

TEST_CASE("a better inspection only adds refusals of irregular documents",
          "[control][secondary][relation]") {
  std::vector<Candidate> low(2000);
  for (std::size_t i = 0; i < low.size(); ++i) {
    low[i].trip = i;
    low[i].irregular = true;
  }
  auto high = low;
  std::int32_t carry = 0;
  settle_secondary(low, 65'535, carry, {1, 0, 0.5, 1}, key, 1);
  carry = 0;
  settle_secondary(high, 65'535, carry, {1, 0, 0.7, 1}, key, 1);
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i].outcome == Outcome::refused) REQUIRE(high[i].outcome == Outcome::refused);
  }
}

TEST_CASE("an inspection that takes no time is refused", "[control][secondary][errors]") {
  std::int32_t carry = 0;
  CHECK_THROWS_AS(settle_secondary({}, 1, carry, {0, 0, 1, 1}, key, 1), std::invalid_argument);
}
