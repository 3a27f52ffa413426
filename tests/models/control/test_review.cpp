// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/control/secondary.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr sim::RunKey key{9, 0};
constexpr Capacity plenty{65'535, 65'535};

SecondarySettings all_pass() {
  SecondarySettings s;
  s.review_minutes = s.inspection_minutes = 1;
  s.random_floor = 0;
  return s;
}

std::vector<Candidate> many(std::size_t n, Source source, Threat threat) {
  std::vector<Candidate> all(n);
  for (std::size_t i = 0; i < n; ++i) {
    all[i].trip = i;
    all[i].source = source;
    all[i].threat = threat;
    if (source == Source::list) all[i].found = 2;
  }
  return all;
}

double share_sent_on(std::vector<Candidate> all, const SecondarySettings& s) {
  Carry carry;
  const auto counts = settle_secondary(all, plenty, carry, s, key, 1);
  return static_cast<double>(counts.inspected()) / static_cast<double>(all.size());
}

}  // namespace

TEST_CASE("D4: review is a second test, and no item skips it", "[control][review][statistical]") {
  // Forwarded true = TP s2, forwarded false = FP f2; reviewed = TP + FP. Chernoff at 1e-9.
  constexpr std::size_t n = 40'000;
  auto all = many(n, Source::rules, Threat::contraband);
  auto innocent = many(n, Source::rules, Threat::none);
  for (Candidate& c : innocent) c.trip += n;
  all.insert(all.end(), innocent.begin(), innocent.end());
  SecondarySettings s = all_pass();
  s.forward_threat = 0.8;
  s.forward_innocent = 0.18;
  Carry carry;
  const auto counts = settle_secondary(all, plenty, carry, s, key, 1);
  CHECK(counts.reviewed() == 2 * n);
  const auto share = [&](Threat t) {
    return static_cast<double>(counts.inspected_with[static_cast<std::size_t>(t)]) / n;
  };
  CHECK(std::abs(share(Threat::contraband) - 0.8) < test::binomial_halfwidth(0.8, n, 1e-9));
  CHECK(std::abs(share(Threat::none) - 0.18) < test::binomial_halfwidth(0.18, n, 1e-9));

  SECTION("a perfect review forwards exactly the true ones") {
    s.forward_threat = 1;
    s.forward_innocent = 0;
    Carry again;
    auto copy = all;
    const auto perfect = settle_secondary(copy, plenty, again, s, key, 1);
    CHECK(perfect.inspected_with[static_cast<std::size_t>(Threat::contraband)] == n);
    CHECK(perfect.inspected() == n);
  }
}

TEST_CASE("a hit is confirmed by who it is, and biometrics need a second confirmation",
          "[control][review][statistical]") {
  constexpr std::size_t n = 40'000;
  SecondarySettings s = all_pass();
  s.confirm_match = 0.9;
  s.confirm_false = 0.2;
  s.second_match = 0.8;
  s.second_false = 0.1;
  auto hits = many(n, Source::list, Threat::wanted);
  const auto near = [&](double share, double p) {
    return std::abs(share - p) < test::binomial_halfwidth(p, n, 1e-9);
  };
  CHECK(near(share_sent_on(hits, s), 0.2));  // nobody's record means them
  for (Candidate& c : hits) c.matched = c.found;
  CHECK(near(share_sent_on(hits, s), 0.9));
  for (Candidate& c : hits) c.found = c.matched = 4;  // biometrics
  CHECK(near(share_sent_on(hits, s), 0.9 * 0.8));
  for (Candidate& c : hits) c.matched = 0;
  CHECK(near(share_sent_on(hits, s), 0.2 * 0.1));
  for (Candidate& c : hits) c.found = 6;  // with a name as well
  CHECK(near(share_sent_on(hits, s), 0.2 * 0.1));
  for (Candidate& c : hits) c.drawn = 1;  // drawn at random too: nobody filters
  CHECK(share_sent_on(hits, s) == 1);
}

TEST_CASE("whoever is drawn or referred is never filtered by the reviewer",
          "[control][review][exact]") {
  SecondarySettings s = all_pass();
  s.forward_threat = s.forward_innocent = s.confirm_match = s.confirm_false = 0;
  CHECK(share_sent_on(many(500, Source::random, Threat::none), s) == 1);
  CHECK(share_sent_on(many(500, Source::referral, Threat::documents), s) == 1);
  CHECK(share_sent_on(many(500, Source::rules, Threat::contraband), s) == 0);
  CHECK(share_sent_on(many(500, Source::list, Threat::wanted), s) == 0);
}

TEST_CASE("each threat has its outcome; minors and asylum go to protection, which is no detection",
          "[control][review][exact]") {
  SecondarySettings s = all_pass();
  const auto outcome = [&](Threat threat, bool minor, double asylum) {
    auto one = many(1, Source::random, threat);
    one[0].minor = minor ? 1 : 0;
    s.asylum = asylum;
    Carry carry;
    const auto counts = settle_secondary(one, plenty, carry, s, key, 1);
    const std::int64_t found = counts.found_of[static_cast<std::size_t>(threat)];
    CHECK(found == (held(one[0].outcome) && one[0].outcome != Outcome::protection ? 1 : 0));
    return one[0].outcome;
  };
  CHECK(outcome(Threat::none, false, 0) == Outcome::cleared);
  CHECK(outcome(Threat::documents, false, 0) == Outcome::refused);
  CHECK(outcome(Threat::documents, false, 1) == Outcome::protection);
  CHECK(outcome(Threat::contraband, false, 1) == Outcome::seized);
  CHECK(outcome(Threat::wanted, false, 1) == Outcome::detained);
  for (const Threat t : {Threat::documents, Threat::contraband, Threat::wanted})
    CHECK(outcome(t, true, 0) == Outcome::protection);
}

TEST_CASE("without reviewers nobody is inspected, without places nobody is held",
          "[control][review][relation]") {
  auto all = many(50, Source::list, Threat::wanted);
  Carry carry;
  auto counts = settle_secondary(all, {0, 100}, carry, all_pass(), key, 1);
  CHECK(counts.with(Outcome::not_reviewed) == 50);
  all = many(50, Source::list, Threat::wanted);
  carry = {};
  counts = settle_secondary(all, {100, 0}, carry, all_pass(), key, 1);
  CHECK(counts.with(Outcome::no_place) == 50);
}

TEST_CASE("the cut of an hour tells who was reached", "[control][review][exact]") {
  // Ranks against the cut, and the draws of the person, give every outcome again.
  SecondarySettings s = all_pass();
  s.review_minutes = 5;
  s.inspection_minutes = 45;
  s.random_floor = 0.1;
  s.forward_innocent = 0.5;
  s.specificity = 0.7;
  std::vector<Candidate> all(80);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].trip = 1000 + i;
    all[i].source = static_cast<Source>(1 + i % 3);
    all[i].score = static_cast<std::int32_t>(i % 4) * 10;
    all[i].tie = static_cast<std::uint32_t>(i * 2'654'435'761U);
  }
  Carry carry;
  Cut cut;
  settle_secondary(all, {5, 4}, carry, s, key, 4, &cut);
  std::map<Outcome, int> seen;
  for (const Candidate& c : all) {
    const std::uint64_t rank = rank_key(c);
    const bool random = c.source == Source::random;
    Outcome expected = Outcome::not_reviewed;
    if (rank <= (random ? cut.reviewed_random : cut.reviewed)) {
      expected = Outcome::dismissed;
      if (sent_on(c, s, key, 4)) {
        expected = rank <= (random ? cut.inspected_random : cut.inspected) ? finding(c, s, key, 4)
                                                                           : Outcome::no_place;
      }
    }
    CHECK(c.outcome == expected);
    ++seen[c.outcome];
  }
  CHECK(seen.size() >= 4);  // every kind of cut was met
}
