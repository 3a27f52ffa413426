// SPDX-License-Identifier: Apache-2.0
/// \file allocation.hpp  The best that a given capacity can do when risks are known: the yardstick
/// of every selection.
///
/// Equations. Classes of people of equal risk p_j, n_j of them, capacity K.
///
///     top-k:        take the highest risks first; no other K people have more expected hits
///                   (Neyman and Pearson 1933)
///     random share: (1 - e) K by risk, then e K drawn uniformly from all others
///     knapsack:     maximise sum x_i p_i v_i with sum x_i c_i <= C, 0 <= x_i <= n_i: in the order
///                   of p v / c, the last class in part (Dantzig 1957); its ratio is the marginal
///                   value of capacity
///     sequential:   n people one after the other, m inspections, each risk seen on arrival:
///                   inspect when it exceeds the threshold a(m, n - 1). Thresholds
///                   a(i, k + 1) = E[min(max(X, a(i, k)), a(i - 1, k))], i = 1 the highest,
///                   a(0, k) = infinity, a(i, k) = 0 for i > k; the value is
///                   a(1, n) + ... + a(m, n) (Derman, Lieberman, Ross 1972).
///
/// Sources. Neyman and Pearson, doi:10.1098/rsta.1933.0009; Dantzig, doi:10.1287/opre.5.2.266;
/// Derman, Lieberman, Ross, doi:10.1287/mnsc.18.7.349.
/// Limits. Hits are expected values; classes are divisible (a part of a class is its mean).
/// Errors. std::invalid_argument: risks outside [0, 1], negative or not finite sizes, costs not
/// above 0, capacity negative or above the number of people, share outside [0, 1].
/// Checked in tests/models/risk/test_allocation.cpp (verification cases E4 to E7).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace corridor::risk::stats {

struct RiskClass {
  double count = 0;  ///< people
  double risk = 0;   ///< P(hit) of each
};

/// Expected hits among all, and of `capacity` inspections by risk.
[[nodiscard]] double expected_hits(std::span<const RiskClass> classes);
[[nodiscard]] double best_hits(std::span<const RiskClass> classes, double capacity);
/// The same capacity, of which the share `random` is drawn uniformly from those not yet taken.
[[nodiscard]] double hits_with_random_share(std::span<const RiskClass> classes, double capacity,
                                            double random);

struct Item {
  double count = 0;  ///< people
  double risk = 0;   ///< P(hit)
  double value = 0;  ///< of a hit, in the caller's unit; >= 0
  double cost = 0;   ///< of one inspection, in the caller's unit; > 0
};
struct Knapsack {
  std::vector<double> taken;  ///< people, one entry an item
  double value = 0, cost = 0;
  double marginal_value = 0;  ///< value of one more unit of budget; 0 when all are taken
};
[[nodiscard]] Knapsack knapsack(std::span<const Item> items, double budget);

/// Thresholds a(1, n) >= a(2, n) >= ... >= a(n, n) for risks drawn from the classes (`count` is a
/// weight). Inspect the first of n people with m inspections left when the risk exceeds
/// thresholds(n - 1)[m - 1]; with m >= n inspect everybody. O(n^2 classes).
[[nodiscard]] std::vector<double> sequential_thresholds(std::span<const RiskClass> classes,
                                                        std::int64_t n);
/// The same for risks uniform on (0, 1).
[[nodiscard]] std::vector<double> sequential_thresholds_uniform(std::int64_t n);

}  // namespace corridor::risk::stats
