// SPDX-License-Identifier: Apache-2.0
/// \file test_gateway_collapse.cpp  Result R11, a hypothesis: when a gateway collapses, flow moves
/// in time (people wait) and in space (to other gateways); the total falls only if demand does.
///
/// Two runs of one seed, one with and one without the collapse, share every draw that the collapse
/// does not change. So differences are paired by party, and with the cause switched off they are
/// exactly zero. Parties that resolve before the collapse are left out where the text says so.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "models/fighters/fighters.hpp"
#include "tests/models/fighters/border.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::fighters;
using namespace corridor::fighters::test;

namespace {

constexpr std::int32_t collapse = 200, last = 900;
constexpr sim::RunKey key{11, 0};

/// GA1 costs less than GA2 and GA3, so that most people go by it. Demand lasts 600 days; then there
/// is time for those who wait.
std::string actors_text() {
  std::string text = test_actors(4000, 600);
  text.replace(text.find("source"), 0, "gateways = \"GA1:300 GA2:1300 GA3:1300\"\n");
  return text;
}
FightersParams params() {
  FightersParams p;
  p.on = true;
  p.process = "poisson";
  p.companion = 0;
  p.give_up = 0;  // demand does not fall
  p.retry = 1;
  p.most_attempts = 20;
  p.through_posts = 0;
  p.turn_back_per_day = 0.0001;
  p.lost_per_year = p.return_per_year = p.relocate_per_year = 0;
  p.own_refusal = 0.5;
  p.half_life_days = 365;
  return p;
}
Border stops_ga1(double chance) {
  return [=](const travel::PlannedJourney& j) {
    const bool there = j.destination == 0 && j.day >= collapse;
    return fighters::test::Chances{there ? chance : 0.0, 0.0};
  };
}
Run run_of(const FightersParams& p, const Border& border, const std::string& text = actors_text()) {
  const TestWorld w;
  Fighters model(p, actors_of(text, w.world), w.world, key, sim::Calendar({2020, 1, 1}),
                 TestWorld::routes());
  Run run;
  drive(model, 0, last, key, border, run);
  return run;
}
std::uint32_t n(const Run& run, Count c) { return run.total[at(c)]; }
double share(const Run& run, std::size_t gateway) {
  double all = 0;
  for (const GatewayCounts& g : run.gateways) all += g.arrived;
  return run.gateways[gateway].arrived / all;
}
/// By party, the day on which it reached the zone.
std::map<std::uint64_t, std::int32_t> arrivals(const Run& run) {
  std::map<std::uint64_t, std::int32_t> out;
  for (const Decisions& d : run.days) {
    for (const FighterEvent& e : d.events) {
      if (e.event == Event::arrived) out.emplace(e.person, e.day);
    }
  }
  return out;
}
/// Mean days by which parties arrive later in `b` than in `a`, over those who arrive in both, and
/// its standard error.
struct Delay {
  double mean = 0, error = 0;
};
Delay delay(const Run& a, const Run& b) {
  const auto first = arrivals(a), second = arrivals(b);
  std::vector<double> days;
  for (const auto& [person, day] : second) {
    const auto there = first.find(person);
    if (there != first.end()) days.push_back(day - there->second);
  }
  const auto m = corridor::test::moments(days);
  return {m.mean, m.deviation / std::sqrt(static_cast<double>(m.n))};
}

}  // namespace

TEST_CASE(
    "the collapse of a gateway moves flow to others and into waiting, not out of the world "
    "(R11)",
    "[fighters][statistical]") {
  const Run before = run_of(params(), stops_ga1(0)), after = run_of(params(), stops_ga1(0.9));
  // Demand: the same parties, exactly.
  CHECK(n(before, Count::mobilised) == n(after, Count::mobilised));
  // Nobody stopped, so nothing moved anybody but relief: who hears of arrivals alone fears less.
  CHECK(n(before, Count::refused) == 0);

  // Space. About two thirds of all parties resolve after the collapse; the share of GA1 falls by
  // far more than chance: each run's share is binomial of some 4,000, halfwidth 0.05 at 1e-9, in
  // each of two runs.
  const double e = corridor::test::binomial_halfwidth(0.5, 3800, 1e-9);
  CHECK(share(before, 0) > 0.5);
  CHECK(share(after, 0) < share(before, 0) - 2 * e);
  CHECK(share(after, 1) > share(before, 1));
  CHECK(share(after, 2) > share(before, 2));
  CHECK(n(after, Count::diverted) > n(before, Count::diverted));

  // Time. Parties who arrive in both runs arrive later, by more than 4 standard errors of the
  // paired differences.
  const Delay later = delay(before, after);
  CHECK(later.mean > 4 * later.error);
  CHECK(n(after, Count::delayed) > n(before, Count::delayed));
  CHECK(n(after, Count::waited) > n(before, Count::waited));

  // Total. 300 days after the last party resolved, at most one in a hundred is still on its way.
  CHECK(n(after, Count::arrived) > 0.99 * n(before, Count::arrived));
  CHECK(n(after, Count::arrived) <= n(after, Count::mobilised));
  CHECK(n(after, Count::gave_up) == 0);

  SECTION("the total falls when demand does, by as much") {
    FightersParams half = params();
    half.flow = 0.5;
    const Run less = run_of(half, stops_ga1(0.9));
    // Two Poisson totals: 4 standard deviations of their ratio around a half.
    const double sd =
        0.5 * std::sqrt(1.0 / n(after, Count::arrived) + 1.0 / n(less, Count::arrived));
    CHECK(std::abs(1.0 * n(less, Count::arrived) / n(after, Count::arrived) - 0.5) < 4 * sd);
  }
}

TEST_CASE("without perceived risk, or without weighing anything, a collapse moves nobody",
          "[fighters][relation]") {
  FightersParams fearless = params(), random = params();
  fearless.risk_aversion = 0;
  random.rationality = 0;
  for (const FightersParams& p : {fearless, random}) {
    const Run before = run_of(p, stops_ga1(0)), after = run_of(p, stops_ga1(0.9));
    CHECK(n(after, Count::refused) > 0);  // it is felt,
    CHECK(n(after, Count::diverted) == 0);
    CHECK(n(after, Count::delayed) == 0);
    // and every party's first attempt is the same, on the same day by the same way.
    std::map<std::uint64_t, travel::PlannedJourney> first;
    for (const Decisions& d : before.days) {
      for (const auto& j : d.journeys) {
        if (j.ticket == 0) first.emplace(j.person, j);
      }
    }
    std::size_t compared = 0;
    for (const Decisions& d : after.days) {
      for (const auto& j : d.journeys) {
        if (j.ticket != 0) continue;
        REQUIRE(j == first.at(j.person));
        ++compared;
      }
    }
    CHECK(compared == first.size());
  }
}

TEST_CASE(
    "an announced policy moves flow before anybody is stopped, and not when it counts nothing",
    "[fighters][relation]") {
  const auto with_signal = [](double signal) {
    return actors_text() + "[[gateway_policy]]\ncountry = \"GA1\"\nfrom = 2020-07-19\nsignal = " +
           std::to_string(signal) + "\nsource = \"invented\"\n";
  };
  const Run none = run_of(params(), {}), strong = run_of(params(), {}, with_signal(3)),
            empty = run_of(params(), {}, with_signal(0));
  CHECK(share(strong, 0) < share(none, 0) - 0.1);
  CHECK(n(strong, Count::refused) == 0);
  CHECK(n(strong, Count::mobilised) == n(none, Count::mobilised));
  for (std::size_t day = 0; day < none.days.size(); ++day)
    REQUIRE(none.days[day].journeys == empty.days[day].journeys);

  SECTION(
      "a closed gateway is used by nobody, and a border that nobody crosses turns people back") {
    const std::string closed = actors_text() +
                               "[[gateway_policy]]\ncountry = \"GA1\"\nclosed = true\n"
                               "source = \"invented\"\n";
    const Run shut = run_of(params(), {}, closed);
    CHECK(shut.gateways[0].attempted == 0);
    CHECK(n(shut, Count::mobilised) == n(none, Count::mobilised));
    FightersParams p = params();
    p.turn_back_per_day = 0.05;
    const Run stuck = run_of(p, {},
                             actors_text() +
                                 "[[gateway_policy]]\ncountry = \"GA1\"\ncrossing_factor = 0\n"
                                 "source = \"invented\"\n");
    CHECK(stuck.gateways[0].arrived == 0);
    CHECK(n(stuck, Count::turned_back) > 0);
    CHECK(share(stuck, 1) + share(stuck, 2) == Approx(1));
  }
}

TEST_CASE("what was learned is forgotten: years after the collapse ends people come back",
          "[fighters][statistical]") {
  // GA1 stops all from day 100 to 150; its share among those who set out in the last 300 days is
  // that of the run without, within two binomial halfwidths, when the half-life is 20 days; with
  // one of ten years it is not.
  const auto brief = [](const travel::PlannedJourney& j) {
    const bool there = j.destination == 0 && j.day >= 100 && j.day < 150;
    return fighters::test::Chances{0.0, there ? 1.0 : 0.0};
  };
  const auto late_share = [](const FightersParams& p, const Border& border) {
    const TestWorld w;
    Fighters model(p, actors_of(actors_text(), w.world), w.world, key, sim::Calendar({2020, 1, 1}),
                   TestWorld::routes());
    Run early, late;
    drive(model, 0, 300, key, border, early);
    std::uint32_t ga1 = 0, all = 0;
    for (std::int32_t day = 300; day < 600; ++day) {
      const auto d = model.decide(day);
      model.learn(fighters::test::outcomes(d.journeys, border, key));
      const auto month = model.close_month();
      ga1 += month.gateways[0].attempted;
      for (const auto& g : month.gateways) all += g.attempted;
    }
    return std::pair{1.0 * ga1 / all, all};
  };
  FightersParams forgetful = params(), unforgiving = params();
  forgetful.half_life_days = 20;
  unforgiving.half_life_days = 3650;
  const auto [free, n_free] = late_share(forgetful, {});
  const auto [again, n_again] = late_share(forgetful, brief);
  const double e = 2 * corridor::test::binomial_halfwidth(free, std::min(n_free, n_again), 1e-9);
  CHECK(std::abs(again - free) < e);
  CHECK(late_share(unforgiving, brief).first < late_share(unforgiving, {}).first - e);
}

TEST_CASE("news of arrests reaches people of other countries; refusals do not",
          "[fighters][exact]") {
  const TestWorld w;
  const auto risk = [&](double news, const Border& border) {
    FightersParams p = params();
    p.news = news;
    const auto actors = actors_of(actors_text(), w.world);
    Fighters model(p, actors, w.world, key, sim::Calendar({2020, 1, 1}), TestWorld::routes());
    Run run;
    drive(model, 0, 60, key, border, run);
    return model.perceived_risk(5, 0);  // T1A, from where nobody sets out
  };
  const auto held = [](const travel::PlannedJourney&) { return fighters::test::Chances{0, 0.5}; };
  const auto refused = [](const travel::PlannedJourney&) {
    return fighters::test::Chances{0.5, 0};
  };
  CHECK(risk(0.5, held) > 0.3);
  CHECK(risk(0, held) == Approx(0.1));
  CHECK(risk(0.5, refused) == Approx(0.1));
}
