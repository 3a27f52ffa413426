// SPDX-License-Identifier: Apache-2.0
/// \file hdf5.hpp  The only header that includes <hdf5.h>: files whose arrays have their final
/// place from the start.
///
/// A `Hdf5Maker` writes structure only: the earliest file format, every array contiguous, of final
/// size and with its place allocated, no clock in the file. What the arrays hold is written
/// afterwards at `Hdf5File::Array::offset` by plain file operations, so that nothing ever touches
/// the structure again and no moment is a bad one to die. Not thread-safe (Debian's HDF5 is not).
/// The library's own error printing is off. Checked in tests/sim/test_hdf5.cpp.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/element_type.hpp"

namespace corridor::sim {

/// A call of the HDF5 library failed; the message is its innermost reason.
class Hdf5Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where the HDF5 data of a file begin: 0, or behind a user block at 512, 1024, 2048, ...; nothing
/// when it is no HDF5 file, or not there.
[[nodiscard]] std::optional<std::uint64_t> hdf5_start(const std::filesystem::path& path);

/// An HDF5 id that is closed on every path. \throws Hdf5Error when the call that made it failed.
class Hdf5Handle {
 public:
  Hdf5Handle(hid_t id, herr_t (*closer)(hid_t), const char* what);
  Hdf5Handle(Hdf5Handle&& other) noexcept
      : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&&) = delete;
  ~Hdf5Handle() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }  // NOLINT(google-explicit-constructor): that is its use
  /// Closes now. \throws Hdf5Error when what was left to write cannot be written.
  void close(const char* what);

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// One array: where it is and what it is like.
struct Hdf5Array {
  ElementType type = ElementType::int64;
  std::size_t element_bytes = 8;
  std::vector<std::uint64_t> dims;  ///< empty = a scalar
  std::uint64_t offset = 0;         ///< of its first byte in the file; 0 when the array is empty
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint64_t bytes() const { return count() * element_bytes; }
};

using TextAttributes = std::vector<std::pair<std::string, std::string>>;

/// Makes a new file (an existing one is overwritten) with empty arrays.
class Hdf5Maker {
 public:
  /// \param user_block  bytes before the HDF5 data that are the caller's: 0, 512, 1024, 2048, ...
  Hdf5Maker(const std::filesystem::path& path, std::uint64_t user_block);
  /// Adds an array and the groups on its path. Its bytes are not written; its fill value is
  /// declared: all bits set for integers, NaN for float64, empty for text. \param text_bytes  of an
  /// element of text, its closing zero included
  void add(const std::string& path, ElementType type, std::size_t text_bytes,
           const std::vector<std::uint64_t>& dims, const TextAttributes& attributes);
  /// Attributes of the file itself.
  void describe(const TextAttributes& attributes);
  void close();

 private:
  Hdf5Handle file_;
  std::vector<std::string> groups_;
};

/// Opens an existing file read-only and without locks, the library's own error printing off.
[[nodiscard]] Hdf5Handle open_hdf5(const std::filesystem::path& path);

/// \throws Hdf5Error with the library's innermost reason when `status` is negative.
void check_hdf5(herr_t status, const char* what);

/// An existing file, read-only and without locks: another process may be writing array contents.
class Hdf5File {
 public:
  explicit Hdf5File(const std::filesystem::path& path);
  /// \returns nothing when there is no contiguous array of a known type at `path`.
  [[nodiscard]] std::optional<Hdf5Array> find(const std::string& path) const;

 private:
  Hdf5Handle file_;
};

}  // namespace corridor::sim
