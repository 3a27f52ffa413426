// SPDX-License-Identifier: Apache-2.0
/// \file csv_reader.hpp  The one CSV lexer: RFC 4180, read strictly, a row at a time from any
/// source, so that a table may be larger than memory.
///
/// UTF-8 without byte order mark; the first line names the columns; lines end in LF or CRLF; a
/// field that holds a comma, a quote or a line end stands in quotes, and a quote in it is doubled.
/// Not allowed: empty lines, rows that are shorter or longer than the header, a quote inside an
/// unquoted field, control characters other than tab outside quotes, columns without a name or with
/// the same name; where the caller says so, line ends of two kinds in one file and very long rows.
/// What is doubtful is a complaint with its place, and its row is left out. Bytes that are not
/// UTF-8 end the reading.
///
/// Memory: one window of the file and the row. Checked in tests/models/world/test_csv.cpp: the same
/// rows and complaints for any size of the pieces in which the bytes arrive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/complaints.hpp"

namespace corridor::world {

struct CsvField {
  std::string text;
  std::uint32_t line = 0, column = 0;  ///< where it begins; from 1, columns count characters
};

/// What a table may look like beyond RFC 4180.
struct CsvRules {
  bool mixed_line_ends = true;                ///< whether LF and CRLF may stand in one file
  std::uint64_t most_row_bytes = UINT64_MAX;  ///< a longer row ends the reading
};

class CsvReader {
 public:
  /// Fills the front of a piece of memory with the next bytes. \returns how many; 0 = no more.
  using Source = std::function<std::size_t(std::span<char>)>;

  /// Reads the header. \param complaints  outlives the reader
  CsvReader(Source source, std::string file_name, Complaints& complaints, CsvRules rules = {});

  /// The names of the columns; none when they cannot be understood: then there are no rows either.
  [[nodiscard]] const std::vector<CsvField>& header() const { return header_; }
  /// The next sound row, as many fields as the header has; false when there are no more. `row` is
  /// used again, so give the same one each time.
  bool next(std::vector<CsvField>& row);
  /// Whether the reading ended before the end of the file.
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  bool more(std::size_t n);
  bool at_end() { return at_ == end_ && !more(1); }
  bool at_line_end();
  void step();
  void end_line();
  void complain(std::uint32_t line, std::uint32_t column, std::string what);
  bool record(std::vector<CsvField>& row);
  void read_header();
  void plain(CsvField& out);
  void quoted(CsvField& out);
  void skip_to_field_end();
  bool too_long();

  Source source_;
  std::string file_;
  Complaints& complaints_;
  CsvRules rules_;
  std::vector<CsvField> header_;
  std::vector<char> window_;
  std::size_t at_ = 0, end_ = 0;  ///< read up to here; whole characters up to there
  std::size_t filled_ = 0;        ///< bytes in the window, the last ones perhaps half a character
  std::uint64_t before_ = 0;      ///< bytes of the file before the window
  std::uint64_t row_begin_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  bool no_more_ = false, bad_bytes_ = false, broken_ = false, sound_ = true;
  enum class LineEnd : std::uint8_t { unseen, lf, crlf } line_end_ = LineEnd::unseen;
  bool mixed_told_ = false;
};

/// Length of the longest prefix that is valid UTF-8 (RFC 3629: shortest forms, no surrogates, up to
/// U+10FFFF).
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view bytes);

}  // namespace corridor::world
