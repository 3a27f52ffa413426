// SPDX-License-Identifier: Apache-2.0
/// \file expression_words.hpp  A condition in words, English or French, by the meanings of its
/// features: for people who sign rules and do not read expressions.
///
/// Limits. Meanings are put in quotes before a colon, so that no grammar has to agree with them;
/// values of categories stand as they are. Checked in tests/models/risk/test_rule_card.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/risk/expression_text.hpp"

namespace corridor::risk {

enum class Language : std::uint8_t { english, french };

/// The one of two texts that is in the language.
constexpr std::string_view in(Language language, std::string_view english,
                              std::string_view french) {
  return language == Language::english ? english : french;
}

/// "“days from booking to departure”: at most 2 days"
[[nodiscard]] std::string in_words(const Node& condition, const Scope& scope, Language language);

}  // namespace corridor::risk
