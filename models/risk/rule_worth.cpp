// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_worth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/risk/calibration.hpp"

namespace corridor::risk {

std::optional<bool> RuleWorth::worth_it() const {
  if (!needed || !ratio.defined) return std::nullopt;
  if (ratio.lower > needed->ratio) return true;
  if (ratio.upper <= needed->ratio) return false;
  return std::nullopt;
}

std::string RuleWorth::text() const {
  std::string is = std::isnan(ratio.estimate) ? "not enough data to tell"
                                              : fmt::format("{:.3g}", ratio.estimate);
  if (ratio.defined) is += fmt::format(" ({:.3g} to {:.3g})", ratio.lower, ratio.upper);
  if (fired == 0) is = "never fired";
  if (!needed) return is;
  const std::optional<bool> answer = worth_it();
  return fmt::format("worth it if the ratio exceeds {:.3g}; {}{}", needed->ratio, is,
                     fired == 0 || !ratio.defined ? ""
                     : !answer                    ? ": cannot be told"
                     : *answer                    ? ": it does"
                                                  : ": it does not");
}

RuleWorth rule_worth(stats::Count hits, stats::Count others, bool raises, double rate_at_cut,
                     double confidence) {
  RuleWorth out;
  out.fired = hits.x + others.x;
  out.ratio = stats::katz_ratio(hits, others, confidence);
  if (!raises || hits.n == 0 || others.n == 0) return out;
  stats::RuleCase c;
  c.prevalence = static_cast<double>(hits.n) / static_cast<double>(hits.n + others.n);
  // It bounds the ratio and cancels from the break-even; one that fires on hits alone counts as
  // one.
  c.base_rate =
      static_cast<double>(std::max<std::int64_t>(others.x, 1)) / static_cast<double>(others.n);
  c.value_of_hit = 1;  // without prices the unit of money does not matter
  c.displaced_precision = rate_at_cut;
  out.needed = stats::break_even(c);
  return out;
}

double rate_at_cut(const stats::ScoreTally& tally, std::span<const std::int32_t> cuts) {
  const std::vector<double> rates = stats::isotonic_rates(tally);
  double sum = 0;
  std::size_t n = 0;
  for (const std::int32_t cut : cuts) {
    const auto at = std::find(tally.score.begin(), tally.score.end(), static_cast<double>(cut));
    if (at == tally.score.end()) continue;  // records of unknown truth alone have it
    sum += rates[static_cast<std::size_t>(at - tally.score.begin())];
    ++n;
  }
  return n == 0 ? 0 : sum / static_cast<double>(n);
}

std::vector<RuleWorth> rule_worths(const RuleSet& set, const RecordStore& store,
                                   const FiredMasks& counted, const Selector& selector,
                                   double capacity, double confidence) {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> truth;
  for (std::size_t i = 0; i < store.n; ++i) {
    if (store.truth[i] == unknown_truth) continue;
    scores.push_back(selector.scores()[i]);
    truth.push_back(store.truth[i]);
  }
  const double at_cut =
      scores.empty() ? 0 : rate_at_cut(stats::tally(scores, truth), selector.select(capacity).cuts);
  std::vector<RuleWorth> out;
  for (std::size_t r = 0; r < set.rules.size(); ++r) {
    stats::Count hits{0, store.hits()}, others{0, store.known() - store.hits()};
    for (std::size_t i = 0; i < store.n; ++i)
      if (store.truth[i] != unknown_truth && counted.fires(r, i))
        ++(store.truth[i] == 1 ? hits : others).x;
    out.push_back(rule_worth(hits, others, set.rules[r].score > 0, at_cut, confidence));
  }
  return out;
}

}  // namespace corridor::risk
