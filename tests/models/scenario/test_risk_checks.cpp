// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fstream>

#include "tests/models/simulation/sample_result.hpp"
#include "tests/support/trial_rules.hpp"

using namespace corridor;

namespace {

std::string complaint(const std::vector<std::string>& set) {
  try {
    (void)test::small_scenario(set);
  } catch (const sim::UserError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a ratio that asks for more than certainty is refused", "[scenario][errors]") {
  CHECK(complaint({"travel.signals.x1_ratio=60"}) ==
        "--set travel.signals.x1_ratio=60: error: travel.signals.x1_ratio = 60.0 times "
        "travel.signals.x1_rate = 0.02 is more than 1: illicit trips cannot show it so often\n");
  CHECK(complaint({"risk.documents.inconsistent=0.8", "risk.documents.invalid=0.3"})
            .find("is more than 1") != std::string::npos);
  CHECK(complaint({"travel.signals.x1_ratio=50"}).empty());
}

TEST_CASE("a threat assessment has a title, a source, a date and a last day after it",
          "[scenario][errors]") {
  const std::string found = complaint({"risk.assessment.high=XXA-XXB"});
  for (const char* part : {"title", "source", "date", "expires"}) {
    CHECK(found.find(std::string("risk.assessment.") + part + " is missing") != std::string::npos);
  }
  const std::vector<std::string> whole{"risk.assessment.title=T", "risk.assessment.source=S",
                                       "risk.assessment.date=2019-02-30",
                                       "risk.assessment.expires=2018-01-01"};
  const std::string dates = complaint(whole);
  CHECK(dates.find("is not a date YYYY-MM-DD") != std::string::npos);
  CHECK(dates.find("lies before") != std::string::npos);
}

TEST_CASE("a rule file is read, checked and kept in the scenario's text", "[scenario][errors]") {
  const simulation::test::Scratch scratch;
  const std::filesystem::path file = scratch / "r.toml";
  std::ofstream(file) << test::trial_rules();
  const auto s = test::small_scenario({"risk.rules=\"" + file.string() + "\""});
  CHECK(s.risk.rules_text == test::trial_rules());
  CHECK(s.risk.rules == "r.toml");  // no path of this machine
  const auto again = scenario::parse_scenario(s.text, "again");
  CHECK(again.risk.rules_text == s.risk.rules_text);
  CHECK(again.hash == s.hash);

  CHECK(complaint({"risk.rules=\"nowhere.toml\""}).find("risk.rules: no file '") !=
        std::string::npos);
  std::ofstream(file) << "[ruleset]\nname = 3\n";
  CHECK(complaint({"risk.rules=\"" + file.string() + "\""}).find(file.string() + ":2:8: error:") !=
        std::string::npos);
}
