// SPDX-License-Identifier: Apache-2.0
/// \file docking_network.hpp  The synthetic transit zone of the docking experiment: where nodes
/// lie, what is linked, what prices and transport cost, and where police look at first.
///
/// Nodes. 163, with NarcoLogic's counts by region. The source and the market stand still; the
/// others lie at random in a strip along a rough line through their region: u along it, and across
/// it v = 2 u^(2/3) - 1 in (-1, 1), Pacific coast at -1 and Caribbean coast at +1 (so distances to
/// the coasts are (1 + v) h and (1 - v) h for a half width of h km), which puts about 97 of 161
/// nodes nearer to the Pacific, as published. No node is a real place. A node belongs to
/// organisation 0 (Pacific) when its western coast is nearer than 2.5 times the eastern one, else
/// to
/// 1. Ids run from the source (0) to the market (162), by falling distance to the market; every
/// edge leads to a higher id ("downstream").
///
/// Edges. 1 017 in both variants; onward edges stay within an organisation or lead to the market.
/// Edges are dealt out a round at a time, one to each node that has a candidate left, in id order.
///   near: the source to every node within `primary_reach_km`; each node to its nearest downstream
///         nodes that are `shortest_leg_km` away or more; the market counts at any distance.
///   far:  the source to every node; each node to downstream nodes at equal steps of their order by
///         distance, so from near to far.
///
/// Prices. Source price; a node's is the mean over its senders of (sender's price + 4.46 USD/kg/km
/// x distance), the market's the maximum. A node without senders, which nothing reaches, stands at
/// the price of a direct leg.
///
/// Transport cost per kg: c_mode x distance / distance(source, market); by boat when both ends lie
/// within 20 km of a coast, else by land up to 500 km, else by air.
///
/// Where police look at first: p = mean of five factors in [0, 1]: latitude (how far south the
/// middle lies), coast (within 100 km of it, falling), openness (1 - remoteness, drawn), length
/// (over the longest), border (whether it crosses one).
///
/// Source. Magliocca et al. (2019), PNAS 116:7784-7792: counts and rules. Everything about where
/// nodes and edges lie is invented; NarcoLogic's land suitability is replaced by draws.
/// Checked in tests/models/trafficking/test_docking_network.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/trafficking/docking_params.hpp"
#include "sim/random.hpp"

namespace corridor::trafficking {

inline constexpr std::size_t docking_nodes = 163, docking_edges = 1017;

struct DockingRegion {
  std::string_view name;
  int nodes;
  double lat_from, lon_from, lat_to, lon_to;  ///< the line, in the direction of the market
  double half_width_km;
};
/// Colombia's node is the source; the last of Mexico's four is the market.
inline constexpr std::array<DockingRegion, 10> docking_regions{{
    {"Colombia", 1, 8.0, -76.8, 8.0, -76.8, 0},
    {"Panama", 40, 8.4, -77.6, 8.4, -82.7, 50},
    {"Costa Rica", 24, 8.9, -82.9, 10.8, -85.2, 70},
    {"Nicaragua", 30, 11.2, -84.6, 14.0, -85.4, 160},
    {"Honduras", 42, 14.6, -84.0, 14.7, -88.8, 100},
    {"El Salvador", 1, 13.5, -88.2, 13.8, -89.8, 30},
    {"Guatemala", 17, 14.5, -89.6, 16.8, -90.8, 110},
    {"Caribbean", 2, 12.5, -81.7, 17.0, -82.5, 50},
    {"Pacific", 2, 6.5, -82.0, 11.0, -89.0, 50},
    {"Mexico", 4, 16.0, -92.8, 16.9, -94.6, 100},
}};
inline constexpr std::uint8_t both_organisations = 2;

struct DockingNode {
  double lat = 0, lon = 0, west_km = 0, east_km = 0;
  double openness = 0;  ///< 1 - remoteness
  double success = 0;   ///< chance that a seizure succeeds, 0.312 on average
  std::uint8_t region = 0;
  std::uint8_t organisation = both_organisations;
};

struct DockingEdge {
  std::uint32_t from = 0, to = 0;
  double km = 0, cost = 0, capacity_kg = 0, initial_p = 0;
};

struct DockingNetwork {
  std::vector<DockingNode> nodes;    ///< in topological order: source first, market last
  std::vector<DockingEdge> edges;    ///< by from, then to
  std::vector<std::uint32_t> first;  ///< edges of node n are [first[n], first[n + 1])
  std::vector<std::vector<std::uint32_t>> into;  ///< edges that lead to a node
  std::vector<double> price;                     ///< USD/kg by node

  [[nodiscard]] std::uint32_t market() const {
    return static_cast<std::uint32_t>(nodes.size() - 1);
  }
};

/// Orders the edges, indexes them and computes prices. \pre every edge leads to a higher id.
void finish(DockingNetwork& network, double source_price, double price_per_km);

/// The network of a replicate: a function of (seed, replicate) and the parameters alone.
/// \throws std::invalid_argument for a variant or region that is not known.
[[nodiscard]] DockingNetwork docking_network(const DockingParams& params, sim::RunKey key);

/// The regions that a comma-separated list names, as indices; `unknown` takes the other words.
[[nodiscard]] std::vector<std::uint8_t> regions_named(std::string_view list,
                                                      std::vector<std::string>& unknown);

/// Why nothing gets from the source to the market, if so. With `edges` the nodes that can be
/// reached are left by edges that carry nothing: the cut, as "Colombia to Panama (40), ..". Without
/// any, the market cannot be reached at all.
struct DockingCut {
  bool flows = true;
  std::size_t edges = 0;
  std::string text;
};
[[nodiscard]] DockingCut docking_cut(const DockingNetwork& network);

}  // namespace corridor::trafficking
