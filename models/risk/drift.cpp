// SPDX-License-Identifier: Apache-2.0
#include "models/risk/drift.hpp"

#include <algorithm>
#include <cmath>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {
double real(std::int64_t v) { return static_cast<double>(v); }
}  // namespace

Psi population_stability(std::span<const std::int64_t> before,
                         std::span<const std::int64_t> today) {
  demand(before.size() == today.size(), "both sides must have the same bins");
  Psi psi;
  double n = 0, m = 0;
  for (std::size_t b = 0; b < before.size(); ++b) {
    demand(before[b] >= 0 && today[b] >= 0, "a bin cannot hold fewer than 0 people");
    n += real(before[b]);
    m += real(today[b]);
    if (before[b] + today[b] == 0) continue;
    ++psi.bins;
    if (before[b] == 0 || today[b] == 0) psi.corrected = true;
  }
  demand(n > 0 && m > 0, "both sides must hold people");
  const double add = psi.corrected ? 0.5 : 0, total = add * psi.bins;
  for (std::size_t b = 0; b < before.size(); ++b) {
    if (before[b] + today[b] == 0) continue;
    const double e = (real(before[b]) + add) / (n + total);
    const double a = (real(today[b]) + add) / (m + total);
    psi.value += (a - e) * sim::log(a / e);
  }
  if (psi.bins > 1) {
    const double scale = 1 / n + 1 / m, degrees = psi.bins - 1;
    psi.null_mean = degrees * scale;
    psi.null_95 = chi_square_quantile(0.95, degrees) * scale;
    psi.p_value = chi_square_upper(psi.value / scale, degrees);
  }
  return psi;
}

KolmogorovSmirnov kolmogorov_smirnov(const ScoreTally& before, const ScoreTally& today) {
  const double n = real(before.total_hits() + before.total_clean());
  const double m = real(today.total_hits() + today.total_clean());
  demand(n > 0 && m > 0, "both sides must hold people");
  KolmogorovSmirnov ks;
  double a = 0, b = 0;  // people with at least this score
  for (std::size_t i = 0, j = 0; i < before.score.size() || j < today.score.size();) {
    const bool from_before =
        j == today.score.size() || (i < before.score.size() && before.score[i] >= today.score[j]);
    const double score = from_before ? before.score[i] : today.score[j];
    if (i < before.score.size() && before.score[i] == score) {
      a += real(before.hits[i] + before.clean[i]);
      ++i;
    }
    if (j < today.score.size() && today.score[j] == score) {
      b += real(today.hits[j] + today.clean[j]);
      ++j;
    }
    const double distance = std::abs(a / n - b / m);
    if (distance > ks.distance) {
      ks.distance = distance;
      ks.at = score;
    }
  }
  const double root = std::sqrt(n * m / (n + m));
  ks.p_value = kolmogorov_upper((root + 0.12 + 0.11 / root) * ks.distance);
  return ks;
}

Cusum cusum(std::span<const Count> periods, const CusumPlan& plan) {
  demand(plan.rate > 0 && plan.rate < 1, "a stated rate must be in (0, 1)");
  demand(plan.ratio > 1 && plan.rate * plan.ratio < 1,
         "a ratio must be above 1, and the raised rate below 1");
  demand(plan.false_alarm > 0 && plan.false_alarm < 1, "a false-alarm rate must be in (0, 1)");
  demand(!periods.empty(), "a chart needs at least one period");
  const double up = plan.rate * plan.ratio, down = plan.rate / plan.ratio;
  const double up_hit = sim::log(plan.ratio), down_hit = -up_hit;
  const double up_miss = sim::log1p(-up) - sim::log1p(-plan.rate);
  const double down_miss = sim::log1p(-down) - sim::log1p(-plan.rate);
  Cusum c;
  c.limit = sim::log(2 * static_cast<double>(periods.size()) / plan.false_alarm);
  CusumPoint s;
  for (std::size_t t = 0; t < periods.size(); ++t) {
    const Count& k = periods[t];
    demand(k.x >= 0 && k.x <= k.n, "a count must hold 0 <= x <= n");
    const double x = real(k.x), misses = real(k.n - k.x);
    s.rise = std::max(0.0, s.rise + x * up_hit + misses * up_miss);
    s.fall = std::max(0.0, s.fall + x * down_hit + misses * down_miss);
    c.points.push_back(s);
    if (!c.rise_alarm && s.rise >= c.limit) c.rise_alarm = t;
    if (!c.fall_alarm && s.fall >= c.limit) c.fall_alarm = t;
  }
  return c;
}

}  // namespace corridor::risk::stats
