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

/// Whether bytes begin with a byte order mark, which no text that Corridor reads may: programs
/// disagree on whether it belongs to the first word.
[[nodiscard]] constexpr bool starts_with_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF");
}
/// What every reader says of it, at 1:1.
inline constexpr std::string_view mark_complaint =
    "a byte order mark; save the file as UTF-8 without it";

}  // namespace corridor::sim
