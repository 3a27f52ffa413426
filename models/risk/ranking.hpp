// SPDX-License-Identifier: Apache-2.0
/// \file ranking.hpp  How well scores put hits before the others.
///
/// Everything is computed from a tally, the counts of hits and of the others at each score: it does
/// not grow with the number of people when scores are whole points, and tallies of blocks add up.
///
/// Equations. n1 hits, n0 others; groups of equal score from the highest; a group has h hits, c
/// others.
///
///     AUC = (R - n1 (n1 + 1) / 2) / (n1 n0), R the sum of the hits' mid-ranks from the lowest,
///         = (pairs where the hit has the higher score + half the equal pairs) / (n1 n0)
///     average precision = sum over groups of (h / n1) * precision after the group
///     partial AUC to f  = (1/f) * area under the ROC curve from 0 to f: the mean recall there
///     mean gain to k    = (1/k) * area under recall as a function of the share inspected
///
/// Inside a group of equals the curves run straight, which is the mean over the orders of its ties.
/// The variance of AUC is that of DeLong, DeLong, Clarke-Pearson (1988), Biometrics 44, 837; its
/// interval is taken on the logit scale, so it stays in (0, 1).
///
/// Sources. Mann and Whitney (1947), doi:10.1214/aoms/1177730491; Hanley and McNeil (1982),
/// doi:10.1148/radiology.143.1.7063747; Davis and Goadrich (2006), doi:10.1145/1143844.1143874.
/// Limits. At low prevalence a high AUC can go with a useless selection: report average precision
/// and the gain at capacity beside it (capacity_curve.hpp).
/// Undefined without hits or without others: an empty optional, or `defined` = false.
/// Errors. std::invalid_argument: lengths differ, a truth other than 0 and 1, a score NaN.
/// Checked in tests/models/risk/test_ranking.cpp (verification cases E3, N7).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/risk/intervals.hpp"

namespace corridor::risk::stats {

/// One entry a distinct score, strictly decreasing.
struct ScoreTally {
  std::vector<double> score;
  std::vector<std::int64_t> hits, clean;
  [[nodiscard]] std::int64_t total_hits() const;
  [[nodiscard]] std::int64_t total_clean() const;
  friend bool operator==(const ScoreTally&, const ScoreTally&) = default;
};

/// \param truth  1 = hit, 0 = not; as many as scores. People whose truth is not known must have
/// been left out: who is known is a choice of the caller (estimates.hpp, selective labels).
[[nodiscard]] ScoreTally tally(std::span<const std::int32_t> scores,
                               std::span<const std::uint8_t> truth);
[[nodiscard]] ScoreTally tally(std::span<const double> scores, std::span<const std::uint8_t> truth);
/// The tally of both.
[[nodiscard]] ScoreTally merged(const ScoreTally& a, const ScoreTally& b);

/// Selecting everybody with score >= threshold.
struct RocPoint {
  double threshold = 0, false_positive_rate = 0, recall = 0;
};
/// From (+infinity, 0, 0) through each group to (lowest score, 1, 1); empty when undefined.
[[nodiscard]] std::vector<RocPoint> roc(const ScoreTally& t);

[[nodiscard]] std::optional<double> auc(const ScoreTally& t);
/// DeLong's interval; `defined` = false with [0, 1] when there are fewer than two of either, or the
/// scores separate them completely (no variance to estimate).
[[nodiscard]] Estimate auc_interval(const ScoreTally& t, double confidence = 0.95);
/// Mean recall over false-positive rates up to `most`, 0 < most <= 1.
[[nodiscard]] std::optional<double> partial_auc(const ScoreTally& t, double most);
/// Mean recall over shares inspected up to `capacity`, 0 < capacity <= 1.
[[nodiscard]] std::optional<double> mean_gain(const ScoreTally& t, double capacity);

struct PrecisionPoint {
  double threshold = 0, recall = 0, precision = 0;
};
/// One point a group; empty without hits.
[[nodiscard]] std::vector<PrecisionPoint> precision_recall(const ScoreTally& t);
[[nodiscard]] std::optional<double> average_precision(const ScoreTally& t);

}  // namespace corridor::risk::stats
