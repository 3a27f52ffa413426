// SPDX-License-Identifier: Apache-2.0
/// \file safe_file.hpp  Files that are whole or not there: plain POSIX input and output whose
/// errors carry their reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/error.hpp"

namespace corridor::sim {

/// The operating system refused: a full disk, a lost right, a missing file. `code` is the errno
/// value.
class FileError : public UserError {
 public:
  FileError(const std::filesystem::path& path, const std::string& what, int code);
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

/// An open file. Move only; closed on every path.
class File {
 public:
  enum class Mode { read, update, create };  ///< create: made if missing, emptied if there
  /// \throws FileError
  File(std::filesystem::path path, Mode mode);
  File(File&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const;
  /// Fills `bytes` from `offset`. \returns how many bytes there were (fewer only at the end of the
  /// file).
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> bytes) const;
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  void write_at(std::uint64_t offset, std::string_view text) {
    write_at(offset, std::as_bytes(std::span(text)));
  }
  /// Writes `count` bytes of one value.
  void fill_at(std::uint64_t offset, std::uint64_t count, std::byte value);
  /// Takes `size` bytes of disk now, so that later writes inside them do not run out of space.
  void allocate(std::uint64_t size);
  /// Returns when the data are on the device.
  void sync();
  /// \returns false when another process holds it. Held until closed; a lock of this kind never
  /// hinders readers.
  [[nodiscard]] bool try_lock();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// The bytes of a file, at most `limit`. \throws FileError when missing, unreadable or larger.
[[nodiscard]] std::vector<std::byte> read_file(const std::filesystem::path& path,
                                               std::uint64_t limit = std::uint64_t{1} << 32);

/// Writes `path`.new, syncs it and renames it over `path`: a reader sees the old file or the new
/// one. \throws FileError; then nothing is left behind and an old file is as it was.
void replace_file(const std::filesystem::path& path,
                  std::initializer_list<std::span<const std::byte>> parts);

/// Renames over `to`. \throws FileError
void rename_file(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes a rename or removal in this folder last through a power cut. Errors are ignored: some file
/// systems refuse.
void sync_folder(const std::filesystem::path& folder) noexcept;

/// `path` with `suffix` after its whole name: `run.h5` + `.checkpoint`.
[[nodiscard]] std::filesystem::path beside(const std::filesystem::path& path,
                                           std::string_view suffix);

}  // namespace corridor::sim
