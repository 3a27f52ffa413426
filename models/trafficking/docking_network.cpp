// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "models/travel/sphere.hpp"
#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

constexpr double km_per_degree = 111.195;
constexpr double coastal_km = 20, land_limit_km = 500, coast_scale_km = 100;
constexpr double mean_success = 0.312, western_factor = 2.5;
constexpr DockingNode market_node{17.5, -95.5, 100, 100, 0.5, mean_success, 9, both_organisations};

double km_between(const DockingNode& a, const DockingNode& b) {
  return travel::arc_km(travel::place(a.lat, a.lon), travel::place(b.lat, b.lon));
}

DockingNode placed(std::uint8_t region, std::uint64_t id, sim::RunKey key) {
  const DockingRegion& r = docking_regions[region];
  const sim::Block words = sim::draw(key, sim::Purpose::trafficking, id, 0, 0);
  const double along = sim::uniform32(words[0]);
  const double across = 2 * sim::pow(sim::uniform32(words[1]), 2.0 / 3) - 1;
  DockingNode node;
  node.region = region;
  node.openness = sim::uniform32(words[2]);
  node.success = 2 * mean_success * sim::uniform32(words[3]);
  // A step to the right of the line leads towards the Caribbean.
  const double lat = r.lat_from + along * (r.lat_to - r.lat_from);
  const double narrow = sim::cos(lat * 0.017453292519943295);
  const double north = r.lat_to - r.lat_from, east = (r.lon_to - r.lon_from) * narrow;
  const double length = std::sqrt(north * north + east * east);
  const double step = length > 0 ? across * r.half_width_km / km_per_degree / length : 0;
  node.lat = lat - step * east;
  node.lon = r.lon_from + along * (r.lon_to - r.lon_from) + step * north / narrow;
  node.west_km = (1 + across) * r.half_width_km;
  node.east_km = (1 - across) * r.half_width_km;
  node.organisation = node.west_km < western_factor * node.east_km ? 0 : 1;
  if (r.name == "Caribbean" || r.name == "Pacific") {  // islands and boats: coast all round
    node.organisation = r.name == "Caribbean" ? 1 : 0;
    node.west_km = node.east_km = 0;
  }
  return node;
}

std::vector<DockingNode> nodes_of(sim::RunKey key) {
  std::vector<DockingNode> nodes;
  std::uint64_t id = 0;
  for (std::size_t region = 1; region < docking_regions.size(); ++region) {
    const bool has_market = region + 1 == docking_regions.size();
    for (int k = 0; k < docking_regions[region].nodes - (has_market ? 1 : 0); ++k)
      nodes.push_back(placed(static_cast<std::uint8_t>(region), ++id, key));
  }
  std::stable_sort(nodes.begin(), nodes.end(), [](const DockingNode& a, const DockingNode& b) {
    return km_between(a, market_node) > km_between(b, market_node);
  });
  DockingNode source;
  source.lat = docking_regions[0].lat_from;
  source.lon = docking_regions[0].lon_from;
  source.openness = 0.5;
  source.success = mean_success;
  nodes.insert(nodes.begin(), source);
  nodes.push_back(market_node);
  return nodes;
}

/// Downstream nodes of the same organisation and the market, nearest first.
std::vector<std::uint32_t> downstream(const std::vector<DockingNode>& nodes, std::uint32_t from) {
  std::vector<std::pair<double, std::uint32_t>> found;
  for (std::uint32_t to = from + 1; to < nodes.size(); ++to)
    if (nodes[to].organisation == nodes[from].organisation || to + 1 == nodes.size())
      found.emplace_back(km_between(nodes[from], nodes[to]), to);
  std::sort(found.begin(), found.end());
  std::vector<std::uint32_t> ids;
  for (const auto& f : found) ids.push_back(f.second);
  return ids;
}

void link(DockingNetwork& n, std::uint32_t from, std::uint32_t to) {
  n.edges.push_back({from, to, km_between(n.nodes[from], n.nodes[to]), 0, 0, 0});
}

/// Deals `left` edges to the nodes between source and market, by rounds.
void deal_onward(DockingNetwork& n, const std::vector<std::vector<std::uint32_t>>& candidates,
                 std::size_t left, bool spread) {
  std::vector<std::size_t> dealt(candidates.size(), 0);
  for (bool any = true; any && left > 0;) {
    any = false;
    for (std::size_t from = 1; from < candidates.size() && left > 0; ++from) {
      if (dealt[from] == candidates[from].size()) continue;
      ++dealt[from];
      --left;
      any = true;
    }
  }
  for (std::uint32_t from = 1; from < candidates.size(); ++from)
    for (std::size_t k = 0; k < dealt[from]; ++k) {
      const std::size_t rank =
          spread ? (2 * k + 1) * candidates[from].size() / (2 * dealt[from]) : k;
      link(n, from, candidates[from][rank]);
    }
}

void set_costs(DockingNetwork& n, const DockingParams& p) {
  std::vector<std::string> unknown;
  const auto closed = regions_named(p.closed_regions, unknown);
  if (!unknown.empty()) throw std::invalid_argument("unknown region: " + unknown.front());
  const double whole_km = km_between(n.nodes.front(), n.nodes.back());
  const auto coast_km = [&](std::uint32_t id) {
    if (id == 0) return 0.0;  // the source ships from its coasts
    return std::min(n.nodes[id].west_km, n.nodes[id].east_km);
  };
  double longest = 0, south = n.nodes.front().lat, north = n.nodes.back().lat;
  for (const DockingEdge& e : n.edges) longest = std::max(longest, e.km);
  for (DockingEdge& e : n.edges) {
    const DockingNode &a = n.nodes[e.from], &b = n.nodes[e.to];
    const bool by_boat = coast_km(e.from) <= coastal_km && coast_km(e.to) <= coastal_km;
    const double mode = by_boat ? p.cost_coast : e.km <= land_limit_km ? p.cost_land : p.cost_air;
    e.cost = mode * e.km / whole_km;
    e.capacity_kg =
        std::find(closed.begin(), closed.end(), b.region) == closed.end() ? p.route_capacity_kg : 0;
    const double middle = (a.lat + b.lat) / 2, sea = (coast_km(e.from) + coast_km(e.to)) / 2;
    const double latitude = std::clamp((north - middle) / (north - south), 0.0, 1.0);
    e.initial_p =
        (latitude + std::max(0.0, 1 - sea / coast_scale_km) + (a.openness + b.openness) / 2 +
         e.km / longest + (a.region != b.region ? 1 : 0)) /
        5;
  }
}

}  // namespace

void finish(DockingNetwork& n, double source_price, double price_per_km) {
  std::sort(n.edges.begin(), n.edges.end(), [](const DockingEdge& a, const DockingEdge& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  n.first.assign(n.nodes.size() + 1, 0);
  n.into.assign(n.nodes.size(), {});
  for (std::uint32_t e = 0; e < n.edges.size(); ++e) {
    ++n.first[n.edges[e].from + 1];
    n.into[n.edges[e].to].push_back(e);
  }
  for (std::size_t i = 1; i < n.first.size(); ++i) n.first[i] += n.first[i - 1];
  n.price.assign(n.nodes.size(), source_price);
  for (std::uint32_t id = 1; id < n.nodes.size(); ++id) {
    double sum = 0, most = 0;
    for (const std::uint32_t e : n.into[id]) {
      const double offered = n.price[n.edges[e].from] + price_per_km * n.edges[e].km;
      sum += offered;
      most = std::max(most, offered);
    }
    if (n.into[id].empty())
      n.price[id] = source_price + price_per_km * km_between(n.nodes.front(), n.nodes[id]);
    else
      n.price[id] = id == n.market() ? most : sum / static_cast<double>(n.into[id].size());
  }
}

DockingNetwork docking_network(const DockingParams& p, sim::RunKey key) {
  const bool near = p.network == "near";
  if (!near && p.network != "far")
    throw std::invalid_argument("unknown variant of the network: " + p.network);
  DockingNetwork n;
  n.nodes = nodes_of(key);
  for (std::uint32_t to = 1; to < n.market(); ++to)
    if (!near || km_between(n.nodes.front(), n.nodes[to]) <= p.primary_reach_km) link(n, 0, to);
  std::vector<std::vector<std::uint32_t>> candidates(n.market());
  for (std::uint32_t from = 1; from < n.market(); ++from) {
    candidates[from] = downstream(n.nodes, from);
    if (near)
      std::erase_if(candidates[from], [&](std::uint32_t to) {
        return to != n.market() && km_between(n.nodes[from], n.nodes[to]) < p.shortest_leg_km;
      });
  }
  deal_onward(n, candidates, docking_edges - n.edges.size(), !near);
  set_costs(n, p);
  finish(n, p.source_price, p.price_per_km);
  return n;
}

std::vector<std::uint8_t> regions_named(std::string_view list, std::vector<std::string>& unknown) {
  std::vector<std::uint8_t> found;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view word = list.substr(0, comma);
    list = comma == list.npos ? std::string_view{} : list.substr(comma + 1);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    if (word.empty()) continue;
    const auto at = std::find_if(docking_regions.begin(), docking_regions.end(),
                                 [&](const DockingRegion& r) { return r.name == word; });
    if (at == docking_regions.end())
      unknown.emplace_back(word);
    else
      found.push_back(static_cast<std::uint8_t>(at - docking_regions.begin()));
  }
  return found;
}

DockingCut docking_cut(const DockingNetwork& n) {
  std::vector<bool> reached(n.nodes.size(), false);
  reached[0] = true;
  for (const DockingEdge& e : n.edges)  // in topological order of `from`
    if (reached[e.from] && e.capacity_kg > 0) reached[e.to] = true;
  DockingCut cut;
  cut.flows = reached[n.market()];
  if (cut.flows) return cut;
  std::map<std::pair<std::uint8_t, std::uint8_t>, int> borders;
  for (const DockingEdge& e : n.edges)
    if (reached[e.from] && !reached[e.to]) {
      ++cut.edges;
      ++borders[{n.nodes[e.from].region, n.nodes[e.to].region}];
    }
  for (const auto& [pair, count] : borders)
    cut.text +=
        fmt::format("{}{} to {} ({})", cut.text.empty() ? "" : ", ",
                    docking_regions[pair.first].name, docking_regions[pair.second].name, count);
  return cut;
}

}  // namespace corridor::trafficking
