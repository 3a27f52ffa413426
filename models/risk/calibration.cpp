// SPDX-License-Identifier: Apache-2.0
#include "models/risk/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/risk/argument.hpp"
#include "models/risk/distributions.hpp"
#include "sim/math.hpp"

namespace corridor::risk::stats {
namespace {

double real(std::int64_t v) { return static_cast<double>(v); }
void not_empty(const ScoreTally& t) { demand(!t.score.empty(), "a tally must hold people"); }
void check_forecasts(const ScoreTally& t) {
  not_empty(t);
  for (const double p : t.score) demand(p >= 0 && p <= 1, "a forecast must be in [0, 1]");
}

/// ln P(all counts) of a Beta-binomial with the given mean and a + b, but for a constant.
double log_evidence(const ScoreTally& t, double mean, double strength) {
  const double a = mean * strength, b = (1 - mean) * strength, front = log_beta(a, b);
  double sum = 0;
  for (std::size_t k = 0; k < t.score.size(); ++k) {
    sum += log_beta(a + real(t.hits[k]), b + real(t.clean[k])) - front;
  }
  return sum;
}

}  // namespace

std::vector<double> pool_adjacent_violators(std::span<const double> value,
                                            std::span<const double> weight) {
  demand(value.size() == weight.size(), "values and weights must be equally many");
  struct Pool {
    double sum, weight;
    std::size_t n;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < value.size(); ++i) {
    demand(weight[i] > 0 && std::isfinite(weight[i]), "a weight must be finite and above 0");
    demand(std::isfinite(value[i]), "a value must be finite");
    pools.push_back({value[i] * weight[i], weight[i], 1});
    while (pools.size() > 1) {
      const Pool last = pools.back();
      Pool& before = pools[pools.size() - 2];
      if (before.sum * last.weight <= last.sum * before.weight) break;
      before = {before.sum + last.sum, before.weight + last.weight, before.n + last.n};
      pools.pop_back();
    }
  }
  std::vector<double> fitted;
  fitted.reserve(value.size());
  for (const Pool& p : pools) fitted.insert(fitted.end(), p.n, p.sum / p.weight);
  return fitted;
}

std::vector<double> isotonic_rates(const ScoreTally& t) {
  std::vector<double> rate, people;
  for (std::size_t k = t.score.size(); k-- > 0;) {
    people.push_back(real(t.hits[k] + t.clean[k]));
    rate.push_back(real(t.hits[k]) / people.back());
  }
  std::vector<double> fitted = pool_adjacent_violators(rate, people);
  std::reverse(fitted.begin(), fitted.end());
  return fitted;
}

BetaPrior fit_beta_prior(const ScoreTally& t) {
  not_empty(t);
  const double hits = real(t.total_hits()), n = hits + real(t.total_clean());
  if (hits == 0 || hits == n) return {};
  const double mean = hits / n;
  // Golden section over ln(a + b): the evidence rises to one top and falls, or runs to an end.
  constexpr double golden = 0.6180339887498949;
  const auto at = [&](double log_strength) {
    return log_evidence(t, mean, sim::exp(log_strength));
  };
  double lo = sim::log(0.01), hi = sim::log(1e8);
  double x1 = hi - golden * (hi - lo), x2 = lo + golden * (hi - lo);
  double f1 = at(x1), f2 = at(x2);
  for (int i = 0; i < 60; ++i) {
    if (f1 < f2) {
      lo = x1;
      x1 = x2;
      f1 = f2;
      x2 = lo + golden * (hi - lo);
      f2 = at(x2);
    } else {
      hi = x2;
      x2 = x1;
      f2 = f1;
      x1 = hi - golden * (hi - lo);
      f1 = at(x1);
    }
  }
  const double strength = sim::exp(0.5 * (lo + hi));
  return {mean * strength, (1 - mean) * strength};
}

std::vector<Estimate> beta_binomial_rates(const ScoreTally& t, BetaPrior prior, double confidence) {
  demand(prior.a > 0 && prior.b > 0, "a beta prior needs a and b above 0");
  demand(confidence > 0 && confidence < 1, "a confidence must be in (0, 1)");
  const double tail = 0.5 * (1 - confidence);
  std::vector<Estimate> rates;
  rates.reserve(t.score.size());
  for (std::size_t k = 0; k < t.score.size(); ++k) {
    const double a = prior.a + real(t.hits[k]), b = prior.b + real(t.clean[k]);
    rates.push_back(
        {a / (a + b), beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b), true, false});
  }
  return rates;
}

std::vector<ReliabilityBin> reliability(const ScoreTally& forecasts, int bins, Binning binning,
                                        double confidence) {
  check_forecasts(forecasts);
  demand(bins >= 1, "a reliability table needs at least one bin");
  const double n = real(forecasts.total_hits() + forecasts.total_clean());
  std::vector<ReliabilityBin> table;
  int current = -1;
  double before = 0, sum = 0;
  const auto close = [&] {
    ReliabilityBin& b = table.back();
    b.mean = sum / real(b.count.n);
    b.observed = wilson(b.count, confidence);
  };
  for (std::size_t k = forecasts.score.size(); k-- > 0;) {
    const double p = forecasts.score[k], people = real(forecasts.hits[k] + forecasts.clean[k]);
    // The middle of a group of equals decides into which bin of equal counts it goes.
    const double place = binning == Binning::equal_width ? p : (before + 0.5 * people) / n;
    const int bin = std::min(bins - 1, static_cast<int>(place * bins));
    if (bin != current) {
      if (!table.empty()) close();
      table.emplace_back();
      table.back().lower = p;
      current = bin;
      sum = 0;
    }
    ReliabilityBin& b = table.back();
    b.upper = p;
    b.count.x += forecasts.hits[k];
    b.count.n += forecasts.hits[k] + forecasts.clean[k];
    sum += p * people;
    before += people;
  }
  close();
  return table;
}

double expected_calibration_error(std::span<const ReliabilityBin> bins) {
  double sum = 0, n = 0;
  for (const ReliabilityBin& b : bins) {
    sum += real(b.count.n) * std::abs(b.mean - b.observed.estimate);
    n += real(b.count.n);
  }
  demand(n > 0, "a calibration error needs people");
  return sum / n;
}

double brier(const ScoreTally& forecasts) {
  check_forecasts(forecasts);
  double sum = 0;
  for (std::size_t k = 0; k < forecasts.score.size(); ++k) {
    const double p = forecasts.score[k];
    sum += real(forecasts.hits[k]) * (1 - p) * (1 - p) + real(forecasts.clean[k]) * p * p;
  }
  return sum / real(forecasts.total_hits() + forecasts.total_clean());
}

CalibrationTest calibration_test(const ScoreTally& forecasts) {
  check_forecasts(forecasts);
  CalibrationTest c;
  double n = 0;
  for (std::size_t k = 0; k < forecasts.score.size(); ++k) {
    const double p = forecasts.score[k], people = real(forecasts.hits[k] + forecasts.clean[k]);
    c.observed += real(forecasts.hits[k]);
    c.expected += people * p;
    c.variance += people * p * (1 - p);
    n += people;
  }
  c.expected_brier = c.variance / n;
  if (c.variance > 0) {
    c.z = (c.observed - c.expected) / std::sqrt(c.variance);
    c.p_value = two_sided_p(c.z);
  } else if (c.observed != c.expected) {  // forecasts of 0 and 1 that were wrong
    c.z = std::copysign(std::numeric_limits<double>::infinity(), c.observed - c.expected);
    c.p_value = 0;
  }
  return c;
}

}  // namespace corridor::risk::stats
