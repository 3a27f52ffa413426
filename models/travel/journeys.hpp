// SPDX-License-Identifier: Apache-2.0
/// \file journeys.hpp  Columns of journeys: what each travelling unit does on one way of its trip.
///
/// A row is a journey of a travelling unit of `party` persons. Everything in it is a pure function
/// of tables, seed and trip id, so a batch of one row gives the same as a batch of a thousand.
/// Order of draws (all Philox, sim/random):
///
///     trip 0     destination, itinerary | purpose, party | lead time, ticket, channel
///     trip 1     nationality | payment, fit (signals.hpp)
///     journey w  first departure, minutes at exit and entry, crossing of a land border, who checks
///                at the posts   (w = 0 out, 1 back)
///
/// Of a row whose `threat` is not 0, the word of lead time, ticket and channel is mapped so that an
/// illicit booking shows them as much more often as the scenario says (signals.hpp).
///
/// Times are minutes after 0:00 UTC of the journey's day. A connecting flight is the first that
/// leaves `connection_minutes` after arrival, the next day's if need be. The way out and its
/// crossings end before the day of return begins, at the latest: nobody is still on the way there
/// when the way back begins.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "models/travel/injected.hpp"
#include "models/travel/population.hpp"
#include "models/travel/signals.hpp"
#include "models/travel/tables.hpp"
#include "models/travel/trip_id.hpp"
#include "sim/random.hpp"

namespace corridor::travel {

enum class Ticket : std::uint8_t { return_ticket, two_one_ways };
enum class Channel : std::uint8_t { direct, agency };

inline constexpr std::uint32_t no_post = world::none;
inline constexpr std::uint32_t max_crossings = 6;
inline constexpr std::int32_t horizon_days =
    4;  ///< every crossing is within this many days of departure

/// What stands at the gates, as plain numbers: travel does not know what a post is.
struct Sites {
  std::span<const std::uint32_t> exit_post, entry_post;  ///< per gate; no_post where nobody checks
  std::span<const std::uint8_t> crossings;               ///< per land border: how many, alike
  std::uint32_t crossing_stride = 4;  ///< from a post to the same post of the next crossing
};

struct Batch {
  static constexpr std::size_t capacity = 1024;
  template <class T>
  using Column = std::array<T, capacity>;

  std::size_t n = 0;
  Way way = Way::out;
  std::int32_t day = 0;                   ///< day of the journey
  std::span<const InjectedTrip> planned;  ///< row i is trip i of these; empty: ordinary trips
  // Filled by who lists the trips.
  alignas(64) Column<std::uint64_t> trip;
  alignas(64) Column<std::int32_t> departure_day;
  alignas(64) Column<std::uint32_t> block;
  alignas(64) Column<std::uint16_t> nights;
  alignas(64) Column<std::uint8_t> threat;  ///< truth: 0 = ordinary; what else, the lister knows
  // Filled by JourneyMaker.
  alignas(64) Column<std::uint32_t> pair, option;
  alignas(64) Column<std::uint8_t> purpose, party, mode, ticket, channel;
  alignas(64) Column<std::uint16_t> lead_days, nationality;
  alignas(64) Column<std::uint8_t> n_links;
  std::array<Column<std::uint32_t>, 3> link;       ///< legs, or borders, in the order of this way
  std::array<Column<std::uint16_t>, 3> departure;  ///< number of the departure of the day on a leg
  std::array<Column<std::int16_t>, 3>
      link_minute;                              ///< departure from it; land: arrival at the border
  alignas(64) Column<std::int16_t> end_minute;  ///< when the way ends
  alignas(64) Column<std::uint8_t> n_crossings;
  std::array<Column<std::uint32_t>, max_crossings> post;
  std::array<Column<std::int16_t>, max_crossings> minute;
  std::array<Column<bool>, max_crossings> entry;  ///< true: into a country, false: out of one
  // Filled by Signals.
  alignas(64) Column<std::uint8_t> payment, fit, indicators;  ///< indicators: x1 in bit 0, ...
  // Random words.
  alignas(64) std::array<std::array<std::uint32_t, capacity>, 16> words;
  alignas(64) Column<std::uint16_t> index;
};

class JourneyMaker {
 public:
  JourneyMaker(const TravelTables& tables, const StreamParams& params, const SignalParams& signals,
               sim::RunKey key, Sites sites, sim::SimdPath path);
  /// Fills the columns of rows [0, n) from trip, departure_day, block, nights, threat, way and day.
  void make(Batch& batch) const;
  /// Fills purpose and party alone: how many people a trip has.
  void make_parties(Batch& batch) const;

 private:
  /// \returns the entry of the block
  std::uint32_t purpose_and_party(Batch& batch, std::size_t i) const;
  void choose_purpose_and_party(Batch& batch, std::size_t i, std::uint32_t entry) const;
  void planned_columns(Batch& batch, std::size_t i) const;
  void draw_block(Batch& batch, sim::Purpose purpose, std::uint16_t index, std::size_t first) const;
  void draw_words(Batch& batch) const;
  void trip_columns(Batch& batch, std::size_t i) const;
  [[nodiscard]] std::uint32_t illicit_booking(std::uint32_t word, std::uint32_t purpose) const;
  void scheduled_journey(Batch& batch, std::size_t i) const;
  void land_journey(Batch& batch, std::size_t i) const;

  const TravelTables& tables_;
  sim::RunKey key_;
  Sites sites_;
  sim::SimdPath path_;
  std::uint32_t check_in_, connection_;
  std::uint32_t one_way_cut_, agency_cut_;            ///< of 2^10
  std::array<std::uint32_t, n_purposes> late_cut_{};  ///< of lead_quantiles: late bookings
  SignalParams signals_;
};

}  // namespace corridor::travel
