// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/actors.hpp"

#include <algorithm>

namespace corridor::simulation {
namespace {

/// The mean over the countries of each class of customs post.
InsiderShares insider_shares(const trafficking::TraffickingTables& trade,
                             const cargo::CargoTables& customs) {
  InsiderShares sum{}, n{};
  for (std::size_t c = 0; c < trade.insider.size(); ++c) {
    const cargo::CustomsPost& post = customs.posts[customs.post(c, cargo::Mode::container)];
    sum[static_cast<std::size_t>(post.income_class)] += trade.insider[c];
    n[static_cast<std::size_t>(post.income_class)] += 1;
  }
  for (std::size_t k = 0; k < sum.size(); ++k) sum[k] = n[k] > 0 ? sum[k] / n[k] : 0;
  return sum;
}

}  // namespace

std::vector<std::uint32_t> nodes_of(const trafficking::MonthRows& rows) {
  std::vector<std::uint32_t> nodes;
  for (const trafficking::FlowRow& flow : rows.flows) {
    if (flow.sent == 0) continue;
    const std::uint32_t key = std::uint32_t{flow.substance} << 16;
    nodes.push_back(key | flow.origin);
    nodes.push_back(key | flow.destination);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

std::vector<std::int64_t> corridors_of(const trafficking::MonthRows& rows, const ActorTables& t) {
  const std::size_t n = t.classes.names.size();
  std::vector<std::int64_t> grams(t.trafficking->actors.substances.size() * n * n);
  for (const trafficking::FlowRow& flow : rows.flows) {
    grams[(flow.substance * n + t.classes.of_country[flow.origin]) * n +
          t.classes.of_country[flow.destination]] += flow.sent;
  }
  return grams;
}

Actors::Actors(const scenario::Scenario& scenario, std::shared_ptr<const ActorTables> tables,
               const travel::PairIndex& pairs, sim::RunKey key, sim::Workers& workers)
    : tables_(std::move(tables)),
      facilitator_access_(scenario.actors.facilitator_access),
      calendar_(scenario.calendar()),
      key_(key) {
  const world::World& world = tables_->world;
  if (tables_->trafficking) {
    trade_.emplace(tables_->trafficking, key, sim::parse_date(scenario.run.start).value());
    cargo_.emplace(cargo_setting(scenario), world, key, workers);
    insiders_ = insider_shares(*tables_->trafficking, cargo_->tables());
    customs_learning_ = customs_learning(scenario.cargo);
  }
  if (tables_->fighters) {
    fighters_.emplace(scenario.fighters, *tables_->fighters, world, key, calendar_,
                      [&pairs](std::size_t from, std::size_t to) {
                        return pairs.has_route(static_cast<std::uint32_t>(from),
                                               static_cast<std::uint32_t>(to));
                      });
  }
  money_.emplace(scenario.finance, tables_->finance, calendar_, key);
}

ActorState Actors::start() {
  ActorState state;
  if (trade_) {
    state.cargo = cargo_->start(0);
    state.deliveries.assign(
        tables_->trafficking->actors.substances.size() * tables_->classes.names.size(), 0);
  }
  keep_state(state);
  return state;
}

void Actors::resume(const ActorState& state) {
  closed_.reset();
  if (trade_) trade_->set_state(state.trade);
  if (fighters_) fighters_->set_state(state.fighters);
  money_->set_state(state.money);
}

std::vector<fighters::FacilitatorOffer> Actors::offers() const {
  std::vector<fighters::FacilitatorOffer> out;
  const std::uint32_t first = tables_->first_fighter_group;
  const std::array services{std::pair{finance::Service::documents, fighters::Service::documents},
                            std::pair{finance::Service::logistics, fighters::Service::logistics}};
  for (const auto& [service, as] : services) {
    for (std::uint32_t z = 0; z < tables_->fighters->zones.size(); ++z) {
      const std::optional<finance::Offer> offer = money_->offer(first + z, service);
      if (!offer) continue;
      out.push_back({offer->facilitator, as, fighters::nowhere, offer->fee, facilitator_access_});
      break;  // one facilitator serves whoever travels to whichever zone
    }
  }
  return out;
}

void Actors::book(std::span<const finance::Posting> postings, std::uint32_t first_group) {
  for (finance::Posting p : postings) {
    p.group += first_group;
    money_->book(p);
  }
}

std::vector<travel::PlannedJourney> Actors::decide(std::int32_t day, ActorState& state) {
  events_.clear();
  goods_.clear();
  std::vector<travel::PlannedJourney> journeys;
  if (trade_) {
    std::vector<double> capability;
    for (std::uint32_t o = 0; o < tables_->first_fighter_group; ++o) {
      capability.push_back(money_->capability(o));
    }
    trade_->set_capability(capability);
    trafficking::DayPlan plan = trade_->decide(day);
    book(plan.postings, 0);
    for (const trafficking::Consignment& c : plan.consignments) {
      events_.push_back({c.id, c.grams, day, c.origin, c.destination, c.organisation,
                         ActorEventKind::consignment, static_cast<std::uint8_t>(c.mode)});
      if (c.mode != trafficking::CargoMode::air_courier) goods_.push_back(c);
    }
    for (const trafficking::DeliveryRow& d : plan.deliveries) {
      events_.push_back(
          {0, d.grams, day, -1, d.country, d.organisation, ActorEventKind::delivery, 0});
      ++state.deliveries[d.substance * tables_->classes.names.size() +
                         tables_->classes.of_country[d.country]];
    }
    journeys = std::move(plan.journeys);
  }
  for (const finance::CashJourney& c : money_->decide(day)) {
    journeys.push_back(c.journey);
    journeys.back().lawful = c.declared ? 1 : 0;
  }
  if (fighters_) {
    fighters::Decisions decided = fighters_->decide(day, offers());
    book(decided.postings, tables_->first_fighter_group);
    journeys.insert(journeys.end(), decided.journeys.begin(), decided.journeys.end());
    for (const fighters::FighterEvent& e : decided.events) {
      events_.push_back({e.person, e.size, day, e.origin, e.country, e.zone,
                         ActorEventKind::fighter, static_cast<std::uint8_t>(e.event)});
    }
    records_.insert(records_.end(), decided.records.begin(), decided.records.end());
    for (const fighters::KnownPerson& k : decided.records) {
      events_.push_back({k.person, 1, day, k.holder, -1, -1, ActorEventKind::record,
                         static_cast<std::uint8_t>(k.quality)});
    }
  }
  for (const travel::PlannedJourney& j : journeys) {
    events_.push_back({travel::pack(travel::InjectedId{j.actor, j.person, j.ticket}), j.party, day,
                       j.origin, j.destination, -1, ActorEventKind::journey_begun,
                       static_cast<std::uint8_t>(j.actor)});
  }
  return journeys;
}

std::vector<ActorEvent> Actors::learn(std::int32_t day,
                                      std::span<const travel::JourneyOutcome> outcomes,
                                      ActorState& state, const cooperation::Forces& forces) {
  closed_.reset();
  for (const travel::JourneyOutcome& o : outcomes) {
    events_.push_back({travel::pack(travel::InjectedId{o.actor, o.person, o.ticket}), 1, day, -1,
                       o.country, -1, ActorEventKind::journey_ended,
                       static_cast<std::uint8_t>(o.end)});
  }
  if (trade_) {
    std::vector<trafficking::Consignment> at_posts = goods_;
    const std::vector<trafficking::ConsignmentOutcome> round = between_posts(day, at_posts);
    CargoDay customs = cargo_->run(
        day, at_posts, state.cargo, insiders_,
        customs_learning_ ? with_capacity(state.customs, cargo_->tables(), forces) : forces);
    customs.outcomes.insert(customs.outcomes.end(), round.begin(), round.end());
    if (customs_learning_) count_seized(goods_, customs.outcomes, cargo_->tables(), state.customs);
    for (std::size_t m = 0; m < cargo::n_modes; ++m) state.cargo_month[m] += customs.modes[m];
    std::vector<trafficking::SeizureRow> seizures = trade_->learn(customs.outcomes, outcomes);
    for (const trafficking::SeizureRow& s : seizures) {
      events_.push_back({s.consignment, s.grams, day, s.origin, s.country, s.organisation,
                         ActorEventKind::seizure, static_cast<std::uint8_t>(s.mode)});
      if (s.published >= 0) state.unpublished.push_back(s);
    }
    state.seizures.insert(state.seizures.end(), seizures.begin(), seizures.end());
    std::erase_if(state.unpublished, [&](const trafficking::SeizureRow& s) {
      if (s.published > day) return false;
      for (std::int32_t k = 0; k < s.times; ++k) {
        events_.push_back({s.consignment, s.grams, day, s.origin, s.country, -1,
                           ActorEventKind::report, static_cast<std::uint8_t>(s.mode)});
      }
      return true;
    });
  }
  if (fighters_) {
    const fighters::Lessons lessons = fighters_->learn(outcomes);
    for (const fighters::FighterEvent& e : lessons.events) {
      events_.push_back({e.person, e.size, day, e.origin, e.country, e.zone,
                         ActorEventKind::fighter, static_cast<std::uint8_t>(e.event)});
    }
    records_.insert(records_.end(), lessons.records.begin(), lessons.records.end());
    for (const fighters::KnownPerson& k : lessons.records) {
      events_.push_back({k.person, 1, day, k.holder, -1, -1, ActorEventKind::record,
                         static_cast<std::uint8_t>(k.quality)});
    }
  }
  money_->learn(outcomes);
  if (month_ends(day)) arrest_common_targets(day);
  const finance::ClosedDay books = money_->close(day);
  for (const finance::FinanceEvent& e : books.events) {
    events_.push_back({e.id, e.cents, day,
                       e.country == finance::no_country ? -1 : std::int32_t{e.country}, -1,
                       e.group == finance::no_group ? -1 : static_cast<std::int32_t>(e.group),
                       ActorEventKind::money, static_cast<std::uint8_t>(e.kind)});
  }
  for (const finance::TransferRow& t : books.transfers) {
    events_.push_back({0, t.turnover.cents, day, -1, -1, static_cast<std::int32_t>(t.group),
                       ActorEventKind::transfer, static_cast<std::uint8_t>(t.entry)});
  }
  if (month_ends(day)) {
    closed_ = ActorMonth{};
    closed_->money = books.months;
    close_month(day, state);
  }
  keep_state(state);
  return std::move(events_);
}

bool Actors::month_ends(std::int32_t day) const {
  return calendar_.month_of(day) != calendar_.month_of(day + 1);
}

void Actors::close_month(std::int32_t day, ActorState& state) {
  ActorMonth& m = *closed_;
  if (fighters_) m.fighters = fighters_->close_month();
  if (trade_) {
    m.goods = trade_->month(day);
    m.seizures = std::move(state.seizures);
    m.cargo = state.cargo_month;
    m.deliveries = state.deliveries;
    m.nodes_before = std::move(state.nodes_before);
    m.corridors_before = std::move(state.corridors_before);
    state.seizures.clear();
    state.cargo_month = {};
    if (customs_learning_) close_customs_month(*customs_learning_, state.customs);
    std::fill(state.deliveries.begin(), state.deliveries.end(), 0);
    state.nodes_before = nodes_of(m.goods);
    state.corridors_before = corridors_of(m.goods, *tables_);
  }
}

ActorMonth Actors::month(std::int32_t day, const ActorState& state) const {
  if (closed_) return *closed_;
  // The open month: what copies of the models would say.
  ActorMonth m;
  if (fighters_) {
    fighters::Fighters copy = *fighters_;
    m.fighters = copy.close_month();
  }
  if (trade_) {
    trafficking::Trafficking copy = *trade_;
    m.goods = copy.month(day);
    m.seizures = state.seizures;
    m.cargo = state.cargo_month;
    m.deliveries = state.deliveries;
    m.nodes_before = state.nodes_before;
    m.corridors_before = state.corridors_before;
  }
  m.money = money_->rows(0);
  return m;
}

void Actors::keep_state(ActorState& state) const {
  if (trade_) state.trade = trade_->state();
  if (fighters_) state.fighters = fighters_->state();
  state.money = money_->state();
}

}  // namespace corridor::simulation
