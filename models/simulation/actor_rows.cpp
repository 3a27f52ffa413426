// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actor_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

#include "sim/math.hpp"

namespace corridor::simulation {
namespace {

using trafficking::OrganisationRow;

constexpr std::array goods_measures{"bought", "delivered",  "seized", "lost",
                                    "stock",  "on the way", "sent"};
constexpr std::array edge_measures{"active edges", "active nodes", "opened", "cut"};
constexpr std::array network_measures{"active nodes", "entropy", "churn", "displacement"};
constexpr std::array cargo_measures{"rows",           "consignments", "scored",
                                    "flagged",        "inspected",    "illicit",
                                    "uncontrolled",   "by insiders",  "illicit inspected",
                                    "illicit seized", "grams",        "grams seized"};
constexpr std::array money_measures{"cash",
                                    "cash abroad",
                                    "on the way",
                                    "laundering",
                                    "bank",
                                    "assets",
                                    "frozen",
                                    "debt",
                                    "confiscated to date",
                                    "restored to date",
                                    "revenue",
                                    "costs",
                                    "laundering fees",
                                    "spending"};

/// Details of each kind of event, in the order of ActorEventKind; the last one's are counted on.
constexpr std::array<std::size_t, n_actor_event_kinds> n_details{
    travel::n_actors + 1,  // journey begun: the actor, from 1
    travel::n_journey_ends,
    fighters::n_events,
    fighters::n_qualities,
    trafficking::n_cargo_modes,
    trafficking::n_cargo_modes,
    trafficking::n_cargo_modes,
    1,  // delivery
    finance::n_event_kinds,
    finance::n_entries};

std::string detail_name(ActorEventKind kind, std::uint8_t d) {
  switch (kind) {
    case ActorEventKind::journey_begun:
      return d == 0 ? "" : std::string(travel::name(static_cast<travel::Actor>(d)));
    case ActorEventKind::journey_ended:
      return std::string(travel::name(static_cast<travel::JourneyEnd>(d)));
    case ActorEventKind::fighter:
      return std::string(fighters::name(static_cast<fighters::Event>(d)));
    case ActorEventKind::record:
      return std::string(fighters::name(static_cast<fighters::Quality>(d)));
    case ActorEventKind::consignment:
    case ActorEventKind::seizure:
    case ActorEventKind::report:
      return std::string(trafficking::name(static_cast<trafficking::CargoMode>(d)));
    case ActorEventKind::delivery:
      return "";
    case ActorEventKind::money:
      return std::string(finance::name(static_cast<finance::EventKind>(d)));
    case ActorEventKind::transfer:
      return std::string(finance::name(static_cast<finance::Entry>(d)));
  }
  return "";
}

template <std::size_t n>
std::vector<std::string> texts(const std::array<const char*, n>& names) {
  return {names.begin(), names.end()};
}

double entropy(std::span<const double> weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double h = 0;
  for (const double w : weights) {
    if (w > 0) h -= w / total * sim::log(w / total);
  }
  return h;
}

/// Sums and cases of one quantity from class to class.
struct ClassFlow {
  std::vector<std::int64_t> amount, cases;
  explicit ClassFlow(std::size_t n) : amount(n), cases(n) {}
  void add(std::size_t cell, std::int64_t grams, std::int64_t n) {
    amount[cell] += grams;
    cases[cell] += n;
  }
};

void add_fighters(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  const std::size_t n_classes = t.classes.names.size();
  a.fighters.assign(n_classes * fighters::n_counts, 0);
  a.fighters_all.assign(fighters::n_counts, 0);
  for (std::size_t c = 0; c < m.fighters.origins.size(); ++c) {
    for (std::size_t k = 0; k < fighters::n_counts; ++k) {
      const std::int64_t n = m.fighters.origins[c][k];
      a.fighters[t.classes.of_country[c] * fighters::n_counts + k] += n;
      a.fighters_all[k] += n;
    }
  }
  if (t.full_traces) return;
  std::vector<std::int64_t> column(n_classes);
  for (std::size_t k = 0; k < fighters::n_counts; ++k) {
    for (std::size_t c = 0; c < n_classes; ++c) column[c] = a.fighters[c * fighters::n_counts + k];
    hide_small_cells(column);
    for (std::size_t c = 0; c < n_classes; ++c) a.fighters[c * fighters::n_counts + k] = column[c];
    hide_small_cells(std::span(&a.fighters_all[k], 1));
  }
}

std::size_t corridor_cell(const ActorTables& t, std::size_t substance, std::size_t from,
                          std::size_t to) {
  const std::size_t n = t.classes.names.size();
  return (substance * n + t.classes.of_country[from]) * n + t.classes.of_country[to];
}

/// Totals over places are those of each substance.
void hide_by_substance(std::span<std::int64_t> amounts, std::span<const std::int64_t> cases,
                       std::size_t cells) {
  for (std::size_t first = 0; first < amounts.size(); first += cells)
    hide_where_few(amounts.subspan(first, cells), cases.subspan(first, cells));
}

void add_corridors(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  const std::size_t n_classes = t.classes.names.size();
  const std::size_t n = t.trafficking->actors.substances.size() * n_classes * n_classes;
  ClassFlow sent(n), seized(n), reported(n);
  a.reported.assign(t.trafficking->actors.substances.size(), 0);
  std::vector<std::int64_t> reported_cases(a.reported.size());
  for (const trafficking::FlowRow& f : m.goods.flows) {
    sent.add(corridor_cell(t, f.substance, f.origin, f.destination), f.sent, f.consignments);
  }
  for (const trafficking::SeizureRow& s : m.seizures) {
    const std::size_t cell = corridor_cell(t, s.substance, s.origin, s.destination);
    seized.add(cell, s.grams, 1);
    if (s.published < 0) continue;
    reported.add(cell, std::int64_t{s.grams} * s.times, 1);
    a.reported[s.substance] += std::int64_t{s.grams} * s.times;
    ++reported_cases[s.substance];
  }
  if (!t.full_traces) {
    for (ClassFlow* flow : {&sent, &seized, &reported})
      hide_by_substance(flow->amount, flow->cases, n_classes * n_classes);
    for (std::size_t s = 0; s < a.reported.size(); ++s)
      hide_where_few(std::span(&a.reported[s], 1), std::span(&reported_cases[s], 1));
  }
  a.corridor_sent = std::move(sent.amount);
  a.corridor_seized = std::move(seized.amount);
  a.corridor_reported = std::move(reported.amount);
}

void add_markets(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  const std::size_t n_classes = t.classes.names.size();
  const std::size_t n = t.trafficking->actors.substances.size() * n_classes;
  std::vector<double> price(n), demand(n);
  a.delivered.assign(n, 0);
  for (const trafficking::PriceRow& p : m.goods.prices) {
    const std::size_t cell = p.substance * n_classes + t.classes.of_country[p.country];
    price[cell] += p.usd_kg * p.demand_kg;
    demand[cell] += p.demand_kg;
    a.delivered[cell] += p.delivered;
  }
  for (std::size_t i = 0; i < n; ++i) {
    a.price.push_back(demand[i] > 0 ? price[i] / demand[i]
                                    : std::numeric_limits<double>::quiet_NaN());
  }
  if (!t.full_traces) hide_by_substance(a.delivered, m.deliveries, n_classes);
}

void add_network(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::uint32_t> now = nodes_of(m.goods);
  const std::vector<double> moved = displacements(m, t);
  for (std::size_t s = 0; s < t.trafficking->actors.substances.size(); ++s) {
    std::vector<double> weight(t.world.countries.size());
    for (const trafficking::FlowRow& f : m.goods.flows) {
      if (f.substance != s) continue;
      weight[f.origin] += static_cast<double>(f.sent);
      weight[f.destination] += static_cast<double>(f.sent);
    }
    const auto of_substance = [s](std::span<const std::uint32_t> nodes) {
      const auto key = static_cast<std::uint32_t>(s << 16);
      return std::span(std::lower_bound(nodes.begin(), nodes.end(), key),
                       std::lower_bound(nodes.begin(), nodes.end(), key + 0x10000));
    };
    const auto nodes = of_substance(now), before = of_substance(m.nodes_before);
    std::vector<std::uint32_t> both, either;
    std::set_intersection(nodes.begin(), nodes.end(), before.begin(), before.end(),
                          std::back_inserter(both));
    std::set_union(nodes.begin(), nodes.end(), before.begin(), before.end(),
                   std::back_inserter(either));
    a.network.push_back(static_cast<double>(nodes.size()));
    a.network.push_back(entropy(weight));
    a.network.push_back(before.empty() ? unknown
                                       : 1 - static_cast<double>(both.size()) /
                                                 static_cast<double>(either.size()));

    a.network.push_back(moved[s]);
  }
}

void add_organisations(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  const std::size_t n_substances = t.trafficking->actors.substances.size();
  const std::size_t n = t.trafficking->actors.organisations.size() * n_substances;
  a.goods.assign(n * goods_measures.size(), 0);
  a.edges.assign(n * edge_measures.size(), 0);
  a.risk.assign(n, std::numeric_limits<double>::quiet_NaN());
  for (const OrganisationRow& r : m.goods.organisations) {
    const std::size_t row = r.organisation * n_substances + r.substance;
    const std::array<std::int64_t, goods_measures.size()> goods{
        r.tally.bought, r.tally.delivered, r.tally.seized, r.tally.lost,
        r.stock,        r.on_the_way,      r.sent};
    const std::array<std::int64_t, edge_measures.size()> edges{r.active_edges, r.active_nodes,
                                                               r.opened, r.cut};
    std::copy(goods.begin(), goods.end(),
              a.goods.begin() + static_cast<std::ptrdiff_t>(row * goods.size()));
    std::copy(edges.begin(), edges.end(),
              a.edges.begin() + static_cast<std::ptrdiff_t>(row * edges.size()));
    a.risk[row] = r.mean_risk;
  }
}

void add_cargo(ActorArrays& a, const ActorMonth& m) {
  for (const CargoCounts& c : m.cargo) {
    const std::array<std::int64_t, cargo_measures.size()> row{
        c.rows,    c.consignments, c.scored,      c.flagged,   c.secondary.inspected(),
        c.illicit, c.uncontrolled, c.by_insiders, c.inspected, c.seized,
        c.grams,   c.grams_seized};
    a.cargo.insert(a.cargo.end(), row.begin(), row.end());
  }
  // Couriers are travellers: customs of goods do not see them.
  a.cargo.insert(a.cargo.end(), cargo_measures.size(), 0);
}

void add_money(ActorArrays& a, const ActorMonth& m, const ActorTables& t) {
  a.money.assign(t.finance.groups.size() * money_measures.size(), 0);
  for (const finance::GroupMonthRow& g : m.money) {
    const finance::Cents costs = std::accumulate(g.costs.begin(), g.costs.end(), finance::Cents{0});
    const std::array<std::int64_t, money_measures.size()> row{g.cash,
                                                              g.cash_abroad,
                                                              g.on_the_way,
                                                              g.laundering,
                                                              g.bank,
                                                              g.assets,
                                                              g.frozen,
                                                              g.debt,
                                                              g.seized_to_date,
                                                              g.restored_to_date,
                                                              g.revenue,
                                                              costs,
                                                              g.laundering_fees,
                                                              g.spending};
    std::copy(row.begin(), row.end(),
              a.money.begin() + static_cast<std::ptrdiff_t>(g.group * row.size()));
  }
}

}  // namespace

void add_actor_names(RunShape& s, const ActorTables& t, std::int64_t event_rows) {
  s.place_class = t.classes.names;
  s.place_class_lat = t.classes.lat;
  s.place_class_lon = t.classes.lon;
  if (t.fighters) {
    for (std::size_t k = 0; k < fighters::n_counts; ++k)
      s.fighter_count.emplace_back(fighters::name(static_cast<fighters::Count>(k)));
  }
  if (t.trafficking) {
    for (const trafficking::Substance& x : t.trafficking->actors.substances)
      s.substance.push_back(x.name);
    for (const trafficking::Organisation& o : t.trafficking->actors.organisations)
      s.organisation.push_back(o.name);
    for (std::size_t k = 0; k < trafficking::n_cargo_modes; ++k)
      s.cargo_mode.emplace_back(trafficking::name(static_cast<trafficking::CargoMode>(k)));
    s.goods_measure = texts(goods_measures);
    s.edge_measure = texts(edge_measures);
    s.network_measure = texts(network_measures);
    s.cargo_measure = texts(cargo_measures);
  }
  for (const finance::Group& g : t.finance.groups) s.money_group.push_back(g.name);
  s.money_measure = texts(money_measures);
  for (std::size_t k = 0; k < n_actor_event_kinds; ++k) {
    for (std::size_t d = 0; d < n_details[k]; ++d) {
      const std::string detail =
          detail_name(static_cast<ActorEventKind>(k), static_cast<std::uint8_t>(d));
      s.actor_event_kind.push_back(std::string(name(static_cast<ActorEventKind>(k))) +
                                   (detail.empty() ? "" : ": " + detail));
    }
  }
  s.between_measure.assign(between_measures.begin(), between_measures.end());
  s.actor_event_rows = t.full_traces ? event_rows : 0;
}

std::uint8_t event_code(ActorEventKind kind, std::uint8_t detail) {
  std::size_t code = detail;
  for (std::size_t k = 0; k < static_cast<std::size_t>(kind); ++k) code += n_details[k];
  return static_cast<std::uint8_t>(code);
}

std::vector<double> displacements(const ActorMonth& m, const ActorTables& t) {
  const std::size_t cells = t.classes.names.size() * t.classes.names.size();
  const std::vector<std::int64_t> corridors = corridors_of(m.goods, t);
  const auto total = [](std::span<const std::int64_t> shares) {
    return static_cast<double>(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}));
  };
  std::vector<double> moved;
  for (std::size_t s = 0; s < t.trafficking->actors.substances.size(); ++s) {
    const auto part = [&](const std::vector<std::int64_t>& all) {
      return all.empty() ? std::span<const std::int64_t>{}
                         : std::span(all).subspan(s * cells, cells);
    };
    const auto shares = part(corridors), were = part(m.corridors_before);
    double sum = std::numeric_limits<double>::quiet_NaN();
    if (total(shares) > 0 && total(were) > 0) {
      sum = 0;
      for (std::size_t k = 0; k < cells; ++k) {
        sum += std::abs(static_cast<double>(shares[k]) / total(shares) -
                        static_cast<double>(were[k]) / total(were)) /
               2;
      }
    }
    moved.push_back(sum);
  }
  return moved;
}

ActorArrays actor_arrays(const ActorMonth& m, const ActorTables& t) {
  ActorArrays a;
  if (t.fighters) add_fighters(a, m, t);
  if (t.trafficking) {
    add_corridors(a, m, t);
    add_markets(a, m, t);
    add_network(a, m, t);
    add_organisations(a, m, t);
    add_cargo(a, m);
  }
  add_money(a, m, t);
  return a;
}

}  // namespace corridor::simulation
