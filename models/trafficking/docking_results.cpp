// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking_results.hpp"

#include <algorithm>

#include "models/trafficking/displacement.hpp"
#include "sim/parallel.hpp"

namespace corridor::trafficking {
namespace {

constexpr int arrest_orders = 8;
constexpr std::int64_t arrest_months = 24;

struct Ran {
  double supplied = 0, delivered = 0, seized = 0;
  std::vector<double> node_kg, region_kg;  ///< that set out for there
};

/// \param before  called ahead of each month with the model and the month's number
template <class Before>
Ran ran(const DockingParams& p, const DockingNetwork& n, sim::RunKey key, std::int64_t count_from,
        const Before& before) {
  DockingModel model(p, n, key);
  Ran out;
  out.node_kg.assign(n.nodes.size(), 0);
  out.region_kg.assign(docking_regions.size(), 0);
  for (std::int64_t t = 0; t < p.months; ++t) {
    before(model, t);
    const DockingMonth month = model.step();
    if (t < count_from) continue;
    out.supplied += month.supplied;
    out.delivered += month.delivered;
    out.seized += month.seized;
    for (std::size_t e = 0; e < n.edges.size(); ++e) {
      const std::uint32_t to = n.edges[e].to;
      if (to == n.market()) continue;
      out.node_kg[to] += model.state().flow[e];
      out.region_kg[n.nodes[to].region] += model.state().flow[e];
    }
  }
  return out;
}

Ran ran(const DockingParams& p, const DockingNetwork& n, sim::RunKey key) {
  return ran(p, n, key, 0, [](DockingModel&, std::int64_t) {});
}

DockingParams without_police(DockingParams p) {
  p.capacity = 0;
  p.police_learn = false;
  p.random_share = 0;
  p.focus_region.clear();
  return p;
}

std::vector<double> lots(const DockingNetwork& n, sim::RunKey key, std::uint16_t index) {
  std::vector<double> lot;
  for (std::uint32_t node = 0; node < n.nodes.size(); ++node) {
    const sim::Block words = sim::draw(key, sim::Purpose::interdiction, node, -1, index);
    lot.push_back(sim::uniform53(sim::bits64(words[0], words[1])));
  }
  return lot;
}

}  // namespace

Balloon balloon(const DockingParams& params, const DockingNetwork& n, sim::RunKey key,
                Pressure pressure) {
  DockingParams p = without_police(params);
  const Ran free = ran(p, n, key);
  std::vector<std::uint8_t> watched(n.nodes.size(), 0);
  if (pressure == Pressure::corridor) {
    const auto busiest = removal_order(n, free.node_kg);
    for (std::size_t i = 0; i < std::min(busiest.size(), corridor_nodes); ++i)
      watched[busiest[i]] = 1;
  } else {
    const auto region =
        std::max_element(free.region_kg.begin(), free.region_kg.end()) - free.region_kg.begin();
    for (std::uint32_t node = 1; node < n.market(); ++node)
      watched[node] = n.nodes[node].region == region ? 1 : 0;
  }
  const auto watch = [&](DockingModel& model, std::int64_t t) {
    if (t == 0) model.watch(watched);
  };
  const auto elsewhere = [&](const Ran& r) {
    double kg = 0;
    for (std::size_t i = 0; i < watched.size(); ++i) kg += watched[i] != 0 ? 0 : r.node_kg[i];
    return kg;
  };
  Balloon out;
  const Ran reacting = ran(p, n, key, 0, watch);
  out.realised_kg = reacting.seized;
  out.elsewhere = (elsewhere(reacting) - elsewhere(free)) / free.supplied;
  p.traffickers_adapt = false;
  out.naive_kg = ran(p, n, key, 0, watch).seized;
  return out;
}

std::vector<double> betweenness(const DockingNetwork& n) {
  const std::size_t nodes = n.nodes.size();
  std::vector<double> through(nodes, 0), paths(nodes), share(nodes);
  std::vector<std::int64_t> depth(nodes);
  for (std::uint32_t from = 0; from < nodes; ++from) {
    std::fill(paths.begin(), paths.end(), 0);
    std::fill(share.begin(), share.end(), 0);
    std::fill(depth.begin(), depth.end(), -1);
    std::vector<std::uint32_t> queue{from};
    paths[from] = 1;
    depth[from] = 0;
    for (std::size_t q = 0; q < queue.size(); ++q)
      for (std::uint32_t e = n.first[queue[q]]; e < n.first[queue[q] + 1]; ++e) {
        const std::uint32_t to = n.edges[e].to;
        if (depth[to] < 0) {
          depth[to] = depth[queue[q]] + 1;
          queue.push_back(to);
        }
        if (depth[to] == depth[queue[q]] + 1) paths[to] += paths[queue[q]];
      }
    for (std::size_t q = queue.size(); q-- > 1;) {
      const std::uint32_t to = queue[q];
      for (const std::uint32_t e : n.into[to]) {
        const std::uint32_t at = n.edges[e].from;
        if (depth[at] >= 0 && depth[at] + 1 == depth[to])
          share[at] += paths[at] / paths[to] * (1 + share[to]);
      }
      through[to] += share[to];
    }
  }
  return through;
}

std::int64_t connected_pairs(const DockingNetwork& n, const std::vector<std::uint8_t>& removed) {
  std::int64_t pairs = 0;
  std::vector<std::uint8_t> reached(n.nodes.size());
  for (std::uint32_t from = 0; from < n.nodes.size(); ++from) {
    if (removed[from] != 0) continue;
    std::fill(reached.begin(), reached.end(), 0);
    reached[from] = 1;
    for (std::uint32_t e = n.first[from]; e < n.edges.size(); ++e) {  // in topological order
      const DockingEdge& edge = n.edges[e];
      if (reached[edge.from] == 0 || reached[edge.to] != 0 || removed[edge.to] != 0) continue;
      reached[edge.to] = 1;
      ++pairs;
    }
  }
  return pairs;
}

std::vector<std::uint32_t> removal_order(const DockingNetwork& n,
                                         const std::vector<double>& worth) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t node = 1; node < n.market(); ++node) order.push_back(node);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return worth[a] > worth[b]; });
  return order;
}

TargetingResult targeting(const DockingParams& params, const DockingNetwork& n, sim::RunKey key) {
  DockingParams watched = params;  // what police see pass at the greatest capacity
  watched.capacity = params.highest_capacity;
  const std::array<std::vector<double>, 3> worth{betweenness(n), ran(watched, n, key).node_kg,
                                                 lots(n, key, 0)};
  const std::vector<std::uint8_t> none(n.nodes.size(), 0);
  const auto pairs = static_cast<double>(connected_pairs(n, none));
  const std::int64_t when = params.months * 2 / 3;
  DockingParams frozen = without_police(params);
  frozen.traffickers_adapt = false;
  const auto delivered = [&](const DockingParams& p, const std::vector<std::uint32_t>& nodes) {
    return ran(p, n, key, when,
               [&](DockingModel& model, std::int64_t t) {
                 if (t == when) model.block(nodes);
               })
        .delivered;
  };
  const DockingParams adaptive = without_police(params);
  const double whole = delivered(adaptive, {}), whole_frozen = delivered(frozen, {});
  TargetingResult out;
  for (std::size_t t = 0; t < worth.size(); ++t) {
    std::vector<std::uint32_t> order = removal_order(n, worth[t]);
    order.resize(std::min(order.size(), most_removed));
    std::vector<std::uint8_t> removed = none;
    for (const std::uint32_t node : order) {
      removed[node] = 1;
      out.connected[t] += static_cast<double>(connected_pairs(n, removed)) / pairs /
                          static_cast<double>(order.size());
    }
    out.delivered[t] = whole > 0 ? delivered(adaptive, order) / whole : 0;
    out.delivered_frozen[t] = whole_frozen > 0 ? delivered(frozen, order) / whole_frozen : 0;
  }
  return out;
}

ArrestCurve arrests(const DockingParams& params, const DockingNetwork& n, sim::RunKey key,
                    int orders, bool adaptation, std::size_t step) {
  DockingParams p = without_police(params);
  p.months = arrest_months;
  p.supply_rate = 0;
  p.supply_initial = p.supply_ceiling;
  p.traffickers_adapt = adaptation;
  ArrestCurve f{};
  for (int o = 0; o < orders; ++o) {
    const auto order = removal_order(n, lots(n, key, static_cast<std::uint16_t>(1 + o)));
    for (std::size_t k = 1; k < f.size(); ++k) {
      std::vector<std::uint8_t> watched(n.nodes.size(), 0);
      for (std::size_t i = 0; i < std::min(k * step, order.size()); ++i) watched[order[i]] = 1;
      const Ran r = ran(p, n, key, 0, [&](DockingModel& model, std::int64_t t) {
        if (t == 0) model.watch(watched);
      });
      f[k] += r.seized / r.supplied / orders;
    }
  }
  return f;
}

DockingResults run_docking_results(const DockingParams& p, int threads) {
  const auto replicates = static_cast<std::size_t>(p.replicates);
  struct Row {
    std::array<Balloon, 2> squeezed;
    TargetingResult target;
    ArrestCurve frozen{}, adaptive{};
  };
  std::vector<Row> rows(replicates);
  sim::Workers workers(threads);
  workers.run(replicates, [&](std::size_t r, int) {
    const sim::RunKey key{static_cast<std::uint32_t>(p.seed), static_cast<std::uint32_t>(r)};
    const DockingNetwork n = docking_network(p, key);
    rows[r] = {{balloon(p, n, key, Pressure::corridor), balloon(p, n, key, Pressure::region)},
               targeting(p, n, key),
               arrests(p, n, key, arrest_orders, false),
               arrests(p, n, key, arrest_orders, true)};
  });
  const auto over = [&](const auto& value) {
    std::vector<double> values;
    for (const Row& row : rows) values.push_back(value(row));
    return interval_of(values);
  };
  DockingResults out;
  out.network = p.network;
  out.choice = p.choice;
  for (std::size_t k = 0; k < 2; ++k) {
    out.displacement[k] = over([k](const Row& r) {
      return displacement_ratio(r.squeezed[k].naive_kg, r.squeezed[k].realised_kg);
    });
    out.elsewhere[k] = over([k](const Row& r) { return r.squeezed[k].elsewhere; });
  }
  for (std::size_t t = 0; t < 3; ++t) {
    out.connected[t] = over([t](const Row& r) { return r.target.connected[t]; });
    out.delivered[t] = over([t](const Row& r) { return r.target.delivered[t]; });
    out.delivered_frozen[t] = over([t](const Row& r) { return r.target.delivered_frozen[t]; });
  }
  out.role_less_volume =
      over([](const Row& r) { return r.target.connected[0] - r.target.connected[1]; });
  out.role_less_random =
      over([](const Row& r) { return r.target.connected[0] - r.target.connected[2]; });
  out.arrest_concavity = over([](const Row& r) { return concavity(r.frozen); });
  out.arrest_share = over([](const Row& r) { return r.frozen[2]; });
  out.arrest_share_adaptive = over([](const Row& r) { return r.adaptive[2]; });
  return out;
}

}  // namespace corridor::trafficking
