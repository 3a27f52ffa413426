// SPDX-License-Identifier: Apache-2.0
/// \file stream_params.hpp  What travellers are like: nights, purposes, parties, bookings, hours,
/// how often they travel.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/parameter.hpp"

namespace corridor::travel {

struct StreamParams {
  // Nights away: lognormal by purpose; median = median_1000km * (distance / 1000 km)^distance_power
  // * purpose factor.
  double nights_median_1000km = 4.2;
  double nights_distance_power = 0.32;
  double nights_sigma = 1.0;
  double nights_factor_business = 0.6;
  double nights_factor_visit = 1.3;
  double nights_factor_work = 5;
  double nights_factor_study = 14;
  // World shares of purposes among persons' trips.
  double share_business = 0.13;
  double share_visit = 0.27;
  double share_work = 0.025;
  double share_study = 0.015;
  double visit_tie = 30;
  // Travelling units: 1 + Poisson(mean - 1) persons, at most 8.
  double party_leisure = 2.05;
  double party_business = 1.2;
  double party_visit = 1.6;
  double party_work = 1.05;
  double party_study = 1.05;
  // Booking lead time in days.
  double lead_median_leisure = 40;
  double lead_sigma_leisure = 1.0;
  double lead_scale_business = 19.3;
  double lead_shape_business = 1.32;
  double lead_median_other = 30;
  double lead_sigma_other = 1.1;
  double one_way_share = 0.12;
  double agency_share = 0.35;
  // Who they are.
  double foreign_resident_factor = 1.5;
  // Season and week.
  double season_strength = 1;
  double weekday_spread = 1;
  // Hours.
  double check_in_minutes = 120;
  double connection_minutes = 50;
  double cruise_speed_kmh = 820;
  double ferry_speed_kmh = 37;
  double road_speed_kmh = 65;
  // How often a travelling unit travels in a year, shares of trips in 64ths by length of stay.
  std::int64_t short_2 = 16, short_4 = 16, short_12 = 10, short_24 = 6;
  std::int64_t medium_2 = 20, medium_4 = 12;
  std::int64_t long_2 = 12;
  // Second stream.
  bool same_day = true;
};

namespace stream_sources {
inline constexpr std::string_view survey =
    "ITA In-Flight Survey 1998 (mean 15.5, median 7 nights), NTTO SIAT 2019, ONS IPS 2019; "
    "combined by hand";
inline constexpr std::string_view unwto = "UNWTO Tourism Highlights 2019 (purpose shares, 2018)";
inline constexpr std::string_view own = "assumption, docs/odd/stream.md";
}  // namespace stream_sources

inline constexpr std::array stream_table{
    sim::Parameter<StreamParams>{
        "travel.nights.median_1000km", "night", "median nights away of leisure trips 1,000 km away",
        sim::Tag::calibrated, stream_sources::survey, 1, 60, &StreamParams::nights_median_1000km},
    sim::Parameter<StreamParams>{
        "travel.nights.distance_power", "1", "growth of the median with distance",
        sim::Tag::calibrated, stream_sources::survey, 0, 1, &StreamParams::nights_distance_power},
    sim::Parameter<StreamParams>{"travel.nights.sigma", "ln night",
                                 "spread of nights away (lognormal)", sim::Tag::calibrated,
                                 stream_sources::survey, 0.1, 2, &StreamParams::nights_sigma},
    sim::Parameter<StreamParams>{
        "travel.nights.factor_business", "1", "median nights of business trips over leisure",
        sim::Tag::assumed, stream_sources::own, 0.1, 10, &StreamParams::nights_factor_business},
    sim::Parameter<StreamParams>{"travel.nights.factor_visit", "1",
                                 "median nights of visits to friends and relatives over leisure",
                                 sim::Tag::assumed, stream_sources::own, 0.1, 10,
                                 &StreamParams::nights_factor_visit},
    sim::Parameter<StreamParams>{"travel.nights.factor_work", "1",
                                 "median nights of work stays over leisure", sim::Tag::assumed,
                                 stream_sources::own, 0.1, 50, &StreamParams::nights_factor_work},
    sim::Parameter<StreamParams>{"travel.nights.factor_study", "1",
                                 "median nights of study stays over leisure", sim::Tag::assumed,
                                 stream_sources::own, 0.1, 50, &StreamParams::nights_factor_study},
    sim::Parameter<StreamParams>{"travel.purpose.share_business", "1",
                                 "share of persons' trips: business; leisure is the rest",
                                 sim::Tag::observed, stream_sources::unwto, 0, 0.25,
                                 &StreamParams::share_business},
    sim::Parameter<StreamParams>{
        "travel.purpose.share_visit", "1",
        "share of persons' trips: visiting friends and relatives, health, religion, other",
        sim::Tag::observed, stream_sources::unwto, 0, 0.4, &StreamParams::share_visit},
    sim::Parameter<StreamParams>{
        "travel.purpose.share_work", "1",
        "share of persons' trips: work (part of the published 4 % not specified)",
        sim::Tag::assumed, stream_sources::own, 0, 0.15, &StreamParams::share_work},
    sim::Parameter<StreamParams>{
        "travel.purpose.share_study", "1",
        "share of persons' trips: study (part of the published 4 % not specified)",
        sim::Tag::assumed, stream_sources::own, 0, 0.15, &StreamParams::share_study},
    sim::Parameter<StreamParams>{
        "travel.purpose.visit_tie", "1",
        "how much more visits weigh per share of the destination's natives among residents",
        sim::Tag::assumed, stream_sources::own, 0, 1000, &StreamParams::visit_tie},
    sim::Parameter<StreamParams>{"travel.party.leisure", "person",
                                 "mean persons of a travelling unit, leisure (before the cut at 8)",
                                 sim::Tag::calibrated, "NTTO SIAT 2019: 1.7 over all purposes", 1,
                                 6, &StreamParams::party_leisure},
    sim::Parameter<StreamParams>{"travel.party.business", "person",
                                 "mean persons of a travelling unit, business", sim::Tag::assumed,
                                 stream_sources::own, 1, 6, &StreamParams::party_business},
    sim::Parameter<StreamParams>{"travel.party.visit", "person",
                                 "mean persons of a travelling unit, visits", sim::Tag::assumed,
                                 stream_sources::own, 1, 6, &StreamParams::party_visit},
    sim::Parameter<StreamParams>{"travel.party.work", "person",
                                 "mean persons of a travelling unit, work", sim::Tag::assumed,
                                 stream_sources::own, 1, 6, &StreamParams::party_work},
    sim::Parameter<StreamParams>{"travel.party.study", "person",
                                 "mean persons of a travelling unit, study", sim::Tag::assumed,
                                 stream_sources::own, 1, 6, &StreamParams::party_study},
    sim::Parameter<StreamParams>{"travel.lead.median_leisure_days", "day",
                                 "median booking lead time of leisure trips (lognormal)",
                                 sim::Tag::assumed, stream_sources::own, 1, 300,
                                 &StreamParams::lead_median_leisure},
    sim::Parameter<StreamParams>{"travel.lead.sigma_leisure", "ln day",
                                 "spread of leisure lead time", sim::Tag::assumed,
                                 stream_sources::own, 0.1, 3, &StreamParams::lead_sigma_leisure},
    sim::Parameter<StreamParams>{
        "travel.lead.scale_business_days", "day", "scale of business lead time (Weibull)",
        sim::Tag::calibrated,
        "fitted to Travel Leaders Corporate 2012: 77 % at 7 days or more, 52 % at 14", 1, 100,
        &StreamParams::lead_scale_business},
    sim::Parameter<StreamParams>{"travel.lead.shape_business", "1",
                                 "shape of business lead time (Weibull)", sim::Tag::calibrated,
                                 "fitted to Travel Leaders Corporate 2012", 0.3, 5,
                                 &StreamParams::lead_shape_business},
    sim::Parameter<StreamParams>{"travel.lead.median_other_days", "day",
                                 "median lead time of visits, work and study (lognormal)",
                                 sim::Tag::assumed, stream_sources::own, 1, 300,
                                 &StreamParams::lead_median_other},
    sim::Parameter<StreamParams>{"travel.lead.sigma_other", "ln day",
                                 "spread of lead time of visits, work and study", sim::Tag::assumed,
                                 stream_sources::own, 0.1, 3, &StreamParams::lead_sigma_other},
    sim::Parameter<StreamParams>{
        "travel.booking.one_way_share", "1", "units on two one-way tickets instead of a return",
        sim::Tag::assumed, stream_sources::own, 0, 1, &StreamParams::one_way_share},
    sim::Parameter<StreamParams>{"travel.booking.agency_share", "1",
                                 "units that book through an agency", sim::Tag::assumed,
                                 stream_sources::own, 0, 1, &StreamParams::agency_share},
    sim::Parameter<StreamParams>{
        "travel.nationality.foreign_factor", "1",
        "how much more often residents of foreign nationality travel than the others",
        sim::Tag::assumed, stream_sources::own, 0, 20, &StreamParams::foreign_resident_factor},
    sim::Parameter<StreamParams>{
        "travel.season.strength", "1", "0 = every month alike, 1 = as in the season table",
        sim::Tag::assumed, stream_sources::own, 0, 1.2, &StreamParams::season_strength},
    sim::Parameter<StreamParams>{
        "travel.season.weekday_spread", "1",
        "0 = every weekday alike, 1 = short trips leave before the weekend", sim::Tag::assumed,
        stream_sources::own, 0, 1.5, &StreamParams::weekday_spread},
    sim::Parameter<StreamParams>{
        "travel.hours.check_in_minutes", "min",
        "earliest arrival at exit control before departure; arrivals spread over half of it",
        sim::Tag::assumed, stream_sources::own, 30, 300, &StreamParams::check_in_minutes},
    sim::Parameter<StreamParams>{"travel.hours.connection_minutes", "min", "shortest connection",
                                 sim::Tag::assumed, stream_sources::own, 20, 240,
                                 &StreamParams::connection_minutes},
    sim::Parameter<StreamParams>{"travel.hours.cruise_speed_kmh", "km/h",
                                 "speed of flights, beside 30 minutes for taxi and climb",
                                 sim::Tag::assumed, stream_sources::own, 300, 1200,
                                 &StreamParams::cruise_speed_kmh},
    sim::Parameter<StreamParams>{"travel.hours.ferry_speed_kmh", "km/h", "speed of ferries",
                                 sim::Tag::assumed, stream_sources::own, 10, 90,
                                 &StreamParams::ferry_speed_kmh},
    sim::Parameter<StreamParams>{"travel.hours.road_speed_kmh", "km/h",
                                 "speed of road and rail between borders", sim::Tag::assumed,
                                 stream_sources::own, 10, 300, &StreamParams::road_speed_kmh},
    sim::Parameter<StreamParams>{
        "travel.units.short_2", "1/64",
        "stays of 1-3 nights: trips by units with 2 trips a year (the rest have 1)",
        sim::Tag::assumed, stream_sources::own, 0, 64, &StreamParams::short_2},
    sim::Parameter<StreamParams>{
        "travel.units.short_4", "1/64", "stays of 1-3 nights: trips by units with 4 trips a year",
        sim::Tag::assumed, stream_sources::own, 0, 64, &StreamParams::short_4},
    sim::Parameter<StreamParams>{"travel.units.short_12", "1/64",
                                 "stays of 1-3 nights: trips by units with 12 trips a year",
                                 sim::Tag::assumed, stream_sources::own, 0, 64,
                                 &StreamParams::short_12},
    sim::Parameter<StreamParams>{"travel.units.short_24", "1/64",
                                 "stays of 1-3 nights: trips by units with 24 trips a year",
                                 sim::Tag::assumed, stream_sources::own, 0, 64,
                                 &StreamParams::short_24},
    sim::Parameter<StreamParams>{"travel.units.medium_2", "1/64",
                                 "stays of 4-13 nights: trips by units with 2 trips a year",
                                 sim::Tag::assumed, stream_sources::own, 0, 64,
                                 &StreamParams::medium_2},
    sim::Parameter<StreamParams>{"travel.units.medium_4", "1/64",
                                 "stays of 4-13 nights: trips by units with 4 trips a year",
                                 sim::Tag::assumed, stream_sources::own, 0, 64,
                                 &StreamParams::medium_4},
    sim::Parameter<StreamParams>{
        "travel.units.long_2", "1/64", "stays of 14-27 nights: trips by units with 2 trips a year",
        sim::Tag::assumed, stream_sources::own, 0, 64, &StreamParams::long_2},
    sim::Parameter<StreamParams>{
        "travel.same_day.enabled", "",
        "stream published same-day and commuter crossings too, counted apart", sim::Tag::option,
        "choice", 0, 1, &StreamParams::same_day},
};

}  // namespace corridor::travel
