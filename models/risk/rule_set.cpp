// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_set.hpp"

#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::risk {

std::int32_t points_of(Combine combine, std::int32_t score) {
  if (combine != Combine::noisy_or) return score;
  const std::int32_t p = std::abs(score);
  if (p > 999) throw std::invalid_argument("noisy-or: a score is at most 999 per mille");
  const double weight = std::floor(-1000 * sim::log(1 - p / 1000.0) + 0.5);
  return score < 0 ? -static_cast<std::int32_t>(weight) : static_cast<std::int32_t>(weight);
}

bool in_force(const Rule& rule, std::string_view date) {
  return (rule.valid_from.empty() || rule.valid_from <= date) &&
         (rule.valid_to.empty() || date <= rule.valid_to);
}

bool is_inert(const RuleSet& set) { return !set.tuned_on.empty() && set.adopted_by.empty(); }

std::string inert_complaint(const RuleSet& set) {
  if (!is_inert(set)) return "";
  return "'" + set.name + "' (" + set.version +
         ") was fitted by a program and adopted by nobody: it is inert until a named person adopts "
         "it, with `corridor rules adopt`";
}

std::string subject_complaint(const RuleSet& set, Subject wanted) {
  if (set.subject == wanted) return "";
  const auto plural = [](Subject s) { return std::string(name(s)) + "s"; };
  return "'" + set.name + "' is a set of rules about " + plural(set.subject) + ", and " +
         plural(wanted) + " are scored here: name rules with subject = \"" +
         std::string(name(wanted)) + "\"" +
         (wanted == Subject::traveller ? ", which is the default" : "");
}

std::string adoption_text(const RuleSet& set) {
  return set.adopted_by.empty() ? "adopted by nobody"
                                : "adopted by " + set.adopted_by + " on " + set.adopted_on;
}

}  // namespace corridor::risk
