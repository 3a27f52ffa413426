// SPDX-License-Identifier: Apache-2.0
#include "sim/hdf5.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>
#include <thread>

#include "sim/safe_file.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using sim::ElementType;
using simulation::test::Scratch;

namespace {

void make(const std::filesystem::path& path, std::uint64_t user_block = 0) {
  sim::Hdf5Maker maker(path, user_block);
  maker.add("/a/b/numbers", ElementType::int64, 0, {2, 3}, {{"unit", "person"}});
  maker.add("/a/none", ElementType::int32, 0, {0, 4}, {});
  maker.add("/name", ElementType::text, 12, {}, {{"empty", ""}});
  maker.add("/a/real", ElementType::float64, 0, {5}, {});
  maker.describe({{"title", "a test"}});
  maker.close();
}

}  // namespace

TEST_CASE("arrays are found again with their type, size and place", "[hdf5][exact]") {
  const Scratch scratch;
  const std::uint64_t user_block = GENERATE(0u, 512u, 8192u);
  make(scratch / "x.h5", user_block);
  std::optional<sim::Hdf5Array> numbers;
  {
    const sim::Hdf5File file(scratch / "x.h5");
    numbers = file.find("/a/b/numbers");
    REQUIRE(numbers);
    CHECK(numbers->type == ElementType::int64);
    CHECK(numbers->dims == std::vector<std::uint64_t>{2, 3});
    CHECK(numbers->bytes() == 48);
    CHECK(numbers->offset > user_block);
    CHECK(file.find("/a/none")->count() == 0);
    CHECK(file.find("/name")->dims.empty());
    CHECK(file.find("/name")->element_bytes == 12);
    CHECK(file.find("/a/real")->type == ElementType::float64);
    for (const char* path : {"/a", "/b", "/a/b/c", "/a/b/numbers/d"}) CHECK_FALSE(file.find(path));
  }

  // The place is where plain file operations put the contents: HDF5 reads what was written there.
  const std::int64_t value = 0x1234567890;
  sim::File(scratch / "x.h5", sim::File::Mode::update)
      .write_at(numbers->offset + 5 * 8, std::as_bytes(std::span(&value, 1)));
  const sim::Hdf5Handle again(H5Fopen((scratch / "x.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT),
                              H5Fclose, "open");
  const sim::Hdf5Handle array(H5Dopen2(again, "/a/b/numbers", H5P_DEFAULT), H5Dclose, "open");
  std::int64_t seen[6] = {};
  REQUIRE(H5Dread(array, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, seen) >= 0);
  CHECK(seen[5] == value);
}

TEST_CASE("the file has the earliest format and no clock", "[hdf5][exact]") {
  const Scratch scratch;
  make(scratch / "x.h5", 512);
  const std::vector<std::byte> first = sim::read_file(scratch / "x.h5");
  REQUIRE(std::memcmp(first.data() + 512, "\x89HDF\r\n\x1a\n", 8) == 0);
  CHECK(first[520] == std::byte{0});                             // version of the superblock
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // HDF5's clock counts seconds
  make(scratch / "x.h5", 512);
  CHECK(sim::read_file(scratch / "x.h5") == first);
}

TEST_CASE("what HDF5 refuses becomes an exception with its reason", "[hdf5][errors][exact]") {
  const Scratch scratch;
  CHECK_THROWS_AS(sim::Hdf5File(scratch / "missing.h5"), sim::Hdf5Error);
  sim::replace_file(scratch / "y.h5", {std::as_bytes(std::span("not HDF5 at all"))});
  CHECK_THROWS_WITH(sim::Hdf5File(scratch / "y.h5"),
                    "HDF5: cannot open the file: file signature not found");
  CHECK_THROWS_AS(sim::Hdf5Maker(scratch.folder(), 0), sim::Hdf5Error);
}
