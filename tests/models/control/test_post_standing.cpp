// SPDX-License-Identifier: Apache-2.0
#include "models/control/post_standing.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr sim::RunKey key{16, 0};
constexpr auto contraband = static_cast<std::size_t>(Threat::contraband);
constexpr auto cash = static_cast<std::size_t>(Threat::cash);

std::vector<Candidate> flagged(std::size_t n, Source source) {
  std::vector<Candidate> all(n);
  for (std::size_t i = 0; i < n; ++i) {
    all[i].trip = i;
    all[i].source = source;
    all[i].threat = Threat::contraband;
    all[i].drawn = source == Source::random ? 1 : 0;
    all[i].found = all[i].matched = source == Source::list ? 2 : 0;
  }
  return all;
}

std::int64_t inspected(std::vector<Candidate> all, const SecondarySettings& s) {
  Carry carry;
  return settle_secondary(all, {60'000, 60'000}, carry, s, key, 2).inspected();
}

}  // namespace

TEST_CASE("a scanner raises what is found of goods, where there are kinds in goods alone",
          "[control][exact]") {
  SecondarySettings s;
  s.sensitivity = {0, 0.9, 0.6, 0.8, 0.5, 0.3};
  const SecondarySettings with = settings_at(s, {1, 0.5, 0}, key, 7);
  CHECK(with.sensitivity == std::array<double, n_threats>{0, 0.9, 0.8, 0.8, 0.75, 0.3});
  CHECK(settings_at(s, {0, 0.5, 0}, key, 7).sensitivity == s.sensitivity);
  CHECK(settings_at(s, {1, 0, 0}, key, 7).sensitivity == s.sensitivity);
  s.kinds = Kinds{};
  for (KindSettings& k : *s.kinds) k.finds = s.sensitivity;
  const SecondarySettings kinds = settings_at(s, {1, 0.5, 0}, key, 7);
  CHECK(kinds.sensitivity == s.sensitivity);
  CHECK((*kinds.kinds)[0].finds == s.sensitivity);
  CHECK((*kinds.kinds)[1].finds[contraband] == 0.8);
  CHECK((*kinds.kinds)[1].finds[cash] == 0.75);
  CHECK((*kinds.kinds)[2].finds == s.sensitivity);
}

TEST_CASE("as many posts have scanners as the share says, and more share never takes one away",
          "[control][statistical]") {
  // Chernoff at 1e-9.
  SecondarySettings s;
  s.sensitivity[contraband] = 0.5;
  constexpr std::uint32_t n = 20'000;
  std::size_t some = 0;
  for (std::uint32_t p = 0; p < n; ++p) {
    const bool has = settings_at(s, {0.3, 0.5, 0}, key, p).sensitivity[contraband] > 0.5;
    some += has ? 1 : 0;
    if (has) REQUIRE(settings_at(s, {0.6, 0.5, 0}, key, p).sensitivity[contraband] > 0.5);
  }
  CHECK(std::abs(static_cast<double>(some) / n - 0.3) < test::binomial_halfwidth(0.3, n, 1e-9));
}

TEST_CASE("hits and flags are let pass with their chance; random draws and referrals are not",
          "[control][statistical]") {
  // Chernoff at 1e-9; with a chance of 0 nothing is let pass, with 1 everything.
  constexpr std::size_t n = 20'000;
  SecondarySettings s;
  s.review_minutes = s.inspection_minutes = 1;
  for (const Source source : {Source::list, Source::rules}) {
    s.ignored = 0;
    CHECK(inspected(flagged(n, source), s) == n);
    s.ignored = 0.25;
    const double share = static_cast<double>(inspected(flagged(n, source), s)) / n;
    CHECK(std::abs(share - 0.75) < test::binomial_halfwidth(0.75, n, 1e-9));
    s.ignored = 1;
    CHECK(inspected(flagged(n, source), s) == 0);
  }
  for (const Source source : {Source::referral, Source::random}) {
    CHECK(inspected(flagged(n, source), s) == n);
  }
  // The random share stays unbiased under another source, too.
  auto both = flagged(n, Source::rules);
  for (Candidate& c : both) c.drawn = 1;
  CHECK(inspected(both, s) == n);
}

TEST_CASE("less compliance only takes detections away, person by person", "[control][relation]") {
  const auto all = flagged(2'000, Source::rules);
  SecondarySettings much, little;
  much.ignored = 0.2;
  little.ignored = 0.6;
  std::size_t lost = 0;
  for (const Candidate& c : all) {
    const bool a = sent_on(c, much, key, 2), b = sent_on(c, little, key, 2);
    REQUIRE((a || !b));
    lost += a && !b ? 1 : 0;
  }
  CHECK(lost > 0);
}
