// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/result_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>

#include "sim/hdf5.hpp"

namespace corridor::simulation {

namespace {

sim::File open_result(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw ResultError(path.string() + ": error: no such file");
  if (std::filesystem::is_directory(status))
    throw ResultError(path.string() + ": error: a folder, not a result file");
  if (!std::filesystem::is_regular_file(status))
    throw ResultError(path.string() + ": error: not a regular file");
  try {
    return {path, sim::File::Mode::read};
  } catch (const sim::FileError& refused) {
    throw ResultError(refused.what());
  }
}

std::string text_of(const char* bytes, std::size_t n) {
  const char* end = std::find(bytes, bytes + n, '\0');
  return {bytes, end};
}

}  // namespace

Selection select(const StoredArray& array, std::span<const std::int64_t> index) {
  if (index.size() > array.dataset->rank)
    throw std::out_of_range(fmt::format("{}: {} indices, but it has {} dimensions",
                                        array.dataset->path, index.size(), array.dataset->rank));
  Selection found{0, array.count(), array.count()};
  for (std::size_t i = 0; i < index.size(); ++i) {
    if (index[i] < 0 || static_cast<std::uint64_t>(index[i]) >= array.dims[i])
      throw std::out_of_range(
          fmt::format("{}: index {} of {} is outside 0..{}", array.dataset->path, index[i],
                      name(array.dataset->dims[i]), static_cast<std::int64_t>(array.dims[i]) - 1));
    const std::uint64_t block = found.step;
    found.step /= array.dims[i];
    const std::uint64_t skipped = static_cast<std::uint64_t>(index[i]) * found.step;
    found.first += skipped;
    found.room = block - skipped;
  }
  return found;
}

ResultReader::ResultReader(const std::filesystem::path& path) : file_(open_result(path)) {
  const std::string unusable =
      ": error: damaged, or changed by another program; copy it again, or make it again with "
      "corridor run";
  try {
    check_seal(file_);
    const sim::Hdf5File hdf5(path);
    constexpr std::uint64_t unknown = ~std::uint64_t{0};
    length_.fill(unknown);
    const std::uint64_t size = file_.size();
    for (const Dataset& row : layout()) {
      const auto found = hdf5.find(std::string(row.path));
      if (!found)
        throw ResultError(fmt::format("{}: error: dataset {} is missing; make the result again",
                                      path.string(), row.path));
      const std::string wrong = fmt::format(
          "{}: error: dataset {} is not as results format {}.{} has it; make the result again",
          path.string(), row.path, results_format.major_number, results_format.minor_number);
      if (found->type != row.type || found->dims.size() != row.rank) throw ResultError(wrong);
      StoredArray array{&row, {1, 1, 1, 1, 1}, found->offset, found->element_bytes};
      for (std::size_t i = 0; i < row.rank; ++i) {
        std::uint64_t& length = length_[static_cast<std::size_t>(row.dims[i])];
        if (length == unknown) length = found->dims[i];
        if (length != found->dims[i]) throw ResultError(wrong);
        array.dims[i] = found->dims[i];
      }
      if (array.offset > size || array.bytes() > size - array.offset) throw ResultError(wrong);
      arrays_.push_back(array);
    }
    months_ = months_of(read_text("/provenance/start_date").at(0),
                        static_cast<std::int64_t>(length(Dim::day)));
    if (months_.size() != length(Dim::month) || length(Dim::replicate) == 0 ||
        length(Dim::day) == 0 || length(Dim::mode) != travel::n_modes || length(Dim::way) != 2)
      throw ResultError(path.string() + unusable);
  } catch (const sim::Hdf5Error& error) {
    throw ResultError(path.string() + unusable + " (" + error.what() + ")");
  } catch (const sim::FileError& error) {
    throw ResultError(error.what());
  } catch (const std::invalid_argument&) {  // the start date
    throw ResultError(path.string() + unusable);
  }
}

const StoredArray& ResultReader::array(std::string_view path) const {
  const Dataset* row = find_dataset(path);
  if (row == nullptr)
    throw std::invalid_argument("no dataset " + std::string(path) + " in the results format");
  return arrays_[static_cast<std::size_t>(row - layout().data())];
}

const StoredArray& ResultReader::typed(std::string_view path, sim::ElementType type) const {
  const StoredArray& found = array(path);
  if (found.dataset->type != type)
    throw std::invalid_argument(
        fmt::format("{} holds {}, not {}", path, sim::name(found.dataset->type), sim::name(type)));
  return found;
}

void ResultReader::fetch(const StoredArray& from, std::uint64_t first,
                         std::span<std::byte> bytes) const {
  if (bytes.empty()) return;
  std::size_t got = 0;
  try {
    got = file_.read_at(from.offset + first * from.element_bytes, bytes);
  } catch (const sim::FileError& error) {
    throw ResultError(error.what());
  }
  if (got != bytes.size())
    throw ResultError(path().string() + ": error: cut short while it was read; read it again");
}

std::vector<std::string> ResultReader::read_text(std::string_view path) const {
  const StoredArray& from = typed(path, sim::ElementType::text);
  std::vector<char> bytes(static_cast<std::size_t>(from.bytes()));
  fetch(from, 0, std::as_writable_bytes(std::span(bytes)));
  std::vector<std::string> texts;
  const auto width = static_cast<std::size_t>(from.element_bytes);
  for (std::size_t at = 0; at < bytes.size(); at += width)
    texts.push_back(text_of(bytes.data() + at, width));
  return texts;
}

Provenance ResultReader::provenance() const {
  Provenance p;
  for_each_fact(p, [&](std::string_view fact, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::string>)
      field = read_text(fact).at(0);
    else
      field = read_one<Field>(fact);
  });
  p.real_names = read_one<std::uint8_t>("/provenance/real_names") == 1;
  return p;
}

MachineFacts ResultReader::machine() const {
  return {read_text("/provenance/simd").at(0), read_one<std::int64_t>("/provenance/threads"),
          read_one<double>("/provenance/wall_s"), read_one<double>("/provenance/journeys_per_s")};
}

RunShape ResultReader::shape() const {
  RunShape s;
  s.replicates = static_cast<std::int64_t>(length(Dim::replicate));
  s.days = static_cast<std::int64_t>(length(Dim::day));
  s.sample_rows = static_cast<std::int64_t>(length(Dim::row));
  s.event_rows = static_cast<std::int64_t>(length(Dim::event));
  s.cut_days = static_cast<std::int64_t>(length(Dim::cut_day));
  for_each_column(s, [&](std::string_view path, auto& column) {
    using Element = typename std::remove_reference_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<Element, std::string>)
      column = read_text(path);
    else
      column = read<Element>(path);
  });
  return s;
}

bool ResultReader::complete() const { return read_one<std::uint8_t>("/provenance/complete") == 1; }

std::vector<std::int64_t> ResultReader::closed() const {
  std::vector<std::int64_t> days = read<std::int64_t>("/daily/closed");
  for (std::int64_t& n : days)
    n = std::clamp<std::int64_t>(n, 0, static_cast<std::int64_t>(length(Dim::day)));
  return days;
}

std::int64_t ResultReader::month_days(std::int64_t replicate, std::int64_t month) const {
  const auto days = read_one<std::int64_t>("/monthly/days", {replicate, month});
  const auto closed = read_one<std::int64_t>("/daily/closed", {replicate});
  const MonthSpan& span = months_.at(static_cast<std::size_t>(month));
  return days > 0 && span.first_day + days <= closed ? days : 0;
}

}  // namespace corridor::simulation
