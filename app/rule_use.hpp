// SPDX-License-Identifier: Apache-2.0
/// \file rule_use.hpp  What must hold of a set of rules before run or score uses it, and what is
/// said of it.
#pragma once

#include <string>
#include <string_view>

#include "models/risk/feature.hpp"
#include "models/risk/rule_set.hpp"
#include "models/scenario/scenario.hpp"

namespace corridor::app {

/// Tells on the error stream what lint calls an error, one warning each: such a rule is lawful and
/// does what it says, so the set is used (docs/decisions.md, D-23). \throws sim::UserError for a
/// set that is inert: fitted by a program and adopted by nobody
void prepare_use(const risk::RuleSet& set, const risk::Catalogue& catalogue,
                 const std::string& file, std::string_view date);

/// The same of all rules that a scenario scores with, on whatever day of its strategies.
void prepare_use(const scenario::Scenario& scenario);

}  // namespace corridor::app
