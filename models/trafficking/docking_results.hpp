// SPDX-License-Identifier: Apache-2.0
/// \file docking_results.hpp  Three more results that the docking model is asked for: the balloon,
/// whom to target, and diminishing returns of arrests.
///
/// Balloon. Police look at every edge into some nodes, and nowhere else: into the `corridor_nodes`
/// through which most moves when there are no police, or into the whole region through which most
/// moves. Naive: what they seize when nobody reacts. Realised: what they seize when traffickers do.
/// Displacement ratio = 1 - realised / naive (displacement.hpp). Where every way crosses the
/// region, as may be in the near network, there is nowhere to go.
///
/// Whom to target (Giommoni, Berlusconi, Aziani 2021). Transit nodes are removed in an order: by
/// betweenness (their role as a go-between), by the kilograms that passed them in a run, or at
/// random. Static: pairs of nodes between which there is still a way, over those before; mean over
/// 1 to `most_removed` removals; small is effective. Adaptive: the same nodes are removed from a
/// running model two thirds into it; delivered after that, over delivered without.
///
/// Arrests (Manzi and Calderoni 2024). Everybody at m nodes, in random order, is watched. f(m) is
/// the share of the supply that is seized. Diminishing returns: f is concave, 2 f(m) > f(2 m). On
/// ways of h nodes f(m) = 1 - C(N - h, m)/C(N, m), linear for h = 1: the stages in series are the
/// cause. Reacting traffickers lower f.
///
/// Checked in tests/models/trafficking/test_docking_results.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/trafficking/docking_experiment.hpp"

namespace corridor::trafficking {

inline constexpr std::size_t corridor_nodes = 10;
inline constexpr std::size_t most_removed = 16;  ///< a tenth of the transit nodes
inline constexpr std::size_t watched_step = 40;  ///< a quarter of them

enum class Pressure : std::uint8_t { corridor, region };

struct Balloon {
  double naive_kg = 0, realised_kg = 0;
  /// Kilograms to nodes that are not watched, less those without police, for each kilogram
  /// supplied.
  double elsewhere = 0;
};
[[nodiscard]] Balloon balloon(const DockingParams& params, const DockingNetwork& network,
                              sim::RunKey key, Pressure pressure);

enum class Targeting : std::uint8_t { role, volume, random };
inline constexpr std::array all_targetings{Targeting::role, Targeting::volume, Targeting::random};
constexpr std::string_view name(Targeting t) {
  switch (t) {
    case Targeting::role:
      return "role";
    case Targeting::volume:
      return "volume";
    case Targeting::random:
      return "random";
  }
  return "?";
}

/// Shortest paths (in edges) through each node, over all ordered pairs, shared among equal ones
/// (Brandes 2001).
[[nodiscard]] std::vector<double> betweenness(const DockingNetwork& network);

/// Ordered pairs (i, j) with a way from i to j that avoids what is removed; by node.
[[nodiscard]] std::int64_t connected_pairs(const DockingNetwork& network,
                                           const std::vector<std::uint8_t>& removed);

/// Transit nodes by falling `worth`; of equals the lower id first.
[[nodiscard]] std::vector<std::uint32_t> removal_order(const DockingNetwork& network,
                                                       const std::vector<double>& worth);

struct TargetingResult {
  std::array<double, 3> connected{};         ///< static, by Targeting
  std::array<double, 3> delivered{};         ///< adaptive
  std::array<double, 3> delivered_frozen{};  ///< the same without adaptation
};
[[nodiscard]] TargetingResult targeting(const DockingParams& params, const DockingNetwork& network,
                                        sim::RunKey key);

/// f(0), f(m), f(2 m) with m = watched_step, mean over `orders` random orders of nodes.
using ArrestCurve = std::array<double, 3>;
[[nodiscard]] ArrestCurve arrests(const DockingParams& params, const DockingNetwork& network,
                                  sim::RunKey key, int orders, bool adaptation,
                                  std::size_t step = watched_step);
[[nodiscard]] constexpr double concavity(const ArrestCurve& f) { return 2 * f[1] - f[0] - f[2]; }

/// All three over the replicates, on the network and by the rule of choice of `params`.
struct DockingResults {
  std::string network, choice;
  std::array<DockingInterval, 2> displacement, elsewhere;  ///< by Pressure
  std::array<DockingInterval, 3> connected, delivered, delivered_frozen;
  DockingInterval role_less_volume, role_less_random;  ///< connected, paired by replicate
  DockingInterval arrest_concavity, arrest_share, arrest_share_adaptive;  ///< at 2 m
};
[[nodiscard]] DockingResults run_docking_results(const DockingParams& params, int threads);

}  // namespace corridor::trafficking
