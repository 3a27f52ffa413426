// SPDX-License-Identifier: Apache-2.0
/// \file planning_params.hpp  In which setting organisations plan, lend and act together: what a
/// team covers, how many agree, what it costs. The levers themselves: cooperation_params.hpp.
///
/// All are assumed, most are invented round numbers: no published source measures them. None is of
/// a named organisation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "models/cooperation/cooperation_params.hpp"
#include "sim/parameter.hpp"

namespace corridor::cooperation {

struct PlanningParams {
  // What officers do.
  double officers_per_position = 5;
  double team_officers = 10;
  double move_days = 7;
  double packages = 5, package_days = 10, package_queries = 50, package_records = 5;
  // National resources.
  double mobile_share = 0.1;
  double consent = 0.5, consent_days = 21;
  // What an organisation knows.
  double reported = 0.5, same_work = 0.5, memory = 0.5;
  // Practice.
  double practice_first = 0.2, practice_gain = 0.15, practice_rules_gain = 0.15;
  // What insiders tell.
  double leak_chance = 0, leak_believed = 0.5;
  // Joint posts.
  double joint_reviewers = 0.25, joint_judgement = 0.25;
  // Assistance and task forces.
  double scanner_gain = 0.5, scanner_inspections = 20, scanner_more = 5;
  double task_force_places = 2, task_force_inspections = 4, task_force_gain = 0.3;
  double operation_gain = 0.1;
  // Between posts: green borders and coasts.
  double patrol_coverage = 0, patrol_finds = 0.5, patrol_off_post = 0;
  // Finance.
  double link_gain = 1, money_moves_days = 60, recovery_gain = 0.5, arrest_rate = 0.05;
  // Costs.
  double cost_officer_day = 400, cost_scanner_day = 1'000, cost_meeting = 20'000,
         cost_request = 500;
};

namespace planning_rows {
using Row = sim::Parameter<PlanningParams>;
constexpr Row assumed(std::string_view path, std::string_view unit, std::string_view meaning,
                      double lo, double hi, double PlanningParams::*field) {
  return {path, unit, meaning, sim::Tag::assumed, cooperation_sources::invented, lo, hi, field};
}
}  // namespace planning_rows

inline constexpr std::array planning_table{
    planning_rows::assumed("cooperation.planning.officers_per_position", "person",
                           "officers on the roll behind one position that works all hours", 1, 20,
                           &PlanningParams::officers_per_position),
    planning_rows::assumed("cooperation.planning.team", "person",
                           "officers that cover one target: posts of a kind in a country", 1, 1e4,
                           &PlanningParams::team_officers),
    planning_rows::assumed("cooperation.planning.move_days", "day",
                           "days from a plan to the day on which it is at work", 0, 365,
                           &PlanningParams::move_days),
    planning_rows::assumed("cooperation.planning.packages", "1",
                           "targets on which an organisation works in a cycle, the most valuable "
                           "first",
                           1, 1000, &PlanningParams::packages),
    planning_rows::assumed("cooperation.planning.package_days", "day",
                           "officer-days that its own staff spends on one of them in a cycle", 0,
                           1e4, &PlanningParams::package_days),
    planning_rows::assumed("cooperation.planning.package_queries", "query",
                           "queries that its own staff asks about one of them in a cycle", 0, 1e6,
                           &PlanningParams::package_queries),
    planning_rows::assumed("cooperation.planning.package_records", "record",
                           "records that its own staff makes about one of them in a cycle", 0, 1e6,
                           &PlanningParams::package_records),
    planning_rows::assumed("cooperation.planning.mobile_share", "1",
                           "share of a country's places in secondary that it can move between its "
                           "posts",
                           0, 1, &PlanningParams::mobile_share),
    planning_rows::assumed("cooperation.planning.consent", "1",
                           "chance that a country follows the request of an organisation", 0, 1,
                           &PlanningParams::consent),
    planning_rows::assumed("cooperation.planning.consent_days", "day",
                           "mean days until a country that agrees has moved (exponential)", 0, 3650,
                           &PlanningParams::consent_days),
    planning_rows::assumed("cooperation.planning.reported", "1",
                           "share of a member's detections at posts that reach an organisation", 0,
                           1, &PlanningParams::reported),
    planning_rows::assumed("cooperation.planning.same_work", "1",
                           "share of the work of two at one target that is the same work, when "
                           "neither knows of the other",
                           0, 1, &PlanningParams::same_work),
    planning_rows::assumed("cooperation.planning.memory", "1",
                           "weight of earlier cycles in the forecast of good planning practice", 0,
                           0.99, &PlanningParams::memory),
    planning_rows::assumed("cooperation.leaks.chance", "1",
                           "chance that an insider of an organisation that knows a plan or an "
                           "operation tells those who hide of it; 0 = nobody does",
                           0, 1, &PlanningParams::leak_chance),
    planning_rows::assumed("cooperation.leaks.believed", "1",
                           "share of what one would have passed that is believed to be found where "
                           "a plan or an operation is known of",
                           0, 1, &PlanningParams::leak_believed),
    planning_rows::assumed("cooperation.practice.first", "1",
                           "share of countries and of organisations that have the better practice "
                           "at the start",
                           0, 1, &PlanningParams::practice_first),
    planning_rows::assumed("cooperation.practice.gain", "1",
                           "share of what review and inspection miss that the better procedure "
                           "finds",
                           0, 1, &PlanningParams::practice_gain),
    planning_rows::assumed("cooperation.practice.rules_gain", "1",
                           "share of wrong judgements of flags of the rules that the better rules "
                           "spare",
                           0, 1, &PlanningParams::practice_rules_gain),
    planning_rows::assumed("cooperation.joint_posts.reviewers_gain", "1",
                           "police who review at a joint post, for each of its reviewers", 0, 10,
                           &PlanningParams::joint_reviewers),
    planning_rows::assumed("cooperation.joint_posts.judgement_gain", "1",
                           "share of wrong judgements of hits and flags that officers of both "
                           "services together spare",
                           0, 1, &PlanningParams::joint_judgement),
    planning_rows::assumed("cooperation.assistance.scanner_gain", "1",
                           "share of what inspections of goods miss that is found with a scanner",
                           0, 1, &PlanningParams::scanner_gain),
    planning_rows::assumed("cooperation.assistance.scanner_inspections", "1/day",
                           "inspections a day that one scanner serves", 1, 1e4,
                           &PlanningParams::scanner_inspections),
    planning_rows::assumed("cooperation.assistance.scanner_more", "1/day",
                           "inspections a day that one scanner makes possible beside them", 0, 1e4,
                           &PlanningParams::scanner_more),
    planning_rows::assumed("cooperation.task_forces.places", "1",
                           "places in secondary that a task force adds at each post of a hub "
                           "airport",
                           0, 100, &PlanningParams::task_force_places),
    planning_rows::assumed("cooperation.task_forces.inspections", "1/day",
                           "inspections a day that a task force adds at a port's customs", 0, 1e4,
                           &PlanningParams::task_force_inspections),
    planning_rows::assumed("cooperation.task_forces.gain", "1",
                           "share of the drugs and cash that inspections miss which a task force "
                           "finds",
                           0, 1, &PlanningParams::task_force_gain),
    planning_rows::assumed("cooperation.operations.gain", "1",
                           "share of what inspections miss that common targeting finds in an "
                           "operation",
                           0, 1, &PlanningParams::operation_gain),
    planning_rows::Row{"cooperation.patrol.coverage", "1",
                       "share of green borders and coasts that patrols cover beside what is usual",
                       sim::Tag::option, cooperation_sources::lever, 0, 1,
                       &PlanningParams::patrol_coverage},
    planning_rows::assumed("cooperation.patrol.finds", "1",
                           "chance that a patrol finds who crosses where it is", 0, 1,
                           &PlanningParams::patrol_finds),
    planning_rows::assumed("cooperation.patrol.off_post", "1",
                           "most of the land loads and couriers that go round posts, when these "
                           "are feared and nobody patrols, and share of fighters who know a way "
                           "round; 0 = all go through posts",
                           0, 1, &PlanningParams::patrol_off_post),
    planning_rows::assumed("cooperation.finance.link_gain", "1",
                           "how much more often money is frozen when all units answer at once", 0,
                           100, &PlanningParams::link_gain),
    planning_rows::assumed("cooperation.finance.money_moves_days", "day",
                           "mean days after which money that is looked for is elsewhere", 1, 3650,
                           &PlanningParams::money_moves_days),
    planning_rows::assumed("cooperation.finance.recovery_gain", "1",
                           "share of what courts give back that they take when all orders are "
                           "carried out abroad",
                           0, 1, &PlanningParams::recovery_gain),
    planning_rows::assumed("cooperation.finance.arrest_rate", "1/month",
                           "chance that one of the people of a facilitator who is a common target "
                           "is arrested",
                           0, 1, &PlanningParams::arrest_rate),
    planning_rows::assumed("cooperation.cost.officer_day_usd", "USD",
                           "what a day of an officer away costs", 0, 1e5,
                           &PlanningParams::cost_officer_day),
    planning_rows::assumed("cooperation.cost.scanner_day_usd", "USD",
                           "what a day of a scanner costs", 0, 1e6,
                           &PlanningParams::cost_scanner_day),
    planning_rows::assumed("cooperation.cost.meeting_usd", "USD", "what a meeting costs a member",
                           0, 1e7, &PlanningParams::cost_meeting),
    planning_rows::assumed("cooperation.cost.request_usd", "USD",
                           "what a request to a country costs both", 0, 1e6,
                           &PlanningParams::cost_request),
};

}  // namespace corridor::cooperation
