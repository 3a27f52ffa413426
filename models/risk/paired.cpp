// SPDX-License-Identifier: Apache-2.0
#include "models/risk/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"

namespace corridor::risk::stats {

double exact_paired_p(std::int64_t first_only, std::int64_t second_only) {
  demand(first_only >= 0 && second_only >= 0, "exact_paired_p: a count is negative");
  return std::min(
      1.0, 2 * binomial_at_least(std::max(first_only, second_only), first_only + second_only, 0.5));
}

Estimate paired_share_difference(const PairedCount& c, double confidence) {
  demand(c.both >= 0 && c.first_only >= 0 && c.second_only >= 0 && c.neither >= 0,
         "paired_share_difference: a count is negative");
  const std::int64_t people = c.n();
  const Estimate second = wilson({c.both + c.second_only, people}, confidence);
  const Estimate first = wilson({c.both + c.first_only, people}, confidence);
  if (people == 0) return {std::numeric_limits<double>::quiet_NaN(), -1, 1, false, false};
  const auto d = [](std::int64_t x) { return static_cast<double>(x); };
  const double n = d(people), e = d(c.both), f = d(c.second_only), g = d(c.first_only),
               h = d(c.neither);
  const double margins = (e + f) * (g + h) * (e + g) * (f + h), product = e * h - f * g;
  const double numerator = product > 0 ? std::max(product - n / 2, 0.0) : product;
  const double phi = margins > 0 ? numerator / std::sqrt(margins) : 0;
  const auto width = [&](double a, double b) {
    return std::sqrt(std::max(a * a - 2 * phi * a * b + b * b, 0.0));
  };
  const double difference = (f - g) / n;
  return {difference,
          std::max(-1.0, difference -
                             width(second.estimate - second.lower, first.upper - first.estimate)),
          std::min(1.0, difference +
                            width(second.upper - second.estimate, first.estimate - first.lower)),
          true, false};
}

}  // namespace corridor::risk::stats
