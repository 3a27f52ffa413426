// SPDX-License-Identifier: Apache-2.0
/// \file record_table.hpp  Tables of synthetic records in CSV or HDF5, read block by block.
///
/// Columns by name in any order: features of the catalogue, and, all optional, `id` (else the
/// number of the row), `truth` (0, 1), `post`, `hour` (whole), `stage`, and protected attributes,
/// which the audit alone reads. An empty field is missing. Any other column is an error, so that
/// nothing is carried along unseen; what looks personal is refused by name and by value
/// (personal_data.hpp).
///
/// CSV: as csv_reader.hpp, one kind of line end throughout. HDF5 (told by its first bytes): one
/// dataset of one dimension a column, in the root or one group (sim/hdf5_table.hpp); missing are
/// empty texts and the number in a dataset's attribute `_FillValue`; NaN without one is an error.
///
/// All complaints about a table come together, as world::DataError; when a block is unsound, the
/// rest of the table is still looked at, and no further block is given. Memory: one block. Checked
/// in tests/models/risk/test_record_table.cpp, tests/python/test_score.py,
/// tests/fuzz/fuzz_records.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/feature_file.hpp"
#include "models/risk/records.hpp"

namespace corridor::risk {

struct TableOptions {
  std::string date;                     ///< what RecordSource::date() says
  std::optional<Stage> stage;           ///< of every record; wins over a column
  std::vector<std::uint16_t> required;  ///< features whose columns must be there
  std::optional<Subject> subject;       ///< of the rules: the table must be about it, too
  std::size_t block_rows = 4096;
  std::string group;  ///< of an HDF5 file; "" = the root or its only group
};

/// \throws sim::UserError when there is no regular file to read a table from
void check_record_file(const std::filesystem::path& path);

/// Opens a table and checks its columns. `schema` outlives the source. \throws world::DataError,
/// sim::UserError
[[nodiscard]] std::unique_ptr<RecordSource> open_record_table(const std::filesystem::path& path,
                                                              const RecordSchema& schema,
                                                              TableOptions options);

/// A table in memory, as CSV. `bytes` outlives the source.
[[nodiscard]] std::unique_ptr<RecordSource> read_record_text(std::string_view bytes,
                                                             const std::string& name,
                                                             const RecordSchema& schema,
                                                             TableOptions options);

}  // namespace corridor::risk
