// SPDX-License-Identifier: Apache-2.0
/// \file cooperation_params.hpp  What organisations share, plan and do together: one number a lever
/// of joint strategy, beside the numbers of the setting in which the levers work.
///
/// A lever at its default (its neutral value) changes nothing. Each may change within a run: a
/// strategy says from which day to which (models/scenario/strategy.hpp). Who the organisations are,
/// with members and links, is a file of its own. Round numbers called invented are invented; no
/// number is that of a named organisation.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"

namespace corridor::cooperation {

struct CooperationParams {
  std::string file;
  std::string text;
  std::int64_t members_year = 2019;
  // 1. Posts connected to I-24/7.
  double frontline_share = 0;
  std::string frontline_where = "all";
  std::string frontline_stage = "primary";
  std::int64_t frontline_draw = 0;
  // 2. Architecture.
  double hub_share = 0, mesh_share = 0;
  double bridge_completeness = 0.6, bridge_delay_days = 3, bridge_availability = 0.98;
  std::int64_t bridge_negotiation_days = 180;
  bool bridge_hypothetical = false;
  // 3. Records.
  double records_contributed = 0, records_biometrics = 0;
  double records_wrong = 0, records_corrected = 0;
  std::int64_t records_expiry_days = 0;
  // How good records are, and who may use them.
  double records_source_a = 0.3, records_source_b = 0.5, records_source_c = 0.5;
  double records_information_1 = 0.3, records_information_2 = 0.5, records_information_3 = 0.5;
  double records_wrong_tilt = 2;
  std::string records_minimum_evaluation = "X4";
  double records_handling_1 = 0, records_handling_2 = 0, records_handling_3 = 0;
  double records_doubled = 0;
  std::int64_t records_pieces = 2;
  // Requests to originators, and queries.
  std::int64_t requests_capacity = 0;
  double requests_answer_days = 2, requests_refused = 0.1, requests_hold_hours = 24;
  double queries_service_s = 0.5, queries_longest_s = 60;
  // Pieces about who sends goods.
  double pieces_known = 0, pieces_delay_days = 60, pieces_alerted = 0.5;
  std::int64_t pieces_needed = 3;
  // 4. Plans.
  double plans_shared = 0;
  bool plans_standing = false;
  std::int64_t plans_setup_days = 90, plans_cadence_days = 30;
  std::string plans_members = "all", plans_mandate = "all";
  // 5. Cycles and priorities.
  std::int64_t cycle_days = 90;
  double cycle_aligned = 0, priorities_adapted = 0;
  // 6. Good practice.
  double practice_planning = 0, practice_frontline = 0, practice_rules = 0;
  // 7. Mutual assistance.
  double assistance_officers = 0, assistance_scanners = 0, assistance_analysts = 0,
         assistance_training = 0;
  double analyst_rate = 1e-4, analyst_error = 0.05;
  std::int64_t assistance_travel_days = 14, learning_days = 14, training_half_life_days = 180;
  // 8. Joint posts.
  double joint_posts_share = 0;
  std::string joint_posts_scope = "national";
  // 10. Finance.
  double finance_fiu_links = 0, finance_asset_recovery = 0, finance_common_targets = 0;
  std::int64_t finance_freeze_delay_days = 60;
  // 11. Task forces.
  double task_forces_airports = 0, task_forces_ports = 0;
  // What there is.
  std::int64_t surge_officers = 2000;
  double budget_musd = 0;
};

namespace cooperation_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view lever = "lever; 0 = as it is without, docs/odd/cooperation.md";
inline constexpr std::string_view invented = "invented round number, docs/odd/cooperation.md";
}  // namespace cooperation_sources

inline constexpr auto lever_share = [](std::string_view path, std::string_view meaning,
                                       double CooperationParams::*field) {
  return sim::Parameter<CooperationParams>{
      path, "1", meaning, sim::Tag::option, cooperation_sources::lever, 0, 1, field};
};
inline constexpr auto assumed_share = [](std::string_view path, std::string_view meaning,
                                         double CooperationParams::*field) {
  return sim::Parameter<CooperationParams>{
      path, "1", meaning, sim::Tag::assumed, cooperation_sources::invented, 0, 1, field};
};
inline constexpr auto assumed_days = [](std::string_view path, std::string_view meaning,
                                        std::int64_t CooperationParams::*field, double least) {
  return sim::Parameter<CooperationParams>{
      path, "day", meaning, sim::Tag::assumed, cooperation_sources::invented, least, 3650, field};
};

inline constexpr std::array cooperation_table{
    sim::Parameter<CooperationParams>{
        "cooperation.file", "",
        "file of organisations, links and operations; empty = one list a region and one of all",
        sim::Tag::option, cooperation_sources::choice, 0, 0, &CooperationParams::file},
    sim::Parameter<CooperationParams>{
        "cooperation.text", "",
        "the organisations themselves; filled from cooperation.file, so that a result holds them",
        sim::Tag::option, cooperation_sources::choice, 0, 0, &CooperationParams::text},
    sim::Parameter<CooperationParams>{
        "cooperation.members_year", "",
        "members of organisations that the file names by a code of the table of memberships are "
        "those at the end of this year, 2019 or 2025",
        sim::Tag::option, "data/memberships.csv", 2019, 2025, &CooperationParams::members_year},
    lever_share("cooperation.frontline.share",
                "share of the posts that cannot ask lists of others which then can",
                &CooperationParams::frontline_share),
    sim::Parameter<CooperationParams>{"cooperation.frontline.where", "",
                                      "which posts are connected: all alike, hubs (the tenth with "
                                      "most officers) only, or all posts of a share of countries",
                                      sim::Tag::option, cooperation_sources::choice, 0, 0,
                                      &CooperationParams::frontline_where, "all|hubs|countries"},
    sim::Parameter<CooperationParams>{"cooperation.frontline.draw", "",
                                      "another number connects other posts, as many of them: a "
                                      "placebo, in which nothing but chance differs",
                                      sim::Tag::option, cooperation_sources::choice, 0, 1e6,
                                      &CooperationParams::frontline_draw},
    sim::Parameter<CooperationParams>{"cooperation.frontline.stage", "",
                                      "when connected posts ask: of everybody at primary, or only "
                                      "of who is in secondary",
                                      sim::Tag::option, cooperation_sources::choice, 0, 0,
                                      &CooperationParams::frontline_stage, "primary|secondary"},
    lever_share("cooperation.hub.share",
                "share of regional systems linked to I-24/7, each under its own governance",
                &CooperationParams::hub_share),
    lever_share("cooperation.mesh.share",
                "share of the pairs of regional systems with a bridge between them",
                &CooperationParams::mesh_share),
    assumed_share("cooperation.bridge.completeness",
                  "share of records that a link made by hub or mesh carries",
                  &CooperationParams::bridge_completeness),
    sim::Parameter<CooperationParams>{"cooperation.bridge.delay_days", "day",
                                      "mean days that a record takes over such a link",
                                      sim::Tag::assumed, cooperation_sources::invented, 0, 3650,
                                      &CooperationParams::bridge_delay_days},
    assumed_share("cooperation.bridge.availability", "share of days on which such a link is up",
                  &CooperationParams::bridge_availability),
    assumed_days("cooperation.bridge.negotiation_days",
                 "days until such a link opens: its legal basis has to be agreed",
                 &CooperationParams::bridge_negotiation_days, 0),
    sim::Parameter<CooperationParams>{"cooperation.bridge.hypothetical", "",
                                      "whether links without a legal basis may be tried; every "
                                      "output says so",
                                      sim::Tag::option, cooperation_sources::choice, 0, 1,
                                      &CooperationParams::bridge_hypothetical},
    lever_share("cooperation.records.contributed",
                "share of the records that a country keeps to itself which it then gives to others",
                &CooperationParams::records_contributed),
    lever_share("cooperation.records.biometrics",
                "share of the records without biometrics to which they are added",
                &CooperationParams::records_biometrics),
    assumed_share("cooperation.records.wrong",
                  "wrong or abusive records for each right one: they mean somebody innocent",
                  &CooperationParams::records_wrong),
    lever_share("cooperation.records.corrected",
                "share of wrong records that are found and taken out",
                &CooperationParams::records_corrected),
    assumed_days("cooperation.records.expiry_days",
                 "days after which a record is taken out; 0 = never",
                 &CooperationParams::records_expiry_days, 0),
    assumed_share("cooperation.records.source_a",
                  "share of records whose source is evaluated A: no doubt of it",
                  &CooperationParams::records_source_a),
    assumed_share("cooperation.records.source_b",
                  "of the others, share evaluated B: mostly reliable",
                  &CooperationParams::records_source_b),
    assumed_share("cooperation.records.source_c",
                  "of the others, share evaluated C: mostly unreliable; the rest is X: not known",
                  &CooperationParams::records_source_c),
    assumed_share("cooperation.records.information_1",
                  "share of records whose information is evaluated 1: certain",
                  &CooperationParams::records_information_1),
    assumed_share("cooperation.records.information_2",
                  "of the others, share evaluated 2: known to the source itself",
                  &CooperationParams::records_information_2),
    assumed_share("cooperation.records.information_3",
                  "of the others, share evaluated 3: corroborated; the rest is 4: neither",
                  &CooperationParams::records_information_3),
    sim::Parameter<CooperationParams>{
        "cooperation.records.wrong_tilt", "1",
        "how many times likelier each poorer grade is of a wrong record than of a right one; 1 = "
        "evaluation tells nothing",
        sim::Tag::assumed, cooperation_sources::invented, 1, 10,
        &CooperationParams::records_wrong_tilt},
    sim::Parameter<CooperationParams>{
        "cooperation.records.minimum_evaluation", "",
        "poorest source and information of which posts are shown a record; X4 = any",
        sim::Tag::option, cooperation_sources::lever, 0, 0,
        &CooperationParams::records_minimum_evaluation,
        "A1|A2|A3|A4|B1|B2|B3|B4|C1|C2|C3|C4|X1|X2|X3|X4"},
    assumed_share("cooperation.records.handling_3",
                  "share of records with handling code H3: given to no system",
                  &CooperationParams::records_handling_3),
    assumed_share("cooperation.records.handling_2",
                  "of the others, share with H2: content only with the originator's permission",
                  &CooperationParams::records_handling_2),
    assumed_share("cooperation.records.handling_1",
                  "of the others, share with H1: police only, carried by no link; the rest is H0",
                  &CooperationParams::records_handling_1),
    assumed_share("cooperation.records.doubled",
                  "share of records of a person whom another country records too",
                  &CooperationParams::records_doubled),
    sim::Parameter<CooperationParams>{
        "cooperation.records.pieces", "1",
        "records of different kind or country that together tell who somebody is; only counted, "
        "as the pooled moment",
        sim::Tag::assumed, cooperation_sources::invented, 1, 8, &CooperationParams::records_pieces},
    sim::Parameter<CooperationParams>{
        "cooperation.requests.capacity", "1/day",
        "requests that an originator answers a day; 0 = as many as come", sim::Tag::assumed,
        cooperation_sources::invented, 0, 1e6, &CooperationParams::requests_capacity},
    sim::Parameter<CooperationParams>{
        "cooperation.requests.answer_days", "day",
        "mean days that an originator takes for a request, once its turn has come",
        sim::Tag::assumed, cooperation_sources::invented, 0, 365,
        &CooperationParams::requests_answer_days},
    assumed_share("cooperation.requests.refused",
                  "share of requests for permission that the originator refuses",
                  &CooperationParams::requests_refused),
    sim::Parameter<CooperationParams>{
        "cooperation.requests.hold_hours", "h",
        "longest that somebody is held until the originator of the record has answered",
        sim::Tag::assumed, cooperation_sources::invented, 0, 720,
        &CooperationParams::requests_hold_hours},
    sim::Parameter<CooperationParams>{"cooperation.queries.service_s", "s",
                                      "seconds that a system takes for a query", sim::Tag::assumed,
                                      cooperation_sources::invented, 0, 60,
                                      &CooperationParams::queries_service_s},
    sim::Parameter<CooperationParams>{"cooperation.queries.longest_s", "s",
                                      "seconds after which a query is given up", sim::Tag::assumed,
                                      cooperation_sources::invented, 1, 3600,
                                      &CooperationParams::queries_longest_s},
    assumed_share("cooperation.pieces.known",
                  "chance that police of a country on its way hold a piece about an organisation "
                  "that sends goods; 0 = nobody knows anything",
                  &CooperationParams::pieces_known),
    sim::Parameter<CooperationParams>{"cooperation.pieces.delay_days", "day",
                                      "mean days from day 0 until they hold it", sim::Tag::assumed,
                                      cooperation_sources::invented, 0, 3650,
                                      &CooperationParams::pieces_delay_days},
    sim::Parameter<CooperationParams>{
        "cooperation.pieces.needed", "1",
        "pieces of so many countries together name its consignments to customs", sim::Tag::option,
        cooperation_sources::choice, 1, 4, &CooperationParams::pieces_needed},
    assumed_share("cooperation.pieces.alerted",
                  "share of the consignments of an organisation so named that an alert meets",
                  &CooperationParams::pieces_alerted),
    lever_share("cooperation.plans.shared",
                "share of organisations that show one another their plans",
                &CooperationParams::plans_shared),
    sim::Parameter<CooperationParams>{"cooperation.plans.standing", "",
                                      "whether a standing group exists; else one is set up each "
                                      "time",
                                      sim::Tag::option, cooperation_sources::choice, 0, 1,
                                      &CooperationParams::plans_standing},
    assumed_days("cooperation.plans.setup_days", "days to set up a group that does not stand",
                 &CooperationParams::plans_setup_days, 0),
    assumed_days("cooperation.plans.cadence_days", "days between meetings of a standing group",
                 &CooperationParams::plans_cadence_days, 1),
    sim::Parameter<CooperationParams>{"cooperation.plans.members", "",
                                      "codes of the organisations that may be in the group, "
                                      "separated by spaces; all = every one that plans",
                                      sim::Tag::option, cooperation_sources::choice, 0, 0,
                                      &CooperationParams::plans_members},
    sim::Parameter<CooperationParams>{"cooperation.plans.mandate", "",
                                      "concerns for which the group shows plans and shares its "
                                      "picture, of fighters, drugs, finance, documents, separated "
                                      "by spaces; all = every one",
                                      sim::Tag::option, cooperation_sources::choice, 0, 0,
                                      &CooperationParams::plans_mandate},
    assumed_days("cooperation.cycle.days", "days of an organisation's planning cycle",
                 &CooperationParams::cycle_days, 7),
    lever_share("cooperation.cycle.aligned", "share of organisations that plan on the same day",
                &CooperationParams::cycle_aligned),
    lever_share("cooperation.priorities.adapted",
                "how far priorities follow the shared picture instead of the organisation's own",
                &CooperationParams::priorities_adapted),
    lever_share("cooperation.practice.planning",
                "chance a meeting that better planning practice spreads to a member",
                &CooperationParams::practice_planning),
    lever_share("cooperation.practice.frontline",
                "chance a meeting that better front-line practice spreads to a member",
                &CooperationParams::practice_frontline),
    lever_share("cooperation.practice.rules",
                "chance a meeting that better rules for whom to stop spread to a member",
                &CooperationParams::practice_rules),
    sim::Parameter<CooperationParams>{"cooperation.assistance.officers", "person",
                                      "officers lent to posts of other countries", sim::Tag::option,
                                      cooperation_sources::lever, 0, 1e5,
                                      &CooperationParams::assistance_officers},
    sim::Parameter<CooperationParams>{"cooperation.assistance.scanners", "1",
                                      "scanners lent to customs posts of other countries",
                                      sim::Tag::option, cooperation_sources::lever, 0, 1e4,
                                      &CooperationParams::assistance_scanners},
    sim::Parameter<CooperationParams>{"cooperation.assistance.analysts", "person",
                                      "analysts who join what several records say of one person",
                                      sim::Tag::option, cooperation_sources::lever, 0, 1e4,
                                      &CooperationParams::assistance_analysts},
    sim::Parameter<CooperationParams>{"cooperation.assistance.analyst_rate", "1/day",
                                      "chance a day that one analyst joins the records of any "
                                      "given person who has several",
                                      sim::Tag::assumed, cooperation_sources::invented, 0, 1,
                                      &CooperationParams::analyst_rate},
    assumed_share("cooperation.assistance.analyst_error",
                  "share of joined records that are joined with somebody else, who is then named",
                  &CooperationParams::analyst_error),
    lever_share("cooperation.assistance.training",
                "share of what review and inspection miss that trained officers find",
                &CooperationParams::assistance_training),
    assumed_days("cooperation.assistance.travel_days",
                 "days until lent officers and equipment work at their post",
                 &CooperationParams::assistance_travel_days, 0),
    assumed_days("cooperation.assistance.learning_days",
                 "days that a course takes, once teachers are there, until it is applied",
                 &CooperationParams::learning_days, 0),
    assumed_days("cooperation.assistance.training_half_life_days",
                 "days after which half of what training gave is forgotten",
                 &CooperationParams::training_half_life_days, 1),
    lever_share("cooperation.joint_posts.share",
                "share of posts where police and immigration work as one",
                &CooperationParams::joint_posts_share),
    sim::Parameter<CooperationParams>{"cooperation.joint_posts.scope", "",
                                      "whose police lists a joint post sees: of its country, its "
                                      "region, all",
                                      sim::Tag::option, cooperation_sources::choice, 0, 0,
                                      &CooperationParams::joint_posts_scope,
                                      "national|regional|global"},
    lever_share("cooperation.finance.fiu_links",
                "share of pairs of financial intelligence units that answer one another",
                &CooperationParams::finance_fiu_links),
    lever_share("cooperation.finance.asset_recovery",
                "share of freezing orders that asset-recovery offices abroad carry out",
                &CooperationParams::finance_asset_recovery),
    lever_share("cooperation.finance.common_targets",
                "share of facilitators whom police of both kinds take for a common target",
                &CooperationParams::finance_common_targets),
    assumed_days("cooperation.finance.freeze_delay_days",
                 "mean days that a freezing order takes to another country",
                 &CooperationParams::finance_freeze_delay_days, 0),
    lever_share("cooperation.task_forces.airports", "share of hub airports with a task force",
                &CooperationParams::task_forces_airports),
    lever_share("cooperation.task_forces.ports",
                "share of customs posts at hub ports with a task force",
                &CooperationParams::task_forces_ports),
    sim::Parameter<CooperationParams>{"cooperation.surge_officers", "person",
                                      "officers whom all participants can spare for joint "
                                      "operations at one time",
                                      sim::Tag::assumed, cooperation_sources::invented, 0, 1e6,
                                      &CooperationParams::surge_officers},
    sim::Parameter<CooperationParams>{
        "cooperation.budget_musd", "million USD",
        "what levers and operations in force may cost a year; 0 = no limit", sim::Tag::option,
        cooperation_sources::choice, 0, 1e6, &CooperationParams::budget_musd},
};

}  // namespace corridor::cooperation
