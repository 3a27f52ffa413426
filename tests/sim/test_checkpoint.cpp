// SPDX-License-Identifier: Apache-2.0
#include "sim/checkpoint.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <string>

#include "sim/safe_file.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using simulation::test::Scratch;

namespace {

constexpr sim::Identity run{7, 9};

std::vector<std::byte> some_state(std::size_t n = 1000) {
  std::vector<std::byte> state(n);
  for (std::size_t i = 0; i < n; ++i) state[i] = static_cast<std::byte>(i * 37);
  return state;
}

}  // namespace

TEST_CASE("a checkpoint gives back what it was given", "[checkpoint][exact]") {
  const Scratch scratch;
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{100'000}}) {
    sim::write_checkpoint(scratch / "c", run, std::vector<std::int64_t>{3, 0, 12}, some_state(n));
    const sim::Checkpoint back = sim::read_checkpoint(scratch / "c", run);
    CHECK(back.closed == std::vector<std::int64_t>{3, 0, 12});
    CHECK(back.state == some_state(n));
  }
}

TEST_CASE("a checkpoint that is cut or changed anywhere is refused",
          "[checkpoint][errors][exact]") {
  const Scratch scratch;
  const auto path = scratch / "c";
  sim::write_checkpoint(path, run, std::vector<std::int64_t>{3}, some_state(50));
  const std::vector<std::byte> whole = sim::read_file(path);
  REQUIRE(whole.size() == 48 + 8 + 50 + 16);
  for (std::size_t n = 0; n < whole.size(); ++n) {  // cut to every length
    sim::replace_file(path, {std::span(whole).first(n)});
    CHECK_THROWS_AS(sim::read_checkpoint(path, run), sim::CheckpointError);
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {  // one bit changed in every byte
    std::vector<std::byte> changed = whole;
    changed[i] ^= std::byte{0x10};
    sim::replace_file(path, {changed});
    CHECK_THROWS_AS(sim::read_checkpoint(path, run), sim::CheckpointError);
  }
  sim::replace_file(path, {whole});
  CHECK_NOTHROW(sim::read_checkpoint(path, run));
}

TEST_CASE("a refused checkpoint says why and what to do", "[checkpoint][errors][exact]") {
  const Scratch scratch;
  const std::string path = (scratch / "c").string();
  const std::string again = "; make the result again with --force";
  CHECK_THROWS_WITH(
      sim::read_checkpoint(path, run),
      path + ": error: no such checkpoint, so there is nothing to go on from" + again);
  sim::write_checkpoint(path, run, std::vector<std::int64_t>{3}, some_state());
  CHECK_THROWS_WITH(sim::read_checkpoint(path, {7, 10}),
                    path + ": error: the checkpoint belongs to another run" + again);
  std::vector<std::byte> bytes = sim::read_file(path);
  bytes[15] = std::byte{'2'};
  sim::replace_file(path, {bytes});
  CHECK_THROWS_WITH(sim::read_checkpoint(path, run),
                    path +
                        ": error: a checkpoint of another version of Corridor; resume with the "
                        "version that wrote it");
  bytes[0] = std::byte{'C'};
  sim::replace_file(path, {bytes});
  CHECK_THROWS_WITH(sim::read_checkpoint(path, run),
                    path + ": error: not a checkpoint of Corridor" + again);
  // Lengths in the header that would overflow when they are added up.
  bytes[0] = std::byte{'c'};
  bytes[15] = std::byte{'1'};
  std::memset(bytes.data() + 16, 0xff, 16);
  sim::replace_file(path, {bytes});
  CHECK_THROWS_WITH(sim::read_checkpoint(path, run),
                    path + ": error: the checkpoint is cut short" + again);
}
