// SPDX-License-Identifier: Apache-2.0
#include "models/risk/tune.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "models/risk/argument.hpp"

namespace corridor::risk {
namespace {

constexpr std::string_view about_mark = "Tuned: ";

void demand_truth(const RecordStore& records) {
  const std::int64_t known = records.known(), hits = records.hits();
  if (known == 0)
    throw stats::FitError("the records have no truth (column 'truth'): nothing can be tuned");
  if (hits == 0 || hits == known)
    throw stats::FitError(
        fmt::format("{} of the {} records of known truth are hits: nothing can be "
                    "learnt from one kind alone",
                    hits, known));
}

void demand_enough(const RecordStore& train, const RecordStore& other) {
  const std::int64_t others = train.known() - train.hits();
  if (train.hits() >= least_training_hits && others >= least_training_hits &&
      other.hits() >= least_held_out_hits)
    return;
  throw stats::FitError(fmt::format(
      "not enough data to tell: {} hits and {} others to train on, {} hits held out; needed are "
      "{}, {} and {}",
      train.hits(), others, other.hits(), least_training_hits, least_training_hits,
      least_held_out_hits));
}

std::int64_t hits_at(const RuleSet& set, const RecordStore& store, const FiredMasks& masks,
                     double capacity) {
  const Selection s = Selector(store, scores_of(set, store, masks)).select(capacity);
  std::int64_t hits = 0;
  for (std::size_t i = 0; i < store.n; ++i) hits += s.selected[i] != 0 && store.truth[i] == 1;
  return hits;
}

std::vector<TunedRule> tuned_rules(const RuleSet& old_set, const Tuning& t,
                                   const RecordStore& other) {
  const FiredMasks all = masks_of(t.set, other);
  FiredMasks counted = all;
  clear_uncounted(t.set, other, counted);
  const std::int64_t hits = hits_at(t.set, other, all, t.options.capacity);
  const std::vector<RuleWorth> worths =
      rule_worths(t.set, other, counted, Selector(other, scores_of(t.set, other, all)),
                  t.options.capacity, t.options.confidence);
  std::vector<TunedRule> out;
  for (std::size_t r = 0; r < t.set.rules.size(); ++r) {
    TunedRule rule;
    rule.id = t.set.rules[r].id;
    rule.old_score = old_set.rules[r].score;
    rule.new_score = t.set.rules[r].score;
    if (t.weights) {
      rule.state = t.weights->state[r];
      if (const auto& error = t.weights->standard_error[r]) rule.standard_error = 100 * *error;
    }
    rule.worth = worths[r];
    RuleSet without = t.set;
    without.rules[r].score = 0;
    rule.hits_without = hits_at(without, other, all, t.options.capacity) - hits;
    out.push_back(rule);
  }
  return out;
}

/// Whether a condition reads a parameter whose value is another now.
bool reads_changed(const Node& node, const std::vector<RuleParameter>& before,
                   const std::vector<RuleParameter>& after) {
  return (node.op == Op::parameter && before[node.index].value != after[node.index].value) ||
         std::ranges::any_of(node.arguments, [&](const Node& argument) {
           return reads_changed(argument, before, after);
         });
}

/// A rule that says something else than before is another version, and rests on these records.
void renew_rules(const RuleSet& old_set, Tuning& t) {
  const std::string on =
      fmt::format("{} ({} records with {} hits); it restates the signals of these records",
                  t.description, t.train_records, t.train_hits);
  for (std::size_t r = 0; r < t.set.rules.size(); ++r) {
    const Rule& old_rule = old_set.rules[r];
    Rule& rule = t.set.rules[r];
    const bool weighed = rule.score != old_rule.score || t.set.combine != old_set.combine;
    const bool searched = reads_changed(rule.condition, old_set.parameters, t.set.parameters);
    if (!weighed && !searched) continue;
    rule.version = tuned_version(old_rule.version);
    const WeightState state = t.weights ? t.weights->state[r] : WeightState::unchanged;
    const bool from_data = state == WeightState::fitted || state == WeightState::held;
    std::vector<std::string> said;
    if (weighed && from_data)
      said.push_back("Weight fitted to " + on);
    else if (weighed)
      said.push_back(fmt::format("Weight {}, not fitted to data ({})", rule.score, name(state)));
    if (searched) said.push_back("Threshold searched on " + on);
    rule.evidence = fmt::format("{}. Before: {} {}", fmt::join(said, ". "), old_rule.score,
                                name(old_set.combine));
  }
}

/// What the set says of itself: the authors' words, and the last tuning's.
std::string about_text(const RuleSet& old_set, const Tuning& t) {
  std::string about = old_set.about;
  if (const auto at = about.find(about_mark); at != about.npos) about.resize(at);
  while (!about.empty() && (about.back() == '\n' || about.back() == ' ')) about.pop_back();
  if (!about.empty()) about += "\n";
  about += fmt::format(
      "{}from {}, method {}, {} records with {} hits, {} held out with {}, seed {}, capacity {:g}.",
      about_mark, t.from, name(t.options.method), t.train_records, t.train_hits, t.held_out_records,
      t.held_out_hits, t.options.seed, t.options.capacity);
  if (t.search) about += fmt::format(" {} variants of thresholds tried.", t.search->tried.size());
  if (t.weights)
    about += fmt::format(" Weights fitted with penalty {:g}, in hundredths of log-odds.",
                         t.options.penalty);
  about += fmt::format(
      " Records: {}. Synthetic: {}. It restates the signals that the records were "
      "made with. To be adopted by a person before use.",
      t.description, t.statement);
  return about;
}

}  // namespace

std::string tuned_version(const std::string& version) {
  constexpr std::string_view suffix = "-tuned-";
  const auto at = version.rfind(suffix);
  if (at != version.npos) {
    const char* first = version.data() + at + suffix.size();
    const char* last = version.data() + version.size();
    std::uint32_t n = 0;
    const auto [end, error] = std::from_chars(first, last, n);
    if (error == std::errc{} && end == last && first != last && n < UINT32_MAX)
      return version.substr(0, at + suffix.size()) + std::to_string(n + 1);
  }
  return (version.empty() ? "0" : version) + std::string(suffix) + "1";
}

Tuning tune(const RuleSet& set, const RecordStore& records, const RecordStore* fresh,
            const TuneOptions& options) {
  stats::demand(options.holdout > 0 && options.holdout < 1, "tune: holdout is a share in (0, 1)");
  stats::demand(options.penalty >= 0 && options.penalty < 1e12, "tune: a penalty is 0 or more");
  demand_truth(records);
  const std::vector<std::uint8_t> part = held_out(records, options.seed, options.holdout);
  const RecordStore train = subset(records, part, 0), other = subset(records, part, 1);
  demand_enough(train, other);

  Tuning t;
  t.set = set;
  t.options = options;
  t.from = set.name + " (" + set.version + ")";
  t.from_combine = name(set.combine);
  t.date = records.date;
  t.description = records.description;
  t.statement = records.statement;
  t.train_records = static_cast<std::int64_t>(train.n);
  t.train_hits = train.hits();
  t.held_out_records = static_cast<std::int64_t>(other.n);
  t.held_out_hits = other.hits();
  t.old_parameters = set.parameters;
  t.old_base = set.base;
  if (options.method != TuneMethod::logistic) {
    t.search_retested_on_fresh = fresh != nullptr;
    t.search =
        search_thresholds(set, train, fresh != nullptr ? *fresh : other,
                          {options.capacity, options.budget, options.seed, options.confidence});
    const std::vector<double>& values = t.search->tried[t.search->winner].values;
    for (std::size_t p = 0; p < values.size(); ++p) t.set.parameters[p].value = values[p];
  }
  if (options.method != TuneMethod::thresholds) {
    t.weights = fit_weights(t.set, train, options.penalty, options.fixed);
    t.groups_left_out = !set.groups.empty();
    t.set = t.weights->set;
  }
  renew_rules(set, t);
  t.set.version = tuned_version(set.version);
  t.set.tuned_on = fmt::format("{}; {}", t.description, t.statement);
  t.set.adopted_by.clear();
  t.set.adopted_on.clear();
  t.set.audit = {};
  t.set.about = about_text(set, t);
  t.rules = tuned_rules(set, t, other);

  BacktestOptions compare;
  compare.capacity = options.capacity;
  compare.confidence = options.confidence;
  t.held_out = backtest(set, t.set, other, compare);
  if (fresh != nullptr) {
    t.fresh_description = fresh->description;
    t.fresh = backtest(set, t.set, *fresh, compare);
  }
  return t;
}

}  // namespace corridor::risk
