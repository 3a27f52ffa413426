// SPDX-License-Identifier: Apache-2.0
/// \file risk_checks.hpp  What a scenario says about signals, lists and rules, checked beyond the
/// range of each value; and its rule file, read.
#pragma once

#include <string>
#include <vector>

#include "models/risk/risk_params.hpp"
#include "models/risk/rule_set.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::scenario {

/// A likelihood ratio times its rate is a probability; shares of one draw add up to at most 1.
void check_signals(const sim::ScenarioText& read, const Scenario& scenario,
                   sim::Complaints& complaints);

/// An assessment has a title, a source, a date and a last day, and pairs of countries.
void check_assessment(const sim::ScenarioText& read, const risk::RiskParams& risk,
                      sim::Complaints& complaints);

/// Rules that a scenario scores with, and what they are called in messages.
struct NamedRules {
  std::string from;
  risk::RuleSet set;
};
/// Those of travellers and of consignments, as far as there are any; texts written for another
/// version of the rule language are left out.
[[nodiscard]] std::vector<NamedRules> rules_of(const Scenario& scenario);

/// "scenarios/rules/additive.toml: Additive card (1.0), adopted by A. Person on 2019-01-01"; ""
/// when there are no rules.
[[nodiscard]] std::string rules_line(const Scenario& scenario);

}  // namespace corridor::scenario
