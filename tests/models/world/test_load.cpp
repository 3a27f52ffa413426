// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/world.hpp"

namespace {

namespace fs = std::filesystem;
using corridor::world::DataError;
using corridor::world::hash_world;
using corridor::world::load_world;
using corridor::world::none;
using corridor::world::World;

const fs::path archipelago = fs::path(CORRIDOR_SOURCE_DIR) / "scenarios/worlds/archipelago";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A copy of the small world that may be spoilt; gone when the test ends.
class Copy {
 public:
  Copy() {
    static int copies = 0;  // several may be there at once
    folder_ = fs::temp_directory_path() /
              ("corridor-world-" + std::to_string(::getpid()) + "-" + std::to_string(copies++));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const std::string& name : corridor::world::world_files())
      fs::copy_file(archipelago / name, folder_ / name);
  }
  ~Copy() { fs::remove_all(folder_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  void write(const std::string& file, std::string_view bytes) const {
    std::ofstream(folder_ / file, std::ios::binary) << bytes;
  }
  /// Replaces the only place where `was` stands, or appends `becomes` when `was` is empty.
  void edit(const std::string& file, const std::string& was, const std::string& becomes) const {
    std::string bytes = read(folder_ / file);
    if (was.empty()) {
      bytes += becomes;
    } else {
      const std::size_t at = bytes.find(was);
      REQUIRE(at != bytes.npos);
      REQUIRE(bytes.find(was, at + 1) == bytes.npos);
      bytes.replace(at, was.size(), becomes);
    }
    write(file, bytes);
  }
  /// The whole text of the error, with the folder's name taken off. "" when the world loads.
  [[nodiscard]] std::string error() const {
    try {
      (void)load_world(folder_);
      return "";
    } catch (const DataError& problem) {
      std::string text = problem.what();
      const std::string prefix = folder_.generic_string() + "/";
      for (std::size_t at; (at = text.find(prefix)) != text.npos;) text.erase(at, prefix.size());
      return text;
    }
  }

 private:
  fs::path folder_;
};

/// What one edit of the small world is answered with.
std::string after(const std::string& file, const std::string& was, const std::string& becomes) {
  const Copy world;
  world.edit(file, was, becomes);
  return world.error();
}

}  // namespace

TEST_CASE("the small world loads and its parts refer to each other", "[world][exact]") {
  const World world = load_world(archipelago);
  CHECK(world.name == "Archipelago");
  CHECK_FALSE(world.real_names);
  CHECK(world.countries.size() == 6);
  CHECK(world.airports.size() == 16);

  const std::uint32_t hub = world.find_airport("QAL");
  REQUIRE(hub != none);
  CHECK(world.countries[world.airports[hub].country].iso3 == "XAA");
  CHECK(world.find_airport("ZZZ") == none);
  CHECK(world.find_country("XAZ") == none);
  CHECK(world.countries[world.find_country("XAF")].gdp_per_capita_usd == 0);  // unknown
  CHECK(world.countries[world.find_country("XAC")].published_arrivals == 380'000);
  CHECK(world.countries[world.find_country("XAC")].published_departures == 0);

  std::size_t without_return = 0;
  for (std::size_t i = 0; i < world.air_legs.size(); ++i) {
    const auto& leg = world.air_legs[i];
    if (i > 0) {
      const auto& before = world.air_legs[i - 1];
      CHECK(std::pair(before.origin, before.destination) < std::pair(leg.origin, leg.destination));
    }
    if (leg.reverse == none) {
      ++without_return;
      continue;
    }
    const auto& back = world.air_legs[leg.reverse];
    CHECK(back.origin == leg.destination);
    CHECK(back.destination == leg.origin);
    CHECK(back.reverse == i);
  }
  CHECK(without_return == 1);  // QFM to QCO
  for (const auto& lane : world.sea_lanes) CHECK(lane.a < lane.b);
  for (const auto& profile : world.seasons) {
    double sum = 0;
    for (const double share : profile.share) sum += share;
    CHECK(std::abs(sum - 1) < 12 * 1.2e-16);  // twelve roundings of numbers below 1
  }
}

TEST_CASE("countries without checks between them have one number", "[world][exact]") {
  World world = load_world(archipelago);
  const auto name_of = [&](const std::string& iso3) {
    return world.open_border_areas()[world.find_country(iso3)];
  };
  CHECK(name_of("XAA") == name_of("XAB"));
  CHECK(name_of("XAA") == name_of("XAD"));
  CHECK(name_of("XAC") != name_of("XAF"));  // free movement of level 2 only
  const auto areas = world.open_border_areas();
  CHECK(std::set<std::uint32_t>(areas.begin(), areas.end()).size() == 4);

  SECTION("who leaves is on his own") {
    std::erase_if(world.memberships,
                  [&](const auto& m) { return world.countries[m.country].iso3 == "XAB"; });
    CHECK(name_of("XAA") != name_of("XAB"));
    CHECK(name_of("XAA") == name_of("XAD"));
  }
}

TEST_CASE("the order of rows and the kind of line ends change nothing but the hash",
          "[world][relation]") {
  const World plain = load_world(archipelago);
  const Copy copy;
  for (const char* const file : {"countries.csv", "airports.csv", "air_legs.csv", "ports.csv"}) {
    std::vector<std::string> lines;
    const std::string bytes = read(archipelago / file);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t end = bytes.find('\n', at);
      lines.push_back(bytes.substr(at, end - at) + "\r\n");
      at = end + 1;
    }
    std::reverse(lines.begin() + 1, lines.end());
    std::string turned;
    for (const std::string& line : lines) turned += line;
    copy.write(file, turned);
  }
  const World turned = load_world(copy.folder());
  REQUIRE(turned.air_legs.size() == plain.air_legs.size());
  for (std::size_t i = 0; i < plain.air_legs.size(); ++i) {
    CHECK(turned.air_legs[i].origin == plain.air_legs[i].origin);
    CHECK(turned.air_legs[i].destination == plain.air_legs[i].destination);
    CHECK(turned.air_legs[i].seats_year == plain.air_legs[i].seats_year);
  }
  for (std::size_t i = 0; i < plain.countries.size(); ++i)
    CHECK(turned.countries[i].iso3 == plain.countries[i].iso3);
  CHECK(turned.data_hash != plain.data_hash);
}

TEST_CASE("the hash of a world is that of its bytes", "[world][exact]") {
  const Copy copy;
  const std::string before = hash_world(copy.folder());
  CHECK(before.size() == 32);
  CHECK(before == load_world(copy.folder()).data_hash);
  CHECK(before == load_world(archipelago).data_hash);  // the folder's name is no part of it
  for (const std::string& name : corridor::world::world_files()) {
    const Copy other;
    other.edit(name, "", "\n");
    CHECK(hash_world(other.folder()) != before);
  }
}

TEST_CASE("each kind of bad row is told with its place and what is allowed", "[world][errors]") {
  CHECK(after("countries.csv", "XAB,Bresk", "Xab,Bresk")
            .starts_with(
                "countries.csv:3:1: error: iso3 = 'Xab' is not a code of 3 capital letters\n"));
  CHECK(after("countries.csv", ",900000,", ",,") ==
        "countries.csv:3:50: error: country 'XAB' has no population\n");
  CHECK(after("countries.csv", ",900000,", ",0,") ==
        "countries.csv:3:50: error: population = 0 is outside [1, 3000000000]\n");
  CHECK(after("countries.csv", ",900000,", ",nan,") ==
        "countries.csv:3:50: error: population = 'nan' is not a finite number; it must be in "
        "[1, 3000000000]\n");
  CHECK(after("countries.csv", "XAB,Bresk,Bresque,europe", "XAB,Bresk,Bresque,europ") ==
        "countries.csv:3:19: error: region = 'europ' is none of 'europe', 'asia_pacific', "
        "'americas', 'africa' and 'middle_east'; did you mean 'europe'?\n");
  CHECK(after("countries.csv", ",-36.5,-114.0,", ",-96.5,-194.0,") ==
        "countries.csv:3:37: error: lat = -96.5 is outside [-90, 90]\n"
        "countries.csv:3:43: error: lon = -194.0 is outside [-180, 180]\n");
  CHECK(after("countries.csv", "", "XAA,Again,Encore,europe,Northlands,0,0,5,5\n") ==
        "countries.csv:8:1: error: country 'XAA' is there already, in line 2\n");
  CHECK(after("published_totals.csv", "XAC,380000", "XAX,380000") ==
        "published_totals.csv:3:1: error: unknown country 'XAX'; did you mean 'XAA'?\n");
  CHECK(after("borders.csv", "XAA,XAB,310", "XAB,XAA,310") ==
        "borders.csv:2:1: error: 'XAB', 'XAA' are not in alphabetical order; write 'XAA', 'XAB'\n");
  CHECK(after("borders.csv", "XAB,XAC,260", "XAC,XAC,260") ==
        "borders.csv:5:5: error: a and b are both 'XAC'\n");
  CHECK(after("borders.csv", "XAA,XAB,310", "XAA,XAB,-3") ==
        "borders.csv:2:9: error: length_km = -3 is outside [0.01, 20000]\n");
  CHECK(after("cities.csv", "", "XAB,-36.3,-114.2,1e400\n") ==
        "cities.csv:25:18: error: population = '1e400' is not a finite number; it must be in "
        "[1, 1000000000]\n");
  CHECK(after("airports.csv", "QBT,Tarn,XAB", "QBT,,XAB") ==
        "airports.csv:7:5: error: name is empty\n");
  CHECK(after("air_legs.csv", "QAN,QDU,", "QAN,QDX,") ==
        "air_legs.csv:13:5: error: unknown airport 'QDX'; did you mean 'QDI'?\n");
  CHECK(after("air_legs.csv", "", "QAL,QAL,10,10,10\n") ==
        "air_legs.csv:69:5: error: a leg from 'QAL' to itself\n");
  CHECK(after("air_legs.csv", ",104,6240\n", ",104,-6240\n") ==
        "air_legs.csv:65:19: error: seats_year = -6240 is outside [1, 1000000000]\n");
  CHECK(after("air_legs.csv", "QFM,QCO,818.9,", "QFM,QCO,81.89,") ==
        "air_legs.csv:65:9: error: distance_km = 81.89, but 'QFM' and 'QCO' are 818.9 km apart (1 "
        "% + "
        "1 km is allowed)\n");
  CHECK(after("ports.csv", "XANPT,Northport,XAA", "XANP,Northport,XAA")
            .starts_with(
                "ports.csv:3:1: error: locode = 'XANP' is not a code of 5 capital letters or "
                "digits\n"));
  CHECK(after("sea_lanes.csv", "XAALD,XFFER,", "XAALD,XASAL,") ==
        "sea_lanes.csv:2:7: error: both ports lie in 'XAA'; a lane joins two countries\n");
  CHECK(after("ties.csv", "XAA,XAD,1,0", "XAA,XAD,yes,0") ==
        "ties.csv:3:9: error: common_language = 'yes' is neither 0 nor 1\n");
  CHECK(after("ties.csv", "XAA,XAD,1,0", "XAA,XAD,0,0") ==
        "ties.csv:3:1: error: 'XAA', 'XAD' have no tie; leave the row out\n");
  CHECK(after("migrants.csv", "XAB,XAA,", "XAB,XAB,") ==
        "migrants.csv:2:5: error: migrants from 'XAB' to itself\n");
  CHECK(after("seasons.csv", "Far Isles,Far Isles,0.07", "Far Isles,Far Isles,0.17") ==
        "seasons.csv:5:21: error: the shares of the months sum to 1.10000, not to 1\n");
  CHECK(after("seasons.csv", "Far Isles,Far Isles", "Far Isle,Far Isles") ==
        "seasons.csv:5:1: error: unknown subregion 'Far Isle'; did you mean 'Far Isles'?\n");
  CHECK(after("organisations.csv", "visa),2", "visa),5") ==
        "organisations.csv:3:50: error: free_movement_level = 5 is outside [0, 4]\n");
  CHECK(after("organisations.csv", "visa),2", "visa),2.5") ==
        "organisations.csv:3:50: error: free_movement_level = 2.5 is not one of 0, 1, 2, 3, 4\n");
  CHECK(after("memberships.csv", "NPA,XAB", "NPB,XAB") ==
        "memberships.csv:3:1: error: unknown organisation 'NPB'; did you mean 'NPA'?\n");
  CHECK(after("memberships.csv", "", "NPA,XAA,1,1\n") ==
        "memberships.csv:7:1: error: country 'XAA' of 'NPA' is there already, in line 2\n");
  CHECK(after("memberships.csv", "NPA,XAB,1", "NPA,XAB,yes") ==
        "memberships.csv:3:9: error: member_2019 = 'yes' is neither 0 nor 1\n");
  CHECK(after("memberships.csv", "NPA,XAB,1,1", "NPA,XAB,0,0") ==
        "memberships.csv:3:9: error: a member in neither year; leave the row out\n");
  CHECK(after("same_day.csv", "XAA,XAF,", "XAB,XAF,") ==
        "same_day.csv:3:1: error: no border and no sea lane joins 'XAB' and 'XAF'\n");
}

TEST_CASE("a header that is not right is told once, without a complaint for each row",
          "[world][errors]") {
  CHECK(after("airports.csv", "iata,name,country,lat,lon", "iata,name,land,lat,lon") ==
        "airports.csv:1:11: error: unknown column 'land'\n"
        "airports.csv:1:1: error: column 'country' is missing; the columns are 'iata', 'name', "
        "'country', 'lat' and 'lon'\n");
}

TEST_CASE("one bad airport does not spoil the legs that use it", "[world][errors]") {
  CHECK(after("airports.csv", "QAL,Aldora City,XAA,-35.21,", "QAL,Aldora City,XAA,-135.21,") ==
        "airports.csv:2:21: error: lat = -135.21 is outside [-90, 90]\n");
}

TEST_CASE("what is said about the world itself is checked", "[world][errors]") {
  CHECK(after("world.toml", "real_names = false", "real_nmes = false") ==
        "world.toml:4:1: error: unknown key 'real_nmes'; did you mean 'real_names'?\n"
        "world.toml:1:1: error: real_names is missing; it must be true or false\n");
  CHECK(after("world.toml", "reference_year = 2019", "reference_year = 2031") ==
        "world.toml:5:18: error: reference_year is wrong; it must be 2019, the year of published "
        "totals and memberships\n");
  CHECK_FALSE(after("world.toml", "name = \"Archipelago\"", "name = ").empty());
}

TEST_CASE("all complaints of all tables come at once", "[world][errors]") {
  const Copy copy;
  copy.edit("countries.csv", ",900000,", ",-1,");
  copy.edit("air_legs.csv", "QAN,QDU,", "QAN,QDX,");
  copy.edit("same_day.csv", ",1450000,", ",many,");
  CHECK(copy.error() ==
        "countries.csv:3:50: error: population = -1 is outside [1, 3000000000]\n"
        "air_legs.csv:13:5: error: unknown airport 'QDX'; did you mean 'QDI'?\n"
        "same_day.csv:3:9: error: crossings_year = 'many' is not a finite number; it must be in "
        "[1, 10000000000]\n");
  try {
    (void)load_world(copy.folder());
    FAIL("it loaded");
  } catch (const DataError& error) {
    REQUIRE(error.found().size() == 3);
    CHECK(error.found()[1].line == 13);
    CHECK(error.found()[1].column == 5);
  }
}

TEST_CASE("missing files and folders are told", "[world][errors]") {
  const Copy copy;
  fs::remove(copy.folder() / "ports.csv");
  CHECK(copy.error() ==
        "ports.csv: error: cannot be read: No such file or directory; a world needs every one of "
        "its tables\n");
  CHECK_THROWS_AS(hash_world(copy.folder()), DataError);
  CHECK_THROWS_WITH(load_world("no/such/world"),
                    Catch::StartsWith("no/such/world: error: there is no such folder; a world is a "
                                      "folder with 'world.toml', 'countries.csv'"));
  fs::create_directory(copy.folder() / "ports.csv");
  CHECK(copy.error() == "ports.csv: error: a folder stands where a file is due\n");
}
