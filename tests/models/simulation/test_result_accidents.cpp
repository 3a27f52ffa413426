// SPDX-License-Identifier: Apache-2.0
/// \file test_result_accidents.cpp  What is left of a result after a kill, a full disk, a torn
/// copy.
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>

#include "models/simulation/digest.hpp"
#include "models/simulation/result_file.hpp"
#include "models/simulation/summary.hpp"
#include "tests/models/simulation/sample_result.hpp"

using namespace corridor;
using namespace corridor::simulation;
using namespace corridor::simulation::test;

namespace {

/// A process of its own; its end is `action`'s value, or 99 when that throws.
pid_t begin_process(const std::function<int()>& action) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process could be made");
  if (child == 0) {
    int status = 99;
    try {
      status = action();
    } catch (const std::exception& error) {
      const std::string text = std::string("child: ") + error.what() + "\n";
      static_cast<void>(::write(STDERR_FILENO, text.data(), text.size()));
    } catch (...) {
    }
    ::_exit(status);
  }
  return child;
}

/// Waits, and tells how the process ended: its exit status, or minus the signal that ended it.
int end_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int run_process(const std::function<int()>& action) { return end_of(begin_process(action)); }

/// A run that goes on from where the file is, or begins it, and finishes.
int simulate(const std::filesystem::path& path, const RunShape& shape) {
  ResultFile file = std::filesystem::exists(path)
                        ? ResultFile::resume(path)
                        : ResultFile::create(path, shape, sample_provenance(), false);
  for (std::int64_t r = 0; r < shape.replicates; ++r)
    for (std::int64_t day = file.closed()[static_cast<std::size_t>(r)]; day < shape.days; ++day)
      write_day(file, shape, r, day, state_after(r, day));
  file.set_machine({"scalar", 2, 1.5, 1e6});
  file.finish();
  return 0;
}

bool h5dump_reads(const std::filesystem::path& path) {
  return std::system(("h5dump '" + path.string() + "' > /dev/null 2>&1").c_str()) == 0;
}

/// Whether every closed day and covered month holds what the run wrote there.
bool closed_days_are_whole(const std::filesystem::path& path, const RunShape& shape) {
  const ResultReader result(path);
  const auto closed = result.closed();
  bool whole = true;
  for (std::int64_t r = 0; r < shape.replicates; ++r) {
    for (std::int64_t day = 0; day < closed[static_cast<std::size_t>(r)]; ++day) {
      const auto number = static_cast<std::uint64_t>(r * 1000 + day);
      for (const char* name :
           {"/daily/trips_started", "/daily/units", "/daily/secondary_turned_away"})
        whole = whole && result.read<std::int64_t>(name, {r, day}) ==
                             invented_row<std::int64_t>(name, number, 1);
      whole = whole && result.read<std::int64_t>("/daily/arrivals_by_region", {r, day}) ==
                           invented_row<std::int64_t>("/daily/arrivals_by_region", number, 5);
      whole = whole && result.read<std::uint64_t>("/daily/digest", {r, day}) ==
                           invented_row<std::uint64_t>("/daily/digest", number, 1);
    }
    for (std::int64_t m = 0; m < static_cast<std::int64_t>(shape.month.size()); ++m)
      if (result.month_days(r, m) > 0)
        whole =
            whole && result.read<std::int64_t>("/monthly/post_refused", {r, m}) ==
                         invented_row<std::int64_t>("/monthly/post_refused",
                                                    static_cast<std::uint64_t>(r * 1000 + m), 6);
  }
  return whole;
}

/// Runs `action` where no more than `bytes` can be written: on a file system of that size when this
/// user may mount one, else under a limit on the length of files. Both refuse a write in the same
/// place of the program.
int on_a_small_disk(const std::filesystem::path& folder, rlim_t bytes,
                    const std::function<int(bool mounted)>& action) {
  return run_process([&] {
    const std::string size = "size=" + std::to_string(bytes);
    if (::unshare(CLONE_NEWNS) == 0 &&
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) == 0)
      return action(true);  // the mount ends with the process
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return action(false);
  });
}

void lift_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace

TEST_CASE("a writer that is killed leaves whole closed days and goes on to the same bytes",
          "[results][resume][accident]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 40);
  write_sample(scratch / "whole.h5", shape);
  const auto path = scratch / "run.h5";
  // Kills after 0.3 to 20 ms: a day takes about 1 ms or more, nearly all of it in writes and syncs,
  // so that most kills fall inside one. The moments are drawn from a fixed seed; where a kill falls
  // still depends on the disk.
  std::uint64_t draw = 12345;
  int kills = 0;
  std::int64_t most = 0;
  bool done = false;
  while (!done && kills < 60) {
    const pid_t child = begin_process([&] { return simulate(path, shape); });
    draw = draw * 6364136223846793005u + 1442695040888963407u;
    ::usleep(static_cast<useconds_t>(300 + (draw >> 33) % 20'000));
    ::kill(child, SIGKILL);
    const int end = end_of(child);
    CHECK((end == -SIGKILL || end == 0));
    kills += end == -SIGKILL ? 1 : 0;
    if (!std::filesystem::exists(path)) continue;  // killed before the file had its name
    done = ResultReader(path).complete();
    CHECK(h5dump_reads(path));
    CHECK(closed_days_are_whole(path, shape));
    const std::int64_t closed = ResultReader(path).closed()[0];
    CHECK(closed + 1 >= most);  // what was closed stays, but for a day ahead of its checkpoint
    most = std::max(most, closed);
  }
  if (!done) REQUIRE(run_process([&] { return simulate(path, shape); }) == 0);
  CHECK(kills > 0);
  CHECK(sim::read_file(path) == sim::read_file(scratch / "whole.h5"));
}

TEST_CASE("a result cut to any length is refused with a clear message",
          "[results][accident][exact]") {
  const Scratch scratch;
  write_sample(scratch / "run.h5", sample_shape(1, 5));
  const std::vector<std::byte> whole = sim::read_file(scratch / "run.h5");
  const auto cut = scratch / "cut.h5";
  std::vector<std::size_t> lengths;
  for (std::size_t n = 0; n < 600; n += 7) lengths.push_back(n);
  for (std::size_t n = 600; n < whole.size(); n += 997) lengths.push_back(n);
  lengths.push_back(whole.size() - 1);
  for (const std::size_t n : lengths) {
    INFO(n << " of " << whole.size() << " bytes");
    sim::File(cut, sim::File::Mode::create).write_at(0, std::span(whole).first(n));
    const std::string expected =
        n == 0 ? ": error: the file is empty"
               : ": error: cut short; copy it again, or make it again with corridor run";
    CHECK_THROWS_WITH(ResultReader(cut), cut.string() + expected);
  }
  sim::File(cut, sim::File::Mode::create).write_at(0, std::span<const std::byte>(whole));
  CHECK_NOTHROW(ResultReader(cut));
}

TEST_CASE("a damaged result is refused, or read where only contents changed",
          "[results][accident][exact]") {
  const Scratch scratch;
  const auto path = scratch / "run.h5";
  write_sample(path, sample_shape(1, 5));
  const std::vector<std::byte> whole = sim::read_file(path);
  std::vector<bool> content(whole.size(), false);
  const ResultReader intact(path);
  for (const StoredArray& array : intact.arrays())
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(array.offset), array.bytes(), true);
  const auto copy = scratch / "copy.h5";
  sim::File file(copy, sim::File::Mode::create);
  file.write_at(0, std::span<const std::byte>(whole));
  int refused = 0, read = 0;
  for (std::size_t at = 0; at < whole.size();
       at += 53) {  // 53 has no factor in common with layouts
    const std::byte changed = whole[at] ^ std::byte{0x41};
    file.write_at(at, std::span<const std::byte>(&changed, 1));
    INFO("byte " << at);
    try {
      const ResultReader result(copy);
      static_cast<void>(summary_json(summarise(result)));
      static_cast<void>(digest(result));
      CHECK(content[at]);
      ++read;
    } catch (const ResultError& error) {
      ++refused;
    }
    file.write_at(at, std::span<const std::byte>(&whole[at], 1));
  }
  CHECK(refused > 100);
  CHECK(read > 20);
  CHECK_NOTHROW(ResultReader(copy));
}

TEST_CASE("files that are no result of this version are told apart", "[results][errors][exact]") {
  const Scratch scratch;
  const auto path = scratch / "x.h5";
  const auto message = [&](std::string_view bytes) {
    sim::File(path, sim::File::Mode::create).write_at(0, bytes);
    try {
      const ResultReader result(path);
    } catch (const ResultError& error) {
      return std::string(error.what()).substr(path.string().size());
    }
    return std::string("read");
  };
  CHECK(message("city,people\nXAA,5\n") == ": error: not a result file of Corridor");
  CHECK(message(std::string_view("\x89HDF\r\n\x1a\n\0\0\0\0", 12)) ==
        ": error: an HDF5 file, but not a result of Corridor");
  write_sample(scratch / "run.h5", sample_shape(1, 5));
  const std::vector<std::byte> bytes = sim::read_file(scratch / "run.h5");
  std::string whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string version = whole.substr(29, 3);
  whole.replace(29, 3, "4.0");
  CHECK(message(whole) ==
        ": error: results format 4.0, but this is Corridor " + std::string(program_version()) +
            ", which reads format 3.x; read it with the version that wrote it, or "
            "make it again");
  whole.replace(29, 3, "3.9");  // the seal no longer fits, but the version is not the reason
  CHECK(message(whole).starts_with(": error: damaged, or changed by another program"));
  whole.replace(29, 3, version);
  CHECK(message(whole) == "read");
  CHECK(message(whole + "more").starts_with(": error: damaged, or changed by another program"));
  CHECK_THROWS_WITH(ResultReader(scratch / "none.h5"),
                    (scratch / "none.h5").string() + ": error: no such file");
  CHECK_THROWS_WITH(ResultReader(scratch.folder()),
                    scratch.folder().string() + ": error: a folder, not a result file");
}

TEST_CASE("a disk that is too small for the result shows at once and stays clean",
          "[results][accident][exact]") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "disk");
  const int end = on_a_small_disk(scratch / "disk", 300'000, [&](bool) {
    const RunShape shape = sample_shape(1, 365, 20'000);  // 20,000 rows of 17 columns: 0.7 MB
    try {
      static_cast<void>(
          ResultFile::create((scratch / "disk") / "run.h5", shape, sample_provenance(), false));
    } catch (const ResultWriteError& error) {
      const bool told = std::strstr(error.what(), "there is not that much room") != nullptr;
      return told && std::filesystem::is_empty(scratch / "disk") ? 0 : 1;
    }
    return 2;
  });
  CHECK(end == 0);
}

TEST_CASE("a disk that fills up during a run keeps the closed days, and the run goes on later",
          "[results][accident][resume]") {
  const Scratch scratch;
  const RunShape shape = sample_shape(1, 20);
  write_sample(scratch / "whole.h5", shape);
  std::filesystem::create_directory(scratch / "disk");
  const auto path = (scratch / "disk") / "run.h5";
  const int end = on_a_small_disk(scratch / "disk", 1'100'000, [&](bool mounted) {
    const auto filler = (scratch / "disk") / "filler";
    {
      ResultFile file = ResultFile::create(path, shape, sample_provenance(), false);
      for (std::int64_t day = 0; day < 6; ++day)
        write_day(file, shape, 0, day, state_after(0, day));
      if (mounted) {  // all but a page or two of what is left
        const auto left = std::filesystem::space(scratch / "disk").available;
        sim::File(filler, sim::File::Mode::create).allocate(left - 5000);
      } else {
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 10'000;
        ::setrlimit(RLIMIT_FSIZE, &limit);
      }
      try {
        write_day(file, shape, 0, 6, state_after(0, 6));
        return 1;  // it should not have fitted
      } catch (const ResultWriteError& error) {
        if (std::strstr(error.what(), "make room, then go on with corridor run --resume") ==
            nullptr)
          return 2;
      }
    }
    if (ResultReader(path).closed()[0] != 6 || !closed_days_are_whole(path, shape)) return 3;
    if (!h5dump_reads(path)) return 4;
    std::filesystem::remove(filler);
    if (!mounted) lift_limit();
    simulate(path, shape);
    return sim::read_file(path) == sim::read_file(scratch / "whole.h5") ? 0 : 5;
  });
  CHECK(end == 0);
}
