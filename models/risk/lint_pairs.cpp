// SPDX-License-Identifier: Apache-2.0
#include "models/risk/lint_pairs.hpp"

#include <algorithm>

#include "models/risk/condition_normal.hpp"
#include "models/risk/rule_problem.hpp"
#include "sim/names.hpp"

namespace corridor::risk {
namespace {

/// Names looked at when every pair is compared; beyond it would take long.
constexpr std::size_t most_work = 2'000'000;

std::size_t size_of(const Node& node) {
  std::size_t n = 1;
  for (const Node& argument : node.arguments) n += size_of(argument);
  return n;
}

/// Whether two rules are ever in force on the same day.
bool overlap(const Rule& a, const Rule& b) {
  const auto ends_before = [](const Rule& x, const Rule& y) {
    return !x.valid_to.empty() && !y.valid_from.empty() && x.valid_to < y.valid_from;
  };
  return !ends_before(a, b) && !ends_before(b, a);
}

Finding note(Severity severity, const Rule& rule, std::string code, const std::string& message) {
  return {severity,
          rule.id,
          std::move(code),
          "rule " + in_quotes(rule.id) + " " + message,
          rule.line,
          rule.column,
          ""};
}

}  // namespace

LintPairs::LintPairs(const RuleSet& set, const std::vector<bool>& sound, const Catalogue& catalogue,
                     const ConditionRanges& ranges)
    : set_(set), sound_(sound), ranges_(ranges), n_(set.rules.size()) {
  normal_.resize(n_);
  states_.resize(n_);
  exclusive_.assign(n_ * n_, false);
  std::size_t nodes = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    if (!sound_[i]) continue;
    normal_[i] = normal_form(set_.rules[i].condition, catalogue);
    states_[i] = ranges_.assume(set_.rules[i].condition, true, ranges_.anything());
    nodes += size_of(set_.rules[i].condition);
  }
  compared_ = nodes * n_ <= most_work;
  if (!compared_) return;
  for (std::size_t a = 0; a < n_; ++a) {
    for (std::size_t b = 0; b < n_; ++b) {
      // A rule that fires on missing data fires beyond the states looked at here.
      const bool only_true =
          set_.rules[a].on_missing != OnMissing::yes && set_.rules[b].on_missing != OnMissing::yes;
      if (a == b || !states_[a] || !states_[b] || !only_true) continue;
      if (ranges_.assume(set_.rules[b].condition, true, *states_[a])) continue;
      exclusive_[a * n_ + b] = exclusive_[b * n_ + a] = true;
    }
  }
}

bool LintPairs::meet(std::size_t a, std::size_t b) const {
  const Rule &x = set_.rules[a], &y = set_.rules[b];
  bool stage = false;
  for (std::size_t s = 0; s < n_stages; ++s) stage = stage || (x.stages[s] && y.stages[s]);
  return sound_[a] && sound_[b] && stage && overlap(x, y);
}

std::vector<Finding> LintPairs::findings() const {
  std::vector<Finding> out;
  if (!compared_) {
    out.push_back({Severity::info, "", "pairs-not-compared",
                   "the set is too large for its rules to be compared in pairs, except for equal "
                   "conditions",
                   0, 0, ""});
  }
  for (std::size_t b = 0; b < n_; ++b)
    for (std::size_t a = 0; a < b; ++a)
      if (meet(a, b)) compare(a, b, out);
  for (std::size_t a = 0; a < n_; ++a) {
    std::vector<std::string> others;
    for (std::size_t b = a + 1; b < n_; ++b)
      if (meet(a, b) && never_together(a, b)) others.push_back(set_.rules[b].id);
    if (!others.empty())
      out.push_back(note(Severity::info, set_.rules[a], "exclusive",
                         "never fires together with " + sim::listed(others)));
  }
  return out;
}

void LintPairs::compare(std::size_t a, std::size_t b, std::vector<Finding>& out) const {
  const Rule &first = set_.rules[a], &second = set_.rules[b];
  const std::string other = in_quotes(first.id);
  const bool opposed = (first.score < 0) != (second.score < 0);
  if (normal_[a] == normal_[b]) {
    out.push_back(note(Severity::error, second, "duplicate",
                       "has the same condition as rule " + other +
                           (opposed ? ": the same fact raises and lowers the score"
                                    : ": the same fact counts twice")));
    return;
  }
  if (!compared_ || !states_[a] || !states_[b] || first.on_missing == OnMissing::yes ||
      second.on_missing == OnMissing::yes)
    return;
  const bool second_in_first = ranges_.certain(first.condition, *states_[b]);
  const bool first_in_second = ranges_.certain(second.condition, *states_[a]);
  if (!second_in_first && !first_in_second) return;
  const std::string how = second_in_first && first_in_second
                              ? "fires exactly when rule " + other + " does"
                          : second_in_first ? "fires only when rule " + other + " does"
                                            : "fires whenever rule " + other + " does";
  if (second_in_first && first_in_second)
    out.push_back(
        note(Severity::warning, second, "duplicate", how + ": the same fact counts twice"));
  else if (opposed && (second_in_first ? second : first).score < 0)
    out.push_back(note(Severity::info, second, "mitigates",
                       how + (second_in_first ? ", and takes off a part of its score"
                                              : ", which takes off a part of its score")));
  else if (opposed)
    out.push_back(
        note(Severity::warning, second, "opposed", how + ", and their scores have opposite signs"));
  else
    out.push_back(note(Severity::info, second, "subsumed", how + ": there, both add up"));
}

std::int64_t LintPairs::lowest_of(std::int32_t group) const {
  if (group < 0) return INT32_MIN;
  return set_.groups[static_cast<std::size_t>(group)].min.value_or(INT32_MIN);
}
std::int64_t LintPairs::highest_of(std::int32_t group) const {
  if (group < 0) return INT32_MAX;
  return set_.groups[static_cast<std::size_t>(group)].max.value_or(INT32_MAX);
}

/// Most that `sign` times the points of these rules can add up to: they are put greedily into heaps
/// of rules that exclude each other, and of each heap the heaviest counts.
std::int64_t LintPairs::most(const std::vector<std::size_t>& rules, int sign) const {
  std::vector<std::size_t> heavy;
  const auto weight = [&](std::size_t i) {
    return std::int64_t{sign} * points_of(set_.combine, set_.rules[i].score);
  };
  for (const std::size_t i : rules)
    if (weight(i) > 0) heavy.push_back(i);
  std::stable_sort(heavy.begin(), heavy.end(),
                   [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  std::vector<std::vector<std::size_t>> heaps;
  std::int64_t sum = 0;
  for (const std::size_t i : heavy) {
    const auto fits = [&](const std::vector<std::size_t>& heap) {
      return std::all_of(heap.begin(), heap.end(),
                         [&](std::size_t j) { return never_together(i, j); });
    };
    const auto heap = std::find_if(heaps.begin(), heaps.end(), fits);
    if (heap != heaps.end()) {
      heap->push_back(i);
      continue;
    }
    heaps.push_back({i});
    sum += weight(i);
  }
  return sum;
}

std::pair<std::int64_t, std::int64_t> LintPairs::reach(const std::vector<bool>& counts) const {
  std::int64_t lowest = set_.base, highest = set_.base;
  for (std::int32_t g = -1; g < static_cast<std::int32_t>(set_.groups.size()); ++g) {
    std::vector<std::size_t> rules;
    for (std::size_t i = 0; i < n_; ++i) {
      const bool never = sound_[i] && !states_[i] && set_.rules[i].on_missing != OnMissing::yes;
      if (counts[i] && !never && set_.rules[i].group == g) rules.push_back(i);
    }
    highest += std::min(most(rules, 1), highest_of(g));
    lowest += std::max(-most(rules, -1), lowest_of(g));
  }
  return {lowest, highest};
}

}  // namespace corridor::risk
