// SPDX-License-Identifier: Apache-2.0
/// \file record_selection.hpp  Which records a rule set selects when a share of them can be looked
/// at, post by post and hour by hour.
///
/// A cell is one post in one hour; records whose post or hour is not known form cells of their own
/// (all of one post; all together). Of the first n records of a post, in the order of hours,
/// floor(c n) places have been open at capacity share c: each hour opens what that adds, so that
/// a post of few records is not rounded down to nothing. Places do not move between posts, and a
/// place that is not used is lost. In a cell the highest scores come first, among equals the lowest
/// tie key, among equal keys the row.
///
/// Limits. A place is filled even when nothing fired: below the flagged, selection is by the tie
/// key, a draw. Checked in tests/models/risk/test_backtest.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/risk/record_store.hpp"

namespace corridor::risk {

struct Selection {
  std::vector<std::uint8_t> selected;  ///< one a record: 1 = selected
  std::int64_t places = 0;             ///< records selected
  std::int64_t cells = 0;              ///< in which anybody is selected
  std::int64_t tied = 0;               ///< records with the score of the last one selected
  std::int64_t tied_in = 0;            ///< selected among them
  std::vector<std::int32_t> cuts;      ///< lowest score selected, one a cell
};

/// The order of records in their cells; made once, used for every capacity.
class Selector {
 public:
  /// \param scores  one a record. `store` outlives this.
  Selector(const RecordStore& store, std::vector<std::int32_t> scores);
  /// \pre 0 <= share <= 1
  [[nodiscard]] Selection select(double share) const;
  [[nodiscard]] std::span<const std::int32_t> scores() const { return scores_; }
  /// Whether any post, and any hour, is known.
  [[nodiscard]] static bool has_posts(const RecordStore& store);
  [[nodiscard]] static bool has_hours(const RecordStore& store);

 private:
  const RecordStore& store_;
  std::vector<std::int32_t> scores_;
  std::vector<std::size_t> order_;
};

}  // namespace corridor::risk
