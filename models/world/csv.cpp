// SPDX-License-Identifier: Apache-2.0
#include "models/world/csv.hpp"

#include <utility>

#include "sim/utf8.hpp"

namespace corridor::world {

CsvTable parse_csv(std::string_view bytes, std::string_view file_name, Complaints& complaints) {
  const auto source = [bytes](std::span<char> piece) mutable {
    const std::size_t n = bytes.copy(piece.data(), piece.size());
    bytes.remove_prefix(n);
    return n;
  };
  CsvReader reader(source, std::string(file_name), complaints);
  CsvTable table;
  std::vector<CsvField> row;
  while (reader.next(row)) table.fields.insert(table.fields.end(), row.begin(), row.end());
  if (!reader.broken()) {
    table.header = reader.header();
  } else {
    table.fields.clear();
  }
  return table;
}

std::string csv_field(std::string_view text) {
  bool plain = !sim::starts_with_mark(text);  // as it would be at the start of a file
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
