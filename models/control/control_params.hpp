// SPDX-License-Identifier: Apache-2.0
/// \file control_params.hpp  What border control is like: seconds at a desk, officers, gates,
/// secondary, regimes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter.hpp"

namespace corridor::control {

struct ControlParams {
  // Primary inspection.
  double service_gate_s = 15;
  double service_own_s = 30;
  double service_visitor_s = 90;
  double service_cv_gate = 0.3;
  double service_cv_manual = 0.7;
  double gate_rejection = 0.05;
  // Where there are e-gates.
  double gates_min_income_usd = 15'000;
  double gates_min_peak = 200;
  // How many officers and gates.
  double staffing_level = 0.95;
  double wait_target_gate_s = 300;
  double wait_target_own_s = 600;
  double wait_target_visitor_s = 900;
  double staffing_margin = 1.3;
  double max_load = 0.95;
  std::int64_t officers_min = 1;
  std::int64_t officers_max = 400;
  double overflow_wait_minutes = 120;
  // Secondary inspection.
  double secondary_rate = 0.02;
  double secondary_minutes = 45;
  double random_share = 0.002;
  double random_floor = 0.1;
  double irregular_documents = 3.5e-3;
  double primary_sensitivity = 0.6;
  double exit_sensitivity = 0.1;
  // Review by a person, before anything else.
  double review_minutes = 5;
  double reviewers_per_place = 0.5;
  double forward_threat = 0.8;
  double forward_innocent = 0.18;
  double confirm_match = 0.98;
  double confirm_false = 0.05;
  double second_match = 0.98;
  double second_false = 0.05;
  // Inspection.
  double documents_sensitivity = 0.95;
  double contraband_sensitivity = 0.6;
  double wanted_sensitivity = 0.9;
  double cash_sensitivity = 0.5;
  double fighter_sensitivity = 0.3;
  double inspection_specificity = 0.999;
  double asylum = 0.1;
  double protection_minutes = 120;
  // Kinds of secondary (secondary_kinds.hpp).
  std::string secondary_kinds = "one";
  double identity_share = 0.3, goods_share = 0.4, interview_share = 0.3;
  double rules_to_identity = 0.2, rules_to_goods = 0.5, rules_to_interview = 0.3;
  double identity_minutes = 30, goods_minutes = 45, interview_minutes = 60;
  double identity_documents = 0.95, goods_documents = 0.2, interview_documents = 0.5;
  double identity_contraband = 0.1, goods_contraband = 0.8, interview_contraband = 0.2;
  double identity_wanted = 0.9, goods_wanted = 0.1, interview_wanted = 0.3;
  double identity_cash = 0.1, goods_cash = 0.7, interview_cash = 0.2;
  double identity_fighter = 0.2, goods_fighter = 0.1, interview_fighter = 0.5;
  // Equipment and compliance of a post (post_standing.hpp).
  double scanners_low = 0, scanners_lower_middle = 0, scanners_upper_middle = 0, scanners_high = 0;
  double scanner_gain = 0.3;
  double ignored_low = 0, ignored_lower_middle = 0, ignored_upper_middle = 0, ignored_high = 0;
  // Regimes.
  std::string carrier_data_countries = "USA,CAN,GBR,IRL,MEX";
  double spot_max_income_usd = 1'500;
  double spot_share = 0.5;
  // Land.
  double crossing_length_km = 100;
  double crossing_population = 1e7;
  std::int64_t crossings_max = 16;
};

namespace control_sources {
inline constexpr std::string_view own = "assumption, docs/odd/control.md";
inline constexpr std::string_view visitor =
    "US CBP and Schengen studies of the 2010s: 60 to 120 s (recall)";
inline constexpr std::string_view national =
    "Frontex and airport studies of the 2010s: 15 to 45 s (recall)";
inline constexpr std::string_view gate =
    "Frontex guidelines for automated border control, 2010s: 10 to 20 s (recall)";
inline constexpr std::string_view rejection = "airport studies of the 2010s: 2 to 15 % (recall)";
inline constexpr std::string_view gate_target =
    "Frontex guidelines for automated border control 2012: 95 % wait under 5 minutes (example)";
inline constexpr std::string_view goal =
    "assumption, below the UK Border Force goals of 2018 (25 and 45 minutes), docs/odd/control.md";
inline constexpr std::string_view secondary =
    "US GAO and CBP, order of magnitude: 0.5 to 5 % (recall)";
inline constexpr std::string_view minutes =
    "US practice, order of magnitude: 20 to 120 minutes (recall)";
inline constexpr std::string_view refusals =
    "with the sensitivities, and what protection takes, it gives 7e-4 refused, US CBP typical day "
    "FY2016 and FY2019; band of "
    "the world 2e-4 to 4e-3";
inline constexpr std::string_view forwarded =
    "evaluation of the PNR Directive, SWD(2020) 128: 0.59 % flagged, 0.11 % sent on";
inline constexpr std::string_view exits =
    "national practice in 2019: departures are recorded from carriers' data (recall)";
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/control.md";
}  // namespace control_sources

/// A share or a chance that is assumed.
constexpr sim::Parameter<ControlParams> control_share(std::string_view path,
                                                      std::string_view meaning,
                                                      double ControlParams::*field) {
  return {path, "1", meaning, sim::Tag::assumed, control_sources::invented, 0, 1, field};
}
constexpr sim::Parameter<ControlParams> control_minutes(std::string_view path,
                                                        std::string_view meaning,
                                                        double ControlParams::*field) {
  return {path, "min", meaning, sim::Tag::assumed, control_sources::invented, 1, 1440, field};
}

inline constexpr std::array control_table{
    sim::Parameter<ControlParams>{"control.service.gate_s", "s", "mean time at an e-gate",
                                  sim::Tag::observed, control_sources::gate, 1, 600,
                                  &ControlParams::service_gate_s},
    sim::Parameter<ControlParams>{
        "control.service.own_s", "s",
        "mean primary inspection of nationals and free-movement residents by an officer",
        sim::Tag::observed, control_sources::national, 1, 3600, &ControlParams::service_own_s},
    sim::Parameter<ControlParams>{
        "control.service.visitor_s", "s", "mean primary inspection of visitors by an officer",
        sim::Tag::observed, control_sources::visitor, 1, 3600, &ControlParams::service_visitor_s},
    sim::Parameter<ControlParams>{
        "control.service.cv_gate", "1", "coefficient of variation of the time at an e-gate",
        sim::Tag::assumed, control_sources::own, 0, 4, &ControlParams::service_cv_gate},
    sim::Parameter<ControlParams>{"control.service.cv_manual", "1",
                                  "coefficient of variation of the time at an officer's desk",
                                  sim::Tag::assumed, control_sources::own, 0, 4,
                                  &ControlParams::service_cv_manual},
    sim::Parameter<ControlParams>{
        "control.gates.rejection", "1", "share of e-gate users who are sent to an officer",
        sim::Tag::observed, control_sources::rejection, 0, 1, &ControlParams::gate_rejection},
    sim::Parameter<ControlParams>{
        "control.gates.min_income_usd", "USD", "a country has e-gates from this income per head on",
        sim::Tag::assumed, control_sources::own, 0, 1e9, &ControlParams::gates_min_income_usd},
    sim::Parameter<ControlParams>{"control.gates.min_peak", "person/h",
                                  "an airport post has e-gates from this expected number of "
                                  "entitled persons in its busiest hour on",
                                  sim::Tag::assumed, control_sources::own, 0, 1e9,
                                  &ControlParams::gates_min_peak},
    sim::Parameter<ControlParams>{"control.staffing.level", "1",
                                  "share of persons who should wait less than the target",
                                  sim::Tag::observed, control_sources::gate_target, 0, 0.9999,
                                  &ControlParams::staffing_level},
    sim::Parameter<ControlParams>{"control.staffing.target_gate_s", "s", "target wait at e-gates",
                                  sim::Tag::observed, control_sources::gate_target, 0, 86'400,
                                  &ControlParams::wait_target_gate_s},
    sim::Parameter<ControlParams>{"control.staffing.target_own_s", "s",
                                  "target wait of nationals and free-movement residents",
                                  sim::Tag::assumed, control_sources::goal, 0, 86'400,
                                  &ControlParams::wait_target_own_s},
    sim::Parameter<ControlParams>{
        "control.staffing.target_visitor_s", "s", "target wait of visitors", sim::Tag::assumed,
        control_sources::goal, 0, 86'400, &ControlParams::wait_target_visitor_s},
    sim::Parameter<ControlParams>{
        "control.staffing.margin", "1",
        "staff is planned for this multiple of the expected persons an hour", sim::Tag::assumed,
        control_sources::own, 0.1, 10, &ControlParams::staffing_margin},
    sim::Parameter<ControlParams>{
        "control.staffing.max_load", "1",
        "planned share of their time that officers and gates are busy, at most", sim::Tag::assumed,
        control_sources::own, 0.05, 0.999, &ControlParams::max_load},
    sim::Parameter<ControlParams>{"control.staffing.officers_min", "1",
                                  "officers or gates of a lane that is open, at least; 0 closes a "
                                  "lane without expected persons",
                                  sim::Tag::assumed, control_sources::own, 0, 400,
                                  &ControlParams::officers_min},
    sim::Parameter<ControlParams>{"control.staffing.officers_max", "1",
                                  "officers or gates of a lane, at most", sim::Tag::assumed,
                                  control_sources::own, 1, 1000, &ControlParams::officers_max},
    sim::Parameter<ControlParams>{
        "control.staffing.overflow_wait_minutes", "min",
        "persons whose expected wait is longer count as overflow of the hall", sim::Tag::assumed,
        control_sources::own, 1, 1440, &ControlParams::overflow_wait_minutes},
    sim::Parameter<ControlParams>{
        "control.secondary.rate", "1",
        "secondary has places for this share of the persons of the busiest hour",
        sim::Tag::observed, control_sources::secondary, 0, 1, &ControlParams::secondary_rate},
    sim::Parameter<ControlParams>{
        "control.secondary.minutes", "min", "mean time of one secondary inspection",
        sim::Tag::observed, control_sources::minutes, 1, 1440, &ControlParams::secondary_minutes},
    sim::Parameter<ControlParams>{
        "control.secondary.random_share", "1",
        "share of persons at a post who are drawn at random for secondary", sim::Tag::assumed,
        control_sources::own, 0, 1, &ControlParams::random_share},
    sim::Parameter<ControlParams>{
        "control.secondary.random_floor", "1",
        "share of the places of an hour that is kept for persons drawn at random",
        sim::Tag::assumed, control_sources::own, 0, 1, &ControlParams::random_floor},
    sim::Parameter<ControlParams>{
        "control.secondary.kinds", "",
        "one kind of secondary for everything, or three with places of their own: identity, goods, "
        "interview",
        sim::Tag::option, control_sources::choice, 0, 0, &ControlParams::secondary_kinds,
        "one|three"},
    sim::Parameter<ControlParams>{
        "control.documents.irregular", "1", "share of persons whose documents are irregular",
        sim::Tag::calibrated, control_sources::refusals, 0, 1, &ControlParams::irregular_documents},
    sim::Parameter<ControlParams>{"control.documents.primary_sensitivity", "1",
                                  "chance that primary at entry notices irregular documents",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::primary_sensitivity},
    sim::Parameter<ControlParams>{"control.documents.exit_sensitivity", "1",
                                  "chance that primary at exit notices irregular documents",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::exit_sensitivity},
    sim::Parameter<ControlParams>{"control.review.minutes", "min", "time of one review by a person",
                                  sim::Tag::assumed, control_sources::own, 1, 1440,
                                  &ControlParams::review_minutes},
    sim::Parameter<ControlParams>{"control.review.per_place", "1",
                                  "reviewers for each place in secondary, at least one a post",
                                  sim::Tag::assumed, control_sources::own, 0, 100,
                                  &ControlParams::reviewers_per_place},
    sim::Parameter<ControlParams>{
        "control.review.forward_threat", "1",
        "chance that a reviewer sends on a flag of the rules when something is wrong",
        sim::Tag::assumed, control_sources::own, 0, 1, &ControlParams::forward_threat},
    sim::Parameter<ControlParams>{
        "control.review.forward_innocent", "1",
        "chance that a reviewer sends on a flag of the rules when nothing is wrong",
        sim::Tag::observed, control_sources::forwarded, 0, 1, &ControlParams::forward_innocent},
    sim::Parameter<ControlParams>{"control.review.confirm_match", "1",
                                  "chance that a reviewer confirms a hit that is the person",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::confirm_match},
    sim::Parameter<ControlParams>{"control.review.confirm_false", "1",
                                  "chance that a reviewer confirms a hit that is somebody else",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::confirm_false},
    sim::Parameter<ControlParams>{
        "control.review.second_match", "1",
        "chance that the second confirmation of a biometric hit confirms the person",
        sim::Tag::assumed, control_sources::own, 0, 1, &ControlParams::second_match},
    sim::Parameter<ControlParams>{
        "control.review.second_false", "1",
        "chance that the second confirmation of a biometric hit confirms somebody else",
        sim::Tag::assumed, control_sources::own, 0, 1, &ControlParams::second_false},
    sim::Parameter<ControlParams>{"control.inspection.documents_sensitivity", "1",
                                  "chance that an inspection finds irregular documents",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::documents_sensitivity},
    sim::Parameter<ControlParams>{"control.inspection.contraband_sensitivity", "1",
                                  "chance that an inspection finds contraband", sim::Tag::assumed,
                                  control_sources::own, 0, 1,
                                  &ControlParams::contraband_sensitivity},
    sim::Parameter<ControlParams>{"control.inspection.wanted_sensitivity", "1",
                                  "chance that an inspection recognises a person who is sought",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::wanted_sensitivity},
    sim::Parameter<ControlParams>{"control.inspection.cash_sensitivity", "1",
                                  "chance that an inspection finds cash that is not declared",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::cash_sensitivity},
    sim::Parameter<ControlParams>{"control.inspection.fighter_sensitivity", "1",
                                  "chance that an inspection recognises what a fighter is up to",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::fighter_sensitivity},
    sim::Parameter<ControlParams>{"control.inspection.specificity", "1",
                                  "chance that an inspection clears a person with nothing to find",
                                  sim::Tag::assumed, control_sources::own, 0, 1,
                                  &ControlParams::inspection_specificity},
    sim::Parameter<ControlParams>{
        "control.protection.asylum", "1",
        "share of persons found with irregular documents who ask for asylum", sim::Tag::assumed,
        control_sources::own, 0, 1, &ControlParams::asylum},
    sim::Parameter<ControlParams>{
        "control.protection.minutes", "min", "officers' time to refer a person to protection",
        sim::Tag::assumed, control_sources::own, 0, 10080, &ControlParams::protection_minutes},
    control_share("control.identity.share",
                  "part of secondary's time for identity (who somebody is, by documents and "
                  "records), against the other kinds",
                  &ControlParams::identity_share),
    control_share("control.identity.of_rules",
                  "part of those flagged by rules who are sent there, against the other kinds",
                  &ControlParams::rules_to_identity),
    control_minutes("control.identity.minutes", "mean time of one inspection of this kind",
                    &ControlParams::identity_minutes),
    control_share("control.identity.documents", "chance that it finds irregular documents",
                  &ControlParams::identity_documents),
    control_share("control.identity.contraband", "chance that it finds contraband",
                  &ControlParams::identity_contraband),
    control_share("control.identity.wanted", "chance that it finds a person who is sought",
                  &ControlParams::identity_wanted),
    control_share("control.identity.cash", "chance that it finds cash that is not declared",
                  &ControlParams::identity_cash),
    control_share("control.identity.fighter", "chance that it finds what a fighter is up to",
                  &ControlParams::identity_fighter),
    control_share("control.goods.share",
                  "part of secondary's time for goods (luggage and what is on the body), against "
                  "the other kinds",
                  &ControlParams::goods_share),
    control_share("control.goods.of_rules",
                  "part of those flagged by rules who are sent there, against the other kinds",
                  &ControlParams::rules_to_goods),
    control_minutes("control.goods.minutes", "mean time of one inspection of this kind",
                    &ControlParams::goods_minutes),
    control_share("control.goods.documents", "chance that it finds irregular documents",
                  &ControlParams::goods_documents),
    control_share("control.goods.contraband", "chance that it finds contraband",
                  &ControlParams::goods_contraband),
    control_share("control.goods.wanted", "chance that it finds a person who is sought",
                  &ControlParams::goods_wanted),
    control_share("control.goods.cash", "chance that it finds cash that is not declared",
                  &ControlParams::goods_cash),
    control_share("control.goods.fighter", "chance that it finds what a fighter is up to",
                  &ControlParams::goods_fighter),
    control_share(
        "control.interview.share",
        "part of secondary's time for interview (purpose and story), against the other kinds",
        &ControlParams::interview_share),
    control_share("control.interview.of_rules",
                  "part of those flagged by rules who are sent there, against the other kinds",
                  &ControlParams::rules_to_interview),
    control_minutes("control.interview.minutes", "mean time of one inspection of this kind",
                    &ControlParams::interview_minutes),
    control_share("control.interview.documents", "chance that it finds irregular documents",
                  &ControlParams::interview_documents),
    control_share("control.interview.contraband", "chance that it finds contraband",
                  &ControlParams::interview_contraband),
    control_share("control.interview.wanted", "chance that it finds a person who is sought",
                  &ControlParams::interview_wanted),
    control_share("control.interview.cash", "chance that it finds cash that is not declared",
                  &ControlParams::interview_cash),
    control_share("control.interview.fighter", "chance that it finds what a fighter is up to",
                  &ControlParams::interview_fighter),
    control_share("control.equipment.low", "share of posts with a scanner, countries of low income",
                  &ControlParams::scanners_low),
    control_share("control.equipment.lower_middle",
                  "share of posts with a scanner, countries of lower middle income",
                  &ControlParams::scanners_lower_middle),
    control_share("control.equipment.upper_middle",
                  "share of posts with a scanner, countries of upper middle income",
                  &ControlParams::scanners_upper_middle),
    control_share("control.equipment.high",
                  "share of posts with a scanner, countries of high income",
                  &ControlParams::scanners_high),
    control_share("control.equipment.gain",
                  "share of the contraband and cash that inspections miss which they find with a "
                  "scanner",
                  &ControlParams::scanner_gain),
    control_share(
        "control.ignored.low",
        "chance that officers let a hit or a flag pass against the rules, countries of low income; "
        "1 less compliance",
        &ControlParams::ignored_low),
    control_share("control.ignored.lower_middle",
                  "chance that officers let a hit or a flag pass against the rules, countries of "
                  "lower middle income; "
                  "1 less compliance",
                  &ControlParams::ignored_lower_middle),
    control_share("control.ignored.upper_middle",
                  "chance that officers let a hit or a flag pass against the rules, countries of "
                  "upper middle income; "
                  "1 less compliance",
                  &ControlParams::ignored_upper_middle),
    control_share("control.ignored.high",
                  "chance that officers let a hit or a flag pass against the rules, countries of "
                  "high income; "
                  "1 less compliance",
                  &ControlParams::ignored_high),
    sim::Parameter<ControlParams>{
        "control.regime.carrier_data_countries", "",
        "ISO 3166-1 alpha-3 codes, separated by commas: no officer at exit, departures by air and "
        "sea are known from carriers, by land from nobody",
        sim::Tag::observed, control_sources::exits, 0, 0, &ControlParams::carrier_data_countries},
    sim::Parameter<ControlParams>{
        "control.regime.spot_max_income_usd", "USD",
        "land borders between two countries of at most this income per head are checked by spot",
        sim::Tag::assumed, control_sources::own, 0, 1e9, &ControlParams::spot_max_income_usd},
    sim::Parameter<ControlParams>{
        "control.regime.spot_share", "1", "share of travelling units that a spot check stops",
        sim::Tag::assumed, control_sources::own, 0, 1, &ControlParams::spot_share},
    sim::Parameter<ControlParams>{
        "control.land.crossing_length_km", "km",
        "length of border per crossing, where both countries have the population below",
        sim::Tag::assumed, control_sources::own, 1, 1e5, &ControlParams::crossing_length_km},
    sim::Parameter<ControlParams>{
        "control.land.crossing_population", "person", "population at which the length alone counts",
        sim::Tag::assumed, control_sources::own, 1e3, 1e10, &ControlParams::crossing_population},
    sim::Parameter<ControlParams>{"control.land.crossings_max", "1",
                                  "crossings of a land border, at most", sim::Tag::assumed,
                                  control_sources::own, 1, 64, &ControlParams::crossings_max},
};

}  // namespace corridor::control
