// SPDX-License-Identifier: Apache-2.0
/// \file planning_state.hpp  What organisations carry from day to day: plans, requests, practice,
/// what they have seen; and what a month adds up to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/cooperation/assistance.hpp"

namespace corridor::cooperation {

/// A country that agreed to move what it has, from a day on.
struct Request {
  std::array<double, 3> want{};  ///< shares of airports, land crossings, seaports
  std::int32_t from_day = 0;
  std::uint16_t planner = 0, country = 0;
};

/// Sums of the open month of one organisation. Officer-days in thousandths.
struct PlannerMonth {
  std::int64_t officer_days = 0, duplicated = 0, target_days = 0, seen = 0, cycles = 0,
               meetings = 0, requests = 0, requests_doubled = 0, consents = 0, cost_usd = 0,
               betrayed = 0;
  /// Of staff on its packages, in thousandths; of them, what another did too.
  std::int64_t queries = 0, queries_doubled = 0, records = 0, records_doubled = 0;
};

/// What who hides was told of last, so that it is told once.
struct Betrayed {
  std::uint32_t what = 0;  ///< a planner, or after these an operation
  std::int32_t made = 0;   ///< day of the cycle that made the plan, or first day of the operation
};

/// A value. [p] planner, [t] target (ground.hpp), [c] concern.
struct PlanningState {
  Loans loans;
  std::vector<std::int32_t> seen;        ///< [p][t][c] since the last cycle
  std::vector<double> forecast;          ///< [p][t][c]
  std::vector<double> aim;               ///< [p][t] value of the target in the last cycle
  std::vector<double> now, next, shown;  ///< [p][t] officers: at work, planned, shown to others
  std::vector<std::uint8_t> worked;      ///< [p][t] its staff works on it in this cycle
  std::vector<std::int32_t> next_from;   ///< [p] day of `next`; -1 = none is planned
  std::vector<std::int32_t> next_made, now_made;  ///< [p] day of the cycle that made it; -1 = none
  std::vector<std::uint8_t> in_group;             ///< [p] shows its plans and sees others'
  std::vector<std::uint8_t> plans_well;           ///< [p] has the better planning practice
  std::vector<std::uint8_t> works_well;           ///< [country] has the better front-line practice
  std::vector<std::uint8_t> learned;              ///< [country] of them, who learned it in the run
  std::vector<std::uint8_t> rules_well, rules_learned;  ///< [country] the same of better rules
  std::int32_t next_meeting = -1;                       ///< of the group; -1 = none is called
  std::uint8_t mandate = 0b1111;  ///< of the group since its last meeting: a bit each concern
  std::vector<Request> requests;  ///< agreed, not yet carried out
  std::vector<double> national;   ///< [country][3] how what can move stands; 0 = as usual
  std::vector<std::int32_t> national_by;     ///< [country] planner; -1 = nobody asked
  std::vector<PlannerMonth> month;           ///< [p]
  std::int32_t days = 0;                     ///< of the open month
  std::vector<std::int64_t> truth;           ///< [t][c] of the open month: who passed, found or not
  std::vector<double> shock_before;          ///< [shock][p][t] what was planned on its eve
  std::vector<std::int32_t> shock_answered;  ///< [shock] day of the first aligned action; -1 = none
  std::vector<Betrayed> betrayed;            ///< in the order in which they became known first

  template <class A>
  void visit(A& a) {
    loans.visit(a);
    a(seen);
    a(forecast);
    a(aim);
    a(now);
    a(next);
    a(shown);
    a(worked);
    a(next_from);
    a(next_made);
    a(now_made);
    a(in_group);
    a(plans_well);
    a(works_well);
    a(learned);
    a(rules_well);
    a(rules_learned);
    a(next_meeting);
    a(mandate);
    a(requests);
    a(national);
    a(national_by);
    a(month);
    a(days);
    a(truth);
    a(shock_before);
    a(shock_answered);
    a(betrayed);
  }
};

enum class PlanningEventKind : std::uint8_t {
  cycle,      ///< an organisation plans; amount: targets
  meeting,    ///< amount: organisations or members that meet
  request,    ///< to a country; amount: 1 when another asked it too
  consent,    ///< amount: days until it has moved; -1 = it does not follow
  practice,   ///< better practice reaches a country (amount 1: rules), or (none) an organisation
  operation,  ///< begins (amount: officers) or ends (0)
  shock,      ///< on its day
  aligned,    ///< first action that answers a shock; amount: days since
  leak  ///< who hides knows a plan, or an operation of its first participant, from this day on;
        ///< amount: targets that he is warned of
};
inline constexpr std::size_t n_planning_event_kinds = 9;
constexpr std::string_view name(PlanningEventKind k) {
  constexpr std::array<std::string_view, n_planning_event_kinds> names{
      "cycle",     "meeting", "request",        "consent", "practice",
      "operation", "shock",   "aligned action", "leak"};
  return names[static_cast<std::size_t>(k)];
}
struct PlanningEvent {
  std::int64_t amount = 0;
  std::int32_t day = 0;
  std::int32_t planner = -1, country = -1;  ///< -1 = none
  PlanningEventKind kind = PlanningEventKind::cycle;
};

}  // namespace corridor::cooperation
