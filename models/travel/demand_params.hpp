// SPDX-License-Identifier: Apache-2.0
/// \file demand_params.hpp  Every number that decides how many people travel where, one row each.
///
/// The struct holds the values (its initialisers are the only defaults); the table says what each
/// of them means, what it may be and where it comes from. Equations: docs/odd/demand.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/parameter.hpp"

namespace corridor::travel {

struct DemandParams {
  // Level and published margins.
  double world_trips = 1.46e9;
  double arrivals_europe = 0.51, arrivals_asia_pacific = 0.25, arrivals_americas = 0.15;
  double arrivals_africa = 0.05, arrivals_middle_east = 0.04;
  double departures_europe = 0.48, departures_asia_pacific = 0.26, departures_americas = 0.17;
  double departures_africa = 0.03, departures_middle_east = 0.03;
  double share_air = 0.58, share_land = 0.37, share_sea = 0.05;
  double margin_trust = 0.3;

  // Pair seed.
  std::string seed = "gravity";
  double distance_exponent = -0.65, distance_exponent_far = -0.75, distance_far_km = 2500;
  double border_effect = 0.6, language_effect = 0.2, colonial_effect = 0.25,
         migrant_exponent = 0.18;
  double mass_population_exponent = 0.7, mass_income_exponent = 1.0;
  double min_pair_trips = 2;

  // Country margins where none is published.
  double arrivals_constant = -2.6, arrivals_population = 0.15, arrivals_income = 0.15;
  double arrivals_flights = 0.8, arrivals_potential = 0.25;
  double departures_constant = -8.0, departures_population = 0.55, departures_income = 0.6;
  double departures_flights = 0.2, departures_potential = 0.3;

  // Modes.
  double access_elasticity = 0.5, air_service_weight = 0.35;
  double land_constant = 3.5, land_range_km = 350, land_border_penalty = 0.3;
  double sea_constant = 3.3, sea_range_km = 150;
  double land_route_scale_km = 150;
  std::string closed_borders = "ARM-AZE ARM-TUR DZA-MAR ISR-LBN ISR-SYR KOR-PRK ERI-DJI COL-PAN";

  // Airports of a country.
  double catchment_range_km = 80, catchment_reach_km = 250, catchment_service_exponent = 0.7;
  double catchment_service_share = 0.5, cross_border_reach_km = 300, cross_border_penalty = 0.7;

  // Choice among air itineraries.
  double frequency_exponent = 1.0, time_weight_per_hour = 0.4, cruise_kmh = 800;
  double hours_per_transfer = 2.5, transfer_penalty = 4.2, second_transfer_penalty = -1.9;
  double airport_distance_exponent = -0.3;
  double max_detour_ratio = 2.0, detour_slack_km = 800;
  double min_itinerary_trips = 60, min_itinerary_share = 2e-5;
  std::int64_t max_itineraries_per_pair = 4000;

  // Fit on air legs.
  double load_factor = 0.82, leg_holdout_share = 0.2;
  std::int64_t leg_holdout_key = 2019;
  std::int64_t group_rounds = 12, leg_rounds = 12, margin_cycles = 30;
  double fit_damping = 0.6, fit_limit = 8, airport_limit = 300;
};

namespace demand_rows {
inline constexpr std::string_view fit_bilateral =
    "fitted by hand to published bilateral estimates (KCMD-EUI 2016), not shipped";
inline constexpr std::string_view fit_margins =
    "log regression by hand on published country totals of 2019 (UN Tourism), not shipped";
inline constexpr std::string_view arrivals_source =
    "UN Tourism (UNWTO), International Tourism 2019/2020 (TRV-080..084)";
inline constexpr std::string_view departures_source =
    "UN Tourism (UNWTO), Tourism Highlights 2018-2019 editions, outbound by region; 3 % "
    "unspecified left out";
inline constexpr std::string_view modes_source =
    "UN Tourism (UNWTO), Tourism Highlights 2019 edition, means of transport 2018 (TRV-085..089)";
inline constexpr std::string_view fit_transfer =
    "set by hand so that about 0.22 of passengers transfer and 0.03 twice (TRV-136, 137)";
inline constexpr std::string_view fit_modes =
    "set by hand so that the mode margins need a factor near 1";
}  // namespace demand_rows

inline constexpr std::array demand_table = [] {
  using P = DemandParams;
  using Row = sim::Parameter<P>;
  using sim::Tag;
  using namespace demand_rows;
  return std::to_array<Row>({
      {"travel.demand.world_trips", "trip/year", "overnight trips abroad in the world",
       Tag::observed,
       "UN Tourism (UNWTO), 2019 revised: 1.46 bn arrivals (TRV-070); one arrival counts as one "
       "trip",
       1, 1e11, &P::world_trips},
      {"travel.demand.arrivals_europe", "1", "share of world arrivals in Europe", Tag::observed,
       arrivals_source, 0, 1, &P::arrivals_europe},
      {"travel.demand.arrivals_asia_pacific", "1",
       "share of world arrivals in Asia and the Pacific", Tag::observed, arrivals_source, 0, 1,
       &P::arrivals_asia_pacific},
      {"travel.demand.arrivals_americas", "1", "share of world arrivals in the Americas",
       Tag::observed, arrivals_source, 0, 1, &P::arrivals_americas},
      {"travel.demand.arrivals_africa", "1", "share of world arrivals in Africa", Tag::observed,
       arrivals_source, 0, 1, &P::arrivals_africa},
      {"travel.demand.arrivals_middle_east", "1", "share of world arrivals in the Middle East",
       Tag::observed, arrivals_source, 0, 1, &P::arrivals_middle_east},
      {"travel.demand.departures_europe", "1", "share of world trips made by residents of Europe",
       Tag::observed, departures_source, 0, 1, &P::departures_europe},
      {"travel.demand.departures_asia_pacific", "1",
       "share of world trips made by residents of Asia and the Pacific", Tag::observed,
       departures_source, 0, 1, &P::departures_asia_pacific},
      {"travel.demand.departures_americas", "1",
       "share of world trips made by residents of the Americas", Tag::observed, departures_source,
       0, 1, &P::departures_americas},
      {"travel.demand.departures_africa", "1", "share of world trips made by residents of Africa",
       Tag::observed, departures_source, 0, 1, &P::departures_africa},
      {"travel.demand.departures_middle_east", "1",
       "share of world trips made by residents of the Middle East", Tag::observed,
       departures_source, 0, 1, &P::departures_middle_east},
      {"travel.demand.share_air", "1", "share of trips by air", Tag::observed, modes_source, 0, 1,
       &P::share_air},
      {"travel.demand.share_land", "1", "share of trips by road and rail", Tag::observed,
       modes_source, 0, 1, &P::share_land},
      {"travel.demand.share_sea", "1", "share of trips by water", Tag::observed, modes_source, 0, 1,
       &P::share_sea},
      {"travel.demand.margin_trust", "1",
       "how firmly a country total that no publication gives holds against the air legs: 1 = "
       "fixed, 0 = free",
       Tag::assumed,
       "assumption: a modelled country total errs by a factor of about 2, seats by much less", 0, 1,
       &P::margin_trust},

      {"travel.demand.seed", "", "what the trips between two countries start from", Tag::option,
       "gravity, or radiation (Simini et al. 2012) as a structural alternative", 0, 0, &P::seed,
       "gravity|radiation"},
      {"travel.demand.distance_exponent", "1", "distance elasticity of trips", Tag::calibrated,
       fit_bilateral, -4, 0, &P::distance_exponent},
      {"travel.demand.distance_exponent_far", "1",
       "what is added to the elasticity beyond distance_far_km", Tag::calibrated, fit_bilateral, -4,
       2, &P::distance_exponent_far},
      {"travel.demand.distance_far_km", "km", "distance from which distance_exponent_far is added",
       Tag::calibrated, fit_bilateral, 1, 20000, &P::distance_far_km},
      {"travel.demand.border_effect", "log", "log factor of a shared land border", Tag::calibrated,
       fit_bilateral, -5, 5, &P::border_effect},
      {"travel.demand.language_effect", "log", "log factor of a common language", Tag::calibrated,
       fit_bilateral, -5, 5, &P::language_effect},
      {"travel.demand.colonial_effect", "log", "log factor of a colonial link", Tag::calibrated,
       fit_bilateral, -5, 5, &P::colonial_effect},
      {"travel.demand.migrant_exponent", "1",
       "elasticity on 1 + migrants of either country living in the other", Tag::calibrated,
       fit_bilateral, 0, 2, &P::migrant_exponent},
      {"travel.demand.mass_population_exponent", "1", "population elasticity of a country's mass",
       Tag::calibrated, fit_margins, 0, 3, &P::mass_population_exponent},
      {"travel.demand.mass_income_exponent", "1", "income elasticity of a country's mass",
       Tag::calibrated, fit_margins, 0, 3, &P::mass_income_exponent},
      {"travel.demand.min_pair_trips", "trip/year", "pairs of countries below this are left out",
       Tag::assumed,
       "assumption: keeps the list of pairs short; the others meet the margins without them", 0,
       1e6, &P::min_pair_trips},

      {"travel.demand.arrivals_constant", "log", "constant of the model of a country's arrivals",
       Tag::calibrated, fit_margins, -50, 50, &P::arrivals_constant},
      {"travel.demand.arrivals_population", "1", "population elasticity of arrivals",
       Tag::calibrated, fit_margins, -1, 3, &P::arrivals_population},
      {"travel.demand.arrivals_income", "1", "income elasticity of arrivals", Tag::calibrated,
       fit_margins, -1, 3, &P::arrivals_income},
      {"travel.demand.arrivals_flights", "1", "elasticity of arrivals on international flights",
       Tag::calibrated, fit_margins, 0, 3, &P::arrivals_flights},
      {"travel.demand.arrivals_potential", "1",
       "elasticity of arrivals on the mass of the countries around", Tag::calibrated, fit_margins,
       -1, 3, &P::arrivals_potential},
      {"travel.demand.departures_constant", "log",
       "constant of the model of a country's trips abroad", Tag::calibrated, fit_margins, -50, 50,
       &P::departures_constant},
      {"travel.demand.departures_population", "1", "population elasticity of trips abroad",
       Tag::calibrated, fit_margins, -1, 3, &P::departures_population},
      {"travel.demand.departures_income", "1", "income elasticity of trips abroad", Tag::calibrated,
       fit_margins, -1, 3, &P::departures_income},
      {"travel.demand.departures_flights", "1",
       "elasticity of trips abroad on international flights", Tag::calibrated, fit_margins, 0, 3,
       &P::departures_flights},
      {"travel.demand.departures_potential", "1",
       "elasticity of trips abroad on the mass of the countries around", Tag::calibrated,
       fit_margins, -1, 3, &P::departures_potential},

      {"travel.demand.access_elasticity", "1",
       "elasticity of a pair's trips on the ease of access by all modes", Tag::calibrated,
       fit_modes, 0, 1, &P::access_elasticity},
      {"travel.demand.air_service_weight", "1",
       "weight of the log of air service in the choice of mode", Tag::calibrated, fit_modes, 0, 2,
       &P::air_service_weight},
      {"travel.demand.land_constant", "log",
       "utility of land at no distance, against one flight a day", Tag::calibrated, fit_modes, -20,
       20, &P::land_constant},
      {"travel.demand.land_range_km", "km", "distance over which the odds of land fall by e",
       Tag::calibrated, fit_modes, 1, 1e5, &P::land_range_km},
      {"travel.demand.land_border_penalty", "log", "loss of utility by each border after the first",
       Tag::assumed, "assumption: a border costs about as much as 100 km", 0, 20,
       &P::land_border_penalty},
      {"travel.demand.sea_constant", "log",
       "utility of a ferry at no distance, against one flight a day", Tag::calibrated, fit_modes,
       -20, 20, &P::sea_constant},
      {"travel.demand.sea_range_km", "km", "distance over which the odds of the sea fall by e",
       Tag::calibrated, fit_modes, 1, 1e5, &P::sea_range_km},
      {"travel.demand.land_route_scale_km", "km",
       "extra distance at which a land route is chosen e times less often", Tag::assumed,
       "assumption: a few hours of driving decide", 1, 1e5, &P::land_route_scale_km},
      {"travel.demand.closed_borders", "",
       "land borders closed to travellers, ISO codes A-B, separated by blanks", Tag::observed,
       "public reports of 2019; codes that the world does not have are ignored", 0, 0,
       &P::closed_borders},

      {"travel.demand.catchment_range_km", "km",
       "distance over which an airport's pull on a city falls by e", Tag::assumed,
       "assumption: about an hour by road", 1, 1e4, &P::catchment_range_km},
      {"travel.demand.catchment_reach_km", "km",
       "farthest airport that a city uses, unless none is nearer", Tag::assumed,
       "assumption: about three hours by road", 1, 1e4, &P::catchment_reach_km},
      {"travel.demand.catchment_service_exponent", "1",
       "pull of an airport on a city: elasticity on its flights", Tag::assumed,
       "assumption, between 0 (nearest only) and 1 (a flight is a flight)", 0, 3,
       &P::catchment_service_exponent},
      {"travel.demand.catchment_service_share", "1",
       "share of trip ends at airports by international flights, not by cities (resorts, islands)",
       Tag::assumed, "assumption: about half of the trips are to where people do not live", 0, 1,
       &P::catchment_service_share},
      {"travel.demand.cross_border_reach_km", "km",
       "how far a country without an airport looks across its borders", Tag::assumed,
       "assumption: Andorra to Barcelona and Toulouse is 150 to 200 km", 1, 1e4,
       &P::cross_border_reach_km},
      {"travel.demand.cross_border_penalty", "log",
       "loss of air service by using a neighbour's airport", Tag::assumed,
       "assumption: half of the service", 0, 20, &P::cross_border_penalty},

      {"travel.demand.frequency_exponent", "1",
       "elasticity of an itinerary's choice on its flights (geometric mean)", Tag::calibrated,
       "set by hand on the legs' flights and seats; 1 = each flight is an alternative", 0, 3,
       &P::frequency_exponent},
      {"travel.demand.time_weight_per_hour", "1/h", "loss of utility by an hour of travel",
       Tag::calibrated, fit_transfer, 0, 10, &P::time_weight_per_hour},
      {"travel.demand.cruise_kmh", "km/h", "speed of a flight between its ends", Tag::assumed,
       "assumption: block speed of a jet on 1,500 km and more", 100, 2000, &P::cruise_kmh},
      {"travel.demand.hours_per_transfer", "h", "time that a transfer adds", Tag::assumed,
       "assumption: two hours on the ground, half an hour of approach and climb", 0, 48,
       &P::hours_per_transfer},
      {"travel.demand.transfer_penalty", "log", "loss of utility by a transfer beside its time",
       Tag::calibrated, fit_transfer, 0, 20, &P::transfer_penalty},
      {"travel.demand.second_transfer_penalty", "log",
       "further loss by the second transfer; negative: it costs less than the first",
       Tag::calibrated, fit_transfer, -20, 20, &P::second_transfer_penalty},
      {"travel.demand.airport_distance_exponent", "1",
       "elasticity on distance among the airport pairs of two countries", Tag::assumed,
       "assumption: half of distance_exponent, as distance decides less within a pair of countries",
       -4, 0, &P::airport_distance_exponent},
      {"travel.demand.max_detour_ratio", "1",
       "longest itinerary, as a multiple of the great circle", Tag::assumed,
       "assumption; longer ones have no weight in the logit", 1, 20, &P::max_detour_ratio},
      {"travel.demand.detour_slack_km", "km", "and this much on top", Tag::assumed,
       "assumption: short trips by way of a hub", 0, 40000, &P::detour_slack_km},
      {"travel.demand.min_itinerary_trips", "trip/year",
       "itineraries expected to be used less are left out", Tag::option,
       "size of the list against detail", 0, 1e9, &P::min_itinerary_trips},
      {"travel.demand.min_itinerary_share", "1",
       "itineraries with a smaller share of their pair are left out", Tag::option,
       "size of the list against detail", 0, 1, &P::min_itinerary_share},
      {"travel.demand.max_itineraries_per_pair", "1", "longest list of a pair", Tag::option,
       "size of the list against detail", 1, 1e6, &P::max_itineraries_per_pair},

      {"travel.demand.load_factor", "1", "passengers per seat of international legs", Tag::observed,
       "IATA, full year 2019: 0.826 of all, international about the same (TRV-025)", 0.01, 1,
       &P::load_factor},
      {"travel.demand.leg_holdout_share", "1",
       "share of airport pairs, chosen by hash, that the fit does not see", Tag::option,
       "for validation", 0, 1, &P::leg_holdout_share},
      {"travel.demand.leg_holdout_key", "", "key of that hash", Tag::option, "for validation", 0,
       1e15, &P::leg_holdout_key},
      {"travel.demand.group_rounds", "1", "rounds of the fit by airport and pair of countries",
       Tag::assumed, "assumption: legs that are held out gain nothing from more", 0, 1000,
       &P::group_rounds},
      {"travel.demand.leg_rounds", "1", "rounds of the fit by leg", Tag::assumed,
       "assumption: 20 rounds instead of 12 move the share of transfers by 0.005", 0, 1000,
       &P::leg_rounds},
      {"travel.demand.margin_cycles", "1",
       "cycles of proportional fitting on margins in each round", Tag::assumed,
       "assumption: leaves every margin of the shipped world within 1e-4", 1, 10000,
       &P::margin_cycles},
      {"travel.demand.fit_damping", "1", "exponent of each correction by leg", Tag::assumed,
       "assumption: under 1, because an itinerary has up to three legs", 0.01, 1, &P::fit_damping},
      {"travel.demand.airport_limit", "1",
       "largest correction of an airport over all rounds, and its inverse", Tag::assumed,
       "assumption: catchments know cities, not what brings people there", 1, 1e4,
       &P::airport_limit},
      {"travel.demand.fit_limit", "1",
       "largest correction of a leg or pair of countries over all rounds, and its inverse",
       Tag::assumed,
       "assumption: seats and country totals that contradict each other must not drive each other "
       "off",
       1, 1000, &P::fit_limit},
  });
}();

}  // namespace corridor::travel
