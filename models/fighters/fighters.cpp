// SPDX-License-Identifier: Apache-2.0
#include "models/fighters/fighters.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "models/fighters/draws.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace corridor::fighters {

std::string_view name(Event e) {
  constexpr std::array<std::string_view, n_events> names{
      "resolved",   "began",    "reached gateway",  "arrived",        "refused", "held",
      "protection", "no route", "turned back",      "left zone",      "gave up", "returned",
      "relocated",  "lost",     "went round posts", "found by patrol"};
  return names[static_cast<std::size_t>(e)];
}

Fighters::Fighters(const FightersParams& params, const FightersActors& actors,
                   const world::World& world, sim::RunKey key, const sim::Calendar& calendar,
                   const HasRoute& has_route)
    : params_(params),
      actors_(actors),
      key_(key),
      day_0_(sim::day_number(calendar.date(0))),
      mobiliser_(params, actors, world, key, calendar.date(0)),
      road_(params, actors, world, has_route),
      whole_road_(road_) {
  const std::vector<Stream>& streams = mobiliser_.streams();
  if (streams.size() > most_streams) {
    throw sim::UserError("the [[mobilisation]] rows cover " + std::to_string(streams.size()) +
                         " countries in all; at most " + std::to_string(most_streams));
  }
  for (const Stream& s : streams) {
    state_.excitation.push_back(s.at_start.excitation);
    state_.parties.push_back(s.at_start.parties);
  }
  const std::size_t cells = road_.n_countries() * road_.gateways().size();
  state_.beliefs.failed.assign(cells, 0.0);
  state_.beliefs.heard.assign(cells, 0.0);
  state_.month.assign(road_.n_countries(), Counts{});
  state_.at_gateways.assign(road_.gateways().size(), {});
}

void Fighters::set_state(FightersState state) {
  if (state.excitation.size() != state_.excitation.size() ||
      state.beliefs.failed.size() != state_.beliefs.failed.size() ||
      state.month.size() != state_.month.size()) {
    throw std::invalid_argument("the state is not of these actors in this world");
  }
  state_ = std::move(state);
  road_ = whole_road_;
  for (const std::uint32_t pair : state_.no_route) {
    road_.close(static_cast<std::uint16_t>(pair >> 16), static_cast<std::uint16_t>(pair));
  }
}

MonthCounts Fighters::close_month() {
  MonthCounts out{state_.month, state_.at_gateways};
  std::fill(state_.month.begin(), state_.month.end(), Counts{});
  std::fill(state_.at_gateways.begin(), state_.at_gateways.end(), GatewayCounts{});
  return out;
}

double Fighters::perceived_risk(std::uint16_t country, std::uint16_t gateway) const {
  const std::size_t cell = std::size_t{country} * road_.gateways().size() + gateway;
  return perceived(state_.beliefs.failed[cell], state_.beliefs.heard[cell], params_.prior_risk,
                   params_.prior_weight);
}

bool Fighters::open(std::size_t zone, std::int32_t day) const {
  const ConflictZone& z = actors_.zones[zone];
  return day_0_ + day >= z.opens && day_0_ + day <= z.closes;
}

std::uint16_t Fighters::choose_zone(const Party& p, std::int32_t day, std::uint16_t avoid) const {
  const std::uint16_t named = actors_.mobilisation[mobiliser_.streams()[p.stream].row].zone;
  double sum = 0;
  const auto weight = [&](std::size_t z) {
    const bool fits = z != avoid && open(z, day) && actors_.zones[z].country != p.origin;
    return fits && (named == any_zone || named == z) ? actors_.zones[z].attractiveness : 0.0;
  };
  for (std::size_t z = 0; z < actors_.zones.size(); ++z) sum += weight(z);
  double left = draws::uniforms(key_, sim::Purpose::mobilisation, p.id, day, draws::zone).a * sum;
  std::uint16_t last = nowhere;
  for (std::size_t z = 0; z < actors_.zones.size(); ++z) {
    if (weight(z) <= 0) continue;
    last = static_cast<std::uint16_t>(z);
    left -= weight(z);
    if (left < 0) break;
  }
  return last;
}

void Fighters::enter_zone(Party& p, std::int32_t day) {
  p.here = actors_.zones[p.zone].country;
  p.stage = Stage::in_zone;
  const Stream& stream = mobiliser_.streams()[p.stream];
  const double home = params_.return_per_year * actors_.mobilisation[stream.row].return_factor;
  const double sum = home + params_.relocate_per_year + params_.lost_per_year;
  p.next_day = never;
  if (sum <= 0) return;
  const auto u = draws::uniforms(key_, sim::Purpose::mobilisation, p.id, day, draws::stay);
  // The hazard is h to the zone's last day and h times the factor from then on.
  const double h = sum / sim::Calendar::days_per_year, e = -sim::log(1 - u.a);
  const double open_days =
      static_cast<double>(std::max<std::int64_t>(0, actors_.zones[p.zone].closes - day_0_ - day));
  const double days =
      e <= h * open_days ? e / h : open_days + (e - h * open_days) / (h * params_.collapse_factor);
  if (days < 1e6) p.next_day = day + 1 + static_cast<std::int32_t>(days);
  const double v = u.b * sum;
  p.leaving = v < home ? 0 : v < home + params_.relocate_per_year ? 1 : 2;
}

void Fighters::count(const Party& p, Count what) { state_.month[p.origin][at(what)] += p.size; }

void Fighters::end(Party& p, Fate fate) {
  p.stage = Stage::ended;
  p.fate = fate;
  p.next_day = never;
}

void Fighters::tell(const Party& p, Event event, std::int32_t day, std::uint16_t country,
                    std::vector<FighterEvent>& events) {
  events.push_back({p.id, day, p.origin, country, p.zone, event, p.size});
}

Census census(const FightersState& state) {
  Census c;
  for (const Party& p : state.people) {
    const std::uint64_t n = p.size;
    if (p.stage == Stage::ended) {
      switch (p.fate) {
        case Fate::gave_up:
          c.gave_up += n;
          break;
        case Fate::held:
          c.held += n;
          break;
        case Fate::protection:
          c.protection += n;
          break;
        case Fate::lost:
          c.lost += n;
          break;
        case Fate::returned:
          c.returned += n;
          break;
        case Fate::relocated:
          c.relocated += n;
          break;
        case Fate::none:
          break;
      }
    } else if (p.stage == Stage::in_zone) {
      c.in_zone += n;
    } else if (p.heading != Heading::zone) {
      c.on_the_way_back += n;
    } else if (p.stage == Stage::planning) {
      c.planning += n;
    } else if (p.stage == Stage::at_gateway) {
      c.at_gateway += n;
    } else {
      c.travelling += n;
    }
  }
  c.under_way = c.travelling + c.at_gateway;
  return c;
}

}  // namespace corridor::fighters
