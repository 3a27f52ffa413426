// SPDX-License-Identifier: Apache-2.0
/// \file folder.hpp  The files of a data folder as bytes, and the hash over them.
#pragma once

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "models/world/complaints.hpp"

namespace corridor::world {

/// \throws DataError when there is no such folder.
void check_folder(const std::filesystem::path& folder);

/// The bytes of a file, or nothing and a complaint.
[[nodiscard]] std::optional<std::string> read_bytes(const std::filesystem::path& path,
                                                    Complaints& complaints);

/// XXH3 with 128 bits over names and bytes, each after its length (64 bits, little-endian), so that
/// no two folders read alike.
class FolderHash {
 public:
  FolderHash() { XXH3_128bits_reset(&state_); }
  void add(std::string_view name, std::string_view bytes);
  [[nodiscard]] std::string hex() const;  ///< 32 digits

 private:
  void put(std::string_view bytes);
  XXH3_state_t state_;
};

}  // namespace corridor::world
