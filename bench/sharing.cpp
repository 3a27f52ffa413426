// SPDX-License-Identifier: Apache-2.0
/// \file sharing.cpp  What looking people up in the systems of organisations adds to a day, in
/// units of P (bench/README.md): the same days of the 1:1 world with a file of organisations and
/// without, one after the other.
///
/// With: ordinary subjects on lists, records with evaluation, handling codes and doubles, all
/// regional systems linked, replays, queries, requests. Without: the same travellers, rules and
/// planted persons.
///
/// usage: corridor_bench_sharing [DAYS]       default: 7 days

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "bench/stopwatch.hpp"
#include "models/simulation/simulation.hpp"

namespace corridor::bench {
namespace {

scenario::Scenario travellers(const std::vector<std::string>& set) {
  std::vector<scenario::Override> overrides{sim::parse_set("run.threads=1")};
  for (const std::string& text : set) overrides.push_back(sim::parse_set(text));
  return scenario::load_scenario(scenario::shipped_folder("scenarios") / "travellers.toml",
                                 overrides);
}

int run(int days) {
  const std::string file =
      (scenario::shipped_folder("scenarios") / "organisations" / "world.toml").string();
  const auto plain = travellers({});
  const auto shared =
      travellers({"cooperation.file=" + file, "cooperation.hub.share=1", "cooperation.mesh.share=1",
                  "cooperation.bridge.negotiation_days=0", "cooperation.bridge.hypothetical=true",
                  "cooperation.records.wrong=0.1", "cooperation.records.doubled=0.1",
                  "cooperation.records.handling_3=0.1", "cooperation.records.handling_2=0.2",
                  "cooperation.records.handling_1=0.2", "cooperation.requests.capacity=100"});
  const simulation::Setup setup = simulation::make_setup(plain);
  simulation::Simulation a(shared, setup, 0), b(plain, setup, 0);
  std::vector<double> added, whole, p_ns;
  std::int64_t met = 0, crossings = 0;
  for (int d = 0; d <= days; ++d) {
    const double p = measure_p();
    const double begin = cpu_seconds();
    const simulation::DayResult day = a.step(d);
    const double middle = cpu_seconds();
    b.step(d);
    const double end = cpu_seconds();
    if (d == 0) continue;
    const auto n = static_cast<double>(day.counts.journeys);
    added.push_back(((middle - begin) - (end - middle)) / n / p);
    whole.push_back((end - middle) / n / p);
    p_ns.push_back(1e9 * p);
    for (const auto& of_source : day.sharing.met) {
      for (const std::int64_t k : of_source) met += k;
    }
    crossings += day.counts.primary_persons;
  }
  std::cout << fmt::format(
      "P on this machine: {:.2f} ns\n"
      "looking people up adds {:.2f} P a journey (least {:.2f}, most {:.2f}) to {:.1f} P without; "
      "limit 1.7 P\n"
      "{:.3g} of {:.3g} crossings are of somebody on a list\n",
      median(p_ns), median(added), *std::ranges::min_element(added),
      *std::ranges::max_element(added), median(whole), static_cast<double>(met),
      static_cast<double>(crossings));
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) {
  try {
    return corridor::bench::run(argc > 1 ? std::max(2, std::atoi(argv[1])) : 7);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
