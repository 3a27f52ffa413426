// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <vector>

#include <unistd.h>

#include "sim/mapped_file.hpp"

using namespace corridor;

namespace {

const std::string key = "0123456789abcdef0123456789abcdef";

std::filesystem::path write_sample() {
  const auto path = std::filesystem::temp_directory_path() /
                    ("corridor-mapped-" + std::to_string(::getpid())) / "cache.bin";
  const std::vector<double> numbers{1.5, -2, 1e300};
  const std::vector<std::uint16_t> words{7, 8, 9, 10, 11};
  sim::MappedFileWriter writer;
  writer.add<double>("numbers", numbers);
  writer.add<std::uint16_t>("words", words);
  writer.add<std::uint32_t>("nothing", {});
  writer.write(path, key);
  return path;
}

}  // namespace

TEST_CASE("arrays come back from a mapped file as they were", "[mapped_file][exact]") {
  const auto path = write_sample();
  const auto file = sim::MappedFile::open(path, key);
  REQUIRE(file);
  const auto numbers = file->get<double>("numbers");
  CHECK(std::vector<double>(numbers.begin(), numbers.end()) == std::vector<double>{1.5, -2, 1e300});
  CHECK(file->get<std::uint16_t>("words")[4] == 11);
  CHECK(file->get<std::uint32_t>("nothing").empty());
  CHECK_THROWS_AS(file->get<float>("numbers"), std::runtime_error);
  CHECK_THROWS_AS(file->get<double>("absent"), std::runtime_error);
  std::filesystem::remove_all(path.parent_path());
}

TEST_CASE("another key, a cut file or no file is refused, never misread", "[mapped_file][exact]") {
  const auto path = write_sample();
  CHECK_FALSE(sim::MappedFile::open(path, "f" + key.substr(1)));
  CHECK_FALSE(sim::MappedFile::open(path.string() + ".none", key));
  const auto size = std::filesystem::file_size(path);
  for (std::uintmax_t n = 0; n < size; n += 13) {
    std::filesystem::resize_file(path, n);
    CHECK_FALSE(sim::MappedFile::open(path, key));
    std::filesystem::remove(path);
    write_sample();
  }
  std::filesystem::remove_all(path.parent_path());
}

TEST_CASE("a cache that cannot be written leaves nothing behind", "[mapped_file][exact]") {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("corridor-unwritable-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "cache.bin");  // a folder is in the way
  sim::MappedFileWriter writer;
  CHECK_THROWS_AS(writer.write(folder / "cache.bin", key), std::runtime_error);
  CHECK(std::distance(std::filesystem::directory_iterator(folder),
                      std::filesystem::directory_iterator{}) == 1);
  std::filesystem::remove_all(folder);
}
