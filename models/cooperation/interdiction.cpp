// SPDX-License-Identifier: Apache-2.0
#include "models/cooperation/interdiction.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <stdexcept>

#include "sim/math.hpp"

namespace corridor::cooperation {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

void check(bool fine, const char* what) {
  if (!fine) throw std::invalid_argument(what);
}

void check(const Network& n) {
  check(n.source < n.nodes && n.sink < n.nodes && n.source != n.sink,
        "network: source and sink are two of its nodes");
  for (const Arc& a : n.arcs)
    check(a.from < n.nodes && a.to < n.nodes && a.value >= 0, "network: an arc cannot be");
}

/// Values of an evader's best way when some arcs are hit: the least over all sets of at most
/// `budget` arcs in `worth`, smaller is better for who interdicts. Each smallest set is kept.
Interdicted best_of_sets(const Network& network, std::size_t budget,
                         const std::function<void(Arc&)>& hit,
                         const std::function<double(const Network&)>& worth) {
  check(network);
  const std::size_t n = network.arcs.size();
  budget = std::min(budget, n);
  Interdicted best{infinite, {}};
  std::uint64_t tried = 0;
  for (std::size_t size = 0; size <= budget; ++size) {
    ArcSet set(size);
    std::iota(set.begin(), set.end(), std::size_t{0});
    for (bool more = true; more;) {
      check(++tried <= most_sets, "network: too many sets of arcs to try");
      Network left = network;
      for (const std::size_t arc : set) hit(left.arcs[arc]);
      const double value = worth(left);
      // Sets come by size, so an equal value of a larger set is no gain.
      if (value < best.value)
        best = {value, {set}};
      else if (value == best.value && best.sets.front().size() == size)
        best.sets.push_back(set);
      // The next of this size.
      std::size_t at = size;
      while (at > 0 && set[at - 1] == n - size + at - 1) --at;
      more = at > 0;
      if (!more) break;
      ++set[at - 1];
      for (; at < size; ++at) set[at] = set[at - 1] + 1;
    }
  }
  return best;
}

/// Best label of the sink over all ways (Dijkstra): `extend` never betters a label.
double best_label(const Network& n, double start, double nothing,
                  const std::function<double(double, double)>& extend,
                  const std::function<bool(double, double)>& better) {
  std::vector<double> label(n.nodes, nothing);
  std::vector<bool> done(n.nodes, false);
  label[n.source] = start;
  for (std::size_t k = 0; k < n.nodes; ++k) {
    std::size_t next = n.nodes;
    for (std::size_t v = 0; v < n.nodes; ++v) {
      if (!done[v] && (next == n.nodes || better(label[v], label[next]))) next = v;
    }
    done[next] = true;
    for (const Arc& a : n.arcs) {
      if (a.from != next) continue;
      const double by = extend(label[next], a.value);
      if (better(by, label[a.to])) label[a.to] = by;
    }
  }
  return label[n.sink];
}

/// Arcs into the places from which more could still reach the sink.
ArcSet cut_at_sink(const Network& network, const std::vector<double>& there,
                   const std::vector<double>& back) {
  std::vector<bool> reaches(network.nodes, false);
  reaches[network.sink] = true;
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t k = 0; k < network.arcs.size(); ++k) {
      const Arc& a = network.arcs[k];
      const auto add = [&](std::size_t from, std::size_t to, double room) {
        if (reaches[from] || !reaches[to] || !(room > 0)) return;
        reaches[from] = grew = true;
      };
      add(a.from, a.to, there[k]);
      add(a.to, a.from, back[k]);
    }
  }
  ArcSet cut;
  for (std::size_t k = 0; k < network.arcs.size(); ++k) {
    const Arc& a = network.arcs[k];
    if (!reaches[a.from] && reaches[a.to] && a.value > 0) cut.push_back(k);
  }
  return cut;
}

}  // namespace

Flow max_flow(const Network& network) {
  check(network);
  // Residual capacities there and back; shortest augmenting paths (Edmonds, Karp).
  std::vector<double> there, back(network.arcs.size(), 0);
  for (const Arc& a : network.arcs) there.push_back(a.value);
  Flow flow;
  for (;;) {
    struct Step {
      std::size_t arc = 0;
      bool forward = true, seen = false;
    };
    std::vector<Step> by(network.nodes);
    by[network.source].seen = true;
    std::queue<std::size_t> open;
    open.push(network.source);
    while (!open.empty() && !by[network.sink].seen) {
      const std::size_t v = open.front();
      open.pop();
      for (std::size_t k = 0; k < network.arcs.size(); ++k) {
        const Arc& a = network.arcs[k];
        if (a.from == v && there[k] > 0 && !by[a.to].seen) {
          by[a.to] = {k, true, true};
          open.push(a.to);
        }
        if (a.to == v && back[k] > 0 && !by[a.from].seen) {
          by[a.from] = {k, false, true};
          open.push(a.from);
        }
      }
    }
    if (!by[network.sink].seen) {
      flow.cut = cut_at_sink(network, there, back);
      return flow;
    }
    double most = infinite;
    const auto each_step = [&](const auto& f) {
      for (std::size_t v = network.sink; v != network.source;) {
        const Step& s = by[v];
        f(s);
        v = s.forward ? network.arcs[s.arc].from : network.arcs[s.arc].to;
      }
    };
    each_step(
        [&](const Step& s) { most = std::min(most, s.forward ? there[s.arc] : back[s.arc]); });
    each_step([&](const Step& s) {
      there[s.arc] += s.forward ? -most : most;
      back[s.arc] += s.forward ? most : -most;
    });
    flow.value += most;
  }
}

Interdicted least_flow(const Network& network, std::size_t budget) {
  return best_of_sets(
      network, budget, [](Arc& a) { a.value = 0; },
      [](const Network& n) { return max_flow(n).value; });
}

double shortest_way(const Network& network) {
  check(network);
  return best_label(
      network, 0, infinite, [](double a, double b) { return a + b; },
      [](double a, double b) { return a < b; });
}

Interdicted longest_way(const Network& network, double added, std::size_t budget) {
  check(added >= 0, "network: what is added is not negative");
  Interdicted best = best_of_sets(
      network, budget, [&](Arc& a) { a.value += added; },
      [](const Network& n) { return -shortest_way(n); });
  best.value = -best.value;
  return best;
}

InspectionGame inspection_game(const Network& chances) {
  check(chances);
  Network inverse = chances;
  for (Arc& a : inverse.arcs) {
    check(a.value > 0 && a.value <= 1, "network: a chance to find is above 0 and at most 1");
    a.value = 1 / a.value;
  }
  const Flow flow = max_flow(inverse);
  InspectionGame game{0, std::vector<double>(chances.arcs.size(), 0)};
  if (!(flow.value > 0)) return game;  // no way to take
  game.value = 1 / flow.value;
  for (const std::size_t k : flow.cut) game.inspection[k] = inverse.arcs[k].value / flow.value;
  return game;
}

double surest_way(const Network& network) {
  check(network);
  for (const Arc& a : network.arcs) check(a.value <= 1, "network: a chance is at most 1");
  return best_label(
      network, 1, 0, [](double a, double b) { return a * b; },
      [](double a, double b) { return a > b; });
}

Interdicted least_sure(const Network& network, double factor, std::size_t budget) {
  check(factor >= 0 && factor <= 1, "network: a factor lies between 0 and 1");
  return best_of_sets(
      network, budget, [&](Arc& a) { a.value *= factor; }, surest_way);
}

Effort spread_effort(std::span<const double> weights, double rate, double effort) {
  check(!weights.empty() && rate > 0 && effort >= 0, "effort: rate above 0, effort not negative");
  std::vector<double> sorted(weights.begin(), weights.end());
  std::ranges::sort(sorted, std::greater<>());
  check(sorted.back() > 0, "effort: weights are above 0");
  // Sites that get effort are the weightiest; ln m falls to the weight of the first that gets none.
  double sum = 0, log_m = 0;
  for (std::size_t n = 0; n < sorted.size(); ++n) {
    const double own = sim::log(sorted[n] * rate);
    if (n > 0 && own <= log_m) break;
    sum += own;
    log_m = (sum - rate * effort) / static_cast<double>(n + 1);
  }
  Effort result;
  result.margin = sim::exp(log_m);
  for (const double w : weights) {
    const double x = std::max(0.0, (sim::log(w * rate) - log_m) / rate);
    result.at.push_back(x);
    result.left += w * sim::exp(-rate * x);
  }
  return result;
}

}  // namespace corridor::cooperation
