// SPDX-License-Identifier: Apache-2.0
/// \file metrics.hpp  The named numbers by which worlds are compared: one row each, with its unit
/// and which way is better.
///
/// A metric is a function of what one replicate added up over its days (`Totals`): daily counts,
/// waits, and the months of those who hide in the crowd. What has no actors has none of their
/// metrics: NaN, which is left out. "Better" is a judgement of a working group, not of the model:
/// `neither` where more is no gain by itself, such as seizures that are reported. Where a metric
/// counts people or cases of which worlds with real names show none below ten, `cases` says so.
/// Checked in tests/models/compare/test_metrics.cpp against the summary of a result file.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/simulation/actor_rows.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::compare {

enum class Better : std::uint8_t { more, less, neither };
[[nodiscard]] std::string_view name(Better better);

/// Mean of the months that have a value; NaN when none has.
struct MonthlyMean {
  double sum = 0;
  std::int64_t months = 0;
  void add(double value) {
    sum += value;
    ++months;
  }
  [[nodiscard]] double mean() const;
};

/// Sums over the days of one replicate; levels are those of its last day.
struct Totals {
  simulation::DayCounts counts;
  std::array<std::int64_t, control::n_wait_bins> waits{};
  std::array<std::int64_t, control::n_sources> expected{};  ///< to be held, in millionths
  bool actors = false, goods = false, people = false;
  std::vector<std::int64_t> fighters;  ///< by fighters::Count
  std::int64_t sent_grams = 0, bought_grams = 0, delivered_grams = 0, seized_grams = 0,
               lost_grams = 0, reported_grams = 0, stock_grams = 0;
  std::int64_t active_edges = 0;  ///< of the last month
  simulation::CargoCounts customs;
  std::int64_t cash = 0, laundered = 0, assets = 0, frozen = 0, confiscated = 0, restored = 0,
               revenue = 0;  ///< cents
  std::int64_t facilitators_arrested = 0;
  bool organisations = false;         ///< a file of them: what lists did is counted
  simulation::SharingCounts sharing;  ///< requests waiting: at the end
  bool planners = false;
  std::int64_t planning_cost_usd = 0;
  std::int64_t staff_queries_doubled = 0, staff_records_doubled = 0;  ///< thousandths
  double displacement = 0;  ///< of goods, sum over so many months and substances
  std::int64_t displacements = 0;
  double duplicated_officer_days = 0;
  /// With the threat: sums over months of means over organisations, of what they send and aim at.
  double alignment_threat = 0, aims_threat = 0;
  /// With one another: means of months in which some have others to be compared with.
  MonthlyMean alignment_others, aims_others;
  std::int64_t planner_months = 0, planner_requests = 0, planner_requests_doubled = 0,
               plans_betrayed = 0;
  std::int64_t shocks = 0, answer_days = 0;  ///< of them all; unanswered: to the end of the run

  void add(const simulation::DayResult& day);
  /// A closed month, or the open one when the run ends. \param last  levels are of it
  void add(const simulation::ActorMonth& month, const simulation::ActorTables& tables);
  void add(const simulation::MonthSums& month);
  void add(std::span<const cooperation::PlannerFigures> month);
  /// Shocks that began. \param days  of the run
  void add(const cooperation::Planning& planning, std::int64_t days);
};

/// A number of what was added up.
template <class Sums>
struct MetricOf {
  std::string_view name, unit;
  Better better = Better::neither;
  bool cases = false;  ///< it counts people or cases
  std::string_view meaning;
  double (*of)(const Sums&);
};
using Metric = MetricOf<Totals>;

[[nodiscard]] std::span<const Metric> metrics();
/// Index, or metrics().size().
[[nodiscard]] std::size_t metric_index(std::string_view name);
[[nodiscard]] std::vector<std::string> metric_names();

/// All metrics of one replicate; NaN where it has none.
[[nodiscard]] std::vector<double> values_of(const Totals& totals);

}  // namespace corridor::compare
