// SPDX-License-Identifier: Apache-2.0
/// \file command_schema.cpp  corridor schema: the parameters of a scenario, for editors or for
/// people.

#include <iostream>

#include "app/command_line.hpp"
#include "app/commands.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema.hpp"

namespace corridor::app {

int command_schema(const std::vector<std::string>& args) {
  Call call{"schema",
            "[--markdown]",
            "Prints what a scenario file may set: a JSON Schema (draft 2020-12), with which "
            "editors check and\n"
            "complete scenario files, or the chapter of the manual.",
            {},
            {},
            {}};
  call.options.add_options()("markdown", "the chapter of the manual, docs/parameters.md");
  const auto given = parse_call(call, args);
  if (!given) return 0;
  const sim::ParameterSet& parameters = scenario::parameters();
  std::cout << (given->count("markdown") ? scenario::parameters_markdown(parameters)
                                         : scenario::json_schema(parameters));
  return 0;
}

}  // namespace corridor::app
