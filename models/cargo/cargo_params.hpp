// SPDX-License-Identifier: Apache-2.0
/// \file cargo_params.hpp  Ordinary trade, what its papers show, and the customs posts that look
/// into it.
///
/// Volumes are orders of magnitude; where a source is named as recall, it was not looked up again.
/// What illicit consignments show is declared, as for journeys (travel/signal_params.hpp): a ratio
/// r is a likelihood ratio, and whatever a rule gains restates it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/parameter_set.hpp"

namespace corridor::cargo {

struct CargoParams {
  std::string rules, rules_text;
  // Volumes.
  double containers_year = 1e8, air_shipments_year = 2e8, parcels_year = 1e10,
         land_loads_year = 6e7;
  double rows_inspected_day = 8;
  double gdp_exponent = 0.8, distance_exponent = -0.7, liner_exponent = 0.5,
         landlocked_factor = 0.2;
  std::string customs_unions = "EU";
  // Goods.
  double container_kg = 12'000, air_kg = 150, parcel_kg = 2, land_kg = 12'000;
  double weight_sigma = 0.6, heaviest_kg = 30'480;
  double container_usd_kg = 3, air_usd_kg = 60, parcel_usd_kg = 20, land_usd_kg = 3;
  double value_sigma = 1;
  double food_share = 0.1, raw_share = 0.1, chemical_share = 0.15, manufactured_share = 0.25,
         machinery_share = 0.2, textile_share = 0.1, waste_share = 0.02;
  // How often ordinary consignments show it.
  double unknown_rate = 0.02, new_rate = 0.1, authorised_rate = 0.3, broken_rate = 0.001,
         replaced_rate = 0.01, mismatch_rate = 0.03, low_value_rate = 0.05;
  // How much likelier illicit ones show it.
  double food_ratio = 2, unknown_ratio = 4, new_ratio = 2, authorised_ratio = 0.5, broken_ratio = 5,
         replaced_ratio = 5, mismatch_ratio = 4, low_value_ratio = 2;
  // Threat assessment: pairs of countries.
  std::string high_pairs, elevated_pairs;
  // Customs.
  double low_income_usd = 1'036, high_income_usd = 12'536;
  double share_low = 0.005, share_middle = 0.01, share_high = 0.02;
  double air_factor = 1, parcel_factor = 0.5, land_factor = 1;
  double random_floor = 0.1, flags_per_inspection = 3, reviews_per_inspection = 4;
  double review_minutes = 10, inspection_minutes = 120;
  double forward_threat = 0.9, forward_innocent = 0.4, confirm_match = 0.98, confirm_false = 0.05;
  double sensitivity = 0.7, specificity = 0.999, broken_noticed = 0.5;
  // What customs get for what they seize.
  std::string capacity_rule = "fixed";
  double capacity_learning = 0.6, capacity_target = 0.3417, capacity_least = 1.0 / 6,
         capacity_most = 1;
  double alert_coverage = 0, alert_false = 0;
};

namespace cargo_sources {
inline constexpr std::string_view choice = "choice";
inline constexpr std::string_view invented = "invented round number, docs/odd/cargo.md";
inline constexpr std::string_view containers =
    "assumption: 150 to 200 million TEU of containerised trade a year (UNCTAD, recall) at 1.6 to 2 "
    "TEU a container";
inline constexpr std::string_view air =
    "assumption: 40 million tonnes by air across borders a year (IATA, order of magnitude, recall) "
    "at 200 kg a shipment";
inline constexpr std::string_view parcels =
    "assumption: about one parcel a year for each person; no public total was found";
inline constexpr std::string_view loads =
    "assumption: five times the trucks of the United States, whose ports process 78,703 trucks, "
    "rail and sea containers a day (US CBP FY2019)";
inline constexpr std::string_view gravity =
    "assumption within the range of Head and Mayer (2014): income 0.7 to 1.1, distance -0.6 to "
    "-1.2";
inline constexpr std::string_view heaviest = "ISO 668: 30,480 kg gross";
inline constexpr std::string_view income =
    "World Bank income groups of 2019 (national income per head, here domestic product)";
inline constexpr std::string_view scanned =
    "assumption between 1.5 % at EU ports and 3.7 % in the United States (2020s, weak)";
inline constexpr std::string_view narcologic =
    "Magliocca et al. (2019), PNAS 116:7784, of police there; for customs it is assumed";
inline constexpr std::string_view assessment = "dated and sourced by the scenario";
}  // namespace cargo_sources

inline constexpr auto cargo_number =
    [](std::string_view path, std::string_view unit, std::string_view meaning, double lo, double hi,
       double CargoParams::*field, std::string_view source = cargo_sources::invented,
       sim::Tag tag = sim::Tag::assumed) {
      return sim::Parameter<CargoParams>{path, unit, meaning, tag, source, lo, hi, field};
    };
inline constexpr auto cargo_share = [](std::string_view path, std::string_view meaning,
                                       double CargoParams::*field,
                                       std::string_view source = cargo_sources::invented) {
  return cargo_number(path, "1", meaning, 0, 1, field, source);
};
inline constexpr auto cargo_ratio = [](std::string_view path, std::string_view meaning,
                                       double CargoParams::*field) {
  return cargo_number(path, "1", meaning, 0, 100, field);
};
inline constexpr auto cargo_text = [](std::string_view path, std::string_view meaning,
                                      std::string CargoParams::*field,
                                      std::string_view source = cargo_sources::choice) {
  return sim::Parameter<CargoParams>{path, "", meaning, sim::Tag::option, source, 0, 0, field};
};

inline constexpr std::array cargo_table{
    cargo_text("cargo.rules", "rule file that scores consignments; empty = none",
               &CargoParams::rules),
    cargo_text("cargo.rules_text",
               "the rules themselves; filled from cargo.rules, so that a result holds what scored",
               &CargoParams::rules_text),
    cargo_number("cargo.volume.containers_year", "1/year",
                 "loaded containers that cross a customs border by sea", 0, 1e10,
                 &CargoParams::containers_year, cargo_sources::containers),
    cargo_number("cargo.volume.air_shipments_year", "1/year",
                 "shipments of air cargo that cross a customs border", 0, 1e11,
                 &CargoParams::air_shipments_year, cargo_sources::air),
    cargo_number("cargo.volume.parcels_year", "1/year", "parcels that cross a customs border", 0,
                 1e12, &CargoParams::parcels_year, cargo_sources::parcels),
    cargo_number("cargo.volume.land_loads_year", "1/year",
                 "loaded trucks and rail containers that cross a customs border by land", 0, 1e10,
                 &CargoParams::land_loads_year, cargo_sources::loads),
    sim::Parameter<CargoParams>{
        "cargo.volume.rows_inspected_day", "1/day",
        "a post of air cargo, parcels or loads by land lists as many rows as leave it so many to "
        "inspect a day, at most; where more pass, a row stands for a lot of them",
        sim::Tag::option, cargo_sources::choice, 0.01, 1e9, &CargoParams::rows_inspected_day},
    cargo_number("cargo.volume.gdp_exponent", "1",
                 "exponent of the product of both countries' domestic products", 0, 3,
                 &CargoParams::gdp_exponent, cargo_sources::gravity),
    cargo_number("cargo.volume.distance_exponent", "1", "exponent of the distance", -4, 0,
                 &CargoParams::distance_exponent, cargo_sources::gravity),
    cargo_number("cargo.volume.liner_exponent", "1",
                 "exponent of both countries' liner shipping connectivity, for containers", 0, 3,
                 &CargoParams::liner_exponent),
    cargo_number("cargo.volume.landlocked_factor", "1",
                 "containers of a country without liner calls, against one of connectivity 100", 0,
                 100, &CargoParams::landlocked_factor),
    cargo_text("cargo.volume.customs_unions",
               "codes of organisations, separated by commas: no customs between their members",
               &CargoParams::customs_unions),
    cargo_number("cargo.goods.container_kg", "kg", "median gross weight of a container", 1, 1e6,
                 &CargoParams::container_kg),
    cargo_number("cargo.goods.air_kg", "kg", "median weight of an air shipment", 1, 1e6,
                 &CargoParams::air_kg),
    cargo_number("cargo.goods.parcel_kg", "kg", "median weight of a parcel", 1, 1e6,
                 &CargoParams::parcel_kg),
    cargo_number("cargo.goods.land_kg", "kg", "median weight of a load by land", 1, 1e6,
                 &CargoParams::land_kg),
    cargo_number("cargo.goods.weight_sigma", "1", "standard deviation of the log of weights", 0, 3,
                 &CargoParams::weight_sigma),
    cargo_number("cargo.goods.heaviest_kg", "kg", "weights are cut here", 1, 1e6,
                 &CargoParams::heaviest_kg, cargo_sources::heaviest, sim::Tag::observed),
    cargo_number("cargo.goods.container_usd_kg", "USD/kg", "median value of goods in containers",
                 0.01, 1e5, &CargoParams::container_usd_kg),
    cargo_number("cargo.goods.air_usd_kg", "USD/kg", "median value of air cargo", 0.01, 1e5,
                 &CargoParams::air_usd_kg),
    cargo_number("cargo.goods.parcel_usd_kg", "USD/kg", "median value of parcels", 0.01, 1e5,
                 &CargoParams::parcel_usd_kg),
    cargo_number("cargo.goods.land_usd_kg", "USD/kg", "median value of loads by land", 0.01, 1e5,
                 &CargoParams::land_usd_kg),
    cargo_number("cargo.goods.value_sigma", "1",
                 "standard deviation of the log of the value of a kilogram", 0, 3,
                 &CargoParams::value_sigma),
    cargo_share("cargo.goods.food_share", "share of consignments that are food",
                &CargoParams::food_share),
    cargo_share("cargo.goods.raw_share", "share that are raw material", &CargoParams::raw_share),
    cargo_share("cargo.goods.chemical_share", "share that are chemicals",
                &CargoParams::chemical_share),
    cargo_share("cargo.goods.manufactured_share", "share that are manufactured goods",
                &CargoParams::manufactured_share),
    cargo_share("cargo.goods.machinery_share", "share that are machinery",
                &CargoParams::machinery_share),
    cargo_share("cargo.goods.textile_share", "share that are textiles",
                &CargoParams::textile_share),
    cargo_share("cargo.goods.waste_share", "share that are waste; what all leave is mixed goods",
                &CargoParams::waste_share),
    cargo_share("cargo.signals.unknown_rate", "share of ordinary consignments of unknown shippers",
                &CargoParams::unknown_rate),
    cargo_share("cargo.signals.new_rate", "share of ordinary consignments of new shippers",
                &CargoParams::new_rate),
    cargo_share("cargo.signals.authorised_rate",
                "share of ordinary consignments of authorised shippers; the rest are regular",
                &CargoParams::authorised_rate),
    cargo_share("cargo.signals.broken_rate",
                "share of ordinary containers and loads by land whose seal is broken",
                &CargoParams::broken_rate),
    cargo_share("cargo.signals.replaced_rate",
                "share of ordinary containers and loads by land whose seal was replaced",
                &CargoParams::replaced_rate),
    cargo_share("cargo.signals.mismatch_rate",
                "share of ordinary consignments whose documents disagree",
                &CargoParams::mismatch_rate),
    cargo_share("cargo.signals.low_value_rate",
                "share of ordinary consignments that count as low in value for their weight",
                &CargoParams::low_value_rate),
    cargo_ratio("cargo.signals.food_ratio", "likelihood ratio of food", &CargoParams::food_ratio),
    cargo_ratio("cargo.signals.unknown_ratio", "likelihood ratio of an unknown shipper",
                &CargoParams::unknown_ratio),
    cargo_ratio("cargo.signals.new_ratio", "likelihood ratio of a new shipper",
                &CargoParams::new_ratio),
    cargo_ratio("cargo.signals.authorised_ratio",
                "likelihood ratio of an authorised shipper; below 1 it speaks for the consignment",
                &CargoParams::authorised_ratio),
    cargo_ratio("cargo.signals.broken_ratio", "likelihood ratio of a broken seal",
                &CargoParams::broken_ratio),
    cargo_ratio("cargo.signals.replaced_ratio", "likelihood ratio of a replaced seal",
                &CargoParams::replaced_ratio),
    cargo_ratio("cargo.signals.mismatch_ratio", "likelihood ratio of documents that disagree",
                &CargoParams::mismatch_ratio),
    cargo_ratio("cargo.signals.low_value_ratio", "likelihood ratio of a low value",
                &CargoParams::low_value_ratio),
    cargo_text("cargo.assessment.high",
               "pairs of countries of class high like \"ARA-BEL\", in the threat assessment of "
               "risk.assessment",
               &CargoParams::high_pairs, cargo_sources::assessment),
    cargo_text("cargo.assessment.elevated", "pairs of countries of class elevated",
               &CargoParams::elevated_pairs, cargo_sources::assessment),
    cargo_number("cargo.customs.low_income_usd", "USD",
                 "below this income per head a country's customs are of the lowest class", 0, 1e9,
                 &CargoParams::low_income_usd, cargo_sources::income, sim::Tag::observed),
    cargo_number("cargo.customs.high_income_usd", "USD",
                 "from this income per head on a country's customs are of the highest class", 0,
                 1e9, &CargoParams::high_income_usd, cargo_sources::income, sim::Tag::observed),
    cargo_share("cargo.customs.share_low",
                "share of containers that customs of the lowest class can inspect",
                &CargoParams::share_low),
    cargo_share("cargo.customs.share_middle", "the same of the middle class",
                &CargoParams::share_middle),
    cargo_share("cargo.customs.share_high", "the same of the highest class",
                &CargoParams::share_high, cargo_sources::scanned),
    cargo_number("cargo.customs.air_factor", "1",
                 "share of air cargo that can be inspected, against containers", 0, 50,
                 &CargoParams::air_factor),
    cargo_number("cargo.customs.parcel_factor", "1",
                 "share of parcels that can be inspected, against containers", 0, 50,
                 &CargoParams::parcel_factor),
    cargo_number("cargo.customs.land_factor", "1",
                 "share of loads by land that can be inspected, against containers", 0, 50,
                 &CargoParams::land_factor),
    cargo_share("cargo.customs.random_floor",
                "share of reviews and inspections that is kept for consignments drawn at random; "
                "so many are drawn",
                &CargoParams::random_floor),
    cargo_number("cargo.customs.flags_per_inspection", "1",
                 "consignments that rules may flag for each that can be inspected", 0, 100,
                 &CargoParams::flags_per_inspection),
    cargo_number("cargo.customs.reviews_per_inspection", "1",
                 "consignments that can be reviewed for each that can be inspected", 0, 100,
                 &CargoParams::reviews_per_inspection),
    cargo_number("cargo.customs.review_minutes", "min", "time of one review by a person", 1, 1440,
                 &CargoParams::review_minutes),
    cargo_number("cargo.customs.inspection_minutes", "min", "time of one inspection by a team", 1,
                 1440, &CargoParams::inspection_minutes),
    cargo_share("cargo.customs.forward_threat",
                "chance that a reviewer sends on a flag of the rules when something is wrong",
                &CargoParams::forward_threat),
    cargo_share("cargo.customs.forward_innocent",
                "chance that a reviewer sends on a flag of the rules when nothing is wrong",
                &CargoParams::forward_innocent),
    cargo_share("cargo.customs.confirm_match",
                "chance that a reviewer confirms an alert that is right",
                &CargoParams::confirm_match),
    cargo_share("cargo.customs.confirm_false",
                "chance that a reviewer confirms an alert that is wrong",
                &CargoParams::confirm_false),
    cargo_share("cargo.customs.sensitivity", "chance that an inspection finds contraband",
                &CargoParams::sensitivity),
    cargo_share("cargo.customs.specificity",
                "chance that an inspection clears goods with nothing to find",
                &CargoParams::specificity),
    cargo_share("cargo.customs.broken_noticed",
                "chance that an officer at the gate notices a broken seal and refers it",
                &CargoParams::broken_noticed),
    sim::Parameter<CargoParams>{
        "cargo.capacity.rule", "",
        "what customs can inspect from month to month: as it is; more where more of what is sent "
        "is seized (reinforcing); more where less is (compensating)",
        sim::Tag::option, cargo_sources::narcologic, 0, 0, &CargoParams::capacity_rule,
        "fixed|reinforcing|compensating"},
    cargo_number("cargo.capacity.learning", "1", "how fast it follows", 0, 1,
                 &CargoParams::capacity_learning, cargo_sources::narcologic, sim::Tag::calibrated),
    cargo_number("cargo.capacity.target", "1", "share of what is sent that is asked of customs",
                 0.001, 1, &CargoParams::capacity_target, cargo_sources::narcologic,
                 sim::Tag::calibrated),
    cargo_number("cargo.capacity.least", "1", "least share that stays of what they can inspect",
                 0.001, 1, &CargoParams::capacity_least, cargo_sources::narcologic,
                 sim::Tag::calibrated),
    cargo_number("cargo.capacity.most", "1",
                 "most that they can come to, against what they can inspect at first", 1, 10,
                 &CargoParams::capacity_most, cargo_sources::narcologic, sim::Tag::calibrated),
    cargo_share("cargo.alerts.coverage", "share of illicit consignments that an alert names",
                &CargoParams::alert_coverage),
    cargo_share("cargo.alerts.false_match",
                "share of ordinary consignments that an alert names by mistake",
                &CargoParams::alert_false),
};
static_assert(sim::sound(cargo_table));

}  // namespace corridor::cargo
