// SPDX-License-Identifier: Apache-2.0
/// \file expression_syntax.hpp  Between the steps of reading a condition: tokens, and a tree
/// without types. Used by the expression_*.cpp only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/expression.hpp"
#include "models/risk/expression_text.hpp"

namespace corridor::risk {

/// Ends the reading.
struct SyntaxFault {
  ExpressionProblem problem;
};

enum class TokenKind : std::uint8_t { end, number, text, name, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;
  std::string_view raw;
  double value = 0;  ///< of a number
  std::string text;  ///< of a text: without quotes
};

/// The words of the language, ascending.
[[nodiscard]] std::span<const std::string> language_words();

/// Ends with a token of kind `end`. \throws SyntaxFault
[[nodiscard]] std::vector<Token> tokens_of(std::string_view expression);

struct Syntax {
  enum class Kind : std::uint8_t { number, boolean, text, name, operation };
  Kind kind = Kind::operation;
  Op op = Op::boolean;  ///< of an operation
  std::size_t offset = 0;
  double value = 0;       ///< of a number or boolean; of `at_least`: how many
  std::string_view name;  ///< of a name
  std::string text;       ///< of a text
  std::size_t depth = 1;
  std::vector<Syntax> arguments;
};

/// \throws SyntaxFault
[[nodiscard]] Syntax syntax_of(std::string_view expression);

/// Gives types to a tree. Nothing when there were problems.
[[nodiscard]] std::optional<Node> typed(const Syntax& syntax, const Scope& scope,
                                        std::vector<ExpressionProblem>& problems,
                                        const PlaceOf& place_of);

}  // namespace corridor::risk
