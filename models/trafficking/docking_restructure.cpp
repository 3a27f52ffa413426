// SPDX-License-Identifier: Apache-2.0
/// \file docking_restructure.cpp  Step 10 of a month: an organisation weighs its losses against
/// what it tolerates, and cuts edges or takes on nodes.
///
/// L = sum over seized edges of volume x (price gain - cost); T = tolerance x the largest value
/// (volume x (price gain - cost)) on one edge. 0 < L < T: of n active edges round(n L / (L + T))
/// are cut. L >= T > 0: min(ceil(L / T), limit) nodes are taken on.
#include <algorithm>
#include <cmath>

#include "models/trafficking/docking.hpp"

namespace corridor::trafficking {

DockingModel::Losses DockingModel::losses(std::size_t organisation) const {
  Losses found;
  for (std::uint32_t e = 0; e < n_.edges.size(); ++e) {
    if (!(s_.flow[e] > 0) || !belongs(e, organisation)) continue;
    const double per_kg = gain(e) - s_.cost[e];
    found.lost += s_.seized[e] * per_kg;
    found.largest = std::max(found.largest, s_.flow[e] * per_kg);
  }
  return found;
}

void DockingModel::restructure(std::size_t organisation, const Losses& losses) {
  const double lost = std::max(losses.lost, 0.0), tolerated = p_.loss_tolerance * losses.largest;
  const auto limit = static_cast<double>(p_.new_nodes);
  double wanted = 0;
  if (lost > 0 && lost < tolerated)
    consolidate(organisation, lost / (lost + tolerated));
  else if (lost > 0)
    wanted = tolerated > 0 ? std::ceil(lost / tolerated) : limit;
  drop_dead_ends(organisation);
  // Stock that the edges in use cannot carry next month calls for nodes too.
  double excess = 0;
  const auto add = [&](std::uint32_t node, double kg) {
    if (!(kg >= least_load_kg)) return;
    excess += kg;
    for (std::uint32_t e = n_.first[node]; e < n_.first[node + 1]; ++e)
      if (s_.active[e] != 0 && belongs(e, organisation)) excess -= n_.edges[e].capacity_kg;
  };
  add(0, s_.source_stock[organisation]);
  for (std::uint32_t node = 1; node < n_.market(); ++node)
    if (n_.nodes[node].organisation == organisation) add(node, s_.stock[node]);
  if (excess > 0 && p_.route_capacity_kg > 0)
    wanted = std::max(wanted, std::ceil(excess / p_.route_capacity_kg));
  if (wanted > 0) expand(organisation, static_cast<std::int64_t>(std::min(wanted, limit)));
}

void DockingModel::expand(std::size_t organisation, std::int64_t nodes) {
  std::vector<std::pair<double, std::uint32_t>> worth;  // by best leg from what is in use
  for (std::uint32_t node = 1; node < n_.market(); ++node) {
    if (n_.nodes[node].organisation != organisation || s_.in_use[node] != 0) continue;
    double best = 0;
    bool reached = false;
    for (const std::uint32_t e : n_.into[node]) {
      const std::uint32_t from = n_.edges[e].from;
      if (n_.edges[e].capacity_kg <= 0 || (from != 0 && s_.in_use[from] == 0)) continue;
      const double value = gain(e) - s_.cost[e];
      if (!reached || value > best) best = value;
      reached = true;
    }
    if (reached) worth.emplace_back(best, node);
  }
  std::stable_sort(worth.begin(), worth.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [value, node] : worth) {
    if (nodes <= 0) break;
    if (s_.in_use[node] != 0) continue;  // taken on as the way onward of an earlier one
    take_on(node);
    --nodes;
  }
}

/// A node with its edges from and to what is in use. One that has no way onward takes on the
/// cheapest next node too, and so on to the market.
void DockingModel::take_on(std::uint32_t node) {
  s_.in_use[node] = 1;
  for (const std::uint32_t e : n_.into[node]) {
    const std::uint32_t from = n_.edges[e].from;
    if (n_.edges[e].capacity_kg > 0 && (from == 0 || s_.in_use[from] != 0)) s_.active[e] = 1;
  }
  bool onward = false;
  std::uint32_t cheapest = static_cast<std::uint32_t>(n_.edges.size());
  for (std::uint32_t e = n_.first[node]; e < n_.first[node + 1]; ++e) {
    if (n_.edges[e].capacity_kg <= 0) continue;
    const std::uint32_t to = n_.edges[e].to;
    if (to == n_.market() || s_.in_use[to] != 0) {
      s_.active[e] = 1;
      onward = true;
    } else if (cheapest == n_.edges.size() || s_.cost[e] < s_.cost[cheapest]) {
      cheapest = e;
    }
  }
  if (!onward && cheapest < n_.edges.size()) take_on(n_.edges[cheapest].to);
}

void DockingModel::consolidate(std::size_t organisation, double share) {
  std::vector<std::uint32_t> active;
  for (std::uint32_t e = 0; e < n_.edges.size(); ++e)
    if (s_.active[e] != 0 && belongs(e, organisation)) active.push_back(e);
  // The least dangerous first leg is kept, and from its node on the least dangerous way.
  std::vector<std::uint8_t> kept(n_.edges.size(), 0);
  for (std::uint32_t at = 0; at != n_.market();) {
    std::uint32_t safest = static_cast<std::uint32_t>(n_.edges.size());
    for (std::uint32_t e = n_.first[at]; e < n_.first[at + 1]; ++e)
      if (s_.active[e] != 0 && belongs(e, organisation) &&
          (safest == n_.edges.size() || s_.risk[e] < s_.risk[safest]))
        safest = e;
    if (safest == n_.edges.size()) break;
    kept[safest] = 1;
    at = n_.edges[safest].to;
  }
  auto cuts =
      static_cast<std::int64_t>(std::floor(share * static_cast<double>(active.size()) + 0.5));
  std::stable_sort(active.begin(), active.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return s_.risk[a] > s_.risk[b]; });
  for (const std::uint32_t e : active) {
    if (cuts <= 0) break;
    if (kept[e] != 0) continue;
    s_.active[e] = 0;
    --cuts;
  }
}

/// Nodes without an edge onward lose those that lead to them; nodes that nothing reaches and that
/// hold nothing are given up.
void DockingModel::drop_dead_ends(std::size_t organisation) {
  const auto any_out = [&](std::uint32_t node) {
    for (std::uint32_t e = n_.first[node]; e < n_.first[node + 1]; ++e)
      if (s_.active[e] != 0) return true;
    return false;
  };
  for (std::uint32_t node = n_.market() - 1; node > 0; --node) {
    if (n_.nodes[node].organisation != organisation || s_.in_use[node] == 0 || any_out(node))
      continue;
    for (const std::uint32_t e : n_.into[node]) s_.active[e] = 0;
    s_.in_use[node] = 0;
  }
  for (std::uint32_t node = 1; node < n_.market(); ++node) {
    if (n_.nodes[node].organisation != organisation || s_.in_use[node] == 0 ||
        s_.stock[node] >= least_load_kg || s_.in_transit[node] >= least_load_kg)
      continue;
    const auto& into = n_.into[node];
    if (std::any_of(into.begin(), into.end(), [&](std::uint32_t e) { return s_.active[e] != 0; }))
      continue;
    for (std::uint32_t e = n_.first[node]; e < n_.first[node + 1]; ++e) s_.active[e] = 0;
    s_.in_use[node] = 0;
  }
}

}  // namespace corridor::trafficking
