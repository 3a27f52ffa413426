// SPDX-License-Identifier: Apache-2.0
/// \file fighters_learn.cpp  What parties make of what became of their tickets (Fighters::learn).
#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>

#include "models/fighters/draws.hpp"
#include "models/fighters/fighters.hpp"
#include "sim/math.hpp"

namespace corridor::fighters {

using travel::JourneyEnd;
using travel::JourneyOutcome;

Lessons Fighters::learn(std::span<const JourneyOutcome> outcomes) {
  std::vector<JourneyOutcome> sorted;
  for (const JourneyOutcome& o : outcomes) {
    if (o.actor == travel::Actor::fighter) sorted.push_back(o);
  }
  std::sort(sorted.begin(), sorted.end(), [](const JourneyOutcome& a, const JourneyOutcome& b) {
    return std::tie(a.person, a.ticket) < std::tie(b.person, b.ticket);
  });
  Lessons lessons;
  for (const JourneyOutcome& o : sorted) {
    const auto found = std::lower_bound(state_.people.begin(), state_.people.end(), o.person,
                                        [](const Party& p, std::uint64_t id) { return p.id < id; });
    if (found == state_.people.end() || found->id != o.person ||
        found->stage != Stage::travelling || o.ticket + 1 != found->tickets) {
      throw std::invalid_argument("an outcome of person " + std::to_string(o.person) + ", ticket " +
                                  std::to_string(o.ticket) + ", which is not on its way");
    }
    o.end == JourneyEnd::arrived ? arrived(*found, o, lessons) : stopped(*found, o, lessons);
  }
  std::erase_if(state_.active,
                [&](std::uint32_t row) { return state_.people[row].stage == Stage::ended; });
  return lessons;
}

void Fighters::arrived(Party& p, const JourneyOutcome& o, Lessons& lessons) {
  p.here = p.route[p.step++];
  if (p.step < p.n_route) {
    p.stage = Stage::layover;
    const auto u = draws::uniforms(key_, sim::Purpose::fighter_choice, p.id, o.day, draws::layover);
    p.next_day = o.day + 1 + draws::exponential_days(params_.layover_mean_days, u.a);
    return;
  }
  if (p.heading == Heading::home) {
    count(p, Count::returned);
    tell(p, Event::returned, o.day, p.here, lessons.events);
    return end(p, Fate::returned);
  }
  if (p.heading == Heading::elsewhere) {
    count(p, Count::relocated);
    tell(p, Event::relocated, o.day, p.here, lessons.events);
    if (p.next_zone == nowhere) return end(p, Fate::relocated);
    // Another zone: an attempt of its own, begun at its gateway.
    p.zone = p.next_zone;
    p.next_zone = nowhere;
    p.heading = Heading::zone;
    p.gateway = road_.first_gateway(p.zone);
    while (road_.gateways()[p.gateway].country != p.here) ++p.gateway;
    p.by_post = 0;
    p.round = Round::no;
    ++p.attempts;
    count(p, Count::attempted);
    state_.at_gateways[p.gateway].attempted += p.size;
    tell(p, Event::began, o.day, p.here, lessons.events);
  } else if (p.here == actors_.zones[p.zone].country) {
    count(p, Count::arrived);
    state_.at_gateways[p.gateway].arrived += p.size;
    believe(p, p.gateway, false, false);
    enter_zone(p, o.day);
    tell(p, Event::arrived, o.day, p.here, lessons.events);
    return;
  }
  p.stage = Stage::at_gateway;
  p.next_day = o.day + 1;
  tell(p, Event::reached_gateway, o.day, p.here, lessons.events);
}

void Fighters::stopped(Party& p, const JourneyOutcome& o, Lessons& lessons) {
  const bool out = p.heading == Heading::zone;
  const std::uint16_t to = p.route[p.step];
  p.stage = Stage::planning;
  if (o.end == JourneyEnd::no_route) {
    road_.close(p.here, to);
    state_.no_route.push_back(std::uint32_t{p.here} << 16 | to);
    if (out) count(p, Count::no_route);
    tell(p, Event::no_route, o.day, p.here, lessons.events);
    p.next_day = o.day + 1;
    return;
  }
  if (out) state_.at_gateways[p.gateway].stopped += p.size;
  if (o.end == JourneyEnd::protection) {
    if (out) count(p, Count::protected_);
    tell(p, Event::protection, o.day, o.country, lessons.events);
    return end(p, Fate::protection);
  }
  // Who was stopped is known where he was stopped, from the next day on.
  const bool held = o.end != JourneyEnd::refused;
  const auto u = draws::uniforms(key_, sim::Purpose::fighter_choice, p.id, o.day, draws::reaction);
  const std::uint8_t registered = u.b < params_.registered ? 1 : 0;
  const Quality quality = held ? Quality::biometric : Quality::birth_date;
  for (std::uint8_t member = 0; member + (p.minor != 0 ? 1 : 0) < p.size; ++member) {
    lessons.records.push_back({p.id, o.day + 1, o.country, quality, registered, member});
  }
  if (out) {
    count(p, held ? Count::held : Count::refused);
    believe(p, p.gateway, true, held);
  }
  tell(p, held ? Event::held : Event::refused, o.day, o.country, lessons.events);
  if (held) {
    if (!out) count(p, Count::held_back);
    return end(p, Fate::held);
  }
  if (registered != 0) {
    p.quality = p.registered != 0 && p.known_day <= o.day ? std::max(p.quality, quality) : quality;
    p.registered = p.stopped = 1;
    p.known_day = std::min(p.known_day, o.day + 1);
  }
  if (!out) {
    p.next_day = o.day + static_cast<std::int32_t>(params_.wait_days);
    return;
  }
  if (p.round != Round::done) {
    p.refused_gateway = p.gateway;
    p.refused_day = o.day;
  }
  fail(p, o.day, lessons.events);
}

void Fighters::fail(Party& p, std::int32_t day, std::vector<FighterEvent>& events) {
  const auto u = draws::uniforms(key_, sim::Purpose::fighter_choice, p.id, day, draws::reaction);
  p.stage = Stage::planning;
  p.next_day = day + static_cast<std::int32_t>(params_.wait_days);
  if (p.attempts < params_.most_attempts && u.a < params_.retry) return;
  count(p, Count::gave_up);
  tell(p, Event::gave_up, day, p.here, events);
  end(p, Fate::gave_up);
}

void Fighters::believe(const Party& p, std::uint16_t gateway, bool failed, bool news) {
  if (p.round == Round::done) return;  // of its posts he knows nothing
  const std::size_t n = road_.gateways().size();
  for (std::size_t c = 0; c < road_.n_countries(); ++c) {
    const double weight = c == p.origin ? 1.0 : news ? params_.news : 0.0;
    if (weight == 0) continue;
    state_.beliefs.heard[c * n + gateway] += weight;
    if (failed) state_.beliefs.failed[c * n + gateway] += weight;
  }
}

}  // namespace corridor::fighters
