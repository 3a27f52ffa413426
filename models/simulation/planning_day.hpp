// SPDX-License-Identifier: Apache-2.0
/// \file planning_day.hpp  Organisations coupled: who plans, by the scenario's file of
/// organisations, and what a day at the posts shows them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/cooperation/planning.hpp"
#include "models/simulation/actors.hpp"
#include "models/simulation/control_tables.hpp"
#include "models/simulation/setup.hpp"
#include "models/simulation/sharing.hpp"

namespace corridor::simulation {

/// \param actors  nullptr when nobody hides in the crowd: then there are no customs
/// \throws sim::ScenarioError with every complaint about the rows that plan
[[nodiscard]] cooperation::Planning make_planning(const scenario::Scenario& scenario,
                                                  const Setup& setup,
                                                  const cooperation::Organisations& organisations,
                                                  const Actors* actors, sim::RunKey key);

/// Whether a run could play the operations of a scenario: the same checks, on each day on which
/// values change that they depend on, without a run. \param given  its set-up; nullptr = made only
/// when there are operations \throws sim::ScenarioError with every complaint
void check_operations(const scenario::Scenario& scenario, const Setup* given = nullptr);

/// Names of those who plan, without a run; empty without a file.
[[nodiscard]] std::vector<std::string> planner_names(const scenario::Scenario& scenario,
                                                     const Setup& setup);

/// What posts gain on a day where police and immigration work as one: one staff, police who review
/// beside them (a part of one by a keyed draw of post and day), and fewer wrong judgements of hits
/// and flags.
void join_posts(cooperation::Forces& forces, const cooperation::Exchange& exchange,
                const ControlTables& control, const scenario::Scenario& scenario, sim::RunKey key,
                std::int32_t day);

/// What posts found of a day: \param settled  candidates with their outcomes \param goods  those of
/// customs; may be empty
[[nodiscard]] std::vector<cooperation::Detection> detections_of(
    std::span<const control::Candidate> settled, std::span<const control::Candidate> goods,
    double weight, const ControlTables& control);

/// Threats by post as threats by target. \param by_post  [ordinary, alone][post][threat]: an
/// ordinary person stands for `weight` of them
[[nodiscard]] std::vector<std::int64_t> truth_of(
    const std::array<std::vector<std::int64_t>, 2>& by_post, double weight,
    const ControlTables& control, std::size_t n_countries);

}  // namespace corridor::simulation
