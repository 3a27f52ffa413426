// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/operations.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "tests/support/small_ground.hpp"

using namespace corridor;
using namespace corridor::cooperation;

namespace {

/// The countries of small_ground: two in europe, one in africa.
world::World three_countries() {
  world::World world;
  for (const char* iso3 : {"XAA", "XBB", "XCC"}) {
    world::Country c;
    c.iso3 = iso3;
    c.region = iso3[2] == 'C' ? world::Region::africa : world::Region::europe;
    world.countries.push_back(c);
  }
  return world;
}

struct Read {
  std::vector<PlannedOperation> operations;
  std::string wrong;
};

Read read(const std::string& text) {
  const world::World world = three_countries();
  const Ground ground = test::small_ground();
  const std::vector<Planner> planners{{"NORPOL", {0, 1}}, {"SUDPOL", {2}}, {"ALLPOL", {0, 1, 2}}};
  const std::vector<std::string> others{"OFFICERS"};
  sim::Complaints complaints;
  const sim::RowText rows(text, "o.toml", complaints);
  Read out;
  out.operations =
      resolve_operations(rows.rows(dated_rows::operations,
                                   {"from_day", "to_day", "participants", "officers"}, complaints),
                         {world, ground, planners, 5, others}, complaints);
  try {
    complaints.throw_if_any();
  } catch (const sim::ScenarioError& error) {
    for (const sim::Complaint& c : error.found()) {
      out.wrong += std::to_string(c.line) + ": " + c.message + "\n";
    }
  }
  return out;
}

std::string operation(const std::string& more) {
  return "[[operation]]\nname = \"spring\"\nfrom_day = 10\nto_day = 20\nofficers = 4\n" + more;
}

}  // namespace

TEST_CASE("places of an operation are regions, incomes, organisations, countries and kinds of post",
          "[cooperation][exact]") {
  const auto targets = [](const std::string& places) {
    const Read r = read(operation("participants = \"NORPOL\"\nplaces = \"" + places + "\"\n"));
    INFO(r.wrong);
    REQUIRE(r.operations.size() == 1);
    return std::vector<std::size_t>(r.operations[0].targets.begin(), r.operations[0].targets.end());
  };
  using K = TargetKind;
  CHECK(targets("africa") == std::vector<std::size_t>{target_of(2, K::land), target_of(2, K::sea)});
  CHECK(targets("land/all") == std::vector<std::size_t>{target_of(0, K::land),
                                                        target_of(1, K::land),
                                                        target_of(2, K::land)});
  CHECK(targets("SUDPOL") == targets("XCC"));
  CHECK(targets("air/XAA, XCC") == std::vector<std::size_t>{target_of(0, K::air),
                                                            target_of(2, K::land),
                                                            target_of(2, K::sea)});
  CHECK(targets("high") == std::vector<std::size_t>{target_of(0, K::air), target_of(0, K::land)});
}

TEST_CASE("an operation that leaves no post to take officers from is told to name its places",
          "[cooperation][errors][exact]") {
  const std::string rest =
      " every post of its participants' members, and officers come from posts outside its places; "
      "name some of the regions, classes of income, organisations and countries, or a kind of post "
      "before a slash, as in 'air/all'\n";
  CHECK(read(operation("participants = \"all\"\n")).wrong ==
        "1: operation.places: without it an operation covers" + rest);
  CHECK(read(operation("participants = \"SUDPOL\"\nplaces = \"africa\"\n")).wrong ==
        "7: operation.places: 'africa' covers" + rest);
  CHECK(read(operation("participants = \"all\"\nplaces = \"air/all\"\n")).wrong.empty());
}

TEST_CASE("what is wrong with an operation is told with its line", "[cooperation][errors][exact]") {
  const auto wrong = [](const std::string& text) { return read(text).wrong; };
  CHECK(wrong(operation("participants = \"NORPOLL\"\nplaces = \"africa\"\n")) ==
        "6: operation.participants: there is no organisation 'NORPOLL'; those who plan are "
        "'NORPOL', 'SUDPOL' and 'ALLPOL'; did you mean 'NORPOL'?\n");
  CHECK(wrong(operation("participants = \"OFFICERS\"\nplaces = \"africa\"\n")) ==
        "6: operation.participants: 'OFFICERS' does not plan; those who plan are 'NORPOL', "
        "'SUDPOL' and 'ALLPOL'\n");
  CHECK(wrong(operation("participants = \"NORPOL\"\nplaces = \"afrika\"\n")) ==
        "7: operation.places: 'afrika' is no region, class of income, organisation or country of "
        "this world; did you mean 'africa'?\n7: operation.places: there is no post at 'afrika'\n");
  CHECK(wrong(operation("participants = \"NORPOL\"\nplaces = \"africa\"\nthreats = \"drug\"\n")) ==
        "8: operation.threats: 'drug' is no threat; allowed are 'all', 'fighters', 'drugs', "
        "'finance' and 'documents'; did you mean 'drugs'?\n");
  CHECK(wrong("[[operation]]\nname = \"much\"\nfrom_day = 1\nto_day = 2\nofficers = 1000\n"
              "participants = \"NORPOL\"\nplaces = \"africa\"\n") ==
        "5: operation.officers = 1000: members of its participants have 330 in secondary outside "
        "its places; it can take no more\n");
  CHECK(wrong("[[operation]]\nname = \"late\"\nfrom_day = 9\nto_day = 2\nofficers = 4\n"
              "participants = \"NORPOL\"\nplaces = \"africa\"\n") ==
        "4: operation.to_day is before operation.from_day\n");
  CHECK(wrong("[[operation]]\nname = \"nobody\"\nfrom_day = 1\nto_day = 2\nofficers = 4\n"
              "participants = \"\"\nplaces = \"africa\"\n") ==
        "1: operation.participants is empty: name who sends officers\n");
  const std::string two = operation("participants = \"NORPOL\"\nplaces = \"africa\"\n");
  CHECK(wrong(two + two) ==
        "13: operation.participants: officers of 'NORPOL' are in operation 'spring' on the same "
        "days\n");
  // Organisations of the same countries have the same officers.
  const auto of = [](const char* name, const char* who, int officers, int from) {
    return "[[operation]]\nname = \"" + std::string(name) +
           "\"\nfrom_day = " + std::to_string(from) +
           "\nto_day = 20\nofficers = " + std::to_string(officers) + "\nparticipants = \"" + who +
           "\"\nplaces = \"africa\"\n";
  };
  CHECK(wrong(of("one", "NORPOL", 300, 10) + of("two", "ALLPOL", 30, 10)).empty());
  CHECK(wrong(of("one", "NORPOL", 300, 10) + of("two", "ALLPOL", 300, 12)) ==
        "12: operation.officers = 300: with 'one' on the same days 600 officers of the same "
        "countries are away, who have 330 in secondary outside their places; they can take no "
        "more\n");
  CHECK(wrong(of("two", "ALLPOL", 300, 12) + of("one", "NORPOL", 300, 10)) ==
        "5: operation.officers = 300: with 'one' on the same days 600 officers of the same "
        "countries are away, who have 330 in secondary outside their places; they can take no "
        "more\n");
  CHECK(wrong(of("one", "NORPOL", 300, 10) + of("two", "SUDPOL", 30, 10)).find("with") ==
        std::string::npos);
}
