// SPDX-License-Identifier: Apache-2.0
/// \file rule_set_text.hpp  Rule sets as TOML text: read with all complaints at once, and written.
///
/// The keys stand in docs/rules.md. A set that is written and read again is equal in everything but
/// places. A rule of a stage reads only features that are known by then; a set has at least one
/// exonerating rule (a negative score). Checked in tests/models/risk/test_rule_set_text.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "models/risk/feature.hpp"
#include "models/risk/rule_problem.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// \param file_name  for messages
/// \throws RuleError with everything that is wrong.
[[nodiscard]] RuleSet parse_rule_set(std::string_view text, const std::string& file_name,
                                     const Catalogue& catalogue);

/// Of a file: JSON when its name ends in .json, TOML otherwise.
/// \throws RuleError, or sim::FileError when it cannot be read.
[[nodiscard]] RuleSet load_rule_set(const std::filesystem::path& path, const Catalogue& catalogue);

/// \pre `when` of each rule is its condition as text, or "" (then the condition is written).
[[nodiscard]] std::string rule_set_text(const RuleSet& set, const Catalogue& catalogue);

/// The bytes of a rule file. \throws RuleError when it is too large, sim::FileError
[[nodiscard]] std::string read_rule_bytes(const std::filesystem::path& path);
/// Whether a rule file of this name is JSON.
[[nodiscard]] bool is_json(const std::filesystem::path& path);

/// Whether a set that a program made is one that could have been read from a file: types, indices,
/// bounds, dates, texts, and that each `when` (unless it is "") says what its condition is.
/// \throws RuleError; places are those of the set's own text.
void check(const RuleSet& set, const Catalogue& catalogue);

}  // namespace corridor::risk
