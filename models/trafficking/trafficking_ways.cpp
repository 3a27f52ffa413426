// SPDX-License-Identifier: Apache-2.0
/// \file trafficking_ways.cpp  What shocks and warnings make of the ways of a day.
#include <algorithm>
#include <limits>

#include "models/trafficking/trafficking.hpp"

namespace corridor::trafficking {
namespace {

// Draws of searches that shocks set off: apart from those of a month's end.
constexpr std::uint16_t search_for_lost = 2, search_for_new = 3;

std::vector<std::uint8_t> closed_on(const TraffickingTables& tables, std::int32_t day) {
  const std::vector<CargoEdge>& edges = tables.graph.edges();
  std::vector<std::uint8_t> closed(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    bool opened = false, shut = false;
    for (const WayShock& shock : tables.actors.way_shocks) {
      if (!shock.holds(day) || !shock.is_of(edges[i])) continue;
      (shock.shuts ? shut : opened) = true;
    }
    closed[i] = shut || (edges[i].closed && !opened) ? 1 : 0;
  }
  return closed;
}

}  // namespace

bool TraffickingActors::is_made(std::size_t substance, std::int32_t day) const {
  return std::ranges::all_of(supply_shocks, [&](const SupplyShock& s) {
    return s.substance != substance || (s.from_day <= day && day <= s.to_day);
  });
}

bool TraffickingActors::is_known(std::size_t substance, std::int32_t day) const {
  return std::ranges::all_of(supply_shocks, [&](const SupplyShock& s) {
    return s.substance != substance || s.from_day <= day;
  });
}

void Trafficking::open_day(std::int32_t day) {
  const std::vector<WayShock>& shocks = tables_->actors.way_shocks;
  if (shocks.empty() && warnings_.empty() && !today_) return;
  WaysToday now{closed_on(*tables_, day), warnings_};
  if (!today_ || *today_ != now) {
    today_ = std::make_shared<const WaysToday>(std::move(now));
    refresh();
  }
  bool fewer = false, more = false;
  for (const WayShock& s : shocks) {
    const bool begins = s.from_day == day, ended = s.to_day == day - 1;
    fewer = fewer || (s.shuts ? begins : ended);
    more = more || (!s.shuts && begins);
  }
  if ((fewer || more) && tables_->params.adaptation) look_for_ways(day, more);
}

/// \param everywhere  to all markets, not only to those that are out of reach
void Trafficking::look_for_ways(std::int32_t day, bool everywhere) {
  std::vector<RouteRow> routes;
  for (std::size_t o = 0; o < tables_->actors.organisations.size(); ++o) {
    for (const std::uint8_t s : tables_->actors.organisations[o].substance_rows) {
      const std::span<RouteRow> before = routes_of(o, s);
      std::vector<RouteRow> mine(before.begin(), before.end());
      const std::vector<std::uint16_t> from = sources_of(o, s);
      const RouteValues& values = values_[plan_number(o, s)];
      std::vector<std::uint16_t> markets;
      for (std::uint16_t m = 0; m < tables_->n_countries; ++m) {
        if (!serves(o, s, m)) continue;
        const bool lost = std::ranges::any_of(
            from, [&](std::uint16_t c) { return c != m && values.worth(c, m) == worthless; });
        if (everywhere || lost) markets.push_back(m);
      }
      open_corridors(o, s, mine, from, markets, day, everywhere ? search_for_new : search_for_lost);
      routes.insert(routes.end(), mine.begin(), mine.end());
    }
  }
  state_.routes = std::move(routes);
  refresh();
}

}  // namespace corridor::trafficking
