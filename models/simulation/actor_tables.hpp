// SPDX-License-Identifier: Apache-2.0
/// \file actor_tables.hpp  The actors file of a scenario, read and checked: who organises, makes,
/// uses, fights, helps and pays.
///
/// One file has the rows of all three models (fighters, trafficking, finance); each reads its own,
/// and names are checked across. Groups that hold money are numbered: the organisations of
/// trafficking, then the travellers to each conflict zone, then the rows of finance itself.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/cooperation/operations.hpp"
#include "models/fighters/actors.hpp"
#include "models/finance/actors.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/place_classes.hpp"
#include "models/trafficking/trafficking.hpp"
#include "models/world/world.hpp"

namespace corridor::simulation {

struct ActorTables {
  world::World world;
  std::shared_ptr<const trafficking::TraffickingTables> trafficking;  ///< nullptr: off
  std::optional<fighters::FightersActors> fighters;                   ///< nothing: off
  finance::Actors finance;
  std::uint32_t first_fighter_group = 0;  ///< organisations have groups also while they are off
  PlaceClasses classes;
  bool full_traces = false;
  std::vector<std::string> warnings;
  std::vector<cooperation::PlannedShock> shocks;  ///< that act on them, for organisations
};

/// \returns nullptr when the scenario has no actors, or both models of those who act are off.
/// \throws sim::ScenarioError with every complaint about the actors file, and about shocks
[[nodiscard]] std::shared_ptr<const ActorTables> read_actors(const scenario::Scenario& scenario);

}  // namespace corridor::simulation
