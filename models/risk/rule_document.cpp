// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_document.hpp"

#include <algorithm>
#include <optional>

namespace corridor::risk {
namespace {

/// The byte at which a place stands.
std::size_t offset_of(std::string_view source, sim::LinePlace place) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    at = source.find('\n', at);
    if (at == source.npos) return source.size();
    ++at;
  }
  for (std::uint32_t column = 1; column < place.column && at < source.size(); ++column) {
    ++at;
    while (at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

std::size_t utf8_length(unsigned long code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Follows a quoted text from `at`: for each byte of `value` where it comes from.
std::optional<std::vector<std::size_t>> offsets_in(std::string_view source, std::size_t at,
                                                   std::string_view value) {
  if (at >= source.size() || (source[at] != '"' && source[at] != '\'')) return std::nullopt;
  const char quote = source[at];
  const bool many = source.substr(at, 3) == std::string(3, quote);
  const bool escapes = quote == '"';
  at += many ? 3 : 1;
  if (many && source.substr(at, 2) == "\r\n")
    at += 2;
  else if (many && source.substr(at, 1) == "\n")
    at += 1;
  std::vector<std::size_t> out;
  out.reserve(value.size() + 1);
  while (out.size() < value.size()) {
    if (at >= source.size()) return std::nullopt;
    const char c = source[at];
    if (c == '\r' && value[out.size()] == '\n') {  // line ends are read as "\n"
      ++at;
      continue;
    }
    if (!(escapes && c == '\\')) {
      if (c != value[out.size()]) return std::nullopt;
      out.push_back(at++);
      continue;
    }
    const char kind = at + 1 < source.size() ? source[at + 1] : '\0';
    if (is_blank(kind)) {  // a line that is continued
      do {
        ++at;
      } while (at < source.size() && is_blank(source[at]));
      continue;
    }
    std::size_t length = 2, bytes = 1;
    if (kind == 'u' || kind == 'U') {
      const std::size_t digits = kind == 'u' ? 4 : 8;
      const auto code_at = [&](std::size_t from) -> unsigned long {
        unsigned long code = 0;
        for (const char digit : source.substr(std::min(from, source.size()), digits)) {
          const bool number = digit >= '0' && digit <= '9';
          code = code * 16 +
                 static_cast<unsigned long>(number ? digit - '0' : (digit | 32) - 'a' + 10);
        }
        return code;
      };
      length += digits;
      const unsigned long code = code_at(at + 2);
      const bool pair = code >= 0xD800 && code < 0xDC00;  // JSON writes such letters in two halves
      if (pair) length += 6;
      bytes = pair ? 4 : utf8_length(code);
    }
    for (std::size_t i = 0; i < bytes && out.size() < value.size(); ++i) out.push_back(at);
    at += length;
  }
  out.push_back(std::min(at, source.size()));
  return out;
}

}  // namespace

const DocumentEntry* DocumentValue::find(std::string_view key) const {
  for (const DocumentEntry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

std::string_view kind_name(DocumentValue::Kind kind) {
  switch (kind) {
    case DocumentValue::Kind::text:
      return "text";
    case DocumentValue::Kind::whole:
      return "a whole number";
    case DocumentValue::Kind::real:
      return "a real number";
    case DocumentValue::Kind::boolean:
      return "a truth value";
    case DocumentValue::Kind::date:
      return "a date";
    case DocumentValue::Kind::list:
      return "a list";
    case DocumentValue::Kind::table:
      return "a table";
    case DocumentValue::Kind::other:
      break;
  }
  return "nothing that can stand here";
}

std::vector<sim::LinePlace> text_places(std::string_view source, const DocumentValue& text) {
  const auto offsets = offsets_in(source, offset_of(source, text.place), text.text);
  std::vector<sim::LinePlace> out(text.text.size() + 1, text.place);
  if (!offsets) return out;
  std::size_t at = (*offsets)[0];
  const std::size_t line_begin = source.substr(0, at).rfind('\n') + 1;  // npos + 1 = 0
  sim::LinePlace place = text.place;
  // The first byte: count lines from the value, columns from the line's beginning.
  const std::size_t value_begin = offset_of(source, text.place);
  place.line += static_cast<std::uint32_t>(
      std::count(source.begin() + static_cast<std::ptrdiff_t>(value_begin),
                 source.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  place.column = sim::line_place(source.substr(line_begin), at - line_begin).column;
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (; at < (*offsets)[i]; ++at) {
      if (source[at] == '\n') {
        ++place.line;
        place.column = 1;
      } else if ((static_cast<unsigned char>(source[at + 1]) & 0xC0U) != 0x80U) {
        ++place.column;
      }
    }
    out[i] = place;
  }
  return out;
}

}  // namespace corridor::risk
