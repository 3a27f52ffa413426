// SPDX-License-Identifier: Apache-2.0
#include "models/risk/screening.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "models/risk/argument.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void probability(double p) { demand(p >= 0 && p <= 1, "a probability must be in [0, 1]"); }
double ratio_or_nan(double a, double b) {
  return b > 0 ? a / b : std::numeric_limits<double>::quiet_NaN();
}
void sums_to_one(std::span<const double> p) {
  double sum = 0;
  for (const double v : p) {
    probability(v);
    sum += v;
  }
  demand(std::abs(sum - 1) <= 1e-9, "probabilities of screening must sum to 1");
}

double check(const RuleCase& c) {
  demand(c.prevalence > 0 && c.prevalence < 1, "a prevalence must be in (0, 1)");
  demand(c.base_rate > 0 && c.base_rate <= 1, "a base rate must be in (0, 1]");
  demand(c.value_of_hit > 0 && std::isfinite(c.value_of_hit),
         "the value of a hit must be finite and above 0");
  for (const double v :
       {c.officer_minutes, c.traveller_minutes, c.officer_price, c.traveller_price}) {
    demand(v >= 0 && std::isfinite(v), "minutes and prices must be finite and at least 0");
  }
  demand(c.search_sensitivity > 0 && c.search_sensitivity <= 1,
         "a search sensitivity must be in (0, 1]");
  probability(c.displaced_precision);
  return c.officer_minutes * c.officer_price + c.traveller_minutes * c.traveller_price;
}

}  // namespace

ScreeningTable screen(double people, double prevalence, double sensitivity,
                      double false_positive_rate) {
  demand(people >= 0 && std::isfinite(people), "people must be finite and at least 0");
  probability(prevalence);
  probability(sensitivity);
  probability(false_positive_rate);
  const double ill = people * prevalence, clean = people * (1 - prevalence);
  ScreeningTable t;
  t.true_positives = ill * sensitivity;
  t.false_negatives = ill * (1 - sensitivity);
  t.false_positives = clean * false_positive_rate;
  t.true_negatives = clean * (1 - false_positive_rate);
  t.ppv = ratio_or_nan(t.true_positives, t.true_positives + t.false_positives);
  t.npv = ratio_or_nan(t.true_negatives, t.true_negatives + t.false_negatives);
  t.flags_per_hit = ratio_or_nan(t.true_positives + t.false_positives, t.true_positives);
  return t;
}

double odds(double p) {
  probability(p);
  return p == 1 ? infinity : p / (1 - p);
}

double probability_of(double odds_) {
  demand(odds_ >= 0, "odds must be at least 0");
  return std::isinf(odds_) ? 1 : odds_ / (1 + odds_);
}

double posterior_odds(double prior_probability, std::span<const double> likelihood_ratios) {
  double o = odds(prior_probability);
  for (const double r : likelihood_ratios) {
    demand(r >= 0 && std::isfinite(r), "a likelihood ratio must be finite and at least 0");
    o *= r;
  }
  return o;
}

Review review(const ScreeningTable& flags, double sensitivity, double false_accept) {
  probability(sensitivity);
  probability(false_accept);
  Review r;
  r.reviewed = flags.true_positives + flags.false_positives;
  r.true_forwarded = flags.true_positives * sensitivity;
  r.false_forwarded = flags.false_positives * false_accept;
  r.ppv = ratio_or_nan(r.true_forwarded, r.true_forwarded + r.false_forwarded);
  return r;
}

double memoryless_steps(std::span<const double> p, std::span<const double> q) {
  demand(p.size() == q.size(), "p and q must be equally many");
  sums_to_one(p);
  sums_to_one(q);
  double steps = 0;
  for (std::size_t j = 0; j < p.size(); ++j) {
    if (p[j] > 0) steps += q[j] > 0 ? p[j] / q[j] : infinity;
  }
  return steps;
}

std::vector<double> square_root_profile(std::span<const double> p) {
  sums_to_one(p);
  double sum = 0;
  for (const double v : p) sum += std::sqrt(v);
  std::vector<double> q;
  q.reserve(p.size());
  for (const double v : p) q.push_back(std::sqrt(v) / sum);
  return q;
}

double steps_with_memory(std::span<const double> p) {
  sums_to_one(p);
  std::vector<double> sorted(p.begin(), p.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double steps = 0;
  for (std::size_t j = 0; j < sorted.size(); ++j) steps += sorted[j] * static_cast<double>(j + 1);
  return steps;
}

double steps_in_random_order(std::span<const double> p) {
  sums_to_one(p);
  return (static_cast<double>(p.size()) + 1) / 2;
}

double binormal_recall(double d, double false_positive_rate) {
  demand(std::isfinite(d), "a distance of means must be finite");
  probability(false_positive_rate);
  if (false_positive_rate == 0 || false_positive_rate == 1) return false_positive_rate;
  return sim::normal_cdf(sim::normal_quantile(false_positive_rate) + d);
}

double binormal_auc(double d) {
  demand(std::isfinite(d), "a distance of means must be finite");
  return sim::normal_cdf(d / std::sqrt(2.0));
}

double power_recall(double theta, double false_positive_rate) {
  demand(theta > 0 && std::isfinite(theta), "theta must be finite and above 0");
  probability(false_positive_rate);
  return sim::pow(false_positive_rate, 1 / theta);
}

double power_auc(double theta) {
  demand(theta > 0 && std::isfinite(theta), "theta must be finite and above 0");
  return theta / (1 + theta);
}

BreakEven break_even(const RuleCase& c) {
  BreakEven b;
  b.stop_cost = check(c);
  b.precision =
      std::max(b.stop_cost / (c.search_sensitivity * c.value_of_hit), c.displaced_precision);
  b.ratio = b.precision >= 1 ? infinity
                             : b.precision / (1 - b.precision) * (1 - c.prevalence) / c.prevalence;
  b.highest_ratio = 1 / c.base_rate;
  b.can_pay = b.ratio < b.highest_ratio;
  return b;
}

double gain_per_person(const RuleCase& c, double ratio) {
  const double cost = check(c);
  demand(ratio >= 0 && ratio <= 1 / c.base_rate, "a likelihood ratio must be in [0, 1/base rate]");
  const double value = c.search_sensitivity * c.value_of_hit;
  const double hits = c.prevalence * ratio * c.base_rate;
  const double stops = hits + (1 - c.prevalence) * c.base_rate;
  // A displaced stop was worth value * p0 - cost; it is not missed when that is negative.
  return hits * value - stops * cost - stops * std::max(0.0, value * c.displaced_precision - cost);
}

}  // namespace corridor::risk::stats
