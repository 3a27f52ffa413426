// SPDX-License-Identifier: Apache-2.0
/// \file trial_rules.hpp  A small rule set, and scenarios of the invented world that score with it.
#pragma once

#include <string>
#include <vector>

#include "sim/parameter_set.hpp"
#include "tests/support/small_run.hpp"

namespace corridor::test {

inline std::string trial_rule(const std::string& id, const std::string& when, int score,
                              const std::string& stages = R"("booking", "check-in", "arrival")",
                              const std::string& more = "") {
  return "[[rule]]\nid = \"" + id + "\"\nversion = \"1\"\nwhen = \"" + when +
         "\"\nscore = " + std::to_string(score) + "\nreason = \"" + id + "\"\nstage = [" + stages +
         "]\npurpose = \"test\"\nbasis = \"invented\"\nevidence = \"none\"\nowner = \"test\"\n"
         "review_by = 2030-01-01\n" +
         more;
}

/// Reads features of every kind: booking, itinerary, history, route, document, lists, indicators.
inline std::string trial_rules() {
  const std::string late = R"("check-in", "arrival")";
  return "[ruleset]\nname = \"trial\"\nversion = \"1\"\ncombine = \"additive\"\n" +
         trial_rule("cash-late", "payment == 'cash' and lead_days <= 3", 15) +
         trial_rule("shown", "x1 or 2 of (x2, x3, x4)", 20) +
         trial_rule("detour", "detour > 1.5 and itinerary_share < 5", 10) +
         trial_rule("bad-fit", "itinerary_fit == 'low' and connection_minutes > 60", 9) +
         trial_rule("known", "earlier_trips >= 2", -10) +
         trial_rule("route", "route_class == 'high'", 12) +
         trial_rule("document", "document != 'valid'", 30, late) +
         trial_rule("listed", "list_kind in {'name', 'document'}", 40, late) +
         trial_rule("face", "biometric_hit", 50, R"("arrival")");
}

/// The small world, scored, with planted persons and lists.
inline std::vector<std::string> scored(std::vector<std::string> more = {},
                                       const std::string& rules = trial_rules()) {
  std::vector<std::string> set{"risk.rules_text=" + sim::literal(std::string_view(rules)),
                               "risk.planted.contraband=0.002",
                               "risk.planted.wanted=0.001",
                               "risk.lists.document_coverage=0.3",
                               "risk.lists.name_coverage=0.5",
                               "risk.lists.name_false_match=0.002",
                               "risk.lists.biometric_coverage=0.4",
                               "risk.lists.biometric_false_match=0.001",
                               "control.documents.irregular=0.01",
                               "run.days=14",
                               "run.cut_days=14"};
  set.insert(set.end(), more.begin(), more.end());
  return set;
}

}  // namespace corridor::test
