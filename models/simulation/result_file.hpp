// SPDX-License-Identifier: Apache-2.0
/// \file result_file.hpp  Writes a result file that can be read after any accident, up to the last
/// closed day.
///
/// Every array is made at the start, with its final size and place on the disk. From then on only
/// array contents are written, in place; the structure is never touched again. A day is closed in
/// this order:
///
///     1. the rows of the day, and of a month that ends with it        (write, close_month)
///     2. the data reach the device                                    (close_day: fdatasync)
///     3. the state from which to go on, in FILE.checkpoint            (close_day: another name,
///     fsync, rename)
///     4. `/daily/closed` of the replicate counts the day              (close_day: 8 bytes)
///
/// A process that dies between any two instructions leaves a file whose first `closed` days are
/// whole. Resuming goes on from the checkpoint, which may be one day ahead of `/daily/closed` or
/// some days behind it; rows that were already written are written again, the same. A disk that is
/// full shows when the file is made, which takes all its space, or at a checkpoint: then closed
/// days stay, and the run can go on when there is room. Not thread-safe: one thread writes. Checked
/// in tests/models/simulation/test_result_file.cpp and test_result_accidents.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "models/simulation/layout.hpp"
#include "models/simulation/provenance.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/result_shape.hpp"
#include "models/simulation/seal.hpp"
#include "sim/checkpoint.hpp"
#include "sim/safe_file.hpp"

namespace corridor::simulation {

/// The disk is full or fails. The text says what happened to the result and how to go on.
class ResultWriteError : public sim::UserError {
 public:
  using UserError::UserError;
};

class ResultFile {
 public:
  /// Makes the file with everything that is known at the start. It appears under its name when it
  /// is whole. \throws ResultError when `path` cannot be written, or is there and `force` is false.
  /// \throws ResultWriteError when there is not room enough; nothing is left behind.
  static ResultFile create(const std::filesystem::path& path, const RunShape& shape,
                           const Provenance& provenance, bool force);

  /// Opens a file whose run was broken off. `closed()` is then what the checkpoint covers, all
  /// zeros when the run died before its first checkpoint; days from there on are to be simulated
  /// again. \throws ResultError when it is no result, is complete, or another process is writing
  /// it. \throws sim::CheckpointError when there were closed days but their checkpoint is gone or
  /// damaged.
  static ResultFile resume(const std::filesystem::path& path);

  /// The state that the checkpoint holds; empty when `closed()` is all zeros.
  [[nodiscard]] const std::vector<std::byte>& checkpoint() const { return state_; }
  [[nodiscard]] std::span<const std::int64_t> closed() const { return closed_; }
  [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }
  [[nodiscard]] std::filesystem::path checkpoint_path() const {
    return sim::beside(path(), ".checkpoint");
  }

  /// Writes elements in row order from `index` on (missing trailing indices are 0), within the
  /// block that all indices but the last select: write("/daily/trips_by_mode", {r, day},
  /// three_numbers) fills one day. \throws std::invalid_argument, std::out_of_range when path,
  /// type, index or number of elements do not fit. \throws ResultWriteError
  template <class T>
  void write(std::string_view path, std::initializer_list<std::int64_t> index,
             std::span<const T> values) {
    put(path, sim::element_type<T>(), std::span(index.begin(), index.size()),
        std::as_bytes(values));
  }
  template <class T>
  void write(std::string_view path, std::initializer_list<std::int64_t> index,
             const std::vector<T>& values) {
    write(path, index, std::span<const T>(values));
  }
  /// One number.
  template <class T>
  void write_one(std::string_view path, std::initializer_list<std::int64_t> index, T value) {
    write(path, index, std::span<const T>(&value, 1));
  }

  /// Says that the rows of /monthly are written and cover `days` days. Writing one of them again
  /// takes it back.
  void close_month(std::int64_t replicate, std::int64_t month, std::int64_t days);

  /// Closes `day` (0-based; the next one of its replicate). An empty `state` leaves the checkpoint
  /// as it is: to save time, at the price of days to be done again.
  void close_day(std::int64_t replicate, std::int64_t day, std::span<const std::byte> state);

  void set_machine(const MachineFacts& facts);

  /// Declares the file complete and removes the checkpoint. \throws std::logic_error when a day is
  /// not closed.
  void finish();

 private:
  ResultFile(sim::File file, const ResultReader& reader);
  void put(std::string_view path, sim::ElementType type, std::span<const std::int64_t> index,
           std::span<const std::byte> bytes);
  void reopen_month(std::int64_t replicate, std::int64_t month);
  template <class F>
  void guarded(F&& write);

  sim::File file_;
  std::vector<StoredArray> arrays_;  ///< in the order of layout()
  std::vector<std::int64_t> closed_, month_days_;
  std::int64_t days_ = 0, months_ = 0;
  sim::Identity identity_{};
  std::vector<std::byte> state_;
};

}  // namespace corridor::simulation
