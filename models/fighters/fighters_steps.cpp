// SPDX-License-Identifier: Apache-2.0
/// \file fighters_steps.cpp  What parties decide on a day (Fighters::decide).
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/fighters/draws.hpp"
#include "models/fighters/fighters.hpp"
#include "sim/math.hpp"

namespace corridor::fighters {
namespace {

using finance::Item;
using sim::Purpose;

/// What a search could find of somebody who is registered.
std::uint8_t bits_of(Quality quality) { return quality == Quality::biometric ? 0b110 : 0b010; }

bool is_child(const Party& p, std::uint32_t member) {
  return p.minor != 0 && member + 1U == p.size;
}

}  // namespace

/// What a day's decisions share: offers, and policies at each gateway.
struct Fighters::Today {
  std::int32_t day = 0;
  std::span<const FacilitatorOffer> offers;
  struct AtGateway {
    double signal = 0, crossing_factor = 1, warning = 0;
    bool closed = false, shut = false;
  };
  std::vector<AtGateway> at;  ///< by Road::gateways()
  Decisions out;

  /// The cheapest offer that the party can reach.
  [[nodiscard]] const FacilitatorOffer* offer(sim::RunKey key, const Party& p,
                                              Service service) const {
    const FacilitatorOffer* best = nullptr;
    for (const FacilitatorOffer& o : offers) {
      const bool here = o.country == nowhere || o.country == p.origin;
      if (o.service != service || !here || (best && best->price_cents <= o.price_cents)) continue;
      const auto index = static_cast<std::uint16_t>(draws::offer + o.facilitator % 4096);
      const auto u = draws::uniforms(key, Purpose::fighter_choice, p.id, p.resolved, index);
      if ((service == Service::documents ? u.a : u.b) < o.access) best = &o;
    }
    return best;
  }
};

Decisions Fighters::decide(std::int32_t day, std::span<const FacilitatorOffer> offers) {
  if (day != state_.day + 1) throw std::invalid_argument("decide: days come one after another");
  state_.day = day;
  if (!params_.on) return {};
  fade();
  Today today{day, offers, {}, {}};
  today.at.resize(road_.gateways().size());
  for (std::size_t g = 0; g < today.at.size(); ++g) {
    for (const GatewayPolicy& policy : actors_.policies) {
      const bool holds = day_0_ + day >= policy.from && day_0_ + day <= policy.to;
      if (!holds || policy.country != road_.gateways()[g].country) continue;
      today.at[g].signal += policy.signal;
      today.at[g].crossing_factor *= policy.crossing_factor;
      today.at[g].closed = today.at[g].closed || policy.closed || policy.shut;
      today.at[g].shut = today.at[g].shut || policy.shut;
    }
    if (!warnings_.empty()) today.at[g].warning = warnings_[road_.gateways()[g].country];
  }
  mobilise(today);
  for (const std::uint32_t row : state_.active) {
    Party& p = state_.people[row];
    if (p.next_day <= day) move_on(today, p);
  }
  std::erase_if(state_.active,
                [&](std::uint32_t row) { return state_.people[row].stage == Stage::ended; });
  return std::move(today.out);
}

void Fighters::fade() {
  const double kept = remembered(1, params_.half_life_days);
  const auto forget = [&](double& x) { x = x < 1e-12 ? 0 : x * kept; };
  for (double& x : state_.beliefs.failed) forget(x);
  for (double& x : state_.beliefs.heard) forget(x);
}

// ---- Resolve -----------------------------------------------------------------------------------

void Fighters::mobilise(Today& today) {
  const std::vector<Stream>& streams = mobiliser_.streams();
  for (std::size_t s = 0; s < streams.size(); ++s) {
    const Mobilisation& row = actors_.mobilisation[streams[s].row];
    bool any = false;
    for (std::size_t z = 0; z < actors_.zones.size() && !any; ++z) {
      any = open(z, today.day) && (row.zone == any_zone || row.zone == z) &&
            actors_.zones[z].attractiveness > 0;
    }
    const double intensity =
        any ? mobiliser_.intensity(s, today.day, state_.excitation[s], state_.parties[s]) : 0;
    const std::uint32_t n = std::min(mobiliser_.draw(s, today.day, intensity), most_a_day);
    const Excitation& how = streams[s].how;
    state_.excitation[s] = how.keep * state_.excitation[s] + how.branching * (1 - how.keep) * n;
    state_.parties[s] += n;
    for (std::uint32_t k = 0; k < n; ++k) resolve(today, s, k);
  }
}

std::optional<KnownPerson> Fighters::record_of(const Party& p, std::uint32_t member) const {
  const auto index =
      static_cast<std::uint16_t>(member == 0 ? draws::record : draws::companion_record + member);
  const auto r = draws::uniforms(key_, Purpose::mobilisation, p.id, p.resolved, index);
  if (is_child(p, member) || !(r.a < params_.known)) return std::nullopt;
  KnownPerson record;
  record.person = p.id;
  record.day = p.resolved + draws::exponential_days(params_.known_delay_days, r.b);
  record.holder = p.origin;
  record.quality = r.c < params_.biometric ? Quality::biometric
                   : (r.c - params_.biometric) < params_.birth_date * (1 - params_.biometric)
                       ? Quality::birth_date
                       : Quality::name;
  record.registered = r.d < params_.registered ? 1 : 0;
  record.member = static_cast<std::uint8_t>(member);
  return record;
}

/// PlannedJourney::known: what a search on that day could find.
std::array<std::uint8_t, travel::max_party> Fighters::known_bits(const Party& p,
                                                                 std::int32_t day) const {
  std::array<std::uint8_t, travel::max_party> known{};
  if (p.registered != 0 && p.known_day <= day) known[0] = bits_of(p.quality);
  for (std::uint32_t member = 1; member < p.size; ++member) {
    if (p.stopped != 0 && !is_child(p, member)) known[member] = bits_of(Quality::birth_date);
    const std::optional<KnownPerson> record = record_of(p, member);
    if (record && record->registered != 0 && record->day <= day) {
      known[member] |= bits_of(record->quality);
    }
  }
  return known;
}

void Fighters::resolve(Today& today, std::size_t stream, std::uint32_t number) {
  Party p;
  p.id = std::uint64_t(static_cast<std::uint32_t>(today.day)) << 24 | stream << 12 | number;
  p.stream = static_cast<std::uint16_t>(stream);
  p.resolved = today.day;
  p.origin = p.here = mobiliser_.streams()[stream].country;
  const auto u = draws::uniforms(key_, Purpose::mobilisation, p.id, p.resolved, draws::party);
  double chance = params_.companion;
  for (; p.size < most_in_party && u.a < chance; ++p.size) chance *= params_.companion;
  p.minor = p.size > 1 && u.b < params_.minor ? 1 : 0;
  const double low = params_.means_low_usd, high = std::max(low, params_.means_high_usd);
  p.means_cents = std::llround(100 * low * sim::pow(high / low, u.c));
  p.next_day = today.day + draws::exponential_days(params_.plan_mean_days, u.d);
  for (std::uint32_t member = 0; member < p.size; ++member) {
    const std::optional<KnownPerson> record = record_of(p, member);
    if (!record) continue;
    today.out.records.push_back(*record);
    if (member > 0) continue;
    p.known_day = record->day;
    p.quality = record->quality;
    p.registered = record->registered;
  }
  p.zone = choose_zone(p, today.day, nowhere);
  tell(p, Event::resolved, today.day, p.here, today.out.events);
  count(p, Count::mobilised);
  state_.active.push_back(static_cast<std::uint32_t>(state_.people.size()));
  state_.people.push_back(p);
}

// ---- Plan --------------------------------------------------------------------------------------

void Fighters::move_on(Today& today, Party& p) {
  switch (p.stage) {
    case Stage::planning:
      p.heading == Heading::zone ? plan(today, p) : head_back(today, p);
      break;
    case Stage::layover:
      take_ticket(today, p);
      break;
    case Stage::at_gateway:
      make_step(today, p);
      break;
    case Stage::in_zone:
      leave_zone(today, p);
      break;
    case Stage::travelling:
    case Stage::ended:
      break;
  }
}

Utilities Fighters::utilities(const Today& today, const Party& p, bool moved) const {
  Utilities out;
  out.fill(not_there);
  out[0] = -params_.wait_cost;
  const std::uint16_t zone_country = actors_.zones[p.zone].country;
  const FacilitatorOffer* papers = today.offer(key_, p, Service::documents);
  const std::uint16_t first = road_.first_gateway(p.zone);
  const bool knows_way =
      moved && off_post_ > 0 &&
      draws::uniforms(key_, Purpose::fighter_choice, p.id, p.resolved, draws::round).a < off_post_;
  for (std::uint16_t g = first; g < road_.first_gateway(p.zone + std::size_t{1}); ++g) {
    const GatewaySite& site = road_.gateways()[g];
    if (moved && today.at[g].closed) continue;
    Cost cost;
    cost.risk = params_.prior_risk;
    if (moved) {
      cost.risk = perceived_risk(p.origin, g);
      cost.signal = today.at[g].signal;
      if (p.refused_gateway == g) {
        cost.risk +=
            params_.own_refusal * remembered(today.day - p.refused_day, params_.half_life_days);
      }
      cost.risk = std::min(cost.risk, 1.0);
      if (today.at[g].warning > 0) cost.risk += today.at[g].warning * (1 - cost.risk);
    }
    for (const bool broken : {false, true}) {
      double fare = 0;  // whoever is at the gateway needs no ticket
      if (p.here != site.country) {
        const bool way = broken ? road_.has_transit(p.here, site.country, zone_country)
                                : road_.route(p.here, site.country);
        if (!way) continue;
        fare = broken ? road_.broken_usd(p.here, site.country)
                      : road_.ticket_usd(p.here, site.country);
      } else if (broken) {
        continue;
      }
      for (const bool document : {false, true}) {
        if (document && papers == nullptr) continue;
        cost.usd =
            fare + site.step_usd + (document ? static_cast<double>(papers->price_cents) / 100 : 0);
        if (cost.usd * 100 > static_cast<double>(p.means_cents)) continue;
        out[option(std::size_t{g} - first, broken, document)] =
            utility(params_, cost, broken, document);
      }
    }
    if (knows_way) {
      out[first_round + g - first] = utility_round(p, site, zone_country, cost);
    }
  }
  return out;
}

double Fighters::utility_round(const Party& p, const GatewaySite& site, std::uint16_t zone_country,
                               Cost cost) const {
  constexpr double rounding = 1e-9;
  const double feared = params_.prior_risk + patrol_ * (1 - params_.prior_risk);
  if (p.here == site.country || !(cost.risk > feared + rounding)) return not_there;
  const std::uint16_t from = road_.beside(p.here, site.country, zone_country);
  if (from == nowhere) return not_there;
  const double fare = from == p.here ? 0 : road_.ticket_usd(p.here, from);
  cost.usd = fare + site.step_usd + params_.round_usd;
  if (cost.usd * 100 > static_cast<double>(p.means_cents)) return not_there;
  cost.risk = feared;
  return utility(params_, cost, false, false);
}

void Fighters::plan(Today& today, Party& p) {
  if (!open(p.zone, today.day)) {
    p.zone = choose_zone(p, today.day, nowhere);
    if (p.zone == nowhere) {
      p.zone = 0;
      count(p, Count::gave_up);
      tell(p, Event::gave_up, today.day, p.here, today.out.events);
      return end(p, Fate::gave_up);
    }
  }
  const Utilities noise = choice_noise(key_, p.id, today.day);
  const std::size_t chosen = best_option(utilities(today, p, true), params_.rationality, noise);
  const std::size_t unmoved = best_option(utilities(today, p, false), params_.rationality, noise);
  if (chosen == 0) {
    count(p, Count::waited);
    if (unmoved != 0) count(p, Count::delayed);
    const auto u = draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::plan);
    if (u.a < params_.give_up) {
      count(p, Count::gave_up);
      tell(p, Event::gave_up, today.day, p.here, today.out.events);
      return end(p, Fate::gave_up);
    }
    p.means_cents += std::llround(100 * params_.saved_usd);
    p.next_day = today.day + static_cast<std::int32_t>(params_.wait_days);
    return;
  }
  const Option how = option_of(chosen);
  if (unmoved != 0 && option_of(unmoved).gateway != how.gateway) count(p, Count::diverted);
  begin(today, p, how);
}

void Fighters::begin(Today& today, Party& p, const Option& chosen) {
  p.gateway = static_cast<std::uint16_t>(road_.first_gateway(p.zone) + chosen.gateway);
  p.irregular = chosen.document ? 1 : 0;
  p.by_post = 0;
  p.round = chosen.round ? Round::ahead : Round::no;
  ++p.attempts;
  count(p, Count::attempted);
  state_.at_gateways[p.gateway].attempted += p.size;
  tell(p, Event::began, today.day, p.here, today.out.events);
  if (chosen.document) {
    const FacilitatorOffer& papers = *today.offer(key_, p, Service::documents);
    pay(today, p, static_cast<double>(papers.price_cents) / 100, Item::facilitator,
        papers.facilitator);
  }
  const std::uint16_t to = road_.gateways()[p.gateway].country;
  p.step = p.n_route = 0;
  if (p.here == to) {
    p.stage = Stage::at_gateway;
    return make_step(today, p);
  }
  if (chosen.round) {
    const std::uint16_t from = road_.beside(p.here, to, actors_.zones[p.zone].country);
    if (from != p.here) p.route[p.n_route++] = from;
  }
  if (chosen.broken) {
    const auto u = draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::plan);
    const std::uint16_t zone_country = actors_.zones[p.zone].country;
    const std::uint16_t last = road_.transit(p.here, to, zone_country, u.b);
    if (u.c < params_.second_transit) {
      const std::uint16_t first = road_.transit(p.here, last, to, u.d);
      if (first != nowhere && first != zone_country) p.route[p.n_route++] = first;
    }
    p.route[p.n_route++] = last;
  }
  p.route[p.n_route++] = to;
  take_ticket(today, p);
}

void Fighters::take_ticket(Today& today, Party& p) {
  if (p.round == Round::ahead && p.step + 1 == p.n_route) return go_round(today, p);
  if (p.tickets == most_tickets) {
    count(p, Count::gave_up);
    tell(p, Event::gave_up, today.day, p.here, today.out.events);
    return end(p, Fate::gave_up);
  }
  travel::PlannedJourney j;
  j.person = p.id;
  j.ticket = p.tickets++;
  j.actor = travel::Actor::fighter;
  j.day = today.day;
  j.origin = p.here;
  j.destination = p.route[p.step];
  j.nationality = p.origin;
  j.party = p.size;
  j.irregular = p.irregular;
  j.known = known_bits(p, today.day);
  j.minor = p.minor;
  today.out.journeys.push_back(j);
  pay(today, p, road_.ticket_usd(j.origin, j.destination), Item::ticket);
  p.stage = Stage::travelling;
  p.next_day = never;
}

void Fighters::go_round(Today& today, Party& p) {
  pay(today, p, params_.round_usd, Item::transport);
  p.round = Round::done;
  tell(p, Event::went_round, today.day, p.here, today.out.events);
  const auto u = draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::patrol);
  travel::JourneyOutcome end;
  end.person = p.id;
  end.day = today.day;
  end.country = p.route[p.step];
  Lessons lessons;
  if (u.a < patrol_) {
    tell(p, Event::found_by_patrol, today.day, end.country, today.out.events);
    end.end = p.minor != 0 ? travel::JourneyEnd::protection : travel::JourneyEnd::refused;
    stopped(p, end, lessons);
  } else {
    arrived(p, end, lessons);
  }
  today.out.records.insert(today.out.records.end(), lessons.records.begin(), lessons.records.end());
  today.out.events.insert(today.out.events.end(), lessons.events.begin(), lessons.events.end());
}

void Fighters::pay(Today& today, const Party& p, double usd, Item item, std::uint32_t other) const {
  const std::int64_t cents = std::llround(usd * 100) * p.size;
  if (cents <= 0) return;
  today.out.postings.push_back({cents, p.zone, finance::no_group, today.day, Item::own_means});
  today.out.postings.push_back({cents, p.zone, other, today.day, item});
}

// ---- The last step and back --------------------------------------------------------------------

void Fighters::make_step(Today& today, Party& p) {
  if (today.at[p.gateway].shut) {
    count(p, Count::turned_back);
    tell(p, Event::turned_back, today.day, p.here, today.out.events);
    p.stage = Stage::planning;
    p.next_day = today.day + 1;
    return;
  }
  const GatewaySite& site = road_.gateways()[p.gateway];
  const std::uint16_t zone_country = actors_.zones[p.zone].country;
  const bool open_today = open(p.zone, today.day);
  if (p.by_post == 0) {  // once at each attempt: how
    const auto u =
        draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::last_step);
    const double through = params_.through_posts + patrol_ * (1 - params_.through_posts);
    const bool post = u.a < through && road_.route(site.country, zone_country);
    p.by_post = post ? 2 : 1;
    if (!post && open_today) {
      const FacilitatorOffer* help = today.offer(key_, p, Service::logistics);
      const double price = help ? static_cast<double>(help->price_cents) / 100 : 0;
      if (help && takes_offer(params_.rationality, price, site.step_usd, u.b)) {
        pay(today, p, price, Item::facilitator, help->facilitator);
      } else {
        pay(today, p, site.step_usd, Item::transport);
      }
    }
  }
  if (p.by_post == 2 && open_today) {
    p.step = 0;
    p.n_route = 1;
    p.route[0] = zone_country;
    return take_ticket(today, p);
  }
  const auto u = draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::step);
  const double cross =
      params_.crossing_per_day * today.at[p.gateway].crossing_factor * (1 - patrol_);
  const double both = cross + params_.turn_back_per_day;
  if (open_today && !(u.a < 1 - sim::exp(-both))) {
    p.next_day = today.day + 1;
  } else if (open_today && u.b < cross / both) {
    count(p, Count::arrived);
    state_.at_gateways[p.gateway].arrived += p.size;
    believe(p, p.gateway, false, false);
    enter_zone(p, today.day);
    tell(p, Event::arrived, today.day, p.here, today.out.events);
  } else {
    count(p, Count::turned_back);
    believe(p, p.gateway, true, false);
    tell(p, Event::turned_back, today.day, p.here, today.out.events);
    fail(p, today.day, today.out.events);
  }
}

void Fighters::leave_zone(Today& today, Party& p) {
  if (p.leaving == 2) {
    count(p, Count::lost);
    tell(p, Event::lost, today.day, p.here, today.out.events);
    return end(p, Fate::lost);
  }
  p.heading = p.leaving == 0 ? Heading::home : Heading::elsewhere;
  p.here = road_.gateways()[p.gateway].country;
  p.stage = Stage::planning;
  p.irregular = 0;
  tell(p, Event::left_zone, today.day, p.here, today.out.events);
  head_back(today, p);
}

/// Tickets home or elsewhere; waits at the gateway while there are none.
void Fighters::head_back(Today& today, Party& p) {
  const auto u = draws::uniforms(key_, Purpose::fighter_choice, p.id, today.day, draws::way_back);
  const std::uint16_t zone_country = actors_.zones[p.zone].country;
  std::uint16_t to = p.origin;
  if (p.heading == Heading::elsewhere) {
    p.next_zone = choose_zone(p, today.day, p.zone);
    to = nowhere;
    if (p.next_zone != nowhere) {
      const std::uint16_t first = road_.first_gateway(p.next_zone);
      for (std::uint16_t g = first; g < road_.first_gateway(p.next_zone + std::size_t{1}); ++g) {
        const std::uint16_t c = road_.gateways()[g].country;
        const bool there = c == p.here || road_.route(p.here, c);
        if (to == nowhere && there && c != zone_country && !today.at[g].closed) to = c;
      }
    }
    if (to == nowhere) {
      p.next_zone = nowhere;
      to = road_.elsewhere(p.here, zone_country, u.b);
    }
  }
  p.step = p.n_route = 0;
  if (to == p.here) {
    p.route[p.n_route++] = to;
    travel::JourneyOutcome there;
    there.day = today.day;
    there.country = to;
    Lessons lessons;
    arrived(p, there, lessons);
    today.out.events.insert(today.out.events.end(), lessons.events.begin(), lessons.events.end());
    return;
  }
  if (to != nowhere && !road_.route(p.here, to)) {
    const std::uint16_t by = road_.transit(p.here, to, zone_country, u.a);
    if (by == nowhere) to = nowhere;
    if (by != nowhere) p.route[p.n_route++] = by;
  }
  if (to == nowhere) {
    p.next_day = today.day + static_cast<std::int32_t>(params_.wait_days);
    return;
  }
  p.route[p.n_route++] = to;
  take_ticket(today, p);
}

}  // namespace corridor::fighters
