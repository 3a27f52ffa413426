// SPDX-License-Identifier: Apache-2.0
/// \file layout.hpp  Every dataset of a result file: one table, from which files, digest and
/// documentation come.
///
/// docs/results-format.md holds the same table for readers; tests/models/simulation/test_layout.cpp
/// compares the two, tests/python/test_results_format.py compares the page with a real file. A new
/// dataset raises the minor version; a changed or removed one the major version, and a reader takes
/// only its own major version.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/element_type.hpp"

namespace corridor::simulation {

struct FormatVersion {
  int major_number = 3, minor_number = 3;
  friend bool operator==(FormatVersion, FormatVersion) = default;
};
inline constexpr FormatVersion results_format{};

using sim::ElementType;  ///< not yet written: all bits set for integers (-1), NaN for float64, text
                         ///< empty

/// What a dimension counts.
enum class Dim : std::uint8_t {
  replicate,
  day,
  month,
  country,
  region,
  purpose,
  mode,
  airport,
  air_link,
  border,
  way,
  sea_lane,
  port,
  post,
  pair,
  wait_bin,
  row,
  margin,
  source,
  outcome,
  threat,
  stage,
  score_bin,
  event,
  cut_day,
  hour,
  cut,
  substance,
  organisation,
  cargo_mode,
  place_class,
  fighter_count,
  goods_measure,
  edge_measure,
  network_measure,
  cargo_measure,
  money_group,
  money_measure,
  actor_event,
  actor_event_kind,
  planner,
  planner_measure,
  planning_event,
  planning_event_kind,
  shock,
  gain,
  judgement,
  list_source,
  subject,
  replay,
  system_pair,
  pair_measure,
  post_class,
  system,
  system_measure,
  knowledge,
  list_kind,
  secondary_kind,
  kind_measure,
  between_measure
};
inline constexpr std::size_t n_dims = static_cast<std::size_t>(Dim::between_measure) + 1;

std::string_view name(Dim dim);

struct Dataset {
  std::string_view path;
  ElementType type;
  std::array<Dim, 5> dims;
  std::uint8_t rank;      ///< how many of `dims` hold; 0 = a scalar
  std::string_view unit;  ///< "-" = none
  std::string_view meaning;
  bool in_digest;
  std::string_view since = "3.0";  ///< version of the layout that brought it
  [[nodiscard]] std::span<const Dim> shape() const { return std::span(dims).first(rank); }
};

/// All datasets in the order in which they are documented, made and digested.
[[nodiscard]] std::span<const Dataset> layout();

/// The row of that path, or nullptr.
[[nodiscard]] const Dataset* find_dataset(std::string_view path);

/// The table of docs/results-format.md, byte for byte.
[[nodiscard]] std::string layout_as_markdown();

}  // namespace corridor::simulation
