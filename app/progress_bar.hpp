// SPDX-License-Identifier: Apache-2.0
/// \file progress_bar.hpp  How far a long call is, on a terminal.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace corridor::app {

/// A bar on a terminal's error stream; nothing into a pipe.
class Bar {
 public:
  explicit Bar(bool quiet) : on_(!quiet && ::isatty(STDERR_FILENO) != 0) {}
  Bar(const Bar&) = delete;
  Bar& operator=(const Bar&) = delete;
  ~Bar() {
    if (on_) std::fputs("\r\x1b[K", stderr);
  }
  void show(std::string_view what, std::int64_t done, std::int64_t all) const {
    if (!on_) return;
    const auto filled = static_cast<int>(24 * done / all);
    const std::string line =
        fmt::format("[{:=<{}}{:{}}] {} {}/{}", "", filled, "", 24 - filled, what, done, all);
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
  }

 private:
  bool on_;
};

}  // namespace corridor::app
