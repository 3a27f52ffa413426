// SPDX-License-Identifier: Apache-2.0
#include "models/control/staffing.hpp"

#include <algorithm>
#include <cmath>

#include "models/control/erlang.hpp"

namespace corridor::control {
namespace {

double target_of(Lane lane, const ControlParams& params) {
  switch (lane) {
    case Lane::gate:
      return params.wait_target_gate_s;
    case Lane::own:
      return params.wait_target_own_s;
    case Lane::visitor:
      return params.wait_target_visitor_s;
  }
  return 0;
}

bool closed(const HourlyOfficers& officers) {
  return std::all_of(officers.begin(), officers.end(), [](std::uint16_t c) { return c == 0; });
}

}  // namespace

Service service_of(Lane lane, const ControlParams& params) {
  switch (lane) {
    case Lane::gate:
      return {params.service_gate_s, params.service_cv_gate};
    case Lane::own:
      return {params.service_own_s, params.service_cv_manual};
    case Lane::visitor:
      return {params.service_visitor_s, params.service_cv_manual};
  }
  return {};
}

bool gates_pay(const HourlyPersons& entitled, const ControlParams& params) {
  return *std::max_element(entitled.begin(), entitled.end()) >= params.gates_min_peak;
}

HourlyOfficers officers_for(const HourlyPersons& expected, Lane lane, const ControlParams& params) {
  HourlyOfficers officers{};
  const bool anybody =
      std::any_of(expected.begin(), expected.end(), [](double persons) { return persons > 0; });
  if (!anybody) return officers;
  const double service_s = service_of(lane, params).mean_s;
  for (std::size_t hour = 0; hour < expected.size(); ++hour) {
    const double load = params.staffing_margin * expected[hour] * service_s / 3600;
    const std::int64_t for_wait =
        servers_for(load, service_s, target_of(lane, params), params.staffing_level);
    const auto for_load = static_cast<std::int64_t>(std::ceil(load / params.max_load));
    const std::int64_t least = std::min(params.officers_min, params.officers_max);
    officers[hour] = static_cast<std::uint16_t>(
        std::clamp(std::max(for_wait, for_load), least, params.officers_max));
  }
  return officers;
}

Staff staff_for(const HourlyPersons& entitled, const HourlyPersons& visitors, bool gates_allowed,
                const ControlParams& params) {
  Staff staff;
  staff.has_gates = gates_allowed && gates_pay(entitled, params);
  HourlyPersons at_gates{}, own{}, all{};
  for (std::size_t h = 0; h < all.size(); ++h) {
    at_gates[h] = staff.has_gates ? entitled[h] : 0.0;
    own[h] = staff.has_gates ? params.gate_rejection * entitled[h] : entitled[h];
    all[h] = entitled[h] + visitors[h];
  }
  staff.officers[0] = officers_for(at_gates, Lane::gate, params);
  staff.officers[1] = officers_for(own, Lane::own, params);
  staff.officers[2] = officers_for(visitors, Lane::visitor, params);
  if (std::all_of(all.begin(), all.end(), [](double persons) { return persons == 0; })) {
    const std::int64_t least = std::min(params.officers_min, params.officers_max);
    staff.officers[2].fill(static_cast<std::uint16_t>(least));
  }
  staff.secondary_places = secondary_places(all, params);
  return staff;
}

std::uint16_t secondary_places(const HourlyPersons& all, const ControlParams& params) {
  const double peak = *std::max_element(all.begin(), all.end());
  const double places = std::ceil(params.secondary_rate * peak * params.secondary_minutes / 60);
  return static_cast<std::uint16_t>(std::min(places, 65'535.0));
}

Lane open_lane(Lane wanted, const Staff& staff) {
  const auto is_open = [&](Lane lane) {
    return !closed(staff.officers[static_cast<std::size_t>(lane)]);
  };
  if (is_open(wanted)) return wanted;
  const Lane other = wanted == Lane::visitor ? Lane::own : Lane::visitor;
  if (wanted == Lane::gate && is_open(Lane::own)) return Lane::own;
  return is_open(other) ? other : wanted;
}

}  // namespace corridor::control
