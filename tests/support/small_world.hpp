// SPDX-License-Identifier: Apache-2.0
/// \file small_world.hpp  The synthetic world of the tests, with its demand and tables, made once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/travel/journeys.hpp"
#include "models/travel/population.hpp"
#include "models/travel/tables.hpp"
#include "models/world/world.hpp"
#include "sim/calendar.hpp"

namespace corridor::test {

inline std::string small_world_folder() {
  return CORRIDOR_SOURCE_DIR "/scenarios/worlds/archipelago";
}

/// Demand as scenarios/small.toml has it, with fewer trips.
inline travel::DemandParams small_demand() {
  auto p = scenario::load_scenario(CORRIDOR_SOURCE_DIR "/scenarios/small.toml").demand;
  p.world_trips = 1.2e6;
  return p;
}

struct SmallWorld {
  world::World world = world::load_world(small_world_folder());
  travel::DemandParams demand_params = small_demand();
  travel::StreamParams stream_params;
  travel::Demand demand = travel::build_demand(world, demand_params);
  travel::TravelTables tables = travel::build_tables(world, demand, stream_params);
};

inline const SmallWorld& small_world() {
  static const SmallWorld w;
  return w;
}

inline travel::CalendarView calendar_2019() {
  return [calendar = sim::Calendar(sim::Date{2019, 1, 1})](std::int32_t day) {
    const sim::Date date = calendar.date(day);
    return travel::DayShape{static_cast<std::uint32_t>(date.month - 1),
                            static_cast<std::uint32_t>(sim::days_in_month(date.year, date.month)),
                            static_cast<std::uint32_t>(calendar.weekday_of(day))};
  };
}

inline travel::PopulationSetting setting(std::uint32_t seed = 1, double scale = 1) {
  return {{seed, 0}, scale, 1, calendar_2019()};
}

/// Every gate has an exit post (even) and an entry post (odd); every border three crossings.
struct AllGates {
  std::vector<std::uint32_t> exit_post, entry_post;
  std::vector<std::uint8_t> crossings;
  explicit AllGates(const travel::TravelTables& t) {
    const travel::GateNumbers gates = t.gates();
    for (std::uint32_t g = 0; g < gates.count(); ++g) {
      exit_post.push_back(100 * g);
      entry_post.push_back(100 * g + 1);
    }
    crossings.assign(gates.n_borders, 3);
  }
  [[nodiscard]] travel::Sites sites() const { return {exit_post, entry_post, crossings}; }
};

}  // namespace corridor::test
