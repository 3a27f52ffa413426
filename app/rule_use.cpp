// SPDX-License-Identifier: Apache-2.0
#include "app/rule_use.hpp"

#include <algorithm>
#include <iostream>
#include <vector>

#include "models/risk/lint.hpp"
#include "models/scenario/risk_checks.hpp"
#include "models/scenario/timeline.hpp"

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
  const scenario::Timeline timeline(scenario);
  std::vector<risk::RuleSet> seen;
  const auto look = [&](std::int64_t day) {
    for (const scenario::NamedRules& named : scenario::rules_of(timeline.at(day))) {
      if (std::ranges::find(seen, named.set) != seen.end()) continue;
      prepare_use(named.set, risk::shipped_catalogue(), named.from, scenario.run.start);
      seen.push_back(named.set);
    }
  };
  look(0);
  for (const std::int64_t day : timeline.days()) look(day);
}

}  // namespace corridor::app
