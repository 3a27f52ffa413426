// SPDX-License-Identifier: Apache-2.0
/// \file interdiction.hpp  What inspections on the arcs of a small network can do at best, exactly:
/// bounds beside which plans and runs can be held.
///
/// | question                                            | answer                              |
/// |-----------------------------------------------------|-------------------------------------|
/// | most that flows from s to t                         | max_flow: augmenting paths; its cut |
/// | remove b arcs so that least flows                   | least_flow                          |
/// | lengthen b arcs so that the shortest way is longest | longest_way                         |
/// | one inspector on one arc, who finds with p_k; an    | inspection_game: value 1/F, F the   |
/// | evader who knows the odds takes the best way        | max flow of capacities 1/p_k; arc   |
/// |                                                     | k of the min cut with (1/p_k)/F     |
/// | the way with the best chance to pass all arcs       | surest_way: product of chances      |
/// | lower the chance of b arcs so that it is least      | least_sure                          |
/// | minimise sum w_i exp(-k x_i), sum x_i = X, x_i >= 0 | spread_effort: x_i =                |
/// |                                                     | max(0, ln(w_i k / m) / k)           |
///
/// Sets of arcs are all tried, smallest first, so answers are exact and not greedy; `most_sets`
/// bounds the work. Adding an arc never lowers the max flow, and a larger budget never raises what
/// the evader gets. Sources. Ford and Fulkerson (1956); Wood (1993),
/// doi:10.1016/0895-7177(93)90236-R; Israeli and Wood (2002), doi:10.1002/net.10039; Washburn and
/// Wood (1995), doi:10.1287/opre.43.2.243. Errors. std::invalid_argument: a node or number that
/// cannot be, too many sets. Limits. For networks that fit on a page; the evader sees everything.
/// Checked in tests/models/cooperation/test_interdiction.cpp: cases G1 to G7.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace corridor::cooperation {

struct Arc {
  std::size_t from = 0, to = 0;
  double value = 0;  ///< capacity, length or chance, as the question asks
};
struct Network {
  std::size_t nodes = 0, source = 0, sink = 0;
  std::vector<Arc> arcs;
};
/// Arcs by their place in Network::arcs, ascending.
using ArcSet = std::vector<std::size_t>;
inline constexpr std::uint64_t most_sets = 1'000'000;

struct Flow {
  double value = 0;
  ArcSet cut;  ///< of the smallest ones that nearest to the sink
};
[[nodiscard]] Flow max_flow(const Network& capacities);

/// The best value for who interdicts, and every smallest set of at most `budget` arcs that gives
/// it.
struct Interdicted {
  double value = 0;
  std::vector<ArcSet> sets;
};
[[nodiscard]] Interdicted least_flow(const Network& capacities, std::size_t budget);

/// Length of the shortest way; infinite when there is none.
[[nodiscard]] double shortest_way(const Network& lengths);
[[nodiscard]] Interdicted longest_way(const Network& lengths, double added, std::size_t budget);

struct InspectionGame {
  double value = 0;                ///< chance that the evader is found
  std::vector<double> inspection;  ///< chance of each arc to be inspected
};
/// \pre every chance is above 0
[[nodiscard]] InspectionGame inspection_game(const Network& chances_to_find);

/// Chance to pass by the surest way; 0 when there is none.
[[nodiscard]] double surest_way(const Network& chances_to_pass);
[[nodiscard]] Interdicted least_sure(const Network& chances_to_pass, double factor,
                                     std::size_t budget);

struct Effort {
  std::vector<double> at;  ///< x_i
  double margin = 0;       ///< m: what one more unit saves at every site with effort
  double left = 0;         ///< sum of w_i exp(-k x_i)
};
/// \param weights above 0; \param rate k above 0; \param effort X, not negative
[[nodiscard]] Effort spread_effort(std::span<const double> weights, double rate, double effort);

}  // namespace corridor::cooperation
