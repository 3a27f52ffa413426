// SPDX-License-Identifier: Apache-2.0
/// \file actors.hpp  Who produces, sends and uses: rows of the actors file that the trafficking
/// model reads.
///
/// | table              | a row is                                                               |
/// |--------------------|------------------------------------------------------------------------|
/// | [[substance]]      | what is traded: source price and the three numbers of its price field   |
/// | [[source]]         | what a country makes in a year; later years follow from the last        |
/// | [[market]]         | users and use in a place: a country, a subregion, a region or `world`   |
/// | [[organisation]]   | an invented group: home, substances, means, how it chooses              |
/// | [[route_rule]]     | a border that is closed to a mode, or a route with which a group begins |
///
/// A more special market row wins over a more general one (country, subregion, region, world).
/// Demand of a country = population x prevalence x kg a user and year. Every check that needs more
/// than one row, the world or the graph is in actors_check.cpp; complaints stand at the key that is
/// wrong. Checked in tests/models/trafficking/test_actors.cpp with whole texts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/trafficking/cargo_graph.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::trafficking {

struct Substance {
  std::string name, reference;
  double source_price_usd_kg = 0;  ///< wholesale, where it is made
  double markup_usd_kg = 0;        ///< 1,000 km from the source at 10,000 USD a head
  double distance_exponent = 1, income_exponent = 0;
  double purity = 1;  ///< of what is traded; production is given pure
};

struct Source {
  std::string substance, place, reference;
  std::int64_t year = 0;
  double tonnes = 0;        ///< pure, a year
  double export_share = 1;  ///< that reaches organisations, not lost or used before
  // Resolved.
  std::uint8_t substance_row = 0;
  std::uint16_t country = 0;
};

struct Market {
  std::string substance, place, reference;
  double prevalence = 0;     ///< users in the past year over the whole population
  double kg_per_user = 0;    ///< a year, as traded
  double elasticity = -0.5;  ///< of demand to price, below 0
  double price_usd_kg = 0;   ///< 0 = from the price field
  std::uint8_t substance_row = 0;
};

enum class Choice : std::uint8_t { salience, logit, expected };

struct Organisation {
  std::string name, home, substances, sources, markets, choice = "salience";
  double share = 1;        ///< of the supply, over the sum of the shares of those who buy there
  double capital_usd = 0;  ///< at the start; finance keeps it
  double rationality = 5;  ///< of the logit, per unit of margin
  double memory = 1;       ///< weight of a month in perceived risk
  double capacity_kg = 0;  ///< bought a month at most; 0 = no limit
  double loss_tolerance = 0.1;  ///< loss over value sent in a month that it bears
  std::int64_t corridors = 2;   ///< per market with which it begins
  std::uint16_t home_country = 0;
  std::vector<std::uint8_t> substance_rows;
  std::vector<std::uint16_t> source_countries;  ///< empty: every source
  std::vector<std::uint8_t> serves;             ///< by country; empty: all
  Choice how = Choice::salience;
};

/// `closed`: nobody sends this way. `start`: an organisation's network begins with this edge.
struct RouteRule {
  std::string origin, destination, mode = "any", rule, organisation, substance, reference;
  double attraction = 0;  ///< rule "attraction": added to the edge's
  std::uint16_t from = 0, to = 0;
  std::uint32_t organisation_row = world::none;
  std::uint32_t substance_row = world::none;
};

/// Days on which ways are shut, or open although a rule closes them.
struct WayShock {
  std::uint16_t origin = 0, destination = 0;  ///< `shuts`: every way out of and into `origin`
  std::uint8_t modes = 0;                     ///< a bit for each CargoMode
  bool shuts = false;
  std::int32_t from_day = 0, to_day = 0;
  [[nodiscard]] bool holds(std::int32_t day) const { return from_day <= day && day <= to_day; }
  [[nodiscard]] bool is_of(const CargoEdge& edge) const {
    const bool here = shuts ? edge.origin == origin || edge.destination == origin
                            : edge.origin == origin && edge.destination == destination;
    return here && (modes >> static_cast<unsigned>(edge.mode) & 1U) != 0;
  }
};
/// The only days on which a substance is made and wanted.
struct SupplyShock {
  std::uint8_t substance = 0;
  std::int32_t from_day = 0, to_day = 0;
};

struct TraffickingActors {
  std::vector<Substance> substances;
  std::vector<Source> sources;
  std::vector<Market> markets;
  std::vector<Organisation> organisations;
  std::vector<RouteRule> rules;
  /// [substance][country]: which market row counts; `world::none` = no market.
  std::vector<std::vector<std::uint32_t>> market_of;
  std::vector<EdgeRule> edge_rules;   ///< of `rules`, as the graph takes them
  std::vector<std::string> warnings;  ///< things to say that are no errors
  std::vector<WayShock> way_shocks;
  std::vector<SupplyShock> supply_shocks;

  /// Whether a substance is made and wanted on a day, and whether it was before or is.
  [[nodiscard]] bool is_made(std::size_t substance, std::int32_t day) const;
  [[nodiscard]] bool is_known(std::size_t substance, std::int32_t day) const;
};

/// Reads the rows, resolves names and checks them against each other and the world.
/// \param start_year  the year of the scenario's first day: sources must begin by then
[[nodiscard]] TraffickingActors read_trafficking_actors(const sim::RowText& text,
                                                        const world::World& world,
                                                        const TraffickingParams& params,
                                                        int start_year,
                                                        sim::Complaints& complaints);

/// The tables that this model reads, for RowText::check_tables.
inline constexpr std::array<std::string_view, 5> trafficking_tables{"substance", "source", "market",
                                                                    "organisation", "route_rule"};

/// kg a year that a country uses of a substance, as traded.
[[nodiscard]] double demand_kg_year(const TraffickingActors& actors, const world::World& world,
                                    std::size_t substance, std::size_t country);

/// Grams that a country makes for organisations in a year, as traded; past the last year of its
/// rows the last value grows with `supply_growth`; a missing year in between is interpolated.
[[nodiscard]] double supply_grams_year(const TraffickingActors& actors,
                                       const TraffickingParams& params, std::size_t substance,
                                       std::size_t country, int year);

}  // namespace corridor::trafficking
