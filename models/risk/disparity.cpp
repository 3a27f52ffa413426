// SPDX-License-Identifier: Apache-2.0
#include "models/risk/disparity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

double real(std::int64_t v) { return static_cast<double>(v); }

/// z_(1 - a/2) + z_power.
double distance(double power, double confidence) {
  demand(power > 0 && power < 1, "a power must be in (0, 1)");
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
  return sim::normal_quantile(power) - sim::normal_quantile(0.5 * (1 - confidence));
}

double check(Count group, Count others, const AuditRule& rule) {
  demand(group.x >= 0 && group.x <= group.n && others.x >= 0 && others.x <= others.n,
         "a count must hold 0 <= x <= n");
  demand(rule.ratio_of_interest > 1 && std::isfinite(rule.ratio_of_interest),
         "a ratio of interest must be finite and above 1");
  demand(rule.difference_of_interest > 0 && rule.difference_of_interest <= 1,
         "a difference of interest must be in (0, 1]");
  demand(rule.minimum_people >= 1, "the least number of people must be at least 1");
  demand(rule.comparisons >= 1, "there must be at least 1 comparison");
  return distance(rule.power, 1 - (1 - rule.confidence) / real(rule.comparisons));
}

/// p (1 - p) (1/n1 + 1/n2) and p of both together; none when p is 0, 1 or unknown.
struct Pooled {
  double rate = 0, inverse = 0;
};
std::optional<Pooled> pooled(Count a, Count b) {
  if (a.n == 0 || b.n == 0) return std::nullopt;
  const double p = real(a.x + b.x) / real(a.n + b.n);
  if (p <= 0 || p >= 1) return std::nullopt;
  return Pooled{p, 1 / real(a.n) + 1 / real(b.n)};
}

template <class Audit>
Verdict verdict(const Audit& audit, bool defined, std::optional<double> visible, double of_interest,
                const AuditRule& rule) {
  demand(audit.adjusted_p >= 0 && audit.adjusted_p <= 1, "a p-value must be in [0, 1]");
  if (!defined || std::min(audit.group.n, audit.others.n) < rule.minimum_people)
    return Verdict::not_enough_data;
  if (audit.adjusted_p < 1 - rule.confidence) return Verdict::differs;
  return visible && *visible <= of_interest ? Verdict::no_difference_found
                                            : Verdict::not_enough_data;
}

template <class Audit>
std::string in_words(const Audit& audit, std::string_view of, std::optional<double> visible) {
  switch (audit.verdict) {
    case Verdict::differs:
      return "differs";
    case Verdict::no_difference_found:
      return fmt::format("no difference found (could have seen a {} of {:.2f})", of, *visible);
    case Verdict::not_enough_data:
      return "not enough data to tell";
  }
  return "?";
}

}  // namespace

RatioAudit audit_ratio(Count group, Count others, const AuditRule& rule) {
  const double z = check(group, others, rule);
  RatioAudit a;
  a.group = group;
  a.others = others;
  a.exact = std::min(group.x, others.x) < rule.exact_below;
  a.ratio = a.exact ? exact_rate_ratio(group, others, rule.confidence)
                    : katz_ratio(group, others, rule.confidence);
  if (a.exact) {
    a.p_value = exact_rate_ratio_p(group, others);
  } else if (!a.ratio.corrected) {
    // The half-width of the interval on the log scale is z times the standard error.
    const double error = 0.5 * sim::log(a.ratio.upper / a.ratio.lower) /
                         -sim::normal_quantile(0.5 * (1 - rule.confidence));
    a.p_value = two_sided_p(sim::log(a.ratio.estimate) / error);
  }
  if (group.n > 0 && others.n > 0 && group.x + others.x > 0) {
    const double r1 = real(group.x) / real(group.n), r2 = real(others.x) / real(others.n);
    a.four_fifths = std::min(r1, r2) / std::max(r1, r2);
    a.below_four_fifths = *a.four_fifths < 0.8;
  }
  if (const auto p = pooled(group, others)) {
    a.visible_ratio = sim::exp(z * std::sqrt((1 - p->rate) / p->rate * p->inverse));
  }
  judge(a, a.p_value, rule);
  return a;
}

DifferenceAudit audit_difference(Count group, Count others, const AuditRule& rule) {
  const double z = check(group, others, rule);
  DifferenceAudit a;
  a.group = group;
  a.others = others;
  a.difference = newcombe_difference(group, others, rule.confidence);
  a.p_value = newcombe_p(group, others);
  if (const auto p = pooled(group, others)) {
    a.visible_difference = z * std::sqrt(p->rate * (1 - p->rate) * p->inverse);
  }
  judge(a, a.p_value, rule);
  return a;
}

void judge(RatioAudit& audit, double adjusted_p, const AuditRule& rule) {
  audit.adjusted_p = adjusted_p;
  audit.verdict =
      verdict(audit, audit.ratio.defined, audit.visible_ratio, rule.ratio_of_interest, rule);
}

void judge(DifferenceAudit& audit, double adjusted_p, const AuditRule& rule) {
  audit.adjusted_p = adjusted_p;
  audit.verdict = verdict(audit, audit.difference.defined, audit.visible_difference,
                          rule.difference_of_interest, rule);
}

std::string text(const RatioAudit& audit) { return in_words(audit, "ratio", audit.visible_ratio); }
std::string text(const DifferenceAudit& audit) {
  return in_words(audit, "difference", audit.visible_difference);
}

double selected_needed(double ratio, double power, double confidence) {
  demand(ratio > 1 && std::isfinite(ratio), "a ratio to be seen must be finite and above 1");
  const double root = distance(power, confidence) / sim::log(ratio);
  return root * root;
}

double ratio_visible(double selected, double power, double confidence) {
  demand(selected > 0, "a ratio is visible only with somebody selected");
  return sim::exp(distance(power, confidence) / std::sqrt(selected));
}

}  // namespace corridor::risk::stats
