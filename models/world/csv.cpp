// SPDX-License-Identifier: Apache-2.0
#include "models/world/csv.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

namespace corridor::world {
namespace {

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Walks over the bytes and knows line and column.
class Reader {
 public:
  Reader(std::string_view bytes, std::string_view file, Complaints& complaints)
      : bytes_(bytes), file_(file), complaints_(complaints) {}

  [[nodiscard]] bool at_end() const { return at_ >= bytes_.size(); }

  /// The fields of the next line (or lines, when a quoted field spans some). Nothing when the line
  /// was complained of.
  std::optional<std::vector<CsvField>> record() {
    std::vector<CsvField> out;
    sound_ = true;
    if (at_line_end()) {
      complain(line_, column_, "empty line");
      end_line();
      return std::nullopt;
    }
    for (;;) {
      out.push_back(field());
      if (at_end() || at_line_end()) break;
      step();  // the comma
    }
    end_line();
    if (!sound_) return std::nullopt;
    return out;
  }

 private:
  [[nodiscard]] char here() const { return bytes_[at_]; }
  [[nodiscard]] bool at_line_end() const {
    if (at_end()) return false;
    return here() == '\n' || (here() == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n');
  }
  void step() {
    if (here() == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ + 1 >= bytes_.size() || !is_continuation(bytes_[at_ + 1])) {
      ++column_;
    }
    ++at_;
  }
  void end_line() {
    if (at_line_end() && here() == '\r') step();
    if (!at_end()) step();
  }
  void complain(std::uint32_t line, std::uint32_t column, std::string what) {
    complaints_.add(std::string(file_), line, column, std::move(what));
    sound_ = false;
  }

  CsvField field() {
    CsvField out{{}, line_, column_};
    if (!at_end() && here() == '"') {
      quoted(out);
    } else {
      plain(out);
    }
    return out;
  }

  void plain(CsvField& out) {
    while (!at_end() && here() != ',' && !at_line_end()) {
      const auto c = static_cast<unsigned char>(here());
      if (c == '"') {
        complain(line_, column_, "a quote inside a field that does not begin with one");
        skip_to_field_end();
        return;
      }
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        complain(line_, column_, fmt::format("control character 0x{:02x}", c));
        skip_to_field_end();
        return;
      }
      out.text += here();
      step();
    }
  }

  void quoted(CsvField& out) {
    step();
    for (;;) {
      if (at_end()) {
        complain(out.line, out.column, "the quote that begins here is never closed");
        return;
      }
      if (here() == '"') {
        step();
        if (at_end() || here() != '"') break;
      }
      out.text += here();
      step();
    }
    if (!at_end() && here() != ',' && !at_line_end()) {
      complain(line_, column_,
               "text after the closing quote; a comma or the end of the line is due");
      skip_to_field_end();
    }
  }

  void skip_to_field_end() {
    while (!at_end() && here() != ',' && !at_line_end()) step();
  }

  std::string_view bytes_;
  std::string_view file_;
  Complaints& complaints_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  bool sound_ = true;
};

/// Line and column of a byte.
std::pair<std::size_t, std::size_t> place_of(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    if (bytes[i] == '\n') {
      ++line;
      column = 1;
    } else if (!is_continuation(bytes[i])) {
      ++column;
    }
  }
  return {line, column};
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view bytes) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(bytes[k]); };
  while (i < bytes.size()) {
    const unsigned char lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || i + length > bytes.size()) return i;
    for (std::size_t k = 1; k < length; ++k)
      if (!is_continuation(bytes[i + k])) return i;
    const unsigned char second = byte(i + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
      return i;
    i += length;
  }
  return i;
}

CsvTable parse_csv(std::string_view bytes, std::string_view file_name, Complaints& complaints) {
  const auto complain = [&](std::size_t line, std::size_t column, std::string what) {
    complaints.add(std::string(file_name), line, column, std::move(what));
  };
  CsvTable table;
  if (const std::size_t valid = valid_utf8_prefix(bytes); valid < bytes.size()) {
    const auto [line, column] = place_of(bytes, valid);
    complain(line, column,
             fmt::format("byte 0x{:02x} is not UTF-8; save the file as UTF-8",
                         static_cast<unsigned char>(bytes[valid])));
    return table;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    complain(1, 1, "a byte order mark; save the file as UTF-8 without it");
    bytes.remove_prefix(3);
  }
  Reader reader(bytes, file_name, complaints);
  if (reader.at_end()) {
    complain(1, 1, "the file is empty; a line with the names of the columns is due");
    return table;
  }
  std::optional<std::vector<CsvField>> header = reader.record();
  if (!header) return table;
  std::set<std::string_view> names;
  bool named = true;
  for (const CsvField& name : *header) {
    if (name.text.empty()) {
      complain(name.line, name.column, "a column without a name");
      named = false;
    } else if (!names.insert(name.text).second) {
      complain(name.line, name.column, fmt::format("column '{}' is there twice", name.text));
      named = false;
    }
  }
  if (!named) return table;
  table.header = std::move(*header);
  while (!reader.at_end()) {
    std::optional<std::vector<CsvField>> row = reader.record();
    if (!row) continue;
    if (row->size() != table.header.size()) {
      complain(row->front().line, row->front().column,
               fmt::format("the row has {} fields, the header has {}", row->size(),
                           table.header.size()));
      continue;
    }
    for (CsvField& field : *row) table.fields.push_back(std::move(field));
  }
  return table;
}

std::string csv_field(std::string_view text) {
  bool plain =
      !text.starts_with("\xEF\xBB\xBF");  // at the start of a file it would be a byte order mark
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    plain = plain && c != ',' && c != '"' && byte >= 0x20 && byte != 0x7F;
  }
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string csv_line(std::span<const std::string> fields) {
  if (fields.size() == 1 && fields.front().empty()) return "\"\"\n";  // not an empty line
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    out += csv_field(fields[i]);
  }
  return out + '\n';
}

}  // namespace corridor::world
