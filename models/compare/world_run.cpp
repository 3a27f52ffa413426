// SPDX-License-Identifier: Apache-2.0
#include "models/compare/world_run.hpp"

#include <algorithm>
#include <mutex>

#include "models/simulation/simulation.hpp"
#include "sim/parallel.hpp"

namespace corridor::compare {
namespace {

/// Journeys a day from which one replicate keeps all threads busy.
constexpr double large_world = 2e5;

double journeys_a_day(const Task& task) {
  double units = 0;
  for (const travel::BlockRow& block : task.setup->travel.blocks) units += block.units_year;
  return 2 * task.scenario->run.scale * units / 365;
}

}  // namespace

WorldRun run_world(const scenario::Scenario& given, const simulation::Setup& setup,
                   std::uint32_t replicate, const std::function<bool()>& stop, const Watch& watch) {
  scenario::Scenario scenario = given;
  scenario.run.cut_days = 0;  // kept for those who explain a result
  simulation::Simulation sim(scenario, setup, replicate);
  const sim::Calendar calendar = scenario.calendar();
  Totals totals;
  totals.organisations = !scenario.cooperation.text.empty();
  std::vector<std::uint8_t> region;
  for (const travel::CountryRow& country : setup.travel.countries) region.push_back(country.region);
  PartyBook parties(sim.organisations(), sim.planning().planners(), std::move(region),
                    scenario.run.days);
  WorldRun run;
  for (std::int64_t day = 0; day < scenario.run.days; ++day) {
    const simulation::DayResult result = sim.step(static_cast<std::int32_t>(day));
    totals.add(result);
    parties.add(result);
    if (watch.day) watch.day(result);
    run.digests.push_back(result.digest);
    const bool last = day + 1 == scenario.run.days;
    if (last || calendar.month_of(day) != calendar.month_of(day + 1)) {
      totals.add(sim.month());
      if (const auto actors = sim.actor_month()) {
        totals.add(*actors, *sim.actor_tables());
        parties.add(*actors, *sim.actor_tables());
        if (watch.month) watch.month(*actors);
      }
      const std::vector<cooperation::PlannerFigures> planners = sim.planner_month();
      totals.add(planners);
      parties.add(planners);
      sim.open_month();
    }
    if (stop && stop()) throw Interrupted();
  }
  totals.add(sim.planning(), scenario.run.days);
  run.values = values_of(totals);
  run.parties = parties.codes();
  run.party_values = parties.values();
  return run;
}

std::vector<WorldRun> run_worlds(std::span<const Task> tasks, int threads,
                                 const std::function<void(std::size_t)>& done,
                                 const std::function<bool()>& stop) {
  std::vector<WorldRun> runs(tasks.size());
  std::size_t n_done = 0;
  std::mutex one_at_a_time;
  const auto tell = [&] {
    const std::scoped_lock lock(one_at_a_time);
    ++n_done;
    if (done) done(n_done);
  };
  const bool at_once = tasks.size() > 1 && std::ranges::all_of(tasks, [](const Task& t) {
                         return journeys_a_day(t) < large_world;
                       });
  const auto one = [&](std::size_t i, int n_threads) {
    scenario::Scenario scenario = *tasks[i].scenario;
    scenario.run.threads = n_threads;
    runs[i] = run_world(scenario, *tasks[i].setup, tasks[i].replicate, stop, tasks[i].watch);
    tell();
  };
  if (at_once) {
    sim::Workers workers(threads);
    workers.run(tasks.size(), [&](std::size_t i, int) { one(i, 1); });
  } else {
    for (std::size_t i = 0; i < tasks.size(); ++i) one(i, threads);
  }
  return runs;
}

}  // namespace corridor::compare
