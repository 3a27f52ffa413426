// SPDX-License-Identifier: Apache-2.0
/// \file map_sheet.hpp  The sheet that maps are drawn on, as SVG: projection, land, widths of
/// lines, title.
///
/// Equal Earth projection; a world of real names is shown whole (84 N to 58 S), an invented one as
/// far as its places reach. Lines come in classes of width and strength that grow with the square
/// root of the amount. Checked in tests/models/simulation/test_flow_map.cpp and
/// test_corridor_map.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/great_circle.hpp"
#include "models/simulation/provenance.hpp"

namespace corridor::simulation {

inline constexpr double map_width = 1600, map_margin = 24, map_head = 96, map_foot = 104;
inline constexpr std::string_view ink = "#222222", quiet = "#666666";
inline constexpr std::size_t n_map_classes = 16;  ///< of width and strength

/// Text as XML holds it, without control characters.
[[nodiscard]] std::string escaped(std::string_view text);

/// From the projection's plane to the sheet.
class Sheet {
 public:
  Sheet(MapPoint low, MapPoint high)
      : low_(low), high_(high), scale_((map_width - 2 * map_margin) / (high.x - low.x)) {}
  [[nodiscard]] MapPoint place(LonLat p) const {
    const MapPoint m = equal_earth(p);
    return {map_margin + (m.x - low_.x) * scale_, map_head + (high_.y - m.y) * scale_};
  }
  [[nodiscard]] double map_height() const { return (high_.y - low_.y) * scale_; }
  [[nodiscard]] double height() const { return map_head + map_height() + map_foot; }

 private:
  MapPoint low_, high_;
  double scale_;
};

/// The whole world, or as far as places reach.
[[nodiscard]] Sheet sheet_for(const std::vector<LonLat>& places, bool whole_world);

/// A path in tenths of a pixel, relative, so that the text is short: use with scale(.1).
[[nodiscard]] std::string path_of(const Sheet& sheet, const Line& line);

/// Share of the strongest line's width and strength, in (0, 1], in steps.
[[nodiscard]] std::size_t map_class(double amount, double most);
[[nodiscard]] double map_line_width(std::size_t k);
[[nodiscard]] double map_line_opacity(std::size_t k);

/// The largest of 1, 2, 5, 10, 20, ... that is at most `limit`, itself at least 1.
[[nodiscard]] double round_below(double limit);

/// From the first tag to the land, inside a group that is cut at the map's edge and still open.
[[nodiscard]] std::string begin_map(const Sheet& sheet, std::string_view title,
                                    std::string_view below, const std::vector<Line>& land,
                                    bool whole_world);
/// " Traces: full." of a result that shows illicit journeys and goods one by one.
[[nodiscard]] std::string_view told_traces(const Provenance& provenance);
/// One line of small text under the legend, and the last tag.
[[nodiscard]] std::string end_map(const Sheet& sheet, std::string_view foot);

}  // namespace corridor::simulation
