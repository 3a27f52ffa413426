// SPDX-License-Identifier: Apache-2.0
/// \file leaks.cpp  What insiders tell those who hide of plans and operations.
///
/// An organisation that knows a plan or an operation betrays it with chance q; who hides then knows
/// it with
///
///     P = 1 - product over those who know it of (1 - q_o),    q_o = leak x i_o
///
/// (with equal q: 1 - (1 - q)^n), i_o the mean risk of an insider over the members of o
/// (trafficking.insider.*), leak = cooperation.leaks.chance. An operation is known to its
/// participants, a plan to who made it; and to everybody in a group that shows its plans as soon as
/// one of them is in it. u is keyed by operation, or by organisation and the cycle that made the
/// plan, so more who know only add leaks.
///
/// What is known holds while the operation lasts, or the plan is at work: posts of its places are
/// believed to be more dangerous by the share `believed` of what one would have passed. Places of a
/// plan are those with half an officer of the organisation or more, or with its staff's work.
/// Insiders at posts who let somebody pass are another matter (docs/odd/trafficking.md).
///
/// A pure function of state and day. Each plan and each operation that becomes known is told once,
/// as an event `leak` of who made it (of an operation's first participant) on the day on which it
/// becomes known, and counted in its month. With leak = 0, or no insiders, nothing is told, and
/// nobody warned.
/// Checked in tests/models/cooperation/test_leaks.cpp and
/// tests/models/simulation/test_leaks_in_a_run.cpp.
#include <algorithm>

#include "models/cooperation/planning.hpp"
#include "models/cooperation/planning_draws.hpp"

namespace corridor::cooperation {

double Planning::chance_known(std::span<const std::uint16_t> by,
                              const PlanningParams& setting) const {
  std::vector<bool> knows(planners_.size(), false);
  bool group = false;
  for (const std::uint16_t p : by) {
    knows[p] = true;
    group = group || state_.in_group[p] != 0;
  }
  double kept = 1;
  for (std::size_t p = 0; p < planners_.size(); ++p) {
    if (knows[p] || (group && state_.in_group[p] != 0)) {
      kept *= 1 - setting.leak_chance * planners_[p].insider;
    }
  }
  return 1 - kept;
}

std::vector<Planning::Betrayal> Planning::betrayals(std::int32_t day,
                                                    const PlanningParams& setting) const {
  std::vector<Betrayal> known;
  if (!(setting.leak_chance > 0) || planners_.empty() || state_.works_well.empty()) return known;
  const std::size_t n = planners_.size();
  for (std::size_t i = 0; i < operations_.operations.size(); ++i) {
    const PlannedOperation& operation = operations_.operations[i];
    if (operation.on(day) &&
        uniform(draws::leak_operation | i, 0) < chance_known(operation.participants, setting)) {
      known.push_back({{static_cast<std::uint32_t>(n + i), operation.from_day}, operation.targets});
    }
  }
  for (std::size_t planner = 0; planner < n; ++planner) {
    const auto p = static_cast<std::uint16_t>(planner);
    const bool begins = state_.next_from[p] >= 0 && state_.next_from[p] <= day;
    const std::int32_t made = begins ? state_.next_made[p] : state_.now_made[p];
    if (made < 0 || !(uniform(draws::leak_plan | p, made) < chance_known({&p, 1}, setting))) {
      continue;
    }
    Betrayal plan{{p, made}, {}};
    const auto officers = row(begins ? state_.next : state_.now, p);
    for (std::uint32_t t = 0; t < n_targets(); ++t) {
      if (officers[t] >= 0.5 || state_.worked[p * n_targets() + t] != 0) plan.targets.push_back(t);
    }
    if (!plan.targets.empty()) known.push_back(std::move(plan));
  }
  return known;
}

std::vector<double> Planning::warnings(std::int32_t day, const PlanningParams& setting) const {
  std::vector<double> told;
  for (const Betrayal& known : betrayals(day, setting)) {
    told.resize(n_targets());
    for (const std::uint32_t t : known.targets) told[t] = setting.leak_believed;
  }
  return told;
}

void Planning::tell_betrayals(std::int32_t day, const PlanningParams& setting) {
  for (const Betrayal& known : betrayals(day, setting)) {
    const auto told = std::ranges::find(state_.betrayed, known.it.what, &Betrayed::what);
    if (told == state_.betrayed.end()) {
      state_.betrayed.push_back(known.it);
    } else if (told->made == known.it.made) {
      continue;
    } else {
      *told = known.it;
    }
    const std::size_t n = planners_.size();
    const std::size_t planner =
        known.it.what < n ? known.it.what
                          : operations_.operations[known.it.what - n].participants.front();
    ++state_.month[planner].betrayed;
    tell(PlanningEventKind::leak, day, planner, -1, std::ssize(known.targets));
  }
}

}  // namespace corridor::cooperation
