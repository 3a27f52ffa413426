// SPDX-License-Identifier: Apache-2.0
/// \file corridors.hpp  How an organisation finds a new way from where it has goods to a market.
///
/// Model. A corridor is a chain of at most `most_legs` open edges with the least sum of h(x), where
/// the disutility of an edge is
///
///     x = b (c / margin + r) - a + penalty + max(0, ln(need / capacity)) - s G
///
/// and h(x) = 1 + x above 0, 1 / (1 - x) below: it rises with x and stays above 0, so that no chain
/// gains by a detour, and a leg more costs even on attractive edges.
///
/// b rationality; c cost with premium; r perceived risk (that of an edge never used is the
/// prior's); a attraction; `need` what a market takes a month, over the capacity of the edge; G a
/// standard Gumbel draw of the organisation, edge and search, s `exploration`: what is known of
/// untried ways differs. One search from all countries of departure finds the chains to all markets
/// (Bellman's layers, one a leg). NarcoLogic opens nodes by gain less cost; here whole chains are
/// opened, because in the world one node more leads nowhere by itself. s = 0: everybody opens the
/// best. Checked in tests/models/trafficking/test_corridors.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/trafficking/actors.hpp"
#include "models/trafficking/cargo_graph.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/trafficking/trafficking_state.hpp"
#include "models/trafficking/ways_today.hpp"
#include "sim/random.hpp"

namespace corridor::trafficking {

/// What the searcher is like.
struct Searcher {
  std::uint16_t organisation = 0;
  std::uint8_t substance = 0;
  double rationality = 5, margin_usd_kg = 1, need_kg = 0, prior_risk = 0;
};

class CorridorSearch {
 public:
  /// Disutilities of all edges for this searcher. \param routes  what he knows, sorted by edge
  /// \param day, search  of the draws \param today  which ways shocks shut or open; may be nullptr
  CorridorSearch(const CargoGraph& graph, const TraffickingParams& params, const Searcher& who,
                 std::span<const RouteRow> routes, sim::RunKey key, std::int32_t day,
                 std::uint16_t search, const WaysToday* today = nullptr);

  /// Finds the chains from these countries; `corridor` then reads them off.
  void run(std::span<const std::uint16_t> from);
  /// Edges of the best chain to a country, last leg first; empty when there is none.
  [[nodiscard]] std::vector<std::uint32_t> corridor(std::size_t to) const;

 private:
  const CargoGraph& graph_;
  std::int64_t most_legs_;
  std::vector<double> cost_;                      ///< by edge
  std::vector<std::vector<double>> best_;         ///< [legs][country]
  std::vector<std::vector<std::uint32_t>> last_;  ///< [legs][country]: edge
};

}  // namespace corridor::trafficking
