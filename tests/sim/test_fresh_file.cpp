// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/fresh_file.hpp"

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a fresh file appears whole when committed, and not at all otherwise", "[sim][exact]") {
  const fs::path folder = fs::temp_directory_path() / "corridor_fresh_file";
  fs::remove_all(folder);
  fs::create_directory(folder);
  const fs::path path = folder / "out.csv";
  std::string text;
  {
    corridor::sim::FreshFile file(path);
    for (int i = 0; i < 300'000; ++i) {
      const std::string line = "line " + std::to_string(i) + "\n";
      text += line;
      file.append(line);
    }
    CHECK_FALSE(fs::exists(path));
    file.commit();
  }
  CHECK(content(path) == text);
  {
    corridor::sim::FreshFile file(path);
    file.append("half");
  }
  CHECK(content(path) == text);
  CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);
  CHECK_THROWS_AS(corridor::sim::FreshFile(folder / "no" / "out.csv"), corridor::sim::FileError);
  fs::remove_all(folder);
}
