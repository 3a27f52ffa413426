// SPDX-License-Identifier: Apache-2.0
#include "models/risk/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "models/risk/argument.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

double real(std::int64_t v) { return static_cast<double>(v); }

template <class Score>
ScoreTally tally_of(std::span<const Score> scores, std::span<const std::uint8_t> truth) {
  demand(scores.size() == truth.size(), "scores and truth must be equally many");
  std::vector<std::pair<Score, std::uint8_t>> rows(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    demand(truth[i] <= 1, "truth must be 0 or 1");
    demand(scores[i] == scores[i], "a score is not a number");
    rows[i] = {scores[i], truth[i]};
  }
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.first > b.first; });
  ScoreTally t;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].first != rows[i - 1].first) {
      t.score.push_back(static_cast<double>(rows[i].first));
      t.hits.push_back(0);
      t.clean.push_back(0);
    }
    ++(rows[i].second == 1 ? t.hits : t.clean).back();
  }
  return t;
}

/// Pairs of a hit and another person, twice: a hit that stands higher counts 2, equals 1.
std::uint64_t twice_pairs_won(const ScoreTally& t) {
  std::uint64_t sum = 0;
  auto below = static_cast<std::uint64_t>(t.total_clean());
  for (std::size_t i = 0; i < t.score.size(); ++i) {
    const auto h = static_cast<std::uint64_t>(t.hits[i]),
               c = static_cast<std::uint64_t>(t.clean[i]);
    below -= c;
    sum += h * (2 * below + c);
  }
  return sum;
}

/// Area under a curve of straight pieces from (0, 0) up to x = most, divided by `most`.
template <class Steps>
double mean_height(std::size_t n, double most, Steps steps) {
  double x = 0, y = 0, area = 0;
  for (std::size_t i = 0; i < n && x < most; ++i) {
    const auto [dx, dy] = steps(i);
    const double part = x + dx > most ? (most - x) / dx : 1;
    area += part * dx * (y + 0.5 * part * dy);
    x += dx;
    y += dy;
  }
  return area / most;
}

}  // namespace

std::int64_t ScoreTally::total_hits() const {
  return std::accumulate(hits.begin(), hits.end(), std::int64_t{0});
}
std::int64_t ScoreTally::total_clean() const {
  return std::accumulate(clean.begin(), clean.end(), std::int64_t{0});
}

ScoreTally tally(std::span<const std::int32_t> scores, std::span<const std::uint8_t> truth) {
  return tally_of(scores, truth);
}
ScoreTally tally(std::span<const double> scores, std::span<const std::uint8_t> truth) {
  return tally_of(scores, truth);
}

ScoreTally merged(const ScoreTally& a, const ScoreTally& b) {
  ScoreTally t;
  for (std::size_t i = 0, j = 0; i < a.score.size() || j < b.score.size();) {
    const bool from_a = j == b.score.size() || (i < a.score.size() && a.score[i] >= b.score[j]);
    const bool from_b = i == a.score.size() || (j < b.score.size() && b.score[j] >= a.score[i]);
    t.score.push_back(from_a ? a.score[i] : b.score[j]);
    t.hits.push_back((from_a ? a.hits[i] : 0) + (from_b ? b.hits[j] : 0));
    t.clean.push_back((from_a ? a.clean[i] : 0) + (from_b ? b.clean[j] : 0));
    i += from_a;
    j += from_b;
  }
  return t;
}

std::vector<RocPoint> roc(const ScoreTally& t) {
  const double n1 = real(t.total_hits()), n0 = real(t.total_clean());
  if (n1 == 0 || n0 == 0) return {};
  std::vector<RocPoint> points{{std::numeric_limits<double>::infinity(), 0, 0}};
  std::int64_t hits = 0, clean = 0;
  for (std::size_t i = 0; i < t.score.size(); ++i) {
    hits += t.hits[i];
    clean += t.clean[i];
    points.push_back({t.score[i], real(clean) / n0, real(hits) / n1});
  }
  return points;
}

std::optional<double> auc(const ScoreTally& t) {
  const std::int64_t n1 = t.total_hits(), n0 = t.total_clean();
  if (n1 == 0 || n0 == 0) return std::nullopt;
  // 2 n1 n0 must fit 64 bits, so that pairs are counted exactly.
  if (real(n1) * real(n0) > 0x1p62) throw std::overflow_error("auc: too many pairs to count");
  return real(static_cast<std::int64_t>(twice_pairs_won(t))) / (2 * real(n1) * real(n0));
}

Estimate auc_interval(const ScoreTally& t, double confidence) {
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
  const std::optional<double> a = auc(t);
  if (!a) return {std::numeric_limits<double>::quiet_NaN(), 0, 1, false, false};
  const double n1 = real(t.total_hits()), n0 = real(t.total_clean());
  // Placements: of a hit, the share of the others below it; of another, that of the hits above it.
  double squares1 = 0, squares0 = 0, above = 0, below = n0;
  for (std::size_t i = 0; i < t.score.size(); ++i) {
    const double h = real(t.hits[i]), c = real(t.clean[i]);
    below -= c;
    const double d1 = (below + 0.5 * c) / n0 - *a, d0 = (above + 0.5 * h) / n1 - *a;
    squares1 += h * d1 * d1;
    squares0 += c * d0 * d0;
    above += h;
  }
  const double variance =
      n1 < 2 || n0 < 2 ? 0 : squares1 / (n1 - 1) / n1 + squares0 / (n0 - 1) / n0;
  if (!(variance > 0) || *a <= 0 || *a >= 1) return {*a, 0, 1, false, false};
  const double z = -sim::normal_quantile(0.5 * (1 - confidence));
  const double logit = sim::log(*a / (1 - *a)), half = z * std::sqrt(variance) / (*a * (1 - *a));
  const auto back = [](double v) { return 1 / (1 + sim::exp(-v)); };
  return {*a, back(logit - half), back(logit + half), true, false};
}

std::optional<double> partial_auc(const ScoreTally& t, double most) {
  demand(most > 0 && most <= 1, "partial_auc: the largest rate must be in (0, 1]");
  const double n1 = real(t.total_hits()), n0 = real(t.total_clean());
  if (n1 == 0 || n0 == 0) return std::nullopt;
  return mean_height(t.score.size(), most, [&](std::size_t i) {
    return std::pair{real(t.clean[i]) / n0, real(t.hits[i]) / n1};
  });
}

std::optional<double> mean_gain(const ScoreTally& t, double capacity) {
  demand(capacity > 0 && capacity <= 1, "mean_gain: the capacity must be in (0, 1]");
  const double n1 = real(t.total_hits()), n = n1 + real(t.total_clean());
  if (n1 == 0) return std::nullopt;
  return mean_height(t.score.size(), capacity, [&](std::size_t i) {
    return std::pair{real(t.hits[i] + t.clean[i]) / n, real(t.hits[i]) / n1};
  });
}

std::vector<PrecisionPoint> precision_recall(const ScoreTally& t) {
  const double n1 = real(t.total_hits());
  if (n1 == 0) return {};
  std::vector<PrecisionPoint> points;
  std::int64_t hits = 0, people = 0;
  for (std::size_t i = 0; i < t.score.size(); ++i) {
    hits += t.hits[i];
    people += t.hits[i] + t.clean[i];
    points.push_back({t.score[i], real(hits) / n1, real(hits) / real(people)});
  }
  return points;
}

std::optional<double> average_precision(const ScoreTally& t) {
  const double n1 = real(t.total_hits());
  if (n1 == 0) return std::nullopt;
  double sum = 0;
  std::int64_t hits = 0, people = 0;
  for (std::size_t i = 0; i < t.score.size(); ++i) {
    hits += t.hits[i];
    people += t.hits[i] + t.clean[i];
    sum += real(t.hits[i]) / n1 * (real(hits) / real(people));
  }
  return sum;
}

}  // namespace corridor::risk::stats
