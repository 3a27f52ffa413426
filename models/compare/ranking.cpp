// SPDX-License-Identifier: Apache-2.0
#include "models/compare/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::compare {
namespace {

/// The results of one metric by alternative; empty when some alternative lacks or hides it.
std::vector<const MetricResult*> of_metric(const Comparison& c, std::size_t metric) {
  std::vector<const MetricResult*> all;
  for (const Alternative& alt : c.alternatives) {
    const auto at = std::ranges::find(alt.metrics, metric, &MetricResult::metric);
    if (at == alt.metrics.end() || at->hidden || at->by_set.empty()) return {};
    all.push_back(&*at);
  }
  return all;
}

Ranking ranking_of(const Comparison& c, std::size_t metric,
                   const std::vector<const MetricResult*>& of) {
  const double sign = metrics()[metric].better == Better::less ? -1 : 1;
  const std::size_t n_sets = of.front()->by_set.size();
  std::vector<std::int64_t> first(of.size()), harm(of.size());
  std::int64_t base_first = 0, tied = 0, sets = 0;
  for (std::size_t k = 0; k < n_sets; ++k) {
    std::vector<double> d;
    for (const MetricResult* m : of) d.push_back(sign * m->by_set[k]);
    if (!std::ranges::all_of(d, [](double x) { return std::isfinite(x); })) continue;
    ++sets;
    for (std::size_t a = 0; a < d.size(); ++a) harm[a] += d[a] < 0 ? 1 : 0;
    const double best = *std::ranges::max_element(d);
    if (!(best > 0)) {
      // The base is first where every alternative is worse, and shares the place where one is
      // equal.
      (best < 0 ? base_first : tied) += 1;
    } else if (std::ranges::count(d, best) > 1) {
      ++tied;
    } else {
      ++first[static_cast<std::size_t>(std::ranges::find(d, best) - d.begin())];
    }
  }
  Ranking r;
  r.metric = metric;
  r.sets = sets;
  for (std::size_t a = 0; a < of.size(); ++a) {
    r.first.push_back(risk::stats::wilson({first[a], r.sets}));
    r.harm.push_back(risk::stats::wilson({harm[a], r.sets}));
  }
  r.base_first = risk::stats::wilson({base_first, r.sets});
  r.tied = risk::stats::wilson({tied, r.sets});
  for (std::size_t a = 0; a < of.size(); ++a) {
    for (std::size_t b = a + 1; b < of.size(); ++b) {
      std::vector<double> difference;
      for (std::size_t k = 0; k < n_sets; ++k)
        difference.push_back(of[a]->by_set[k] - of[b]->by_set[k]);
      // Under the same seeds too: what both have of the base falls out.
      const double variance = paired(of[b]->of_seed, of[a]->of_seed, Better::neither).variance;
      r.orders.push_back({a, b,
                          headline(difference, *c.sets, static_cast<std::uint32_t>(c.seed),
                                   variance, c.set_replicates)});
    }
  }
  return r;
}

}  // namespace

std::vector<Ranking> rankings(const Comparison& comparison) {
  std::vector<Ranking> all;
  if (!comparison.sets || comparison.alternatives.empty()) return all;
  for (std::size_t m = 0; m < metrics().size(); ++m) {
    if (metrics()[m].better == Better::neither) continue;
    const auto of = of_metric(comparison, m);
    if (!of.empty()) all.push_back(ranking_of(comparison, m, of));
  }
  return all;
}

}  // namespace corridor::compare
