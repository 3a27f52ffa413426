// SPDX-License-Identifier: Apache-2.0
/// \file embedded_file.hpp  A file that a parameter names and whose text a scenario takes in, so
/// that a result holds it: rules, actors.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario_text.hpp"

namespace corridor::scenario {

/// Reads the file that `path` names into `text`, unless the scenario gives the text itself; `file`
/// becomes its own name. A relative name is looked for beside the file that says it, then among the
/// scenarios that came with the program. What is wrong is a complaint at the parameter's place.
/// \returns the name under which the text's places are told; empty when nothing was read
std::string embed_file(const sim::ScenarioText& read, std::string_view path, std::string& file,
                       std::string& text, sim::Complaints& complaints);

}  // namespace corridor::scenario
