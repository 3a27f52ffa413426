// SPDX-License-Identifier: Apache-2.0
/// \file mapped_file.hpp  Named arrays in one file that is mapped, not read: a set-up cache that
/// opens at once.
///
/// Layout: header (magic, format, 32 hex digits of key, number of sections), directory (name,
/// offset, bytes, element size), then the arrays, each on a 64-byte boundary. Little-endian, of
/// this program only: a cache, not an exchange format. A file with another key or that is damaged
/// in its header or length is refused, and the caller builds anew.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace corridor::sim {

/// Collects arrays and writes them under a temporary name, then renames: a reader never sees half a
/// file.
class MappedFileWriter {
 public:
  template <class T>
  void add(std::string name, std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    sections_.push_back({std::move(name), std::as_bytes(values), sizeof(T)});
  }
  /// \throws std::runtime_error when the folder or file cannot be written; nothing is left behind.
  void write(const std::filesystem::path& path, std::string_view key) const;

 private:
  struct Section {
    std::string name;
    std::span<const std::byte> bytes;
    std::size_t element_size;
  };
  std::vector<Section> sections_;
};

/// A mapped file, read-only. Copyable by move only; spans live as long as it does.
class MappedFile {
 public:
  /// \returns nothing when there is no such file, or its key, format or length is not right.
  static std::optional<MappedFile> open(const std::filesystem::path& path, std::string_view key);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  /// The array of that name. \throws std::runtime_error when it is not there or has another element
  /// size.
  template <class T>
  [[nodiscard]] std::span<const T> get(std::string_view name) const {
    const std::span<const std::byte> bytes = section(name, sizeof(T));
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

 private:
  MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}
  [[nodiscard]] std::span<const std::byte> section(std::string_view name,
                                                   std::size_t element_size) const;
  const std::byte* data_;
  std::size_t size_;
};

}  // namespace corridor::sim
