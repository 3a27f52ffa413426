// SPDX-License-Identifier: Apache-2.0
/// \file record_writer.hpp  Records as CSV, such that record_table.hpp reads the same bits.
///
/// Columns: id, the features that the first block has, truth, post, hour and stage where the source
/// knows them, protected attributes. Numbers are printed as stored / per_unit in the fewest digits
/// that read back as the same number; missing is empty. Checked in
/// tests/models/risk/test_record_writer.cpp: round trip of any block.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/records.hpp"

namespace corridor::risk {

class RecordWriter {
 public:
  /// `source` is asked for names only, and outlives this.
  explicit RecordWriter(const RecordSource& source) : source_(source) {}

  /// A block as lines; the first one after the line of names. \throws std::logic_error when a block
  /// has a column that the first one had not.
  [[nodiscard]] std::string text(const RecordBlock& block);

 private:
  void choose_columns(const RecordBlock& first);

  const RecordSource& source_;
  bool begun_ = false;
  std::vector<std::size_t> features_, attributes_;
  bool truth_ = false, post_ = false, hour_ = false;
};

/// Writes every block from the first record on. \returns how many records.
std::uint64_t write_records(RecordSource& source,
                            const std::function<void(std::string_view)>& append);

}  // namespace corridor::risk
