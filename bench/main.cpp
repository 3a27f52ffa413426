// SPDX-License-Identifier: Apache-2.0
/// \file main.cpp  What a simulated day costs, in units of P and in seconds on this machine
/// (bench/README.md).
///
/// usage: corridor_bench [SCENARIO] [DAYS]       default: the shipped baseline, 7 days

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "bench/cargo.hpp"
#include "bench/stopwatch.hpp"
#include "models/simulation/explain.hpp"
#include "models/simulation/recorder.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::bench {
namespace {

namespace fs = std::filesystem;
using simulation::Setup;
using simulation::Simulation;

scenario::Scenario with(const fs::path& path, const std::vector<scenario::Override>& overrides) {
  return scenario::load_scenario(path, overrides);
}

std::vector<scenario::Override> set(std::initializer_list<const char*> texts) {
  std::vector<scenario::Override> overrides;
  for (const char* text : texts) overrides.push_back(sim::parse_set(text));
  return overrides;
}

void line(const std::string& what, const std::string& value) {
  std::cout << fmt::format("{:<58}{}\n", what, value) << std::flush;
}

void setup_times(const fs::path& path) {
  const auto s = with(path, {});
  std::error_code ignored;
  fs::remove(simulation::cache_path(s), ignored);
  for (const char* which : {"set-up, built anew", "set-up, from its cache"}) {
    const double begin = wall_seconds();
    const Setup setup = simulation::make_setup(s);
    line(which, fmt::format("{:.3f} s wall", wall_seconds() - begin));
  }
  line("size of the cache",
       fmt::format("{:.1f} MiB",
                   static_cast<double>(fs::file_size(simulation::cache_path(s))) / 0x1p20));
}

struct Cost {
  double p_per_journey, p_per_unit, ns_per_journey, p_ns, journeys_a_day;
};

/// Medians over days of (CPU of the day / journeys) / P, each day beside its own P.
Cost day_cost(const scenario::Scenario& s, const Setup& setup, int days) {
  Simulation simulation(s, setup, 0);
  simulation.step(0);
  std::vector<double> ratio, per_unit, ns, p_ns, journeys;
  for (int d = 1; d <= days; ++d) {
    const double p = measure_p();
    const double begin = cpu_seconds();
    const auto c = simulation.step(d).counts;
    const double cpu = cpu_seconds() - begin;
    const double n = static_cast<double>(c.journeys) * s.run.scale;
    ratio.push_back(cpu / n / p);
    per_unit.push_back(cpu / (static_cast<double>(c.units) * s.run.scale) / p);
    ns.push_back(1e9 * cpu / n);
    p_ns.push_back(1e9 * p);
    journeys.push_back(n);
  }
  return {median(ratio), median(per_unit), median(ns), median(p_ns), median(journeys)};
}

/// What rules, lists and planted persons add: the same days with and without, one after the other.
void scoring_adds(const fs::path& path, const Setup& setup, int days) {
  const auto scored = with(path, set({"run.threads=1"}));
  const auto plain =
      with(path, set({"run.threads=1", "risk.rules=", "risk.planted.contraband=0",
                      "risk.planted.wanted=0", "risk.lists.document_false_match=0",
                      "risk.lists.name_false_match=0", "risk.lists.biometric_false_match=0"}));
  Simulation a(scored, setup, 0), b(plain, setup, 0);
  std::vector<double> added, whole;
  for (int d = 0; d <= days; ++d) {
    const double p = measure_p();
    const double begin = cpu_seconds();
    const double n = static_cast<double>(a.step(d).counts.journeys);
    const double middle = cpu_seconds();
    b.step(d);
    const double end = cpu_seconds();
    if (d == 0) continue;
    added.push_back(((middle - begin) - (end - middle)) / n / p);
    whole.push_back((end - middle) / n / p);
  }
  line("scoring, lists and review add",
       fmt::format("{:.1f} P a journey to {:.1f} P without (limit 4.5 P)", median(added),
                   median(whole)));
}

void random_share(const Cost& cost, double units_per_journey) {
  constexpr std::size_t n = 1024;
  std::vector<std::uint64_t> ids(n);
  std::vector<std::int32_t> days(n, 3);
  std::vector<std::uint16_t> index(n, 0);
  for (std::size_t i = 0; i < n; ++i) ids[i] = i * 977;
  std::array<std::vector<std::uint32_t>, 4> out;
  for (auto& o : out) o.resize(n);
  for (const auto path : {sim::SimdPath::scalar, sim::SimdPath::sse2, sim::widest_path()}) {
    std::vector<double> ratio;
    for (int r = 0; r < 7; ++r) {
      const double p = measure_p();
      const double begin = cpu_seconds();
      for (int k = 0; k < 1000; ++k) {
        sim::draw_batch(path, {1, 0}, sim::Purpose::trip, n, ids.data(), days.data(), index.data(),
                        {out[0].data(), out[1].data(), out[2].data(), out[3].data()});
      }
      ratio.push_back((cpu_seconds() - begin) / (1000.0 * n) / p);
    }
    // Three blocks a travelling unit and one a person.
    const double share = median(ratio) * (3 * units_per_journey + 1) / cost.p_per_journey;
    line(fmt::format("a Philox block by {}", sim::name(path)),
         fmt::format("{:.2f} P; random numbers would be {:.0f} % of a day", median(ratio),
                     100 * share));
  }
}

void simd_paths(const fs::path& path, const Setup& setup, int days) {
  for (const char* simd : {"run.simd=scalar", "run.simd=sse2", "run.simd=auto"}) {
    const auto s = with(path, set({"run.threads=1", simd}));
    line(fmt::format("stream and control, {}", simd),
         fmt::format("{:.1f} P a journey", day_cost(s, setup, days).p_per_journey));
  }
}

/// Wall seconds of `days` days.
double wall_of(const scenario::Scenario& s, const Setup& setup, int days) {
  Simulation simulation(s, setup, 0);
  simulation.step(0);
  const double begin = wall_seconds();
  for (int d = 1; d <= days; ++d) simulation.step(d);
  return wall_seconds() - begin;
}

void threads_and_processes(const fs::path& path, const Setup& setup, int days) {
  const auto one = with(path, set({"run.threads=1"})), two = with(path, set({"run.threads=2"}));
  const double single = wall_of(one, setup, days), threaded = wall_of(two, setup, days);
  const double begin = wall_seconds();
  for (int child = 0; child < 2; ++child) {
    if (::fork() == 0) {
      wall_of(one, setup, days);
      ::_exit(0);
    }
  }
  for (int child = 0; child < 2; ++child) ::wait(nullptr);
  const double processes = wall_seconds() - begin;
  line("two threads against one", fmt::format("{:.2f} times as fast", single / threaded));
  line("two processes, each its own run, against one after the other",
       fmt::format("{:.2f} times as fast (set-up of the population included)",
                   2 * single / processes));
}

void growth(const fs::path& path, const Setup& setup, int days) {
  for (const char* scale : {"run.scale=0.0625", "run.scale=0.25", "run.scale=1"}) {
    const auto s = with(path, set({"run.threads=1", scale}));
    const Cost c = day_cost(s, setup, days);
    line(fmt::format("growth: {}", scale),
         fmt::format("{:.1f} P a simulated journey, {:.3f} s a day", c.p_per_journey,
                     c.ns_per_journey * c.journeys_a_day * 1e-9));
  }
}

void memory_traffic(const Cost& cost, double units_per_journey) {
  std::vector<char> from(64 << 20, 1), to(64 << 20, 0);
  std::vector<double> rate;
  for (int r = 0; r < 9; ++r) {
    const double begin = wall_seconds();
    std::memcpy(to.data(), from.data(), from.size());
    rate.push_back(static_cast<double>(from.size()) / (wall_seconds() - begin));
  }
  const double per_unit = static_cast<double>(sizeof(travel::Batch)) / travel::Batch::capacity;
  constexpr double per_person = 8 + 4 + 2 + 2 + 16;
  const double bytes = per_unit * units_per_journey + per_person;
  line("columns written a journey", fmt::format("{:.0f} bytes", bytes));
  line("copy bandwidth of the machine",
       fmt::format("{:.1f} GB/s: the columns alone would take {:.0f} % of a day's time",
                   median(rate) * 1e-9, 100 * bytes / median(rate) / (cost.ns_per_journey * 1e-9)));
}

void explain_and_checkpoint(const fs::path& path) {
  const auto s = with(path, set({"run.threads=2", "run.sample=40", "run.days=4"}));
  const Setup setup = simulation::make_setup(s);
  Simulation simulation(s, setup, 0);
  for (int d = 0; d < 4; ++d) simulation.step(d);
  const double begin = wall_seconds();
  const auto state = simulation.state().save();
  line("a day's checkpoint",
       fmt::format("{:.2f} MiB, {:.0f} ms", static_cast<double>(state.size()) / 0x1p20,
                   1e3 * (wall_seconds() - begin)));
  std::vector<double> inside, whole, cpu;  // on a busy machine the CPU tells more
  for (const auto& row : simulation.samples()) {
    const travel::JourneyName name{row.trip, static_cast<travel::Way>(row.way), row.member, true};
    const double start = wall_seconds(), cpu_start = cpu_seconds();
    const Setup mapped = simulation::make_setup(
        s, {}, simulation::Names::places);  // as the command does: open the cache, then explain
    const double opened = wall_seconds();
    const auto told = simulation::explain(s, mapped, 0, name);
    if (told.ways.size() != 1) throw std::logic_error("explain: one way expected");
    inside.push_back(wall_seconds() - opened);
    whole.push_back(wall_seconds() - start);
    cpu.push_back(cpu_seconds() - cpu_start);
  }
  line("explain a journey",
       fmt::format("{:.2f} ms, {:.2f} ms with the cache opened for it, of that {:.2f} ms CPU",
                   1e3 * median(inside), 1e3 * median(whole), 1e3 * median(cpu)));
}

/// Waits of a hundredth against 1:1 over the same days.
void scale_bias(const fs::path& path, const Setup& setup, int days) {
  double wait[2] = {}, persons[2] = {};
  for (int k = 0; k < 2; ++k) {
    const auto s = with(path, set({"run.threads=2", k == 0 ? "run.scale=1" : "run.scale=0.01"}));
    Simulation simulation(s, setup, 0);
    for (int d = 0; d < days; ++d) {
      const auto c = simulation.step(d).counts;
      wait[k] += static_cast<double>(c.wait_person_seconds);
      persons[k] += static_cast<double>(c.primary_persons);
    }
  }
  line("mean wait at scale 0.01 over that at 1:1",
       fmt::format("{:.2f} ({:.0f} s against {:.0f} s)",
                   wait[1] / persons[1] / (wait[0] / persons[0]), wait[1] / persons[1],
                   wait[0] / persons[0]));
}

int run(const fs::path& path, int days) {
  setup_times(path);
  const auto s = with(path, set({"run.threads=1"}));
  const Setup setup = simulation::make_setup(s);
  const Cost cost = day_cost(s, setup, days);
  const double units_per_journey = cost.p_per_journey / cost.p_per_unit;
  line("P on this machine", fmt::format("{:.2f} ns", cost.p_ns));
  line("stream and control",
       fmt::format("{:.1f} P a journey ({:.0f} ns), {:.1f} P a travelling unit's",
                   cost.p_per_journey, cost.ns_per_journey, cost.p_per_unit));
  line("a year of this scenario on one core, on two",
       fmt::format("{:.0f} s, {:.0f} s", 365 * cost.journeys_a_day * cost.ns_per_journey * 1e-9,
                   365 * cost.journeys_a_day * cost.ns_per_journey * 0.5e-9));
  line("peak memory so far", fmt::format("{:.0f} MiB", peak_mib()));
  random_share(cost, units_per_journey);
  scoring_adds(path, setup, days);
  simd_paths(path, setup, std::max(3, days / 2));
  threads_and_processes(path, setup, days);
  growth(path, setup, std::max(3, days / 2));
  memory_traffic(cost, units_per_journey);
  cargo_lines(s, 3 * days);
  explain_and_checkpoint(path);
  scale_bias(path, setup, days);
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) {
  try {
    const std::filesystem::path path =
        argc > 1 ? argv[1] : (corridor::scenario::shipped_folder("scenarios") / "travellers.toml");
    return corridor::bench::run(path, argc > 2 ? std::max(2, std::atoi(argv[2])) : 7);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
