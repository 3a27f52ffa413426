// SPDX-License-Identifier: Apache-2.0
/// \file rule_set_json.hpp  Rule sets as JSON, for programs: the same keys, checks and messages as
/// the TOML form (rule_set_text.hpp).
///
///     {"ruleset": {"name": ..., "let": [...], "groups": {...}}, "rule": [{"id": ..., ...}, ...]}
///
/// Checked in tests/models/risk/test_rule_set_text.cpp.
#pragma once

#include <string>
#include <string_view>

#include "models/risk/feature.hpp"
#include "models/risk/rule_problem.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// \throws RuleError with everything that is wrong.
[[nodiscard]] RuleSet parse_rule_set_json(std::string_view text, const std::string& file_name,
                                          const Catalogue& catalogue);

/// \pre as of rule_set_text
[[nodiscard]] std::string rule_set_json(const RuleSet& set, const Catalogue& catalogue);

}  // namespace corridor::risk
