// SPDX-License-Identifier: Apache-2.0
/// \file csv.hpp  Comma-separated tables after RFC 4180, read strictly: what is doubtful is a
/// complaint with its place.
///
/// A whole table in memory; the lexer and its rules are those of csv_reader.hpp. Checked in
/// tests/models/world/test_csv.cpp: round trip of any text, every complaint, any bytes at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/complaints.hpp"
#include "models/world/csv_reader.hpp"

namespace corridor::world {

struct CsvTable {
  std::vector<CsvField> header;
  std::vector<CsvField> fields;  ///< row after row; each row has header.size() of them

  [[nodiscard]] std::size_t n_rows() const {
    return header.empty() ? 0 : fields.size() / header.size();
  }
  [[nodiscard]] std::span<const CsvField> row(std::size_t i) const {
    return {fields.data() + i * header.size(), header.size()};
  }
};

/// Reads a whole file that is already in memory. Never throws for its content: what is wrong is
/// added to `complaints`, and rows that cannot be understood are left out.
[[nodiscard]] CsvTable parse_csv(std::string_view bytes, std::string_view file_name,
                                 Complaints& complaints);

/// `text` as a field: quoted when it has to be.
[[nodiscard]] std::string csv_field(std::string_view text);

/// One line of fields with its line end, such that `parse_csv` reads the same fields.
[[nodiscard]] std::string csv_line(std::span<const std::string> fields);

}  // namespace corridor::world
