// SPDX-License-Identifier: Apache-2.0
/// \file unfinished.hpp  Files that are being written under another name, so that a program which
/// is told to end at once leaves none behind.
///
/// A table of fixed size that a signal handler may read: it takes no memory and no lock. When it is
/// full, or a path is too long, a file is not in it and stays behind on such an end.
/// Checked in tests/sim/test_fresh_file.cpp.
#pragma once

#include <cstddef>
#include <filesystem>

namespace corridor::sim {

/// Keeps a path in the table while it lives.
class Unfinished {
 public:
  explicit Unfinished(const std::filesystem::path& path);
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished();

 private:
  std::size_t row_;
};

/// Removes every file in the table. Async-signal-safe.
void remove_unfinished() noexcept;

}  // namespace corridor::sim
