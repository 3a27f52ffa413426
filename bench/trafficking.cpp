// SPDX-License-Identifier: Apache-2.0
/// \file trafficking.cpp  What a year of the trafficking model costs on its own, and how it grows
/// with organisations and with routes (bench/README.md).
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "bench/stopwatch.hpp"
#include "models/trafficking/reduced.hpp"

namespace corridor::bench {
namespace {

using namespace trafficking;

TraffickingActors read(const std::string& path, const world::World& world) {
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  sim::Complaints complaints;
  const sim::RowText rows(text, path, complaints);
  TraffickingActors actors = read_trafficking_actors(rows, world, {}, 2019, complaints);
  complaints.throw_if_any();
  return actors;
}

struct Cost {
  double seconds = 0;
  std::size_t routes = 0, consignments = 0;
};

/// The first year, networks opened in it.
Cost year(const world::World& world, TraffickingActors actors) {
  const auto tables =
      std::make_shared<const TraffickingTables>(world, TraffickingParams{}, std::move(actors));
  const sim::Date start{2019, 1, 1};
  const double begin = cpu_seconds();
  const ReducedResult whole = run_reduced(tables, {}, {1, 0}, start, 12);
  Cost cost;
  cost.seconds = cpu_seconds() - begin;
  cost.routes = whole.state.routes.size();
  for (const MonthRows& m : whole.months)
    for (const FlowRow& f : m.flows) cost.consignments += static_cast<std::size_t>(f.consignments);
  return cost;
}

void line(const std::string& what, const Cost& c, const Cost& one) {
  std::cout << fmt::format("{:<34}{:>8.2f} s CPU a year ({:.1f} x), {} routes, {} consignments\n",
                           what, c.seconds, c.seconds / one.seconds, c.routes, c.consignments)
            << std::flush;
}

int run(const std::string& root) {
  const world::World world = world::load_world(root + "/data");
  const TraffickingActors actors = read(root + "/scenarios/actors/world.toml", world);
  const Cost one = year(world, actors);
  line("organisations x 1", one, one);
  for (const std::size_t times : {4u, 16u}) {
    TraffickingActors more = actors;
    for (std::size_t k = 1; k < times; ++k)
      more.organisations.insert(more.organisations.end(), actors.organisations.begin(),
                                actors.organisations.end());
    line(fmt::format("organisations x {}", times), year(world, std::move(more)), one);
  }
  for (const std::int64_t times : {4, 16}) {
    TraffickingActors more = actors;
    for (Organisation& o : more.organisations)
      o.corridors = std::min<std::int64_t>(16, o.corridors * times);
    line(fmt::format("corridors at the start x {}", times), year(world, std::move(more)), one);
  }
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) { return corridor::bench::run(argc > 1 ? argv[1] : "."); }
