// SPDX-License-Identifier: Apache-2.0
/// \file condition_normal.hpp  One form for conditions that say the same in different words.
///
/// Equal forms mean equal truth (true, false and unknown) on every record; conditions of equal
/// meaning may still have different forms. Done are: `not` moved inward (De Morgan holds in
/// Kleene's logic), nested `and` and `or` flattened, their parts sorted and repeated ones dropped,
/// numbers moved to the right of comparisons, tests of categories as sorted sets of values,
/// `between` two numbers as two comparisons. Checked in
/// tests/models/risk/test_condition_ranges.cpp.
#pragma once

#include "models/risk/expression.hpp"
#include "models/risk/feature.hpp"

namespace corridor::risk {

[[nodiscard]] Node normal_form(const Node& condition, const Catalogue& catalogue);

}  // namespace corridor::risk
