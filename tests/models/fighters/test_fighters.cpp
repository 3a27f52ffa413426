// SPDX-License-Identifier: Apache-2.0
/// \file test_fighters.cpp  The model alone, in front of a border that stops people with given
/// chances. Every run checks every day that everybody is in one stage and every attempt has one end
/// (border.hpp).
#include "models/fighters/fighters.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "sim/archive.hpp"
#include "tests/models/fighters/border.hpp"
#include "tests/support/statistics.hpp"

using namespace corridor;
using namespace corridor::fighters;
using namespace corridor::fighters::test;

namespace {

FightersParams on() {
  FightersParams p;
  p.on = true;
  return p;
}
Fighters made(const FightersParams& p, const TestWorld& w, std::string_view actors,
              sim::RunKey key = {1, 0}, const HasRoute& routes = TestWorld::routes()) {
  return Fighters(p, actors_of(actors, w.world), w.world, key, sim::Calendar({2020, 1, 1}), routes);
}
Border everywhere(double refused, double held) {
  return [=](const travel::PlannedJourney&) { return fighters::test::Chances{refused, held}; };
}
std::vector<std::byte> bytes_of(FightersState state) {
  sim::ByteWriter out;
  state.visit(out);
  return out.bytes;
}
std::uint32_t n(const Run& run, Count c) { return run.total[at(c)]; }

}  // namespace

TEST_CASE("everybody is somewhere and every attempt has one end, whatever the parameters",
          "[fighters][property]") {
  CHECK(rc::check("for 200 days", [] {
    const TestWorld w;
    FightersParams p = on();
    const auto share = [] { return *rc::gen::inRange(0, 101) / 100.0; };
    p.companion = 0.9 * share();
    p.give_up = share();
    p.retry = share();
    p.through_posts = share();
    p.rationality = 5 * share();
    p.crossing_per_day = share();
    p.turn_back_per_day = 0.001 + share();
    p.return_per_year = 10 * share();
    p.relocate_per_year = 10 * share();
    p.lost_per_year = 10 * share();
    p.second_transit = share();
    p.plan_mean_days = 30 * share();
    const double refused = 0.5 * share(), held = 0.5 * share();
    const bool post = *rc::gen::arbitrary<bool>();
    const auto routes = [post](std::uint32_t a, std::uint32_t b) {
      return a != 7 && (b != 7 || post);
    };
    Fighters model = made(p, w, test_actors(100, 150), {2, 0}, routes);
    Run run;
    drive(model, 0, 200, {2, 0}, everywhere(refused, held), run);
    RC_ASSERT(n(run, Count::mobilised) > 0);
  }));
}

TEST_CASE("a saved state goes on to the same bits", "[fighters][exact]") {
  const TestWorld w;
  const std::vector<FacilitatorOffer> offers{{4, Service::documents, nowhere, 50'000, 0.5},
                                             {5, Service::logistics, nowhere, 20'000, 0.5}};
  const Border border = everywhere(0.1, 0.05);
  FightersParams p = on();
  p.return_per_year = 2;
  p.relocate_per_year = 1;
  Fighters whole = made(p, w, test_actors(300));
  Run a;
  drive(whole, 0, 300, {1, 0}, border, a, offers);

  Fighters first = made(p, w, test_actors(300)), second = made(p, w, test_actors(300));
  Run b;
  drive(first, 0, 120, {1, 0}, border, b, offers);
  const auto saved = bytes_of(first.state());
  FightersState loaded;
  sim::ByteReader in{saved};
  loaded.visit(in);
  CHECK(in.bytes.empty());
  second.set_state(std::move(loaded));
  drive(second, 120, 300, {1, 0}, border, b, offers);
  CHECK(bytes_of(whole.state()) == bytes_of(second.state()));
  CHECK(a.total == b.total);
  CHECK(a.records == b.records);
  for (std::size_t day = 0; day < a.days.size(); ++day) {
    REQUIRE(a.days[day].journeys == b.days[day].journeys);
    REQUIRE(a.days[day].postings == b.days[day].postings);
    REQUIRE(a.days[day].events == b.days[day].events);
  }
}

TEST_CASE("the order in which outcomes are told does not matter", "[fighters][relation]") {
  const TestWorld w;
  Fighters a = made(on(), w, test_actors(1000, 60)), b = made(on(), w, test_actors(1000, 60));
  for (std::int32_t day = 0; day < 60; ++day) {
    const auto d = a.decide(day);
    CHECK(b.decide(day).journeys == d.journeys);
    auto told = fighters::test::outcomes(d.journeys, everywhere(0.2, 0.1), {1, 0});
    a.learn(told);
    std::reverse(told.begin(), told.end());
    b.learn(told);
  }
  CHECK(bytes_of(a.state()) == bytes_of(b.state()));
}

TEST_CASE("switched off, or with a flow of zero, nobody sets out", "[fighters][relation]") {
  const TestWorld w;
  FightersParams off = on(), none = on();
  off.on = false;
  none.flow = 0;
  for (const FightersParams& p : {off, none}) {
    Fighters model = made(p, w, test_actors(1000));
    Run run;
    drive(model, 0, 100, {1, 0}, {}, run);
    CHECK(n(run, Count::mobilised) == 0);
    CHECK(model.state().people.empty());
  }
}

TEST_CASE("flow multiplies demand, and what comes of an attempt stays the same",
          "[fighters][statistical]") {
  // Poisson, one person a party: mobilised is Poisson of 3,000 f within 4 sqrt. Stopped is binomial
  // with the chance 0.2 a ticket, one ticket an attempt: binomial_halfwidth at 1e-9.
  const TestWorld w;
  for (const double flow : {0.1, 1.0, 3.0}) {
    FightersParams p = on();
    p.flow = flow;
    p.process = "poisson";
    p.companion = 0;
    p.broken_relief = 0;
    p.wait_cost = 100;
    p.ticket_usd_per_km = 5;  // a broken journey costs more than anybody has
    p.means_low_usd = p.means_high_usd = 14'000;
    p.through_posts = 0;
    p.retry = 0;
    p.risk_aversion = 0;
    Fighters model = made(p, w, test_actors(3000));
    Run run;
    drive(model, 0, 600, {1, 0}, everywhere(0.2, 0), run);
    const double expected = 3000 * flow;
    CHECK(std::abs(n(run, Count::mobilised) - expected) < 4 * std::sqrt(expected));
    const auto attempted = n(run, Count::attempted);
    CHECK(std::abs(1.0 * n(run, Count::refused) / attempted - 0.2) <
          corridor::test::binomial_halfwidth(0.2, attempted, 1e-9));
  }
}

TEST_CASE("money: what is spent is first earned, cent by cent", "[fighters][exact]") {
  const TestWorld w;
  const std::vector<FacilitatorOffer> offers{{4, Service::documents, nowhere, 50'000, 1},
                                             {5, Service::logistics, nowhere, 10'000, 1}};
  FightersParams p = on();
  p.document_relief = 0.9;
  p.risk_aversion = 20;
  Fighters model = made(p, w, test_actors(500));
  Run run;
  drive(model, 0, 365, {1, 0}, everywhere(0.1, 0.1), run, offers);
  std::int64_t earned = 0, spent = 0;
  std::map<finance::Item, std::size_t> items;
  std::map<std::uint32_t, std::size_t> helpers;
  std::size_t tickets = 0, irregular = 0;
  for (const Decisions& d : run.days) {
    tickets += d.journeys.size();
    for (const auto& j : d.journeys) irregular += j.irregular;
    for (const finance::Posting& q : d.postings) {
      CHECK(q.cents > 0);
      CHECK(q.group == 0);
      (q.item == finance::Item::own_means ? earned : spent) += q.cents;
      ++items[q.item];
      if (q.item == finance::Item::facilitator) ++helpers[q.other];
    }
  }
  CHECK(earned == spent);
  CHECK(items[finance::Item::ticket] == tickets);
  CHECK(helpers.size() == 2);
  CHECK(irregular > 0);

  SECTION("where nobody helps there are no false documents and no such posting") {
    std::vector<FacilitatorOffer> nobody = offers;
    for (auto& o : nobody) o.access = 0;
    Fighters alone = made(p, w, test_actors(500)), without = made(p, w, test_actors(500));
    Run x, y;
    drive(alone, 0, 365, {1, 0}, everywhere(0.1, 0.1), x, nobody);
    drive(without, 0, 365, {1, 0}, everywhere(0.1, 0.1), y);
    for (std::size_t day = 0; day < x.days.size(); ++day) {
      REQUIRE(x.days[day].journeys == y.days[day].journeys);
      for (const auto& j : x.days[day].journeys) CHECK(j.irregular == 0);
      for (const auto& q : x.days[day].postings) CHECK(q.item != finance::Item::facilitator);
    }
  }
}

TEST_CASE("children travel in company alone; parties are of one to eight", "[fighters][exact]") {
  const TestWorld w;
  FightersParams p = on();
  p.companion = 0.7;
  p.minor = 0.5;
  Fighters model = made(p, w, test_actors(3000, 200));
  Run run;
  drive(model, 0, 200, {1, 0}, {}, run);
  std::size_t minors = 0, eights = 0;
  for (const Party& q : model.state().people) {
    CHECK((q.size >= 1 && q.size <= most_in_party));
    CHECK_FALSE((q.minor == 1 && q.size == 1));
    minors += q.minor;
    eights += q.size == 8 ? 1 : 0;
  }
  CHECK(minors > 0);
  CHECK(eights > 0);
}

TEST_CASE("what home services know: shares as given, bits on tickets from that day on",
          "[fighters][statistical]") {
  // Shares of n people within binomial_halfwidth at 1e-9.
  const TestWorld w;
  FightersParams p = on();
  p.companion = 0;
  p.registered = 0.5;
  Fighters model = made(p, w, test_actors(5000));
  Run run;
  drive(model, 0, 400, {1, 0}, {}, run);
  const auto people = model.state().people.size();
  std::map<Quality, double> quality;
  std::map<std::uint64_t, KnownPerson> known;
  double registered = 0;
  for (const KnownPerson& k : run.records) {
    ++quality[k.quality];
    registered += k.registered;
    known[k.person] = k;
  }
  const std::size_t records = run.records.size();
  const auto close = [](double count, std::size_t of, double share) {
    return std::abs(count / static_cast<double>(of) - share) <
           corridor::test::binomial_halfwidth(share, of, 1e-9);
  };
  CHECK(close(static_cast<double>(records), people, 0.6));
  CHECK(close(quality[Quality::biometric], records, 0.1));
  CHECK(close(quality[Quality::birth_date], records, 0.9 * 0.6));
  CHECK(close(registered, records, 0.5));
  std::size_t late = 0;
  for (const Decisions& d : run.days) {
    for (const auto& j : d.journeys) {
      const auto k = known.find(j.person);
      const bool found = k != known.end() && k->second.registered == 1 && k->second.day <= j.day;
      const int bits = !found ? 0 : k->second.quality == Quality::biometric ? 6 : 2;
      REQUIRE(j.known[0] == bits);
      late += k != known.end() && k->second.day > j.day ? 1 : 0;
    }
  }
  CHECK(late > 0);  // known too late
}

TEST_CASE("companions have records of their own, children none", "[fighters][statistical]") {
  // A share of n people within binomial_halfwidth at 1e-9.
  const TestWorld w;
  FightersParams p = on();
  p.companion = 0.7;
  p.registered = 0.5;
  p.biometric = 0;
  p.known_delay_days = 0;
  const auto shares = [&](double known) {
    p.known = known;
    Fighters model = made(p, w, test_actors(5000));
    Run run;
    drive(model, 0, 400, {1, 0}, {}, run);
    std::array<std::pair<double, double>, 3> bits;  // leaders, companions, children: known of all
    for (const Decisions& d : run.days) {
      for (const auto& j : d.journeys) {
        if (j.ticket != 0) continue;
        for (std::size_t m = 0; m < j.party; ++m) {
          const std::size_t who = m == 0 ? 0 : j.minor != 0 && m + 1U == j.party ? 2 : 1;
          bits[who].first += j.known[m] == 0b010 ? 1 : 0;
          bits[who].second += 1;
        }
        for (std::size_t m = j.party; m < j.known.size(); ++m) CHECK(j.known[m] == 0);
      }
    }
    return bits;
  };
  const auto some = shares(0.6), none = shares(0);
  for (std::size_t who = 0; who < 3; ++who) {
    const auto [known, all] = some[who];
    REQUIRE(all > (who == 2 ? 50 : 300));
    CHECK(none[who].first == 0);
    if (who == 2) {
      CHECK(known == 0);
    } else {
      CHECK(std::abs(known / all - 0.3) <
            corridor::test::binomial_halfwidth(0.3, static_cast<std::size_t>(all), 1e-9));
    }
  }
}

TEST_CASE("whoever is stopped is known where it happened; whoever is held does not go on",
          "[fighters][exact]") {
  const TestWorld w;
  FightersParams p = on();
  p.known = 0;
  Fighters model = made(p, w, test_actors(300));
  Run run;
  drive(model, 0, 365, {1, 0}, everywhere(0, 1), run);
  CHECK(n(run, Count::arrived) == 0);
  CHECK(n(run, Count::held) == n(run, Count::attempted));
  std::map<std::uint64_t, travel::PlannedJourney> tickets;
  for (const Decisions& d : run.days) {
    for (const auto& j : d.journeys) CHECK(tickets.emplace(j.person, j).second);
  }
  std::size_t people = 0;
  for (const auto& [person, ticket] : tickets) people += ticket.party - ticket.minor;
  CHECK(people > tickets.size());
  CHECK(run.records.size() == people);  // of the whole party, without children
  for (const KnownPerson& k : run.records) {
    CHECK(k.quality == Quality::biometric);
    CHECK(k.holder == tickets.at(k.person).destination);
    CHECK(k.day == tickets.at(k.person).day + 1);
  }
}

TEST_CASE("a ticket that was not there after all is not planned again", "[fighters][exact]") {
  const TestWorld w;
  FightersParams p = on();
  p.give_up = 0;
  Fighters model = made(p, w, test_actors(200));
  std::size_t none = 0, later = 0;
  for (std::int32_t day = 0; day < 365; ++day) {
    const auto d = model.decide(day);
    auto told = fighters::test::outcomes(d.journeys, {}, {1, 0});
    for (auto& o : told) {
      const auto j = std::find_if(d.journeys.begin(), d.journeys.end(),
                                  [&](const auto& x) { return x.person == o.person; });
      if (j->origin > 4 || j->destination != 0) continue;
      o.end = travel::JourneyEnd::no_route;
      ++(day < 200 ? none : later);
    }
    model.learn(told);
  }
  CHECK(none >= 2);  // H1A and H2A to GA1; several on one day
  CHECK(later == 0);
  for (const double failed : model.state().beliefs.failed) CHECK(failed < 1);  // turned back alone
  CHECK_THROWS_AS(model.learn(std::vector<travel::JourneyOutcome>{{1, 0}}), std::invalid_argument);
}

TEST_CASE("hazards in the zone empty it at their rates, faster once it has closed",
          "[fighters][statistical]") {
  // One resident of a gateway country is a party that needs no ticket; everybody crosses at once.
  // After t years a share 1 - exp(-h t) has left, split by the rates: binomial_halfwidth at 1e-9.
  TestWorld w;
  FightersParams p = on();
  p.companion = 0;
  p.process = "poisson";
  p.plan_mean_days = 0;
  p.wait_cost = 100;
  p.crossing_per_day = 10;
  p.through_posts = 0;
  p.turn_back_per_day = 0.0001;
  p.return_per_year = 0.5;
  p.relocate_per_year = 0.2;
  p.lost_per_year = 0.3;
  p.collapse_factor = 4;
  const auto left = [&](const std::string& closes) {
    std::string actors = test_actors(8000, 1);
    actors.replace(actors.find("source"), 0, "closes = " + closes + "\n");
    actors.replace(actors.find("Home"), 4, "GA1");
    Fighters model = made(p, w, actors);
    Run run;
    drive(model, 0, 366, {1, 0}, {}, run);
    const Census c = model.census();
    const double all = static_cast<double>(n(run, Count::arrived));
    REQUIRE(all > 3000);  // of the ids of one day and stream
    const auto e = [&](double share) {
      return corridor::test::binomial_halfwidth(share, static_cast<std::size_t>(all), 1e-9);
    };
    const double gone = 1 - static_cast<double>(c.in_zone) / all;
    CHECK(std::abs(static_cast<double>(c.lost) / all / gone - 0.3) < e(0.3) / gone);
    CHECK(std::abs(static_cast<double>(c.returned) / all / gone - 0.5) < e(0.5) / gone);
    return gone;
  };
  // Days of arrival are 0 to a few, so exposure is a year within 1 %: 0.004 on the share.
  const double open = left("2030-01-01"), shut = left("2020-07-01");
  const double tolerance = corridor::test::binomial_halfwidth(0.6, 3000, 1e-9) + 0.004;
  CHECK(std::abs(open - (1 - std::exp(-1.0))) < tolerance);
  CHECK(std::abs(shut - (1 - std::exp(-0.5 - 0.5 * 4))) < tolerance);
}

TEST_CASE("who relocates goes to another open zone, or to a third country", "[fighters][exact]") {
  TestWorld w;
  FightersParams p = on();
  p.relocate_per_year = 10;
  p.return_per_year = p.lost_per_year = 0;
  Fighters single = made(p, w, test_actors(300));
  Run a;
  drive(single, 0, 500, {1, 0}, {}, a);
  CHECK(single.census().relocated > 100);

  const std::string second =
      "[[conflict_zone]]\nname = \"Tee\"\ncountry = \"T1A\"\ngateways = \"T2A\"\n"
      "attractiveness = 0.001\nsource = \"invented\"\n";
  Fighters both = made(p, w, second + test_actors(300));
  Run b;
  drive(both, 0, 500, {1, 0}, {}, b);
  CHECK(both.census().relocated == 0);  // a fate: to and fro between the two zones instead
  CHECK(n(b, Count::relocated) > 100);
  CHECK(n(b, Count::arrived) > n(a, Count::arrived));
}

TEST_CASE("a zone that closes ends the flow to it; one that has not opened has none",
          "[fighters][exact]") {
  TestWorld w;
  std::string actors = test_actors(400);
  actors.replace(actors.find("source"), 0, "opens = 2020-03-01\ncloses = 2020-05-31\n");
  Fighters model = made(on(), w, actors);
  Run run;
  drive(model, 0, 60, {1, 0}, {}, run);
  CHECK(n(run, Count::mobilised) == 0);
  drive(model, 60, 152, {1, 0}, {}, run);
  const auto by_then = n(run, Count::mobilised);
  CHECK(by_then > 0);
  drive(model, 152, 365, {1, 0}, {}, run);
  CHECK(n(run, Count::mobilised) == by_then);
  const Census c = model.census();
  CHECK(c.planning + c.at_gateway == 0);
}
