// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/group_checks.hpp"

#include <catch2/catch.hpp>

#include "models/scenario/timeline.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::scenario;

namespace {

const std::string organisations =
    "cooperation.file=" CORRIDOR_SOURCE_DIR "/scenarios/organisations/small.toml";

std::string complaints_of(const std::vector<std::string>& set) {
  try {
    (void)test::small_scenario(set);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string strategy(const std::string& change) {
  const std::string file = "[[change]]\n" + change;
  const std::string text =
      "[[strategy]]\nfile = \"s.toml\"\ntext = " + sim::literal(std::string_view(file)) + "\n";
  return "strategy.text=" + sim::literal(std::string_view(text));
}

}  // namespace

TEST_CASE("a group of organisations that plan, for concerns that there are, is no complaint",
          "[scenario][exact]") {
  CHECK(complaints_of({organisations}).empty());
  CHECK(complaints_of({organisations, "cooperation.plans.members=NORPOL EASTPOL",
                       "cooperation.plans.mandate=drugs, finance"})
            .empty());
}

TEST_CASE("a member that is no organisation or does not plan is told with its place",
          "[scenario][exact]") {
  CHECK(complaints_of({organisations, "cooperation.plans.members=NORPOLL"}) ==
        "--set cooperation.plans.members=NORPOLL: error: cooperation.plans.members: there is no "
        "organisation 'NORPOLL'; those who plan are 'ALLPOL', 'NORPOL', 'EASTPOL' and 'ISLEPOL'; "
        "did you mean 'NORPOL'?\n");
  CHECK(complaints_of({organisations, "cooperation.members_year=2021"}) ==
        "--set cooperation.members_year=2021: error: cooperation.members_year = 2021: memberships "
        "are known at the end of 2019 and of 2025\n");
  CHECK(complaints_of({organisations, "cooperation.plans.members=ALLPOL OFFICERS"}) ==
        "--set cooperation.plans.members=ALLPOL OFFICERS: error: cooperation.plans.members: "
        "'OFFICERS' does not "
        "plan; those who plan are 'ALLPOL', 'NORPOL', 'EASTPOL' and 'ISLEPOL'\n");
  CHECK(complaints_of({"cooperation.plans.members=NORPOL"}) ==
        "--set cooperation.plans.members=NORPOL: error: cooperation.plans.members: there is no "
        "organisation 'NORPOL'; no organisation that plans is in cooperation.file\n");
  CHECK(
      complaints_of({organisations, "cooperation.plans.mandate=drug"}) ==
      "--set cooperation.plans.mandate=drug: error: cooperation.plans.mandate: 'drug' is no "
      "concern; "
      "allowed are 'all', 'fighters', 'drugs', 'finance' and 'documents'; did you mean 'drugs'?\n");
}

TEST_CASE("what a strategy says of the group is checked where it says it", "[scenario][exact]") {
  const auto wrong = [&](const std::string& change) {
    return complaints_of({organisations, strategy(change)});
  };
  CHECK(wrong("path = \"cooperation.plans.members\"\nvalue = \"NORPOL ALLPOL\"\nfrom_day = 5\n")
            .empty());
  CHECK(wrong("path = \"cooperation.plans.members\"\nvalue = \"EASTPOOL\"\nfrom_day = 5\n") ==
        "s.toml:3:9: error: cooperation.plans.members: there is no organisation 'EASTPOOL'; those "
        "who plan are 'ALLPOL', 'NORPOL', 'EASTPOL' and 'ISLEPOL'; did you mean 'EASTPOL'?\n");
  CHECK(wrong("path = \"cooperation.plans.mandate\"\nvalue = \"\"\nfrom_day = 5\n") ==
        "s.toml:3:9: error: cooperation.plans.mandate is empty: name concerns of the group, or "
        "'all'\n");
}
