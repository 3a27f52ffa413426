// SPDX-License-Identifier: Apache-2.0
/// \file finance_params.hpp  Money of groups: laundering, couriers of cash, facilitators, assets
/// and their seizure, capability.
///
/// Equations: laundering.hpp, cash_home.hpp, facilitators.hpp, recovery.hpp, capability.hpp;
/// docs/odd/finance.md puts them together. Chances are per lot, case, courier or month as said.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter_set.hpp"

namespace corridor::finance {

struct FinanceParams {
  std::int64_t layers = 3;
  double layer_fee = 0.05, layer_seizure = 0.0073878, laundered_share = 0.66;
  std::int64_t layer_days = 30;
  double courier_level_usd = 50'000, courier_load_usd = 50'000, courier_fare_usd = 600,
         courier_wage = 0.03, declare = 0.3, declaration_threshold_usd = 10'000;
  std::int64_t couriers_at_once = 2, courier_interval_days = 7, courier_nights = 3;
  double informal_most_usd = 200'000;
  double facilitator_arrest = 0.01, facilitator_replacement_days = 90;
  double reserve_months = 2, asset_share = 0.4, asset_upkeep = 0.02;
  double freeze_hazard = 0.015, freeze_share = 0.25, verdict_days = 365, confirmed = 0.5;
  std::string recovery = "case";
  double capability_floor = 0.1;
};

namespace finance_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/finance.md";
inline constexpr std::string_view fee =
    "invented; one layer costs 5 %, within the 4 to 8 % of simple services, three cost 14 %, "
    "within "
    "the 8 to 20 % of complex ones (Reuter and Truman 2004, FATF 2018; both from memory)";
inline constexpr std::string_view layer_seizure =
    "solves 1 - (1 - s)^3 = 0.022, the share of proceeds provisionally seized in the EU 2010-14 "
    "(Europol 2016, Does crime still pay?); here of what is laundered";
inline constexpr std::string_view laundered =
    "two thirds of cocaine profit laundered (UNODC 2011, Estimating illicit financial flows)";
inline constexpr std::string_view threshold =
    "Regulation (EU) 2018/1672: 10,000 EUR, taken as USD for every border";
inline constexpr std::string_view confirmed =
    "1.1 of 2.2 % provisionally seized were confiscated, EU 2010-14 (Europol 2016)";
inline constexpr std::string_view level =
    "round numbers, chosen together so that about 2.2 % of the proceeds of a steady group are "
    "frozen and 1.1 % confiscated (Europol 2016)";
}  // namespace finance_sources

inline constexpr std::array finance_table{
    sim::Parameter<FinanceParams>{"finance.laundering.layers", "1",
                                  "layers that money of traffickers passes", sim::Tag::assumed,
                                  finance_sources::invented, 0, 16, &FinanceParams::layers},
    sim::Parameter<FinanceParams>{"finance.laundering.fee", "1",
                                  "share that launderers keep, per layer", sim::Tag::assumed,
                                  finance_sources::fee, 0, 1, &FinanceParams::layer_fee},
    sim::Parameter<FinanceParams>{
        "finance.laundering.seizure", "1", "chance that a lot is found and frozen, per layer",
        sim::Tag::calibrated, finance_sources::layer_seizure, 0, 1, &FinanceParams::layer_seizure},
    sim::Parameter<FinanceParams>{"finance.laundering.days", "day", "time in a layer",
                                  sim::Tag::assumed, finance_sources::invented, 1, 3650,
                                  &FinanceParams::layer_days},
    sim::Parameter<FinanceParams>{
        "finance.laundering.share", "1",
        "share of cash beyond the reserve that is laundered each month; the rest is spent",
        sim::Tag::observed, finance_sources::laundered, 0, 1, &FinanceParams::laundered_share},
    sim::Parameter<FinanceParams>{
        "finance.couriers.level_usd", "USD", "cash in a country beyond which couriers take it home",
        sim::Tag::assumed, finance_sources::invented, 0, 1e12, &FinanceParams::courier_level_usd},
    sim::Parameter<FinanceParams>{
        "finance.couriers.load_usd", "USD", "most that one courier carries", sim::Tag::assumed,
        finance_sources::invented, 1, 1e9, &FinanceParams::courier_load_usd},
    sim::Parameter<FinanceParams>{
        "finance.couriers.at_once", "1",
        "most couriers on one day from one country for one group; 0 = none", sim::Tag::assumed,
        finance_sources::invented, 0, 1000, &FinanceParams::couriers_at_once},
    sim::Parameter<FinanceParams>{"finance.couriers.interval_days", "day",
                                  "days between couriers from one country for one group",
                                  sim::Tag::assumed, finance_sources::invented, 1, 365,
                                  &FinanceParams::courier_interval_days},
    sim::Parameter<FinanceParams>{
        "finance.couriers.nights", "night", "nights until a courier travels back; 0 = stays",
        sim::Tag::assumed, finance_sources::invented, 0, 90, &FinanceParams::courier_nights},
    sim::Parameter<FinanceParams>{"finance.couriers.fare_usd", "USD", "fare of a courier",
                                  sim::Tag::assumed, finance_sources::invented, 0, 1e6,
                                  &FinanceParams::courier_fare_usd},
    sim::Parameter<FinanceParams>{
        "finance.couriers.wage", "1", "share of what he brings that a courier is paid",
        sim::Tag::assumed, finance_sources::invented, 0, 1, &FinanceParams::courier_wage},
    sim::Parameter<FinanceParams>{
        "finance.couriers.declare", "1", "chance that a courier declares a sum over the threshold",
        sim::Tag::assumed, finance_sources::invented, 0, 1, &FinanceParams::declare},
    sim::Parameter<FinanceParams>{"finance.couriers.threshold_usd", "USD",
                                  "sum from which cash must be declared", sim::Tag::observed,
                                  finance_sources::threshold, 0, 1e9,
                                  &FinanceParams::declaration_threshold_usd},
    sim::Parameter<FinanceParams>{"finance.informal.most_usd", "USD",
                                  "most that a facilitator for money moves home in one service",
                                  sim::Tag::assumed, finance_sources::invented, 0, 1e9,
                                  &FinanceParams::informal_most_usd},
    sim::Parameter<FinanceParams>{"finance.facilitators.arrest", "1/month",
                                  "chance that one of a facilitator's people is arrested",
                                  sim::Tag::assumed, finance_sources::invented, 0, 1,
                                  &FinanceParams::facilitator_arrest},
    sim::Parameter<FinanceParams>{"finance.facilitators.replacement_days", "day",
                                  "mean time until he is replaced (exponential)", sim::Tag::assumed,
                                  finance_sources::invented, 0, 3650,
                                  &FinanceParams::facilitator_replacement_days},
    sim::Parameter<FinanceParams>{
        "finance.reserve_months", "month",
        "working need that a group keeps liquid before it launders or invests", sim::Tag::assumed,
        finance_sources::invented, 0, 120, &FinanceParams::reserve_months},
    sim::Parameter<FinanceParams>{
        "finance.assets.share", "1",
        "share of laundered money beyond the reserve that buys assets each month; the rest "
        "is spent",
        sim::Tag::assumed, finance_sources::invented, 0, 1, &FinanceParams::asset_share},
    sim::Parameter<FinanceParams>{"finance.assets.upkeep", "1/month",
                                  "share of the assets sold and spent", sim::Tag::assumed,
                                  finance_sources::invented, 0, 1, &FinanceParams::asset_upkeep},
    sim::Parameter<FinanceParams>{"finance.recovery.hazard", "1/month",
                                  "chance that an investigation freezes something of a group",
                                  sim::Tag::calibrated, finance_sources::level, 0, 1,
                                  &FinanceParams::freeze_hazard},
    sim::Parameter<FinanceParams>{
        "finance.recovery.share", "1",
        "share of a group's assets and laundered money that an investigation freezes",
        sim::Tag::calibrated, finance_sources::level, 0, 1, &FinanceParams::freeze_share},
    sim::Parameter<FinanceParams>{
        "finance.recovery.days", "day", "mean time from freezing to a verdict (exponential)",
        sim::Tag::assumed, finance_sources::invented, 0, 3650, &FinanceParams::verdict_days},
    sim::Parameter<FinanceParams>{
        "finance.recovery.confirmed", "1",
        "chance that a verdict confiscates; else what was frozen is given back", sim::Tag::observed,
        finance_sources::confirmed, 0, 1, &FinanceParams::confirmed},
    sim::Parameter<FinanceParams>{
        "finance.recovery.kind", "",
        "chance falls on whole lots and cases, or its share of each is taken", sim::Tag::option,
        finance_sources::choice, 0, 0, &FinanceParams::recovery, "case|share"},
    sim::Parameter<FinanceParams>{
        "finance.capability.floor", "1", "capability of a group without money", sim::Tag::assumed,
        finance_sources::invented, 0, 1, &FinanceParams::capability_floor},
};
static_assert(sim::sound(finance_table));

}  // namespace corridor::finance
