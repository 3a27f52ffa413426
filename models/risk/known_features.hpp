// SPDX-License-Identifier: Apache-2.0
/// \file known_features.hpp  Conditions over records of which some features are known beforehand.
///
/// What a feature says may be the same in every record that is scored together: there is no list
/// hit on an ordinary traveller, and no history where nobody keeps one. `folded` works that out of
/// a condition once, so that it need not be looked at record by record. The result has the same
/// truth (true, false, unknown) as the condition on every such record and reads no known feature.
/// Kleene's logic: in `and`, false decides and true falls away; in `or` the other way round; a
/// missing number makes arithmetic missing and a comparison unknown.
///
/// Checked in tests/models/risk/test_views.cpp.
#pragma once

#include <optional>

#include "models/risk/columns.hpp"
#include "models/risk/reference.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

/// \throws std::invalid_argument when a value is given for a feature that is no byte
[[nodiscard]] Node folded(const Node& condition, const RuleSet& set, const Catalogue& catalogue,
                          const View& known);

/// The truth of a condition that reads no feature; nothing for another.
[[nodiscard]] std::optional<Truth> constant_truth(const Node& condition, const RuleSet& set,
                                                  const Catalogue& catalogue);

}  // namespace corridor::risk
