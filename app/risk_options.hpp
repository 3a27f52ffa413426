// SPDX-License-Identifier: Apache-2.0
/// \file risk_options.hpp  Options that the commands about rules share.
#pragma once

#include <string>

#include "app/command_line.hpp"
#include "models/risk/expression_words.hpp"

namespace corridor::app {

/// Of `--lang en|fr`. \throws UsageError for another word.
[[nodiscard]] risk::Language language_option(const std::string& command,
                                             const po::variables_map& given);

}  // namespace corridor::app
