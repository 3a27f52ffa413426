// SPDX-License-Identifier: Apache-2.0
/// \file schema.hpp  The table of parameters as a JSON Schema for editors and as a chapter of the
/// manual.
#pragma once

#include <string>

#include "sim/parameter_set.hpp"

namespace corridor::scenario {

/// JSON Schema, draft 2020-12, of a scenario file; two spaces of indent and a final newline.
[[nodiscard]] std::string json_schema(const sim::ParameterSet& parameters);

/// docs/parameters.md: every parameter with unit, default, range, tag, meaning and source.
[[nodiscard]] std::string parameters_markdown(const sim::ParameterSet& parameters);

}  // namespace corridor::scenario
