// SPDX-License-Identifier: Apache-2.0
/// \file actors.hpp  Conflict zones, their gateways, and how many people of which region set out:
/// the rows of the actors file that this model reads.
///
/// `[[conflict_zone]]` names the destinations, `[[gateway_policy]]` what states do at a gateway
/// from a day on, `[[mobilisation]]` totals by region with their source. A region is a list of UN
/// subregions, world regions and codes of countries; a country that several rows of one zone cover
/// belongs to the row that names it most narrowly. In a world with real names a row covers five
/// countries or more: totals are of regions, never of a country. People of a zone's own country are
/// not counted: these are foreign fighters.
/// Checked in tests/models/fighters/test_actors.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/fighters/fighters_params.hpp"
#include "models/world/world.hpp"
#include "sim/calendar.hpp"
#include "sim/row_text.hpp"

namespace corridor::fighters {

inline constexpr std::size_t least_countries_of_a_total = 5;  ///< where names are real
inline constexpr std::size_t most_gateways = 12;              ///< of one zone
inline constexpr std::size_t most_air_gateways = 6;           ///< of those that are derived

struct ZoneRow {
  std::string name, country, gateways;
  std::string opens = "1900-01-01", closes = "9999-12-31";
  double attractiveness = 1;
  std::string source;
};
struct PolicyRow {
  std::string country, from = "1900-01-01", to = "9999-12-31";
  double signal = 0, crossing_factor = 1;
  bool closed = false;
  std::string source;
};
struct MobilisationRow {
  std::string region, zone, from, to, shape = "constant", peak = "1900-01-01";
  double total = 0, width_days = 180, concentration = 1, return_factor = 1;
  std::string source;
};

namespace fighters_actor_sources {
inline constexpr std::string_view scenario = "the scenario, with source";
}

inline constexpr std::array zone_table{
    sim::Parameter<ZoneRow>{"conflict_zone.name", "", "name of the zone", sim::Tag::option,
                            fighters_actor_sources::scenario, 0, 0, &ZoneRow::name},
    sim::Parameter<ZoneRow>{"conflict_zone.country", "", "ISO code of the country it lies in",
                            sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                            &ZoneRow::country},
    sim::Parameter<ZoneRow>{"conflict_zone.gateways", "USD",
                            "countries that the last step is made from, with its cost, as in "
                            "\"XAA:300 XAB\"; empty: neighbours, and countries by flights where "
                            "fewer than two",
                            sim::Tag::assumed, fighters_actor_sources::scenario, 0, 0,
                            &ZoneRow::gateways},
    sim::Parameter<ZoneRow>{"conflict_zone.opens", "date", "first day as a destination",
                            sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                            &ZoneRow::opens},
    sim::Parameter<ZoneRow>{"conflict_zone.closes", "date", "last day as a destination",
                            sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                            &ZoneRow::closes},
    sim::Parameter<ZoneRow>{"conflict_zone.attractiveness", "1", "weight among open zones",
                            sim::Tag::assumed, fighters_actor_sources::scenario, 0, 1e6,
                            &ZoneRow::attractiveness},
    sim::Parameter<ZoneRow>{"conflict_zone.source", "", "where this is from", sim::Tag::option,
                            fighters_actor_sources::scenario, 0, 0, &ZoneRow::source},
};
inline constexpr std::array policy_table{
    sim::Parameter<PolicyRow>{"gateway_policy.country", "", "ISO code of the gateway",
                              sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                              &PolicyRow::country},
    sim::Parameter<PolicyRow>{"gateway_policy.from", "date", "first day", sim::Tag::option,
                              fighters_actor_sources::scenario, 0, 0, &PolicyRow::from},
    sim::Parameter<PolicyRow>{"gateway_policy.to", "date", "last day", sim::Tag::option,
                              fighters_actor_sources::scenario, 0, 0, &PolicyRow::to},
    sim::Parameter<PolicyRow>{"gateway_policy.signal", "kUSD",
                              "what the announced policy counts as in a choice", sim::Tag::assumed,
                              fighters_actor_sources::scenario, 0, 100, &PolicyRow::signal},
    sim::Parameter<PolicyRow>{"gateway_policy.crossing_factor", "1",
                              "multiplies the hazard of the last step", sim::Tag::assumed,
                              fighters_actor_sources::scenario, 0, 1, &PolicyRow::crossing_factor},
    sim::Parameter<PolicyRow>{"gateway_policy.closed", "", "whether nobody plans by this gateway",
                              sim::Tag::option, fighters_actor_sources::scenario, 0, 1,
                              &PolicyRow::closed},
    sim::Parameter<PolicyRow>{"gateway_policy.source", "", "where this is from", sim::Tag::option,
                              fighters_actor_sources::scenario, 0, 0, &PolicyRow::source},
};
inline constexpr std::array mobilisation_table{
    sim::Parameter<MobilisationRow>{"mobilisation.region", "",
                                    "UN subregions, world regions and ISO codes, separated by "
                                    "commas",
                                    sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                                    &MobilisationRow::region},
    sim::Parameter<MobilisationRow>{
        "mobilisation.zone", "", "name of the zone; empty: each by its attractiveness",
        sim::Tag::option, fighters_actor_sources::scenario, 0, 0, &MobilisationRow::zone},
    sim::Parameter<MobilisationRow>{
        "mobilisation.total", "person", "who set out from the first to the last day, expected",
        sim::Tag::observed, fighters_actor_sources::scenario, 0, 1e6, &MobilisationRow::total},
    sim::Parameter<MobilisationRow>{"mobilisation.from", "date", "first day", sim::Tag::observed,
                                    fighters_actor_sources::scenario, 0, 0, &MobilisationRow::from},
    sim::Parameter<MobilisationRow>{"mobilisation.to", "date", "last day", sim::Tag::observed,
                                    fighters_actor_sources::scenario, 0, 0, &MobilisationRow::to},
    sim::Parameter<MobilisationRow>{
        "mobilisation.shape", "", "the same every day, or a bell around `peak`", sim::Tag::assumed,
        fighters_actor_sources::scenario, 0, 0, &MobilisationRow::shape, "constant|peak"},
    sim::Parameter<MobilisationRow>{"mobilisation.peak", "date", "middle of the bell",
                                    sim::Tag::assumed, fighters_actor_sources::scenario, 0, 0,
                                    &MobilisationRow::peak},
    sim::Parameter<MobilisationRow>{
        "mobilisation.width_days", "day", "standard deviation of the bell", sim::Tag::assumed,
        fighters_actor_sources::scenario, 1, 3650, &MobilisationRow::width_days},
    sim::Parameter<MobilisationRow>{
        "mobilisation.concentration", "1",
        "sigma of the lognormal by which countries of the region differ", sim::Tag::assumed,
        fighters_actor_sources::scenario, 0, 3, &MobilisationRow::concentration},
    sim::Parameter<MobilisationRow>{
        "mobilisation.return_factor", "1", "multiplies the hazard to go home", sim::Tag::assumed,
        fighters_actor_sources::scenario, 0, 20, &MobilisationRow::return_factor},
    sim::Parameter<MobilisationRow>{"mobilisation.source", "", "where the total is from",
                                    sim::Tag::option, fighters_actor_sources::scenario, 0, 0,
                                    &MobilisationRow::source},
};
static_assert(sim::sound(zone_table) && sim::sound(policy_table) && sim::sound(mobilisation_table));

struct Gateway {
  std::uint16_t country = 0;
  double step_usd = -1;  ///< below 0: fighters.road.step_usd
};
struct ConflictZone {
  std::string name;
  std::uint16_t country = 0;
  std::int64_t opens = 0, closes = 0;  ///< first and last day, as sim::day_number
  double attractiveness = 1;
  std::vector<Gateway> gateways;
  sim::Place place;
};
/// Of its network, which holds the money of those who travel there.
[[nodiscard]] inline std::string group_name(const ConflictZone& zone) {
  return "travellers to " + zone.name;
}
struct GatewayPolicy {
  std::uint16_t country = 0;
  std::int64_t from = 0, to = 0;
  double signal = 0, crossing_factor = 1;
  bool closed = false;
  bool shut = false;  ///< nobody passes either: whoever is there chooses again
};
inline constexpr std::uint16_t any_zone = 0xffff;
struct Mobilisation {
  std::vector<std::uint16_t> countries;  ///< ascending
  std::uint16_t zone = any_zone;
  std::int64_t from = 0, to = 0, peak = 0;  ///< as sim::day_number
  bool bell = false;
  double total = 0, width_days = 0, concentration = 0, return_factor = 1;
  std::string region, source;
  sim::Place place;
};
struct FightersActors {
  std::vector<ConflictZone> zones;
  std::vector<GatewayPolicy> policies;
  std::vector<Mobilisation> mobilisation;
};

/// Reads this model's rows; what is wrong is added to `complaints`, and what is returned then lacks
/// it.
[[nodiscard]] FightersActors read_fighters_actors(const sim::RowText& text,
                                                  const world::World& world,
                                                  sim::Complaints& complaints);

/// Complains about rows whose data begin after the run does, or end before it.
void check_fighters_period(const FightersActors& actors, const sim::Date& start,
                           sim::Complaints& complaints);

}  // namespace corridor::fighters
