// SPDX-License-Identifier: Apache-2.0
/// \file scenario.hpp  Everything that decides a run, read from a scenario file and checked.
///
/// `text` is the whole scenario in one flat text: every parameter with its value, no base. It is
/// what a result file stores; parse_scenario(text) gives the same scenario again. `hash` covers the
/// values of all parameters on which results depend: not run.threads, run.batch, run.simd, not the
/// name, and not world.data, because a path says nothing about what lies there; World::data_hash
/// covers that, and both belong into the key of anything that is kept.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/cargo/cargo_params.hpp"
#include "models/control/control_params.hpp"
#include "models/cooperation/cooperation_params.hpp"
#include "models/cooperation/planning_params.hpp"
#include "models/fighters/fighters_params.hpp"
#include "models/finance/finance_params.hpp"
#include "models/risk/risk_params.hpp"
#include "models/scenario/actor_params.hpp"
#include "models/scenario/run_params.hpp"
#include "models/scenario/strategy_params.hpp"
#include "models/trafficking/trafficking_params.hpp"
#include "models/travel/demand_params.hpp"
#include "models/travel/signal_params.hpp"
#include "models/travel/stream_params.hpp"
#include "models/world/world_params.hpp"
#include "sim/calendar.hpp"
#include "sim/parameter_set.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::scenario {

using sim::Complaint;
using sim::Override;
using sim::ScenarioError;

struct Scenario {
  RunParams run;
  world::WorldParams world;
  travel::DemandParams demand;
  travel::StreamParams stream;
  travel::SignalParams signals;
  control::ControlParams control;
  risk::RiskParams risk;
  ActorParams actors;
  fighters::FightersParams fighters;
  trafficking::TraffickingParams trafficking;
  finance::FinanceParams finance;
  cargo::CargoParams cargo;
  cooperation::CooperationParams cooperation;
  StrategyParams strategy;
  cooperation::PlanningParams planning;
  std::filesystem::path data_folder;         ///< where world.data leads
  std::vector<std::filesystem::path> files;  ///< the scenario file and its bases
  /// Files whose texts were taken in, by the parameter that named them.
  std::map<std::string, std::filesystem::path> embedded_files;
  std::vector<std::filesystem::path> strategy_files;  ///< that strategy.files named and were read
  std::string text;                                   ///< complete, in TOML
  std::string hash;                                   ///< 32 hex digits
  std::string name, about;
  /// Of the values in force on a day (Timeline::at): the scenario whose they are.
  std::shared_ptr<const Scenario> whole;
  std::int64_t values_of_day = 0;  ///< that day

  [[nodiscard]] sim::Calendar calendar() const;  ///< day 0 = run.start
  /// Where a text came from, as complaints name it: the file that was read, else the name that the
  /// scenario keeps, else the parameter that holds the text.
  [[nodiscard]] std::string source_of(const std::string& parameter, const std::string& kept,
                                      const std::string& text_parameter) const;
};

/// All rows of all models, in the order of the manual.
[[nodiscard]] const sim::ParameterSet& parameters();

/// The value at a path. \pre parameters() has it
[[nodiscard]] sim::Value value_at(const Scenario& scenario, std::string_view path);
/// Puts a value there. \pre it is of the row's kind, in its range
void set_value(Scenario& scenario, std::string_view path, const sim::Value& value);

/// Reads a scenario file and its bases; `overrides` win. \throws ScenarioError with every complaint
/// about all files, among them a world.data that is no folder.
[[nodiscard]] Scenario load_scenario(const std::filesystem::path& path,
                                     const std::vector<Override>& overrides = {});

/// The same of a text, such as a result file holds: no base, and data that are not there are found
/// missing only when they are loaded, so that a result can be read without them. Files (rules,
/// actors) that an override names are read when `named_files` says so.
[[nodiscard]] Scenario parse_scenario(std::string_view text, const std::string& name,
                                      const std::vector<Override>& overrides = {},
                                      bool named_files = false);

/// The folder "data" or "scenarios" that came with the program: beside $CORRIDOR_DATA (which names
/// the data folder itself), beside the executable (build tree, then installed), then where the
/// program was built. The first that exists; when none does, the last.
[[nodiscard]] std::filesystem::path shipped_folder(std::string_view name);

}  // namespace corridor::scenario
