// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/strategy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/scenario/embedded_file.hpp"
#include "sim/names.hpp"
#include "sim/toml_text.hpp"

namespace corridor::scenario {
namespace {

struct ChangeRow {
  std::int64_t from_day = 0, to_day = cooperation::no_end;
  std::string path, lever;
};
using ChangeColumn = sim::Parameter<ChangeRow>;
constexpr std::array change_table{
    ChangeColumn{"change.from_day", "day", "first day on which the value holds", sim::Tag::option,
                 "choice", 0, cooperation::no_end, &ChangeRow::from_day},
    ChangeColumn{"change.to_day", "day", "last day on which the value holds", sim::Tag::option,
                 "choice", 0, cooperation::no_end, &ChangeRow::to_day},
    ChangeColumn{"change.path", "", "the parameter that changes", sim::Tag::option, "choice", 0, 0,
                 &ChangeRow::path},
    ChangeColumn{"change.lever", "", "the lever that is pulled", sim::Tag::option, "choice", 0, 0,
                 &ChangeRow::lever},
};
static_assert(sim::sound(change_table));

struct BudgetRow {
  double musd = 0;
  std::string source;
};
constexpr std::array budget_table{
    sim::Parameter<BudgetRow>{"budget.musd", "million USD", "what the levers may cost in all",
                              sim::Tag::option, "choice", 0, 1e6, &BudgetRow::musd},
    sim::Parameter<BudgetRow>{"budget.source", "", "where the sum comes from", sim::Tag::option,
                              "choice", 0, 0, &BudgetRow::source},
};
static_assert(sim::sound(budget_table));

/// A file in strategy.text.
struct FileRow {
  std::string file, text;
};
constexpr std::array file_table{
    sim::Parameter<FileRow>{"strategy.file", "", "name of the file", sim::Tag::option, "choice", 0,
                            0, &FileRow::file},
    sim::Parameter<FileRow>{"strategy.text", "", "what it holds", sim::Tag::option, "choice", 0, 0,
                            &FileRow::text},
};

struct Fixed {
  std::string_view prefix, why;
};
constexpr std::string_view set_up = "posts and their staff are made before day 0",
                           one_state = "the state of a run is made for it",
                           choice = "it says what is counted, written or shown, for a whole run";
constexpr std::array fixed_paths{
    Fixed{"control.service.", set_up},
    Fixed{"control.gates.", set_up},
    Fixed{"control.staffing.", set_up},
    Fixed{"control.land.", set_up},
    Fixed{"control.regime.", set_up},
    Fixed{"control.secondary.rate", set_up},
    Fixed{"control.secondary.minutes", set_up},
    Fixed{"control.secondary.random_share", set_up},
    Fixed{"control.secondary.kinds", choice},
    Fixed{"risk.rules",
          "it names a file; within a run give the rules themselves, as "
          "risk.rules_text"},
    Fixed{"risk.scope", choice},
    Fixed{"cooperation.file", one_state},
    Fixed{"cooperation.text", one_state},
    Fixed{"cooperation.members_year", one_state},
    Fixed{"cooperation.budget_musd", choice},
    Fixed{"fighters.on", one_state},
    Fixed{"trafficking.on", one_state},
    Fixed{"finance.laundering.layers", one_state},
};
constexpr std::array<std::string_view, 6> free_tables{"control.", "risk.",     "cooperation.",
                                                      "finance.", "fighters.", "trafficking."};

std::vector<OperationRow> operations_of(const sim::RowText& text, sim::Complaints& complaints) {
  return text.rows(cooperation::dated_rows::operations,
                   {"from_day", "to_day", "participants", "officers"}, complaints);
}

/// Of a row, what it sets or the default.
template <class T>
T value_of(const sim::RowSettings& row, std::string_view path, T otherwise) {
  const auto found = row.settings.find(path);
  return found == row.settings.end() ? otherwise : std::get<T>(found->second.value);
}

sim::Place place_of(const sim::RowSettings& row, std::string_view path) {
  const auto found = row.settings.find(path);
  return found == row.settings.end() ? row.place : found->second.place;
}

std::vector<std::string> changeable_paths() {
  std::vector<std::string> paths;
  for (const sim::ParameterInfo& row : parameters().rows()) {
    if (why_fixed(row.path).empty()) paths.emplace_back(row.path);
  }
  return paths;
}

void check_days(const char* row, std::int64_t from, std::int64_t to, const sim::Place& place,
                sim::Complaints& complaints) {
  if (to >= from) return;
  complaints.add(place, std::string(row) + ".to_day = " + std::to_string(to) +
                            " lies before from_day = " + std::to_string(from));
}

/// The parameter behind a row: its path, or its lever's; "" after a complaint.
std::string path_of(const sim::RowSettings& row, Change& change, sim::Complaints& complaints) {
  auto path = value_of<std::string>(row, "change.path", "");
  const auto lever = value_of<std::string>(row, "change.lever", "");
  if (path.empty() == lever.empty()) {
    complaints.add(row.place, path.empty()
                                  ? "[[change]] lacks 'lever' or 'path': what is changed"
                                  : "[[change]] has both 'lever' and 'path'; give one of them");
    return "";
  }
  if (!lever.empty()) {
    const sim::Place place = place_of(row, "change.lever");
    change.lever = find_lever(lever);
    if (change.lever == nullptr) {
      const std::vector<std::string> ids = lever_ids();
      const std::string hint = sim::did_you_mean(lever, ids);
      complaints.add(place,
                     "unknown lever '" + lever + "'" +
                         (hint.empty() ? "; known are " + sim::listed(ids, ids.size()) : hint));
      return "";
    }
    if (change.lever->path.empty()) {
      complaints.add(place, "lever '" + lever + "' is rows [[operation]]: it has no value");
      return "";
    }
    return std::string(change.lever->path);
  }
  const sim::Place place = place_of(row, "change.path");
  if (parameters().find(path) == nullptr) {
    const std::string hint = sim::did_you_mean(path, changeable_paths());
    complaints.add(place,
                   "unknown parameter '" + path + "'" +
                       (hint.empty() ? "; `corridor schema --markdown` lists them all" : hint));
    return "";
  }
  if (const std::string_view why = why_fixed(path); !why.empty()) {
    complaints.add(place, path + " cannot change within a run: " + std::string(why));
    return "";
  }
  return path;
}

void read_changes(const sim::RowText& text, Strategy& strategy, sim::Complaints& complaints) {
  sim::ParameterSet columns;
  columns.add(change_table);
  for (const sim::RowSettings& row : text.read("change", columns, {"value"}, complaints, "value")) {
    Change change;
    change.place = row.place;
    change.from_day = value_of<std::int64_t>(row, "change.from_day", 0);
    change.to_day = value_of<std::int64_t>(row, "change.to_day", cooperation::no_end);
    check_days("change", change.from_day, change.to_day, place_of(row, "change.to_day"),
               complaints);
    change.path = path_of(row, change, complaints);
    const auto value = row.settings.find("change.value");
    if (change.path.empty() || value == row.settings.end()) continue;
    change.value = value->second.value;
    change.value_place = value->second.place;
    if (auto wrong = sim::complaint_about(*parameters().find(change.path), change.value)) {
      complaints.add(change.value_place, std::move(*wrong));
      continue;
    }
    strategy.changes.push_back(std::move(change));
  }
}

}  // namespace

std::string_view why_fixed(std::string_view path) {
  for (const Fixed& fixed : fixed_paths) {
    const bool table = fixed.prefix.back() == '.';
    if (table ? path.starts_with(fixed.prefix) : path == fixed.prefix) return fixed.why;
  }
  for (const std::string_view table : free_tables) {
    if (path.starts_with(table)) return "";
  }
  return "a strategy changes what is under control, risk, cooperation, finance, fighters and "
         "trafficking";
}

Strategy read_strategy(std::string_view text, const std::string& file,
                       sim::Complaints& complaints) {
  Strategy strategy;
  strategy.file = file;
  const sim::RowText rows(text, file, complaints);
  const auto words = [&](std::string_view key, const std::string& otherwise) {
    const auto found = rows.text(key, complaints);
    return found ? std::get<std::string>(found->value) : otherwise;
  };
  strategy.name = words("name", std::filesystem::path(file).stem().string());
  strategy.about = words("about", "");
  sim::ParameterSet budget;
  budget.add(budget_table);
  if (const auto row = rows.read_one("budget", budget, complaints)) {
    strategy.budget_musd = value_of<double>(*row, "budget.musd", -1);
    strategy.budget_place = place_of(*row, "budget.musd");
  }
  read_changes(rows, strategy, complaints);
  strategy.operations = operations_of(rows, complaints);
  strategy.shocks =
      rows.rows(cooperation::dated_rows::shocks, {"from_day", "kind", "target"}, complaints);
  for (const auto& o : strategy.operations)
    check_days("operation", o.value.from_day, o.value.to_day, o.place_of("to_day"), complaints);
  for (const auto& s : strategy.shocks)
    check_days("shock", s.value.from_day, s.value.to_day, s.place_of("to_day"), complaints);
  rows.check_tables({"name", "about", "budget", "change", "operation", "shock"}, complaints);
  return strategy;
}

Strategy load_strategy(const std::filesystem::path& file, sim::Complaints& complaints) {
  try {
    return read_strategy(sim::read_toml_bytes(file, "strategy"), file.string(), complaints);
  } catch (const std::string& why) {
    complaints.add({file.string(), 0, 0}, why);
    return {};
  }
}

bool is_strategy_file(const std::filesystem::path& file) {
  sim::Complaints ignored;
  try {
    const auto root =
        sim::parse_toml(sim::read_toml_bytes(file, "strategy"), file.string(), ignored);
    if (!root) return false;
    return std::ranges::any_of(std::array{"change", "operation", "shock", "budget"},
                               [&](const char* table) { return root->contains(table); });
  } catch (const std::string&) {
    return false;  // whoever opens it says why
  }
}

std::vector<Strategy> read_strategies(const Scenario& scenario, sim::Complaints& complaints) {
  std::vector<Strategy> strategies;
  if (scenario.strategy.text.empty()) return strategies;
  const sim::RowText text(scenario.strategy.text, "strategy.text", complaints);
  for (const auto& row : text.rows(file_table, {"file", "text"}, complaints)) {
    const std::size_t i = strategies.size();
    const std::string shown =
        i < scenario.strategy_files.size() ? scenario.strategy_files[i].string() : row.value.file;
    strategies.push_back(read_strategy(row.value.text, shown, complaints));
  }
  text.check_tables({"strategy"}, complaints);
  return strategies;
}

std::vector<OperationRow> operations_of_file(const Scenario& scenario,
                                             sim::Complaints& complaints) {
  const cooperation::CooperationParams& p = scenario.cooperation;
  if (p.text.empty()) return {};
  const sim::RowText text(
      p.text, scenario.source_of("cooperation.file", p.file, "cooperation.text"), complaints);
  return operations_of(text, complaints);
}

std::vector<OperationRow> all_operations(const Scenario& scenario,
                                         std::span<const Strategy> strategies,
                                         sim::Complaints& complaints) {
  std::vector<OperationRow> rows = operations_of_file(scenario, complaints);
  for (const Strategy& strategy : strategies)
    rows.insert(rows.end(), strategy.operations.begin(), strategy.operations.end());
  return rows;
}

std::vector<std::filesystem::path> embed_strategies(const sim::ScenarioText& read, bool from_files,
                                                    StrategyParams& params,
                                                    sim::Complaints& complaints) {
  std::vector<std::filesystem::path> found;
  const sim::Setting* setting =
      setting_to_read(read, {"strategy.files", "strategy.text", from_files}, params.text);
  if (setting == nullptr) return found;
  std::string names, text;
  for (std::string_view rest = params.files; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view name = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    if (name.empty()) continue;
    const auto file =
        read_named_file(read, *setting, "strategy.files", std::string(name), complaints);
    if (!file) continue;
    const std::string own = file->path.filename().string();
    names += (names.empty() ? "" : ", ") + own;
    text += "[[strategy]]\nfile = " + sim::literal(std::string_view(own)) +
            "\ntext = " + sim::literal(std::string_view(file->text)) + "\n";
    found.push_back(file->path);
  }
  if (found.empty()) return found;
  params = {names, text};
  return found;
}

}  // namespace corridor::scenario
