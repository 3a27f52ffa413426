// SPDX-License-Identifier: Apache-2.0
/// \file command_export.cpp  corridor export: a result's tables for other programs.
#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/output_set.hpp"
#include "models/simulation/export_csv.hpp"
#include "models/simulation/export_geojson.hpp"
#include "sim/names.hpp"
#include "sim/safe_file.hpp"

namespace corridor::app {

namespace {

simulation::Replicates chosen(const simulation::ResultReader& result,
                              const po::variables_map& given) {
  if (!given.count("replicate")) return simulation::all_replicates(result);
  const auto number = given["replicate"].as<std::int64_t>();
  const auto n = static_cast<std::int64_t>(result.length(simulation::Dim::replicate));
  if (number < 0 || number >= n)
    throw wrong_call("export", "--replicate " + std::to_string(number) +
                                   ": the file has replicates 0 to " + std::to_string(n - 1));
  return {{number}};
}

}  // namespace

int command_export(const std::vector<std::string>& args) {
  Call call{"export",
            "csv|geojson FILE -o PATH [--replicate N] [--force]",
            "csv: writes each table of a result into a file of the folder PATH (air_links.csv, "
            "airports.csv,\n"
            "country_pairs.csv, borders.csv, sea_lanes.csv, posts.csv, daily.csv, months.csv, "
            "journeys.csv).\n"
            "geojson: writes places and links with their flows into the file PATH.\n"
            "Flows are sums over the closed days, means over the replicates.",
            {},
            {},
            {}};
  call.options.add_options()("output,o", po::value<std::string>()->value_name("PATH"),
                             "folder (csv) or file (geojson) to write")(
      "replicate", po::value<std::int64_t>()->value_name("N"), "this replicate alone, from 0")(
      "force", "replace files that exist");
  call.arguments.add_options()("kind", po::value<std::string>())("file", po::value<std::string>());
  call.positional.add("kind", 1).add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("kind")) throw wrong_call("export", "say csv or geojson, and a result file");
  const auto kind = (*given)["kind"].as<std::string>();
  const std::vector<std::string> kinds{"csv", "geojson"};
  if (kind != "csv" && kind != "geojson")
    throw wrong_call("export", "unknown kind '" + kind + "'" + sim::did_you_mean(kind, kinds) +
                                   "; allowed are csv and geojson");
  if (!given->count("file")) throw wrong_call("export", "no result file is named");
  if (!given->count("output")) throw wrong_call("export", "no output is named: -o PATH");
  const bool force = given->count("force") > 0;
  const std::filesystem::path output = (*given)["output"].as<std::string>();
  const std::filesystem::path input = (*given)["file"].as<std::string>();
  if (kind == "geojson") check_output(output, force, {input});

  const simulation::ResultReader result(input);
  const simulation::Replicates replicates = chosen(result, *given);
  if (kind == "geojson") {
    const std::string text = simulation::geojson(result, replicates);
    sim::replace_file(output, {std::as_bytes(std::span(text))});
  } else {
    write_outputs(output, simulation::csv_tables(result, replicates), force, {input});
  }
  if (!result.complete())
    std::cerr << "corridor: note: the run is not complete; what is closed was exported\n";
  return 0;
}

}  // namespace corridor::app
