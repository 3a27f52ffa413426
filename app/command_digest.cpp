// SPDX-License-Identifier: Apache-2.0
/// \file command_digest.cpp  corridor digest: one hash over all results of a file.
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/simulation/digest.hpp"
#include "models/simulation/result_tables.hpp"

namespace corridor::app {

int command_digest(const std::vector<std::string>& args) {
  Call call{
      "digest",
      "FILE [--json]",
      "Prints a hash (XXH3, 128 bits) over every dataset of results in a file; provenance and "
      "timings\n"
      "are left out. Equal hashes mean equal results. Of an unfinished run, closed days count.",
      {},
      {},
      {}};
  call.options.add_options()("json", "the same as JSON");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("file")) throw wrong_call("digest", "no result file is named");
  const simulation::ResultReader result((*given)["file"].as<std::string>());
  const std::string hash = simulation::digest(result);
  const std::int64_t closed = simulation::closed_days(result, simulation::all_replicates(result));
  const auto days = static_cast<std::int64_t>(result.length(simulation::Dim::day));
  if (given->count("json")) {
    std::cout << nlohmann::ordered_json{{"digest", hash},
                                        {"complete", result.complete()},
                                        {"closed_days", closed},
                                        {"days", days}}
                     .dump(2)
              << '\n';
    return 0;
  }
  std::cout << hash << '\n';
  if (!result.complete())
    std::cerr << "corridor: note: the run is not complete: " << closed << " of " << days
              << " days are closed\n";
  return 0;
}

}  // namespace corridor::app
