// SPDX-License-Identifier: Apache-2.0
/// \file trafficking.hpp  Organisations that buy, send, lose, learn and restructure, day by day and
/// month by month.
///
/// Order of a day (`decide`): what producers make is offered to organisations by their shares;
/// goods whose way is over reach their market (and are paid) or join the stock of the country; each
/// organisation whose turn it is (every `decision_days`) buys what is offered within its capacity,
/// splits it over markets by
///
///     weight = demand x (price / base price)^market_shift       (markets that it serves and
///     reaches)
///
/// and sends stock on: consignment by consignment a way is drawn by its weight (route_values.hpp),
/// a size by the mode's lognormal, until nothing is left, the month's capacity of the ways is used,
/// or what is left is too small for the drawn size and waits.
///
/// Then the border does what it does, and `learn` hears of it. At the end of a month (`month`):
/// perceived risk of each edge (perceived_risk.hpp) from the share of a month's goods that was
/// lost, mixed with what others lost (`rumour`); risk premium and cost; then with L the value lost
/// and T = tolerance x value of all that was decided in the month
///
///     L < T:  consolidate: give up round(n L / (L + T)) of n active edges, most dangerous first
///     L >= T: expand: open min(ceil(L / T), most) corridors, to the markets that lost most
///
/// and in both cases corridors to markets where stock cannot move, and edges idle for long are
/// given up. Prices follow deliveries (price_field.hpp).
///
/// Source: Magliocca et al. (2019), PNAS 116:7784-7792, step by step; changed for the world where
/// this page or docs/odd/trafficking.md says so. T is relative to all goods of a month, not to the
/// largest edge: in the world one edge carries little of an organisation's goods. Mended by option:
/// costs that only ratchet up (`costs`), prices that never react (`price_response`), stock that
/// must move (`holding`); whether a post finds a consignment is the post's matter and never a rate
/// given here. Not modelled: persons of an organisation, its quarrels, stealing, retail, purity
/// along the way.
///
/// Shocks (rows [[shock]] of a strategy, as pure functions of the day). A way that is shut is taken
/// by nobody; on the day on which ways are shut, organisations look for others to the markets that
/// they no longer reach, and on the day on which one opens, to all of theirs: so they do without
/// `adaptation` neither. A substance that is not there yet is neither made nor learned about.
/// Checked in tests/models/trafficking/test_trafficking.cpp and test_reduced.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/trafficking/actors.hpp"
#include "models/trafficking/cargo_graph.hpp"
#include "models/trafficking/route_values.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/trafficking/trafficking_state.hpp"
#include "models/trafficking/ways_today.hpp"
#include "models/world/world.hpp"
#include "sim/calendar.hpp"
#include "sim/random.hpp"

namespace corridor::trafficking {

/// Tables that do not change in a run; shared by copies of the model.
struct TraffickingTables {
  TraffickingTables(const world::World& world, TraffickingParams params, TraffickingActors actors);
  TraffickingParams params;
  TraffickingActors actors;
  CargoGraph graph;
  std::size_t n_countries = 0;
  std::vector<std::vector<double>> base_price;     ///< USD/kg, [substance][country]
  std::vector<std::vector<double>> demand;         ///< kg a month, [substance][country]
  std::vector<std::vector<std::uint16_t>> makers;  ///< source countries, by substance
  std::vector<double> insider;                     ///< by country, 0..1
  double prior_risk = 0;                           ///< of an edge never used
  /// Sizes of consignments in grams, by mode: quantiles of its lognormal at the middles of equal
  /// steps of probability.
  std::array<std::vector<std::int32_t>, n_cargo_modes> sizes;
  static constexpr unsigned size_bits = 12;
};

class Trafficking {
 public:
  Trafficking(std::shared_ptr<const TraffickingTables> tables, sim::RunKey key, sim::Date start);

  /// Everything that organisations do on a day. Days are asked for once each, in order.
  [[nodiscard]] DayPlan decide(std::int32_t day);

  /// What became of consignments (air couriers: of journeys). \returns the seizures among them.
  std::vector<SeizureRow> learn(std::span<const ConsignmentOutcome> goods,
                                std::span<const travel::JourneyOutcome> couriers = {});

  /// Closes a month: call after the last day of it. \returns its rows
  MonthRows month(std::int32_t last_day);

  /// Share of its capacity that an organisation can pay for, by organisation (finance says it).
  void set_capability(std::span<const double> share);
  /// What organisations were told of today: by edge, which share more of what one would have passed
  /// is believed to be lost. Empty = nothing. Acts from the next `decide` on.
  void set_warnings(std::vector<double> by_edge) { warnings_ = std::move(by_edge); }

  [[nodiscard]] const TraffickingState& state() const { return state_; }
  void set_state(TraffickingState state);
  [[nodiscard]] const TraffickingTables& tables() const { return *tables_; }

  /// \throws std::logic_error when grams are missing: which substance, how many.
  void check_goods(std::int32_t day) const;

 private:
  [[nodiscard]] std::size_t plan_number(std::size_t organisation, std::size_t substance) const {
    return organisation * tables_->actors.substances.size() + substance;
  }
  [[nodiscard]] std::span<const StockRow> stocks_of(std::size_t organisation,
                                                    std::size_t substance) const;
  [[nodiscard]] std::span<RouteRow> routes_of(std::size_t organisation, std::size_t substance);
  [[nodiscard]] bool serves(std::size_t organisation, std::size_t substance,
                            std::size_t country) const;
  [[nodiscard]] double price(std::size_t substance, std::size_t country) const;
  [[nodiscard]] std::int64_t value_cents(std::size_t substance, std::size_t market,
                                         std::int64_t grams) const;

  // Shocks and warnings (trafficking_ways.cpp).
  void open_day(std::int32_t day);
  void look_for_ways(std::int32_t day, bool everywhere);

  void refresh();
  void make(std::int32_t day);
  void arrive(std::int32_t day, DayPlan& plan);
  void buy(std::size_t organisation, std::int32_t day, std::vector<StockRow>& bought,
           DayPlan& plan);
  [[nodiscard]] double turns_of_month(std::int32_t day) const;
  [[nodiscard]] double to_replace(std::size_t organisation) const;
  [[nodiscard]] bool allot(const OfferRow& offer, std::int64_t grams, std::int32_t day,
                           std::vector<StockRow>& bought, DayPlan& plan);
  void send(std::size_t organisation, std::int32_t day, DayPlan& plan);
  void send_row(StockRow& row, std::int32_t day, DayPlan& plan);
  void deliver(std::size_t organisation, std::size_t substance, std::uint16_t market,
               std::int64_t grams, std::int32_t day, DayPlan& plan);
  void add_stock(std::vector<StockRow>& added);

  // The networks.
  void first_networks();
  void begin_with(std::size_t organisation, std::size_t substance,
                  std::vector<RouteRow>& mine) const;
  [[nodiscard]] std::vector<std::uint16_t> sources_of(std::size_t organisation,
                                                      std::size_t substance) const;
  std::int32_t open_corridors(std::size_t organisation, std::size_t substance,
                              std::vector<RouteRow>& mine, std::span<const std::uint16_t> from,
                              std::span<const std::uint16_t> markets, std::int32_t day,
                              std::uint16_t search);
  void give_up_dead_ends(std::size_t organisation, std::size_t substance,
                         std::span<RouteRow> routes) const;
  void restructure(std::size_t organisation, std::size_t substance, std::int32_t day,
                   std::vector<RouteRow>& mine, OrganisationRow& row);
  [[nodiscard]] std::vector<std::uint16_t> stuck_markets(std::size_t organisation,
                                                         std::size_t substance,
                                                         const MonthTally& tally) const;
  // The end of a month.
  void close_route(RouteRow& route, double others) const;
  void describe(std::size_t organisation, std::size_t substance, OrganisationRow& row);
  void close_prices();
  void refresh_ranges();
  void refresh_plan(std::size_t organisation, std::size_t substance,
                    std::span<const RouteRow> routes);

  std::shared_ptr<const TraffickingTables> tables_;
  sim::RunKey key_;
  sim::Calendar calendar_;
  TraffickingState state_;
  std::vector<double> warnings_;
  std::shared_ptr<const WaysToday> today_;  ///< nullptr = there are neither shocks nor warnings
  std::vector<RouteValues> values_;         ///< by plan, from the state
  std::vector<std::pair<std::uint32_t, std::uint32_t>> range_;  ///< of routes, by plan
};

}  // namespace corridor::trafficking
