// SPDX-License-Identifier: Apache-2.0
/// \file rule_card.hpp  One page about a rule set that an official can read and sign, English or
/// French, as plain text, Markdown or JSON.
///
/// It says what the set is for and what it is not for, each rule in words with score, reason, legal
/// basis, evidence, owner and dates, groups and parameters, what lint says, and has lines to sign.
/// A set of usual size (16 rules) fits on one page of plain text; a longer one goes on on further
/// pages, each behind a form feed and with its number, while what is signed stays on the first.
/// Texts of the authors stand in the language in which they wrote them. Checked in
/// tests/models/risk/test_rule_card.cpp.
#pragma once

#include <string>

#include "models/risk/expression_words.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

enum class CardForm : std::uint8_t { text, markdown };

/// A page: lines and columns of the plain form, as many as A4 holds at 9 point.
inline constexpr std::size_t card_lines = 72, card_columns = 100;

[[nodiscard]] std::string rule_card(const RuleSet& set, const Catalogue& catalogue,
                                    const LintReport& report, Language language, CardForm form);

/// The set as JSON (rule_set_json.hpp), each rule with `condition` in words, and `lint`.
[[nodiscard]] std::string rule_card_json(const RuleSet& set, const Catalogue& catalogue,
                                         const LintReport& report, Language language);

}  // namespace corridor::risk
