// SPDX-License-Identifier: Apache-2.0
/// \file route_values.hpp  What goods are worth in each country of an organisation's network, and
/// how it splits what leaves a country over the ways that lead on.
///
/// Model. For each final market m with price p_m, the worth of a kilogram in country n is what it
/// brings there or by the best way on, with r the perceived risk and c the cost (with premium):
///
///     W_m(m) = p_m        W_m(n) = max over active edges n -> k of (1 - r) W_m(k) - c
///
/// Candidates at n are the active edges to countries where goods are worth more (so nothing goes in
/// circles). A candidate is a lottery: it brings W_m(k) - c - p_s or loses c + p_s, with p_s the
/// price at the source, which replaces the goods. Its value V is that of a local thinker
/// (salience.hpp), or expected; its weight, with a the edge's attraction,
///
///     salience, expected:  max(V, 0) exp(a)          logit:  exp(b E / (p_m - p_s) + a)
///
/// with b the organisation's rationality. When no V is above 0 stock waits; where holding is
/// switched off the weight is 1 - r (NarcoLogic). Source: Magliocca et al. (2019) for lotteries,
/// salience and splitting in proportion; the worth over several legs is ours: on the world a next
/// country is no market yet. Limits: values look one chain ahead with today's risks; capacity
/// bounds come when goods are sent. Checked in tests/models/trafficking/test_route_values.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "models/trafficking/actors.hpp"
#include "models/trafficking/cargo_graph.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/trafficking/trafficking_state.hpp"
#include "models/trafficking/ways_today.hpp"

namespace corridor::trafficking {

inline constexpr double worthless = -std::numeric_limits<double>::infinity();

/// A way on: an entry of the network's routes, and its weight.
struct WayOn {
  std::uint32_t route = 0;  ///< index in the span of routes
  double weight = 0;
};

/// Of one organisation and substance, for the state of the beginning of a month.
class RouteValues {
 public:
  RouteValues() = default;
  /// \param routes  the rows of this organisation and substance
  /// \param prices  USD/kg by country; 0 where it does not sell
  /// \param today  what holds today beside the graph; may be nullptr
  RouteValues(const CargoGraph& graph, std::span<const RouteRow> routes,
              std::span<const double> prices, double source_price, const Organisation& organisation,
              const TraffickingParams& params, std::shared_ptr<const WaysToday> today = nullptr);

  /// Worth of a kilogram that is in `country` and meant for `market`; `worthless` when no way leads
  /// there.
  [[nodiscard]] double worth(std::size_t country, std::size_t market) const {
    return worth_[market].empty() ? worthless : worth_[market][country];
  }
  /// Ways on for goods in `country` meant for `market`, made when first asked for.
  [[nodiscard]] const std::vector<WayOn>& ways(std::span<const RouteRow> routes,
                                               std::size_t country, std::size_t market);

 private:
  void make_ways(std::span<const RouteRow> routes, std::size_t country, std::size_t market,
                 std::vector<WayOn>& out) const;
  [[nodiscard]] double risk(const RouteRow& route) const {
    return today_ ? today_->risk(route.edge, route.risk) : route.risk;
  }
  const CargoGraph* graph_ = nullptr;
  const Organisation* organisation_ = nullptr;
  const TraffickingParams* params_ = nullptr;
  std::shared_ptr<const WaysToday> today_;
  std::vector<double> prices_;
  double source_price_ = 0;
  std::vector<std::vector<double>> worth_;          ///< [market][country]
  std::vector<std::vector<std::uint32_t>> out_of_;  ///< active routes by country
  struct Known {
    bool made = false;
    std::vector<WayOn> ways;
  };
  std::vector<std::vector<Known>> ways_;  ///< [market][country]
};

}  // namespace corridor::trafficking
