// SPDX-License-Identifier: Apache-2.0
/// \file fresh_file.hpp  A text file that is written piece by piece and appears whole or not at
/// all. Checked in tests/sim/test_fresh_file.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/safe_file.hpp"
#include "sim/unfinished.hpp"

namespace corridor::sim {

/// Writes `path`.new; `commit` renames it over `path`. Without a commit nothing is left behind and
/// an old file is as it was.
class FreshFile {
 public:
  /// \throws FileError
  explicit FreshFile(std::filesystem::path path);
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;
  ~FreshFile();
  /// \throws FileError: a full disk
  void append(std::string_view text);
  void commit();

 private:
  void flush();
  std::filesystem::path path_;
  Unfinished unfinished_;  ///< before the file is made
  File file_;
  std::string waiting_;
  std::uint64_t written_ = 0;
  bool done_ = false;
};

}  // namespace corridor::sim
