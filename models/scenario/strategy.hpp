// SPDX-License-Identifier: Apache-2.0
/// \file strategy.hpp  A strategy: a named set of dated changes, known before the run starts.
///
///     name = "Front line first"
///     about = "Posts ask I-24/7 from the second month on"
///     [budget]
///     musd = 30                       # million USD in all; without it there is no limit
///     [[change]]
///     lever = "frontline-i247"        # or path = "cooperation.frontline.share"
///     value = 0.5
///     from_day = 30                   # day 0 without it
///     to_day = 180                    # the last day; without it to the end
///     [[operation]] ..                # joint operations and shocks: cooperation/dated_rows.hpp
///     [[shock]] ..
///
/// A path is any parameter whose change needs no new set-up (why_fixed says why another is not). A
/// value holds on the days [from_day, to_day], before and after them the scenario's own does; two
/// changes of one parameter may not overlap, whoever makes them. The texts of all strategies of a
/// scenario stand in `strategy.text`, so that a result holds them and a run can be gone on with.
///
/// Checked in tests/models/scenario/test_strategy.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/cooperation/dated_rows.hpp"
#include "models/scenario/levers.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/row_text.hpp"

namespace corridor::scenario {

struct Change {
  std::int64_t from_day = 0, to_day = cooperation::no_end;
  std::string path;
  const Lever* lever = nullptr;  ///< that names it; nullptr: the path does
  sim::Value value;              ///< of its row's kind, in its range
  sim::Place place, value_place;
  [[nodiscard]] bool holds(std::int64_t day) const { return from_day <= day && day <= to_day; }
};

using OperationRow = sim::TextRow<cooperation::Operation>;

struct Strategy {
  std::string file;  ///< as complaints call it
  std::string name, about;
  double budget_musd = -1;  ///< negative: no limit
  sim::Place budget_place;
  std::vector<Change> changes;
  std::vector<OperationRow> operations;
  std::vector<sim::TextRow<cooperation::Shock>> shocks;
};

/// Why a strategy cannot change this parameter within a run; "" when it can.
[[nodiscard]] std::string_view why_fixed(std::string_view path);

/// One strategy. Rows that are wrong are complaints and left out.
[[nodiscard]] Strategy read_strategy(std::string_view text, const std::string& file,
                                     sim::Complaints& complaints);

/// The same of a file. What cannot be read is a complaint.
[[nodiscard]] Strategy load_strategy(const std::filesystem::path& file,
                                     sim::Complaints& complaints);

/// Whether a file is a strategy and no scenario: it has rows [[change]], [[operation]] or
/// [[shock]], or a [budget].
[[nodiscard]] bool is_strategy_file(const std::filesystem::path& file);

/// All strategies of a scenario, from `strategy.text`. Complaints call a file by the path where it
/// was found, or by its name when only its text is there.
[[nodiscard]] std::vector<Strategy> read_strategies(const Scenario& scenario,
                                                    sim::Complaints& complaints);

/// Rows [[operation]] of the scenario's file of organisations, in its order.
[[nodiscard]] std::vector<OperationRow> operations_of_file(const Scenario& scenario,
                                                           sim::Complaints& complaints);
/// Those, and then those of the strategies: all that a run plays.
[[nodiscard]] std::vector<OperationRow> all_operations(const Scenario& scenario,
                                                       std::span<const Strategy> strategies,
                                                       sim::Complaints& complaints);

/// What is wrong with strategies that are played together, in a scenario with levers and operations
/// of its own: overlaps, budgets, officers. \param read  says where the scenario's values stand
void check_strategies(const sim::ScenarioText& read, std::span<const Strategy> strategies,
                      const Scenario& scenario, sim::Complaints& complaints);

/// Million USD from the first day of the run to the last.
[[nodiscard]] double cost_musd(const Strategy& strategy, std::int64_t days);

/// Reads strategy.files into strategy.text. \returns where they were found
std::vector<std::filesystem::path> embed_strategies(const sim::ScenarioText& read, bool from_files,
                                                    StrategyParams& params,
                                                    sim::Complaints& complaints);

}  // namespace corridor::scenario
