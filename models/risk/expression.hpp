// SPDX-License-Identifier: Apache-2.0
/// \file expression.hpp  A condition as a tree of typed nodes.
///
/// Grammar (lowest precedence first; `not` binds tighter than `and`, which binds tighter than
/// `or`; comparisons do not chain):
///
///     condition  = conjunction { "or" conjunction }
///     conjunction = negation { "and" negation }
///     negation   = "not" negation | comparison
///     comparison = sum [ ("<" | "<=" | "==" | "!=" | ">=" | ">") sum
///                      | ["not"] "in" set | ["not"] "between" sum "and" sum ]
///     set        = "{" (["-"] number | text | parameter) { "," ... } "}"
///     sum        = product { ("+" | "-") product }
///     product    = sign { ("*" | "/") sign }
///     sign       = "-" sign | atom
///     atom       = number | text | "true" | "false" | name | "(" condition ")"
///                | "missing" "(" name ")" | ("min" | "max") "(" condition { "," condition } ")"
///                | ("abs" | "log1p") "(" condition ")"
///                | whole number "of" "(" condition { "," condition } ")"
///
/// A "-" right before a number makes a negative literal; `-(3)` is the operation `negate`. A text
/// is compared with a category by `==`, `!=` and `in` only; booleans stand by themselves.
///
/// Values are three-valued (Kleene 1952): a comparison or arithmetic with a missing value is
/// unknown; `and` is the minimum and `or` the maximum of false < unknown < true; `missing(x)` is
/// never unknown; `k of (...)` is true when at least k are true, false when fewer than k can be.
/// Arithmetic is IEEE double in the order written; a division by zero, log1p of less than or equal
/// to -1, and any result that is not finite are missing. `between a and b` includes both ends.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/risk/feature.hpp"

namespace corridor::risk {

enum class Op : std::uint8_t {
  number,     ///< literal: `value`
  boolean,    ///< literal: `value` 0 or 1
  feature,    ///< `index` in the catalogue
  parameter,  ///< `index` of RuleSet::parameters, a number
  logical_not,
  logical_and,  ///< two or more arguments
  logical_or,
  less,
  less_equal,
  equal,
  not_equal,
  greater_equal,
  greater,
  in_set,   ///< argument 0 is tested against arguments 1.. (numbers, parameters) or `codes`
  between,  ///< arguments 0, lower, upper
  negate,
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  absolute,
  log1p,
  missing,  ///< argument 0 is a feature
  at_least  ///< `index` of the arguments
};

enum class ValueType : std::uint8_t { number, boolean, category };

/// A typed node. A comparison of a category with texts is `equal`, `not_equal` or `in_set` with
/// argument 0 the feature and the texts as `codes` (rows of Feature::values).
struct Node {
  Op op = Op::boolean;
  ValueType type = ValueType::boolean;
  double value = 0;
  std::uint32_t index = 0;
  std::vector<std::uint8_t> codes;
  std::vector<Node> arguments;
  std::uint32_t line = 0, column = 0;  ///< where it begins in the file; 0 = built by a program

  friend bool operator==(const Node& a, const Node& b) {
    return a.op == b.op && a.type == b.type && a.value == b.value && a.index == b.index &&
           a.codes == b.codes && a.arguments == b.arguments;
  }
};

/// Bounds on what a rule may be: beyond them is an error with its place, never a crash.
inline constexpr std::size_t most_expression_bytes = 16 * 1024;
inline constexpr std::size_t most_expression_nodes = 2000;
inline constexpr std::size_t most_expression_depth = 64;

}  // namespace corridor::risk
