// SPDX-License-Identifier: Apache-2.0
/// \file actors.cpp  What those who hide in the crowd cost on top of the stream, coupled, and how
/// that grows with organisations and with fighters (bench/README.md).
///
/// A thousandth of the ordinary travellers and of the ordinary trade, all of the actors: what is on
/// top is theirs, and a thousandth of customs' (bench/cargo.cpp measures the rest).
///
/// usage: corridor_bench_actors [SCENARIO] [DAYS]   default: scenarios/baseline.toml, 60 days
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "bench/stopwatch.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::bench {
namespace {

using scenario::Scenario;
using simulation::Setup;

/// Each [[organisation]] so many times, under names of their own.
std::string with_organisations(const std::string& text, int times) {
  const std::string head = "[[organisation]]", name = "name = \"";
  std::string more;
  for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
    const std::size_t end = std::min(text.find("\n[[", at + 1), text.size());
    const std::string row = text.substr(at, end - at);
    for (int k = 1; k < times; ++k) {
      std::string copy = row;
      copy.insert(copy.find(name) + name.size(), fmt::format("{} ", k + 1));
      more += "\n" + copy + "\n";
    }
  }
  return text + more;
}

double cpu_of(const Scenario& scenario, const Setup& setup, std::int32_t days) {
  simulation::Simulation simulation(scenario, setup, 0);
  const double begin = cpu_seconds();
  for (std::int32_t day = 0; day < days; ++day) simulation.step(day);
  return cpu_seconds() - begin;
}

int run(const std::string& path, std::int32_t days) {
  const Scenario all = scenario::load_scenario(path, {sim::parse_set("run.scale=0.001")});
  Scenario nobody = all;
  nobody.trafficking.on = nobody.fighters.on = false;
  nobody.actors.text.clear();
  const Setup setup = simulation::make_setup(all);
  (void)cpu_of(nobody, setup, days);  // the tables are read from the disk
  const double stream = cpu_of(nobody, setup, days);
  std::cout << fmt::format("{}, {} days: the stream alone {:.2f} s CPU\n", all.name, days, stream);
  double one = 0;
  const auto line = [&](const std::string& what, const Scenario& s) {
    const double more = cpu_of(s, setup, days) - stream;
    if (one == 0) one = more;
    std::cout << fmt::format("{:<24}{:>8.2f} s on top, {:>7.1f} s a year ({:.1f} x)\n", what, more,
                             more * 365 / days, more / one)
              << std::flush;
  };
  line("actors x 1", all);
  for (const int times : {4, 16}) {
    Scenario s = all;
    s.actors.text = with_organisations(all.actors.text, times);
    line(fmt::format("organisations x {}", times), s);
  }
  for (const int times : {4, 16}) {
    Scenario s = all;
    s.fighters.flow = all.fighters.flow * times;
    line(fmt::format("fighters x {}", times), s);
  }
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) {
  return corridor::bench::run(argc > 1 ? argv[1] : "scenarios/baseline.toml",
                              argc > 2 ? std::atoi(argv[2]) : 60);
}
