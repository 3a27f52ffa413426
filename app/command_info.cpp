// SPDX-License-Identifier: Apache-2.0
/// \file command_info.cpp  corridor info: what a result says, in one page.
#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/simulation/summary.hpp"

namespace corridor::app {

int command_info(const std::vector<std::string>& args) {
  Call call{"info",
            "FILE [--posts N] [--json]",
            "Prints trips, journeys, crossings by mode, region and month, waits and the busiest "
            "posts of a\n"
            "result file, with units; also of a run that is still going on or was broken off.",
            {},
            {},
            {}};
  call.options.add_options()("posts", po::value<std::int64_t>()->value_name("N")->default_value(10),
                             "how many of the busiest posts to list")("json", "the same as JSON");
  call.arguments.add_options()("file", po::value<std::string>());
  call.positional.add("file", 1);
  const auto given = parse_call(call, args);
  if (!given) return 0;
  if (!given->count("file")) throw wrong_call("info", "no result file is named");
  const auto posts = (*given)["posts"].as<std::int64_t>();
  if (posts < 0) throw wrong_call("info", "--posts must be 0 or more");
  const simulation::ResultReader result((*given)["file"].as<std::string>());
  const simulation::Summary summary =
      simulation::summarise(result, static_cast<std::size_t>(posts));
  std::cout << (given->count("json") ? simulation::summary_json(summary)
                                     : simulation::summary_text(summary));
  return 0;
}

}  // namespace corridor::app
