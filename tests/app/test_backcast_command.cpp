// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "tests/support/command.hpp"

namespace fs = std::filesystem;
using corridor::test::Command;

namespace {

const std::string small =
    "[[backcast]]\nname = \"small\"\narea = \"XAA, XAB\"\nstart_year = 2018\n"
    "calibrated_to = 2020\nforecast_to = 2021\nsets = 4\nrounds = 1\nkept = 2\nreplicates = 1\n"
    "[[target]]\nid = \"T1\"\nplace = \"area\"\nyear = 2020\nvalue = 1\n"
    "[[target]]\nid = \"T2\"\nwhat = \"share\"\nplace = \"XAA\"\nyear = 2020\nvalue = 0.5\n"
    "[[range]]\nparameter = \"effort\"\nscale = \"log\"\nlow = 0.05\nhigh = 0.5\n"
    "[[substance]]\nname = \"cocaine\"\nsource_price_usd_kg = 1500\nmarkup_usd_kg = 8000\n"
    "[[source]]\nsubstance = \"cocaine\"\nplace = \"XAF\"\nyear = 2018\ntonnes = 8\n"
    "[[market]]\nsubstance = \"cocaine\"\nplace = \"world\"\nprevalence = 0.01\n"
    "kg_per_user = 0.1\nelasticity = -0.6\n"
    "[[organisation]]\nname = \"Kittiwake\"\nhome = \"XAF\"\nsubstances = \"cocaine\"\n";

}  // namespace

TEST_CASE("backcast writes its forecast and sets, the same with other threads",
          "[command][trafficking][exact]") {
  Command c{"backcast", "--world '" CORRIDOR_SOURCE_DIR "/scenarios/worlds/archipelago'"};
  c.write("small.toml", small);
  REQUIRE(c.run("small.toml -o a.csv --sets sets.csv --threads 1") == 0);
  CHECK(c.err.empty());
  CHECK(c.out.find("small: 1 rounds of 4 sets of parameters, 2 admissible, 1 seeds each\n") == 0);
  CHECK(c.out.find("\nwrote a.csv\nwrote sets.csv\n") != c.out.npos);
  const std::string forecast = c.content("a.csv");
  CHECK(forecast.find("what,place,year,role,mean,p10,p50,p90,runs\n"
                      "tonnes,area,2019,calibration,") == 0);
  CHECK(forecast.find("\nshare,XAA,2021,forecast,") != forecast.npos);
  CHECK(c.content("sets.csv").find("choice,distance,effort\n") == 0);
  CHECK(c.run("small.toml -o a.csv") == 2);
  CHECK(c.run("small.toml -o a.csv --force --threads 2") == 0);
  CHECK(c.content("a.csv") == forecast);
}

TEST_CASE("backcast says what is wrong and writes nothing", "[command][trafficking][exact]") {
  Command c{"backcast", "--world '" CORRIDOR_SOURCE_DIR "/scenarios/worlds/archipelago'"};
  std::string late = small;
  late.replace(late.find("year = 2020"), 11, "year = 2021");
  c.write("small.toml", late);
  CHECK(c.run("small.toml -o a.csv") == 2);
  CHECK(c.err == "small.toml:14:8: error: a target of 2021 is not within 2018 and 2020\n");
  CHECK(!fs::exists(c.folder / "a.csv"));
  CHECK(c.run("") == 2);
}

TEST_CASE("backcast writes two files, and over nothing that it reads",
          "[command][trafficking][exact]") {
  Command c{"backcast"};
  c.write("small.toml", small);
  fs::copy(fs::path(CORRIDOR_SOURCE_DIR) / "scenarios/worlds/archipelago", c.folder / "world");
  for (const std::string sets : {"a.csv", "./a.csv"}) {
    CHECK(c.run("small.toml --world world --force -o a.csv --sets " + sets) == 2);
    CHECK(c.err == "corridor backcast: error: -o a.csv and --sets " + sets +
                       " are one file; name two\nTry 'corridor backcast --help'.\n");
  }
  CHECK(!fs::exists(c.folder / "a.csv"));
  for (const std::string input : {"small.toml", "world/countries.csv"}) {
    const std::string before = c.content(input);
    CHECK(c.run("small.toml --world world --force -o a.csv --sets " + input) == 2);
    CHECK(c.err == input + ": error: is read by this very command; name another file to write\n");
    CHECK(c.content(input) == before);
  }
}
