// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/actors.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/trafficking_actors.hpp"

using namespace corridor;
using namespace corridor::trafficking;
using test::actors_of;
using test::archipelago;
using test::wrong_with;

namespace {

/// A sound text to spoil, with as few rows as can be. Lines are numbered in the tests.
const std::string sound =
    "[[substance]]\n"               // 1
    "name = \"cocaine\"\n"          // 2
    "source_price_usd_kg = 1500\n"  // 3
    "markup_usd_kg = 8000\n"        // 4
    "[[source]]\n"                  // 5
    "substance = \"cocaine\"\n"     // 6
    "place = \"XAF\"\n"             // 7
    "year = 2018\n"                 // 8
    "tonnes = 8\n"                  // 9
    "[[market]]\n"                  // 10
    "substance = \"cocaine\"\n"     // 11
    "place = \"XAB\"\n"             // 12
    "prevalence = 0.01\n"           // 13
    "kg_per_user = 0.1\n"           // 14
    "elasticity = -0.5\n"           // 15
    "[[organisation]]\n"            // 16
    "name = \"Kittiwake\"\n"        // 17
    "home = \"XAF\"\n"              // 18
    "substances = \"cocaine\"\n";   // 19

std::string closed(const std::string& from, const std::string& to) {
  return "[[route_rule]]\norigin = \"" + from + "\"\ndestination = \"" + to +
         "\"\nrule = \"closed\"\n";
}

}  // namespace

TEST_CASE("a sound text of actors has no complaint and no warning",
          "[trafficking][actors][exact]") {
  CHECK(wrong_with(sound) == "");
  CHECK(actors_of(sound).warnings.empty());
}

TEST_CASE("the shipped actors of both worlds are sound", "[trafficking][actors][exact]") {
  CHECK(actors_of(test::actors_text("small.toml")).warnings.empty());
  const world::World world = world::load_world(CORRIDOR_SOURCE_DIR "/data");
  const auto actors = actors_of(test::actors_text("world.toml"), {}, world, 2019);
  CHECK(actors.warnings.empty());
  CHECK(actors.substances.size() == 3);
}

TEST_CASE("the more special market row wins", "[trafficking][actors][exact]") {
  const auto actors = actors_of(test::actors_text("small.toml"));
  const auto at = [](const char* iso3) { return archipelago().find_country(iso3); };
  // XAA has a row of its own, XAB only the world's; heroin only the Northlands (XAA, XAB, XAD).
  CHECK(demand_kg_year(actors, archipelago(), 0, at("XAA")) == Approx(2.4e6 * 0.02 * 0.12));
  CHECK(demand_kg_year(actors, archipelago(), 0, at("XAB")) == Approx(9e5 * 0.01 * 0.1));
  CHECK(demand_kg_year(actors, archipelago(), 1, at("XAB")) == Approx(9e5 * 0.003 * 0.1));
  CHECK(demand_kg_year(actors, archipelago(), 1, at("XAC")) == 0);
}

TEST_CASE("supply is interpolated between years and grows after the last",
          "[trafficking][actors][exact]") {
  const std::string more = sound +
                           "[[source]]\nsubstance = \"cocaine\"\nplace = \"XAF\"\nyear = 2022\n"
                           "tonnes = 16\nexport_share = 0.5\n";
  TraffickingParams params;
  params.supply_growth = 0.1;
  const auto actors = actors_of(more, params);
  const auto f = archipelago().find_country("XAF");
  CHECK(supply_grams_year(actors, params, 0, f, 2017) == 0);
  CHECK(supply_grams_year(actors, params, 0, f, 2018) == Approx(8e6));
  CHECK(supply_grams_year(actors, params, 0, f, 2020) == Approx(8e6));  // 8 t, then 16 t x 0.5
  CHECK(supply_grams_year(actors, params, 0, f, 2022) == Approx(8e6));
  CHECK(supply_grams_year(actors, params, 0, f, 2024) == Approx(8e6 * 1.21));
}

TEST_CASE("names that are not known are told with the nearest", "[trafficking][actors][exact]") {
  CHECK(wrong_with(test::edited(sound, "place = \"XAB\"", "place = \"Northland\"")) ==
        "actors.toml:12:9: error: unknown place 'Northland'; did you mean 'Northlands'?");
  CHECK(wrong_with(test::edited(sound, "home = \"XAF\"", "home = \"XAG\"")) ==
        "actors.toml:18:8: error: unknown country 'XAG'; did you mean 'XAA'?");
  CHECK(wrong_with(test::edited(sound, "substances = \"cocaine\"", "substances = \"cocain\"")) ==
        "actors.toml:19:14: error: unknown substance 'cocain'; did you mean 'cocaine'?");
}

TEST_CASE("a negative price and an elasticity of the wrong sign are out of range",
          "[trafficking][actors][exact]") {
  CHECK(wrong_with(test::edited(sound, "elasticity = -0.5", "elasticity = 0.5")) ==
        "actors.toml:15:14: error: market.elasticity = 0.5 is outside [-10, -0.01]");
  CHECK(wrong_with(
            test::edited(sound, "elasticity = -0.5", "elasticity = -0.5\nprice_usd_kg = -3")) ==
        "actors.toml:16:16: error: market.price_usd_kg = -3 is outside [0, 10000000]");
  CHECK(
      wrong_with(test::edited(sound, "source_price_usd_kg = 1500", "source_price_usd_kg = nan")) ==
      "actors.toml:3:23: error: substance.source_price_usd_kg = nan is not a finite number; "
      "allowed is a number in [0, 10000000]");
}

TEST_CASE("a substance that nobody makes is an error", "[trafficking][actors][exact]") {
  CHECK(wrong_with(sound + "[[substance]]\nname = \"heroin\"\nsource_price_usd_kg = 1\n"
                           "markup_usd_kg = 1\n") ==
        "actors.toml:21:8: error: nobody makes 'heroin': it needs a [[source]] with substance = "
        "\"heroin\"");
}

TEST_CASE("a start before the data begin is an error", "[trafficking][actors][exact]") {
  CHECK(wrong_with(sound, {}, 2017) ==
        "actors.toml:2:8: error: figures of 'cocaine' begin in 2018, the scenario in 2017; it "
        "needs a [[source]] of 2017 or before");
  CHECK(wrong_with(sound, {}, 2018) == "");
}

TEST_CASE("a market that no route reaches is an error at its place",
          "[trafficking][actors][exact]") {
  std::string text = sound;
  for (const char* from : {"XAA", "XAC", "XAD", "XAE", "XAF"}) text += closed(from, "XAB");
  text +=
      "[[market]]\nsubstance = \"cocaine\"\nplace = \"XAA\"\nprevalence = 0.01\n"
      "kg_per_user = 0.1\nelasticity = -0.5\n";
  CHECK(wrong_with(text) ==
        "actors.toml:12:9: error: no source of 'cocaine' reaches 'XAB' within 4 crossings of open "
        "borders");
}

TEST_CASE("a network where nothing can flow is a warning that names the cut",
          "[trafficking][actors][exact]") {
  std::string text = sound;
  for (const char* to : {"XAA", "XAB", "XAC", "XAD", "XAE"}) text += closed("XAF", to);
  const auto actors = actors_of(text);
  REQUIRE(actors.warnings.size() == 1);
  CHECK(
      actors.warnings[0] ==
      "nothing of 'cocaine' can flow out of 'XAF': the cut is 'XAF-XAA by container', 'XAF-XAC by "
      "container', 'XAF-XAD by container', 'XAF-XAE by container', 'XAF-XAA by air_cargo', "
      "'XAF-XAB by air_cargo' and 14 more");
}

TEST_CASE("a route over a closed border, and one where nothing goes, are errors",
          "[trafficking][actors][exact]") {
  const std::string start =
      "[[route_rule]]\norigin = \"XAF\"\ndestination = \"XAA\"\nmode = \"land\"\nrule = \"start\"\n"
      "organisation = \"Kittiwake\"\nsubstance = \"cocaine\"\n";
  CHECK(wrong_with(sound + start) == "");
  CHECK(wrong_with(sound + start + closed("XAF", "XAA")) ==
        "actors.toml:22:15: error: the way from 'XAF' to 'XAA' by land is over a border that a "
        "rule closes");
  CHECK(wrong_with(sound + test::edited(start, "XAA", "XAD")) ==
        "actors.toml:22:15: error: nothing goes from 'XAF' to 'XAD' by land");
  CHECK(wrong_with(sound + test::edited(start, "Kittiwake", "Kitiwake")) ==
        "actors.toml:25:16: error: unknown organisation 'Kitiwake'; did you mean 'Kittiwake'?");
}

TEST_CASE("an organisation that buys where its substance is not made is an error",
          "[trafficking][actors][exact]") {
  CHECK(wrong_with(sound + "sources = \"XAA\"\n") ==
        "actors.toml:20:11: error: 'Kittiwake' deals in 'cocaine', which none of its sources "
        "makes");
}

TEST_CASE("more substances than an id has room for are an error", "[trafficking][actors][exact]") {
  std::string text = sound;
  for (int i = 0; i < 16; ++i) {
    const std::string name = "s" + std::to_string(i);
    text += "[[substance]]\nname = \"" + name +
            "\"\nsource_price_usd_kg = 1\nmarkup_usd_kg = 1\n[[source]]\nsubstance = \"" + name +
            "\"\nplace = \"XAF\"\nyear = 2018\ntonnes = 1\n";
  }
  CHECK(wrong_with(text) == "actors.toml:155:1: error: 17 substances; at most 16 are possible");
}
