// SPDX-License-Identifier: Apache-2.0
/// \file docking_experiment.hpp  The docking experiment: five capacities of interdiction, two
/// networks, two rules of choice, with adaptation and without it.
///
/// Design. Replicate r has one network of each variant and one set of draws, which all settings
/// share (common random numbers). A setting is (network, rule of choice, adaptation on or off,
/// capacity). Without adaptation both sides stay as they begin: perceived risk, premiums, nodes and
/// edges in use, where police look and how much.
///
/// Slopes. In each replicate the least-squares slope of a measure over the five capacities, per 100
/// events a month; its mean over replicates with the interval mean +- t(0.975, R - 1) s / sqrt(R).
///
/// Findings (Magliocca et al. 2019, 2024). One appears when the whole interval lies on the expected
/// side of zero, does not appear when none of it does, and is open when zero lies within:
/// footprint (active_nodes) and dispersion (entropy) grow; seizures (seized_kg) grow; value per
/// seizure falls. Delivery goes on (last_share) and regions rise and fall (moved_regions) are
/// judged by their mean at the greatest capacity, against 0.
///
/// Checked in tests/models/trafficking/test_docking_experiment.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/trafficking/docking_metrics.hpp"
#include "models/trafficking/docking_params.hpp"

namespace corridor::trafficking {

inline constexpr std::size_t docking_levels = 5;

/// A mean over replicates with its 95 % interval.
struct DockingInterval {
  double mean = 0, lower = 0, upper = 0;
};
/// \pre two values or more
[[nodiscard]] DockingInterval interval_of(std::span<const double> values);

/// 0.975 quantile of Student's t, by the expansion of Hill (1970) in 1/df to the fourth order: less
/// than 0.2 % off from 4 degrees of freedom on; exact for 1 and 2.
[[nodiscard]] double t_975(double df);

/// Least-squares slope of y over x. \pre two different x
[[nodiscard]] double slope(std::span<const double> x, std::span<const double> y);

struct DockingSeries {
  std::string network, choice;
  bool adaptation = true;
  std::array<std::vector<DockingMetrics>, docking_levels> runs;  ///< by level, then replicate

  [[nodiscard]] DockingInterval level(std::size_t level, double DockingMetrics::*field) const;
  /// Per 100 events a month.
  [[nodiscard]] DockingInterval slope_of(double DockingMetrics::*field,
                                         const std::array<double, docking_levels>& levels) const;
};

enum class Finding : std::uint8_t { appears, open, absent };
constexpr std::string_view name(Finding f) {
  switch (f) {
    case Finding::appears:
      return "appears";
    case Finding::open:
      return "open";
    case Finding::absent:
      return "does not appear";
  }
  return "?";
}

struct DockingExperiment {
  DockingParams params;
  std::array<double, docking_levels> levels{};
  std::vector<DockingSeries> series;
};

struct DockingClaim {
  std::string_view key, title;
  double DockingMetrics::*field;
  int sign;  ///< of the slope that is expected; 0: the mean at the greatest capacity is above 0
};
inline constexpr std::array<DockingClaim, 6> docking_claims{{
    {"footprint", "the footprint grows", &DockingMetrics::active_nodes, 1},
    {"dispersion", "dispersion grows", &DockingMetrics::entropy, 1},
    {"seizures", "more is seized", &DockingMetrics::seized_kg, 1},
    {"value", "value per seizure falls", &DockingMetrics::value_per_seizure, -1},
    {"delivery", "delivery goes on", &DockingMetrics::last_share, 0},
    {"displacement", "regions rise, peak and fall", &DockingMetrics::moved_regions, 0},
}};

struct DockingVerdict {
  DockingInterval interval;
  Finding finding = Finding::open;
};
[[nodiscard]] DockingVerdict judge(const DockingClaim& claim, const DockingSeries& series,
                                   const std::array<double, docking_levels>& levels);

/// Five capacities at equal distances, in whole events.
[[nodiscard]] std::array<double, docking_levels> levels_of(const DockingParams& params);

struct DockingProgress {
  std::function<void(std::int64_t done, std::int64_t all)> show;  ///< may be empty
  std::function<bool()> stop;  ///< asked between replicates; may be empty
};

/// Both networks; the scenario's rule of choice and logit (or salience, when the scenario's is
/// logit); adaptation on and off. \param threads 0 = all.
/// \returns nothing in `series` when it was stopped.
[[nodiscard]] DockingExperiment run_docking_experiment(const DockingParams& params, int threads,
                                                       const DockingProgress& progress);

}  // namespace corridor::trafficking
