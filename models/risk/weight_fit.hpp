// SPDX-License-Identifier: Apache-2.0
/// \file weight_fit.hpp  New weights for a rule set: penalised logistic regression of the truth on
/// the rules that fired.
///
/// The model, its penalty and its signs are those of logistic_fit.hpp. What comes out is a set that
/// combines by `logistic`: the base is the intercept, each score hundredths of log-odds. Groups and
/// their caps are left out, since the fit adds every rule that fires, overlaps included.
///
/// Kept as they are, at their own log-odds: rules that read a threat assessment (a judgement about
/// routes is for people to make and to date), rules that the caller fixes, and, in a logistic set,
/// rules that never fire in the records that are fitted. In a set of points those get 0: points are
/// not log-odds. For the same reason a rule on an assessment in such a set must be given its weight
/// by the caller.
///
/// A set has at least one exonerating rule: when every one of them is held at 0, the first gets -1,
/// a hundredth of log-odds.
/// Errors. stats::FitError: a weight that must be given and is not, an unknown rule, a fixed weight
/// against the rule's sign, a fit that does not settle. Checked in tests/models/risk/test_tune.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/risk/logistic_fit.hpp"
#include "models/risk/record_store.hpp"
#include "models/risk/rule_set.hpp"

namespace corridor::risk {

enum class WeightState {
  unchanged,    ///< weights were not fitted
  fitted,       ///< a number between people and data
  held,         ///< 0, because data ask for the other sign
  assessment,   ///< reads a threat assessment: kept
  given,        ///< fixed by the caller
  never_fired,  ///< nothing to fit: kept, or 0 when it was in points
  not_in_force  ///< the same, because of its dates
};
constexpr std::string_view name(WeightState s) {
  switch (s) {
    case WeightState::unchanged:
      return "not fitted";
    case WeightState::fitted:
      return "fitted";
    case WeightState::held:
      return "held at 0 to keep its sign";
    case WeightState::assessment:
      return "kept: reads a threat assessment";
    case WeightState::given:
      return "kept as given";
    case WeightState::never_fired:
      return "never fired: not enough data to tell";
    case WeightState::not_in_force:
      return "not in force: not enough data to tell";
  }
  return "?";
}

struct FittedWeights {
  RuleSet set;
  std::vector<WeightState> state;                     ///< one a rule
  std::vector<std::optional<double>> standard_error;  ///< log-odds; of fitted ones
  stats::LogisticFit fit;
  double rounded_log_likelihood = 0;
  bool clipped = false;  ///< a weight lay beyond +-100 log-odds
};

/// \param fixed  hundredths of log-odds by id
[[nodiscard]] FittedWeights fit_weights(const RuleSet& set, const RecordStore& train,
                                        double penalty,
                                        const std::map<std::string, std::int32_t>& fixed);

}  // namespace corridor::risk
