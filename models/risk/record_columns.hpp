// SPDX-License-Identifier: Apache-2.0
/// \file record_columns.hpp  From the values of a table, whatever its file format, to the columns
/// of a block of records: meaning by name, ranges, and the watch for personal data.
///
/// A number is checked against its feature's range and, when the feature is stored in whole
/// numbers, must be a multiple of 1/per_unit: nothing is rounded silently. Checked in
/// tests/models/risk/test_record_table.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/risk/feature_file.hpp"
#include "models/risk/personal_data.hpp"
#include "models/risk/records.hpp"

namespace corridor::risk {

/// What a column of a table is for.
struct ColumnRole {
  enum class Kind : std::uint8_t { feature, id, truth, post, hour, stage, attribute, unknown };
  Kind kind = Kind::unknown;
  std::size_t index = 0;  ///< of the feature or protected attribute
  friend bool operator==(const ColumnRole&, const ColumnRole&) = default;
};

/// The role of a column of this name.
[[nodiscard]] ColumnRole role_of(std::string_view column, const RecordSchema& schema);
/// Names that a column can have.
[[nodiscard]] std::vector<std::string> possible_columns(const RecordSchema& schema);

/// Collects rows, column by column, and gives them as a block.
class RecordColumns {
 public:
  /// \param stage  of every record, whatever a column says; without it and without a column,
  /// arrival. `schema` outlives this.
  RecordColumns(const RecordSchema& schema, std::vector<std::string> names,
                std::optional<Stage> stage);

  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  [[nodiscard]] const std::string& name(std::size_t column) const { return columns_[column].name; }
  [[nodiscard]] const ColumnRole& role(std::size_t column) const { return columns_[column].role; }
  /// Whether a column holds numbers (or truth values): a table of another kind than text gives them
  /// by `put_number`.
  [[nodiscard]] bool takes_numbers(std::size_t column) const;

  /// Forgets the rows, keeps what was learnt of posts and personal data.
  void begin_block();
  /// Appends one value to a column. \param place  given back in findings (a line, a row).
  /// \returns "" or what is wrong with it.
  [[nodiscard]] std::string put_text(std::size_t column, std::string_view value,
                                     std::uint64_t place);
  [[nodiscard]] std::string put_number(std::size_t column, double value, std::uint64_t place);
  [[nodiscard]] std::string put_missing(std::size_t column);

  /// The rows, `n` of them. Views stay valid until the next begin_block. \param first  number of
  /// the first row in the table, from 0: the id of records without one
  void give(std::size_t n, std::uint64_t first, RecordBlock& block) const;

  /// What a column looks like, told once.
  struct Alarm {
    std::size_t column = 0;
    PersonalFinding finding;
    [[nodiscard]] std::string text(const std::string& name) const;
  };
  [[nodiscard]] std::vector<Alarm> alarms();

  [[nodiscard]] const std::vector<std::string>& posts() const { return posts_; }

 private:
  struct Column {
    std::string name;
    ColumnRole role;
    const Feature* feature = nullptr;
    std::vector<std::uint8_t> u8;
    std::vector<std::int16_t> i16;
    std::vector<std::int32_t> i32;
    std::vector<double> f64;
    std::vector<std::string> text;
    std::vector<std::uint32_t> rows;
    const std::vector<std::string>* values = nullptr;  ///< of a category or attribute
    std::map<std::string, std::uint8_t, std::less<>> by_name;
    std::optional<PersonalWatch> watch;
    std::optional<DateNumberWatch> dates;
    bool alarmed = false;
  };
  std::string put_category(Column& c, std::string_view value);
  std::string put_flag(Column& c, double value);
  std::uint32_t post_of(std::string_view name);

  const RecordSchema& schema_;
  std::vector<Column> columns_;
  std::optional<Stage> stage_;
  std::vector<std::string> posts_;
  std::unordered_map<std::string, std::uint32_t> post_rows_;  // looked up, never iterated
};

}  // namespace corridor::risk
