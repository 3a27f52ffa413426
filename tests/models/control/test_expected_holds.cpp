// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/control/secondary.hpp"

using namespace corridor;
using namespace corridor::control;

namespace {

constexpr sim::RunKey key{5, 0};

SecondarySettings usual() {
  SecondarySettings s;
  s.review_minutes = 1;
  s.inspection_minutes = 1;
  s.forward_threat = 0.8;
  s.forward_innocent = 0.3;
  s.confirm_match = 0.9;
  s.confirm_false = 0.4;
  s.second_match = 0.7;
  s.second_false = 0.2;
  s.sensitivity = {0, 0.9, 0.6, 0.8, 0.5, 0.7};
  s.specificity = 0.8;
  s.asylum = 0.3;
  s.ignored = 0.2;
  return s;
}

bool is_held(const Candidate& c) { return held(c.outcome) && c.outcome != Outcome::protection; }

/// One candidate of each trip, all alike, with room for all.
std::vector<Candidate> settled(Candidate like, std::uint64_t n, SecondaryCounts& counts,
                               const SecondarySettings& settings) {
  std::vector<Candidate> all(n, like);
  for (std::uint64_t i = 0; i < n; ++i) all[i].trip = i;
  Carry carry;
  counts = settle_secondary(all, {static_cast<std::int32_t>(n), static_cast<std::int32_t>(n)},
                            carry, settings, key, 3);
  return all;
}

}  // namespace

TEST_CASE("as many are held as their chances say, whatever named them and whatever they carry",
          "[control][secondary][statistical]") {
  // 4,000 persons a cell, 4 x 6 x 2 x 2 x 2 x 2 cells: the largest of 384 standard normal values
  // exceeds 4.5 with a chance of 0.003.
  constexpr std::uint64_t n = 4000;
  const SecondarySettings s = usual();
  for (const Source source : {Source::list, Source::referral, Source::rules, Source::random}) {
    for (std::size_t threat = 0; threat < n_threats; ++threat) {
      for (int bits = 0; bits < 16; ++bits) {
        Candidate c;
        c.source = source;
        c.threat = static_cast<Threat>(threat);
        c.found = (bits & 1) != 0 ? 4 : source == Source::list ? 1 : 0;
        c.matched = (bits & 2) != 0 ? c.found : 0;
        c.drawn = (bits & 4) != 0 ? 1 : 0;
        c.minor = (bits & 8) != 0 ? 1 : 0;
        SecondaryCounts counts;
        std::int64_t is = 0;
        for (const Candidate& x : settled(c, n, counts, s)) is += is_held(x) ? 1 : 0;
        const double p = chance_held(c, s, key, 3), mean = p * static_cast<double>(n);
        CAPTURE(name(source), threat, bits, p, is);
        CHECK(std::abs(static_cast<double>(is) - mean) <= 4.5 * std::sqrt(mean * (1 - p)) + 1e-9);
        CHECK(counts.expected[static_cast<std::size_t>(source)] ==
              static_cast<std::int64_t>(n) * millionths(p));
      }
    }
  }
}

TEST_CASE("with kinds of secondary the chance is that of the kind to which he is sent",
          "[control][secondary][exact]") {
  SecondarySettings s = usual();
  s.kinds.emplace();
  for (std::size_t k = 0; k < n_kinds; ++k) {
    (*s.kinds)[k].minutes = 1;
    (*s.kinds)[k].finds.fill(0.2 + 0.3 * static_cast<double>(k));
  }
  Candidate c;
  c.source = Source::referral;
  c.threat = Threat::contraband;
  for (std::uint64_t trip = 0; trip < 20; ++trip) {
    c.trip = trip;
    CHECK(chance_held(c, s, key, 3) ==
          Approx(0.2 + 0.3 * static_cast<double>(kind_of(c, s, key, 3))).epsilon(1e-12));
  }
}

TEST_CASE("nothing is expected of who was not reviewed or found no place",
          "[control][secondary][exact]") {
  Candidate c;
  c.source = Source::referral;
  c.threat = Threat::contraband;
  SecondarySettings s = usual();
  s.inspection_minutes = 60;
  std::vector<Candidate> all(50, c);
  for (std::uint64_t i = 0; i < all.size(); ++i) all[i].trip = i;
  Carry carry;
  // 60 reviews an hour, five places of an hour each.
  const SecondaryCounts five = settle_secondary(all, {1, 5}, carry, s, key, 3);
  CHECK(five.expected[static_cast<std::size_t>(Source::referral)] == 5 * 600'000);
  for (Candidate& x : all) x.outcome = Outcome::not_reviewed;
  carry = {};
  const SecondaryCounts nobody = settle_secondary(all, {0, 5}, carry, s, key, 3);
  CHECK(nobody.expected == std::array<std::int64_t, n_sources>{});
}
