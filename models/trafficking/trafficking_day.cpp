// SPDX-License-Identifier: Apache-2.0
// A day of the trafficking model: making, arriving, buying, sending.
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "models/trafficking/trafficking.hpp"
#include "sim/math.hpp"

namespace corridor::trafficking {
namespace {

using finance::Item;

constexpr std::int64_t least_grams = 100;           // nobody sends less
constexpr std::uint16_t most_consignments = 60000;  // of one stock and day

std::int64_t cents(double usd_kg, std::int64_t grams) {
  return std::llround(usd_kg * static_cast<double>(grams) / 10);
}

void post(DayPlan& plan, std::size_t organisation, Item item, std::int64_t amount, std::int32_t day,
          std::uint16_t country) {
  if (amount <= 0) return;
  finance::Posting p;
  p.cents = amount;
  p.group = static_cast<std::uint32_t>(organisation);
  p.day = day;
  p.item = item;
  p.country = country;
  plan.postings.push_back(p);
}

/// One posting for each group, item and country of a day.
void gather(std::vector<finance::Posting>& postings) {
  const auto key = [](const finance::Posting& p) { return std::tuple(p.group, p.item, p.country); };
  std::sort(postings.begin(), postings.end(),
            [&](const auto& x, const auto& y) { return key(x) < key(y); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (kept > 0 && key(postings[kept - 1]) == key(postings[i])) {
      postings[kept - 1].cents += postings[i].cents;
    } else {
      postings[kept++] = postings[i];
    }
  }
  postings.resize(kept);
}

/// Splits grams by weights: whole grams, what rounding leaves to the heaviest.
std::vector<std::int64_t> split(std::int64_t grams, std::span<const double> weights) {
  double sum = 0;
  std::size_t heaviest = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    if (weights[i] > weights[heaviest]) heaviest = i;
  }
  std::vector<std::int64_t> out(weights.size(), 0);
  if (!(sum > 0)) return out;
  std::int64_t left = grams;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    out[i] = static_cast<std::int64_t>(static_cast<double>(grams) * (weights[i] / sum));
    left -= out[i];
  }
  out[heaviest] += left;
  return out;
}

}  // namespace

DayPlan Trafficking::decide(std::int32_t day) {
  DayPlan plan;
  open_day(day);
  make(day);
  arrive(day, plan);
  const std::int64_t turn = tables_->params.decision_days;
  std::vector<std::size_t> whose;
  for (std::size_t o = 0; o < tables_->actors.organisations.size(); ++o) {
    const std::int64_t phase = (day + static_cast<std::int64_t>(o)) % turn;
    if ((phase + turn) % turn == 0) whose.push_back(o);
  }
  std::vector<StockRow> bought;
  for (const std::size_t o : whose) buy(o, day, bought, plan);
  std::erase_if(state_.offers, [](const OfferRow& row) { return row.grams == 0; });
  add_stock(bought);
  const auto before = static_cast<std::ptrdiff_t>(state_.transit.size());
  for (const std::size_t o : whose) send(o, day, plan);
  const auto less = [](const TransitRow& x, const TransitRow& y) { return x.number < y.number; };
  std::sort(state_.transit.begin() + before, state_.transit.end(), less);
  std::inplace_merge(state_.transit.begin(), state_.transit.begin() + before, state_.transit.end(),
                     less);
  gather(plan.postings);
  check_goods(day);
  return plan;
}

void Trafficking::make(std::int32_t day) {
  const auto& actors = tables_->actors;
  const sim::Date date = calendar_.date(day);
  const std::int64_t of_year = sim::day_number(date) - sim::day_number({date.year, 1, 1});
  const auto days = static_cast<double>(sim::day_number({date.year + 1, 1, 1}) -
                                        sim::day_number({date.year, 1, 1}));
  std::vector<OfferRow> made;
  for (std::size_t s = 0; s < actors.substances.size(); ++s) {
    if (!actors.is_made(s, day)) continue;
    for (const std::uint16_t c : tables_->makers[s]) {
      const double year = supply_grams_year(actors, tables_->params, s, c, date.year);
      const auto upto = [&](std::int64_t d) {
        return static_cast<std::int64_t>(year * (static_cast<double>(d) / days));
      };
      const std::int64_t grams = upto(of_year + 1) - upto(of_year);
      if (grams <= 0) continue;
      std::vector<double> shares(actors.organisations.size(), 0);
      for (std::size_t o = 0; o < shares.size(); ++o) {
        const Organisation& org = actors.organisations[o];
        const bool deals = std::find(org.substance_rows.begin(), org.substance_rows.end(), s) !=
                           org.substance_rows.end();
        const bool here = org.source_countries.empty() ||
                          std::find(org.source_countries.begin(), org.source_countries.end(), c) !=
                              org.source_countries.end();
        if (deals && here) shares[o] = org.share;
      }
      const std::vector<std::int64_t> offered = split(grams, shares);
      for (std::size_t o = 0; o < shares.size(); ++o) {
        if (offered[o] == 0) continue;
        state_.goods[s].produced += offered[o];
        OfferRow row;
        row.organisation = static_cast<std::uint16_t>(o);
        row.country = c;
        row.substance = static_cast<std::uint8_t>(s);
        row.grams = offered[o];
        made.push_back(row);
      }
    }
  }
  // Joined with what is still on offer.
  const auto key = [](const OfferRow& r) {
    return std::tuple(r.organisation, r.substance, r.country);
  };
  std::vector<OfferRow>& offers = state_.offers;
  offers.insert(offers.end(), made.begin(), made.end());
  std::stable_sort(offers.begin(), offers.end(),
                   [&](const OfferRow& x, const OfferRow& y) { return key(x) < key(y); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (kept > 0 && key(offers[kept - 1]) == key(offers[i])) {
      offers[kept - 1].grams += offers[i].grams;
    } else {
      offers[kept++] = offers[i];
    }
  }
  offers.resize(kept);
}

void Trafficking::arrive(std::int32_t day, DayPlan& plan) {
  bool any = false;
  std::vector<StockRow> came;
  for (TransitRow& row : state_.transit) {
    if (row.over == 0 || row.due > day) continue;
    const CargoEdge& edge = tables_->graph.edges()[row.edge];
    if (edge.mode == CargoMode::air_courier) {
      post(plan, row.organisation, Item::wages,
           static_cast<std::int64_t>(tables_->params.courier_wage * 100), day, edge.destination);
    }
    if (edge.destination == row.market) {
      deliver(row.organisation, row.substance, row.market, row.grams, day, plan);
    } else {
      came.push_back(
          stock_row(row.organisation, row.substance, edge.destination, row.market, row.grams));
    }
    row.grams = 0;
    any = true;
  }
  if (any) std::erase_if(state_.transit, [](const TransitRow& row) { return row.grams == 0; });
  add_stock(came);
}

void Trafficking::deliver(std::size_t organisation, std::size_t substance, std::uint16_t market,
                          std::int64_t grams, std::int32_t day, DayPlan& plan) {
  state_.goods[substance].delivered += grams;
  state_.tallies[plan_number(organisation, substance)].delivered += grams;
  state_.markets[substance * tables_->n_countries + market].delivered += grams;
  const double usd = price(substance, market);
  const double margin = usd - tables_->actors.substances[substance].source_price_usd_kg;
  post(plan, organisation, Item::sale, cents(usd, grams), day, market);
  post(plan, organisation, Item::bribe,
       cents(std::max(margin, 0.0) * tables_->params.bribe_share, grams), day, market);
  DeliveryRow row;
  row.grams = grams;
  row.day = day;
  row.organisation = static_cast<std::uint16_t>(organisation);
  row.country = market;
  row.substance = static_cast<std::uint8_t>(substance);
  plan.deliveries.push_back(row);
}

/// How often an organisation has had its turn in the month, today's turn among them.
double Trafficking::turns_of_month(std::int32_t day) const {
  const std::int64_t before = calendar_.date(day).day - 1;
  const std::int64_t turns = before / tables_->params.decision_days + 1;
  return static_cast<double>(turns);
}

/// Grams that replace what was seized this month, less what was bought in it.
double Trafficking::to_replace(std::size_t organisation) const {
  double grams = 0;
  for (const std::uint8_t s : tables_->actors.organisations[organisation].substance_rows) {
    const MonthTally& tally = state_.tallies[plan_number(organisation, s)];
    grams += tables_->params.replacement * static_cast<double>(tally.seized) -
             static_cast<double>(tally.bought);
  }
  return grams;
}

void Trafficking::buy(std::size_t organisation, std::int32_t day, std::vector<StockRow>& bought,
                      DayPlan& plan) {
  const Organisation& org = tables_->actors.organisations[organisation];
  const double limit_kg = org.capacity_kg * static_cast<double>(tables_->params.decision_days) / 30;
  double left = org.capacity_kg > 0 ? limit_kg * 1000 * state_.capability[organisation]
                                    : std::numeric_limits<double>::infinity();
  if (org.capacity_kg > 0 && tables_->params.adaptation && tables_->params.replacement > 0) {
    left = std::max(left, left * turns_of_month(day) + to_replace(organisation));
  }
  const auto before = [](const OfferRow& row, std::size_t o) { return row.organisation < o; };
  auto offer = std::lower_bound(state_.offers.begin(), state_.offers.end(), organisation, before);
  for (; offer != state_.offers.end() && offer->organisation == organisation; ++offer) {
    double wanted = static_cast<double>(offer->grams);
    if (!(org.capacity_kg > 0)) wanted *= state_.capability[organisation];
    const auto grams = static_cast<std::int64_t>(std::min(wanted, left));
    if (grams <= 0 || !allot(*offer, grams, day, bought, plan)) continue;
    offer->grams -= grams;
    left -= static_cast<double>(grams);
  }
}

/// Splits what is bought over markets. \returns whether it is bought at all
bool Trafficking::allot(const OfferRow& offer, std::int64_t grams, std::int32_t day,
                        std::vector<StockRow>& bought, DayPlan& plan) {
  const std::size_t organisation = offer.organisation, substance = offer.substance;
  const std::uint16_t country = offer.country;
  RouteValues& values = values_[plan_number(organisation, substance)];
  const std::span<const RouteRow> routes = routes_of(organisation, substance);
  std::vector<std::uint16_t> markets;
  std::vector<double> weights;
  for (std::uint16_t m = 0; m < tables_->n_countries; ++m) {
    if (!serves(organisation, substance, m)) continue;
    // Nobody buys what no way on is worth.
    if (m != country && values.ways(routes, country, m).empty()) continue;
    const MarketState& market = state_.markets[substance * tables_->n_countries + m];
    markets.push_back(m);
    weights.push_back(tables_->demand[substance][m] *
                      sim::pow(market.price, tables_->params.market_shift));
  }
  if (markets.empty()) return false;  // nothing leads anywhere
  const std::vector<std::int64_t> parts = split(grams, weights);
  post(plan, organisation, Item::purchase,
       cents(tables_->actors.substances[substance].source_price_usd_kg, grams), day, country);
  state_.tallies[plan_number(organisation, substance)].bought += grams;
  for (std::size_t i = 0; i < markets.size(); ++i) {
    if (parts[i] == 0) continue;
    if (markets[i] == country) {  // used where it is made
      deliver(organisation, substance, markets[i], parts[i], day, plan);
    } else {
      bought.push_back(
          stock_row(offer.organisation, offer.substance, country, markets[i], parts[i]));
    }
  }
  return true;
}

void Trafficking::send(std::size_t organisation, std::int32_t day, DayPlan& plan) {
  const auto before = [](const StockRow& row, std::size_t o) { return row.organisation < o; };
  auto row = std::lower_bound(state_.stocks.begin(), state_.stocks.end(), organisation, before);
  for (; row != state_.stocks.end() && row->organisation == organisation; ++row) {
    if (row->grams >= least_grams) send_row(*row, day, plan);
  }
}

void Trafficking::send_row(StockRow& row, std::int32_t day, DayPlan& plan) {
  const std::span<RouteRow> routes = routes_of(row.organisation, row.substance);
  std::vector<WayOn> ways =
      values_[plan_number(row.organisation, row.substance)].ways(routes, row.country, row.market);
  if (ways.empty()) return;
  const std::uint64_t id = (std::uint64_t{row.organisation} << 48) |
                           (std::uint64_t{row.substance} << 40) |
                           (std::uint64_t{row.country} << 16) | row.market;
  for (std::uint16_t k = 0; k < most_consignments && row.grams >= least_grams; ++k) {
    double sum = 0;
    for (WayOn& way : ways) {
      const RouteRow& r = routes[way.route];
      const double capacity = tables_->graph.edges()[r.edge].capacity_kg * 1000;
      if (capacity - static_cast<double>(r.sent) < least_grams) way.weight = 0;
      sum += way.weight;
    }
    if (!(sum > 0)) return;
    const sim::Block block = sim::draw(key_, sim::Purpose::trafficking, id, day, k);
    double at = sim::uniform32(block[0]) * sum;
    std::size_t chosen = ways.size();
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (!(ways[i].weight > 0)) continue;
      chosen = i;
      if (at < ways[i].weight) break;
      at -= ways[i].weight;
    }
    RouteRow& route = routes[ways[chosen].route];
    const CargoEdge& edge = tables_->graph.edges()[route.edge];
    const std::int64_t drawn = tables_->sizes[static_cast<std::size_t>(edge.mode)]
                                             [block[1] >> (32 - TraffickingTables::size_bits)];
    const auto room = static_cast<std::int64_t>(edge.capacity_kg * 1000) - route.sent;
    std::int64_t grams = std::max(std::min(drawn, room), least_grams);
    if (grams > row.grams) {
      if (static_cast<double>(row.grams) <
          tables_->params.smallest_share * static_cast<double>(grams))
        return;  // waits for more
      grams = row.grams;
    }
    const std::uint64_t number =
        consignment_number(row.organisation, row.substance,
                           state_.sent[plan_number(row.organisation, row.substance)]++);
    row.grams -= grams;
    route.sent += grams;
    ++route.consignments;
    Consignment c;
    c.id = consignment_id(number);
    c.day = day;
    c.grams = static_cast<std::int32_t>(grams);
    c.origin = edge.origin;
    c.destination = edge.destination;
    c.organisation = row.organisation;
    c.final_market = row.market;
    c.substance = row.substance;
    c.mode = edge.mode;
    plan.consignments.push_back(c);
    TransitRow transit;
    transit.number = number;
    transit.edge = route.edge;
    transit.grams = c.grams;
    transit.day = day;
    transit.due = day + edge.days;
    transit.organisation = row.organisation;
    transit.market = row.market;
    transit.substance = row.substance;
    state_.transit.push_back(transit);
    post(plan, row.organisation, Item::transport,
         cents(edge.cost_usd_kg * route.cost_factor, grams), day, edge.origin);
    if (edge.mode != CargoMode::air_courier) continue;
    post(plan, row.organisation, Item::ticket,
         static_cast<std::int64_t>(tables_->params.ticket * 100), day, edge.origin);
    travel::PlannedJourney journey;
    journey.person = number;
    journey.actor = travel::Actor::drug_courier;
    journey.day = day;
    journey.origin = edge.origin;
    journey.destination = edge.destination;
    journey.nationality = edge.origin;
    journey.nights = static_cast<std::uint16_t>(3 + block[3] % 12);
    plan.journeys.push_back(journey);
  }
}

}  // namespace corridor::trafficking
