// SPDX-License-Identifier: Apache-2.0
/// \file utf8.hpp  Whether bytes are UTF-8, and where in a text a byte stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::sim {

/// Line and column from 1, columns counted in characters; line 0 = nowhere.
struct LinePlace {
  std::uint32_t line = 0, column = 0;
  bool operator==(const LinePlace&) const = default;
};

/// Where the byte at `offset` stands.
[[nodiscard]] LinePlace line_place(std::string_view bytes, std::size_t offset);

/// The first byte that does not begin a well-formed sequence (Unicode 15, table 3-7: no overlong
/// forms, no surrogates, nothing above U+10FFFF), or nowhere.
[[nodiscard]] LinePlace broken_utf8(std::string_view bytes);

}  // namespace corridor::sim
