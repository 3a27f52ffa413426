// SPDX-License-Identifier: Apache-2.0
#include "models/risk/weight_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/risk/fired_patterns.hpp"
#include "models/risk/threshold_search.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

stats::Sign sign_of(std::int32_t score) {
  return score > 0 ? stats::Sign::positive : score < 0 ? stats::Sign::negative : stats::Sign::free;
}

/// Complaints about fixed weights, all at once.
void check_fixed(const RuleSet& set, const Catalogue& catalogue,
                 const std::map<std::string, std::int32_t>& fixed) {
  std::vector<std::string> ids, complaints;
  for (const Rule& rule : set.rules) ids.push_back(rule.id);
  for (const auto& [id, score] : fixed) {
    const auto at = std::find(ids.begin(), ids.end(), id);
    if (at == ids.end()) {
      complaints.push_back(fmt::format("no rule is called '{}'{}", id, sim::did_you_mean(id, ids)));
      continue;
    }
    const std::int32_t old = set.rules[static_cast<std::size_t>(at - ids.begin())].score;
    if ((old > 0 && score < 0) || (old < 0 && score > 0))
      complaints.push_back(fmt::format(
          "rule '{}' cannot get {}: its score is {}, and signs are kept", id, score, old));
    else if (score < -10000 || score > 10000)
      complaints.push_back(
          fmt::format("rule '{}' cannot get {}: allowed is [-10000, 10000]", id, score));
  }
  for (const Rule& rule : set.rules)
    if (set.combine != Combine::logistic && fixed.count(rule.id) == 0 &&
        reads_assessment(rule.condition, catalogue))
      complaints.push_back(fmt::format(
          "rule '{}' reads a threat assessment, so its weight is not fitted; its score {} is not "
          "in log-odds: give its weight in hundredths of log-odds, --fixed {}=N",
          rule.id, rule.score, rule.id));
  std::string all;
  for (const std::string& one : complaints) all += (all.empty() ? "" : "\n") + one;
  if (!all.empty()) throw stats::FitError(all);
}

}  // namespace

FittedWeights fit_weights(const RuleSet& set, const RecordStore& train, double penalty,
                          const std::map<std::string, std::int32_t>& fixed) {
  check_fixed(set, *train.catalogue, fixed);
  std::vector<std::uint8_t> known(train.n);
  for (std::size_t i = 0; i < train.n; ++i) known[i] = train.truth[i] == unknown_truth ? 0 : 1;
  const RecordStore records = subset(train, known, 1);
  FiredMasks masks = masks_of(set, records);
  clear_uncounted(set, records, masks);

  FittedWeights out;
  stats::LogisticOptions options;
  options.ridge = penalty;
  for (std::size_t r = 0; r < set.rules.size(); ++r) {
    const Rule& rule = set.rules[r];
    const auto first = masks.fired.begin() + static_cast<std::ptrdiff_t>(r * masks.words());
    const bool fires = std::any_of(first, first + static_cast<std::ptrdiff_t>(masks.words()),
                                   [](std::uint64_t word) { return word != 0; });
    const auto given = fixed.find(rule.id);
    std::optional<double> weight;
    WeightState state = WeightState::fitted;
    const double own = set.combine == Combine::logistic ? rule.score / 100.0 : 0;
    if (given != fixed.end()) {
      state = WeightState::given;
      weight = given->second / 100.0;
    } else if (reads_assessment(rule.condition, *train.catalogue)) {
      state = WeightState::assessment;
      weight = own;
    } else if (!in_force(rule, train.date)) {
      state = WeightState::not_in_force;
      weight = own;
    } else if (!fires) {
      state = WeightState::never_fired;
      weight = own;
    }
    out.state.push_back(state);
    options.fixed.push_back(weight);
    options.signs.push_back(weight ? stats::Sign::free : sign_of(rule.score));
  }
  const stats::FiredPatterns patterns = stats::count_patterns(masks, records.truth);
  out.fit = stats::fit_logistic(patterns, options);
  if (out.fit.separated)
    throw stats::FitError(
        "a rule fires on hits alone, or never on hits: without a penalty its weight has no end; "
        "set --penalty above 0");
  if (!out.fit.converged)
    throw stats::FitError("the fit did not settle; a larger --penalty makes it easier");
  const stats::WholeScores scores = stats::whole_scores(out.fit, patterns);
  out.rounded_log_likelihood = scores.log_likelihood;
  out.clipped = scores.clipped;

  out.set = set;
  out.set.combine = Combine::logistic;
  out.set.base = scores.base;
  out.set.groups.clear();
  for (std::size_t r = 0; r < set.rules.size(); ++r) {
    out.set.rules[r].score = scores.score[r];
    out.set.rules[r].group = -1;
    const bool fitted = out.state[r] == WeightState::fitted;
    if (fitted && out.fit.held[r]) out.state[r] = WeightState::held;
    out.standard_error.push_back(
        fitted && !out.fit.held[r] ? std::optional(out.fit.standard_error[r]) : std::nullopt);
  }
  auto& rules = out.set.rules;
  if (std::none_of(rules.begin(), rules.end(), [](const Rule& rule) { return rule.score < 0; }))
    for (std::size_t r = 0; r < rules.size(); ++r)
      if (set.rules[r].score < 0) {
        rules[r].score = -1;
        break;
      }
  return out;
}

}  // namespace corridor::risk
