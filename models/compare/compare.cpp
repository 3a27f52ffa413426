// SPDX-License-Identifier: Apache-2.0
#include "models/compare/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "models/scenario/hypothetical_links.hpp"
#include "models/scenario/timeline.hpp"
#include "models/simulation/planning_day.hpp"
#include "models/simulation/provenance.hpp"
#include "models/simulation/simulation.hpp"
#include "sim/names.hpp"

namespace corridor::compare {
namespace {

namespace fs = std::filesystem;

/// Set-ups by what they are made of.
class Setups {
 public:
  const simulation::Setup& of(const scenario::Scenario& scenario) {
    const std::string key = simulation::cache_path(scenario).string();
    const auto found = setups_.find(key);
    if (found != setups_.end()) return found->second;
    return setups_.emplace(key, simulation::make_setup(scenario)).first->second;
  }

 private:
  std::map<std::string, simulation::Setup> setups_;
};

World world_of(scenario::Scenario scenario, const fs::path& file) {
  World world;
  world.name = scenario.name;
  world.about = scenario.about;
  world.file = file.filename().string();
  const scenario::Timeline timeline(scenario);
  for (const scenario::Strategy& s : timeline.strategies())
    world.cost_musd += scenario::cost_musd(s, scenario.run.days);
  world.hypothetical = scenario::tries_hypothetical_links(scenario);
  world.scenario = std::move(scenario);
  return world;
}

/// Parameters in which some alternative differs from the base, at any time.
std::vector<std::string> changed_paths(const World& base, const std::vector<World>& alternatives) {
  std::vector<std::string> changed;
  const auto add = [&](const World& world) {
    const scenario::Timeline timeline(world.scenario);
    for (const scenario::Strategy& s : timeline.strategies()) {
      for (const scenario::Change& c : s.changes) changed.push_back(c.path);
    }
  };
  add(base);
  for (const World& world : alternatives) {
    add(world);
    for (const sim::ParameterInfo& row : scenario::parameters().rows()) {
      if (scenario::value_at(base.scenario, row.path) !=
          scenario::value_at(world.scenario, row.path))
        changed.emplace_back(row.path);
    }
  }
  return changed;
}

/// Values of a metric by replicate.
std::vector<double> column(std::span<const WorldRun> runs, std::size_t metric) {
  std::vector<double> values;
  for (const WorldRun& run : runs) values.push_back(run.values[metric]);
  return values;
}

/// Whether a comparison of a metric that counts people or cases may not be shown.
template <class M>
bool hides(const M& metric, const Paired& seeds, bool real_names) {
  const auto small = [](double mean) { return mean > 0 && mean < simulation::smallest_cell; };
  return real_names && metric.cases && (small(seeds.base) || small(seeds.strategy));
}

/// Of parties of both worlds, also those that have none of a metric.
std::vector<PartyResult> compare_parties(std::span<const WorldRun> base,
                                         std::span<const WorldRun> other, bool real_names) {
  const std::size_t n = party_metrics().size();
  std::vector<PartyResult> results;
  for (std::size_t p = 0; p < base[0].parties.size(); ++p) {
    const std::vector<std::string>& there = other[0].parties;
    const auto same = std::find(there.begin(), there.end(), base[0].parties[p]);
    if (same == there.end()) continue;
    const auto q = static_cast<std::size_t>(same - there.begin());
    const auto values = [&](std::span<const WorldRun> runs, std::size_t i) {
      std::vector<double> all;
      for (const WorldRun& run : runs) all.push_back(run.party_values[i]);
      return all;
    };
    for (std::size_t m = 0; m < n; ++m) {
      const PartyMetric& metric = party_metrics()[m];
      PartyResult r{*same,
                    m,
                    false,
                    paired(values(base, p * n + m), values(other, q * n + m), metric.better),
                    {}};
      r.hidden = hides(metric, r.seeds, real_names);
      results.push_back(std::move(r));
    }
  }
  return results;
}

std::int64_t first_difference(std::span<const WorldRun> a, std::span<const WorldRun> b) {
  std::int64_t first = -1;
  for (std::size_t r = 0; r < a.size(); ++r) {
    const auto [at, other] = std::ranges::mismatch(a[r].digests, b[r].digests);
    if (at == a[r].digests.end() && other == b[r].digests.end()) continue;
    const std::int64_t day = at - a[r].digests.begin();
    first = first < 0 ? day : std::min(first, day);
  }
  return first;
}

}  // namespace

World base_world(const fs::path& file, const std::vector<sim::Override>& overrides) {
  return world_of(scenario::load_scenario(file, overrides), file);
}

World alternative(const World& base, const fs::path& file,
                  const std::vector<sim::Override>& overrides) {
  std::vector<sim::Override> all = overrides;
  const auto same = [&](const char* path) {
    all.push_back({path, sim::literal(scenario::value_at(base.scenario, path)), path});
  };
  if (!scenario::is_strategy_file(file)) {
    for (const char* path : {"run.days", "run.start", "run.seed", "run.scale", "run.replicates"})
      same(path);
    World world = world_of(scenario::load_scenario(file, all), file);
    if (world.scenario.data_folder != base.scenario.data_folder)
      throw sim::UserError(fmt::format(
          "{}: error: it takes place in another world than the base ('{}', not '{}'); only worlds "
          "of the same places can be compared",
          file.string(), world.scenario.data_folder.filename().string(),
          base.scenario.data_folder.filename().string()));
    return world;
  }
  std::string files;
  for (const fs::path& own : base.scenario.strategy_files) files += own.string() + ",";
  all.push_back({"strategy.files", files + file.string(), "strategy " + file.string()});
  World world = world_of(scenario::load_scenario(base.scenario.files.front(), all), file);
  const scenario::Timeline timeline(world.scenario);
  const scenario::Strategy& mine = timeline.strategies().back();
  world.name = mine.name;
  world.about = mine.about;
  world.cost_musd = scenario::cost_musd(mine, world.scenario.run.days);
  return world;
}

const MetricResult& Alternative::of(std::string_view metric) const {
  for (const MetricResult& m : metrics) {
    if (compare::metrics()[m.metric].name == metric) return m;
  }
  throw std::invalid_argument("metric " + std::string(metric) + " was not compared");
}

std::vector<std::size_t> chosen_metrics(const std::vector<std::string>& names) {
  std::vector<std::size_t> chosen;
  for (const std::string& name : names) {
    const std::size_t i = metric_index(name);
    if (i == metrics().size()) {
      const std::vector<std::string> known = metric_names();
      const std::string hint = sim::did_you_mean(name, known);
      throw sim::UserError(
          "unknown metric '" + name + "'" +
          (hint.empty() ? "; known are " + sim::listed(known, known.size()) : hint));
    }
    chosen.push_back(i);
  }
  for (std::size_t i = 0; names.empty() && i < metrics().size(); ++i) chosen.push_back(i);
  return chosen;
}

Comparison compare(const World& base, const std::vector<World>& alternatives,
                   const Options& options,
                   const std::function<void(const CompareProgress&)>& progress,
                   const std::function<bool()>& stop) {
  const std::vector<std::size_t> chosen = chosen_metrics(options.metrics);
  Comparison result;
  if (options.parameter_sets > 0) {
    result.sets =
        parameter_sets(base.scenario, changed_paths(base, alternatives), options.parameter_sets);
    if (result.sets->values.empty())
      throw sim::UserError(
          fmt::format("none of {} parameter sets is admissible: the base leaves no room around it",
                      result.sets->drawn));
  }
  std::vector<const World*> worlds{&base};
  for (const World& world : alternatives) worlds.push_back(&world);
  Setups setups;
  std::vector<const simulation::Setup*> setup_of;
  for (const World* world : worlds) setup_of.push_back(&setups.of(world->scenario));
  // Whatever is wrong with one of them is told before the others are run.
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    simulation::check_operations(worlds[w]->scenario, setup_of[w]);
    static_cast<void>(simulation::Simulation(worlds[w]->scenario, *setup_of[w], 0));
  }
  const auto R = static_cast<std::size_t>(options.replicates);
  const std::size_t n_sets = result.sets ? result.sets->values.size() : 0;
  const auto S = static_cast<std::size_t>(options.set_replicates);
  const std::size_t all = worlds.size() * (R + n_sets * S);
  std::size_t before = 0;

  /// [world][replicate]
  const auto run_all = [&](std::span<const scenario::Scenario> scenarios, std::size_t n) {
    std::vector<Task> tasks;
    for (std::size_t w = 0; w < worlds.size(); ++w) {
      for (std::size_t r = 0; r < n; ++r)
        tasks.push_back({&scenarios[w], setup_of[w], static_cast<std::uint32_t>(r)});
    }
    auto runs = run_worlds(
        tasks, options.threads,
        [&](std::size_t done) {
          if (progress) progress({before + done, all});
        },
        stop);
    before += tasks.size();
    return runs;
  };

  std::vector<scenario::Scenario> scenarios;
  for (const World* world : worlds) scenarios.push_back(world->scenario);
  const std::vector<WorldRun> runs = run_all(scenarios, R);
  const auto of_world = [](std::span<const WorldRun> of, std::size_t w, std::size_t n) {
    return of.subspan(w * n, n);
  };

  // [alternative][metric][set]: mean differences.
  std::vector<std::vector<std::vector<double>>> by_set(
      alternatives.size(), std::vector<std::vector<double>>(chosen.size()));
  // [alternative][number of parties][set], likewise.
  std::vector<std::vector<std::vector<double>>> parties_by_set(alternatives.size());
  for (std::size_t k = 0; k < n_sets; ++k) {
    std::vector<scenario::Scenario> under;
    for (const World* world : worlds) {
      auto made = with_set(world->scenario, result.sets->factors, result.sets->values[k]);
      if (!made)
        throw sim::UserError(world->file + ": its values contradict those of a parameter set");
      under.push_back(std::move(*made));
    }
    const std::vector<WorldRun> set_runs = run_all(under, S);
    for (std::size_t a = 0; a < alternatives.size(); ++a) {
      const std::vector<PartyResult> parties =
          compare_parties(of_world(set_runs, 0, S), of_world(set_runs, a + 1, S), false);
      parties_by_set[a].resize(parties.size());
      for (std::size_t i = 0; i < parties.size(); ++i)
        parties_by_set[a][i].push_back(parties[i].seeds.difference.estimate);
      for (std::size_t m = 0; m < chosen.size(); ++m) {
        by_set[a][m].push_back(paired(column(of_world(set_runs, 0, S), chosen[m]),
                                      column(of_world(set_runs, a + 1, S), chosen[m]),
                                      metrics()[chosen[m]].better)
                                   .difference.estimate);
      }
    }
  }

  const simulation::Setup& setup = *setup_of.front();
  result.base = base.name;
  result.base_hash = base.scenario.hash;
  result.world = setup.world_name;
  result.real_names = setup.real_names;
  result.hypothetical = base.hypothetical;
  result.full_traces = !base.scenario.actors.text.empty() &&
                       scenario::full_traces(base.scenario.actors, setup.real_names);
  result.start = base.scenario.run.start;
  result.version = simulation::program_version();
  result.commit = simulation::program_commit();
  result.seed = base.scenario.run.seed;
  result.replicates = options.replicates;
  result.set_replicates = n_sets > 0 ? options.set_replicates : 0;
  result.days = base.scenario.run.days;
  result.scale = base.scenario.run.scale;
  const auto of_base = of_world(runs, 0, R);
  for (std::size_t a = 0; a < alternatives.size(); ++a) {
    const World& world = alternatives[a];
    const auto of_other = of_world(runs, a + 1, R);
    Alternative alt{world.name,
                    world.about,
                    world.file,
                    world.scenario.hash,
                    world.cost_musd,
                    world.hypothetical,
                    first_difference(of_base, of_other),
                    {},
                    compare_parties(of_base, of_other, result.real_names)};
    const auto headline_of = [&](std::span<const double> differences, const Paired& pairs) {
      return headline(differences, *result.sets, static_cast<std::uint32_t>(base.scenario.run.seed),
                      pairs.variance, options.set_replicates);
    };
    for (std::size_t i = 0; n_sets > 0 && i < alt.parties.size(); ++i)
      alt.parties[i].headline = headline_of(parties_by_set[a][i], alt.parties[i].seeds);
    std::erase_if(alt.parties, [](const PartyResult& r) { return r.seeds.pairs == 0; });
    for (std::size_t m = 0; m < chosen.size(); ++m) {
      const Metric& metric = metrics()[chosen[m]];
      MetricResult r;
      r.metric = chosen[m];
      r.of_seed = column(of_other, chosen[m]);
      r.seeds = paired(column(of_base, chosen[m]), r.of_seed, metric.better);
      if (r.seeds.pairs == 0) continue;
      r.hidden = hides(metric, r.seeds, result.real_names);
      if (n_sets > 0) {
        r.headline = headline_of(by_set[a][m], r.seeds);
        r.by_set = std::move(by_set[a][m]);
      }
      alt.metrics.push_back(std::move(r));
    }
    result.alternatives.push_back(std::move(alt));
  }
  return result;
}

}  // namespace corridor::compare
