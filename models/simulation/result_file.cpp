// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include "sim/hdf5.hpp"
#include "sim/unfinished.hpp"

namespace corridor::simulation {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t simd_bytes = 16;

bool no_room(int code) { return code == ENOSPC || code == EDQUOT || code == EFBIG; }

/// \throws ResultError when no file can be made at `path`.
void check_place(const fs::path& path, bool force) {
  const std::string name = path.string();
  if (path.filename().empty()) throw ResultError(name + ": error: not the name of a file");
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const auto status = fs::status(path, error);
  if (fs::exists(status)) {
    if (fs::is_directory(status)) throw ResultError(name + ": error: a folder; name a file in it");
    if (!fs::is_regular_file(status)) throw ResultError(name + ": error: not a regular file");
    if (!force)
      throw ResultError(name + ": error: exists; --force replaces it, corridor run --resume " +
                        path.filename().string() + " goes on with it if it was broken off");
  } else if (!fs::is_directory(fs::status(folder, error))) {
    throw ResultError(name + ": error: the folder " + folder.string() +
                      " does not exist; make it first");
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    throw ResultError(name + ": error: the folder " + folder.string() + " cannot be written");
}

std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t n = 0;
  for (const std::string& text : texts) n = std::max(n, text.size());
  return n + 1;
}

/// Bytes of an element of each dataset that holds text, its closing zero included.
std::size_t text_width(const Dataset& row, const RunShape& shape, const Provenance& provenance) {
  std::size_t width = 8;  // results_format
  if (row.path == "/provenance/simd") width = simd_bytes;
  for_each_column(shape, [&](std::string_view path, const auto& column) {
    if constexpr (std::is_same_v<std::decay_t<decltype(column)>, std::vector<std::string>>)
      if (path == row.path) width = longest(column);
  });
  for_each_fact(provenance, [&](std::string_view path, const auto& fact) {
    if constexpr (std::is_same_v<std::decay_t<decltype(fact)>, std::string>)
      if (path == row.path) width = fact.size() + 1;
  });
  return width;
}

std::string dims_text(const Dataset& row) {
  std::string text;
  for (const Dim dim : row.shape()) text += (text.empty() ? "" : ", ") + std::string(name(dim));
  return text.empty() ? "-" : text;
}

void make_structure(const fs::path& path, const RunShape& shape, const Provenance& provenance) {
  sim::Hdf5Maker maker(path, seal_bytes);
  for (const Dataset& row : layout()) {
    std::vector<std::uint64_t> dims;
    for (const Dim dim : row.shape()) dims.push_back(shape.length(dim));
    const std::size_t width =
        row.type == sim::ElementType::text ? text_width(row, shape, provenance) : 0;
    maker.add(std::string(row.path), row.type, width, dims,
              {{"unit", std::string(row.unit)},
               {"dimensions", dims_text(row)},
               {"meaning", std::string(row.meaning)}});
  }
  maker.describe({{"title", "Corridor result"},
                  {"results_format", fmt::format("{}.{}", results_format.major_number,
                                                 results_format.minor_number)}});
  maker.close();
}

/// An upper bound of the file's length, before it is made.
std::uint64_t expected_bytes(const RunShape& shape, const Provenance& provenance) {
  std::uint64_t total = seal_bytes;
  for (const Dataset& row : layout()) {
    std::uint64_t count = 1;
    for (const Dim dim : row.shape()) count *= shape.length(dim);
    const std::uint64_t width = row.type == sim::ElementType::text
                                    ? text_width(row, shape, provenance)
                                : row.type == sim::ElementType::int32 ? 4
                                : row.type == sim::ElementType::uint8 ? 1
                                                                      : 8;
    total += count * width + 4096;  // and what HDF5 says about it
  }
  return total;
}

template <class T>
void store(sim::File& file, const StoredArray& to, const std::vector<T>& values) {
  file.write_at(to.offset, std::as_bytes(std::span(values)));
}

void store(sim::File& file, const StoredArray& to, const std::vector<std::string>& texts) {
  std::string bytes(static_cast<std::size_t>(to.bytes()), '\0');
  for (std::size_t i = 0; i < texts.size(); ++i)
    texts[i].copy(bytes.data() + i * to.element_bytes, static_cast<std::size_t>(to.element_bytes));
  file.write_at(to.offset, bytes);
}

/// What stands in an array before anything is known.
void fill(sim::File& file, const StoredArray& to) {
  if (to.dataset->type == sim::ElementType::text) {
    file.fill_at(to.offset, to.bytes(), std::byte{0});
  } else if (to.dataset->type == sim::ElementType::float64) {
    store(file, to,
          std::vector<double>(static_cast<std::size_t>(to.count()),
                              std::numeric_limits<double>::quiet_NaN()));
  } else {
    file.fill_at(to.offset, to.bytes(), std::byte{0xff});
  }
}

std::vector<StoredArray> find_arrays(const fs::path& path) {
  const sim::Hdf5File hdf5(path);
  std::vector<StoredArray> arrays;
  for (const Dataset& row : layout()) {
    const auto found = hdf5.find(std::string(row.path));
    if (!found) throw std::logic_error("a dataset was not made: " + std::string(row.path));
    StoredArray array{&row, {1, 1, 1, 1, 1}, found->offset, found->element_bytes};
    std::ranges::copy(found->dims, array.dims.begin());
    arrays.push_back(array);
  }
  return arrays;
}

const StoredArray& at(const std::vector<StoredArray>& arrays, std::string_view path) {
  const Dataset* row = find_dataset(path);
  if (row == nullptr)
    throw std::invalid_argument("no dataset " + std::string(path) + " in the results format");
  return arrays[static_cast<std::size_t>(row - layout().data())];
}

void store_known(sim::File& file, const std::vector<StoredArray>& arrays, const RunShape& shape,
                 const Provenance& provenance) {
  for_each_column(shape, [&](std::string_view path, const auto& column) {
    store(file, at(arrays, path), column);
  });
  for_each_fact(provenance, [&](std::string_view path, const auto& fact) {
    store(file, at(arrays, path), std::vector<std::decay_t<decltype(fact)>>{fact});
  });
  store(file, at(arrays, "/provenance/results_format"),
        std::vector<std::string>{
            fmt::format("{}.{}", results_format.major_number, results_format.minor_number)});
  store(file, at(arrays, "/provenance/real_names"),
        std::vector<std::uint8_t>{provenance.real_names ? std::uint8_t{1} : std::uint8_t{0}});
  store(file, at(arrays, "/provenance/complete"), std::vector<std::uint8_t>{0});
  store(file, at(arrays, "/daily/closed"),
        std::vector<std::int64_t>(static_cast<std::size_t>(shape.replicates), 0));
}

/// Makes the whole file at `fresh`. \throws sim::FileError, sim::Hdf5Error
void make_file(const fs::path& fresh, const RunShape& shape, const Provenance& provenance) {
  {
    // HDF5 does not say well that a disk is full, so the room is asked for beforehand.
    sim::File probe(fresh, sim::File::Mode::create);
    probe.allocate(expected_bytes(shape, provenance));
  }
  make_structure(fresh, shape, provenance);
  const std::vector<StoredArray> arrays = find_arrays(fresh);
  sim::File file(fresh, sim::File::Mode::update);
  file.allocate(file.size());
  std::vector<Range> contents;
  for (const StoredArray& array : arrays) {
    if (array.count() == 0) continue;
    fill(file, array);
    contents.emplace_back(array.offset, array.bytes());
  }
  store_known(file, arrays, shape, provenance);
  seal(file, contents);
  file.sync();
}

}  // namespace

ResultFile ResultFile::create(const fs::path& path, const RunShape& shape,
                              const Provenance& provenance, bool force) {
  if (shape.replicates < 1 || shape.days < 1)
    throw std::invalid_argument("a result needs at least one replicate and one day");
  check_place(path, force);
  std::error_code ignored;
  const fs::path fresh = sim::beside(path, ".new");
  const sim::Unfinished unfinished(fresh);
  try {
    if (fs::exists(path) && !sim::File(path, sim::File::Mode::update).try_lock())
      throw ResultError(path.string() +
                        ": error: another process is writing it; wait, or stop that process");
    make_file(fresh, shape, provenance);
    fs::remove(sim::beside(path, ".checkpoint"), ignored);  // of the result that is replaced
    sim::rename_file(fresh, path);
  } catch (const sim::FileError& error) {
    fs::remove(fresh, ignored);
    if (!no_room(error.code())) throw ResultError(error.what());
    throw ResultWriteError(fmt::format(
        "{}: error: the result takes {:.1f} MB and there is not that much room; nothing was "
        "written ({})",
        path.string(), static_cast<double>(expected_bytes(shape, provenance)) / 1e6, error.what()));
  } catch (const sim::Hdf5Error& error) {
    fs::remove(fresh, ignored);
    throw ResultWriteError(path.string() + ": error: cannot be made; nothing was written (" +
                           error.what() + ")");
  } catch (...) {
    fs::remove(fresh, ignored);
    throw;
  }
  sim::sync_folder(path.parent_path());
  ResultFile made(sim::File(path, sim::File::Mode::update), ResultReader(path));
  made.closed_.assign(static_cast<std::size_t>(shape.replicates), 0);
  return made;
}

ResultFile ResultFile::resume(const fs::path& path) {
  const ResultReader reader(path);
  const fs::path side = sim::beside(path, ".checkpoint");
  if (reader.complete()) {
    std::error_code ignored;
    fs::remove(side, ignored);
    throw ResultError(path.string() + ": error: the run is complete, there is nothing to resume");
  }
  try {
    ResultFile file(sim::File(path, sim::File::Mode::update), reader);
    const std::vector<std::int64_t> closed = reader.closed();
    const bool begun = std::ranges::any_of(closed, [](std::int64_t n) { return n > 0; });
    if (begun || fs::exists(side)) {
      sim::Checkpoint found = sim::read_checkpoint(side, file.identity_);
      if (found.closed.size() != closed.size())
        throw sim::CheckpointError(side.string() +
                                   ": error: the checkpoint belongs to another run");
      file.closed_ = std::move(found.closed);
      file.state_ = std::move(found.state);
    } else {
      file.closed_.assign(closed.size(), 0);
    }
    for (std::size_t r = 0; r < closed.size(); ++r)
      file.write_one<std::int64_t>("/daily/closed", {static_cast<std::int64_t>(r)},
                                   file.closed_[r]);
    return file;
  } catch (const sim::FileError& error) {
    throw ResultError(error.what());
  }
}

ResultFile::ResultFile(sim::File file, const ResultReader& reader)
    : file_(std::move(file)),
      arrays_(reader.arrays().begin(), reader.arrays().end()),
      month_days_(reader.read<std::int64_t>("/monthly/days")),
      days_(static_cast<std::int64_t>(reader.length(Dim::day))),
      months_(static_cast<std::int64_t>(reader.length(Dim::month))) {
  if (!file_.try_lock())
    throw ResultError(path().string() +
                      ": error: another process is writing it; wait, or stop that process");
  const Provenance p = reader.provenance();
  const std::string text =
      fmt::format("{} {} {} {} {} {}", p.scenario_hash, p.data_hash, p.seed, days_,
                  reader.length(Dim::replicate), reader.length(Dim::row));
  identity_ = sim::hash128(std::as_bytes(std::span(text)));
}

template <class F>
void ResultFile::guarded(F&& write) {
  try {
    write();
  } catch (const sim::FileError& error) {
    throw ResultWriteError(fmt::format(
        "{}; the closed days are kept: {}, then go on with corridor run --resume {}", error.what(),
        no_room(error.code()) ? "make room" : "mend that", path().string()));
  }
}

void ResultFile::put(std::string_view path, sim::ElementType type,
                     std::span<const std::int64_t> index, std::span<const std::byte> bytes) {
  const StoredArray& to = at(arrays_, path);
  if (to.dataset->type != type)
    throw std::invalid_argument(
        fmt::format("{} holds {}, not {}", path, sim::name(to.dataset->type), sim::name(type)));
  const Selection chosen = select(to, index);
  const std::uint64_t n = bytes.size() / to.element_bytes;
  if (n > chosen.room || (chosen.step > 0 && n % chosen.step != 0))
    throw std::invalid_argument(
        fmt::format("{}: {} elements do not fit, {} make one row, {} are left", path, n,
                    chosen.step, chosen.room));
  if (path.starts_with("/monthly/") && path != "/monthly/days" && index.size() >= 2)
    reopen_month(index[0], index[1]);
  guarded([&] { file_.write_at(to.offset + chosen.first * to.element_bytes, bytes); });
}

void ResultFile::reopen_month(std::int64_t replicate, std::int64_t month) {
  const auto i = static_cast<std::size_t>(replicate * months_ + month);
  if (month_days_.at(i) < 0) return;
  write_one<std::int64_t>("/monthly/days", {replicate, month}, -1);
  month_days_[i] = -1;
}

void ResultFile::close_month(std::int64_t replicate, std::int64_t month, std::int64_t days) {
  write_one<std::int64_t>("/monthly/days", {replicate, month}, days);
  month_days_.at(static_cast<std::size_t>(replicate * months_ + month)) = days;
}

void ResultFile::close_day(std::int64_t replicate, std::int64_t day,
                           std::span<const std::byte> state) {
  std::int64_t& closed = closed_.at(static_cast<std::size_t>(replicate));
  if (day != closed || day >= days_)
    throw std::logic_error(
        fmt::format("day {} cannot be closed: {} of {} are", day, closed, days_));
  guarded([&] { file_.sync(); });
  if (!state.empty()) {
    std::vector<std::int64_t> with_day = closed_;
    with_day[static_cast<std::size_t>(replicate)] = day + 1;
    guarded([&] { sim::write_checkpoint(checkpoint_path(), identity_, with_day, state); });
  }
  write_one<std::int64_t>("/daily/closed", {replicate}, day + 1);
  closed = day + 1;
}

void ResultFile::set_machine(const MachineFacts& facts) {
  const StoredArray& simd = at(arrays_, "/provenance/simd");
  guarded([&] { store(file_, simd, std::vector<std::string>{facts.simd}); });
  write_one("/provenance/threads", {}, facts.threads);
  write_one("/provenance/wall_s", {}, facts.wall_s);
  write_one("/provenance/journeys_per_s", {}, facts.journeys_per_s);
}

void ResultFile::finish() {
  if (std::ranges::any_of(closed_, [&](std::int64_t n) { return n != days_; }))
    throw std::logic_error("a result with open days cannot be finished");
  guarded([&] { file_.sync(); });
  write_one<std::uint8_t>("/provenance/complete", {}, 1);
  guarded([&] { file_.sync(); });
  std::error_code ignored;
  fs::remove(checkpoint_path(), ignored);
  sim::sync_folder(path().parent_path());
}

}  // namespace corridor::simulation
