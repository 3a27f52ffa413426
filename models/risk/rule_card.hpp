// SPDX-License-Identifier: Apache-2.0
/// \file rule_card.hpp  One page about a rule set that an official can read and sign, English or
/// French, as plain text, Markdown or JSON.
///
/// It says what the set is for and what it is not for, each rule in words with score, reason, legal
/// basis, evidence, owner and dates, groups and parameters, what lint says, and has lines to sign.
/// Checked in tests/models/risk/test_rule_card.cpp.
#pragma once

#include <string>

#include "models/risk/expression_words.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

enum class CardForm : std::uint8_t { text, markdown };

[[nodiscard]] std::string rule_card(const RuleSet& set, const Catalogue& catalogue,
                                    const LintReport& report, Language language, CardForm form);

/// The set as JSON (rule_set_json.hpp), each rule with `condition` in words, and `lint`.
[[nodiscard]] std::string rule_card_json(const RuleSet& set, const Catalogue& catalogue,
                                         const LintReport& report, Language language);

}  // namespace corridor::risk
