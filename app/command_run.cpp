// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/rule_use.hpp"
#include "app/run_options.hpp"
#include "models/scenario/hypothetical_links.hpp"
#include "models/scenario/risk_checks.hpp"
#include "models/simulation/planning_day.hpp"
#include "models/simulation/recorder.hpp"
#include "models/simulation/result_reader.hpp"

namespace corridor::app {
namespace {

std::string duration(double seconds) {
  const long s = std::lround(seconds);
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
}

/// One line on the terminal's error stream, drawn again at most ten times a second; nothing into a
/// pipe.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet) : on_(!quiet && ::isatty(STDERR_FILENO) != 0) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void step(std::string_view what) {
    if (on_) draw(fmt::format("{} ...", what));
  }
  void show(const simulation::Progress& p) {
    const auto now = std::chrono::steady_clock::now();
    if (!on_ || (now - last_ < std::chrono::milliseconds(100) && p.days_done < p.days)) return;
    last_ = now;
    if (first_days_ < 0) first_days_ = p.days_done - 1;
    constexpr int width = 24;
    const double share = static_cast<double>(p.days_done) / static_cast<double>(p.days);
    const auto filled = static_cast<int>(share * width);
    const double done_here = static_cast<double>(p.days_done - first_days_);
    const double left = p.seconds / done_here * static_cast<double>(p.days - p.days_done);
    draw(fmt::format("[{:=<{}}{:{}}] day {}/{}  {:.1f} M journeys/s  {} left", "", filled, "",
                     width - filled, p.days_done, p.days,
                     static_cast<double>(p.simulated_journeys) / p.seconds / 1e6, duration(left)));
  }
  void clear() {
    if (on_ && drawn_) std::fputs("\r\x1b[K", stderr);
    drawn_ = false;
  }

 private:
  void draw(const std::string& line) {
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
    drawn_ = true;
  }
  bool on_;
  bool drawn_ = false;
  std::int64_t first_days_ = -1;
  std::chrono::steady_clock::time_point last_{};
};

/// Mean wait in seconds over the first days of a scenario.
double mean_wait_s(const scenario::Scenario& scenario, const simulation::Setup& setup, int days) {
  simulation::Simulation simulation(scenario, setup, 0);
  double wait = 0, persons = 0;
  for (int d = 0; d < days; ++d) {
    const simulation::DayCounts counts = simulation.step(d).counts;
    wait += static_cast<double>(counts.wait_person_seconds);
    persons += static_cast<double>(counts.primary_persons);
  }
  return persons > 0 ? wait / persons : 0;
}

/// What scale does to waits, measured on the first days against every traveller.
void print_scale_bias(const scenario::Scenario& scenario, const simulation::Setup& setup) {
  const int days = static_cast<int>(std::min<std::int64_t>(2, scenario.run.days));
  scenario::Scenario whole = scenario;
  whole.run.scale = 1;
  const double scaled = mean_wait_s(scenario, setup, days), full = mean_wait_s(whole, setup, days);
  std::cout << fmt::format(
      "scale {}: the mean wait of the first {} day{} is {:.0f} s, {:.1f} times the {:.0f} s of "
      "every "
      "traveller (1:1); read no waits from this run\n",
      scenario.run.scale, days, days == 1 ? "" : "s", scaled, full > 0 ? scaled / full : 1, full);
}

int report(simulation::RunEnd end, const std::filesystem::path& path, bool quiet) {
  if (end == simulation::RunEnd::interrupted) {
    std::cerr << "interrupted: the day is finished and the file is closed. To go on:\n  corridor "
                 "run --resume "
              << path.string() << '\n';
    return interrupted_status;
  }
  if (!quiet) {
    std::cout << "wrote " << path.string() << "; to read it: corridor info " << path.string()
              << '\n';
  }
  return 0;
}

}  // namespace

int command_run(const std::vector<std::string>& args) {
  Call call;
  call.name = "run";
  call.usage = "SCENARIO [-o FILE] [options] | --resume FILE";
  call.about = "Simulates a scenario and writes a result file (default: results/NAME.h5).";
  call.options.add_options()("output,o", po::value<std::string>()->value_name("FILE"),
                             "the result file");
  call.options.add_options()("resume", po::value<std::string>()->value_name("FILE"),
                             "go on with a run that was broken off");
  call.options.add_options()("force", "replace an existing result");
  call.options.add_options()("quiet", "print nothing but errors");
  add_scenario_options(call.options);
  call.arguments.add_options()("scenario", po::value<std::string>());
  call.positional.add("scenario", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  const bool quiet = given->count("quiet") != 0;

  if (given->count("resume") != 0) {
    for (const char* option : {"scenario", "output", "force", "set", "strategy", "days",
                               "replicates", "seed", "sample"}) {
      if (given->count(option) == 0) continue;
      throw wrong_call(
          "run", fmt::format("--resume takes the scenario from the file; leave '{}' out", option));
    }
    const std::filesystem::path path = (*given)["resume"].as<std::string>();
    simulation::ResultFile file = simulation::ResultFile::resume(path);
    const simulation::ResultReader reader(path);
    const scenario::Scenario scenario = scenario::parse_scenario(
        reader.provenance().scenario, path.string(), scenario_overrides(*given));
    prepare_use(scenario);
    ProgressLine line(quiet);
    const simulation::Setup setup =
        simulation::make_setup(scenario, [&](std::string_view what) { line.step(what); });
    if (setup.data_hash != reader.provenance().data_hash) {
      throw sim::UserError(
          path.string() +
          ": error: the world's data are not those of this run (data_hash differs); "
          "run again from the scenario");
    }
    const FinishFirst the_day;
    const auto end = simulation::record(
        scenario, setup, file, [&](const simulation::Progress& p) { line.show(p); }, interrupted,
        simulation::read_actors(scenario));
    line.clear();
    return report(end, path, quiet);
  }

  if (given->count("scenario") == 0) throw wrong_call("run", "which scenario?");
  const std::filesystem::path source = (*given)["scenario"].as<std::string>();
  const scenario::Scenario scenario = scenario::load_scenario(source, scenario_overrides(*given));
  std::filesystem::path path =
      given->count("output") != 0
          ? std::filesystem::path((*given)["output"].as<std::string>())
          : std::filesystem::path("results") / (source.stem().string() + ".h5");
  const bool force = given->count("force") != 0;
  check_output(path, force, files_read(scenario));

  prepare_use(scenario);
  if (const std::string rules = scenario::rules_line(scenario); !quiet && !rules.empty())
    std::cout << "rules: " << rules << '\n';
  if (!quiet && scenario::tries_hypothetical_links(scenario))
    std::cout << scenario::hypothetical_note << '\n';
  const auto actors = simulation::read_actors(scenario);
  if (actors) {
    for (const std::string& warning : actors->warnings) std::cerr << "warning: " << warning << '\n';
    if (!quiet && actors->full_traces) {
      std::cout << scenario::full_traces_note << '\n';
    }
  }
  ProgressLine line(quiet);
  const simulation::Setup setup =
      simulation::make_setup(scenario, [&](std::string_view what) { line.step(what); });
  // Before there is a file: a run that is refused leaves none.
  simulation::check_operations(scenario, &setup);
  std::vector<std::string> words{"corridor", "run"};
  words.insert(words.end(), args.begin(), args.end());
  const FinishFirst the_day;
  simulation::ResultFile file = simulation::ResultFile::create(
      path, simulation::run_shape(scenario, setup, actors.get()),
      simulation::provenance_of(scenario, setup, simulation::public_command(words)), force);
  const auto end = simulation::record(
      scenario, setup, file, [&](const simulation::Progress& p) { line.show(p); }, interrupted,
      actors);
  line.clear();
  if (scenario.run.scale < 1 && end == simulation::RunEnd::complete && !quiet) {
    print_scale_bias(scenario, setup);
  }
  return report(end, path, quiet);
}

}  // namespace corridor::app
