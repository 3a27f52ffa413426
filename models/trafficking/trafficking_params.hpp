// SPDX-License-Identifier: Apache-2.0
/// \file trafficking_params.hpp  Numbers of the trafficking model that are not rows of the actors
/// file: how organisations perceive, choose and restructure; what each mode costs, takes and
/// carries; prices; insiders; how seizures come to be reported.
///
/// Round numbers called invented are invented. Nothing here is the figure of a named place.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "models/trafficking/consignment.hpp"
#include "sim/parameter_set.hpp"

namespace corridor::trafficking {

struct TraffickingParams {
  bool on = false;
  // Perception.
  std::string perception = "share";
  std::int64_t window_months = 13;
  double risk_alpha = 2, risk_beta = 0.5, rumour = 0;
  double premium_learning = 0.3558, tolerated_risk = 0.43, local_thinker = 0.5;
  bool adaptation = true;
  double replacement = 0;
  // The three mended flaws.
  std::string costs = "base";
  bool holding = true, price_response = true;
  // Networks.
  std::int64_t most_legs = 4, most_new_corridors = 8, most_cut_edges = 8, idle_months = 6;
  double leg_penalty = 0, determinants = 1, liner_weight = 0.5, air_weight = 0.2;
  double exploration = 1;
  std::int64_t decision_days = 7;
  // Money.
  double bribe_share = 0.1, courier_wage = 2000, ticket = 800;
  double price_smoothing = 0.2, market_shift = 0.5, supply_growth = 0;
  // Modes: kg, days, USD.
  double container_cost = 500, container_cost_km = 150, container_days = 10, container_km_day = 600;
  double container_lot = 240, container_sigma = 1.2, container_most = 2000,
         container_capacity = 3000;
  double air_cargo_cost = 1500, air_cargo_cost_km = 300, air_cargo_days = 3,
         air_cargo_km_day = 10000;
  double air_cargo_lot = 15, air_cargo_sigma = 1, air_cargo_most = 200, air_cargo_capacity = 50;
  double parcel_cost = 3000, parcel_cost_km = 100, parcel_days = 7, parcel_km_day = 5000;
  double parcel_lot = 0.6, parcel_sigma = 0.8, parcel_most = 10, parcel_capacity = 5;
  double land_cost = 200, land_cost_km = 300, land_days = 1, land_km_day = 500;
  double land_lot = 25, land_sigma = 1, land_most = 500, land_capacity = 2000;
  double courier_cost = 3000, courier_cost_km = 200, courier_days = 1, courier_km_day = 15000;
  double courier_lot = 2, courier_sigma = 0.6, courier_most = 8, courier_capacity = 15;
  double sea_detour = 1.4, smallest_share = 0.5;
  // Insiders by class of the country's control of corruption, 1 = best controlled.
  double insider_1 = 0, insider_2 = 0.02, insider_3 = 0.05, insider_4 = 0.1, insider_5 = 0.15;
  // Reports.
  double reported = 0.9, report_delay_days = 60, report_twice = 0.05, report_smallest_kg = 0;
};

namespace trafficking_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/trafficking.md";
inline constexpr std::string_view narcologic =
    "Magliocca et al. (2019), PNAS 116:7784-7792 (NarcoLogic)";
inline constexpr std::string_view sizes =
    "invented within the sizes of seizures by mode that UNODC and EMCDDA publish, "
    "docs/odd/trafficking.md";
}  // namespace trafficking_sources

namespace trafficking_rows {
using Row = sim::Parameter<TraffickingParams>;
constexpr Row assumed(std::string_view path, std::string_view unit, std::string_view meaning,
                      double lo, double hi, double TraffickingParams::*field,
                      std::string_view source = trafficking_sources::invented) {
  return {path, unit, meaning, sim::Tag::assumed, source, lo, hi, field};
}
constexpr Row fitted(std::string_view path, std::string_view unit, std::string_view meaning,
                     double lo, double hi, double TraffickingParams::*field) {
  return {path, unit, meaning, sim::Tag::calibrated, trafficking_sources::narcologic,
          lo,   hi,   field};
}
constexpr Row whole(std::string_view path, std::string_view unit, std::string_view meaning,
                    double lo, double hi, std::int64_t TraffickingParams::*field,
                    std::string_view source = trafficking_sources::invented) {
  return {path, unit, meaning, sim::Tag::assumed, source, lo, hi, field};
}
constexpr Row flag(std::string_view path, std::string_view meaning,
                   bool TraffickingParams::*field) {
  return {path, "", meaning, sim::Tag::option, trafficking_sources::choice, 0, 1, field};
}
constexpr Row choice(std::string_view path, std::string_view meaning,
                     std::string TraffickingParams::*field, std::string_view allowed) {
  return {path, "", meaning, sim::Tag::option, trafficking_sources::choice, 0, 0, field, allowed};
}
}  // namespace trafficking_rows

// clang-format off
/// The eight rows of a mode.
#define CORRIDOR_MODE_ROWS(mode, words)                                                            \
  trafficking_rows::assumed("trafficking." #mode ".cost", "USD/kg", "cost of a crossing by " words ", without distance", 0, 1e6, &TraffickingParams::mode##_cost), \
  trafficking_rows::assumed("trafficking." #mode ".cost_km", "USD/kg/1000 km", "cost of distance by " words, 0, 1e6, &TraffickingParams::mode##_cost_km), \
  trafficking_rows::assumed("trafficking." #mode ".days", "day", "days of a crossing by " words ", without distance", 0, 365, &TraffickingParams::mode##_days), \
  trafficking_rows::assumed("trafficking." #mode ".km_day", "km/day", "speed by " words, 1, 1e5, &TraffickingParams::mode##_km_day), \
  trafficking_rows::assumed("trafficking." #mode ".lot", "kg", "median size of a consignment by " words, 0.01, 2000, &TraffickingParams::mode##_lot, trafficking_sources::sizes), \
  trafficking_rows::assumed("trafficking." #mode ".sigma", "1", "standard deviation of the log of that size", 0, 3, &TraffickingParams::mode##_sigma, trafficking_sources::sizes), \
  trafficking_rows::assumed("trafficking." #mode ".most", "kg", "largest consignment by " words, 0.01, 2000, &TraffickingParams::mode##_most, trafficking_sources::sizes), \
  trafficking_rows::assumed("trafficking." #mode ".capacity", "kg/month", "most that one organisation sends a month between two countries by " words, 0, 1e7, &TraffickingParams::mode##_capacity)

inline constexpr std::array trafficking_table{
    trafficking_rows::flag("trafficking.on", "whether organisations send goods", &TraffickingParams::on),
    trafficking_rows::choice("trafficking.perception", "what a month of losses on a route counts: the share that was lost, or one event", &TraffickingParams::perception, "share|event"),
    trafficking_rows::whole("trafficking.window_months", "month", "how far back losses are remembered", 1, 24, &TraffickingParams::window_months, trafficking_sources::narcologic),
    trafficking_rows::fitted("trafficking.risk_alpha", "1", "prior weight of loss in perceived risk", 0, 100, &TraffickingParams::risk_alpha),
    trafficking_rows::fitted("trafficking.risk_beta", "1", "prior weight of arrival in perceived risk", 0.01, 100, &TraffickingParams::risk_beta),
    trafficking_rows::assumed("trafficking.rumour", "1", "weight of the losses of others on the same route; 0 = nobody hears of them", 0, 1, &TraffickingParams::rumour),
    trafficking_rows::fitted("trafficking.premium_learning", "1", "how fast the risk premium follows perceived risk, a month", 0, 1, &TraffickingParams::premium_learning),
    trafficking_rows::fitted("trafficking.tolerated_risk", "1", "perceived risk above which carriers want a premium", 0.01, 1, &TraffickingParams::tolerated_risk),
    trafficking_rows::fitted("trafficking.local_thinker", "1", "discount of the less salient state; 1 = expected value", 0.01, 1, &TraffickingParams::local_thinker),
    trafficking_rows::flag("trafficking.adaptation", "whether losses change perceived risk, premiums and networks", &TraffickingParams::adaptation),
    trafficking_rows::assumed("trafficking.replacement", "1", "share of what was seized in a month that an organisation with a limit buys beside it in that month", 0, 1, &TraffickingParams::replacement),
    trafficking_rows::choice("trafficking.costs", "cost of a route: its base times the premium, or, unmended, last month's cost times the premium", &TraffickingParams::costs, "base|ratchet"),
    trafficking_rows::flag("trafficking.holding", "whether stock may wait when no way is worth it; false: it must move", &TraffickingParams::holding),
    trafficking_rows::flag("trafficking.price_response", "whether prices answer to what is delivered", &TraffickingParams::price_response),
    trafficking_rows::whole("trafficking.most_legs", "1", "most border crossings of a route", 1, 6, &TraffickingParams::most_legs),
    trafficking_rows::whole("trafficking.most_new_corridors", "1/month", "most corridors that an organisation opens a month", 0, 1000, &TraffickingParams::most_new_corridors),
    trafficking_rows::whole("trafficking.most_cut_edges", "1/month", "most edges that an organisation gives up a month", 0, 1000, &TraffickingParams::most_cut_edges),
    trafficking_rows::whole("trafficking.idle_months", "month", "months without goods after which an edge is given up", 1, 120, &TraffickingParams::idle_months),
    trafficking_rows::assumed("trafficking.leg_penalty", "1", "disutility of one more crossing", 0, 100, &TraffickingParams::leg_penalty),
    trafficking_rows::assumed("trafficking.determinants", "1", "weight of the published determinants (border 0.942, migrants 0.243 per log unit, language 0.249); 0 = none", 0, 10, &TraffickingParams::determinants, "Berlusconi et al. (2017); Aziani et al. (2021); their transfer to the world is assumed"),
    trafficking_rows::assumed("trafficking.liner_weight", "1", "weight of the log of both ends' liner connectivity for containers", 0, 10, &TraffickingParams::liner_weight),
    trafficking_rows::assumed("trafficking.air_weight", "1", "weight of the log of seats for air modes", 0, 10, &TraffickingParams::air_weight),
    trafficking_rows::assumed("trafficking.exploration", "1", "scale of the random utility of corridors that nobody has tried; 0 = the best are opened", 0, 10, &TraffickingParams::exploration),
    trafficking_rows::whole("trafficking.decision_days", "day", "days between two decisions of an organisation", 1, 31, &TraffickingParams::decision_days, trafficking_sources::choice),
    trafficking_rows::assumed("trafficking.bribe_share", "1", "share of a positive margin that goes to officials", 0, 1, &TraffickingParams::bribe_share),
    trafficking_rows::assumed("trafficking.courier_wage", "USD", "pay of a courier", 0, 1e6, &TraffickingParams::courier_wage),
    trafficking_rows::assumed("trafficking.ticket", "USD", "fare of a courier", 0, 1e6, &TraffickingParams::ticket),
    trafficking_rows::assumed("trafficking.price_smoothing", "1/month", "how fast prices follow what is delivered", 0, 1, &TraffickingParams::price_smoothing),
    trafficking_rows::assumed("trafficking.market_shift", "1", "exponent of a market's relative price in its share of new goods; 0 = by demand alone", 0, 5, &TraffickingParams::market_shift),
    trafficking_rows::assumed("trafficking.supply_growth", "1/year", "growth of supply after the last year of a source", -1, 2, &TraffickingParams::supply_growth, trafficking_sources::choice),
    CORRIDOR_MODE_ROWS(container, "container"),
    CORRIDOR_MODE_ROWS(air_cargo, "air cargo"),
    CORRIDOR_MODE_ROWS(parcel, "parcel"),
    CORRIDOR_MODE_ROWS(land, "land"),
    CORRIDOR_MODE_ROWS(courier, "air courier"),
    trafficking_rows::assumed("trafficking.sea_detour", "1", "sea distance over the great circle", 1, 3, &TraffickingParams::sea_detour),
    trafficking_rows::assumed("trafficking.smallest_share", "1", "share of a drawn size below which stock waits for more", 0, 1, &TraffickingParams::smallest_share),
    trafficking_rows::assumed("trafficking.insider.class_1", "1", "risk of an insider at posts of countries in the best fifth of control of corruption", 0, 1, &TraffickingParams::insider_1),
    trafficking_rows::assumed("trafficking.insider.class_2", "1", "the same in the second fifth", 0, 1, &TraffickingParams::insider_2),
    trafficking_rows::assumed("trafficking.insider.class_3", "1", "the same in the third fifth, and where there is no estimate", 0, 1, &TraffickingParams::insider_3),
    trafficking_rows::assumed("trafficking.insider.class_4", "1", "the same in the fourth fifth", 0, 1, &TraffickingParams::insider_4),
    trafficking_rows::assumed("trafficking.insider.class_5", "1", "the same in the last fifth", 0, 1, &TraffickingParams::insider_5),
    trafficking_rows::assumed("trafficking.report.probability", "1", "chance that a seizure is reported", 0, 1, &TraffickingParams::reported),
    trafficking_rows::assumed("trafficking.report.delay_days", "day", "mean days until it is (exponential)", 0, 3650, &TraffickingParams::report_delay_days),
    trafficking_rows::assumed("trafficking.report.twice", "1", "chance that it is counted twice", 0, 1, &TraffickingParams::report_twice),
    trafficking_rows::assumed("trafficking.report.smallest_kg", "kg", "seizures below this are never reported", 0, 2000, &TraffickingParams::report_smallest_kg),
};
#undef CORRIDOR_MODE_ROWS
// clang-format on
static_assert(sim::sound(trafficking_table));

/// What a mode costs, takes and carries.
struct ModeFigures {
  double cost = 0, cost_km = 0, days = 0, km_day = 1;          ///< USD/kg, USD/kg/1000 km, days
  double lot_kg = 1, sigma = 0, most_kg = 1, capacity_kg = 0;  ///< capacity a month
};
[[nodiscard]] constexpr std::array<ModeFigures, n_cargo_modes> mode_figures(
    const TraffickingParams& p) {
  return {{{p.container_cost, p.container_cost_km, p.container_days, p.container_km_day,
            p.container_lot, p.container_sigma, p.container_most, p.container_capacity},
           {p.air_cargo_cost, p.air_cargo_cost_km, p.air_cargo_days, p.air_cargo_km_day,
            p.air_cargo_lot, p.air_cargo_sigma, p.air_cargo_most, p.air_cargo_capacity},
           {p.parcel_cost, p.parcel_cost_km, p.parcel_days, p.parcel_km_day, p.parcel_lot,
            p.parcel_sigma, p.parcel_most, p.parcel_capacity},
           {p.land_cost, p.land_cost_km, p.land_days, p.land_km_day, p.land_lot, p.land_sigma,
            p.land_most, p.land_capacity},
           {p.courier_cost, p.courier_cost_km, p.courier_days, p.courier_km_day, p.courier_lot,
            p.courier_sigma, p.courier_most, p.courier_capacity}}};
}

/// Classes of countries by control of corruption: 1 (best) to 5; the limits are the fifths of the
/// estimates of 2019 over all countries, rounded. No estimate: 3.
inline constexpr std::size_t n_corruption_classes = 5;
[[nodiscard]] constexpr std::size_t corruption_class(double control, bool known) {
  if (!known) return 3;
  if (control >= 0.9) return 1;
  if (control >= 0.2) return 2;
  if (control >= -0.4) return 3;
  return control >= -0.9 ? 4 : 5;
}
/// Chance that somebody at a post of that class works for an organisation: it lowers selection,
/// inspection and confidentiality alike (the coupling multiplies by one minus it).
[[nodiscard]] constexpr double insider_risk(const TraffickingParams& p, std::size_t the_class) {
  const std::array<double, n_corruption_classes> table{p.insider_1, p.insider_2, p.insider_3,
                                                       p.insider_4, p.insider_5};
  return table[the_class - 1];
}

}  // namespace corridor::trafficking
