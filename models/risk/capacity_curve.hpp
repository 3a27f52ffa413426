// SPDX-License-Identifier: Apache-2.0
/// \file capacity_curve.hpp  What a ranking finds, and costs, when k people can be inspected.
///
/// With k of n inspected, the k that stand first, h of them hits, n1 hits in all:
///
///     recall = gain = h / n1         PPV = h / k         lift = PPV / (n1 / n)
///     false stops = k - h
///     finds = search_sensitivity h, since an inspection misses some
///     officer hours = (h minutes_hit + (k - h) minutes_false_stop) / 60
///
/// Order. Highest score first; among equals the lowest tie key; among equal keys the row. Keys are
/// draws keyed by the person (never the row order), 64 bits wide so that they hardly ever meet;
/// then the selection does not depend on the order of the rows. Whole-number scores tie massively,
/// so each point says how many equals stand at the cut and how many of them get in, and what the
/// mean over all orders of the ties would be (`expected_hits`).
///
/// Limits. A replay: the same people come whatever the capacity. Undefined shares (no hits, k = 0)
/// are NaN. Errors. std::invalid_argument: lengths differ, truth other than 0 and 1, capacities
/// outside 0..n, minutes negative or not finite, sensitivity outside [0, 1].
/// Checked in tests/models/risk/test_capacity_curve.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace corridor::risk::stats {

/// Row numbers in the order of selection. \param tie  one key a row; empty: by row
[[nodiscard]] std::vector<std::uint32_t> selection_order(std::span<const std::int32_t> scores,
                                                         std::span<const std::uint64_t> tie);

/// What one stop costs. Minutes of officers and of the traveller; assumed by the user.
struct Burden {
  double officer_minutes_false_stop = 0, officer_minutes_hit = 0, traveller_minutes = 0;
  double search_sensitivity = 1;  ///< P(an inspected hit is found)
};

struct CapacityPoint {
  std::int64_t inspected = 0, hits = 0, false_stops = 0;
  double share = 0;  ///< inspected / all
  double recall = 0, precision = 0, lift = 0;
  double expected_hits = 0;  ///< mean of `hits` over all orders of the ties at the cut
  double finds = 0;          ///< hits * search_sensitivity
  double officer_hours = 0;
  double traveller_hours = 0;          ///< of those stopped for nothing
  std::int32_t cut = 0;                ///< score of the last one inspected; 0 when nobody is
  std::int64_t tied = 0, tied_in = 0;  ///< people with the score `cut`; inspected among them
};

/// \param capacities  numbers of people inspected, any order; one point each
[[nodiscard]] std::vector<CapacityPoint> capacity_curve(std::span<const std::int32_t> scores,
                                                        std::span<const std::uint64_t> tie,
                                                        std::span<const std::uint8_t> truth,
                                                        std::span<const std::int64_t> capacities,
                                                        const Burden& burden = {});

}  // namespace corridor::risk::stats
