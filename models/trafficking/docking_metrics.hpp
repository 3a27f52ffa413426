// SPDX-License-Identifier: Apache-2.0
/// \file docking_metrics.hpp  What a run of the docking experiment is judged by.
///
/// Over the whole run, with x_i(y) the kilograms that set out for node i in year y (source and
/// market apart, what was seized on the way to i included):
///
/// | measure           | meaning |
/// |-------------------|-----------------------------------------------------------------------------|
/// | seized_kg         | kilograms seized | | value_per_seizure | value seized, at the price where
/// it was bound for, over seizures; USD       | | delivered_kg      | kilograms that reached the
/// market                                           | | last_share        | delivered over supplied
/// in the last 12 months                               | | active_nodes      | nodes with x_i(y) >
/// 0, mean over years: the footprint                       | | entropy           | -sum s_i ln s_i,
/// s_i = x_i(y) / sum_j x_j(y), mean over years: dispersion    | | churn             | 1 - Jaccard
/// index of the edges used in a year and in the one before, mean    | | moved_regions     | regions
/// that rise, peak and fall while another rises                        |
///
/// A region counts as risen, peaked and fallen when its yearly volume is highest in a year that is
/// neither the first nor the last, was below half of that in some year before, is below half of it
/// in some year after, and in the first such year some other region has more than it had in the
/// year of the peak; only regions whose peak is a hundredth of that year's supply or more count.
///
/// Checked in tests/models/trafficking/test_docking_metrics.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/trafficking/docking.hpp"

namespace corridor::trafficking {

struct DockingMetrics {
  double seized_kg = 0, value_per_seizure = 0, delivered_kg = 0, last_share = 0;
  double active_nodes = 0, entropy = 0, churn = 0, moved_regions = 0;
  double seizures = 0, mean_capacity = 0, supplied_kg = 0;
};

struct DockingMeasure {
  std::string_view key, title;
  double DockingMetrics::*field;
  double unit;  ///< what a printed 1 stands for
};
inline constexpr std::array<DockingMeasure, 10> docking_measures{{
    {"seized_kg", "seized, t", &DockingMetrics::seized_kg, 1000},
    {"value_per_seizure", "value per seizure, M USD", &DockingMetrics::value_per_seizure, 1e6},
    {"delivered_kg", "delivered, t", &DockingMetrics::delivered_kg, 1000},
    {"last_share", "delivered share, last year", &DockingMetrics::last_share, 1},
    {"active_nodes", "nodes used in a year", &DockingMetrics::active_nodes, 1},
    {"entropy", "entropy of flow, nats", &DockingMetrics::entropy, 1},
    {"churn", "churn of edges", &DockingMetrics::churn, 1},
    {"moved_regions", "regions risen and fallen", &DockingMetrics::moved_regions, 1},
    {"seizures", "seizures", &DockingMetrics::seizures, 1},
    {"mean_capacity", "edges looked at a month", &DockingMetrics::mean_capacity, 1},
}};

/// 1 - |a and b| / |a or b|; 0 for two empty sets. \pre the same length; a flag for each element.
[[nodiscard]] double jaccard_distance(const std::vector<std::uint8_t>& a,
                                      const std::vector<std::uint8_t>& b);

/// Shannon entropy of shares in nats; 0 when nothing moves.
[[nodiscard]] double flow_entropy(const std::vector<double>& kg);

/// Of yearly volumes [year][region], how many regions rise, peak and fall while another rises.
[[nodiscard]] int regions_moved(const std::vector<std::vector<double>>& volume,
                                const std::vector<double>& supplied);

/// Watches a model month by month.
class DockingMeter {
 public:
  void add(const DockingModel& model, const DockingMonth& month);
  /// Of whole years so far. \pre a year or more
  [[nodiscard]] DockingMetrics metrics() const;

 private:
  struct Year {
    double supplied = 0, delivered = 0;
    std::vector<double> node_kg;
    std::vector<double> region_kg;
    std::vector<std::uint8_t> edges;
  };
  std::vector<Year> years_;
  DockingMetrics total_;
  double value_ = 0;
  std::int64_t months_ = 0;
};

/// A whole run.
[[nodiscard]] DockingMetrics run_docking(const DockingParams& params, sim::RunKey key);

}  // namespace corridor::trafficking
