// SPDX-License-Identifier: Apache-2.0
/// \file test_round_posts.cpp  Pressure at posts shifts people to green borders, patrols bring them
/// back; without a cause nothing moves.
///
/// Runs of one seed share every draw, so that what must not move is compared bit by bit.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>

#include "models/fighters/fighters.hpp"
#include "tests/models/fighters/border.hpp"

using namespace corridor;
using namespace corridor::fighters;
using namespace corridor::fighters::test;

namespace {

constexpr std::int32_t days = 500;

/// Beside GA1 lies T1A, beside GA2 T2A: from there one can come without a post.
TestWorld with_green_borders() {
  TestWorld w;
  w.world.borders.push_back({0, 5, 100, 0, 0});
  w.world.borders.push_back({1, 6, 100, 0, 0});
  return w;
}

FightersParams params() {
  FightersParams p;
  p.on = true;
  p.process = "poisson";
  p.through_posts = 0;
  p.retry = 1;
  p.give_up = 0;
  p.most_attempts = 20;
  p.minor = 0;
  p.turn_back_per_day = 0.0001;  // next to nobody learns from the last step
  p.means_low_usd = 5000;        // the way round is affordable for all
  return p;
}

/// Posts of gateways refuse so many; those of transit let all pass.
Border pressure(double refused) {
  return [=](const travel::PlannedJourney& j) {
    return fighters::test::Chances{j.destination < 3 ? refused : 0.0, 0.0};
  };
}

struct Told {
  Run run;
  FightersState state;
  std::size_t round = 0, found = 0, protected_ = 0;
};
Told told(double patrol, double off_post, const Border& border, FightersParams p = params()) {
  const TestWorld w = with_green_borders();
  Fighters model(p, actors_of(test_actors(600), w.world), w.world, {31, 0},
                 sim::Calendar({2020, 1, 1}), TestWorld::routes());
  model.set_between_posts(patrol, off_post);
  Told t;
  drive(model, 0, days, {31, 0}, border, t.run);
  t.state = model.state();
  for (const Decisions& d : t.run.days) {
    for (const FighterEvent& e : d.events) {
      t.round += e.event == Event::went_round ? e.size : 0U;
      t.found += e.event == Event::found_by_patrol ? e.size : 0U;
      t.protected_ += e.event == Event::protection ? e.size : 0U;
    }
  }
  return t;
}
std::uint32_t n(const Told& t, Count c) { return t.run.total[at(c)]; }

}  // namespace

TEST_CASE("pressure at posts sends people round them, and the more arrive",
          "[fighters][relation]") {
  const Told posts = told(0, 0, pressure(0.6)), round = told(0, 1, pressure(0.6));
  CHECK(posts.round == 0);
  CHECK(round.round > 50);
  CHECK(round.found == 0);  // nobody patrols
  CHECK(n(round, Count::refused) < n(posts, Count::refused));
  CHECK(n(round, Count::arrived) > n(posts, Count::arrived));
  // Only a share knows a way.
  const Told some = told(0, 0.3, pressure(0.6));
  CHECK(some.round > 0);
  CHECK(some.round < round.round);
}

TEST_CASE("where posts stop nobody, or nobody fears them, all stay at posts, bit by bit",
          "[fighters][relation]") {
  const auto same = [](const Told& a, const Told& b) {
    CHECK(b.round == 0);
    REQUIRE(a.state.people.size() == b.state.people.size());
    CHECK(std::memcmp(a.state.people.data(), b.state.people.data(),
                      a.state.people.size() * sizeof(Party)) == 0);
    CHECK(a.run.total == b.run.total);
  };
  same(told(0, 0, pressure(0)), told(0, 1, pressure(0)));
  // Whoever is not moved by risk takes the cheaper way, which is by a post: at full rationality.
  FightersParams p = params();
  p.risk_aversion = 0;
  p.rationality = 20;
  p.broken_relief = p.document_relief = 0;
  p.round_usd = 4000;
  same(told(0, 0, pressure(0.6), p), told(0, 1, pressure(0.6), p));
}

TEST_CASE("patrols bring people back to posts, and find some of the others",
          "[fighters][relation]") {
  const Told alone = told(0, 1, pressure(0.6)), some = told(0.2, 1, pressure(0.6)),
             all = told(1, 1, pressure(0.6));
  CHECK(some.found > 0);
  CHECK(some.round < alone.round);
  CHECK(all.round == 0);  // nowhere are posts feared more
  CHECK(some.protected_ == 0);
}

TEST_CASE("a party with a child that a patrol finds is referred to protection",
          "[fighters][exact]") {
  FightersParams p = params();
  p.companion = 0.9;
  p.minor = 1;
  const Told t = told(0.2, 1, pressure(0.6), p);
  REQUIRE(t.found > 0);
  CHECK(t.protected_ > 0);
  for (const Decisions& d : t.run.days) {
    for (const FighterEvent& e : d.events) {
      if (e.event != Event::found_by_patrol) continue;
      const Event expected = e.size > 1 ? Event::protection : Event::refused;
      CHECK(std::any_of(d.events.begin(), d.events.end(), [&](const FighterEvent& x) {
        return x.person == e.person && x.event == expected;
      }));
    }
  }
  CHECK(t.protected_ == n(t, Count::protected_));
}
