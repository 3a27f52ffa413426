// SPDX-License-Identifier: Apache-2.0
#include "models/trafficking/docking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "models/trafficking/logistic_supply.hpp"
#include "models/trafficking/logit.hpp"
#include "models/trafficking/perceived_risk.hpp"
#include "models/trafficking/risk_premium.hpp"
#include "models/trafficking/salience.hpp"
#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

constexpr std::uint32_t window_bits = (1U << risk_window_months) - 1;

double risk_of(std::uint16_t history, double weight) {
  std::array<std::uint8_t, risk_window_months> events{};
  for (std::size_t k = 0; k < events.size(); ++k) events[k] = (history >> k) & 1U;
  return perceived_risk(events, weight);
}

CapacityLearning rule_of(const DockingParams& p) {
  CapacityLearning rule;
  rule.rule = !p.police_learn || p.capacity_rule == "fixed" ? CapacityRule::fixed
              : p.capacity_rule == "compensating"           ? CapacityRule::compensating
                                                            : CapacityRule::reinforcing;
  rule.learning = p.interdiction_learning;
  rule.target = p.target_share;
  rule.high = static_cast<std::int64_t>(p.capacity);
  rule.low = static_cast<std::int64_t>(std::ceil(static_cast<double>(rule.high) / 6));
  return rule;
}

}  // namespace

DockingModel::DockingModel(const DockingParams& params, DockingNetwork network, sim::RunKey key)
    : p_(params), n_(std::move(network)), key_(key), capacity_rule_(rule_of(params)) {
  std::vector<std::string> unknown;
  const auto focus = regions_named(p_.focus_region, unknown);
  if (!unknown.empty()) throw std::invalid_argument("unknown region: " + unknown.front());
  const std::size_t nodes = n_.nodes.size(), edges = n_.edges.size();
  for (const DockingNode& node : n_.nodes)
    watched_.push_back(std::find(focus.begin(), focus.end(), node.region) != focus.end() ? 1 : 0);
  s_.capacity = capacity_rule_.high;
  for (auto* column : {&s_.stock, &s_.in_transit, &s_.capital, &s_.bribes})
    column->assign(nodes, 0);
  for (auto* column : {&s_.flow, &s_.seized}) column->assign(edges, 0);
  for (auto* column : {&s_.active, &s_.looked_at}) column->assign(edges, 0);
  s_.in_use.assign(nodes, 0);
  s_.history.assign(edges, 0);
  s_.premium.assign(edges, 1);
  s_.risk.assign(edges, risk_of(0, p_.risk_weight));
  for (const DockingEdge& e : n_.edges) {
    s_.cost.push_back(e.cost);
    s_.p.push_back(e.initial_p);
  }
  for (std::size_t o = 0; o < docking_organisations; ++o) expand(o, p_.initial_nodes);
}

bool DockingModel::belongs(std::uint32_t edge, std::size_t organisation) const {
  const DockingEdge& e = n_.edges[edge];
  const std::uint8_t owner = n_.nodes[e.to == n_.market() ? e.from : e.to].organisation;
  return owner == organisation;
}

double DockingModel::gain(std::uint32_t edge) const {
  const DockingEdge& e = n_.edges[edge];
  return s_.price_factor * (n_.price[e.to] - n_.price[e.from]);
}

double DockingModel::held_kg() const {
  double kg = 0;
  for (const double x : s_.source_stock) kg += x;
  for (std::size_t i = 0; i < s_.stock.size(); ++i) kg += s_.stock[i] + s_.in_transit[i];
  return kg;
}

void DockingModel::block(const std::vector<std::uint32_t>& nodes) {
  for (const std::uint32_t node : nodes) {
    s_.in_use[node] = 0;
    const auto drop = [&](std::uint32_t e) {
      s_.active[e] = 0;
      n_.edges[e].capacity_kg = 0;
    };
    for (const std::uint32_t e : n_.into[node]) drop(e);
    for (std::uint32_t e = n_.first[node]; e < n_.first[node + 1]; ++e) drop(e);
  }
}

DockingMonth DockingModel::step() {
  DockingMonth month;
  month.capacity = s_.capacity;
  supply(month);
  choose_edges();
  std::fill(s_.flow.begin(), s_.flow.end(), 0);
  std::fill(s_.seized.begin(), s_.seized.end(), 0);
  move_stock(month);
  std::array<Losses, docking_organisations> weighed;
  for (std::size_t o = 0; o < docking_organisations; ++o) weighed[o] = losses(o);
  if (p_.traffickers_adapt) remember();
  if (p_.police_learn) learn(month);
  if (p_.traffickers_adapt)
    for (std::size_t o = 0; o < docking_organisations; ++o) restructure(o, weighed[o]);
  if (p_.price_response > 0 && month.supplied > 0) {
    // Never below a tenth: a month without any delivery does not make prices infinite.
    const double share = std::clamp(month.delivered / month.supplied, 0.1, 1.0);
    s_.price_factor = sim::pow(share, -p_.price_response);
  }
  ++s_.month;
  return month;
}

void DockingModel::supply(DockingMonth& month) {
  const std::int64_t whole_years = s_.month / 12;
  const auto year = static_cast<double>(whole_years);
  month.supplied =
      logistic_supply(year, {p_.supply_initial, p_.supply_ceiling, p_.supply_rate}) / 12;
  s_.source_stock[0] += p_.pacific_share * month.supplied;
  s_.source_stock[1] += month.supplied - p_.pacific_share * month.supplied;
  for (std::size_t i = 0; i < s_.stock.size(); ++i) {
    s_.stock[i] += s_.in_transit[i];
    s_.in_transit[i] = 0;
  }
}

void DockingModel::move_stock(DockingMonth& month) {
  for (std::size_t o = 0; o < docking_organisations; ++o)
    s_.source_stock[o] -= send(0, o, s_.source_stock[o], month);
  for (std::uint32_t node = 1; node < n_.market(); ++node)
    s_.stock[node] -= send(node, n_.nodes[node].organisation, s_.stock[node], month);
  month.delivered = s_.stock[n_.market()];
  if (p_.transit_month) month.delivered = s_.in_transit[n_.market()];
  s_.stock[n_.market()] = s_.in_transit[n_.market()] = 0;
}

/// \returns how much left.
double DockingModel::send(std::uint32_t from, std::size_t organisation, double kg,
                          DockingMonth& month) {
  if (!(kg >= least_load_kg)) return 0;
  std::vector<std::uint32_t> edges;
  for (std::uint32_t e = n_.first[from]; e < n_.first[from + 1]; ++e)
    if (s_.active[e] != 0 && n_.edges[e].capacity_kg > 0 && belongs(e, organisation))
      edges.push_back(e);
  const std::vector<double> share = shares(edges, kg);
  const auto price = [&](std::uint32_t node) {
    return p_.source_price + s_.price_factor * (n_.price[node] - p_.source_price);
  };
  double left = 0, margin = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::uint32_t e = edges[i], to = n_.edges[e].to;
    const double flow = std::min(share[i] * kg, n_.edges[e].capacity_kg);
    if (!(flow >= least_load_kg)) continue;
    left += flow;
    s_.flow[e] = flow;
    margin -= flow * (price(from) + s_.cost[e]);
    if (s_.looked_at[e] != 0 && succeeds(e)) {
      s_.seized[e] = flow;
      month.seized += flow;
      month.seized_value += flow * price(to);
      ++month.seizures;
    } else {
      margin += flow * price(to);
      (p_.transit_month ? s_.in_transit : s_.stock)[to] += flow;
    }
  }
  const double bribes = p_.bribe_share * std::max(margin, 0.0);
  s_.bribes[from] += bribes;
  s_.capital[from] += margin - bribes;
  return std::min(left, kg);  // shares may sum to a rounding more than 1
}

std::vector<double> DockingModel::shares(const std::vector<std::uint32_t>& edges, double kg) const {
  std::vector<double> share(edges.size(), 0);
  if (edges.empty()) return share;
  std::vector<RouteOffer> offers;
  for (const std::uint32_t e : edges)
    offers.push_back({gain(e), s_.cost[e],
                      std::min(kg / static_cast<double>(edges.size()), n_.edges[e].capacity_kg),
                      s_.risk[e]});
  if (p_.choice == "logit") {
    std::vector<std::size_t> open;
    std::vector<double> utility;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const double per_kg = (1 - offers[i].risk) * offers[i].gain - offers[i].cost;
      if (p_.hold_stock && !(per_kg > 0)) continue;
      open.push_back(i);
      utility.push_back(per_kg / 1000);
    }
    const std::vector<double> chosen = logit_shares(utility, p_.rationality);
    for (std::size_t k = 0; k < open.size(); ++k) share[open[k]] = chosen[k];
    return share;
  }
  const std::vector<double> value =
      p_.choice == "salience" ? salience_values(offers, p_.local_thinker) : expected_values(offers);
  std::vector<std::size_t> rank(edges.size());
  std::iota(rank.begin(), rank.end(), std::size_t{0});
  std::stable_sort(rank.begin(), rank.end(),
                   [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
  const bool worth = value[rank.front()] > 0;
  if (!worth && p_.hold_stock) return share;
  double carried = 0, sum = 0;
  for (const std::size_t i : rank) {
    if (carried >= kg || (worth && !(value[i] > 0))) break;
    carried += n_.edges[edges[i]].capacity_kg;
    share[i] = worth ? value[i] : 1 - offers[i].risk;
    sum += share[i];
  }
  for (double& x : share) x /= sum;
  return share;
}

/// Perceived risk, premium and cost of the edges that were used; time passes on all.
void DockingModel::remember() {
  for (std::size_t e = 0; e < n_.edges.size(); ++e) {
    const std::uint32_t event = s_.seized[e] > 0 ? 1 : 0;
    const std::uint32_t shifted = std::uint32_t{s_.history[e]} << 1U;
    s_.history[e] = static_cast<std::uint16_t>((shifted | event) & window_bits);
    if (!(s_.flow[e] > 0)) continue;
    s_.risk[e] = risk_of(s_.history[e], p_.risk_weight);
    s_.premium[e] = next_premium(s_.premium[e], s_.risk[e], p_.premium_learning, p_.tolerated_risk);
    const double before = p_.costs_recover ? n_.edges[e].cost : s_.cost[e];
    s_.cost[e] = std::min(before * s_.premium[e], dearest_cost);
  }
}

}  // namespace corridor::trafficking
