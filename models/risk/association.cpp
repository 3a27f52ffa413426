// SPDX-License-Identifier: Apache-2.0
#include "models/risk/association.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

double real(std::int64_t v) { return static_cast<double>(v); }

/// lambda at which a noncentral chi-square stays below `x` with the given probability; 0 when it
/// does so too rarely even at lambda = 0.
double noncentrality(double x, double degrees, double probability) {
  if (noncentral_chi_square_cdf(x, degrees, 0) <= probability) return 0;
  double lo = 0, hi = std::max(1.0, 2 * x);
  while (noncentral_chi_square_cdf(x, degrees, hi) > probability) hi *= 2;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (lo + hi);
    (noncentral_chi_square_cdf(x, degrees, middle) > probability ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

}  // namespace

Association association(std::span<const Count> hits_of, double confidence) {
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
  Association a;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  a.cramers_v = {nan, 0, 1, false, false};
  a.auc = {nan, 0, 1, false, false};
  Count all;
  int values = 0;
  for (const Count& c : hits_of) {
    demand(c.x >= 0 && c.x <= c.n, "a count must hold 0 <= x <= n");
    all.x += c.x;
    all.n += c.n;
    values += c.n > 0;
  }
  if (values < 2 || all.x == 0 || all.x == all.n) return a;
  a.defined = true;
  const double n = real(all.n), rate = real(all.x) / n, degrees = values - 1;
  double information = 0, pearson = 0, farthest = -1;
  for (std::size_t g = 0; g < hits_of.size(); ++g) {
    const Count& c = hits_of[g];
    if (c.n == 0) continue;
    const double people = real(c.n), hit = real(c.x), miss = people - hit;
    if (hit > 0) information += hit * sim::log(hit / (people * rate));
    if (miss > 0) information += miss * sim::log(miss / (people * (1 - rate)));
    const double off = hit - people * rate;  // the same in both cells
    pearson += off * off / (people * rate * (1 - rate));
    const Estimate d = newcombe_difference(c, {all.x - c.x, all.n - c.n}, confidence);
    if (std::abs(d.estimate) > farthest) {
      farthest = std::abs(d.estimate);
      a.strongest = g;
      a.auc = {0.5 + 0.5 * d.estimate, 0.5 + 0.5 * d.lower, 0.5 + 0.5 * d.upper, true, false};
    }
  }
  a.mutual_information = std::max(0.0, information / n);
  a.null_mean = degrees / (2 * n);
  a.null_95 = chi_square_quantile(0.95, degrees) / (2 * n);
  a.p_value = chi_square_upper(2 * n * a.mutual_information, degrees);
  const double tail = 0.5 * (1 - confidence);
  const auto v = [&](double lambda) { return std::min(1.0, std::sqrt(lambda / n)); };
  a.cramers_v = {v(pearson), v(noncentrality(pearson, degrees, 1 - tail)),
                 v(noncentrality(pearson, degrees, tail)), true, false};
  constexpr double power = 0.8;
  a.visible_v = v(noncentrality(chi_square_quantile(confidence, degrees), degrees, 1 - power));
  return a;
}

}  // namespace corridor::risk::stats
