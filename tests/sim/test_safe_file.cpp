// SPDX-License-Identifier: Apache-2.0
#include "sim/safe_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <fstream>
#include <iterator>

#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using simulation::test::Scratch;

namespace {

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file is replaced whole, and nothing is left beside it", "[files][exact]") {
  const Scratch scratch;
  const auto path = scratch / "a.txt";
  sim::replace_file(path, {bytes("one "), bytes("two")});
  CHECK(contents(path) == "one two");
  sim::replace_file(path, {bytes("three")});
  CHECK(contents(path) == "three");
  CHECK(std::distance(std::filesystem::directory_iterator(scratch.folder()), {}) == 1);
}

TEST_CASE("a refusal of the system names file and reason", "[files][errors][exact]") {
  const Scratch scratch;
  const auto missing = (scratch / "no") / "b.txt";
  CHECK_THROWS_WITH(sim::replace_file(missing, {bytes("x")}),
                    missing.string() + ".new: error: cannot create: No such file or directory");
  try {
    static_cast<void>(sim::read_file(missing));
    FAIL("a missing file was read");
  } catch (const sim::FileError& error) {
    CHECK(error.code() == ENOENT);
  }
  CHECK_THROWS_AS(sim::read_file(scratch.folder()), sim::FileError);  // a folder is no file
  sim::replace_file(scratch / "c", {bytes("12345")});
  CHECK_THROWS_AS(sim::read_file(scratch / "c", 4), sim::FileError);
  CHECK(sim::read_file(scratch / "c", 5).size() == 5);
}

TEST_CASE("reading stops at the end of a file and writing may begin anywhere", "[files][exact]") {
  const Scratch scratch;
  sim::File file(scratch / "d", sim::File::Mode::create);
  file.write_at(3, "xyz");
  file.fill_at(0, 3, std::byte{'-'});
  std::string seen(10, '?');
  CHECK(file.read_at(1, std::as_writable_bytes(std::span(seen))) == 5);
  CHECK(seen == "--xyz?????");
  CHECK(file.size() == 6);
}

TEST_CASE("a lock keeps a second writer out until the first has gone", "[files][exact]") {
  const Scratch scratch;
  auto first = std::make_unique<sim::File>(scratch / "e", sim::File::Mode::create);
  REQUIRE(first->try_lock());
  sim::File second(scratch / "e", sim::File::Mode::update);
  CHECK_FALSE(second.try_lock());
  first.reset();
  CHECK(second.try_lock());
}
