// SPDX-License-Identifier: Apache-2.0
/// \file rule_reader.hpp  Makes a rule set of the tree of a rule file, with all complaints.
///
/// What is wrong is complained about and left out, so that the rest can still be looked at:
/// loading refuses the file (rule_set_text.hpp), lint goes on with what there is (lint.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/risk/rule_document.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

struct RuleReading {
  RuleSet set;
  std::vector<bool> sound;  ///< per rule: it has a condition, a score and a stage
};

[[nodiscard]] RuleReading read_rules(const DocumentValue& root, std::string_view source,
                                     const Catalogue& catalogue, RuleProblems& problems);

/// Bytes of a file: checks size and encoding, then reads the tree; `json` or TOML.
[[nodiscard]] RuleReading read_rule_file(std::string_view bytes, bool json,
                                         const Catalogue& catalogue, RuleProblems& problems);

}  // namespace corridor::risk
