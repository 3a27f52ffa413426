// SPDX-License-Identifier: Apache-2.0
#include "models/control/secondary_kinds.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/control/secondary.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr sim::RunKey key{15, 0};

/// Alike in minutes and in what they find, with these parts of time and of flags.
Kinds alike(std::array<double, n_kinds> share, std::array<double, n_kinds> of_rules,
            const SecondarySettings& as) {
  Kinds kinds;
  for (std::size_t k = 0; k < n_kinds; ++k) {
    kinds[k] = {share[k], of_rules[k], as.inspection_minutes, as.sensitivity};
  }
  return kinds;
}

SecondarySettings settings() {
  SecondarySettings s;
  s.review_minutes = 1;
  s.inspection_minutes = 35;
  s.forward_innocent = 0.5;
  s.sensitivity = {0, 0.9, 0.5, 0.8, 0.4, 0.3};
  s.specificity = 0.9;
  s.asylum = 0.3;
  return s;
}

std::vector<Candidate> candidates(std::size_t n, std::uint64_t first = 0) {
  std::vector<Candidate> all(n);
  for (std::size_t i = 0; i < n; ++i) {
    Candidate& c = all[i];
    c.trip = first + i;
    c.source = static_cast<Source>(i % n_sources);
    c.drawn = c.source == Source::random ? 1 : 0;
    c.found = c.matched = c.source == Source::list ? 2 : 0;
    c.threat = static_cast<Threat>(i / n_sources % n_threats);
    c.tie = static_cast<std::uint32_t>(i * 2654435761U);
    c.minor = i % 11 == 0 ? 1 : 0;
  }
  return all;
}

std::vector<Outcome> outcomes(const std::vector<Candidate>& all) {
  std::vector<Outcome> out;
  for (const Candidate& c : all) out.push_back(c.outcome);
  return out;
}

}  // namespace

TEST_CASE("the minutes of an hour are split in whole ones, each within one of its part",
          "[control][property]") {
  rc::check([] {
    Kinds kinds;
    for (KindSettings& k : kinds) k.share = *rc::gen::inRange(0, 100) / 100.0;
    double sum = 0;
    for (const KindSettings& k : kinds) sum += k.share;
    const std::int32_t minutes = *rc::gen::inRange(0, 6000);
    const auto split = minutes_of(minutes, kinds);
    RC_ASSERT(std::accumulate(split.begin(), split.end(), 0) == minutes);
    for (std::size_t k = 0; k < n_kinds; ++k) {
      const double part = sum > 0 ? kinds[k].share / sum : 1.0 / 3;
      RC_ASSERT(std::abs(split[k] - minutes * part) < 1 + 1e-9);
    }
  });
}

TEST_CASE("lists and primary send to identity, rules and the random draw by parts",
          "[control][exact]") {
  const Kinds kinds = alike({0.2, 0.3, 0.5}, {0.6, 0.4, 0}, settings());
  for (const double u : {0.0, 0.3, 0.999}) {
    CHECK(kind_of(Source::list, u, kinds) == SecondaryKind::identity);
    CHECK(kind_of(Source::referral, u, kinds) == SecondaryKind::identity);
  }
  CHECK(kind_of(Source::rules, 0.59, kinds) == SecondaryKind::identity);
  CHECK(kind_of(Source::rules, 0.61, kinds) == SecondaryKind::goods);
  CHECK(kind_of(Source::rules, 0.9999999, kinds) == SecondaryKind::goods);  // interview has no part
  CHECK(kind_of(Source::random, 0.19, kinds) == SecondaryKind::identity);
  CHECK(kind_of(Source::random, 0.49, kinds) == SecondaryKind::goods);
  CHECK(kind_of(Source::random, 0.51, kinds) == SecondaryKind::interview);
}

TEST_CASE("three alike kinds with all the time in one are one kind; with room for all as well",
          "[control][relation]") {
  // All time and all flags at identity: the same cuts, carries and outcomes, hour after hour.
  SecondarySettings one = settings(), three = settings();
  three.kinds = alike({1, 0, 0}, {1, 0, 0}, one);
  Carry carry_one, carry_three;
  for (std::uint64_t hour = 0; hour < 24; ++hour) {
    auto a = candidates(40, 1000 * hour), b = a;
    const auto counts_one = settle_secondary(a, {2, 5}, carry_one, one, key, 3);
    const auto counts_three = settle_secondary(b, {2, 5}, carry_three, three, key, 3);
    REQUIRE(outcomes(a) == outcomes(b));
    CHECK(carry_one == carry_three);
    CHECK(counts_one.found_of == counts_three.found_of);
    CHECK(counts_one.officer_minutes == counts_three.officer_minutes);
    CHECK(counts_three.kinds[0].inspected == counts_one.inspected());
    CHECK(counts_one.kinds[0] == KindCounts{});  // counted only where there are kinds
  }
  CHECK(carry_one.inspection > 0);  // places did bind
  // With room for everybody who is served where no longer matters.
  three.kinds = alike({0.2, 0.3, 0.5}, {0.1, 0.6, 0.3}, one);
  auto a = candidates(600), b = a;
  Carry none_one, none_three;
  settle_secondary(a, {60'000, 60'000}, none_one, one, key, 3);
  const auto counts = settle_secondary(b, {60'000, 60'000}, none_three, three, key, 3);
  CHECK(outcomes(a) == outcomes(b));
  for (const KindCounts& k : counts.kinds) CHECK(k.inspected > 0);
}

TEST_CASE("where places bind each kind serves what its part of the time allows",
          "[control][exact]") {
  // Kind k begins the first inspections of its minutes P_k and what runs over is taken from the
  // next hour: over n hours ceil(n P_k / m_k) at most, and just so many while somebody waits in
  // every hour. The two kinds that get flags have 300 each in an hour.
  SecondarySettings s = settings();
  s.forward_innocent = s.forward_threat = 1;
  s.kinds = alike({0, 0.25, 0.75}, {0, 0.5, 0.5}, s);
  (*s.kinds)[1].minutes = 45;
  (*s.kinds)[2].minutes = 40;
  constexpr int hours = 24;
  Carry carry;
  std::array<KindCounts, n_kinds> sum{};
  for (int hour = 0; hour < hours; ++hour) {
    auto all = candidates(600, 1000U * static_cast<unsigned>(hour));
    for (Candidate& c : all) {
      c.source = Source::rules;
      c.found = c.matched = c.drawn = 0;
    }
    const auto counts = settle_secondary(all, {60, 2}, carry, s, key, 1);
    for (std::size_t k = 0; k < n_kinds; ++k) sum[k] += counts.kinds[k];
    CHECK(counts.with(Outcome::no_place) ==
          counts.reviewed() - counts.kinds[1].inspected - counts.kinds[2].inspected);
  }
  CHECK(sum[0].sent_on == 0);
  CHECK(sum[1].inspected == 16);  // 24 * 30 / 45
  CHECK(sum[2].inspected == 54);  // 24 * 90 / 40
  CHECK(sum[1].minutes == 16 * 45);
  // 600 candidates an hour, 24 hours, in halves: Chernoff at 1e-9.
  const double n = static_cast<double>(sum[1].sent_on + sum[2].sent_on);
  CHECK(std::abs(static_cast<double>(sum[1].sent_on) / n - 0.5) <
        test::binomial_halfwidth(0.5, static_cast<std::size_t>(n), 1e-9));
}

TEST_CASE("a kind finds what it is for: the same persons at each kind", "[control][statistical]") {
  // n persons with contraband, all at one kind: the share found is that kind's. Chernoff at 1e-9.
  constexpr std::size_t n = 20'000;
  const std::array<double, n_kinds> finds{0.1, 0.8, 0.2};
  for (std::size_t k = 0; k < n_kinds; ++k) {
    SecondarySettings s = settings();
    s.forward_threat = 1;
    std::array<double, n_kinds> all_there{};
    all_there[k] = 1;
    s.kinds = alike(all_there, all_there, s);
    for (std::size_t i = 0; i < n_kinds; ++i) {
      (*s.kinds)[i].finds[static_cast<std::size_t>(Threat::contraband)] = finds[i];
    }
    std::vector<Candidate> all(n);
    for (std::size_t i = 0; i < n; ++i) {
      all[i].trip = i;
      all[i].source = Source::rules;
      all[i].threat = Threat::contraband;
    }
    Carry carry;
    const auto counts = settle_secondary(all, {60'000, 60'000}, carry, s, key, 1);
    CHECK(counts.kinds[k].inspected == n);
    CHECK(std::abs(static_cast<double>(counts.kinds[k].found) / n - finds[k]) <
          test::binomial_halfwidth(finds[k], n, 1e-9));
  }
}
