// SPDX-License-Identifier: Apache-2.0
#include "sim/toml_guard.hpp"

namespace corridor::sim {
namespace {

/// Whether a text or a quoted key may begin here: at the start of a line or after one of = [ { , .
bool may_begin(std::string_view before) {
  const std::size_t last = before.find_last_not_of(" \t");
  return last == before.npos || std::string_view("\n\r=[{,.").find(before[last]) != before.npos;
}

}  // namespace

TomlTrouble toml_trouble(std::string_view bytes) {
  std::size_t dots = 0;
  if (starts_with_mark(bytes)) return {{1, 1}, std::string(mark_complaint)};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '#') {
      while (i + 1 < bytes.size() && bytes[i + 1] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      if (!may_begin(bytes.substr(0, i)))
        return {line_place(bytes, i), "not TOML: a quote where no text can begin"};
      const bool many_lines = bytes.substr(i, 3) == std::string(3, c);
      for (i += many_lines ? 3 : 1; i < bytes.size(); ++i) {
        if (c == '"' && bytes[i] == '\\') {
          ++i;
        } else if (many_lines ? bytes.substr(i, 3) == std::string(3, c)
                              : bytes[i] == c || bytes[i] == '\n') {
          break;
        }
      }
      // The end of a text of many lines may be up to two more quotes that belong to it.
      if (many_lines)
        for (i += 2; i + 1 < bytes.size() && bytes[i + 1] == c;) ++i;
    } else if (c == '.') {
      if (++dots >= most_key_parts)
        return {line_place(bytes, i),
                "a key of more than " + std::to_string(most_key_parts) + " parts"};
    } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
      dots = 0;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      return {line_place(bytes, i),
              "not TOML: outside quotes and comments only ASCII characters are allowed"};
    }
  }
  return {};
}

}  // namespace corridor::sim
