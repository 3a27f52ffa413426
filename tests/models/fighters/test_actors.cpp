// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/actors.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "models/fighters/mobilisation.hpp"
#include "models/world/world.hpp"
#include "sim/parameter_set.hpp"
#include "sim/scenario_text.hpp"
#include "tests/models/fighters/border.hpp"
#include "tests/support/small_world.hpp"

using namespace corridor;
using namespace corridor::fighters;

namespace {

const world::World& archipelago() {
  static const world::World w = world::load_world(corridor::test::small_world_folder());
  return w;
}
const world::World& real_world() {
  static const world::World w = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  return w;
}

std::string complaints_of(std::string_view text, const world::World& world,
                          std::optional<sim::Date> start = {}) {
  sim::Complaints complaints;
  const sim::RowText rows(text, "actors.toml", complaints);
  const FightersActors actors = read_fighters_actors(rows, world, complaints);
  if (start) check_fighters_period(actors, *start, complaints);
  try {
    complaints.throw_if_any();
  } catch (const sim::ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string file(const std::string& name) {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/actors/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  REQUIRE(in.good());
  return text.str();
}

const std::string zone =
    "[[conflict_zone]]\nname = \"March\"\ncountry = \"XAC\"\nsource = \"invented\"\n";
std::string from(const std::string& region, const std::string& more = "") {
  return "[[mobilisation]]\nregion = \"" + region +
         "\"\ntotal = 100\nfrom = 2019-01-01\nto = 2019-12-31\nsource = \"invented\"\n" + more;
}

std::vector<std::string> gateways(const FightersActors& actors, const world::World& world,
                                  std::size_t zone_number) {
  std::vector<std::string> out;
  for (const Gateway& g : actors.zones[zone_number].gateways)
    out.push_back(world.countries[g.country].iso3);
  return out;
}

}  // namespace

TEST_CASE("gateways are what the zone names, else its neighbours, else where its flights come from",
          "[fighters][exact]") {
  const auto& w = archipelago();
  const auto a = fighters::test::actors_of(file("small.toml"), w);
  CHECK(gateways(a, w, 0) == std::vector<std::string>{"XAA", "XAB"});
  CHECK(a.zones[0].gateways[1].step_usd == 800);
  const auto derived = fighters::test::actors_of(zone + from("Northlands"), w);
  CHECK(gateways(derived, w, 0) == std::vector<std::string>{"XAA", "XAB"});
  CHECK(derived.zones[0].gateways[0].step_usd < 0);
  // Nothing borders the isles: the countries whose airports fly there.
  CHECK_FALSE(gateways(a, w, 1).empty());
  for (const Gateway& g : a.zones[1].gateways) {
    const bool flies = std::any_of(w.air_legs.begin(), w.air_legs.end(), [&](const auto& leg) {
      return w.airports[leg.origin].country == g.country &&
             w.airports[leg.destination].country == a.zones[1].country;
    });
    CHECK(flies);
  }
}

TEST_CASE("a country belongs to the row that names it most narrowly, and not to its own war",
          "[fighters][exact]") {
  const auto& w = archipelago();
  const auto a = fighters::test::actors_of(
      zone + from("europe, africa") + from("Northlands") + from("XAB"), w);
  REQUIRE(a.mobilisation.size() == 3);
  using Rows = std::vector<std::uint16_t>;
  CHECK(a.mobilisation[0].countries == Rows{5});  // XAF; XAC is the zone's own
  CHECK(a.mobilisation[1].countries == Rows{0, 3});
  CHECK(a.mobilisation[2].countries == Rows{1});
}

TEST_CASE("everything wrong with the actors of this model is said at once, with its place",
          "[fighters][exact]") {
  CHECK(complaints_of("[[conflict_zone]]\n"
                      "name = \"March\"\n"
                      "country = \"XAX\"\n"
                      "opens = 2019-06-01\n"
                      "closes = 2019-05-31\n"
                      "source = \"invented\"\n"
                      "[[conflict_zone]]\n"
                      "name = \"Isles\"\n"
                      "country = \"XAE\"\n"
                      "gateways = \"XAA:ten XAG XAE XAB:3 XAB\"\n"
                      "source = \"\"\n"
                      "[[gateway_policy]]\n"
                      "country = \"XAD\"\n"
                      "from = 2019-02-01\n"
                      "to = 2019-01-01\n"
                      "source = \"invented\"\n"
                      "[[mobilisation]]\n"
                      "region = \"Nothlands, XAA\"\n"
                      "zone = \"Marsh\"\n"
                      "total = -5\n"
                      "from = 2019-02-01\n"
                      "to = 2019-01-01\n"
                      "source = \"invented\"\n"
                      "[[mobilisation]]\n"
                      "region = \"africa\"\n"
                      "total = 5\n"
                      "from = 2019-02-01\n"
                      "to = 2019-03-01\n"
                      "shape = \"peak\"\n"
                      "peak = 2019-04-01\n",
                      archipelago()) ==
        "actors.toml:3:11: error: conflict_zone.country: no country 'XAX' in this world; did you "
        "mean 'XAA'?\n"
        "actors.toml:5:10: error: conflict_zone.closes = 2019-05-31 lies before "
        "conflict_zone.opens = 2019-06-01\n"
        "actors.toml:10:12: error: conflict_zone.gateways: 'XAA:ten' is not a country's code with "
        "or without a cost in [0, 1000000] USD, as in \"XAA:300\"\n"
        "actors.toml:10:12: error: conflict_zone.gateways: no country 'XAG' in this world; did you "
        "mean 'XAA'?\n"
        "actors.toml:10:12: error: conflict_zone.gateways: 'XAE' is the zone's own country\n"
        "actors.toml:10:12: error: conflict_zone.gateways: 'XAB' stands there twice\n"
        "actors.toml:11:10: error: conflict_zone.source is empty: say where this is from\n"
        "actors.toml:13:11: error: gateway_policy.country: 'XAD' is the gateway of no conflict "
        "zone; gateways are 'XAB'\n"
        "actors.toml:15:6: error: gateway_policy.to = 2019-01-01 lies before gateway_policy.from = "
        "2019-02-01\n"
        "actors.toml:18:10: error: mobilisation.region: no subregion, region or country "
        "'Nothlands' in this world; did you mean 'Northlands'?\n"
        "actors.toml:19:8: error: mobilisation.zone: no conflict zone 'Marsh'; did you mean "
        "'March'?\n"
        "actors.toml:20:9: error: mobilisation.total = -5 is outside [0, 1000000]\n"
        "actors.toml:22:6: error: mobilisation.to = 2019-01-01 lies before mobilisation.from = "
        "2019-02-01\n"
        "actors.toml:24:1: error: [[mobilisation]] lacks 'source': where the total is from\n"
        "actors.toml:30:8: error: mobilisation.peak = 2019-04-01 lies outside 2019-02-01 to "
        "2019-03-01\n");
}

TEST_CASE("a zone that nothing leads to, and people with nowhere to go, are errors",
          "[fighters][exact]") {
  world::World lonely = archipelago();
  lonely.air_legs.clear();
  CHECK(
      complaints_of("[[conflict_zone]]\nname = \"Isles\"\ncountry = \"XAE\"\nsource = \"s\"\n",
                    lonely) ==
      "actors.toml:1:1: error: conflict zone 'Isles' has no gateway: no land border and no flight "
      "leads to XAE; name some as 'gateways'\n");
  CHECK(complaints_of(from("Northlands"), archipelago()) ==
        "actors.toml:1:1: error: mobilisation without a [[conflict_zone]] to go to\n");
  CHECK(complaints_of(zone + from("XAC"), archipelago()) ==
        "actors.toml:6:10: error: mobilisation.region covers only the zone's own country\n");
  CHECK(complaints_of(zone + from("Northlands") + from("Northlands"), archipelago()) ==
        "actors.toml:12:10: error: mobilisation.region: 'XAA', 'XAB' and 'XAD' are also in the row "
        "of line 5, named as narrowly there\n");
}

TEST_CASE("where names are real a total is of five countries at least", "[fighters][exact]") {
  const std::string there =
      "[[conflict_zone]]\nname = \"Zone\"\ncountry = \"SYR\"\nsource = \"s\"\n";
  CHECK(complaints_of(there + from("FRA"), real_world()) ==
        "actors.toml:6:10: error: mobilisation.region covers 1 country; in a world with real names "
        "a total is of at least 5\n");
  CHECK(complaints_of(there + from("Central Asia"), real_world()).empty());
}

TEST_CASE("a run that starts before or after the data of a row is an error", "[fighters][exact]") {
  CHECK(complaints_of(zone + from("Northlands"), archipelago(), sim::Date{2018, 12, 31}) ==
        "actors.toml:5:1: error: the run starts on 2018-12-31, before the data of this row begin "
        "on 2019-01-01\n");
  CHECK(complaints_of(zone + from("Northlands"), archipelago(), sim::Date{2020, 1, 1}) ==
        "actors.toml:5:1: error: the run starts on 2020-01-01, after the data of this row end on "
        "2019-12-31\n");
  CHECK(complaints_of(zone + from("Northlands"), archipelago(), sim::Date{2019, 7, 1}).empty());
}

TEST_CASE("followers are fewer than those they follow, whatever a scenario says",
          "[fighters][exact]") {
  sim::ParameterSet rows;
  rows.add(fighters_table);
  sim::Complaints complaints;
  (void)sim::read_scenario_text("[fighters.mobilisation]\nbranching = 1.0\nprocess = \"hawks\"\n",
                                "s.toml", rows, {}, complaints);
  CHECK_THROWS_WITH(
      complaints.throw_if_any(),
      "s.toml:2:13: error: fighters.mobilisation.branching = 1 is outside [0, 0.95]\n"
      "s.toml:3:11: error: fighters.mobilisation.process = \"hawks\" is not one of 'hawkes' and "
      "'poisson'; did you mean 'hawkes'?\n");
}

TEST_CASE(
    "shipped actors are sound: totals of regions as published, an invented flow said to be so",
    "[fighters][exact]") {
  const auto& w = real_world();
  const auto past = fighters::test::actors_of(file("backcast-2013-2017.toml"), w);
  double total = 0;
  for (const Mobilisation& m : past.mobilisation) total += m.total;
  CHECK(total == 41490);  // FTF-004 is their sum: one population, one role
  CHECK(past.mobilisation.size() == 9);
  CHECK(complaints_of(file("backcast-2013-2017.toml"), w, sim::Date{2013, 1, 1}).empty());
  const auto now = fighters::test::actors_of(file("world.toml"), w);
  total = 0;
  for (const Mobilisation& m : now.mobilisation) {
    total += m.total;
    CHECK(m.source == "invented round number");
  }
  CHECK(total == 1000);
  CHECK(complaints_of(file("world.toml"), w, sim::Date{2019, 1, 1}).empty());
}
