// SPDX-License-Identifier: Apache-2.0
#include "models/risk/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
double real(std::int64_t v) { return static_cast<double>(v); }

/// The normal interval, within the hits that were seen and everybody.
Estimate normal_interval(double share, double variance, double seen, double confidence) {
  const double z = -sim::normal_quantile(0.5 * (1 - confidence));
  const double half = z * std::sqrt(variance);
  return {share, std::min(share, std::max(seen, share - half)),
          std::max(share, std::min(1.0, share + half)), true, false};
}

/// Those who were drawn with w < 1.
struct Drawn {
  std::int64_t hits = 0, misses = 0;
  double least = 1, most = 0;  ///< propensities
};

/// The fewest and the most hits among `people` who could be drawn that go with the hits drawn.
struct HitRange {
  std::int64_t fewest = 0, most = 0;
};
HitRange possible_hits(const Drawn& d, std::int64_t people, double confidence) {
  const double tail = 0.5 * (1 - confidence);
  // The first H in (from, to] for which `holds`, which stays true once it is; `to` if none.
  const auto first = [](std::int64_t from, std::int64_t to, const auto& holds) {
    while (to - from > 1) {
      const std::int64_t middle = from + (to - from) / 2;
      (holds(middle) ? to : from) = middle;
    }
    return to;
  };
  const std::int64_t most = people - d.misses;
  const auto too_many = [&](std::int64_t h) {
    return 1 - binomial_at_least(d.hits + 1, h, d.least) <= tail;
  };
  const auto enough = [&](std::int64_t h) { return binomial_at_least(d.hits, h, d.most) > tail; };
  return {d.hits == 0 ? 0 : first(d.hits - 1, most, enough), first(d.hits, most + 1, too_many) - 1};
}

void check_confidence(double confidence) {
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
}

std::vector<double> gains(std::span<const Replicate> replicates) {
  std::vector<double> g;
  g.reserve(replicates.size());
  for (const Replicate& r : replicates) g.push_back(r.gain);
  return g;
}

std::vector<std::uint32_t> sorted_seeds(std::span<const Replicate> replicates) {
  std::vector<std::uint32_t> s;
  s.reserve(replicates.size());
  for (const Replicate& r : replicates) s.push_back(r.seed);
  std::sort(s.begin(), s.end());
  demand(std::adjacent_find(s.begin(), s.end()) == s.end(), "a seed is repeated");
  return s;
}

}  // namespace

Estimate operational_share(Count inspected, double confidence) {
  return wilson(inspected, confidence);
}

WeightedShare inverse_propensity_share(std::span<const Inspected> inspected, std::int64_t people,
                                       double confidence) {
  check_confidence(confidence);
  demand(people >= static_cast<std::int64_t>(inspected.size()),
         "more people were inspected than there were");
  WeightedShare w;
  w.share = {nan, 0, 1, false, false};
  double variance = 0;
  Count certain;  // those who were inspected in any case
  Drawn drawn;
  for (const Inspected& i : inspected) {
    demand(i.propensity > 0 && i.propensity <= 1, "a propensity must be in (0, 1]");
    w.weighted_people += 1 / i.propensity;
    if (i.propensity < 1) {
      drawn.least = std::min(drawn.least, i.propensity);
      drawn.most = std::max(drawn.most, i.propensity);
      (i.hit ? drawn.hits : drawn.misses) += 1;
    } else {
      certain.n += 1;
      certain.x += i.hit ? 1 : 0;
    }
    if (!i.hit) continue;
    w.weighted_hits += 1 / i.propensity;
    variance += (1 - i.propensity) / (i.propensity * i.propensity);
  }
  const std::int64_t rest = people - certain.n;  // who could be drawn
  if (people == 0 || (rest > 0 && drawn.hits + drawn.misses == 0)) return w;
  const double n = real(people);
  const double share = w.weighted_hits / n;
  w.variance = variance / (n * n);
  if (rest > 0 && drawn.hits < enough_hits) {
    const HitRange h = possible_hits(drawn, rest, confidence);
    w.share = {share, std::min(share, real(certain.x + h.fewest) / n),
               std::max(share, real(certain.x + h.most) / n), true, false};
  } else {
    w.share = normal_interval(share, w.variance, real(certain.x + drawn.hits) / n, confidence);
  }
  return w;
}

WeightedShare stratified_share(std::span<const Stratum> strata, double confidence) {
  check_confidence(confidence);
  WeightedShare w;
  w.share = {nan, 0, 1, false, false};
  Count all;
  double people = 0;
  bool complete = true;
  for (const Stratum& s : strata) {
    demand(s.drawn.x >= 0 && s.drawn.x <= s.drawn.n && s.drawn.n <= s.people,
           "a stratum must hold 0 <= hits <= drawn <= people");
    people += real(s.people);
    all.x += s.drawn.x;
    all.n += s.drawn.n;
    if (s.people > 0 && s.drawn.n == 0) complete = false;
  }
  if (!complete || all.n == 0) return w;
  const double pooled = real(all.x) / real(all.n);
  double variance = 0;
  for (const Stratum& s : strata) {
    if (s.people == 0) continue;
    const double size = real(s.people), m = real(s.drawn.n), p = real(s.drawn.x) / m;
    const double v = m > 1 ? p * (1 - p) * m / (m - 1) : pooled * (1 - pooled);
    w.weighted_hits += size * p;
    variance += size * size * (1 - m / size) * v / m;
  }
  w.weighted_people = people;
  w.variance = variance / (people * people);
  w.share = normal_interval(w.weighted_hits / people, w.variance, real(all.x) / people, confidence);
  return w;
}

double chance_of_a_hit(double base_rate, std::int64_t draws) {
  return binomial_at_least(1, draws, base_rate);
}

double random_share_power(double base_rate, double ratio, std::int64_t draws, double alpha) {
  demand(base_rate > 0 && base_rate < 1, "a base rate must be in (0, 1)");
  demand(ratio > 1 && base_rate * ratio <= 1,
         "a ratio must be above 1, and the raised rate at most 1");
  demand(draws >= 0, "draws must be at least 0");
  demand(alpha > 0 && alpha < 1, "an alpha must be in (0, 1)");
  std::int64_t lo = 0, hi = draws + 1;  // P(X >= lo) > alpha >= P(X >= hi)
  while (hi - lo > 1) {
    const std::int64_t middle = lo + (hi - lo) / 2;
    (binomial_at_least(middle, draws, base_rate) > alpha ? lo : hi) = middle;
  }
  return binomial_at_least(hi, draws, base_rate * ratio);
}

double draws_needed(double base_rate, double relative, double confidence) {
  demand(base_rate > 0 && base_rate < 1, "a base rate must be in (0, 1)");
  demand(relative > 0 && std::isfinite(relative), "a relative width must be finite and above 0");
  check_confidence(confidence);
  const double z = sim::normal_quantile(0.5 * (1 - confidence)) / relative;
  return z * z * (1 - base_rate) / base_rate;
}

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const double p : p_values) demand(p >= 0 && p <= 1, "a p-value must be in [0, 1]");
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double running = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    running = std::max(running, static_cast<double>(order.size() - i) * p_values[order[i]]);
    adjusted[order[i]] = std::min(1.0, running);
  }
  return adjusted;
}

std::size_t winner(std::span<const std::vector<Replicate>> variants) {
  demand(!variants.empty(), "there must be a variant to choose");
  const std::vector<std::uint32_t> seeds = sorted_seeds(variants[0]);
  std::size_t best = 0;
  double best_sum = 0;
  for (std::size_t v = 0; v < variants.size(); ++v) {
    demand(sorted_seeds(variants[v]) == seeds, "variants must be compared on the same seeds");
    double sum = 0;
    for (const Replicate& r : variants[v]) {
      demand(std::isfinite(r.gain), "a gain must be finite");
      sum += r.gain;
    }
    if (v == 0 || sum > best_sum) {
      best = v;
      best_sum = sum;
    }
  }
  return best;
}

Retest retest(std::span<const std::vector<Replicate>> variants, std::span<const Replicate> fresh,
              double confidence) {
  const std::size_t best = winner(variants);
  const std::vector<std::uint32_t> used = sorted_seeds(variants[best]);
  for (const std::uint32_t seed : sorted_seeds(fresh)) {
    demand(!std::binary_search(used.begin(), used.end(), seed),
           "a fresh seed was used to choose the winner");
  }
  Retest r;
  r.variants = variants.size();
  r.selected = mean_interval(gains(variants[best]), confidence);
  r.fresh = mean_interval(gains(fresh), confidence);
  r.shrinkage = r.selected.estimate - r.fresh.estimate;
  r.confirmed = r.fresh.defined && r.fresh.lower > 0;
  return r;
}

}  // namespace corridor::risk::stats
