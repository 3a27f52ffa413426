// SPDX-License-Identifier: Apache-2.0
/// \file trafficking_state.hpp  What the trafficking model knows between two days: a value that is
/// saved, loaded and copied; and the rows that it hands out.
///
/// Grams are integers: opening + produced = delivered + seized + lost + stock + on the way,
/// exactly, for each substance and at every step (`check_goods`; case M3).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/finance/posting.hpp"
#include "models/trafficking/consignment.hpp"
#include "models/travel/planned_journey.hpp"

namespace corridor::trafficking {

inline constexpr std::size_t longest_window = 24;

/// One edge in the network of an organisation for a substance. Sorted by (organisation, substance,
/// edge); an edge that was given up stays, with what is remembered of it.
struct RouteRow {
  std::uint32_t edge = 0;
  std::uint16_t organisation = 0;
  std::uint8_t substance = 0, active = 0;
  double risk = 0, premium = 1, cost_factor = 1;
  std::array<double, longest_window> losses{};  ///< share lost, newest month first
  // This month.
  std::int64_t sent = 0, over = 0, seized = 0;  ///< grams; `over`: across the border
  std::int32_t consignments = 0, idle = 0;      ///< `idle`: months without goods
};

/// Goods of an organisation in a country, meant for a market. Sorted by its key.
struct StockRow {
  std::uint16_t organisation = 0, country = 0, market = 0;
  std::uint8_t substance = 0, unused = 0;
  std::int64_t grams = 0;
};

inline StockRow stock_row(std::uint16_t organisation, std::uint8_t substance, std::uint16_t country,
                          std::uint16_t market, std::int64_t grams) {
  StockRow row;
  row.organisation = organisation;
  row.substance = substance;
  row.country = country;
  row.market = market;
  row.grams = grams;
  return row;
}

/// Made and not yet bought by the organisation to which it is offered.
struct OfferRow {
  std::uint16_t organisation = 0, country = 0;
  std::uint8_t substance = 0;
  std::array<std::uint8_t, 3> unused{};
  std::int64_t grams = 0;
};

/// A consignment on its way, by number.
struct TransitRow {
  std::uint64_t number = 0;
  std::uint32_t edge = 0;
  std::int32_t grams = 0, day = 0, due = 0;
  std::uint16_t organisation = 0, market = 0;
  std::uint8_t substance = 0, over = 0;  ///< `over`: it has passed; waits for its day
  std::array<std::uint8_t, 2> unused{};
};

struct MarketState {
  double price = 1;            ///< in units of the base price
  double delivered_kg = -1;    ///< smoothed, a month; below 0: not yet
  std::int64_t delivered = 0;  ///< grams this month
};

/// A month of an organisation and substance so far.
struct MonthTally {
  std::int64_t bought = 0, delivered = 0, seized = 0, lost = 0;  ///< grams
  std::int64_t value_over = 0, value_seized = 0;                 ///< cents, at the final market
};

struct GoodsTally {          ///< grams
  std::int64_t opening = 0;  ///< in stock and on the way when the run began
  std::int64_t produced = 0, delivered = 0, seized = 0, lost = 0;
};

struct TraffickingState {
  std::int32_t months = 0;  ///< closed
  std::int32_t unused = 0;
  std::vector<std::uint64_t> sent;  ///< consignments so far, [organisation][substance]
  std::vector<RouteRow> routes;
  std::vector<StockRow> stocks;
  std::vector<OfferRow> offers;
  std::vector<TransitRow> transit;
  std::vector<MarketState> markets;       ///< [substance][country]
  std::vector<MonthTally> tallies;        ///< [organisation][substance]
  std::vector<std::int64_t> market_loss;  ///< grams this month, [organisation][substance][country]
  std::vector<GoodsTally> goods;          ///< by substance
  std::vector<double> capability;         ///< by organisation, 0..1

  template <class A>
  void visit(A& a) {
    a(months);
    a(unused);
    a(sent);
    a(routes);
    a(stocks);
    a(offers);
    a(transit);
    a(markets);
    a(tallies);
    a(market_loss);
    a(goods);
    a(capability);
  }
};

/// Goods that reached their market.
struct DeliveryRow {
  std::int64_t grams = 0;
  std::int32_t day = 0;
  std::uint16_t organisation = 0, country = 0;
  std::uint8_t substance = 0;
};

/// A seizure as it was, and, where it is, as analysts come to see it.
struct SeizureRow {
  std::uint64_t consignment = 0;
  std::int32_t day = 0, grams = 0;
  std::int32_t published = -1;  ///< day on which it is in the statistics; -1 = never
  std::int32_t times = 0;       ///< how often it is counted there
  std::uint16_t country = 0, origin = 0, destination = 0, organisation = 0;
  std::uint8_t substance = 0;
  CargoMode mode = CargoMode::container;
};

struct DayPlan {
  std::vector<Consignment> consignments;         ///< air couriers among them
  std::vector<travel::PlannedJourney> journeys;  ///< the couriers' tickets
  std::vector<finance::Posting> postings;
  std::vector<DeliveryRow> deliveries;
};

/// True flow over an edge in a month, all organisations together.
struct FlowRow {
  std::int64_t sent = 0, over = 0, seized = 0;  ///< grams
  std::int32_t month = 0, consignments = 0;
  std::uint16_t origin = 0, destination = 0;
  std::uint8_t substance = 0;
  CargoMode mode = CargoMode::container;
};

struct OrganisationRow {
  MonthTally tally;
  std::int64_t stock = 0, on_the_way = 0;  ///< grams
  std::int64_t sent = 0;                   ///< grams in the month, each crossing counted
  double mean_risk = 0, mean_premium = 1;  ///< over active edges
  std::int32_t month = 0, active_edges = 0, active_nodes = 0, opened = 0, cut = 0;
  std::uint16_t organisation = 0;
  std::uint8_t substance = 0;
};

struct PriceRow {
  double usd_kg = 0, demand_kg = 0;  ///< a month
  std::int64_t delivered = 0;        ///< grams in the month
  std::int32_t month = 0;
  std::uint16_t country = 0;
  std::uint8_t substance = 0;
};

struct MonthRows {
  std::vector<FlowRow> flows;
  std::vector<OrganisationRow> organisations;
  std::vector<PriceRow> prices;
};

}  // namespace corridor::trafficking
