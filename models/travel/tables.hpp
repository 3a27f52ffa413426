// SPDX-License-Identifier: Apache-2.0
/// \file tables.hpp  Everything that the stream of travellers looks up, as flat arrays that can be
/// mapped from a cache.
///
/// Blocks. Trips are listed by cells (block, departure day, nights). A block holds the pairs of one
/// country of residence and one band of nights: large pairs have a block of their own, small ones
/// share a block per subregion of destination, so that a block has about a hundred trips a day
/// where there is that much travel. All blocks of one residence and band form a pool, in which
/// travelling units recur (units.hpp).
///
/// Gates. A gate is a place where a border can be passed: an airport, a port, or one side of a land
/// border. What stands at a gate (posts, or none) is decided by who couples travel with control;
/// travel gives gates and minutes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/travel/demand.hpp"
#include "models/travel/stream_params.hpp"
#include "models/world/world.hpp"
#include "sim/mapped_tables.hpp"
#include "sim/samplers.hpp"

namespace corridor::travel {

enum class TripPurpose : std::uint8_t { leisure, business, visit, work, study };
inline constexpr std::size_t n_purposes = 5;
constexpr std::string_view name(TripPurpose p) {
  switch (p) {
    case TripPurpose::leisure:
      return "leisure";
    case TripPurpose::business:
      return "business";
    case TripPurpose::visit:
      return "visiting";
    case TripPurpose::work:
      return "work";
    case TripPurpose::study:
      return "study";
  }
  return "?";
}

/// Bands of nights away. Single nights up to 27, then whole weeks to 364.
inline constexpr std::size_t n_bands = 4;
struct Band {
  std::uint16_t first_night, step, n_values;
  [[nodiscard]] constexpr std::uint32_t night(std::uint32_t k) const {
    return first_night + k * std::uint32_t{step};
  }
  [[nodiscard]] constexpr std::uint32_t longest() const { return night(n_values - 1U); }
};
inline constexpr std::array<Band, n_bands> bands{{{1, 1, 3}, {4, 1, 10}, {14, 1, 14}, {28, 7, 49}}};

struct BlockRow {
  double units_year = 0;                         ///< expected trips of travelling units a year
  std::uint32_t first_entry = 0, n_entries = 0;  ///< pairs of the block
  std::uint32_t first_night = 0;                 ///< into night_cut: n_values + 1 cuts
  std::uint16_t pool = 0;                        ///< residence * n_bands + band
  std::uint8_t band = 0, season = 0;
};

struct PairRow {
  std::uint32_t first_option = 0, n_options = 0;
  std::uint16_t origin = 0, destination = 0;  ///< countries
  std::uint32_t native_share = 0;  ///< u < share: a unit of the destination's nationality, of 2^32
};

/// One itinerary. Air and sea: links are rows of `legs`; land: links are borders.
struct OptionRow {
  std::uint32_t link[3] = {world::none, world::none, world::none};
  std::uint32_t home_gate =
      world::none;  ///< where the residence's open-border area is left; none = no border check
  std::uint32_t away_gate = world::none;      ///< where the destination's area is entered
  std::uint16_t land_minutes[3] = {0, 0, 0};  ///< land: from the start to each border
  std::uint8_t n_links = 0;
  std::uint8_t mode = 0;
  std::uint8_t exit_link = 0;   ///< home_gate is passed before this link
  std::uint8_t entry_link = 0;  ///< away_gate is passed after this link
};

/// A scheduled link: air legs in the order of World::air_legs, then each sea lane twice (a to b, b
/// to a).
struct LegRow {
  std::uint32_t origin = 0, destination = 0;  ///< gates (airports, then ports)
  std::uint32_t reverse = world::none;
  std::uint32_t first_departure = 0;
  std::uint16_t n_departures = 0;  ///< a day, at least 1
  std::uint16_t minutes = 0;       ///< from departure to arrival
};

struct CountryRow {
  std::uint32_t first_native = 0, n_natives = 0;  ///< nationalities of foreign residents
  std::uint32_t foreign_share = 0;  ///< u < share: a unit of foreign nationality, of 2^32
  float lon = 0;
  std::uint8_t region = 0;
};

/// Numbers of gates: airports, then ports, then both sides (a, b) of each land border.
struct GateNumbers {
  std::uint32_t n_airports = 0, n_ports = 0, n_borders = 0;
  [[nodiscard]] std::uint32_t port(std::uint32_t p) const { return n_airports + p; }
  [[nodiscard]] std::uint32_t border(std::uint32_t b, std::uint32_t side) const {
    return n_airports + n_ports + 2 * b + side;
  }
  [[nodiscard]] std::uint32_t count() const { return n_airports + n_ports + 2 * n_borders; }
};

inline constexpr std::uint32_t lead_quantiles = 4096;
inline constexpr std::uint32_t hour_slots = 256;  ///< quantiles of the hour of a land departure

/// The arrays, or spans over them.
template <template <class> class Array>
struct TravelArrays {
  Array<BlockRow> blocks;              ///< sorted by (pool, destination group)
  Array<std::uint32_t> pool_first;     ///< per pool, first block; one more at the end
  Array<sim::AliasEntry> entry_alias;  ///< per block, over its pairs
  Array<std::uint32_t> entry_pair;
  Array<std::uint16_t>
      entry_purpose;  ///< 4 cuts of 2^16 an entry: leisure | business | visit | work | study
  Array<std::uint32_t> night_cut;  ///< cumulative, of 2^32; the last cut (2^32) is left out
  Array<PairRow> pairs;
  Array<OptionRow> options;
  Array<sim::AliasEntry> option_alias;
  Array<float> option_weight;  ///< persons' trips a year
  Array<LegRow> legs;
  Array<std::uint16_t> departures;  ///< UTC minute of the day, sorted within a leg
  Array<CountryRow> countries;
  Array<sim::AliasEntry> native_alias;
  Array<std::uint16_t> native_country;
  Array<std::uint8_t> open;           ///< [country][country]: 1 = same open-border area
  Array<double> season_share;         ///< [season][12]
  Array<std::uint16_t> party_cut;     ///< [purpose][8] cumulative, of 2^16
  Array<std::uint16_t> lead_days;     ///< [purpose][lead_quantiles]
  Array<std::uint16_t> land_hours;    ///< [hour_slots] local solar minute
  Array<std::uint16_t> border_ends;   ///< [border][2] countries
  Array<std::uint16_t> port_country;  ///< per port
  Array<std::uint32_t> sizes;         ///< n_airports, n_ports, n_borders, n_air_legs

  /// Visits each array of one or several of these, by name.
  template <class Visit, class... Arrays>
  static constexpr void each(Visit visit, Arrays&... a) {
    visit("blocks", a.blocks...);
    visit("pool_first", a.pool_first...);
    visit("entry_alias", a.entry_alias...);
    visit("entry_pair", a.entry_pair...);
    visit("entry_purpose", a.entry_purpose...);
    visit("night_cut", a.night_cut...);
    visit("pairs", a.pairs...);
    visit("options", a.options...);
    visit("option_alias", a.option_alias...);
    visit("option_weight", a.option_weight...);
    visit("legs", a.legs...);
    visit("departures", a.departures...);
    visit("countries", a.countries...);
    visit("native_alias", a.native_alias...);
    visit("native_country", a.native_country...);
    visit("open", a.open...);
    visit("season_share", a.season_share...);
    visit("party_cut", a.party_cut...);
    visit("lead_days", a.lead_days...);
    visit("land_hours", a.land_hours...);
    visit("border_ends", a.border_ends...);
    visit("port_country", a.port_country...);
    visit("sizes", a.sizes...);
  }
};
static_assert(sim::visits_all<TravelArrays>);

/// Spans over arrays that `owner` keeps alive. Read-only, shared by all threads.
struct TravelTables : TravelArrays<sim::SpanOf> {
  std::shared_ptr<const void> owner;

  [[nodiscard]] GateNumbers gates() const { return {sizes[0], sizes[1], sizes[2]}; }
  [[nodiscard]] std::uint32_t n_air_legs() const { return sizes[3]; }
  [[nodiscard]] std::size_t n_pools() const { return pool_first.size() - 1; }
};

/// Mean persons of a travelling unit with this purpose, after the cut at `max_party`.
[[nodiscard]] double mean_party(TripPurpose purpose, const StreamParams& params);

/// \throws sim::UserError when parameters contradict each other (shares above 1, units above 64 of
/// 64).
[[nodiscard]] TravelTables build_tables(const world::World& world, const Demand& demand,
                                        const StreamParams& params);

}  // namespace corridor::travel
