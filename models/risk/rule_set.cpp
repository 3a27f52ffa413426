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

std::string adoption_text(const RuleSet& set) {
  return set.adopted_by.empty() ? "adopted by nobody"
                                : "adopted by " + set.adopted_by + " on " + set.adopted_on;
}

}  // namespace corridor::risk
