// SPDX-License-Identifier: Apache-2.0
/// \file expression_text.hpp  Conditions as text: parsed, type-checked, and written again.
///
/// The grammar stands in expression.hpp. Reading has two steps: syntax (expression_lexer.cpp,
/// expression_parser.cpp), where the first fault ends the reading, and types
/// (expression_types.cpp), where all faults are found.
///
/// Types. Numbers compare with numbers; categories by `==`, `!=` and `in` with texts among their
/// values; booleans stand by themselves. `-` before a literal makes a negative literal (`-(3)` is
/// the operation). A text is written between single quotes, with '' for a quote inside. A name is a
/// parameter or a feature of the rule set's subject; a feature of class `audit_only` is refused,
/// and words that sound like protected or personal data are refused with the reason
/// (unlawful_names.hpp).
///
/// Limits. Bounds on bytes, nodes and depth (expression.hpp) hold before anything recurses, so no
/// text overflows the stack. A chain such as a + b + c counts as deep as it has operators, because
/// arithmetic is done in the order written.
/// Checked in tests/models/risk/test_expression_text.cpp.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/expression.hpp"
#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"
#include "sim/utf8.hpp"

namespace corridor::risk {

/// The names that a condition can use.
struct Scope {
  const Catalogue& catalogue;
  std::span<const RuleParameter> parameters;
  Subject subject = Subject::traveller;
};

struct ExpressionProblem {
  std::size_t offset = 0;  ///< byte of the expression
  std::string code, message;
};

/// Where a byte of the expression stands in the file.
using PlaceOf = std::function<sim::LinePlace(std::size_t offset)>;

/// The condition, or nothing and at least one problem. Without `place_of` the expression itself is
/// the file.
[[nodiscard]] std::optional<Node> parse_expression(std::string_view text, const Scope& scope,
                                                   std::vector<ExpressionProblem>& problems,
                                                   const PlaceOf& place_of = {});

/// A condition as text, with no parenthesis that could be left out: parse_expression gives an equal
/// tree.
[[nodiscard]] std::string to_text(const Node& node, const Scope& scope);

/// Of "cut = 2 in 0..10", with or without "let" before it.
[[nodiscard]] std::optional<RuleParameter> parse_parameter(
    std::string_view text, std::vector<ExpressionProblem>& problems);
/// "cut = 2 in 0..10"
[[nodiscard]] std::string to_text(const RuleParameter& parameter);

/// A number as the language writes it: the shortest text that is read as the same double.
[[nodiscard]] std::string number_text(double value);

/// Whether a parameter or feature can have this name: [a-z][a-z0-9_]*, at most 40 characters, no
/// word of the language.
[[nodiscard]] bool is_name(std::string_view text);

}  // namespace corridor::risk
