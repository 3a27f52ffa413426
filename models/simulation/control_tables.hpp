// SPDX-License-Identifier: Apache-2.0
/// \file control_tables.hpp  Posts and their staff as flat arrays: what control decided before the
/// first day.
///
/// Posts, regimes and staffing come from models/control; expected arrivals, on which staffing
/// rests, come from the weights of itineraries and the hours of departures (travel). This file
/// brings the two together.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/control/control_params.hpp"
#include "models/control/staffing.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/tables.hpp"
#include "models/world/world.hpp"
#include "sim/mapped_tables.hpp"

namespace corridor::simulation {

struct PostRow {
  std::uint32_t place = 0;    ///< airport, border or port
  std::uint16_t country = 0;  ///< whose officers work there
  std::uint8_t kind = 0;      ///< control::PlaceKind
  std::uint8_t entry = 0;     ///< 1 = into `country`
  std::uint8_t crossing = 0;  ///< land: number of the crossing
  std::uint8_t lanes[3] = {
      1, 1, 2};  ///< lane in which who is entitled to a gate, to the own lane, or a visitor stands
  std::uint8_t income_class = 0;  ///< of the country: control::income_class
  std::uint16_t places = 0;       ///< in secondary, at the same time
  std::uint32_t check_cut =
      0;  ///< u < cut of 2^32: a unit is checked at all (spot checks); all bits set = everybody
  std::uint32_t select_cut = 0;  ///< u < cut of 2^32: a person is drawn at random for secondary
  float persons = 0;             ///< whom it can expect on a mean day at 1:1
};

/// The arrays, or spans over them.
template <template <class> class Array>
struct ControlArrays {
  Array<PostRow> posts;
  Array<std::uint16_t>
      officers;  ///< [month][post][lane][24] UTC hours: officers, or gates in lane 0
  Array<std::uint32_t> exit_post, entry_post;  ///< per gate
  Array<std::uint8_t> crossings;               ///< per land border
  Array<std::uint8_t> lane;  ///< [nationality][country]: 0 entitled to e-gates, 2 visitor

  /// Visits each array of one or several of these, by name.
  template <class Visit, class... Arrays>
  static constexpr void each(Visit visit, Arrays&... a) {
    visit("posts", a.posts...);
    visit("officers", a.officers...);
    visit("exit_post", a.exit_post...);
    visit("entry_post", a.entry_post...);
    visit("crossings", a.crossings...);
    visit("lane", a.lane...);
  }
};
static_assert(sim::visits_all<ControlArrays>);

/// Spans over arrays that `owner` keeps alive.
struct ControlTables : ControlArrays<sim::SpanOf> {
  std::shared_ptr<const void> owner;

  /// Officers of the 24 hours of a lane of a post. \param month 0..11
  [[nodiscard]] std::span<const std::uint16_t> hours(std::uint32_t month, std::uint32_t post,
                                                     std::uint32_t which_lane) const {
    return officers.subspan(((month * posts.size() + post) * control::n_lanes + which_lane) * 24,
                            24);
  }
  [[nodiscard]] travel::Sites sites() const { return {exit_post, entry_post, crossings}; }
};

[[nodiscard]] ControlTables build_control(const world::World& world,
                                          const travel::TravelTables& tables,
                                          const travel::StreamParams& stream,
                                          const control::ControlParams& params);

}  // namespace corridor::simulation
