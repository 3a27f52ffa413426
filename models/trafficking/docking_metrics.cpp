// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_metrics.hpp"

#include <algorithm>

#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {
constexpr double least_peak_share = 0.01;
}  // namespace

double jaccard_distance(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  std::size_t both = 0, any = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += a[i] != 0 && b[i] != 0 ? 1 : 0;
    any += a[i] != 0 || b[i] != 0 ? 1 : 0;
  }
  return any == 0 ? 0 : 1 - static_cast<double>(both) / static_cast<double>(any);
}

double flow_entropy(const std::vector<double>& kg) {
  double sum = 0, entropy = 0;
  for (const double x : kg) sum += x;
  for (const double x : kg) {
    const double share = x > 0 ? x / sum : 0;
    if (share > 0) entropy -= share * sim::log(share);
  }
  return entropy;
}

int regions_moved(const std::vector<std::vector<double>>& volume,
                  const std::vector<double>& supplied) {
  int moved = 0;
  const std::size_t years = volume.size();
  for (std::size_t r = 0; years > 0 && r < volume[0].size(); ++r) {
    std::size_t peak = 0;
    for (std::size_t y = 1; y < years; ++y)
      if (volume[y][r] > volume[peak][r]) peak = y;
    const double most = volume[peak][r];
    if (peak == 0 || peak + 1 == years || !(most > 0) || most < least_peak_share * supplied[peak])
      continue;
    bool rose = false;
    for (std::size_t y = 0; y < peak; ++y) rose = rose || volume[y][r] < most / 2;
    std::size_t fell = peak + 1;
    while (fell < years && !(volume[fell][r] < most / 2)) ++fell;
    if (!rose || fell == years) continue;
    for (std::size_t other = 0; other < volume[0].size(); ++other)
      if (other != r && volume[fell][other] > volume[peak][other]) {
        ++moved;
        break;
      }
  }
  return moved;
}

void DockingMeter::add(const DockingModel& model, const DockingMonth& month) {
  const DockingNetwork& n = model.network();
  if (months_ % 12 == 0)
    years_.push_back({0, 0, std::vector<double>(n.nodes.size(), 0),
                      std::vector<double>(docking_regions.size(), 0),
                      std::vector<std::uint8_t>(n.edges.size(), 0)});
  ++months_;
  Year& year = years_.back();
  year.supplied += month.supplied;
  year.delivered += month.delivered;
  for (std::size_t e = 0; e < n.edges.size(); ++e) {
    const double kg = model.state().flow[e];
    if (!(kg > 0)) continue;
    year.edges[e] = 1;
    if (n.edges[e].to == n.market()) continue;
    year.node_kg[n.edges[e].to] += kg;
    year.region_kg[n.nodes[n.edges[e].to].region] += kg;
  }
  total_.supplied_kg += month.supplied;
  total_.seized_kg += month.seized;
  total_.delivered_kg += month.delivered;
  total_.seizures += static_cast<double>(month.seizures);
  total_.mean_capacity += static_cast<double>(month.capacity);
  value_ += month.seized_value;
}

DockingMetrics DockingMeter::metrics() const {
  DockingMetrics m = total_;
  const auto years = static_cast<double>(years_.size());
  m.mean_capacity /= static_cast<double>(months_);
  m.value_per_seizure = m.seizures > 0 ? value_ / m.seizures : 0;
  std::vector<std::vector<double>> volume;
  std::vector<double> supplied;
  for (std::size_t y = 0; y < years_.size(); ++y) {
    const Year& year = years_[y];
    for (const double kg : year.node_kg) m.active_nodes += kg > 0 ? 1 / years : 0;
    m.entropy += flow_entropy(year.node_kg) / years;
    if (y > 0) m.churn += jaccard_distance(years_[y - 1].edges, year.edges) / (years - 1);
    volume.push_back(year.region_kg);
    supplied.push_back(year.supplied);
  }
  m.last_share = years_.back().supplied > 0 ? years_.back().delivered / years_.back().supplied : 0;
  m.moved_regions = regions_moved(volume, supplied);
  return m;
}

DockingMetrics run_docking(const DockingParams& params, sim::RunKey key) {
  DockingModel model(params, docking_network(params, key), key);
  DockingMeter meter;
  for (std::int64_t t = 0; t < params.months; ++t) meter.add(model, model.step());
  return meter.metrics();
}

}  // namespace corridor::trafficking
