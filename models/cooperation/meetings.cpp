// SPDX-License-Identifier: Apache-2.0
/// \file meetings.cpp  Who meets whom, and what spreads there.
///
/// Those who show their plans meet as a group. The members of an organisation meet every `cadence`
/// days whatever the levers, on a phase of their own: there each country without the better
/// front-line procedures takes them with chance practice.frontline, when a member has them, and
/// each without the better rules these with chance practice.rules, likewise; and the organisation
/// takes better planning practice with chance practice.planning, when another that shares a member
/// with it has it. The three spread apart, by draws of their own. What countries have at the start
/// stands in their numbers; only what they learn adds.
#include <algorithm>

#include "models/cooperation/planning.hpp"
#include "models/cooperation/planning_draws.hpp"

namespace corridor::cooperation {

void Planning::start_practice(const PlanningParams& setting) {
  state_.works_well.assign(ground_.n_countries, 0);
  state_.rules_well.assign(ground_.n_countries, 0);
  if (!(setting.practice_first > 0)) return;
  // By keyed draw; the lowest has it in any case, so that there is something to learn.
  const auto give = [&](std::vector<std::uint8_t>& to, std::uint64_t id, std::uint16_t index) {
    std::size_t lowest = 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
      const double u = uniform(id | i, 0, index);
      to[i] = u < setting.practice_first ? 1 : 0;
      if (u < uniform(id | lowest, 0, index)) lowest = i;
    }
    if (!to.empty()) to[lowest] = 1;
  };
  give(state_.works_well, draws::first_country, draws::procedures);
  give(state_.rules_well, draws::first_country, draws::rules);
  give(state_.plans_well, draws::first_planner, 0);
}

void Planning::hold_meetings(std::int32_t day, const CooperationParams& levers,
                             const PlanningParams& setting) {
  group_meeting(day, levers, setting);
  const auto cadence = static_cast<std::int32_t>(levers.plans_cadence_days);
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    const auto phase = static_cast<std::int32_t>(uniform(draws::meeting | p, 0) * cadence);
    if ((day + phase) % cadence == 0) exchange_practice(p, day, levers);
  }
}

void Planning::group_meeting(std::int32_t day, const CooperationParams& levers,
                             const PlanningParams& setting) {
  if (!(levers.plans_shared > 0)) {
    std::fill(state_.in_group.begin(), state_.in_group.end(), std::uint8_t{0});
    state_.next_meeting = -1;
    return;
  }
  const auto cadence = static_cast<std::int32_t>(levers.plans_cadence_days),
             setup = static_cast<std::int32_t>(levers.plans_setup_days);
  if (state_.next_meeting < 0)
    state_.next_meeting = day + (levers.plans_standing ? cadence : setup);
  if (day < state_.next_meeting) return;
  state_.next_meeting = day + cadence + (levers.plans_standing ? 0 : setup);
  const StandingGroup group = standing_group(levers, planners_);
  state_.mandate = bits_of(group.mandate);
  std::int64_t present = 0;
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    const bool joins = group.members[p] && uniform(draws::willing | p, 0) < levers.plans_shared;
    state_.in_group[p] = joins ? 1 : 0;
    if (state_.in_group[p] == 0) continue;
    ++present;
    ++state_.month[p].meetings;
    state_.month[p].cost_usd += static_cast<std::int64_t>(setting.cost_meeting);
    const auto plan = row(state_.next_from[p] >= 0 ? state_.next : state_.now, p);
    const std::vector<double> part = in_mandate(p);
    for (std::size_t t = 0; t < n_targets(); ++t) row(state_.shown, p)[t] = part[t] * plan[t];
  }
  tell(PlanningEventKind::meeting, day, nobody_plans, -1, present);
}

std::vector<std::uint16_t> Planning::learners(std::size_t planner, std::int32_t day, double chance,
                                              std::span<const std::uint8_t> has,
                                              std::uint16_t index) const {
  std::vector<std::uint16_t> learn;
  const std::vector<std::uint16_t>& members = planners_[planner].members;
  if (!(chance > 0) || std::ranges::none_of(members, [&](auto c) { return has[c] != 0; }))
    return learn;
  for (const std::uint16_t country : members) {
    const std::uint64_t id = draws::learn_country | planner << 20 | country;
    if (has[country] == 0 && uniform(id, day, index) < chance) learn.push_back(country);
  }
  return learn;
}

void Planning::exchange_practice(std::size_t planner, std::int32_t day,
                                 const CooperationParams& levers) {
  const Planner& here = planners_[planner];
  for (const std::uint16_t country :
       learners(planner, day, levers.practice_frontline, state_.works_well, draws::procedures)) {
    state_.works_well[country] = state_.learned[country] = 1;
    tell(PlanningEventKind::practice, day, planner, country, 0);
  }
  for (const std::uint16_t country :
       learners(planner, day, levers.practice_rules, state_.rules_well, draws::rules)) {
    state_.rules_well[country] = state_.rules_learned[country] = 1;
    tell(PlanningEventKind::practice, day, planner, country, 1);
  }
  if (!(levers.practice_planning > 0) || state_.plans_well[planner] != 0) return;
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    if (state_.plans_well[p] == 0) continue;
    const bool meet = std::any_of(here.members.begin(), here.members.end(),
                                  [&](std::uint16_t country) { return member(p, country); });
    if (!meet) continue;
    if (uniform(draws::learn_planner | planner, day) < levers.practice_planning) {
      state_.plans_well[planner] = 1;
      tell(PlanningEventKind::practice, day, planner, -1, 0);
    }
    return;
  }
}

}  // namespace corridor::cooperation
