// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_file.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <iterator>

#include "models/simulation/digest.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

std::size_t files_in(const Scratch& scratch) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(scratch.folder()), {}));
}

/// A new file with `days` days written and closed.
ResultFile begun(const std::filesystem::path& path, const RunShape& shape, std::int64_t days) {
  ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t day = 0; day < days; ++day) write_day(file, shape, 0, day, state_after(0, day));
  return file;
}

}  // namespace

TEST_CASE("what is written is read again, label by label and number by number",
          "[results][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape();
  write_sample(scratch / "run.h5", shape);
  CHECK(files_in(scratch) == 1);  // no checkpoint and nothing half-made beside it
  const ResultReader result(scratch / "run.h5");
  CHECK(result.complete());
  CHECK(result.closed() == std::vector<std::int64_t>{40, 40});
  CHECK(result.provenance().scenario == sample_provenance().scenario);
  CHECK(result.provenance().seed == 7);
  CHECK_FALSE(result.provenance().real_names);
  CHECK(result.machine().simd == "scalar");
  CHECK(result.machine().wall_s == 1.5);

  const RunShape back = result.shape();
  CHECK(back.sample_rows == 3);
  std::size_t columns = 0;
  for_each_column(shape, [&](std::string_view path, const auto& column) {
    INFO(path);
    bool same = false;
    for_each_column(back, [&](std::string_view other, const auto& found) {
      if constexpr (std::is_same_v<decltype(column), decltype(found)>)
        if (path == other) same = column == found;
    });
    CHECK(same);
    ++columns;
  });
  CHECK(columns > 30);
  CHECK(result.read<std::int64_t>("/daily/trips_by_mode", {1, 17}) ==
        invented_row<std::int64_t>("/daily/trips_by_mode", 1017, 3));
  CHECK(result.read<std::int32_t>("/monthly/wait_histogram", {0, 1, 5}).size() == 4);
  CHECK(result.month_days(1, 0) == 12);
  CHECK(result.month_days(1, 1) == 28);
  CHECK_THROWS_AS(result.read<double>("/daily/units"), std::invalid_argument);
  CHECK_THROWS_AS(result.read<std::int64_t>("/daily/none"), std::invalid_argument);
  CHECK_THROWS_AS(result.read<std::int64_t>("/daily/units", {2}), std::out_of_range);
  CHECK_THROWS_AS(result.read<std::int64_t>("/daily/units", {0, 1, 2}), std::out_of_range);
}

TEST_CASE("the same run gives the same bytes, and a run without sample or sea lanes works too",
          "[results][exact]") {
  const Scratch scratch;
  RunShape shape = sample_shape(1, 10, 0);
  shape.sea_lane_a.clear();
  shape.sea_lane_b.clear();
  write_sample(scratch / "a.h5", shape);
  write_sample(scratch / "b.h5", shape);
  CHECK(sim::read_file(scratch / "a.h5") == sim::read_file(scratch / "b.h5"));
  const ResultReader result(scratch / "a.h5");
  CHECK(result.length(Dim::row) == 0);
  CHECK(result.length(Dim::sea_lane) == 0);
  CHECK(result.read<std::uint64_t>("/journeys/trip", {0}).empty());
}

TEST_CASE("nothing is known of a day before it is written", "[results][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape();
  const ResultFile file = begun(scratch / "run.h5", shape, 0);
  const ResultReader result(scratch / "run.h5");  // while the writer is at work
  CHECK_FALSE(result.complete());
  CHECK(result.closed() == std::vector<std::int64_t>{0, 0});
  for (const StoredArray& array : result.arrays()) {
    const std::string path(array.dataset->path);
    if (path.starts_with("/places") || path.starts_with("/demand") || path == "/daily/closed")
      continue;
    INFO(path);
    if (array.dataset->type == sim::ElementType::int64 && path.starts_with("/daily/"))
      CHECK(result.read<std::int64_t>(path).back() == -1);
    if (array.dataset->type == sim::ElementType::int32)
      CHECK(result.read<std::int32_t>(path).front() == -1);
    if (array.dataset->type == sim::ElementType::uint64)
      CHECK(result.read<std::uint64_t>(path).back() == ~std::uint64_t{0});
  }
  CHECK(std::isnan(result.read_one<double>("/provenance/wall_s")));
  CHECK(result.read_text("/provenance/simd").at(0).empty());
}

TEST_CASE("a row that does not fit is refused before a byte is written",
          "[results][errors][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape();
  ResultFile file = begun(scratch / "run.h5", shape, 0);
  const auto before = sim::read_file(scratch / "run.h5");
  using Numbers = std::vector<std::int64_t>;
  CHECK_THROWS_AS(file.write("/daily/unit", {0, 0}, Numbers{1}), std::invalid_argument);
  CHECK_THROWS_AS(file.write("/daily/units", {0, 0}, std::vector<std::int32_t>{1}),
                  std::invalid_argument);
  CHECK_THROWS_AS(file.write("/daily/units", {2, 0}, Numbers{1}), std::out_of_range);
  CHECK_THROWS_AS(file.write("/daily/units", {0, 40}, Numbers{1}), std::out_of_range);
  CHECK_THROWS_AS(file.write("/daily/units", {0, -1}, Numbers{1}), std::out_of_range);
  CHECK_THROWS_AS(file.write("/daily/units", {0, 39}, Numbers{1, 2}), std::invalid_argument);
  CHECK_THROWS_AS(file.write("/daily/trips_by_mode", {0, 0}, Numbers{1, 2}), std::invalid_argument);
  CHECK_THROWS_AS(file.write("/daily/trips_by_mode", {0, 39}, Numbers{1, 2, 3, 4, 5, 6}),
                  std::invalid_argument);
  CHECK(sim::read_file(scratch / "run.h5") == before);
  CHECK_NOTHROW(file.write("/daily/trips_by_mode", {0, 38}, Numbers{1, 2, 3, 4, 5, 6}));
  CHECK_THROWS_AS(file.close_day(0, 1, state_after(0, 1)), std::logic_error);  // day 0 comes first
  CHECK_THROWS_AS(file.finish(), std::logic_error);
}

TEST_CASE("writing a month again takes back that it was whole", "[results][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape();
  ResultFile file =
      begun(scratch / "run.h5", shape, 13);  // the 12 days of January, one of February
  const ResultReader result(scratch / "run.h5");
  CHECK(result.month_days(0, 0) == 12);
  CHECK(result.month_days(0, 1) == 0);
  file.write("/monthly/sea_lane_passengers", {0, 0}, std::vector<std::int64_t>{5});
  CHECK(result.month_days(0, 0) == 0);
  file.close_month(0, 0, 12);
  CHECK(result.month_days(0, 0) == 12);
  file.close_month(0, 1, 2);  // claims a day that is not closed
  CHECK(result.month_days(0, 1) == 0);
  CHECK(result.month_days(1, 0) == 0);
}

TEST_CASE("a run that was broken off goes on to the bytes of an undisturbed one",
          "[results][resume][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(2, 20);
  write_sample(scratch / "whole.h5", shape);
  const auto stop_after = GENERATE(0, 1, 11, 12, 19);
  begun(scratch / "run.h5", shape, stop_after);
  {
    ResultFile file = ResultFile::resume(scratch / "run.h5");
    CHECK(file.closed()[0] == stop_after);
    CHECK(file.closed()[1] == 0);
    if (stop_after > 0) CHECK(file.checkpoint() == state_after(0, stop_after - 1));
    for (std::int64_t r = 0; r < 2; ++r)
      for (std::int64_t day = file.closed()[static_cast<std::size_t>(r)]; day < 20; ++day)
        write_day(file, shape, r, day, state_after(r, day));
    file.set_machine({"scalar", 2, 1.5, 1e6});
    file.finish();
  }
  CHECK(sim::read_file(scratch / "run.h5") == sim::read_file(scratch / "whole.h5"));
  CHECK_FALSE(std::filesystem::exists(scratch / "run.h5.checkpoint"));
}

TEST_CASE("days closed without a checkpoint are done again", "[results][resume][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 20);
  {
    ResultFile file = begun(scratch / "run.h5", shape, 5);
    write_day(file, shape, 0, 5, {});
    write_day(file, shape, 0, 6, {});
  }
  CHECK(ResultReader(scratch / "run.h5").closed()[0] == 7);
  const ResultFile file = ResultFile::resume(scratch / "run.h5");
  CHECK(file.closed()[0] == 5);
  CHECK(ResultReader(scratch / "run.h5").closed()[0] == 5);
}

TEST_CASE("a result that cannot be made or resumed says why", "[results][errors][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 5);
  const std::string path = (scratch / "run.h5").string();
  const auto create = [&](const std::filesystem::path& where, bool force) {
    return ResultFile::create(where, shape, sample_provenance(), force);
  };
  CHECK_THROWS_WITH(create(scratch.folder() / "no" / "run.h5", false),
                    (scratch.folder() / "no" / "run.h5").string() + ": error: the folder " +
                        (scratch.folder() / "no").string() + " does not exist; make it first");
  CHECK_THROWS_WITH(create(scratch.folder(), false),
                    scratch.folder().string() + ": error: a folder; name a file in it");
  CHECK_THROWS_WITH(create("/dev/null", true), "/dev/null: error: not a regular file");
  CHECK(files_in(scratch) == 0);
  CHECK_THROWS_WITH(ResultFile::resume(path), path + ": error: no such file");
  {
    const ResultFile file = begun(path, shape, 2);
    CHECK_THROWS_WITH(ResultFile::resume(path),
                      path + ": error: another process is writing it; wait, or stop that process");
    CHECK_THROWS_WITH(create(path, true),
                      path + ": error: another process is writing it; wait, or stop that process");
  }
  const auto before = sim::read_file(path);
  CHECK_THROWS_WITH(
      create(path, false),
      path +
          ": error: exists; --force replaces it, corridor run --resume run.h5 goes on "
          "with it if it was broken off");
  CHECK(sim::read_file(path) == before);
  CHECK(files_in(scratch) == 2);  // with its checkpoint
  std::filesystem::remove(scratch / "run.h5.checkpoint");
  CHECK_THROWS_AS(ResultFile::resume(path), sim::CheckpointError);
  CHECK_NOTHROW(create(path, true));
  CHECK(files_in(scratch) == 1);
  std::filesystem::remove(path);
  write_sample(path, shape);
  CHECK_THROWS_WITH(ResultFile::resume(path),
                    path + ": error: the run is complete, there is nothing to resume");
}

TEST_CASE("replacing a result also removes the checkpoint of the old one", "[results][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 5);
  begun(scratch / "run.h5", shape, 3);
  REQUIRE(std::filesystem::exists(scratch / "run.h5.checkpoint"));
  static_cast<void>(ResultFile::create(scratch / "run.h5", shape, sample_provenance(), true));
  CHECK_FALSE(std::filesystem::exists(scratch / "run.h5.checkpoint"));
  CHECK(ResultFile::resume(scratch / "run.h5").closed()[0] == 0);
}

TEST_CASE("a checkpoint of another run is not taken", "[results][resume][errors][exact]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 5);
  begun(scratch / "run.h5", shape, 3);
  Provenance other = sample_provenance();
  other.seed = 8;
  {
    ResultFile file = ResultFile::create(scratch / "other.h5", shape, other, false);
    write_day(file, shape, 0, 0, state_after(0, 0));
  }
  std::filesystem::rename(scratch / "other.h5.checkpoint", scratch / "run.h5.checkpoint");
  CHECK_THROWS_AS(ResultFile::resume(scratch / "run.h5"), sim::CheckpointError);
}
