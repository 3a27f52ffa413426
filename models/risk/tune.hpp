// SPDX-License-Identifier: Apache-2.0
/// \file tune.hpp  A better rule set from records whose truth is known, and what is left of the
/// gain on records that had no part in it.
///
/// Records are split by a keyed hash of who travels together (record_store.hpp): a part for
/// training, a part held out. On the training part the thresholds are searched
/// (threshold_search.hpp), then the weights fitted (weight_fit.hpp); the result is compared with
/// the set that it came from on the held-out part, and on fresh records when there are any
/// (backtest.hpp). For each rule, on the held-out part:
///
///     likelihood ratio, and the one from which the rule is worth its stops: rule_worth.hpp
///     hits without it = hits at the capacity when its score is 0, less those of the whole set
///
/// The result is inert: adopted_by is empty, tuned_on names the records, and a run or a score
/// refuses it (rule_set.hpp, is_inert). Its version is that of the set, "-tuned-N" after it, and
/// its `about` says how it was made. So does each rule whose weight or threshold is another now:
/// its version counts on, and its evidence is what it was fitted to. What a fit finds restates the
/// signals that the records were made with. Assumed: at least 10 hits and 10 others to train on, 5
/// hits held out. Errors. stats::FitError: no truth, one class only, "not enough data to tell", and
/// those of weight_fit.hpp. Checked in tests/models/risk/test_tune.cpp, tests/python/test_tune.py.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/risk/backtest.hpp"
#include "models/risk/threshold_search.hpp"
#include "models/risk/weight_fit.hpp"

namespace corridor::risk {

enum class TuneMethod { logistic, thresholds, both };
constexpr std::string_view name(TuneMethod m) {
  switch (m) {
    case TuneMethod::logistic:
      return "logistic";
    case TuneMethod::thresholds:
      return "thresholds";
    case TuneMethod::both:
      return "both";
  }
  return "?";
}

inline constexpr std::int64_t least_training_hits = 10, least_held_out_hits = 5;

struct TuneOptions {
  TuneMethod method = TuneMethod::both;
  double penalty = 1;    ///< of the fit: 1/log-odds^2; >= 0
  double holdout = 0.3;  ///< share of the units held out, in (0, 1)
  double capacity = 0.02;
  int budget = 200;        ///< variants of thresholds, the present one included
  std::uint32_t seed = 1;  ///< of the split and of the variants
  double confidence = 0.95;
  std::map<std::string, std::int32_t> fixed;  ///< hundredths of log-odds by rule
};

struct TunedRule {
  std::string id;
  std::int32_t old_score = 0, new_score = 0;
  WeightState state = WeightState::unchanged;
  std::optional<double> standard_error;  ///< hundredths of log-odds, as the scores
  RuleWorth worth;                       ///< of the new set on the held-out part
  std::int64_t hits_without = 0;         ///< on the held-out part
};

struct Tuning {
  RuleSet set;  ///< the result, adopted by nobody
  TuneOptions options;
  std::string from, from_combine, date, description, statement, fresh_description;
  std::int64_t train_records = 0, train_hits = 0, held_out_records = 0, held_out_hits = 0;
  std::vector<RuleParameter> old_parameters;
  std::optional<ThresholdSearch> search;
  bool search_retested_on_fresh = false;  ///< else on the held-out part
  std::optional<FittedWeights> weights;
  std::int32_t old_base = 0;
  bool groups_left_out = false;
  std::vector<TunedRule> rules;
  Backtest held_out;              ///< the old set against the new one
  std::optional<Backtest> fresh;  ///< the same on fresh records

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

/// \pre the stores keep the features that the set reads \param fresh  records that had no part in
/// anything, or null
[[nodiscard]] Tuning tune(const RuleSet& set, const RecordStore& records, const RecordStore* fresh,
                          const TuneOptions& options = {});

/// "2026.1" gives "2026.1-tuned-1", "2026.1-tuned-1" gives "2026.1-tuned-2", "" gives "0-tuned-1".
[[nodiscard]] std::string tuned_version(const std::string& version);

}  // namespace corridor::risk
