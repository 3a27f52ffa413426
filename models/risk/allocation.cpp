// SPDX-License-Identifier: Apache-2.0
#include "models/risk/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/risk/argument.hpp"

namespace corridor::risk::stats {
namespace {

void check(std::span<const RiskClass> classes) {
  for (const RiskClass& c : classes) {
    demand(c.count >= 0 && std::isfinite(c.count), "a class must hold a finite number of people");
    demand(c.risk >= 0 && c.risk <= 1, "a risk must be in [0, 1]");
  }
}

double people(std::span<const RiskClass> classes) {
  double n = 0;
  for (const RiskClass& c : classes) n += c.count;
  return n;
}

/// Rows with the largest key first; equals in their order.
template <class Key>
std::vector<std::size_t> largest_first(std::size_t n, Key key) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  return order;
}

/// a(i, k + 1) for all i from a(., k); `clamped(lo, hi)` is E[min(max(X, lo), hi)].
template <class Clamped>
std::vector<double> thresholds(std::int64_t n, Clamped clamped) {
  demand(n >= 1, "sequential thresholds need at least one person");
  std::vector<double> a, next;
  for (std::int64_t k = 0; k < n; ++k) {
    next.assign(a.size() + 1, 0);
    for (std::size_t i = 0; i <= a.size(); ++i) {
      // Risks are at most 1, so 1 serves as infinity.
      next[i] = clamped(i < a.size() ? a[i] : 0, i > 0 ? a[i - 1] : 1);
    }
    a.swap(next);
  }
  return a;
}

}  // namespace

double expected_hits(std::span<const RiskClass> classes) {
  check(classes);
  double hits = 0;
  for (const RiskClass& c : classes) hits += c.count * c.risk;
  return hits;
}

double best_hits(std::span<const RiskClass> classes, double capacity) {
  check(classes);
  demand(capacity >= 0 && capacity <= people(classes), "a capacity is outside 0..people");
  double left = capacity, hits = 0;
  for (const std::size_t j :
       largest_first(classes.size(), [&](std::size_t i) { return classes[i].risk; })) {
    const double take = std::min(left, classes[j].count);
    hits += take * classes[j].risk;
    left -= take;
  }
  return hits;
}

double hits_with_random_share(std::span<const RiskClass> classes, double capacity, double random) {
  demand(random >= 0 && random <= 1, "a random share must be in [0, 1]");
  const double drawn = random * capacity, by_risk = capacity - drawn;
  const double first = best_hits(classes, by_risk);
  const double others = people(classes) - by_risk;
  return others > 0 ? first + drawn * (expected_hits(classes) - first) / others : first;
}

Knapsack knapsack(std::span<const Item> items, double budget) {
  demand(budget >= 0 && std::isfinite(budget), "a budget must be finite and at least 0");
  for (const Item& i : items) {
    demand(i.count >= 0 && std::isfinite(i.count), "an item must hold a finite number of people");
    demand(i.risk >= 0 && i.risk <= 1, "a risk must be in [0, 1]");
    demand(i.value >= 0 && std::isfinite(i.value), "a value must be finite and at least 0");
    demand(i.cost > 0 && std::isfinite(i.cost), "a cost must be finite and above 0");
  }
  const auto rate = [&](std::size_t i) { return items[i].risk * items[i].value / items[i].cost; };
  Knapsack k;
  k.taken.assign(items.size(), 0);
  double left = budget;
  for (const std::size_t i : largest_first(items.size(), rate)) {
    k.taken[i] = std::min(items[i].count, left / items[i].cost);
    const double cost = k.taken[i] * items[i].cost;
    k.value += k.taken[i] * items[i].risk * items[i].value;
    k.cost += cost;
    left = std::max(0.0, left - cost);
    if (k.taken[i] < items[i].count) {
      k.marginal_value = rate(i);
      break;
    }
  }
  return k;
}

std::vector<double> sequential_thresholds(std::span<const RiskClass> classes, std::int64_t n) {
  check(classes);
  const double total = people(classes);
  demand(total > 0, "sequential thresholds need people to draw from");
  return thresholds(n, [&](double lo, double hi) {
    double mean = 0;
    for (const RiskClass& c : classes) mean += c.count / total * std::clamp(c.risk, lo, hi);
    return mean;
  });
}

std::vector<double> sequential_thresholds_uniform(std::int64_t n) {
  return thresholds(n, [](double lo, double hi) { return 0.5 * lo * lo + hi - 0.5 * hi * hi; });
}

}  // namespace corridor::risk::stats
