// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "models/simulation/setup.hpp"
#include "models/simulation/simulation.hpp"
#include "tests/support/small_run.hpp"

using namespace corridor;
using namespace corridor::simulation;

namespace {

/// XDG_CACHE_HOME points to a folder of this test while it lives.
struct OwnCache {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("corridor-cache-" + std::to_string(::getpid()));
  std::string before;
  OwnCache() {
    const char* old = std::getenv("XDG_CACHE_HOME");
    before = old != nullptr ? old : "";
    ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
  }
  ~OwnCache() {
    if (before.empty()) {
      ::unsetenv("XDG_CACHE_HOME");
    } else {
      ::setenv("XDG_CACHE_HOME", before.c_str(), 1);
    }
    std::filesystem::remove_all(folder);
  }
};

std::uint64_t third_day(const scenario::Scenario& s, const Setup& setup) {
  Simulation simulation(s, setup, 0);
  simulation.step(0);
  simulation.step(1);
  return simulation.step(2).digest;
}

}  // namespace

TEST_CASE("tables from the cache are the tables that were built", "[setup][relation]") {
  const OwnCache cache;
  const auto s = test::small_scenario();
  const Setup built = make_setup(s);
  CHECK_FALSE(built.from_cache);
  REQUIRE(std::filesystem::exists(cache_path(s)));
  const Setup read = make_setup(s);
  CHECK(read.from_cache);
  CHECK(third_day(s, built) == third_day(s, read));
  CHECK(built.shape.airport_iata == read.shape.airport_iata);
  CHECK(built.shape.scale_factor == read.shape.scale_factor);

  SECTION("another value has another cache; a run's length and seed share one") {
    CHECK(cache_path(test::small_scenario({"travel.party.leisure=2.2"})) != cache_path(s));
    CHECK(cache_path(test::small_scenario({"control.staffing.margin=1.1"})) != cache_path(s));
    CHECK(cache_path(test::small_scenario({"run.days=7", "run.seed=9"})) == cache_path(s));
  }
  SECTION("a damaged cache is built anew") {
    const std::uint64_t expected = third_day(s, read);
    // Another file of that name, as after a full disk: the mapped one must not be cut under a
    // running program.
    const auto path = cache_path(s);
    std::filesystem::copy_file(path, path.string() + ".cut");
    std::filesystem::resize_file(path.string() + ".cut", 1000);
    std::filesystem::rename(path.string() + ".cut", path);
    const Setup again = make_setup(s);
    CHECK_FALSE(again.from_cache);
    CHECK(third_day(s, again) == expected);
  }
}

TEST_CASE("without a place for a cache a run still works", "[setup][errors]") {
  const OwnCache cache;
  std::ofstream(cache.folder) << "a file is in the way";
  const auto s = test::small_scenario();
  const Setup setup = make_setup(s);
  CHECK_FALSE(setup.from_cache);
  CHECK(third_day(s, setup) != 0);
}
