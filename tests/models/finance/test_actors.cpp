// SPDX-License-Identifier: Apache-2.0
#include "models/finance/actors.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "models/finance/finance_params.hpp"
#include "tests/models/finance/income_stream.hpp"

using namespace corridor;
using namespace corridor::finance;

namespace {

world::World two_countries() {
  world::World w;
  for (const char* code : {"XAA", "XAB"}) {
    world::Country c;
    c.iso3 = code;
    w.countries.push_back(c);
  }
  return w;
}

std::vector<Group> organisations() {
  return {test::some_group("alder", 10), test::some_group("birch", 0, GroupKind::fighters)};
}

Actors read(std::string_view text, sim::Complaints& complaints) {
  const sim::RowText rows(text, "actors.toml", complaints);
  return read_finance_actors(rows, two_countries(), organisations(), complaints);
}

Actors read_well(std::string_view text) {
  sim::Complaints complaints;
  Actors actors = read(text, complaints);
  complaints.throw_if_any();
  return actors;
}

std::string complaints_of(std::string_view text) {
  sim::Complaints complaints;
  (void)read(text, complaints);
  try {
    complaints.throw_if_any();
  } catch (const sim::ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string text_of(const std::string& file) {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/scenarios/actors/" + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("rows say what finance knows of a group, or bring one", "[finance][exact]") {
  const Actors a = read_well(
      "[[financier]]\n"
      "name = \"birch\"\n"
      "opening_cash_usd = 2500.5\n"
      "need_usd_per_month = 300\n"
      "layers = 1\n"
      "freeze_factor = 3\n"
      "[[financier]]\n"
      "name = \"cedar\"\n"
      "kind = \"fighters\"\n"
      "home = \"XAB\"\n"
      "opening_assets_usd = 7\n");
  REQUIRE(a.groups.size() == 3);
  CHECK(a.groups[0] == test::some_group("alder", 10));
  CHECK(a.groups[1].kind == GroupKind::fighters);
  CHECK(a.groups[1].opening_cash == 250'050);
  CHECK(a.groups[1].need == 30'000);
  CHECK(a.groups[1].layers == 1);
  CHECK(a.groups[1].freeze_factor == 3);
  CHECK(a.groups[2].kind == GroupKind::fighters);
  CHECK(a.groups[2].home == 1);
  CHECK(a.groups[2].opening_assets == 700);
  CHECK(a.groups[2].layers == -1);
}

TEST_CASE("a facilitator serves whom his row names; the first kind is his own",
          "[finance][exact]") {
  const Actors a = read_well(
      "[[facilitator]]\n"
      "name = \"one\"\n"
      "kind = \"money\"\n"
      "serves = \"birch, trafficking\"\n"
      "capacity_per_month = 4\n"
      "people = 2\n"
      "fee_usd = 12.5\n"
      "fee_share = 0.1\n"
      "share_probability = 0.25\n"
      "[[facilitator]]\n"
      "name = \"two\"\n"
      "serves = \"alder\"\n");
  REQUIRE(a.facilitators.size() == 2);
  CHECK(a.facilitators[0] ==
        Facilitator{"one", Service::money, {0, 1}, GroupKind::fighters, 4, 2, 1250, 0.1, 0.25});
  CHECK(a.facilitators[1] ==
        Facilitator{"two", Service::documents, {0}, GroupKind::trafficking, 10, 1, 100'000, 0, 0});
}

TEST_CASE("everything wrong with groups and facilitators is said at once, with its place",
          "[finance][exact]") {
  CHECK(complaints_of("[[financier]]\n"
                      "name = \"aldr\"\n"
                      "[[financier]]\n"
                      "name = \"alder\"\n"
                      "opening_cash_usd = -3\n"
                      "home = \"XAA\"\n"
                      "[[financier]]\n"
                      "name = \"cedar\"\n"
                      "home = \"XAC\"\n"
                      "kind = \"fighter\"\n"
                      "[[financier]]\n"
                      "name = \"alder\"\n"
                      "[[financier]]\n"
                      "name = \"larch\"\n"
                      "home = \"Aldora\"\n") ==
        "actors.toml:2:8: error: unknown group 'aldr', and no 'home' that would make it one of its "
        "own; did you mean 'alder'?\n"
        "actors.toml:5:20: error: financier.opening_cash_usd = -3 is outside [0, 1000000000000]\n"
        "actors.toml:6:8: error: financier.home is for groups of their own; 'alder' is an "
        "organisation, which has one\n"
        "actors.toml:9:8: error: financier.home = 'XAC' is no country of this world; did you mean "
        "'XAA'?\n"
        "actors.toml:10:8: error: financier.kind = \"fighter\" is not one of 'trafficking' and "
        "'fighters'; did you mean 'fighters'?\n"
        "actors.toml:12:8: error: [[financier]] 'alder' is there twice\n"
        "actors.toml:15:8: error: financier.home = 'Aldora' is no country of this world; known are "
        "'XAA' and 'XAB'\n");
  CHECK(
      complaints_of("[[facilitator]]\n"
                    "name = \"nobody's\"\n"
                    "serves = \"\"\n"
                    "[[facilitator]]\n"
                    "name = \"mistyped\"\n"
                    "serves = \"alder, brich, someone else\"\n"
                    "share_probability = 0.5\n"
                    "[[facilitator]]\n"
                    "name = \"certain\"\n"
                    "serves = \"alder, birch\"\n"
                    "share_probability = 1.5\n"
                    "[[facilitator]]\n"
                    "name = \"one-sided\"\n"
                    "serves = \"trafficking\"\n"
                    "share_probability = 0.5\n"
                    "[[facilitator]]\n"
                    "name = \"certain\"\n"
                    "serves = \"alder\"\n"
                    "[[facilitator]]\n"
                    "name = \"no key\"\n") ==
      "actors.toml:3:10: error: facilitator 'nobody's' serves no group; known groups: 'alder' "
      "and 'birch'\n"
      "actors.toml:6:10: error: facilitator 'mistyped' serves the unknown group 'brich'; did you "
      "mean 'birch'?\n"
      "actors.toml:6:10: error: facilitator 'mistyped' serves the unknown group 'someone else'; "
      "known groups: 'alder' and 'birch'\n"
      "actors.toml:11:21: error: facilitator.share_probability = 1.5 is outside [0, 1]\n"
      "actors.toml:15:21: error: facilitator 'one-sided' cannot be shared: all whom he serves are "
      "of the kind trafficking; name groups of the other kind or set share_probability = 0\n"
      "actors.toml:17:8: error: [[facilitator]] 'certain' is there twice\n"
      "actors.toml:19:1: error: [[facilitator]] lacks 'serves': groups served, separated by "
      "commas; trafficking or fighters = all of a kind\n");
}

TEST_CASE("each row of parameters and columns is sound and says where it comes from",
          "[finance][exact]") {
  sim::ParameterSet parameters;
  parameters.add(finance_table);
  CHECK(parameters.rows().size() == finance_table.size());
  for (const auto& columns : {parameters, finance_columns()}) {
    for (const sim::ParameterInfo& row : columns.rows()) CHECK_FALSE(row.source.empty());
  }
}

TEST_CASE("the shipped rows are read", "[finance][exact]") {
  for (const char* file : {"world.toml", "small.toml"}) {
    const std::string text = text_of(file);
    REQUIRE_FALSE(text.empty());
    const Actors a = read_well(text);
    CHECK(a.facilitators.size() >= 3);
    for (const Facilitator& f : a.facilitators) CHECK(f.serves.size() == 2);
  }
}
