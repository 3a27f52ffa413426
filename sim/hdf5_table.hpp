// SPDX-License-Identifier: Apache-2.0
/// \file hdf5_table.hpp  A table in an HDF5 file that another program wrote: one 1-D dataset a
/// column, read block by block.
///
/// Any layout (contiguous, chunked, compressed), integers and reals of any size, enumerations of
/// truth values (h5py), texts of fixed or variable length. HDF5 converts. A column may declare the
/// number that stands for "missing" in an attribute `_FillValue`, as netCDF does. Not thread-safe
/// (Debian's HDF5 is not). Checked in tests/python/test_score.py against files that h5py writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"

namespace corridor::sim {

class Hdf5TableError : public UserError {
 public:
  using UserError::UserError;
};

class Hdf5Table {
 public:
  enum class Kind : std::uint8_t { whole, real, text };
  struct Column {
    std::string name;
    Kind kind = Kind::real;
    std::optional<double> fill;  ///< of a number: what stands for missing
  };

  /// \param group  where the columns are; "" = the root, or the only group in it when the root has
  /// no datasets. \throws Hdf5TableError when this is no table: no HDF5 file, no such group, no
  /// columns, columns of different lengths, with several dimensions or of other types.
  Hdf5Table(const std::filesystem::path& path, const std::string& group = "");

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }  ///< by name
  [[nodiscard]] std::uint64_t n_rows() const { return n_rows_; }
  [[nodiscard]] const std::string& group() const { return group_; }  ///< "/", "/records/"

  /// Values of rows [first, first + n) of a column. \pre they exist; the column is a number (for
  /// whole numbers also int64), or text.
  void read(std::size_t column, std::uint64_t first, std::size_t n, std::vector<double>& out) const;
  void read(std::size_t column, std::uint64_t first, std::size_t n,
            std::vector<std::int64_t>& out) const;
  void read(std::size_t column, std::uint64_t first, std::size_t n,
            std::vector<std::string>& out) const;

 private:
  void read_raw(std::size_t column, std::uint64_t first, std::size_t n, hid_t type,
                void* out) const;

  std::string path_, group_;
  Hdf5Handle file_;
  std::vector<Column> columns_;
  std::vector<Hdf5Handle> datasets_;
  std::uint64_t n_rows_ = 0;
};

}  // namespace corridor::sim
