// SPDX-License-Identifier: Apache-2.0
/// \file staffing.hpp  Officers and e-gates by post, lane and hour, by a rule from the persons
/// expected.
///
///     a = margin * expected persons in the hour * S / 3600 s
///     c = smallest c with P(wait > target) <= 1 - level  (erlang.hpp), and with a / c <= max_load,
///         then within [officers_min, officers_max]
///
/// A lane to which nobody is expected all day has no officers. Whoever comes to it nevertheless
/// finds the other manual lane (`open_lane`); a post where nobody at all is expected keeps
/// officers_min for visitors. Staff is a rule, not a fact: no real post's staffing is in the data
/// (assumption A-26). E-gates stand at airports of countries that may have them, where the busiest
/// hour has gates_min_peak entitled persons; at other posts these persons are expected at the
/// manual lane. Source of the rule. Green, Kolesar and Whitt (2007), Production and Operations
/// Management 16(1), 13-39 (staffing each period by a stationary model). Checked in
/// tests/models/control/test_staffing.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "models/control/control_params.hpp"

namespace corridor::control {

inline constexpr std::size_t n_lanes = 3;
enum class Lane : std::uint8_t { gate, own, visitor };

using HourlyPersons = std::array<double, 24>;          ///< persons expected in each UTC hour
using HourlyOfficers = std::array<std::uint16_t, 24>;  ///< officers, or gates

/// Mean and coefficient of variation of the service in a lane.
struct Service {
  double mean_s = 60, cv = 1;
};
[[nodiscard]] Service service_of(Lane lane, const ControlParams& params);

struct Staff {
  bool has_gates = false;
  std::array<HourlyOfficers, n_lanes> officers{};
  std::uint16_t secondary_places = 0;
};

/// Whether e-gates pay at a post: `entitled` is what its gates would see.
[[nodiscard]] bool gates_pay(const HourlyPersons& entitled, const ControlParams& params);

/// Officers of one lane.
[[nodiscard]] HourlyOfficers officers_for(const HourlyPersons& expected, Lane lane,
                                          const ControlParams& params);

/// Staff of a post. `entitled` (nationals and free-movement residents) and `visitors` are persons
/// by hour. \param gates_allowed an airport of a country that may have e-gates
[[nodiscard]] Staff staff_for(const HourlyPersons& entitled, const HourlyPersons& visitors,
                              bool gates_allowed, const ControlParams& params);

/// Places in secondary for the busiest hour: rate * persons * minutes / 60, rounded up; 0 when
/// nobody comes.
[[nodiscard]] std::uint16_t secondary_places(const HourlyPersons& all, const ControlParams& params);

/// Where a person goes whose lane has no officers all day: the other manual lane if that has any.
[[nodiscard]] Lane open_lane(Lane wanted, const Staff& staff);

}  // namespace corridor::control
