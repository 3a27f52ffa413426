// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <set>

#include "models/simulation/actor_rows.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

scenario::Scenario with_actors(const std::vector<std::string>& set) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/actors-small.toml", overrides);
}

struct Run {
  std::vector<std::uint64_t> digests;
  std::vector<EventRow> ordinary;  ///< of everybody else
  std::vector<ActorEvent> events;
  DayCounts counts;
  std::optional<ActorMonth> month;
  State last;
};

Run run(const std::vector<std::string>& set, std::int32_t days) {
  std::vector<std::string> all{"run.days=" + std::to_string(days), "run.cut_days=0"};
  all.insert(all.end(), set.begin(), set.end());
  const scenario::Scenario s = with_actors(all);
  Simulation sim(s, test::small_setup(s), 0);
  Run r;
  for (std::int32_t day = 0; day < days; ++day) {
    const DayResult result = sim.step(day);
    r.digests.push_back(result.digest);
    r.counts += result.counts;
    for (const EventRow& e : result.events) {
      if (!travel::is_injected(e.candidate.trip)) r.ordinary.push_back(e);
    }
    r.events.insert(r.events.end(), result.actor_events.begin(), result.actor_events.end());
  }
  r.month = sim.actor_month();
  r.last = sim.state();
  return r;
}

std::size_t count(const Run& r, ActorEventKind kind) {
  return static_cast<std::size_t>(std::count_if(
      r.events.begin(), r.events.end(), [&](const ActorEvent& e) { return e.kind == kind; }));
}

/// Enough officers for every candidate, so that nobody is crowded out.
const std::vector<std::string> roomy{"control.secondary.rate=0.3", "control.review.per_place=20"};

std::vector<std::string> also(std::vector<std::string> more) {
  more.insert(more.end(), roomy.begin(), roomy.end());
  return more;
}

}  // namespace

TEST_CASE("goods, fighters and money move and add up for two months", "[simulation][exact]") {
  // Grams and cents are checked every day by the models: a violation would throw.
  const Run r = run({}, 60);
  CHECK(count(r, ActorEventKind::consignment) > 20);
  CHECK(count(r, ActorEventKind::delivery) > 5);
  CHECK(count(r, ActorEventKind::seizure) > 0);
  CHECK(count(r, ActorEventKind::journey_begun) > 10);
  CHECK(count(r, ActorEventKind::transfer) > 10);
  REQUIRE(r.month);
  CHECK_FALSE(r.month->goods.organisations.empty());
  CHECK_FALSE(r.month->money.empty());

  // Every journey that began has ended or is on its way.
  const std::size_t begun = count(r, ActorEventKind::journey_begun),
                    ended = count(r, ActorEventKind::journey_ended);
  const auto on_the_way = std::count_if(r.last.injected.begin(), r.last.injected.end(),
                                        [](const auto& trip) { return trip.ended == 0; });
  CHECK(begun == ended + static_cast<std::size_t>(on_the_way));
}

TEST_CASE("actors are the same for any number of threads, and from a saved state",
          "[simulation][exact]") {
  const Run one = run({"run.threads=1"}, 35), two = run({"run.threads=2", "run.batch=100"}, 35);
  CHECK(one.digests == two.digests);

  const scenario::Scenario s = with_actors({"run.days=35", "run.cut_days=0"});
  const Setup& setup = test::small_setup(s);
  Simulation first(s, setup, 0);
  for (std::int32_t day = 0; day < 20; ++day) (void)first.step(day);
  Simulation second(s, setup, 0, State::load(first.state().save()));
  for (std::int32_t day = 20; day < 35; ++day) {
    CHECK(second.step(day).digest == one.digests[static_cast<std::size_t>(day)]);
  }
}

TEST_CASE("a model that is off changes nothing for others where it was not met (N3)",
          "[simulation][relation]") {
  const Run all = run(also({}), 30), no_goods = run(also({"trafficking.on=false"}), 30),
            no_fighters = run(also({"fighters.on=false"}), 30),
            nobody = run(also({"trafficking.on=false", "fighters.on=false"}), 30);
  REQUIRE(nobody.ordinary.size() > 100);
  CHECK(nobody.events.empty());
  CHECK(nobody.last.injected.empty());
  for (const Run* r : {&all, &no_goods, &no_fighters}) {
    REQUIRE(r->ordinary.size() == nobody.ordinary.size());
    for (std::size_t i = 0; i < r->ordinary.size(); ++i) {
      CHECK(r->ordinary[i].candidate == nobody.ordinary[i].candidate);
    }
  }
  CHECK(count(no_goods, ActorEventKind::consignment) == 0);
  CHECK(count(no_goods, ActorEventKind::fighter) > 0);
  CHECK(count(no_fighters, ActorEventKind::fighter) == 0);
  // Goods do not depend on whether fighters travel: no facilitator is short of capacity here.
  const auto goods = [](const Run& r) {
    std::vector<std::pair<std::uint64_t, std::int64_t>> sent;
    for (const ActorEvent& e : r.events) {
      if (e.kind == ActorEventKind::consignment) sent.emplace_back(e.id, e.amount);
    }
    return sent;
  };
  CHECK(goods(all) == goods(no_fighters));
}

TEST_CASE("the money of fighters is their own, also while organisations are off",
          "[simulation][relation]") {
  const auto tables = read_actors(with_actors({"trafficking.on=false"}));
  REQUIRE(tables);
  REQUIRE(tables->first_fighter_group > 0);
  const auto spent = [&](const Run& r) {
    std::pair<finance::Cents, finance::Cents> cents;  // by organisations, by travellers to zones
    for (const finance::GroupMonthRow& g : r.month->money) {
      const finance::Cents costs =
          std::accumulate(g.costs.begin(), g.costs.end(), finance::Cents{0});
      (g.group < tables->first_fighter_group ? cents.first : cents.second) += costs;
    }
    return cents;
  };
  const auto off = spent(run({"trafficking.on=false"}, 30)), on = spent(run({}, 30));
  CHECK(off.first == 0);
  CHECK(off.second > 0);
  CHECK(on.first > 0);
  CHECK(on.second > 0);
}

TEST_CASE("an actors file with both models off is as none", "[simulation][exact]") {
  const Run off = run({"trafficking.on=false", "fighters.on=false"}, 5);
  const Run none = run({"trafficking.on=false", "fighters.on=false", "actors.file=\"\""}, 5);
  CHECK(off.digests == none.digests);
  CHECK_FALSE(off.month);
}

TEST_CASE("posts that find nothing let all goods through; blind customs seize none",
          "[simulation][relation]") {
  const Run sharp = run({}, 60);
  const Run blind = run({"control.inspection.contraband_sensitivity=0"}, 60);
  const auto grams = [](const Run& r, ActorEventKind kind) {
    return std::accumulate(r.events.begin(), r.events.end(), std::int64_t{0},
                           [&](std::int64_t sum, const ActorEvent& e) {
                             return e.kind == kind ? sum + e.amount : sum;
                           });
  };
  CHECK(grams(sharp, ActorEventKind::seizure) > 0);
  INFO("goods are inspected by customs with cargo.customs.sensitivity, couriers by posts");
  std::int64_t couriers = 0;
  for (const ActorEvent& e : blind.events) {
    if (e.kind == ActorEventKind::seizure &&
        e.detail == static_cast<std::uint8_t>(trafficking::CargoMode::air_courier)) {
      couriers += e.amount;
    }
  }
  CHECK(couriers == 0);
}

TEST_CASE("insiders let goods pass, and where there are none nobody does",
          "[simulation][relation]") {
  const auto risk = [](const std::string& share) {
    std::vector<std::string> set;
    for (const char* k : {"1", "2", "3", "4", "5"}) {
      set.push_back(std::string("trafficking.insider.class_") + k + "=" + share);
    }
    return set;
  };
  const auto passed = [](const Run& r) {
    std::int64_t n = 0;
    for (const CargoCounts& mode : r.month->cargo) n += mode.by_insiders;
    return n;
  };
  CHECK(passed(run(risk("0.5"), 31)) > 0);
  CHECK(passed(run(risk("0"), 31)) == 0);
}

TEST_CASE("insiders let couriers of drugs pass at posts, and where there are none nobody does",
          "[simulation][relation]") {
  const auto with = [](const std::string& share) {
    std::vector<std::string> set = also({"control.inspection.contraband_sensitivity=1"});
    for (const char* k : {"1", "2", "3", "4", "5"}) {
      set.push_back(std::string("trafficking.insider.class_") + k + "=" + share);
    }
    return run(set, 45);
  };
  const Run none = with("0"), all = with("1");
  const auto held = [](const Run& r, travel::Actor actor) {
    std::set<std::uint64_t> begun;
    for (const ActorEvent& e : r.events) {
      if (e.kind == ActorEventKind::journey_ended && travel::unpack_injected(e.id).actor == actor &&
          e.detail >= static_cast<std::uint8_t>(travel::JourneyEnd::refused)) {
        begun.insert(e.id);
      }
    }
    return begun.size();
  };
  CHECK(held(none, travel::Actor::drug_courier) > 0);
  CHECK(held(all, travel::Actor::drug_courier) == 0);
  // Only people of organisations pass by them.
  REQUIRE(none.ordinary.size() == all.ordinary.size());
  for (std::size_t i = 0; i < none.ordinary.size(); ++i) {
    CHECK(none.ordinary[i].candidate == all.ordinary[i].candidate);
  }
}

TEST_CASE("at a share of zero insiders leave every bit as it is", "[simulation][exact]") {
  const scenario::Scenario s = with_actors({"run.days=20", "run.cut_days=0"});
  const Setup& setup = test::small_setup(s);
  const auto digests = [&](std::optional<double> share) {
    auto tables = std::make_shared<ActorTables>(*read_actors(s));
    auto trade = std::make_shared<trafficking::TraffickingTables>(*tables->trafficking);
    trade->insider.assign(share ? trade->insider.size() : 0, share.value_or(0));
    tables->trafficking = std::move(trade);
    Simulation sim(s, setup, 0, std::nullopt, std::move(tables));
    std::vector<std::uint64_t> chain;
    for (std::int32_t day = 0; day < 20; ++day) chain.push_back(sim.step(day).digest);
    return chain;
  };
  const auto zero = digests(0.0);
  CHECK(zero == digests(std::nullopt));
  CHECK(zero != digests(1.0));
}

TEST_CASE("where traces are by class, small cells are hidden and no event is written",
          "[simulation][exact]") {
  const Run shown = run({"disclosure.traces=full"}, 20),
            by_class = run({"disclosure.traces=class"}, 20);
  CHECK_FALSE(shown.events.empty());
  CHECK(by_class.events.empty());
  CHECK(shown.digests.size() == by_class.digests.size());

  const scenario::Scenario s = with_actors({"disclosure.traces=class"});
  const auto tables = read_actors(s);
  REQUIRE(tables);
  const ActorArrays arrays = actor_arrays(*by_class.month, *tables);
  std::size_t hidden = 0;
  for (const std::int64_t cell : arrays.fighters) {
    CHECK((cell == hidden_cell || cell >= smallest_cell));
    hidden += cell == hidden_cell ? 1 : 0;
  }
  CHECK(hidden > 0);
  CHECK(*std::max_element(arrays.fighters_all.begin(), arrays.fighters_all.end()) > 0);
  for (const std::int64_t all : arrays.fighters_all) {
    CHECK((all == hidden_cell || all >= smallest_cell));
  }
}

TEST_CASE("where traces are by class, no event at a post and no sample names who acts",
          "[simulation][relation]") {
  const auto injected = [](const std::vector<std::string>& set) {
    std::vector<std::string> all = also({"run.days=45", "run.cut_days=0", "run.sample=1000000",
                                         "control.inspection.contraband_sensitivity=1"});
    all.insert(all.end(), set.begin(), set.end());
    const scenario::Scenario s = with_actors(all);
    Simulation sim(s, test::small_setup(s), 0);
    std::array<std::int64_t, 3> n{};  // events, samples, rows that found no place
    for (std::int32_t day = 0; day < 45; ++day) {
      const DayResult result = sim.step(day);
      for (const EventRow& e : result.events) n[0] += travel::is_injected(e.candidate.trip) ? 1 : 0;
      for (const SampleRow& row : sim.state().samples) {
        n[1] += row.day == day && travel::is_injected(row.trip) ? 1 : 0;
      }
      n[2] += result.counts.events_dropped;
    }
    return n;
  };
  const auto full = injected({"disclosure.traces=full"}),
             by_class = injected({"disclosure.traces=class"});
  CHECK(full[0] > 0);
  CHECK(full[1] > 0);
  CHECK(by_class[0] == 0);
  CHECK(by_class[1] == 0);
  // They leave before rows are counted against the room that there is.
  const auto narrow_full = injected({"disclosure.traces=full", "run.events=0"}),
             narrow = injected({"disclosure.traces=class", "run.events=0"});
  CHECK(narrow_full[2] - narrow[2] == full[0]);
}

TEST_CASE("customs use the SIMD path and the batch of the run", "[simulation][exact]") {
  const CargoSetting setting = cargo_setting(with_actors({"run.simd=scalar", "run.batch=77"}));
  CHECK(setting.path == sim::SimdPath::scalar);
  CHECK(setting.batch_rows == 77);
  CHECK(run({"run.simd=scalar", "run.batch=77"}, 10).digests == run({}, 10).digests);
}

TEST_CASE("complaints name the actors file by the path that was given", "[simulation][errors]") {
  const auto folder = std::filesystem::temp_directory_path() / "corridor-actors-path";
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / "wrong.toml";
  std::ofstream(file) << "[[substance]]\nname = \"cocaine\"\nsource_price_usd_kg = -5\n";
  const scenario::Scenario s = with_actors({"actors.file=\"" + file.string() + "\""});
  CHECK(s.embedded_files.at("actors.file") == file);
  CHECK(s.actors.file == "wrong.toml");  // a result holds no path of this machine
  try {
    (void)read_actors(s);
    FAIL("no complaint");
  } catch (const sim::ScenarioError& error) {
    CHECK(std::string(error.what()).find(file.string() + ":3:") != std::string::npos);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("everything wrong with an actors file is told at once, with its place",
          "[simulation][exact]") {
  const std::string text =
      "[[substance]]\nname = \"cocaine\"\nsource_price_usd_kg = -5\n"
      "[[organisation]]\nname = \"Alder\"\nhome = \"XAZ\"\nsubstances = \"cocain\"\n"
      "[[facilitator]]\nname = \"Quillon\"\nkind = \"documents\"\nserves = \"Elder\"\n"
      "[[conflict_zon]]\n";
  const scenario::Scenario s = with_actors({"actors.text=" + sim::literal(std::string_view(text))});
  try {
    (void)read_actors(s);
    FAIL("no complaint");
  } catch (const sim::ScenarioError& error) {
    const std::string said = error.what();
    INFO(said);
    CHECK(said.find("substance.source_price_usd_kg = -5") != said.npos);
    CHECK(said.find("XAZ") != said.npos);
    CHECK(said.find("did you mean 'cocaine'?") != said.npos);
    CHECK(said.find("Elder") != said.npos);
    CHECK(said.find("unknown table 'conflict_zon'; did you mean 'conflict_zone'?") != said.npos);
    CHECK(error.found().size() >= 5);
  }
}
