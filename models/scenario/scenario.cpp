// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/scenario.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdio>
#include <initializer_list>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <tuple>
#include <type_traits>

#include "models/cargo/cargo_checks.hpp"
#include "models/control/regime.hpp"
#include "models/risk/rule_set_text.hpp"
#include "models/scenario/embedded_file.hpp"
#include "models/scenario/group_checks.hpp"
#include "models/scenario/risk_checks.hpp"
#include "models/scenario/timeline.hpp"

namespace corridor::scenario {
namespace {

namespace fs = std::filesystem;

static_assert(sim::sound(run_table));
static_assert(sim::sound(world::world_table));
static_assert(sim::sound(travel::demand_table));
static_assert(sim::sound(travel::stream_table));
static_assert(sim::sound(travel::signal_table));
static_assert(sim::sound(control::control_table));
static_assert(sim::sound(risk::risk_table));
static_assert(sim::sound(actor_table));
static_assert(sim::sound(cooperation::cooperation_table));
static_assert(sim::sound(strategy_table));
static_assert(sim::sound(cooperation::planning_table));

/// Calls `use(values, table)` for each model. The one list of models that have parameters.
template <class S, class Use>
requires std::is_same_v<std::remove_const_t<S>, Scenario>
void for_each_model(S& scenario, const Use& use) {
  use(scenario.run, run_table);
  use(scenario.world, world::world_table);
  use(scenario.demand, travel::demand_table);
  use(scenario.stream, travel::stream_table);
  use(scenario.signals, travel::signal_table);
  use(scenario.control, control::control_table);
  use(scenario.risk, risk::risk_table);
  use(scenario.actors, actor_table);
  use(scenario.fighters, fighters::fighters_table);
  use(scenario.trafficking, trafficking::trafficking_table);
  use(scenario.finance, finance::finance_table);
  use(scenario.cargo, cargo::cargo_table);
  use(scenario.cooperation, cooperation::cooperation_table);
  use(scenario.strategy, strategy_table);
  use(scenario.planning, cooperation::planning_table);
}

void check_start(const sim::ScenarioText& read, const Scenario& scenario,
                 sim::Complaints& complaints) {
  const auto setting = read.settings.find("run.start");
  if (setting == read.settings.end()) return;
  const int year = sim::parse_date(scenario.run.start).value().year;
  if (year < 1900 || year > 2199)
    complaints.add(setting->second.place,
                   "run.start = " + sim::literal(std::string_view(scenario.run.start)) +
                       " is outside 1900-01-01 to 2199-12-31");
}

/// Shares in 64ths of one class of stays: what they leave belongs to units that travel once.
void check_slots(const sim::ScenarioText& read, const std::string& length,
                 std::initializer_list<std::pair<const char*, std::int64_t>> shares,
                 sim::Complaints& complaints) {
  std::int64_t sum = 0;
  std::string names;
  const sim::Place* place = nullptr;
  for (const auto& [key, share] : shares) {
    const std::string path = "travel.units." + length + "_" + key;
    sum += share;
    names += (names.empty() ? "" : " + ") + path;
    const auto setting = read.settings.find(path);
    if (setting != read.settings.end()) place = &setting->second.place;
  }
  if (sum > 64 && place)
    complaints.add(*place, names + " = " + std::to_string(sum) + " is more than 64 64ths");
}

void check_officers(const sim::ScenarioText& read, const control::ControlParams& control,
                    sim::Complaints& complaints) {
  if (control.officers_min <= control.officers_max) return;
  for (const char* path : {"control.staffing.officers_min", "control.staffing.officers_max"}) {
    const auto setting = read.settings.find(path);
    if (setting == read.settings.end()) continue;
    complaints.add(setting->second.place,
                   "control.staffing.officers_min = " + std::to_string(control.officers_min) +
                       " is more than control.staffing.officers_max = " +
                       std::to_string(control.officers_max));
    return;
  }
}

/// Lists of countries that are written as text.
void check_lists(const sim::ScenarioText& read, const Scenario& scenario,
                 sim::Complaints& complaints) {
  const auto place = [&](std::string_view path) -> const sim::Place* {
    const auto setting = read.settings.find(path);
    return setting == read.settings.end() ? nullptr : &setting->second.place;
  };
  if (const sim::Place* at = place("control.regime.carrier_data_countries")) {
    try {
      (void)control::country_codes(scenario.control.carrier_data_countries);
    } catch (const std::invalid_argument& wrong) {
      complaints.add(*at, wrong.what());
    }
  }
  if (const sim::Place* at = place("travel.demand.closed_borders")) {
    std::istringstream words(scenario.demand.closed_borders);
    for (std::string word; words >> word;) {
      bool right = word.size() == 7;
      for (std::size_t i = 0; right && i < 7; ++i)
        right = i == 3 ? word[i] == '-' : word[i] >= 'A' && word[i] <= 'Z';
      if (!right)
        complaints.add(*at,
                       "travel.demand.closed_borders: " + sim::literal(std::string_view(word)) +
                           " is not a pair of countries; allowed are pairs like \"ARM-AZE\" "
                           "separated by spaces");
    }
  }
}

/// Where world.data leads.
fs::path find_data(const sim::Setting* setting, const std::string& data) {
  if (data.empty() || !setting) return shipped_folder("data");
  const fs::path beside = setting->folder / data;
  std::error_code error;
  if (fs::is_directory(beside, error)) return beside.lexically_normal();
  const fs::path shipped = shipped_folder("scenarios") / data;
  if (fs::is_directory(shipped, error)) return shipped.lexically_normal();
  return beside.lexically_normal();
}

/// world.data as another process can find it: relative to the scenarios that came with the program
/// when it lies there, else to the working folder. Never a path from the root, which would name a
/// machine and a user.
std::string portable(const fs::path& folder) {
  std::error_code error;
  const fs::path there = fs::weakly_canonical(folder, error);
  for (const fs::path& root : {shipped_folder("scenarios"), fs::current_path(error)}) {
    const fs::path from_root = there.lexically_relative(fs::weakly_canonical(root, error));
    if (!from_root.empty() && *from_root.begin() != "..") return from_root.generic_string();
  }
  const fs::path from_here = there.lexically_relative(fs::current_path(error));
  return from_here.empty() ? folder.generic_string() : from_here.generic_string();
}

/// `line(path, value)` for every parameter, in the order of the manual.
template <class Line>
void for_each_value(const Scenario& scenario, const Line& line) {
  for_each_model(scenario, [&](const auto& values, const auto& table) {
    for (const auto& row : table) line(row.path, sim::value_of(values, row));
  });
}

std::string flat_text(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> tables;  // in order of first appearance
  for_each_value(scenario, [&](std::string_view path, const sim::Value& value) {
    const std::size_t dot = path.rfind('.');
    const std::string table(path.substr(0, dot)), key(path.substr(dot + 1));
    auto it = tables.begin();
    while (it != tables.end() && it->first != table) ++it;
    if (it == tables.end()) it = tables.insert(it, {table, ""});
    it->second += key + " = " + sim::literal(value) + "\n";
  });
  std::string text = "name = " + sim::literal(std::string_view(scenario.name)) + "\n";
  if (!scenario.about.empty())
    text += "about = " + sim::literal(std::string_view(scenario.about)) + "\n";
  for (const auto& [table, lines] : tables)
    text.append("\n[").append(table).append("]\n").append(lines);
  return text;
}

std::string hash_of(const Scenario& scenario) {
  std::string lines;
  for_each_value(scenario, [&](std::string_view path, const sim::Value& value) {
    if (matters_to_results(path) && path != "world.data")
      lines += std::string(path) + " = " + sim::literal(value) + "\n";
  });
  const XXH128_hash_t hash = XXH3_128bits(lines.data(), lines.size());
  char hex[33];
  std::snprintf(hex, sizeof hex, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return hex;
}

/// Which files that a scenario names are looked at.
enum class Files { all, those_of_the_call, none };

/// The files whose texts a scenario takes in: rules, actors, cooperation, strategies.
void read_files(const sim::ScenarioText& read, bool files_must_exist, Scenario& scenario,
                sim::Complaints& complaints) {
  const auto embed = [&](const std::string& path, std::string_view text_path, std::string& file,
                         std::string& text) {
    fs::path found = embed_file(read, {path, text_path, files_must_exist}, file, text, complaints);
    if (!found.empty()) scenario.embedded_files[path] = found;
    return found;
  };
  const auto read_rules = [&](const std::string& path, std::string_view text_path,
                              risk::Subject subject, std::string& file, std::string& text) {
    const fs::path found = embed(path, text_path, file, text);
    if (found.empty()) return;
    // Throws its own error, with the places in the rule file.
    const risk::RuleSet set = risk::parse_rule_set(text, found.string(), risk::shipped_catalogue());
    if (const std::string wrong = risk::subject_complaint(set, subject); !wrong.empty())
      complaints.add(read.settings.find(path)->second.place,
                     path + ": " + found.string() + ": " + wrong);
  };
  read_rules("risk.rules", "risk.rules_text", risk::Subject::traveller, scenario.risk.rules,
             scenario.risk.rules_text);
  read_rules("cargo.rules", "cargo.rules_text", risk::Subject::consignment, scenario.cargo.rules,
             scenario.cargo.rules_text);
  embed("actors.file", "actors.text", scenario.actors.file, scenario.actors.text);
  embed("cooperation.file", "cooperation.text", scenario.cooperation.file,
        scenario.cooperation.text);
  scenario.strategy_files = embed_strategies(read, files_must_exist, scenario.strategy, complaints);
}

/// What must hold between values; `read` says where each stands.
void check_values(const sim::ScenarioText& read, const Scenario& scenario,
                  sim::Complaints& complaints) {
  check_start(read, scenario, complaints);
  const travel::StreamParams& s = scenario.stream;
  check_slots(read, "short",
              {{"2", s.short_2}, {"4", s.short_4}, {"12", s.short_12}, {"24", s.short_24}},
              complaints);
  check_slots(read, "medium", {{"2", s.medium_2}, {"4", s.medium_4}}, complaints);
  check_officers(read, scenario.control, complaints);
  check_lists(read, scenario, complaints);
  check_signals(read, scenario, complaints);
  check_assessment(read, scenario.risk, complaints);
  cargo::check_cargo(read, scenario.cargo, complaints);
}

/// Strategies, each and together with what the scenario itself sets, and the values that they leave
/// in force.
void check_strategies_of(const sim::ScenarioText& read, const Scenario& scenario,
                         sim::Complaints& complaints) {
  sim::Complaints wrong;
  const std::vector<Strategy> strategies = read_strategies(scenario, wrong);
  check_strategies(read, strategies, scenario, wrong);
  if (!wrong.empty()) {
    complaints.take(std::move(wrong));
    return;
  }
  if (strategies.empty()) return;
  const Timeline timeline(scenario);
  std::vector<std::int64_t> days(timeline.days().begin(), timeline.days().end());
  days.insert(days.begin(), 0);
  for (const std::int64_t day : days) {
    sim::ScenarioText in_force = read;
    bool any = false;
    for (const Strategy& strategy : strategies) {
      for (const Change& change : strategy.changes) {
        if (!change.holds(day)) continue;
        in_force.settings.insert_or_assign(change.path,
                                           sim::Setting{change.value, change.value_place, {}});
        any = true;
        if (change.path == "risk.rules_text" && change.from_day == day)
          (void)risk::parse_rule_set(std::get<std::string>(change.value),
                                     change.value_place.file + ", risk.rules_text",
                                     risk::shipped_catalogue());
      }
    }
    if (!any) continue;
    const Scenario of_day = timeline.at(day);
    check_values(in_force, of_day, wrong);
    check_group(in_force, of_day, wrong);
  }
  complaints.take(std::move(wrong));
}

Scenario made_from(const sim::ScenarioText& read, Files files, sim::Complaints& complaints) {
  Scenario scenario;
  const auto setting = [&](std::string_view path) -> const sim::Setting* {
    const auto it = read.settings.find(path);
    return it == read.settings.end() ? nullptr : &it->second;
  };
  for_each_model(scenario, [&](auto& values, const auto& table) {
    sim::assign(values, table, [&](std::string_view path) -> const sim::Value* {
      const sim::Setting* found = setting(path);
      return found ? &found->value : nullptr;
    });
  });
  scenario.name = read.name;
  scenario.about = read.about;
  scenario.files = read.files;

  check_values(read, scenario, complaints);
  if (files != Files::none) read_files(read, files == Files::all, scenario, complaints);
  check_group(read, scenario, complaints);
  check_strategies_of(read, scenario, complaints);

  const sim::Setting* data = setting("world.data");
  if (scenario.world.data.find('\0') != std::string::npos) {
    complaints.add(data->place, "world.data holds a zero byte, which no path can");
    scenario.world.data.clear();
  }
  scenario.data_folder = find_data(data, scenario.world.data);
  std::error_code error;
  if (files == Files::all && !fs::is_directory(scenario.data_folder, error))
    complaints.add(data ? data->place : sim::Place{"world.data", 0, 0},
                   "world.data: no folder '" + scenario.data_folder.string() + "'" +
                       (data ? "; a path is relative to the file that says it"
                             : ": set CORRIDOR_DATA to the data folder of the program"));
  complaints.throw_if_any();

  if (!scenario.world.data.empty()) scenario.world.data = portable(scenario.data_folder);
  scenario.text = flat_text(scenario);
  scenario.hash = hash_of(scenario);
  return scenario;
}

}  // namespace

sim::Calendar Scenario::calendar() const {
  return sim::Calendar(sim::parse_date(run.start).value());
}

std::string Scenario::source_of(const std::string& parameter, const std::string& kept,
                                const std::string& text_parameter) const {
  const auto found = embedded_files.find(parameter);
  if (found != embedded_files.end()) return found->second.string();
  return kept.empty() ? text_parameter : kept;
}

const sim::ParameterSet& parameters() {
  static const sim::ParameterSet all = [] {
    sim::ParameterSet set;
    const Scenario defaults;
    for_each_model(defaults, [&](const auto&, const auto& table) { set.add(table); });
    return set;
  }();
  return all;
}

sim::Value value_at(const Scenario& scenario, std::string_view path) {
  std::optional<sim::Value> found;
  for_each_model(scenario, [&](const auto& values, const auto& table) {
    for (const auto& row : table) {
      if (row.path == path) found = sim::value_of(values, row);
    }
  });
  if (!found) throw std::logic_error("no parameter " + std::string(path));
  return *found;
}

void set_value(Scenario& scenario, std::string_view path, const sim::Value& value) {
  for_each_model(scenario, [&](auto& values, const auto& table) {
    sim::assign(values, table, [&](std::string_view at) { return at == path ? &value : nullptr; });
  });
}

Scenario load_scenario(const fs::path& path, const std::vector<Override>& overrides) {
  sim::Complaints complaints;
  const sim::ScenarioText read = sim::read_scenario_file(path, parameters(), overrides, complaints);
  return made_from(read, Files::all, complaints);
}

Scenario parse_scenario(std::string_view text, const std::string& name,
                        const std::vector<Override>& overrides, bool named_files) {
  sim::Complaints complaints;
  const sim::ScenarioText read =
      sim::read_scenario_text(text, name, parameters(), overrides, complaints);
  return made_from(read, named_files ? Files::those_of_the_call : Files::none, complaints);
}

}  // namespace corridor::scenario
