// SPDX-License-Identifier: Apache-2.0
#include "models/compare/experiment.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include "sim/names.hpp"
#include "sim/row_text.hpp"
#include "sim/toml_text.hpp"

namespace corridor::compare {
namespace {

namespace fs = std::filesystem;

struct ExperimentRow {
  std::string base, metrics;
  std::int64_t replicates = 8, parameter_sets = 0, set_replicates = 1, days = 0;
};
using Column = sim::Parameter<ExperimentRow>;
constexpr std::array experiment_table{
    Column{"experiment.base", "", "the base, a scenario file", sim::Tag::option, "choice", 0, 0,
           &ExperimentRow::base},
    Column{"experiment.metrics", "", "metrics that count, separated by spaces; empty = all",
           sim::Tag::option, "choice", 0, 0, &ExperimentRow::metrics},
    Column{"experiment.replicates", "", "replicates of each world", sim::Tag::option, "choice", 1,
           1000, &ExperimentRow::replicates},
    Column{"experiment.parameter_sets", "", "admissible parameter sets", sim::Tag::option, "choice",
           0, 10'000, &ExperimentRow::parameter_sets},
    Column{"experiment.set_replicates", "", "replicates under each parameter set", sim::Tag::option,
           "choice", 1, 1000, &ExperimentRow::set_replicates},
    Column{"experiment.days", "day", "days of every world; 0 = those of the base", sim::Tag::option,
           "choice", 0, 3660, &ExperimentRow::days},
};
static_assert(sim::sound(experiment_table));

struct StrategyRow {
  std::string file, note;
};
constexpr std::array strategy_table{
    sim::Parameter<StrategyRow>{"strategy.file", "", "a strategy or scenario file",
                                sim::Tag::option, "choice", 0, 0, &StrategyRow::file},
    sim::Parameter<StrategyRow>{"strategy.note", "", "why it is here", sim::Tag::option, "choice",
                                0, 0, &StrategyRow::note},
};
struct SweepRow {
  std::string path, times;
};
constexpr std::array sweep_table{
    sim::Parameter<SweepRow>{"sweep.path", "", "the parameter", sim::Tag::option, "choice", 0, 0,
                             &SweepRow::path},
    sim::Parameter<SweepRow>{"sweep.times", "", "multiples of its value, separated by spaces",
                             sim::Tag::option, "choice", 0, 0, &SweepRow::times},
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// A sweep over the base's value, or nothing after a complaint.
std::optional<Sweep> sweep_of(const sim::TextRow<SweepRow>& row, const World& base,
                              sim::Complaints& complaints) {
  const sim::ParameterInfo* info = scenario::parameters().find(row.value.path);
  if (info == nullptr || info->kind != sim::Kind::real) {
    complaints.add(row.place_of("path"),
                   "sweep.path: '" + row.value.path + "' is no parameter that is a real number" +
                       sim::did_you_mean(row.value.path, scenario::parameters().paths()));
    return std::nullopt;
  }
  Sweep sweep{row.value.path, {}, {}};
  const auto now = std::get<double>(scenario::value_at(base.scenario, sweep.path));
  for (const std::string& word : words_of(row.value.times)) {
    double times = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), times);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(times)) {
      complaints.add(row.place_of("times"), "sweep.times: '" + word + "' is not a number");
      continue;
    }
    sim::Value value = times * now;
    if (auto wrong = sim::complaint_about(*info, value)) {
      complaints.add(row.place_of("times"), "times " + word + ": " + *wrong);
      continue;
    }
    sweep.times.push_back(times);
    sweep.values.push_back(times * now);
  }
  return sweep;
}

}  // namespace

bool is_experiment_file(const fs::path& file) {
  sim::Complaints ignored;
  try {
    const auto root =
        sim::parse_toml(sim::read_toml_bytes(file, "experiment"), file.string(), ignored);
    return root && root->contains("experiment");
  } catch (const std::string&) {
    return false;  // whoever opens it says why
  }
}

Experiment load_experiment(const fs::path& file, const std::vector<sim::Override>& overrides) {
  sim::Complaints complaints;
  Experiment e;
  e.file = file.filename().string();
  std::string bytes;
  try {
    bytes = sim::read_toml_bytes(file, "experiment");
  } catch (const std::string& why) {
    complaints.add({file.string(), 0, 0}, why);
  }
  const sim::RowText text(bytes, file.string(), complaints);
  if (const auto name = text.text("name", complaints)) e.name = std::get<std::string>(name->value);
  if (const auto about = text.text("about", complaints))
    e.about = std::get<std::string>(about->value);
  if (e.name.empty()) e.name = file.stem().string();
  sim::ParameterSet columns;
  columns.add(experiment_table);
  ExperimentRow row;
  sim::Place base_place{file.string(), 0, 0}, metrics_place = base_place;
  if (const auto found = text.read_one("experiment", columns, complaints)) {
    sim::assign(row, experiment_table, [&](std::string_view path) -> const sim::Value* {
      const auto at = found->settings.find(path);
      return at == found->settings.end() ? nullptr : &at->second.value;
    });
    base_place = metrics_place = found->place;
    if (const auto at = found->settings.find("experiment.metrics"); at != found->settings.end())
      metrics_place = at->second.place;
  }
  if (row.base.empty()) complaints.add(base_place, "[experiment] lacks 'base': a scenario file");
  const auto strategies = text.rows(strategy_table, {"file"}, complaints);
  const auto sweeps = text.rows(sweep_table, {"path", "times"}, complaints);
  text.check_tables({"name", "about", "experiment", "strategy", "sweep"}, complaints);
  e.options.replicates = row.replicates;
  e.options.parameter_sets = row.parameter_sets;
  e.options.set_replicates = row.set_replicates;
  e.options.metrics = words_of(row.metrics);
  try {
    (void)chosen_metrics(e.options.metrics);
  } catch (const sim::UserError& wrong) {
    complaints.add(metrics_place, wrong.what());
  }
  if (strategies.empty())
    complaints.add(base_place, "an experiment has at least one [[strategy]] with a file");
  complaints.throw_if_any();

  // What the call says comes last: of several, the last one wins.
  e.overrides.push_back({"run.replicates", std::to_string(row.replicates), file.string()});
  if (row.days > 0) e.overrides.push_back({"run.days", std::to_string(row.days), file.string()});
  e.overrides.insert(e.overrides.end(), overrides.begin(), overrides.end());
  const fs::path folder = file.parent_path();
  e.base = base_world(folder / row.base, e.overrides);
  e.options.replicates = e.base.scenario.run.replicates;
  e.options.threads = static_cast<int>(e.base.scenario.run.threads);
  for (const auto& s : strategies)
    e.alternatives.push_back(alternative(e.base, folder / s.value.file, e.overrides));
  for (const auto& s : sweeps) {
    if (auto sweep = sweep_of(s, e.base, complaints)) e.sweeps.push_back(std::move(*sweep));
  }
  complaints.throw_if_any();
  return e;
}

ExperimentResult run_experiment(const Experiment& e,
                                const std::function<void(const CompareProgress&)>& progress,
                                const std::function<bool()>& stop) {
  ExperimentResult result{
      e.name, e.about, compare(e.base, e.alternatives, e.options, progress, stop), {}};
  Options seeds = e.options;
  seeds.parameter_sets = 0;
  for (const Sweep& sweep : e.sweeps) {
    for (std::size_t i = 0; i < sweep.values.size(); ++i) {
      const auto at = [&](World world) {
        scenario::set_value(world.scenario, sweep.path, sweep.values[i]);
        return world;
      };
      std::vector<World> alternatives;
      for (const World& world : e.alternatives) alternatives.push_back(at(world));
      result.points.push_back({sweep.path, sweep.times[i], sweep.values[i],
                               compare(at(e.base), alternatives, seeds, progress, stop)});
    }
  }
  return result;
}

}  // namespace corridor::compare
