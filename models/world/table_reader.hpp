// SPDX-License-Identifier: Apache-2.0
/// \file table_reader.hpp  Typed fields out of a CSV table; whatever is not allowed becomes a
/// complaint with its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/world/complaints.hpp"
#include "models/world/csv.hpp"

namespace corridor::world {

/// Codes of one table and their row numbers, for references from other tables.
class CodeIndex {
 public:
  /// \param what  "country", "airport": for messages.
  explicit CodeIndex(std::string what) : what_(std::move(what)) {}

  /// From now on `code` is row `row`; a code that is already known keeps its row.
  void add(const std::string& code, std::uint32_t row) {
    if (rows_.emplace(code, row).second) codes_.push_back(code);
  }
  /// \returns the row, or `none`.
  [[nodiscard]] std::uint32_t find(const std::string& code) const;
  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }
  /// When the table itself could not be read, references to it are not complained of one by one.
  void set_unreadable() { unreadable_ = true; }
  [[nodiscard]] bool unreadable() const { return unreadable_; }

 private:
  std::string what_;
  std::unordered_map<std::string, std::uint32_t> rows_;  // looked up, never iterated
  std::vector<std::string> codes_;                       // in the order of the file
  bool unreadable_ = false;
};

/// One table of a data folder. Columns may stand in any order in the file; here they have the
/// numbers of `columns`.
class TableReader {
 public:
  /// Checks the header: each of `columns` is there, and nothing else. `readable()` tells whether
  /// rows can be read.
  TableReader(CsvTable table, std::string file, std::vector<std::string> columns,
              Complaints& complaints);

  [[nodiscard]] bool readable() const { return readable_; }
  /// Goes to the next row; false after the last.
  bool next();
  /// Whether the present row has had no complaint so far.
  [[nodiscard]] bool sound() const { return sound_; }

  [[nodiscard]] const std::string& text(std::size_t column) const { return field(column).text; }
  [[nodiscard]] const std::string& required_text(std::size_t column);
  /// Exactly `length` characters, capital letters or (when `digits`) digits.
  [[nodiscard]] const std::string& code(std::size_t column, std::size_t length,
                                        bool digits = false);
  /// A finite number in [lo, hi]; `lo` when it is not.
  [[nodiscard]] double number(std::size_t column, double lo, double hi);
  /// As `number`; an empty field is 0, "unknown".
  [[nodiscard]] double number_or_unknown(std::size_t column, double lo, double hi);
  [[nodiscard]] bool flag(std::size_t column);
  /// The row that a code refers to; `none` when there is no such code.
  [[nodiscard]] std::uint32_t reference(std::size_t column, const CodeIndex& known);
  /// One of `names`: its number; 0 when it is not.
  [[nodiscard]] std::size_t one_of(std::size_t column, std::span<const std::string> names);

  /// A complaint about a field of the present row.
  void complain(std::size_t column, std::string what);
  /// Complains when `key` was there in an earlier row. \param what  "airport 'ABC'".
  void unique(std::size_t column, const std::string& key, const std::string& what);
  /// Complains when the codes in two columns are equal or not in ascending order.
  void ordered(std::size_t a, std::size_t b);

 private:
  [[nodiscard]] const CsvField& field(std::size_t column) const {
    return table_.fields[row_ * table_.header.size() + place_[column]];
  }

  CsvTable table_;
  std::string file_;
  std::vector<std::string> columns_;
  Complaints& complaints_;
  std::vector<std::size_t> place_;  // of our column in the file
  std::unordered_map<std::string, std::uint32_t> first_line_;
  std::size_t row_ = 0;
  bool started_ = false, readable_ = true, sound_ = true;
};

}  // namespace corridor::world
