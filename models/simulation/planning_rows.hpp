// SPDX-License-Identifier: Apache-2.0
/// \file planning_rows.hpp  What organisations did in a month, as the arrays of /cooperation in a
/// result, and what `corridor info` says of them.
///
/// In worlds with real names an organisation stands under its code, and no country is named with it
/// (docs/ethics.md). Sums over the covered months, means over the replicates; alignments are means
/// over months. Checked in tests/models/simulation/test_planning_rows.cpp.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "models/cooperation/planning.hpp"
#include "models/simulation/result_reader.hpp"
#include "models/simulation/result_shape.hpp"

namespace corridor::simulation {

/// Names of the rows; nothing without organisations.
void add_planner_names(RunShape& shape, std::vector<std::string> planners,
                       std::span<const cooperation::PlannedShock> shocks, std::int64_t event_rows);

/// In row order of /cooperation/planning.
[[nodiscard]] std::vector<double> planner_array(
    std::span<const cooperation::PlannerFigures> figures);

struct PlannerSummary {
  std::string name;
  std::vector<double> values;  ///< by measure
};
/// Days from a shock to the first aligned action.
struct ShockSummary {
  std::string name;
  std::int64_t answered = 0;  ///< in so many replicates
  double mean_days = 0;       ///< over these
};
struct CooperationSummary {
  std::vector<std::string> measures;
  std::vector<PlannerSummary> planners;
  std::vector<ShockSummary> shocks;
  std::int64_t replicates = 0;
  [[nodiscard]] double total(std::size_t measure) const;
};
[[nodiscard]] CooperationSummary summarise_cooperation(const ResultReader& result);
[[nodiscard]] std::string cooperation_text(const CooperationSummary& summary);
[[nodiscard]] nlohmann::ordered_json cooperation_json(const CooperationSummary& summary);

}  // namespace corridor::simulation
