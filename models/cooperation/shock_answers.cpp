// SPDX-License-Identifier: Apache-2.0
/// \file shock_answers.cpp  How many days pass from a shock to the first aligned action.
///
/// Eve of the shock: what each organisation p has, or has planned or been promised, at each target
/// t, a_p(t): officers of its own, the work of its staff, what members moved at its request
/// (Planning::allocation). On a later day p answers at t when it has more there than on the eve, by
/// a quarter of an officer or more. The shock is answered on the first day on which, at one of its
/// targets,
///
///     two organisations answer, or one that is in a group which shows its members' plans
///
/// and only while it lasts. Kept simple: plans follow what was found in the last cycle, so a rise
/// may have another cause; the days tell how soon organisations together reach a place at all.
/// Checked in tests/models/cooperation/test_shock_answers.cpp and
/// tests/models/simulation/test_shocks.cpp.
#include <algorithm>

#include "models/cooperation/planning.hpp"
#include "models/cooperation/planning_draws.hpp"

namespace corridor::cooperation {
namespace {

constexpr double least_rise = 0.25;  // officers

}  // namespace

void Planning::note_shocks(std::int32_t day, const PlanningParams& setting) {
  if (planners_.empty()) return;
  const std::size_t cells = planners_.size() * n_targets();
  for (std::size_t s = 0; s < operations_.shocks.size(); ++s) {
    const PlannedShock& shock = operations_.shocks[s];
    if (day < shock.from_day || day > shock.to_day || state_.shock_answered[s] >= 0) continue;
    const auto before = std::span(state_.shock_before).subspan(s * cells, cells);
    if (day == shock.from_day) {
      for (std::size_t p = 0; p < planners_.size(); ++p) {
        const std::vector<double> eve = planned(p, setting);
        std::copy(eve.begin(), eve.end(), before.subspan(p * n_targets()).begin());
      }
      tell(PlanningEventKind::shock, day, nobody_plans, shock.country, 0);
    } else if (is_answered(shock, before, setting)) {
      state_.shock_answered[s] = day;
      tell(PlanningEventKind::aligned, day, nobody_plans, shock.country, day - shock.from_day);
    }
  }
}

/// What is at work, or will be by plans and promises that were made already.
std::vector<double> Planning::planned(std::size_t planner, const PlanningParams& setting) const {
  std::vector<double> at = allocation(planner, setting);
  if (state_.next_from[planner] >= 0) {
    for (std::size_t t = 0; t < at.size(); ++t) {
      at[t] += std::max(0.0, row(state_.next, planner)[t] - row(state_.now, planner)[t]);
    }
  }
  for (const Request& r : state_.requests) {
    if (r.planner != planner) continue;
    const double officers = movable_officers(r.country, setting);
    for (std::size_t k = 0; k < 3; ++k) at[r.country * n_target_kinds + k] += officers * r.want[k];
  }
  return at;
}

bool Planning::is_answered(const PlannedShock& shock, std::span<const double> before,
                           const PlanningParams& setting) const {
  std::vector<std::vector<double>> at;
  for (std::size_t p = 0; p < planners_.size(); ++p) at.push_back(allocation(p, setting));
  const auto in_group = std::ranges::count_if(state_.in_group, [](auto in) { return in != 0; });
  return std::ranges::any_of(shock.targets, [&](std::uint32_t t) {
    std::size_t alone = 0;
    for (std::size_t p = 0; p < planners_.size(); ++p) {
      if (at[p][t] < before[p * n_targets() + t] + least_rise) continue;
      if (in_group > 1 && state_.in_group[p] != 0) return true;
      ++alone;
    }
    return alone > 1;
  });
}

std::vector<std::int32_t> Planning::answer_days() const {
  std::vector<std::int32_t> days;
  for (std::size_t s = 0; s < operations_.shocks.size(); ++s) {
    const std::int32_t answered = state_.shock_answered[s];
    days.push_back(answered < 0 ? -1 : answered - operations_.shocks[s].from_day);
  }
  return days;
}

}  // namespace corridor::cooperation
