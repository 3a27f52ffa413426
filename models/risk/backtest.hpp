// SPDX-License-Identifier: Apache-2.0
/// \file backtest.hpp  Champion against challenger: two rule sets on the same records under the
/// same capacity.
///
/// Both sets select, post by post and hour by hour where these are known (record_selection.hpp).
/// A record is gained when the challenger alone selects it, lost when the champion alone does. What
/// is compared are records known to be hits: hits gained against hits lost, exact (paired.hpp); the
/// difference of recall; and, over the records that changed hands, the precision of those gained
/// minus that of those lost (two groups that share nobody: Newcombe). Many posts, or many values of
/// a protected attribute, are many tests: their p-values are Holm's (estimates.hpp).
///
/// Verdicts, none of which is "pass":
///
///     the same selection    both select the same records
///     more, fewer hits      (Holm's) p <= 1 - confidence
///     no difference found   the interval of the difference of recall lies within
///                           +-difference_of_interest
///     not enough data       everything else
///
/// Rules. Each rule's likelihood ratio and the one from which it is worth its stops:
/// rule_worth.hpp. For every rule that differs between the sets, alone(r): the champion with this
/// rule alone put in, taken out or changed as the challenger has it, against the champion. Rules
/// act together, so these do not add up to the whole. Only sets with the same `combine` can
/// exchange rules; points and log-odds cannot be mixed.
///
/// A replay, and every output says so: the same people come whatever the rules are, nobody
/// reacts. Records of unknown truth take capacity and are neither hits nor misses.
/// Assumed: difference_of_interest = 0.10, as in disparity.hpp.
/// Errors. sim::UserError when there are no records; std::invalid_argument for a share outside
/// [0, 1]. Checked in tests/models/risk/test_backtest.cpp, tests/python/test_tune.py.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/risk/intervals.hpp"
#include "models/risk/paired.hpp"
#include "models/risk/record_selection.hpp"
#include "models/risk/rule_worth.hpp"

namespace corridor::risk {

inline constexpr std::string_view replay_note =
    "Replay: both sets see the same records. The adversary does not react to the rules, and nobody "
    "travels differently because of them.";
inline constexpr std::string_view signals_note =
    "Signals are assumptions of the scenario, or of whoever made the records: what a rule gains "
    "restates them.";

struct BacktestOptions {
  double capacity = 0.02;  ///< share of the records that can be looked at
  double confidence = 0.95;
  double difference_of_interest = 0.10;
  std::vector<double> grid{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2};
  bool details = true;  ///< by post, by protected group, by rule, and the curve
};

enum class Outcome { same_selection, more_hits, fewer_hits, no_difference_found, not_enough_data };
constexpr std::string_view name(Outcome o) {
  switch (o) {
    case Outcome::same_selection:
      return "the same selection";
    case Outcome::more_hits:
      return "more hits";
    case Outcome::fewer_hits:
      return "fewer hits";
    case Outcome::no_difference_found:
      return "no difference found";
    case Outcome::not_enough_data:
      return "not enough data to tell";
  }
  return "?";
}

/// What changes among some of the records.
struct Change {
  std::string name;                      ///< post, or value of an attribute; "" = all records
  stats::PairedCount records;            ///< selected; champion is first
  stats::PairedCount hits;               ///< the same among records known to be hits
  std::int64_t known = 0;                ///< records whose truth is known
  stats::Count gained, lost;             ///< hits among records gained and lost, of known truth
  double p_value = 1;                    ///< of "neither has more hits"; exact
  double holm = 1;                       ///< adjusted for the family of rows; = p_value for all
  stats::Estimate recall_difference;     ///< challenger - champion
  stats::Estimate selection_difference;  ///< of the share selected
  stats::Estimate precision_difference;  ///< of those gained minus of those lost
  Outcome outcome = Outcome::not_enough_data;
};

struct ChangesBy {
  std::string attribute;  ///< "post" or a protected attribute
  std::vector<Change> rows;
};

/// One set at one capacity.
struct CurvePoint {
  std::int64_t selected = 0, hits = 0, known = 0;
  std::int64_t tied = 0, tied_in = 0;  ///< with the score of the last one selected, over all cells
  double recall = 0, precision = 0;    ///< NaN without hits, without known truth
};
struct CurveRow {
  double capacity = 0;
  CurvePoint champion, challenger;
  std::int64_t hits_gained = 0, hits_lost = 0;
  double p_value = 1;
};

/// The champion with one rule as the challenger has it, against the champion.
struct RuleAlone {
  std::int64_t flips = 0, hits_gained = 0, hits_lost = 0;
};

struct RuleEffect {
  std::string id;
  std::optional<std::int32_t> champion_score, challenger_score;  ///< none: not in that set
  bool changed = false;  ///< fires on other records, or adds something else
  /// Of the records gained and lost, those on which it fires (under the challenger if it has it).
  std::int64_t on_gained = 0, on_lost = 0;
  std::optional<RuleAlone> alone;  ///< of a changed rule, when the sets combine alike
  RuleWorth worth;                 ///< in the challenger if it has the rule, else in the champion
};

struct Backtest {
  double capacity = 0, confidence = 0;
  bool by_post = false, by_hour = false;
  std::int64_t records = 0, known = 0, hits = 0;
  std::string champion, challenger;  ///< name and version
  std::string date, description, statement;
  Change all;
  std::vector<ChangesBy> by;
  std::vector<CurveRow> curve;
  std::vector<RuleEffect> rules;  ///< those that move most flips first
  bool exchangeable = true;       ///< the sets combine alike
  bool caps_changed = false;      ///< groups or their caps differ

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

/// \pre the store keeps what both sets read (features_of)
[[nodiscard]] Backtest backtest(const RuleSet& champion, const RuleSet& challenger,
                                const RecordStore& store, const BacktestOptions& options = {});

/// What changes from one selection to the other, among the records with among[i] != 0 (all when it
/// is empty).
[[nodiscard]] Change change(const RecordStore& store, std::span<const std::uint8_t> champion,
                            std::span<const std::uint8_t> challenger,
                            std::span<const std::uint8_t> among, const BacktestOptions& options);

}  // namespace corridor::risk
