// SPDX-License-Identifier: Apache-2.0
/// \file opposite.hpp  The relation that holds between two known values when another does not, and
/// the one that says the same with its sides exchanged.
#pragma once

#include "models/risk/expression.hpp"

namespace corridor::risk {

/// \pre op is a comparison
[[nodiscard]] constexpr Op opposite(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater_equal;
    case Op::less_equal:
      return Op::greater;
    case Op::equal:
      return Op::not_equal;
    case Op::not_equal:
      return Op::equal;
    case Op::greater_equal:
      return Op::less;
    default:
      return Op::less_equal;
  }
}

/// a op b = b mirrored(op) a. \pre op is a comparison
[[nodiscard]] constexpr Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater_equal:
      return Op::less_equal;
    case Op::greater:
      return Op::less;
    default:
      return op;
  }
}

}  // namespace corridor::risk
