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
    c.score = *rc::gen::inRange(-2, 5);
    c.tie = static_cast<std::uint32_t>(*rc::gen::inRange(0, 3));
    c.threat = static_cast<Threat>((c.trip + c.member) % 4);  // one truth a person
    c.found = c.source == Source::list ? 1 + c.trip % 4 : 0;
    c.matched = c.trip % 2 == 0 ? c.found : 0;
    c.minor = c.trip % 5 == 0 ? 1 : 0;
    c.post = 7;
    c.hour = 9;
  }
  return all;
}

SecondarySettings plain(std::int32_t minutes) {
  SecondarySettings s;  // reviews take a minute and send on everybody
  s.review_minutes = 1;
  s.inspection_minutes = minutes;
  return s;
}

SecondarySettings usual() {
  SecondarySettings s = plain(45);
  s.review_minutes = 5;
  s.protection_minutes = 120;
  s.forward_threat = 0.8;
  s.forward_innocent = s.confirm_false = s.second_false = 0.3;
  s.confirm_match = s.second_match = 0.9;
  s.sensitivity = {0, 0.9, 0.6, 0.8};
  s.specificity = 0.8;
  s.asylum = 0.3;
  return s;
}

}  // namespace

TEST_CASE(
    "M4, M7 and O3: no more are reviewed or inspected than can be, each person ends once, sources "
    "add up, and nothing happens to anybody without a review",
    "[control][secondary][property]") {
  CHECK(rc::check("identities", [] {
    auto all = some_candidates();
    const Capacity capacity{*rc::gen::inRange(0, 5), *rc::gen::inRange(0, 30)};
    const Carry before{*rc::gen::inRange(0, 200), *rc::gen::inRange(0, 900)};
    Carry carry = before;
    SecondarySettings s = usual();
    s.review_minutes = *rc::gen::inRange(1, 30);
    s.inspection_minutes = *rc::gen::inRange(1, 120);
    s.random_floor = *rc::gen::inRange(0, 11) / 10.0;
    const SecondaryCounts counts = settle_secondary(all, capacity, carry, s, key, 3);
    RC_ASSERT(counts.review_capacity ==
              starts_in_hour(capacity.reviewers, before.review, s.review_minutes));
    RC_ASSERT(counts.inspection_capacity ==
              starts_in_hour(capacity.places, before.inspection, s.inspection_minutes));
    // M4. No reviewer and no place stays free while somebody waits for it.
    RC_ASSERT(counts.reviewed() == std::min(counts.total(), counts.review_capacity));
    const std::int64_t on = counts.reviewed() - counts.with(Outcome::dismissed);
    RC_ASSERT(counts.inspected() == std::min(on, counts.inspection_capacity));
    // M7 and O3, person by person.
    std::set<std::pair<std::uint64_t, int>> persons, met;
    std::int64_t coercive = 0;
    for (const Candidate& c : all) {
      persons.insert({c.trip, c.member});
      if (c.outcome != Outcome::not_reviewed) RC_ASSERT(met.insert({c.trip, c.member}).second);
      coercive += held(c.outcome) ? 1 : 0;
    }
    RC_ASSERT(static_cast<std::int64_t>(persons.size()) == counts.total());
    RC_ASSERT(static_cast<std::int64_t>(met.size()) == counts.reviewed());
    RC_ASSERT(coercive <= counts.reviewed());
    std::int64_t by_outcome = 0, inspected_with = 0;
    for (std::size_t o = 0; o < n_outcomes; ++o) by_outcome += counts.with(static_cast<Outcome>(o));
    for (const std::int64_t n : counts.inspected_with) inspected_with += n;
    RC_ASSERT(by_outcome == counts.total());
    RC_ASSERT(inspected_with == counts.inspected());
    // Minutes are conserved: what is taken beyond the hour is what was begun less what it has.
    RC_ASSERT(carry.review ==
              std::max<std::int64_t>(0, before.review + s.review_minutes * counts.reviewed() -
                                            60 * capacity.reviewers));
    RC_ASSERT(carry.inspection ==
              std::max<std::int64_t>(0, before.inspection +
                                            s.inspection_minutes * counts.inspected() -
                                            60 * capacity.places));
    std::int64_t minutes = 0;
    for (const std::int64_t n : counts.traveller_minutes) minutes += n;
    RC_ASSERT(minutes ==
              s.review_minutes * counts.reviewed() + s.inspection_minutes * counts.inspected());
  }));
}

TEST_CASE("the order in which candidates come does not matter", "[control][secondary][relation]") {
  CHECK(rc::check("any order", [] {
    auto a = some_candidates();
    auto b = a;
    std::reverse(b.begin(), b.end());
    Carry carry_a{3, 10}, carry_b{3, 10};
    const auto x = settle_secondary(a, {1, 4}, carry_a, usual(), key, 3);
    const auto y = settle_secondary(b, {1, 4}, carry_b, usual(), key, 3);
    RC_ASSERT(x.outcomes == y.outcomes);
    RC_ASSERT(carry_a.inspection == carry_b.inspection && carry_a.review == carry_b.review);
    const auto outcomes = [](const std::vector<Candidate>& all) {
      std::multiset<std::tuple<std::uint64_t, int, Outcome>> o;
      for (const Candidate& c : all) o.insert({c.trip, c.member, c.outcome});
      return o;
    };
    // Equal rows may stand in either order; persons and their outcomes may not differ.
    RC_ASSERT(outcomes(a) == outcomes(b));
  }));
}

TEST_CASE("lists come before referrals, referrals before rules, and high scores before low",
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
  Carry carry;
  SecondarySettings s = plain(60);
  s.random_floor = 0;
  const auto counts = settle_secondary(all, {1, 3}, carry, s, key, 0);
  CHECK(counts.inspection_capacity == 3);
  CHECK(all[0].trip == 3);
  CHECK(all[1].trip == 0);
  CHECK(all[2].trip == 2);
  for (std::size_t i = 0; i < 5; ++i) CHECK(inspected(all[i].outcome) == (i < 3));
}

TEST_CASE("a share of the places stays for persons drawn at random",
          "[control][secondary][statistical]") {
  // Two places an hour, a floor of 10 %: 0.2 of a place, so one hour in five. Binomial, Chernoff at
  // 1e-9. Reviewers are many: the floor of reviews never binds.
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
    Carry carry;
    const auto counts =
        settle_secondary(all, {1, 2}, carry, plain(60), key, static_cast<std::int32_t>(h / 24));
    CHECK(counts.inspected() == 2);
    for (const Candidate& c : all)
      random += c.source == Source::random && inspected(c.outcome) ? 1 : 0;
  }
  // Hours and posts repeat with days, never all three: each hour is a draw of its own for gcd(100,
  // 24) = 4 and h < 20,000.
  const double share = static_cast<double>(random) / static_cast<double>(hours);
  CHECK(std::abs(share - 0.2) < test::binomial_halfwidth(0.2, hours, 1e-9));
}

TEST_CASE("inspections that run on take places of the next hour", "[control][secondary][exact]") {
  // Two places and 45 minutes: 2 * 60 / 45 = 2.67 inspections an hour in the long run, never more
  // than 3 in one.
  Carry carry;
  std::int64_t n = 0;
  for (int h = 0; h < 300; ++h) {
    std::vector<Candidate> all(10);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].trip = i;
    const auto counts = settle_secondary(all, {1, 2}, carry, plain(45), key, h);
    CHECK(counts.inspected() <= 3);
    n += counts.inspected();
    CHECK(carry.inspection < 45);
  }
  CHECK(n == 800);
  CHECK(starts_in_hour(0, 0, 45) == 0);
}

TEST_CASE("the outcome follows the truth at the stated rates, and never the score",
          "[control][secondary][statistical]") {
  constexpr std::size_t n = 50'000;
  std::vector<Candidate> all(2 * n);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].trip = i;
    all[i].threat = i % 2 == 0 ? Threat::documents : Threat::none;
    all[i].score = static_cast<std::int32_t>(i % 7);
  }
  auto scored = all;
  for (Candidate& c : scored) c.score = 6 - c.score;
  SecondarySettings s = plain(1);
  s.random_floor = 0;
  s.sensitivity[1] = 0.9;
  s.specificity = 0.95;
  Carry carry;
  settle_secondary(all, {65'535, 65'535}, carry, s, key, 1);
  carry = {};
  settle_secondary(scored, {65'535, 65'535}, carry, s, key, 1);
  std::size_t hits = 0, false_hits = 0;
  std::vector<Outcome> of(all.size()), of_scored(all.size());
  for (const Candidate& c : all) {
    of[c.trip] = c.outcome;
    if (c.outcome == Outcome::refused) ++(c.threat != Threat::none ? hits : false_hits);
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
    low[i].threat = Threat::documents;
  }
  auto high = low;
  SecondarySettings s = plain(1);
  s.sensitivity[1] = 0.5;
  Carry carry;
  settle_secondary(low, {65'535, 65'535}, carry, s, key, 1);
  s.sensitivity[1] = 0.7;
  carry = {};
  settle_secondary(high, {65'535, 65'535}, carry, s, key, 1);
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i].outcome == Outcome::refused) REQUIRE(high[i].outcome == Outcome::refused);
  }
}

TEST_CASE("a service that takes no time is refused", "[control][secondary][errors]") {
  Carry carry;
  CHECK_THROWS_AS(settle_secondary({}, {1, 1}, carry, plain(0), key, 1), std::invalid_argument);
  SecondarySettings s = plain(1);
  s.review_minutes = 0;
  CHECK_THROWS_AS(settle_secondary({}, {1, 1}, carry, s, key, 1), std::invalid_argument);
}

TEST_CASE("stand-ins take reviewers and places like others, and nothing of them is counted",
          "[control][secondary][property]") {
  CHECK(rc::check("as if some were not counted", [] {
    // Persons are told apart, so that nobody is named twice.
    std::vector<Candidate> all = some_candidates();
    for (std::size_t i = 0; i < all.size(); ++i) all[i].trip = i;
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(all.size()) + 1));
    std::vector<Candidate> some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
    const std::vector<Candidate> others(all.begin() + static_cast<std::ptrdiff_t>(n), all.end());
    const Capacity capacity{*rc::gen::inRange(0, 5), *rc::gen::inRange(0, 30)};
    Carry carry_all{3, 10}, carry{3, 10};
    Cut cut_all, cut;
    const auto whole = settle_secondary(all, capacity, carry_all, usual(), key, 3, &cut_all);
    const auto part = settle_secondary(some, capacity, carry, usual(), key, 3, &cut, others);
    RC_ASSERT(carry.review == carry_all.review);
    RC_ASSERT(carry.inspection == carry_all.inspection);
    RC_ASSERT(cut.reviewed == cut_all.reviewed);
    RC_ASSERT(cut.inspected_random == cut_all.inspected_random);
    RC_ASSERT(part.total() == static_cast<std::int64_t>(n));
    RC_ASSERT(part.inspected() <= whole.inspected());
    for (const Candidate& c : some) {
      const auto same = std::find_if(all.begin(), all.end(),
                                     [&](const Candidate& a) { return a.trip == c.trip; });
      RC_ASSERT(*same == c);
    }
  }));
}

TEST_CASE("who is counted apart is settled like others, and both together are all",
          "[control][secondary][relation]") {
  CHECK(rc::check([] {
    std::vector<Candidate> together = some_candidates(), split = together;
    Carry a, b;
    const Capacity capacity{2, 3, false};
    SecondarySettings settings = usual();
    SecondaryCounts all = settle_secondary(together, capacity, a, settings, key, 4);
    Apart apart{[](std::uint64_t trip) { return trip % 3 == 0; }, {}};
    SecondaryCounts sum =
        settle_secondary(split, capacity, b, settings, key, 4, nullptr, {}, &apart);
    RC_ASSERT(split == together);
    for (const Candidate& c : split) {
      if (c.trip % 3 == 0 || c.outcome == Outcome::not_reviewed) continue;
      RC_ASSERT(sum.total() > 0);
    }
    sum += apart.counts;
    RC_ASSERT(std::ranges::equal(sum.all(), all.all()));
  }));
}

TEST_CASE("a person's fate at each crossing is a draw of its own, at any number of posts",
          "[control][secondary][statistical]") {
  // Two posts whose numbers differ by 4096, on one day: independent, so both find half of the half.
  constexpr std::uint64_t n = 20'000;
  SecondarySettings s = plain(45);
  s.sensitivity = {0, 0.5, 0.5, 0.5};
  std::size_t both = 0;
  for (std::uint64_t trip = 0; trip < n; ++trip) {
    Candidate c;
    c.trip = trip;
    c.threat = Threat::contraband;
    c.post = 5;
    const bool first = held(finding(c, s, key, 1));
    c.post += 4096;
    c.crossing = 1;
    both += first && held(finding(c, s, key, 1)) ? 1 : 0;
  }
  CHECK(std::abs(static_cast<double>(both) / n - 0.25) < test::binomial_halfwidth(0.25, n, 1e-9));
}
