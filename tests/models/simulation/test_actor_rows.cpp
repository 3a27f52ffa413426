// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_rows.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

ActorTables small_tables(bool full) {
  const scenario::Scenario s = scenario::load_scenario(
      CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml",
      {sim::parse_set(std::string("disclosure.traces=") + (full ? "full" : "class"))});
  return *read_actors(s);
}

trafficking::FlowRow flow(std::uint16_t from, std::uint16_t to, std::int64_t grams) {
  trafficking::FlowRow f;
  f.origin = from;
  f.destination = to;
  f.sent = grams;
  f.consignments = 20;
  return f;
}

/// A month in which nothing happened.
ActorMonth quiet(const ActorTables& t) {
  ActorMonth m;
  m.deliveries.assign(t.trafficking->actors.substances.size() * t.classes.names.size(), 0);
  m.fighters.origins.assign(t.world.countries.size(), fighters::Counts{});
  return m;
}

}  // namespace

TEST_CASE("a network's nodes, entropy, churn and displacement are as defined",
          "[simulation][exact]") {
  const ActorTables t = small_tables(true);
  REQUIRE(t.world.countries.size() > 5);
  ActorMonth m = quiet(t);
  // Two ways out of country 0, three times as much to 1 as to 2.
  m.goods.flows = {flow(0, 1, 300), flow(0, 2, 100)};
  const ActorArrays first = actor_arrays(m, t);
  CHECK(first.network[0] == 3);
  // Weights 400, 300 and 100 of 800.
  const double h = -(0.5 * std::log(0.5) + 0.375 * std::log(0.375) + 0.125 * std::log(0.125));
  CHECK(first.network[1] == Approx(h).epsilon(1e-12));
  CHECK(std::isnan(first.network[2]));
  CHECK(std::isnan(first.network[3]));

  ActorMonth next = quiet(t);
  next.nodes_before = nodes_of(m.goods);
  next.corridors_before = corridors_of(m.goods, t);
  SECTION("nothing moves: neither churn nor displacement") {
    next.goods.flows = m.goods.flows;
    const ActorArrays same = actor_arrays(next, t);
    CHECK(same.network[2] == 0);
    CHECK(same.network[3] == 0);
  }
  SECTION("one of three nodes is left for another") {
    next.goods.flows = {flow(0, 1, 300), flow(0, 3, 100)};
    CHECK(actor_arrays(next, t).network[2] == 0.5);  // 2 of 4 in both months
  }
  SECTION("all goes by another corridor of classes") {
    std::uint16_t other = 1;
    while (t.classes.of_country[other] == t.classes.of_country[0]) ++other;
    next.goods.flows = {flow(other, other, 5)};
    CHECK(actor_arrays(next, t).network[3] == 1);
  }
}

TEST_CASE("by class of place small cells are hidden, and totals too", "[simulation][exact]") {
  ActorMonth m = quiet(small_tables(true));
  constexpr auto attempted = static_cast<std::size_t>(fighters::Count::attempted),
                 arrived = static_cast<std::size_t>(fighters::Count::arrived);
  m.fighters.origins[0][attempted] = 40;
  m.fighters.origins[0][arrived] = 9;
  m.goods.flows = {flow(0, 1, 300)};
  m.goods.flows[0].consignments = 9;
  for (const bool full : {true, false}) {
    const ActorTables t = small_tables(full);
    const ActorArrays a = actor_arrays(m, t);
    CHECK(a.fighters_all[attempted] == 40);
    CHECK(a.fighters_all[arrived] == (full ? 9 : hidden_cell));
    const std::int64_t least_sent =
        *std::min_element(a.corridor_sent.begin(), a.corridor_sent.end());
    const std::int64_t most_sent =
        *std::max_element(a.corridor_sent.begin(), a.corridor_sent.end());
    CHECK(least_sent == (full ? 0 : hidden_cell));
    CHECK(most_sent == (full ? 300 : hidden_cell));
    for (const std::int64_t grams : a.reported) CHECK(grams == (full ? 0 : hidden_cell));
  }
}

TEST_CASE("every kind of event has a name and a code of its own", "[simulation][exact]") {
  RunShape shape;
  const ActorTables t = small_tables(true);
  add_actor_names(shape, t, 100);
  const std::set<std::string> names(shape.actor_event_kind.begin(), shape.actor_event_kind.end());
  CHECK(names.size() == shape.actor_event_kind.size());
  CHECK(shape.actor_event_kind.size() <= 256);
  const auto named = [&](ActorEventKind kind, auto detail) {
    return shape.actor_event_kind.at(event_code(kind, static_cast<std::uint8_t>(detail)));
  };
  CHECK(named(ActorEventKind::journey_begun, travel::Actor::cash_courier) ==
        "journey begun: cash courier");
  CHECK(named(ActorEventKind::journey_ended, travel::JourneyEnd::protection) ==
        "journey ended: protection");
  CHECK(named(ActorEventKind::fighter, fighters::Event::lost) == "fighter: lost");
  CHECK(named(ActorEventKind::record, fighters::Quality::biometric) == "record: biometric");
  CHECK(named(ActorEventKind::delivery, 0) == "delivery");
  CHECK(named(ActorEventKind::money, finance::EventKind::replaced) == "money: replaced");
  CHECK(event_code(ActorEventKind::transfer, finance::n_entries - 1) + 1U ==
        shape.actor_event_kind.size());
  CHECK(shape.actor_event_rows == 100);
  RunShape by_class;
  add_actor_names(by_class, small_tables(false), 100);
  CHECK(by_class.actor_event_rows == 0);
}
