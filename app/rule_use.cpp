// SPDX-License-Identifier: Apache-2.0
#include "app/rule_use.hpp"

#include <iostream>

#include "models/risk/lint.hpp"
#include "models/scenario/risk_checks.hpp"

namespace corridor::app {

void prepare_use(const risk::RuleSet& set, const risk::Catalogue& catalogue,
                 const std::string& file, std::string_view date) {
  if (const std::string why = risk::inert_complaint(set); !why.empty())
    throw sim::UserError(file + ": error: " + why);
  for (const risk::Finding& f : risk::lint(set, catalogue, {std::string(date), {}}).findings)
    if (f.severity == risk::Severity::error)
      std::cerr << file << ": warning: " << f.message << " [" << f.code << "]\n";
}

void prepare_use(const scenario::Scenario& scenario) {
  for (const scenario::NamedRules& named : scenario::rules_of(scenario))
    prepare_use(named.set, risk::shipped_catalogue(), named.from, scenario.run.start);
}

}  // namespace corridor::app
