// SPDX-License-Identifier: Apache-2.0
/// \file columns.hpp  A block of records as columns: what the engine reads. Views only; nothing is
/// owned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/risk/feature.hpp"

namespace corridor::risk {

/// A column in the storage of its feature. `data == nullptr`: missing in every row.
struct ColumnView {
  const void* data = nullptr;

  template <class T>
  [[nodiscard]] const T* as() const {
    return static_cast<const T*>(data);
  }
};

/// Rows [0, n) of the columns of a catalogue; column i belongs to feature i. No alignment
/// beyond that of their type is needed; nothing beyond row n - 1 is read.
struct TableView {
  std::size_t n = 0;
  std::vector<ColumnView> columns;
};

/// One feature and what stands in its column, the same in every row.
struct Known {
  std::uint16_t feature = 0;
  std::optional<std::uint8_t> stored;  ///< of a feature stored in a byte; nothing: missing
};

/// How a table is seen: what is known of all its rows beforehand (known_features.hpp).
using View = std::vector<Known>;

}  // namespace corridor::risk
