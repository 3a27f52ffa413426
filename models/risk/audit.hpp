// SPDX-License-Identifier: Apache-2.0
/// \file audit.hpp  What a rule set finds among records whose truth is known, at what cost, and
/// whom it selects.
///
/// Selection. The k records with the highest scores, k = capacity; among equals the lowest tie
/// (then a hash of the id). It is a replay: one ranking of all records, where a run has a threshold
/// for each post and day. Records whose truth is not known are left out, unless no truth is known
/// at all: then only what needs none is said.
///
/// Parts, and where their equations stand: finds and burden (capacity_curve.hpp), ranking
/// (ranking.hpp), calibration (calibration.hpp: isotonic rates fitted on the first half of the
/// records, looked at on the second), disparity of selection, recall and false stops
/// (disparity.hpp; verdicts by p-values that are adjusted by Holm over all compared values of an
/// audit, for each of the three measures by itself), rules, estimates from inspections alone
/// (estimates.hpp), drift between the halves (drift.hpp). Halves are those of the time between the
/// first and the last hour, or, where hours are not known, of the order of the records.
///
///     likelihood ratio of a rule, and the ratio from which it is worth its stops: rule_worth.hpp,
///                 with the isotonic rate of hits at the lowest score selected
///     what a rule adds = recall at capacity of the set - that of the set without it, both as means
///                 over all orders of the ties at the cut
///     unique hit of a rule: no other rule that raises the score fired
///
/// Proxies. A rule whose association with a protected attribute has Cramer's V with the lower end
/// of its interval above `association_limit` is an error; one whose upper end alone is above it
/// cannot be told, nor one of so few records that a V at the limit would not show (lint.hpp,
/// proxy_findings). An error means: not to be adopted.
///
/// Limits. A record is a person at a crossing: the persons of a party and the crossings of a person
/// are not independent, so intervals are too short by a factor of up to the root of records per
/// trip. Memory: about 30 bytes a record. Rules that refer what is not known are counted, not
/// selected.
/// Checked in tests/models/risk/test_audit.cpp: a table small enough to count by hand, invariance
/// under permuted protected attributes (case O1), uniform random share (O4), parity under the null
/// and disparity through a proxy (O8), any cutting into blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/risk/association.hpp"
#include "models/risk/calibration.hpp"
#include "models/risk/capacity_curve.hpp"
#include "models/risk/disparity.hpp"
#include "models/risk/drift.hpp"
#include "models/risk/estimates.hpp"
#include "models/risk/lint.hpp"
#include "models/risk/ranking.hpp"
#include "models/risk/records.hpp"
#include "models/risk/rule_set.hpp"
#include "models/risk/rule_worth.hpp"

namespace corridor::risk {

struct AuditOptions {
  double capacity_share = 0.006;         ///< of the records, in (0, 1]
  std::optional<std::int64_t> capacity;  ///< records inspected; wins over the share
  std::string attribute;                 ///< one protected attribute alone; "" = all
  double random_share = 0.002;           ///< probability of the random draw, in (0, 1]
  /// Minutes of an officer: everybody selected is reviewed, and those whom the review sends on are
  /// inspected.
  double review_minutes = 5, inspection_minutes = 45;
  double sent_on_innocent = 1, sent_on_hit = 1;
  double association_limit = 0.1;  ///< of Cramer's V, in [0, 1]
  double confidence = 0.95;
  stats::AuditRule rule;  ///< of disparities; its confidence is the one above
};

/// One value of a protected attribute.
struct ValueAudit {
  std::string value;
  stats::Count selected;  ///< of its people
  stats::Count found;     ///< selected hits, of its hits
  stats::Count stopped;   ///< selected innocent, of its innocent
  /// Against all others whose value is known. Of an attribute with two values the second alone is
  /// compared, since the first is its mirror.
  bool compared = false;
  stats::RatioAudit selection, false_stops;
  stats::DifferenceAudit recall;
};
struct AttributeAudit {
  std::string name;
  std::int64_t unknown = 0;  ///< people whose value is not known
  std::vector<ValueAudit> values;
};

struct RuleAudit {
  std::string id;
  std::int32_t points = 0;
  bool in_force = false, not_yet = false;  ///< not_yet: valid from a later day
  std::int64_t fired = 0, hits = 0, unique_hits = 0;
  RuleWorth worth;
  double recall_lost = 0;                ///< without the rule, at capacity
  std::vector<stats::Association> with;  ///< per attribute of AuditReport::attributes
};

struct EstimateAudit {
  stats::Count drawn;             ///< hits of the random share
  stats::Estimate random;         ///< share of hits by the random draws alone (exact interval)
  stats::Estimate operational;    ///< by those selected alone
  stats::WeightedShare weighted;  ///< by both, each by its probability of inspection
  double truth = 0;
  double chance_of_a_hit = 0;  ///< of the random share, at the true rate
  double power_to_see_double = 0;
  bool own_draws = false;  ///< the source has none: drawn here, by a hash of the id
};

struct DriftAudit {
  bool by_time = false;
  std::int64_t first = 0, second = 0;  ///< records of the halves
  stats::Psi psi;
  stats::KolmogorovSmirnov distance;
};

struct CalibrationAudit {
  std::vector<stats::ReliabilityBin> bins;
  double error = 0, brier = 0;
  stats::CalibrationTest test;
};

struct AuditReport {
  std::string description, statement, date;
  std::string set, version, adopted_by;
  std::string adoption;  ///< adoption_text of the set
  AuditOptions options;
  std::int64_t records = 0;        ///< that are audited
  std::int64_t truth_unknown = 0;  ///< left out
  bool truth_known = false;        ///< else all that needs truth is absent
  std::int64_t hits = 0, referred = 0;
  std::int64_t capacity = 0;
  std::int32_t cut = 0;  ///< lowest score selected

  // With truth alone.
  stats::Count precision, recall;
  stats::Estimate precision_interval, recall_interval;
  double minutes_false_stop = 0, minutes_hit = 0;
  std::vector<stats::CapacityPoint> points;  ///< the one at capacity first, then a curve
  stats::Estimate auc;
  std::optional<double> partial_auc, average_precision, mean_gain;
  std::vector<stats::RocPoint> roc;
  std::vector<stats::PrecisionPoint> precision_recall;
  std::optional<CalibrationAudit> calibration;
  std::optional<EstimateAudit> estimates;

  std::vector<AttributeAudit> attributes;
  std::vector<RuleAudit> rules;
  std::optional<DriftAudit> drift;
  std::vector<Finding> findings;  ///< of proxies

  [[nodiscard]] bool refused() const;  ///< some finding is an error
  /// Rules that could not be looked at in full, in the order of the set: too few data to tell about
  /// an attribute, or not yet in force on the date.
  [[nodiscard]] std::vector<std::string> untold() const;
  /// Whether at least one rule was told about at least one attribute.
  [[nodiscard]] bool tells_of_proxies() const;
  /// "rule 'a' with residence_region: Cramer's V 0.0755 (0.0684 to 0.0825), limit 0.1" of the rule
  /// in force with the largest V; "" when no association can be told
  [[nodiscard]] std::string strongest_text() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

/// Reads `source` once, to its end. \pre the set has been checked against the source's catalogue
/// \throws std::invalid_argument for options out of range, weights that differ; sim::UserError when
/// there is no record or no such attribute
[[nodiscard]] AuditReport audit(RecordSource& source, const RuleSet& set,
                                const AuditOptions& options);

}  // namespace corridor::risk
