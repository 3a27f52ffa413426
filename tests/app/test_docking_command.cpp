// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/command.hpp"

namespace fs = std::filesystem;
using corridor::test::Command;

namespace {

const std::string scenario =
    std::string(CORRIDOR_SOURCE_DIR) + "/scenarios/docking/narcologic.toml";

}  // namespace

TEST_CASE("docking prints findings, writes its runs, and gives the same again with other threads",
          "[command][trafficking][exact]") {
  Command c{"docking"};
  REQUIRE(c.run(scenario + " --replicates 2 --months 24 -o runs.csv") == 0);
  CHECK(c.err.empty());
  CHECK(c.out.find("2 replicates of 24 months, seed 1\n") != c.out.npos);
  CHECK(c.out.find("\nwrote runs.csv\n") != c.out.npos);
  const std::string runs = c.content("runs.csv");
  CHECK(runs.find("network,choice,adaptation,capacity,replicate,") == 0);
  CHECK(c.run(scenario + " --replicates 2 --months 24 -o runs.csv") == 2);
  CHECK(c.err.find("runs.csv") != c.err.npos);
  REQUIRE(c.run(scenario + " --replicates 2 --months 24 --threads 1 --json -o runs.csv --force") ==
          0);
  CHECK(c.content("runs.csv") == runs);
  CHECK(nlohmann::json::parse(c.out)["series"].size() == 8);
  fs::copy_file(scenario, c.folder / "own.toml");
  const std::string own = c.content("own.toml");
  CHECK(c.run("own.toml --replicates 2 --months 24 -o ./own.toml --force") == 2);
  CHECK(c.err == "./own.toml: error: is read by this very command; name another file to write\n");
  CHECK(c.content("own.toml") == own);
}

TEST_CASE("a docking call or scenario that is wrong ends with status 2 and says where",
          "[command][trafficking][exact]") {
  Command c{"docking"};
  CHECK(c.run("") == 2);
  CHECK(c.err ==
        "corridor docking: error: which scenario? scenarios/docking/narcologic.toml is one\n"
        "Try 'corridor docking --help'.\n");
  CHECK(c.run(scenario + " --replicates 1") == 2);
  CHECK(c.err == "--replicates 1: error: docking.replicates = 1 is outside [2, 1000]\n");
  CHECK(c.run(scenario + " --set docking.supply.ceilng=3") == 2);
  CHECK(c.err ==
        "--set docking.supply.ceilng=3: error: unknown parameter 'docking.supply.ceilng'; did you "
        "mean 'docking.supply.ceiling'?\n");
  CHECK(c.run(scenario + " --set docking.network.primary_reach_km=0 -o runs.csv") == 2);
  CHECK(
      c.err ==
      "--set docking.network.primary_reach_km=0: error: the market cannot be reached: no edge "
      "leaves Colombia in the near network of replicate 0; docking.network.primary_reach_km = 0\n");
  CHECK(!fs::exists(c.folder / "runs.csv"));
}

TEST_CASE("docking on a network that carries nothing warns of the cut and runs all the same",
          "[command][trafficking][exact]") {
  Command c{"docking"};
  REQUIRE(c.run(scenario +
                " --replicates 2 --months 24 --set docking.network.route_capacity_kg=0") == 0);
  CHECK(c.err.find("warning: nothing can flow in the near network of replicate 0: 51 edges carry "
                   "nothing, the cut is Colombia to Panama (40), Colombia to Costa Rica (11)\n") !=
        c.err.npos);
  CHECK(c.out.find("nan") == c.out.npos);
}
