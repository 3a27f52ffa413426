// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/digest.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "models/simulation/result_file.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

/// Changes one bit of one element of an array, as a fault of the writer would.
void flip(const std::filesystem::path& path, const StoredArray& array, std::uint64_t element) {
  sim::File file(path, sim::File::Mode::update);
  const std::uint64_t at = array.offset + element * array.element_bytes;
  std::byte byte{};
  file.read_at(at, std::span(&byte, 1));
  byte ^= std::byte{1};
  file.write_at(at, std::span<const std::byte>(&byte, 1));
}

}  // namespace

TEST_CASE("one element of any dataset changes the digest, but provenance and timings do not",
          "[results][digest][exact]") {
  const Scratch scratch;
  const auto path = scratch / "run.h5";
  write_sample(path);
  const ResultReader result(path);
  const std::string whole = digest(result);
  CHECK(whole.size() == 32);
  std::set<std::string> seen{whole};
  std::size_t changed = 0;
  for (const StoredArray& array : result.arrays()) {
    INFO(array.dataset->path);
    REQUIRE(array.count() > 0);  // the sample has no empty dataset, so each is tried
    if (array.dataset->path == "/daily/closed") continue;  // below
    if (array.dataset->path == "/provenance/complete") continue;
    const std::set<std::uint64_t> elements{0, array.count() / 2, array.count() - 1};
    for (const std::uint64_t element : elements) {
      flip(path, array, element);
      const std::string now = digest(ResultReader(path));
      if (array.dataset->in_digest) {
        CHECK(seen.insert(now).second);  // and no two changes look alike
        CHECK(now != whole);
        ++changed;
      } else {
        CHECK(now == whole);
      }
      flip(path, array, element);
    }
  }
  CHECK(changed > 200);
  CHECK(digest(ResultReader(path)) == whole);
  flip(path, result.array("/daily/closed"), 0);
  CHECK(digest(ResultReader(path)) != whole);
}

TEST_CASE("the digest says which run it was, not how it was made", "[results][digest][relation]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 10);
  write_sample(scratch / "a.h5", shape);
  {
    Provenance other = sample_provenance();
    other.command = "corridor run else.toml";
    ResultFile file = ResultFile::create(scratch / "b.h5", shape, other, false);
    for (std::int64_t day = 0; day < 10; ++day) write_day(file, shape, 0, day, {});
    file.set_machine({"avx2", 64, 0.1, 1e9});
    file.finish();
  }
  CHECK(digest(ResultReader(scratch / "a.h5")) == digest(ResultReader(scratch / "b.h5")));
  RunShape longer = sample_shape(1, 11);
  write_sample(scratch / "c.h5", longer);
  CHECK(digest(ResultReader(scratch / "c.h5")) != digest(ResultReader(scratch / "a.h5")));
}

TEST_CASE("of an unfinished run only what is closed enters the digest",
          "[results][digest][relation]") {
  const Scratch scratch;
  const auto path = scratch / "run.h5";
  const RunShape shape = sample_shape(2, 20);
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t day = 0; day < 7; ++day) write_day(file, shape, 0, day, state_after(0, day));
  const ResultReader result(path);
  const std::string seven = digest(result);
  file.write_one<std::int64_t>("/daily/units", {0, 7}, 5);  // of a day that is not closed
  file.write("/monthly/sea_lane_passengers", {0, 0}, std::vector<std::int64_t>{5});
  CHECK(digest(result) == seven);
  file.write_one<std::int64_t>("/daily/units", {0, 6}, 5);
  CHECK(digest(result) != seven);
}
