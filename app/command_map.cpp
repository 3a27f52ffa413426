// SPDX-License-Identifier: Apache-2.0
/// \file command_map.cpp  corridor map: a result's flows as a picture.
#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/scenario/scenario.hpp"
#include "models/simulation/coastline.hpp"
#include "models/simulation/corridor_map.hpp"
#include "models/simulation/flow_map.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {

int command_map(const std::vector<std::string>& args) {
  Call call{
      "map",
      "FILE -o map.svg [--corridors] [--links N] [--force]",
      "Draws the flows of a result over the world's coastlines as SVG: air links, sea lanes and "
      "land\n"
      "borders, in persons a day; or what is trafficked between classes of place, in kilograms. To "
      "print it or to make a bitmap: rsvg-convert map.svg -o map.png",
      {},
      {},
      {}};
  call.options.add_options()("output,o", po::value<std::string>()->value_name("FILE"),
                             "SVG file to write")(
      "corridors", "draw what is trafficked between classes of place")(
      "links",
      po::value<std::int64_t>()->value_name("N")->default_value(
          static_cast<std::int64_t>(simulation::MapOptions{}.most_links)),
      "draw at most this many of the strongest links")("force", "replace a file that exists");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("file")) throw wrong_call("map", "no result file is named");
  if (!given->count("output")) throw wrong_call("map", "no output is named: -o map.svg");
  const auto links = (*given)["links"].as<std::int64_t>();
  if (links < 1) throw wrong_call("map", "--links must be 1 or more");
  const std::filesystem::path output = (*given)["output"].as<std::string>();
  const std::filesystem::path input = (*given)["file"].as<std::string>();
  const bool force = given->count("force") > 0;
  check_output(output, force, {input});

  const simulation::ResultReader result(input);
  std::vector<simulation::Line> land;
  if (result.provenance().real_names) {
    const std::filesystem::path coastline = scenario::shipped_folder("data") / "coastline.csv";
    check_output(output, force, {coastline});
    land = simulation::load_coastline(coastline);
  }
  const auto most = static_cast<std::size_t>(links);
  const std::string svg =
      given->count("corridors")
          ? simulation::corridor_map(result, land, most)
          : simulation::flow_map(result, simulation::all_replicates(result), land, {most});
  sim::replace_file(output, {std::as_bytes(std::span(svg))});
  if (!result.complete())
    std::cerr << "corridor: note: the run is not complete; what is closed was drawn\n";
  return 0;
}

}  // namespace corridor::app
