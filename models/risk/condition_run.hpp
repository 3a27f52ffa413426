// SPDX-License-Identifier: Apache-2.0
/// \file condition_run.hpp  Runs the steps of compiled conditions over a table, block by block.
///
/// Numbers are worked out in shorter runs than truth values, since they are wide. Internal to the
/// engine (program.cpp). Checked in tests/models/risk/test_engine.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/risk/columns.hpp"
#include "models/risk/compile.hpp"

namespace corridor::risk {

/// Rows that are worked on at a time: a multiple of 64 (words of the bitmaps). Masks and sums (4
/// and 8 KiB) stay in the first level of the cache, the block's columns in the second; shorter
/// blocks read memory in pieces too small for the CPU to fetch ahead (bench/README.md).
inline constexpr std::size_t block_rows = 4096;
/// Rows of a lane register.
inline constexpr std::size_t lane_rows = 256;
static_assert(block_rows % lane_rows == 0 && lane_rows % 64 == 0);

/// What one thread works in.
struct ConditionScratch {
  std::vector<std::uint8_t> slots;
  std::vector<double> lanes;
  std::vector<std::int16_t> counters;
  std::vector<std::uint8_t> shared_ready;
  std::vector<const std::byte*> columns;  ///< by feature
  std::vector<std::size_t> stride;        ///< bytes a row; 0 = missing everywhere

  [[nodiscard]] std::uint8_t* slot(std::size_t i) { return slots.data() + i * block_rows; }
  [[nodiscard]] double* lane(std::size_t i) { return lanes.data() + i * lane_rows; }
};

/// Rows [first, first + n) of a table under way.
struct RowBlock {
  ConditionScratch& work;
  std::size_t first = 0, n = 0;
  [[nodiscard]] const void* column(std::size_t feature, std::size_t offset = 0) const {
    return work.columns[feature] + (first + offset) * work.stride[feature];
  }
};

struct ConditionRun {
  Code code;
  std::vector<Storage> storage;  ///< by feature
  const Kernels* kernels;

  /// Calls f(RowBlock) for each block of a table.
  /// \throws std::invalid_argument when the table has too few columns
  template <class Function>
  void blocks(const TableView& table, ConditionScratch& work, Function f) const {
    prepare(table, work);
    for (std::size_t i = 0; i < table.n; i += block_rows) {
      std::fill(work.shared_ready.begin(), work.shared_ready.end(), std::uint8_t{0});
      f(RowBlock{work, i, std::min(block_rows, table.n - i)});
    }
  }
  /// Truth values of a rule on a block.
  const std::uint8_t* evaluate(std::size_t rule, const RowBlock& b) const;

 private:
  void prepare(const TableView& table, ConditionScratch& work) const;
  void number_steps(const std::vector<NumberStep>& steps, const RowBlock& b, std::size_t offset,
                    std::size_t n) const;
  void number(const Step& s, const RowBlock& b, std::uint8_t* out) const;
  void step(const Step& s, const RowBlock& b) const;
};

}  // namespace corridor::risk
