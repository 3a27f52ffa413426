// SPDX-License-Identifier: Apache-2.0
/// \file docking_police.cpp  Steps 2, 4, 8 and 9 of a month: where police look, whether they find,
/// what they learn.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/trafficking/docking.hpp"

namespace corridor::trafficking {

void DockingModel::choose_edges() {
  const std::size_t edges = n_.edges.size();
  std::fill(s_.looked_at.begin(), s_.looked_at.end(), 0);
  const auto capacity = static_cast<std::size_t>(s_.capacity);
  const auto at_random =
      static_cast<std::size_t>(std::floor(p_.random_share * static_cast<double>(capacity) + 0.5));
  std::size_t left = capacity - at_random;
  const auto look = [&](std::uint32_t e) {
    if (left == 0 || s_.looked_at[e] != 0) return;
    s_.looked_at[e] = 1;
    --left;
  };
  std::vector<std::uint32_t> order(edges);
  const auto sort_by = [&](const auto& worth) {
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return worth[a] > worth[b]; });
  };
  bool success = false;
  if (p_.police_learn) {
    sort_by(s_.seized);  // of last month
    for (const std::uint32_t e : order) {
      if (!(s_.seized[e] > 0)) break;
      success = true;
      look(e);
    }
  }
  sort_by(s_.p);
  const std::size_t rank = success ? edges / 4 : edges / 2;
  const double limit = edges == 0 ? 0 : s_.p[order[rank]];
  for (const std::uint32_t e : order) {
    if (!(s_.p[e] > limit)) break;
    look(e);
  }
  if (at_random > 0) {
    left = at_random;
    std::vector<std::uint64_t> lot(edges);
    for (std::uint32_t e = 0; e < edges; ++e) {
      const sim::Block words =
          sim::draw(key_, sim::Purpose::interdiction, e, static_cast<std::int32_t>(s_.month), 0);
      lot[e] = sim::bits64(words[0], words[1]);
    }
    sort_by(lot);
    for (const std::uint32_t e : order) look(e);
  }
  for (std::uint32_t e = 0; e < edges; ++e)
    if (watched_[n_.edges[e].to] != 0) s_.looked_at[e] = 1;
}

bool DockingModel::succeeds(std::uint32_t edge) const {
  if (p_.seizure_scale == 0) return true;
  const double chance = std::min(p_.seizure_scale * n_.nodes[n_.edges[edge].to].success, 1.0);
  const sim::Block words =
      sim::draw(key_, sim::Purpose::interdiction, edge, static_cast<std::int32_t>(s_.month), 1);
  return words[0] < sim::threshold32(chance);
}

void DockingModel::learn(const DockingMonth& month) {
  for (std::size_t e = 0; e < n_.edges.size(); ++e)
    if (s_.looked_at[e] != 0)
      s_.p[e] = learned(s_.p[e], s_.seized[e] > 0 ? 1 : 0, p_.interdiction_learning);
  const double gone = month.seized + month.delivered;
  s_.capacity = next_capacity(s_.capacity, gone > 0 ? month.seized / gone : 0, capacity_rule_);
}

}  // namespace corridor::trafficking
