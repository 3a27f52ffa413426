// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/scenario.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <set>

using namespace corridor;
using scenario::parse_scenario;
using scenario::Scenario;
namespace fs = std::filesystem;

namespace {

std::string complaints_of(const std::string& text) {
  try {
    (void)parse_scenario(text, "west.toml");
    return "";
  } catch (const scenario::ScenarioError& error) {
    return error.what();
  }
}

Scenario with(const std::string& setting) {
  return parse_scenario("", "x", {sim::parse_set(setting)});
}

/// A setting within a whole threat assessment.
Scenario assessed(const std::string& setting) {
  std::vector<scenario::Override> overrides;
  for (const char* part : {"title='t'", "source='s'", "date='2018-01-01'", "expires='2030-01-01'"})
    overrides.push_back(sim::parse_set(std::string("risk.assessment.") + part));
  std::erase_if(overrides, [&](const auto& o) { return setting.starts_with(o.path + "="); });
  overrides.push_back(sim::parse_set(setting));
  return parse_scenario("", "x", overrides);
}

/// A setting where there are organisations.
Scenario organised(const std::string& setting) {
  const std::string file = CORRIDOR_SOURCE_DIR "/scenarios/organisations/world.toml";
  return parse_scenario("", "x",
                        {sim::parse_set("cooperation.file=" + file), sim::parse_set(setting)});
}

/// A value of the row's kind and range that is not its default, in TOML; "" when there is none.
std::string another_value(const sim::ParameterInfo& row) {
  switch (row.kind) {
    case sim::Kind::real: {
      const double now = std::get<double>(row.standard);
      // Sums of shares and the order of incomes are checked (test_cargo_checks.cpp): half way down.
      if (row.path.starts_with("cargo.") && now > row.lo) return sim::literal((now + row.lo) / 2);
      // A rate of 1 with a ratio above 1 is refused (test_risk_checks.cpp), so those go down.
      const bool down = now == row.hi || row.path.starts_with("travel.signals.") ||
                        row.path.starts_with("travel.booking.") ||
                        row.path.starts_with("risk.documents.");
      return row.lo == row.hi ? "" : sim::literal(down && now != row.lo ? row.lo : row.hi);
    }
    case sim::Kind::integer: {
      if (row.path == "cooperation.members_year") return "2025";  // of those between none is known
      const auto now = std::get<std::int64_t>(row.standard);
      const auto lo = static_cast<std::int64_t>(row.lo), hi = static_cast<std::int64_t>(row.hi);
      return lo == hi ? "" : std::to_string(now == lo ? lo + 1 : now - 1);
    }
    case sim::Kind::boolean:
      return std::get<bool>(row.standard) ? "false" : "true";
    case sim::Kind::text: {
      if (row.path == "strategy.text")
        return "[[strategy]]\nfile = 'a.toml'\ntext = 'name = \"elsewhere\"'";
      for (const std::string& name : row.allowed_names())
        if (name != std::get<std::string>(row.standard)) return name;
      if (!row.allowed.empty()) return "";
      if (row.path == "cooperation.plans.mandate") return "drugs";
      if (row.path == "cooperation.plans.members") return "EUROPOL";
      if (row.unit == "date" || row.key() == "date") return "2001-02-03";
      if (row.key() == "expires") return "2031-02-03";
      return row.key() == "carrier_data_countries" ? "XAA"
             : row.key() == "closed_borders"       ? "XAA-XAB"
                                                   : "elsewhere";
    }
  }
  return "";
}

}  // namespace

TEST_CASE("an empty scenario is the defaults, on the data that came with the program",
          "[scenario][exact]") {
  const Scenario s = parse_scenario("", "empty");
  CHECK(s.name == "empty");
  CHECK(s.run.days == 365);
  CHECK(s.calendar().month_label(0) == "2019-01");
  CHECK(s.data_folder.filename() == "data");
  CHECK(s.hash.size() == 32);
  CHECK(s.hash.find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("every row of every model is reached: by a file, in the values, in the text, in the hash",
          "[scenario][exact]") {
  const Scenario standard = parse_scenario("", "x");
  const std::set<std::string> without{"run.threads", "run.batch",  "run.simd",
                                      "world.data",  "risk.rules", "strategy.files"};
  std::set<std::string> texts, unhashed;
  for (const sim::ParameterInfo& row : scenario::parameters().rows()) {
    const std::string path(row.path), value = another_value(row);
    CAPTURE(path, value);
    REQUIRE_FALSE(value.empty());
    const std::string setting = path + "=" + value;
    const Scenario changed = path.starts_with("risk.assessment.")  ? assessed(setting)
                             : path == "cooperation.plans.members" ? organised(setting)
                                                                   : with(setting);
    CHECK(texts.insert(changed.text).second);  // no other row has this effect
    CHECK(changed.text != standard.text);
    if (changed.hash == standard.hash) unhashed.insert(path);
  }
  CHECK(unhashed == without);
}

TEST_CASE("the effective text is complete and gives the same scenario again",
          "[scenario][property]") {
  const auto rows = scenario::parameters().rows();
  CHECK(rc::check([&] {
    // Any handful of parameters, each away from its default.
    std::vector<scenario::Override> overrides;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
      const auto& row =
          rows[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(rows.size())))];
      // Their sums are limited, an assessment is whole or not there, members are of a file: tested
      // apart.
      if (row.path.starts_with("travel.units.") || row.path.starts_with("risk.assessment.") ||
          row.path == "cooperation.plans.members")
        continue;
      overrides.push_back(sim::parse_set(std::string(row.path) + "=" + another_value(row)));
    }
    const Scenario once = parse_scenario("name = 'a \"name\" \\\\'\nabout = 'why'", "x", overrides);
    const Scenario again = parse_scenario(once.text, "y");
    RC_ASSERT(again.text == once.text);
    RC_ASSERT(again.hash == once.hash);
    RC_ASSERT(again.name == once.name);
    RC_ASSERT(again.about == "why");
    for (const sim::ParameterInfo& row : rows)  // complete: no value is left to a default
      RC_ASSERT(once.text.find("\n" + std::string(row.key()) + " = ") != std::string::npos);
  }));
}

TEST_CASE("the hash ignores what no result depends on, and nothing else", "[scenario][exact]") {
  const std::string standard = parse_scenario("", "x").hash;
  CHECK(with("run.threads=2").hash == standard);
  CHECK(with("run.batch=17").hash == standard);
  CHECK(with("run.simd=scalar").hash == standard);
  CHECK(parse_scenario("name = 'other'\nabout = 'words'", "y").hash == standard);
  CHECK(with("run.seed=2").hash != standard);
  CHECK(with("run.days=364").hash != standard);
  CHECK(with("run.scale=0.5").hash != standard);
}

TEST_CASE("dates that do not exist or lie far away are refused", "[scenario][errors]") {
  CHECK(complaints_of("[run]\nstart = '2019-06-31'\n") ==
        "west.toml:2:9: error: run.start = \"2019-06-31\" is not a date: 2019-06 has 30 days\n");
  CHECK(complaints_of("[run]\nstart = '1899-12-31'\n") ==
        "west.toml:2:9: error: run.start = \"1899-12-31\" is outside 1900-01-01 to 2199-12-31\n");
  CHECK(complaints_of("[run]\nstart = 2199-12-31\n").empty());
}

TEST_CASE("shares of frequent travellers cannot exceed the whole", "[scenario][errors]") {
  CHECK(complaints_of("[travel.units]\nshort_2 = 64\nshort_4 = 0\nshort_12 = 0\nshort_24 = 0\n")
            .empty());
  CHECK(complaints_of("[travel.units]\nmedium_2 = 60\nmedium_4 = 5\n") ==
        "west.toml:3:12: error: travel.units.medium_2 + travel.units.medium_4 = 65 is more than 64 "
        "64ths\n");
}

TEST_CASE("the least number of officers cannot exceed the most", "[scenario][errors]") {
  CHECK(complaints_of("[control.staffing]\nofficers_min = 9\nofficers_max = 8\n") ==
        "west.toml:2:16: error: control.staffing.officers_min = 9 is more than "
        "control.staffing.officers_max = 8\n");
  CHECK(complaints_of("[control.staffing]\nofficers_min = 8\nofficers_max = 8\n").empty());
}

TEST_CASE("lists of countries are checked word by word", "[scenario][errors]") {
  CHECK(complaints_of("[control.regime]\ncarrier_data_countries = 'USA,Canada'\n"
                      "[travel.demand]\nclosed_borders = 'ARM-AZE arm-tur DZAMAR'\n") ==
        "west.toml:2:26: error: control.regime.carrier_data_countries: 'Canada' is not a country "
        "code; allowed are codes of three capital letters separated by commas\n"
        "west.toml:4:18: error: travel.demand.closed_borders: \"arm-tur\" is not a pair of "
        "countries; allowed are pairs like \"ARM-AZE\" separated by spaces\n"
        "west.toml:4:18: error: travel.demand.closed_borders: \"DZAMAR\" is not a pair of "
        "countries; allowed are pairs like \"ARM-AZE\" separated by spaces\n");
  CHECK(complaints_of("[control.regime]\ncarrier_data_countries = ''\n"
                      "[travel.demand]\nclosed_borders = ''\n")
            .empty());
}

TEST_CASE("a world is found relative to the file that names it, and missing ones are complaints",
          "[scenario][errors]") {
  std::string name = (fs::temp_directory_path() / "corridor-scenario-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()));
  const fs::path folder = name;
  fs::create_directories(folder / "worlds" / "mine");
  std::ofstream(folder / "base.toml") << "[world]\ndata = 'worlds/mine'\n";
  fs::create_directories(folder / "deep");
  std::ofstream(folder / "deep" / "west.toml") << "base = '../base.toml'\n";
  std::ofstream(folder / "lost.toml") << "[world]\ndata = 'nowhere'\n";
  const Scenario s = scenario::load_scenario(folder / "deep" / "west.toml");
  CHECK(fs::equivalent(s.data_folder, folder / "worlds" / "mine"));
  CHECK(fs::path(s.world.data).is_relative());
  CHECK(fs::equivalent(parse_scenario(s.text, "again").data_folder, s.data_folder));
  CHECK_THROWS_WITH(scenario::load_scenario(folder / "lost.toml"),
                    (folder / "lost.toml").string() + ":2:8: error: world.data: no folder '" +
                        (folder / "nowhere").string() +
                        "'; a path is relative to the file that says it\n");
  fs::remove_all(folder);
}

TEST_CASE("every scenario that ships is sound, and its text is portable", "[scenario][exact]") {
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(CORRIDOR_SOURCE_DIR) / "scenarios")) {
    if (entry.path().extension() != ".toml") continue;
    CAPTURE(entry.path().string());
    ++n;
    const Scenario s = scenario::load_scenario(entry.path());
    CHECK(s.name == entry.path().stem());
    CHECK_FALSE(s.about.empty());
    CHECK(parse_scenario(s.text, "x").text == s.text);
    CHECK(s.text.find(CORRIDOR_SOURCE_DIR) == std::string::npos);
  }
  CHECK(n >= 3);
}
