// SPDX-License-Identifier: Apache-2.0
/// \file command_export.cpp  corridor export: a result's tables, places and passenger lists for
/// other programs.
#include <algorithm>
#include <array>
#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/output_set.hpp"
#include "app/record_input.hpp"
#include "app/run_options.hpp"
#include "models/risk/feature_file.hpp"
#include "models/risk/record_writer.hpp"
#include "models/simulation/export_csv.hpp"
#include "models/simulation/export_geojson.hpp"
#include "models/simulation/export_paxlst.hpp"
#include "models/simulation/run_records.hpp"
#include "sim/fresh_file.hpp"
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

/// Options that choose flights, and nothing else.
constexpr std::array paxlst_options{"day", "link", "airport", "flights", "strict", "lines"};

void add_paxlst_options(po::options_description& options) {
  options.add_options()("day", po::value<std::string>()->value_name("D"),
                        "paxlst: day of the run, from 0, or its date; default: the middle")(
      "link", po::value<std::string>()->value_name("AAA-BBB"),
      "paxlst: flights between two airports; default: the link with most passengers")(
      "airport", po::value<std::string>()->value_name("AAA"),
      "paxlst: all flights from this airport to another country")(
      "flights", po::value<std::int64_t>()->value_name("N"),
      "paxlst: only the first N, by time of departure")(
      "strict", "paxlst: also the DTM after TDT that directory D.12B asks for")(
      "lines", "paxlst: a line for each segment, for reading");
}

simulation::PaxlstChoice paxlst_choice(const simulation::Replicates& replicates,
                                       const po::variables_map& given) {
  simulation::PaxlstChoice choice;
  if (given.count("day")) choice.day = given["day"].as<std::string>();
  if (given.count("link")) choice.link = given["link"].as<std::string>();
  if (given.count("airport")) choice.airport = given["airport"].as<std::string>();
  if (given.count("flights")) choice.flights = given["flights"].as<std::int64_t>();
  if (given.count("replicate")) choice.replicate = replicates.numbers.front();
  choice.style.strict_directory = given.count("strict") > 0;
  choice.style.lines = given.count("lines") > 0;
  return choice;
}

/// Records and the catalogue that describes them, both or none.
void export_records(const std::filesystem::path& file, const std::filesystem::path& output,
                    const po::variables_map& given) {
  const scenario::Scenario scenario = run_scenario(file, given);
  simulation::RunRecordOptions chosen = run_record_options("export", given);
  if (given.count("replicate")) {
    const auto number = given["replicate"].as<std::int64_t>();
    if (number < 0 || number >= scenario.run.replicates)
      throw wrong_call("export", "--replicate " + std::to_string(number) +
                                     ": the run has replicates 0 to " +
                                     std::to_string(scenario.run.replicates - 1));
    chosen.replicate = static_cast<std::uint32_t>(number);
  }
  const simulation::Setup setup = simulation::make_setup(scenario, {}, simulation::Names::places);
  simulation::RunRecords records(scenario, setup, chosen);
  sim::FreshFile table(output);
  const std::uint64_t n =
      risk::write_records(records, [&](std::string_view lines) { table.append(lines); });
  sim::FreshFile features(features_beside(output));
  features.append(risk::feature_file_text(risk::shipped_schema(), records.description()));
  const FinishFirst both_or_none;
  table.commit();
  features.commit();
  std::cerr << "corridor: wrote " << n << " records, all synthetic, to " << output.string()
            << " and their features to " << features_beside(output).string() << '\n';
}

/// What can be said before a result is opened.
void check_record_options(const std::string& kind, const po::variables_map& given) {
  if (kind == "records") return;
  for (const std::string option : {"days", "share", "set"})
    if (given.count(option))
      throw wrong_call(
          "export",
          std::string("--").append(option).append(" is for records, not for ").append(kind));
}
void check_paxlst_options(const std::string& kind, const po::variables_map& given) {
  if (kind != "paxlst") {
    for (const std::string option : paxlst_options)
      if (given.count(option))
        throw wrong_call(
            "export",
            std::string("--").append(option).append(" is for paxlst, not for ").append(kind));
    return;
  }
  if (given.count("link") && given.count("airport"))
    throw wrong_call("export", "--link and --airport exclude each other");
  if (given.count("flights") && given["flights"].as<std::int64_t>() < 1)
    throw wrong_call("export", "--flights " + std::to_string(given["flights"].as<std::int64_t>()) +
                                   ": allowed is a whole number from 1");
}

}  // namespace

int command_export(const std::vector<std::string>& args) {
  Call call{
      "export",
      "csv|geojson|paxlst|records FILE -o PATH [--replicate N] [--force] [--day D]\n"
      "       [--link AAA-BBB | --airport AAA] [--flights N] [--strict] [--lines]\n"
      "       [--days A..B] [--share X] [--set PATH=VALUE]",
      "csv: writes each table of a result into a file of the folder PATH (air_links.csv, "
      "airports.csv,\n"
      "country_pairs.csv, borders.csv, sea_lanes.csv, posts.csv, daily.csv, months.csv, "
      "journeys.csv).\n"
      "geojson: writes places and links with their flows into the file PATH.\n"
      "Flows are sums over the closed days, means over the replicates.\n"
      "paxlst: writes the passenger lists of flights into the folder PATH, as UN/EDIFACT "
      "PAXLST D.12B,\n"
      "with the truth beside them (truth.csv). All persons on them are synthetic.\n"
      "records: makes the journeys again, one record a person and checked crossing, for\n"
      "`corridor score` and `corridor audit`, into the CSV file PATH, and the features of its\n"
      "columns into a file .features.toml beside it.",
      {},
      {},
      {}};
  call.options.add_options()("output,o", po::value<std::string>()->value_name("PATH"),
                             "folder (csv, paxlst) or file (geojson; records, .csv) to write")(
      "replicate", po::value<std::int64_t>()->value_name("N"), "this replicate alone, from 0")(
      "force", "replace files that exist");
  add_paxlst_options(call.options);
  add_run_options(call.options);
  call.options.add_options()(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
      "records: set a parameter of the scenario; may be repeated");
  call.arguments.add_options()("kind", po::value<std::string>())("file", po::value<std::string>());
  call.positional.add("kind", 1).add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("kind"))
    throw wrong_call("export", "say csv, geojson, paxlst or records, and a result file");
  const auto kind = (*given)["kind"].as<std::string>();
  const std::vector<std::string> kinds{"csv", "geojson", "paxlst", "records"};
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    throw wrong_call("export", "unknown kind '" + kind + "'" + sim::did_you_mean(kind, kinds) +
                                   "; allowed are csv, geojson, paxlst and records");
  check_paxlst_options(kind, *given);
  check_record_options(kind, *given);
  if (!given->count("file")) throw wrong_call("export", "no result file is named");
  if (!given->count("output")) throw wrong_call("export", "no output is named: -o PATH");
  const bool force = given->count("force") > 0;
  const std::filesystem::path output = (*given)["output"].as<std::string>();
  const std::filesystem::path input = (*given)["file"].as<std::string>();
  if (kind == "geojson") check_output(output, force, {input});
  if (kind == "records") {
    if (output.extension() != ".csv")
      throw UsageError(output.string() +
                       ": error: records are written as CSV; name a file that ends in .csv");
    std::vector<std::filesystem::path> inputs = files_read(run_scenario(input, *given));
    inputs.push_back(input);
    check_output(output, force, inputs);
    check_output(features_beside(output), force, inputs);
    export_records(input, output, *given);
    return 0;  // as lists of flights, records follow from the scenario
  }
  if (kind == "paxlst" && std::filesystem::is_directory(output))
    check_output(output / "truth.csv", force, {input});  // before the work of listing

  const simulation::ResultReader result(input);
  const simulation::Replicates replicates = chosen(result, *given);
  if (kind == "paxlst") {
    const simulation::PaxlstExport lists =
        simulation::export_paxlst(result, paxlst_choice(replicates, *given));
    write_outputs(output, lists.files, force, {input});
    std::cerr << "corridor: wrote " << lists.flights
              << (lists.flights == 1 ? " flight" : " flights") << ", " << lists.passengers
              << " passengers, all synthetic, to " << output.string() << '\n';
    return 0;  // lists follow from the scenario: also those of days that are not closed yet
  }
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
