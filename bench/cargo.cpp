// SPDX-License-Identifier: Apache-2.0
#include "bench/cargo.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "bench/stopwatch.hpp"
#include "models/simulation/cargo_stream.hpp"
#include "models/world/world.hpp"

namespace corridor::bench {
namespace {

std::string shipped_rules() {
  std::ifstream in(scenario::shipped_folder("scenarios") / "rules/cargo.toml");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

void cargo_lines(const scenario::Scenario& scenario, int days) {
  const world::World world = world::load_world(scenario.data_folder);
  simulation::CargoSetting setting{{}, scenario.risk, scenario.calendar()};
  setting.params.rules_text = shipped_rules();
  sim::Workers one(1);
  double begin = cpu_seconds();
  simulation::CargoStream stream(setting, world, {1, 0}, one);
  const double made = cpu_seconds() - begin;
  begin = cpu_seconds();
  simulation::CargoState state = stream.start(0);
  const double started = cpu_seconds() - begin;
  std::vector<double> ratio, ns, rows;
  for (int d = 0; d < days; ++d) {
    const double p = measure_p();
    begin = cpu_seconds();
    const auto n = static_cast<double>(stream.run(d, {}, state).total().rows);
    const double cpu = cpu_seconds() - begin;
    ratio.push_back(cpu / n / p);
    ns.push_back(1e9 * cpu / n);
    rows.push_back(n);
  }
  std::cout << fmt::format("{:<58}{:.1f} P a row ({:.0f} ns), {:.0f} rows a day\n",
                           "trade at customs", median(ratio), median(ns), median(rows))
            << fmt::format("{:<58}{:.1f} s; tables {:.2f} s, the seven days before {:.2f} s\n",
                           "a year of it on one core (limit 15 s)",
                           365e-9 * median(ns) * median(rows), made, started);
}

}  // namespace corridor::bench
