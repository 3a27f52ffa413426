// SPDX-License-Identifier: Apache-2.0
// The end of a month of the trafficking model: what organisations learn and how they restructure.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "models/trafficking/corridors.hpp"
#include "models/trafficking/perceived_risk.hpp"
#include "models/trafficking/price_field.hpp"
#include "models/trafficking/risk_premium.hpp"
#include "models/trafficking/trafficking.hpp"

namespace corridor::trafficking {
namespace {

constexpr std::int32_t fill_months = 4;

/// Share of a month's goods that was lost; of what others lost too when there is rumour.
double lost_share(std::int64_t seized, std::int64_t over) {
  return seized == 0 ? 0 : static_cast<double>(seized) / static_cast<double>(seized + over);
}

/// Where an edge stands, or would, among routes that are sorted by it.
std::vector<RouteRow>::iterator place_of(std::uint32_t edge, std::vector<RouteRow>& routes) {
  return std::lower_bound(routes.begin(), routes.end(), edge,
                          [](const RouteRow& r, std::uint32_t wanted) { return r.edge < wanted; });
}

RouteRow new_route(std::uint32_t edge, std::size_t organisation, std::size_t substance,
                   double risk) {
  RouteRow row;
  row.edge = edge;
  row.organisation = static_cast<std::uint16_t>(organisation);
  row.substance = static_cast<std::uint8_t>(substance);
  row.active = 1;
  row.risk = risk;
  return row;
}

}  // namespace

std::int32_t Trafficking::open_corridors(std::size_t organisation, std::size_t substance,
                                         std::vector<RouteRow>& mine,
                                         std::span<const std::uint16_t> from,
                                         std::span<const std::uint16_t> markets, std::int32_t day,
                                         std::uint16_t search) {
  if (from.empty() || markets.empty()) return 0;
  const auto& actors = tables_->actors;
  const Organisation& org = actors.organisations[organisation];
  // What it typically serves: the margin and the month's need of a market.
  double margin = 0, demand = 0, all_demand = 0;
  std::size_t served = 0;
  for (std::size_t c = 0; c < tables_->n_countries; ++c) {
    all_demand += tables_->demand[substance][c];
    if (!serves(organisation, substance, c)) continue;
    const double kg = tables_->demand[substance][c];
    demand += kg;
    margin += kg * (price(substance, c) - actors.substances[substance].source_price_usd_kg);
    ++served;
  }
  double shares = 0;
  for (const Organisation& o : actors.organisations)
    if (std::find(o.substance_rows.begin(), o.substance_rows.end(), substance) !=
        o.substance_rows.end())
      shares += o.share;
  Searcher who;
  who.organisation = static_cast<std::uint16_t>(organisation);
  who.substance = static_cast<std::uint8_t>(substance);
  who.rationality = org.rationality;
  who.margin_usd_kg = std::max(demand > 0 ? margin / demand : 0, 1.0);
  who.need_kg =
      shares > 0 && served > 0 ? all_demand * org.share / shares / static_cast<double>(served) : 0;
  who.prior_risk = tables_->prior_risk;
  CorridorSearch finder(tables_->graph, tables_->params, who, mine, key_, day, search);
  finder.run(from);
  std::int32_t opened = 0;
  std::map<std::uint32_t, RouteRow> rows;
  for (const std::uint16_t m : markets) {
    bool something_new = false;
    for (const std::uint32_t edge : finder.corridor(m)) {
      const auto at = place_of(edge, mine);
      if (at != mine.end() && at->edge == edge) {
        something_new = something_new || at->active == 0;
        at->active = 1;
        at->idle = 0;
        continue;
      }
      const RouteRow row = new_route(edge, organisation, substance, tables_->prior_risk);
      something_new = rows.emplace(edge, row).second || something_new;
    }
    if (something_new) ++opened;
  }
  const auto known = static_cast<std::ptrdiff_t>(mine.size());
  for (const auto& [edge, row] : rows) mine.push_back(row);
  std::inplace_merge(mine.begin(), mine.begin() + known, mine.end(),
                     [](const RouteRow& x, const RouteRow& y) { return x.edge < y.edge; });
  return opened;
}

void Trafficking::first_networks() {
  const auto& actors = tables_->actors;
  for (std::size_t o = 0; o < actors.organisations.size(); ++o) {
    const Organisation& org = actors.organisations[o];
    for (const std::uint8_t s : org.substance_rows) {
      const std::vector<std::uint16_t> from = sources_of(o, s);
      std::vector<std::uint16_t> markets;
      std::vector<RouteRow> mine;
      for (std::uint16_t c = 0; c < tables_->n_countries; ++c)
        if (serves(o, s, c)) markets.push_back(c);
      for (std::int64_t k = 0; k < org.corridors; ++k) {
        // From each source by itself, so that none is left without a way.
        for (std::size_t i = 0; i < from.size(); ++i) {
          open_corridors(o, s, mine, std::span(from).subspan(i, 1), markets, -1,
                         static_cast<std::uint16_t>(k * 256 + static_cast<std::int64_t>(i)));
        }
      }
      begin_with(o, s, mine);
      state_.routes.insert(state_.routes.end(), mine.begin(), mine.end());
    }
  }
}

/// Adds the edges with which rules let this organisation begin.
void Trafficking::begin_with(std::size_t organisation, std::size_t substance,
                             std::vector<RouteRow>& mine) const {
  for (const RouteRule& rule : tables_->actors.rules) {
    if (rule.organisation_row != organisation || rule.substance_row != substance) continue;
    for (std::size_t m = 0; m < n_cargo_modes; ++m) {
      const auto mode = static_cast<CargoMode>(m);
      if (rule.mode != "any" && rule.mode != name(mode)) continue;
      const std::uint32_t edge = tables_->graph.find(rule.from, rule.to, mode);
      if (edge == world::none || tables_->graph.edges()[edge].closed) continue;
      const auto at = place_of(edge, mine);
      if (at != mine.end() && at->edge == edge) continue;
      mine.insert(at, new_route(edge, organisation, substance, tables_->prior_risk));
    }
  }
}

std::vector<std::uint16_t> Trafficking::sources_of(std::size_t organisation,
                                                   std::size_t substance) const {
  const Organisation& org = tables_->actors.organisations[organisation];
  std::vector<std::uint16_t> out;
  for (const std::uint16_t c : tables_->makers[substance])
    if (org.source_countries.empty() ||
        std::find(org.source_countries.begin(), org.source_countries.end(), c) !=
            org.source_countries.end())
      out.push_back(c);
  return out;
}

std::span<const StockRow> Trafficking::stocks_of(std::size_t organisation,
                                                 std::size_t substance) const {
  const auto before = [](const StockRow& row, std::pair<std::size_t, std::size_t> wanted) {
    return std::pair<std::size_t, std::size_t>(row.organisation, row.substance) < wanted;
  };
  const auto begin = std::lower_bound(state_.stocks.begin(), state_.stocks.end(),
                                      std::pair(organisation, substance), before);
  const auto end =
      std::lower_bound(begin, state_.stocks.end(), std::pair(organisation, substance + 1), before);
  return {begin, end};
}

MonthRows Trafficking::month(std::int32_t last_day) {
  const auto& actors = tables_->actors;
  const std::size_t n_s = actors.substances.size();
  MonthRows out;
  // Flows over edges, all organisations together; and what everybody lost there, for rumour.
  std::map<std::pair<std::uint8_t, std::uint32_t>, FlowRow> flows;
  for (const RouteRow& r : state_.routes) {
    if (r.sent == 0 && r.over == 0 && r.seized == 0) continue;
    FlowRow& f = flows[{r.substance, r.edge}];
    const CargoEdge& e = tables_->graph.edges()[r.edge];
    f.month = state_.months;
    f.origin = e.origin;
    f.destination = e.destination;
    f.mode = e.mode;
    f.substance = r.substance;
    f.sent += r.sent;
    f.over += r.over;
    f.seized += r.seized;
    f.consignments += r.consignments;
  }
  std::vector<double> others;
  others.reserve(state_.routes.size());
  for (const RouteRow& r : state_.routes) {
    const auto found = flows.find({r.substance, r.edge});
    others.push_back(found == flows.end() ? 0
                                          : lost_share(found->second.seized - r.seized,
                                                       found->second.over - r.over));
  }
  for (std::size_t i = 0; i < state_.routes.size(); ++i) close_route(state_.routes[i], others[i]);
  for (const auto& [key, row] : flows) out.flows.push_back(row);

  std::vector<RouteRow> routes;
  routes.reserve(state_.routes.size());
  for (std::size_t o = 0; o < actors.organisations.size(); ++o) {
    for (const std::uint8_t s : actors.organisations[o].substance_rows) {
      OrganisationRow row;
      row.month = state_.months;
      row.organisation = static_cast<std::uint16_t>(o);
      row.substance = s;
      row.tally = state_.tallies[plan_number(o, s)];
      describe(o, s, row);
      const std::span<RouteRow> before = routes_of(o, s);
      std::vector<RouteRow> mine(before.begin(), before.end());
      if (tables_->params.adaptation) restructure(o, s, last_day, mine, row);
      routes.insert(routes.end(), mine.begin(), mine.end());
      out.organisations.push_back(row);
    }
  }
  state_.routes = std::move(routes);
  for (std::uint8_t s = 0; s < n_s; ++s) {
    for (std::uint16_t c = 0; c < tables_->n_countries; ++c) {
      if (!(tables_->demand[s][c] > 0)) continue;
      PriceRow row;
      row.month = state_.months;
      row.substance = s;
      row.country = c;
      row.usd_kg = price(s, c);
      row.demand_kg = tables_->demand[s][c];
      row.delivered = state_.markets[s * tables_->n_countries + c].delivered;
      out.prices.push_back(row);
    }
  }
  close_prices();
  for (RouteRow& r : state_.routes) {
    r.sent = r.over = r.seized = 0;
    r.consignments = 0;
  }
  std::fill(state_.tallies.begin(), state_.tallies.end(), MonthTally{});
  std::fill(state_.market_loss.begin(), state_.market_loss.end(), 0);
  std::erase_if(state_.stocks, [](const StockRow& row) { return row.grams == 0; });
  ++state_.months;
  refresh();
  check_goods(last_day);
  return out;
}

/// Memory, perceived risk, premium and cost of one edge.
void Trafficking::close_route(RouteRow& r, double others) const {
  const TraffickingParams& p = tables_->params;
  r.idle = r.sent == 0 ? r.idle + 1 : 0;
  if (!p.adaptation) return;
  double loss = p.perception == "event" ? (r.seized > 0 ? 1 : 0) : lost_share(r.seized, r.over);
  if (p.perception == "event" && others > 0) others = 1;
  loss = std::min(1.0, (1 - p.rumour) * loss + p.rumour * others);
  std::copy_backward(r.losses.begin(), r.losses.end() - 1, r.losses.end());
  r.losses[0] = loss;
  const double memory = tables_->actors.organisations[r.organisation].memory;
  r.risk = perceived_risk_of_losses(
      std::span<const double>(r.losses).first(static_cast<std::size_t>(p.window_months)), memory,
      p.risk_alpha, p.risk_beta);
  r.premium = next_premium(r.premium, r.risk, p.premium_learning, p.tolerated_risk);
  r.cost_factor = p.costs == "ratchet" ? std::min(r.cost_factor * r.premium, 1e6) : r.premium;
}

void Trafficking::describe(std::size_t organisation, std::size_t substance, OrganisationRow& row) {
  std::set<std::uint16_t> nodes;
  for (const RouteRow& r : routes_of(organisation, substance)) {
    row.sent += r.sent;
    if (r.active == 0) continue;
    const CargoEdge& e = tables_->graph.edges()[r.edge];
    nodes.insert(e.origin);
    nodes.insert(e.destination);
    row.mean_risk += r.risk;
    row.mean_premium += r.premium;
    ++row.active_edges;
  }
  row.mean_premium -= 1;
  row.active_nodes = static_cast<std::int32_t>(nodes.size());
  if (row.active_edges > 0) {
    row.mean_risk /= row.active_edges;
    row.mean_premium /= row.active_edges;
  }
  for (const StockRow& x : stocks_of(organisation, substance)) row.stock += x.grams;
  const std::uint64_t first = consignment_number(static_cast<std::uint16_t>(organisation),
                                                 static_cast<std::uint8_t>(substance), 0);
  auto x =
      std::lower_bound(state_.transit.begin(), state_.transit.end(), first,
                       [](const TransitRow& t, std::uint64_t wanted) { return t.number < wanted; });
  for (; x != state_.transit.end() && x->organisation == organisation && x->substance == substance;
       ++x)
    row.on_the_way += x->grams;
}

/// Edges that lead to a country from which nothing leads on and that is no market there are given
/// up with it, again and again; the first legs stay.
void Trafficking::give_up_dead_ends(std::size_t organisation, std::size_t substance,
                                    std::span<RouteRow> routes) const {
  for (bool again = true; again;) {
    again = false;
    std::vector<std::uint8_t> leads(tables_->n_countries, 0);
    for (const RouteRow& r : routes)
      if (r.active != 0) leads[tables_->graph.edges()[r.edge].origin] = 1;
    for (RouteRow& r : routes) {
      const std::uint16_t to = tables_->graph.edges()[r.edge].destination;
      if (r.active == 0 || leads[to] != 0 || serves(organisation, substance, to)) continue;
      r.active = 0;
      again = true;
    }
  }
}

void Trafficking::restructure(std::size_t organisation, std::size_t substance, std::int32_t day,
                              std::vector<RouteRow>& mine, OrganisationRow& row) {
  const TraffickingParams& p = tables_->params;
  const Organisation& org = tables_->actors.organisations[organisation];
  const std::size_t n = tables_->n_countries;
  const MonthTally& tally = row.tally;
  const auto loss = static_cast<double>(tally.value_seized);
  const double tolerance =
      org.loss_tolerance * static_cast<double>(tally.value_seized + tally.value_over);
  const std::vector<std::uint16_t> from = sources_of(organisation, substance);

  // Edges that saw no goods for long.
  for (RouteRow& r : mine) {
    if (r.active == 0 || r.idle < p.idle_months) continue;
    r.active = 0;
    ++row.cut;
  }
  // What is wanted most: markets by what was lost on the way to them.
  std::vector<std::pair<std::int64_t, std::uint16_t>> wanted;
  if (loss < tolerance) {
    std::vector<RouteRow*> active;
    for (RouteRow& r : mine)
      if (r.active != 0) active.push_back(&r);
    const auto cut = std::min<std::int64_t>(
        p.most_cut_edges,
        std::llround(static_cast<double>(active.size()) * loss / (loss + tolerance)));
    std::sort(active.begin(), active.end(), [](const RouteRow* x, const RouteRow* y) {
      return std::tuple(-x->risk, x->edge) < std::tuple(-y->risk, y->edge);
    });
    // The least dangerous first leg is kept.
    const auto first_leg = [&](const RouteRow* r) {
      return std::find(from.begin(), from.end(), tables_->graph.edges()[r->edge].origin) !=
             from.end();
    };
    const auto kept = std::find_if(active.rbegin(), active.rend(), first_leg);
    const RouteRow* const keep = kept == active.rend() ? nullptr : *kept;
    std::int64_t done = 0;
    for (RouteRow* r : active) {
      if (done >= cut) break;
      if (r == keep) continue;
      r->active = 0;
      ++row.cut;
      ++done;
    }
  } else if (tolerance > 0) {
    const std::int64_t* lost = &state_.market_loss[plan_number(organisation, substance) * n];
    for (std::uint16_t m = 0; m < n; ++m)
      if (lost[m] > 0) wanted.emplace_back(lost[m], m);
    std::sort(wanted.begin(), wanted.end(), [](const auto& x, const auto& y) {
      return std::tuple(-x.first, x.second) < std::tuple(-y.first, y.second);
    });
    const auto most =
        std::min<std::size_t>({wanted.size(), static_cast<std::size_t>(p.most_new_corridors),
                               static_cast<std::size_t>(std::ceil(loss / tolerance))});
    wanted.resize(most);
  }
  give_up_dead_ends(organisation, substance, mine);
  std::vector<std::uint16_t> markets;
  for (const auto& [grams, m] : wanted) markets.push_back(m);
  // Stock that stays for want of capacity: more than a month's purchases of that market.
  const auto more = stuck_markets(organisation, substance, tally);
  markets.insert(markets.end(), more.begin(), more.end());
  row.opened += open_corridors(organisation, substance, mine, from, markets, day, 0);
  // Stock in countries from which nothing leads to its market any more.
  std::vector<std::uint16_t> stranded, their;
  refresh_plan(organisation, substance, mine);
  const RouteValues& values = values_[plan_number(organisation, substance)];
  for (const StockRow& x : stocks_of(organisation, substance)) {
    if (x.grams == 0) continue;
    if (values.worth(x.country, x.market) != worthless) continue;
    stranded.assign(1, x.country);
    their.assign(1, x.market);
    row.opened += open_corridors(organisation, substance, mine, stranded, their, day, 1);
    break;  // one a month: the rest waits
  }
}

std::vector<std::uint16_t> Trafficking::stuck_markets(std::size_t organisation,
                                                      std::size_t substance,
                                                      const MonthTally& tally) const {
  std::map<std::uint16_t, std::int64_t> stock;
  for (const StockRow& x : stocks_of(organisation, substance)) stock[x.market] += x.grams;
  double demand = 0;
  for (std::size_t c = 0; c < tables_->n_countries; ++c)
    if (serves(organisation, substance, c)) demand += tables_->demand[substance][c];
  std::vector<std::pair<std::int64_t, std::uint16_t>> found;
  for (const auto& [m, grams] : stock) {
    const double month =
        static_cast<double>(tally.bought) * tables_->demand[substance][m] / std::max(demand, 1e-9);
    if (static_cast<double>(grams) > month && grams > 50'000) found.emplace_back(grams, m);
  }
  std::sort(found.begin(), found.end(), [](const auto& x, const auto& y) {
    return std::tuple(-x.first, x.second) < std::tuple(-y.first, y.second);
  });
  std::vector<std::uint16_t> out;
  for (const auto& [grams, m] : found) {
    if (static_cast<std::int64_t>(out.size()) >= tables_->params.most_new_corridors) break;
    out.push_back(m);
  }
  return out;
}

void Trafficking::close_prices() {
  const TraffickingParams& p = tables_->params;
  for (std::size_t s = 0; s < tables_->actors.substances.size(); ++s) {
    for (std::size_t c = 0; c < tables_->n_countries; ++c) {
      MarketState& m = state_.markets[s * tables_->n_countries + c];
      const double kg = static_cast<double>(m.delivered) / 1000;
      m.delivered = 0;
      if (!p.price_response || !(tables_->demand[s][c] > 0)) continue;
      // The first months fill the ways; they say nothing of scarcity.
      if (m.delivered_kg < 0 && (state_.months < fill_months || kg == 0)) continue;
      m.delivered_kg = m.delivered_kg < 0
                           ? kg
                           : (1 - p.price_smoothing) * m.delivered_kg + p.price_smoothing * kg;
      const double elasticity = tables_->actors.markets[tables_->actors.market_of[s][c]].elasticity;
      const double target = relative_price(m.delivered_kg, tables_->demand[s][c], elasticity);
      m.price = (1 - p.price_smoothing) * m.price + p.price_smoothing * target;
    }
  }
}

}  // namespace corridor::trafficking
