// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_experiment.hpp"

#include <cmath>

#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace corridor::trafficking {

double t_975(double df) {
  if (df == 1) return 12.706204736432095;
  if (df == 2) return 4.302652729911275;
  const double z = sim::normal_quantile(0.975), z2 = z * z;
  const double g1 = (z2 + 1) * z / 4;
  const double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
  const double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
  const double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;
  return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

DockingInterval interval_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double half = t_975(n - 1) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half};
}

double slope(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  double mx = 0, my = 0, sxy = 0, sxx = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mx += x[i] / n;
    my += y[i] / n;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxy += (x[i] - mx) * (y[i] - my);
    sxx += (x[i] - mx) * (x[i] - mx);
  }
  return sxy / sxx;
}

DockingInterval DockingSeries::level(std::size_t at, double DockingMetrics::*field) const {
  std::vector<double> values;
  for (const DockingMetrics& m : runs[at]) values.push_back(m.*field);
  return interval_of(values);
}

DockingInterval DockingSeries::slope_of(double DockingMetrics::*field,
                                        const std::array<double, docking_levels>& levels) const {
  std::vector<double> slopes;
  for (std::size_t r = 0; r < runs[0].size(); ++r) {
    std::array<double, docking_levels> y{};
    for (std::size_t l = 0; l < docking_levels; ++l) y[l] = runs[l][r].*field;
    slopes.push_back(100 * slope(levels, y));
  }
  return interval_of(slopes);
}

DockingVerdict judge(const DockingClaim& claim, const DockingSeries& series,
                     const std::array<double, docking_levels>& levels) {
  DockingVerdict v;
  v.interval = claim.sign == 0 ? series.level(docking_levels - 1, claim.field)
                               : series.slope_of(claim.field, levels);
  const double lower = claim.sign < 0 ? -v.interval.upper : v.interval.lower;
  const double upper = claim.sign < 0 ? -v.interval.lower : v.interval.upper;
  v.finding = lower > 0 ? Finding::appears : upper > 0 ? Finding::open : Finding::absent;
  return v;
}

std::array<double, docking_levels> levels_of(const DockingParams& p) {
  std::array<double, docking_levels> levels{};
  for (std::size_t l = 0; l < docking_levels; ++l)
    levels[l] = std::floor(p.lowest_capacity +
                           static_cast<double>(l) / (docking_levels - 1) *
                               (p.highest_capacity - p.lowest_capacity) +
                           0.5);
  return levels;
}

DockingExperiment run_docking_experiment(const DockingParams& params, int threads,
                                         const DockingProgress& progress) {
  DockingExperiment out;
  out.params = params;
  out.levels = levels_of(params);
  const std::string other = params.choice == "logit" ? "salience" : "logit";
  for (const bool adaptation : {true, false})
    for (const char* network : {"near", "far"})
      for (const std::string& choice : {params.choice, other})
        out.series.push_back({network, choice, adaptation, {}});
  for (DockingSeries& s : out.series)
    for (auto& level : s.runs) level.resize(static_cast<std::size_t>(params.replicates));
  sim::Workers workers(threads);
  for (std::int64_t r = 0; r < params.replicates; ++r) {
    if (progress.stop && progress.stop()) {
      out.series.clear();
      return out;
    }
    const sim::RunKey key{static_cast<std::uint32_t>(params.seed), static_cast<std::uint32_t>(r)};
    workers.run(out.series.size() * docking_levels, [&](std::size_t unit, int) {
      DockingSeries& s = out.series[unit / docking_levels];
      const std::size_t level = unit % docking_levels;
      DockingParams p = params;
      p.network = s.network;
      p.choice = s.choice;
      p.capacity = out.levels[level];
      p.traffickers_adapt = s.adaptation && params.traffickers_adapt;
      p.police_learn = s.adaptation && params.police_learn;
      s.runs[level][static_cast<std::size_t>(r)] = run_docking(p, key);
    });
    if (progress.show) progress.show(r + 1, params.replicates);
  }
  return out;
}

}  // namespace corridor::trafficking
