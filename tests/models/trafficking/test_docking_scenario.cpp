// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_scenario.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace corridor;
using namespace corridor::trafficking;
namespace fs = std::filesystem;

namespace {

const std::string shipped = std::string(CORRIDOR_SOURCE_DIR) + "/scenarios/docking/narcologic.toml";

/// A scenario file that lasts as long as this does.
struct Scratch {
  explicit Scratch(const std::string& text)
      : path(fs::temp_directory_path() /
             ("corridor-docking-" + std::to_string(::getpid()) + ".toml")) {
    std::ofstream(path) << text;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove(path); }
  fs::path path;
};

std::string complaints_about(const std::string& text) {
  const Scratch file(text);
  try {
    static_cast<void>(load_docking_scenario(file.path, {}));
  } catch (const sim::ScenarioError& error) {
    std::string out = error.what();
    for (std::size_t at; (at = out.find(file.path.string())) != out.npos;)
      out.replace(at, file.path.string().size(), "a.toml");
    return out;
  }
  return "none";
}

}  // namespace

TEST_CASE("the shipped scenario is the published experiment with nothing mended",
          "[trafficking][docking][exact]") {
  const DockingScenario s = load_docking_scenario(shipped, {});
  CHECK(s.name == "narcologic");
  CHECK(s.warnings.empty());
  CHECK(s.params.replicates == 30);
  CHECK(s.params.months == 180);
  for (const auto& row : docking_table) {
    CAPTURE(row.path);
    CHECK(sim::value_of(s.params, row) == sim::value_of(DockingParams{}, row));
  }
  const DockingParams& p = s.params;
  CHECK(!(p.costs_recover || p.hold_stock || p.transit_month));
  CHECK((p.random_share == 0 && p.price_response == 0));
}

TEST_CASE("all that is wrong with a docking scenario is told with its place",
          "[trafficking][docking][exact]") {
  CHECK(
      complaints_about("[docking]\nmonths = 181\nreplicates = 2\n[docking.levels]\nlowest = 50\n"
                       "highest = 52\n[docking.supply]\nceiling = 100\n[docking.network]\n"
                       "closed_regions = \"Panma, Honduras\"\n") ==
      "a.toml:2:10: error: docking.months = 181 are not whole years; the nearest are 180 and 192\n"
      "a.toml:5:10: error: docking.levels.lowest = 50 and docking.levels.highest = 52 leave no "
      "room for five levels; the highest is 4 above the lowest or more\n"
      "a.toml:8:11: error: docking.supply.ceiling = 100 is below docking.supply.initial = 200\n"
      "a.toml:10:18: error: docking.network.closed_regions: no region is called 'Panma'; allowed "
      "are 'Colombia', 'Panama', 'Costa Rica', 'Nicaragua', 'Honduras', 'El Salvador', "
      "'Guatemala', 'Caribbean', 'Pacific' and 'Mexico'; did you mean 'Panama'?\n");
  CHECK(
      complaints_about("[docking.prices]\nsource = -1\n[docking.choice]\nrule = \"logti\"\n") ==
      "a.toml:2:10: error: docking.prices.source = -1 is outside [0, 1000000]\n"
      "a.toml:4:8: error: docking.choice.rule = \"logti\" is not one of 'salience', 'expected' and "
      "'logit'; did you mean 'logit'?\n");
  CHECK(complaints_about("[docking]\nreplicates = 2\n") == "none");
}

TEST_CASE("a market out of reach is an error, a network that carries nothing a warning",
          "[trafficking][docking][exact]") {
  CHECK(complaints_about("[docking]\nreplicates = 2\n[docking.network]\nprimary_reach_km = 0\n") ==
        "a.toml:4:20: error: the market cannot be reached: no edge leaves Colombia in the near "
        "network of replicate 0; docking.network.primary_reach_km = 0\n");
  const Scratch file("[docking]\nreplicates = 2\n[docking.network]\nclosed_regions = \"Mexico\"\n");
  const DockingScenario s = load_docking_scenario(file.path, {});
  REQUIRE(s.warnings.size() == 2);
  CHECK(s.warnings[0] ==
        file.path.string() +
            ":4:18: warning: nothing can flow in the near network of replicate 0: 35 edges carry "
            "nothing, the cut is Honduras to Mexico (7), El Salvador to Mexico (2), Guatemala to "
            "Mexico (26)");
}

TEST_CASE("the page of the submodel names every parameter with its default",
          "[trafficking][docking][exact]") {
  std::ifstream in(CORRIDOR_SOURCE_DIR "/docs/odd/trafficking-docking.md");
  std::stringstream page;
  page << in.rdbuf();
  for (const auto& row : docking_table) {
    const std::string line = "| `" + std::string(row.path.substr(8)) + "` | `" +
                             sim::literal(sim::value_of(DockingParams{}, row)) + "` | ";
    CAPTURE(line);
    CHECK(page.str().find(line) != std::string::npos);
  }
}
