// SPDX-License-Identifier: Apache-2.0
/// \file checkpoint.hpp  The state from which a run goes on, in a side file beside its result.
///
/// | bytes            | content                                                              |
/// |------------------|----------------------------------------------------------------------|
/// | 16               | "corridor state " and the format's number as one character           |
/// | 8, 8             | number of closed-day counters; length of the state                   |
/// | 16               | identity of the run (XXH3-128 of what fixes it)                      |
/// | 8 a counter      | closed days of each replicate when the state was taken               |
/// | length of state  | the state                                                            |
/// | 16               | XXH3-128 of all bytes before                                         |
///
/// Little-endian, of the same results format only. Written under another name, synced and renamed.
/// Checked in tests/sim/test_checkpoint.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "sim/error.hpp"

namespace corridor::sim {

/// A side file that is missing, cut short, damaged or of another run; the message says what to do.
class CheckpointError : public UserError {
 public:
  using UserError::UserError;
};

using Identity = std::array<std::uint64_t, 2>;

/// XXH3-128 of some bytes, as two words (low, high).
[[nodiscard]] Identity hash128(std::span<const std::byte> bytes);

struct Checkpoint {
  std::vector<std::int64_t> closed;  ///< closed days of each replicate
  std::vector<std::byte> state;
};

/// \throws FileError when the file cannot be written; an older one is then as it was.
void write_checkpoint(const std::filesystem::path& path, const Identity& run,
                      std::span<const std::int64_t> closed, std::span<const std::byte> state);

/// \throws CheckpointError
[[nodiscard]] Checkpoint read_checkpoint(const std::filesystem::path& path, const Identity& run);

}  // namespace corridor::sim
