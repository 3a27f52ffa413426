// SPDX-License-Identifier: Apache-2.0
/// \file same_day.hpp  The second stream: same-day and commuter crossings at land posts, counted
/// apart.
///
/// Model. For each border with a published yearly number V of same-day crossings (both directions
/// together), the crossings of a day in one direction at one of its k equal crossings in one hour
/// are
///
///     n ~ Poisson( scale * V / 365 / 2 / k * share of the hour )
///
/// drawn with Purpose::same_day. Routes are the crossings of the land border, or, where there is
/// none, the sea lanes between the two. Half of those who enter a country go home to it (own lane),
/// the others visit. They queue with everybody else and are not trips: nothing else counts them.
///
/// | symbol | where it comes from                                                            |
/// |--------|--------------------------------------------------------------------------------|
/// | V      | data/same_day.csv, with its source                                             |
/// | hours  | assumption: few at night, peaks in the morning and late afternoon (local sun)  |
///
/// Not modelled. Season and week; borders for which nothing is published; ferries, for which none
/// was found. Checked in tests/models/simulation/test_same_day.cpp: means, switch off, split over
/// crossings.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/simulation/control_tables.hpp"
#include "models/simulation/state.hpp"
#include "models/travel/tables.hpp"
#include "models/world/world.hpp"

namespace corridor::simulation {

/// One way to cross: posts on either side (or none), and the land border (or none).
struct SameDayRoute {
  std::uint32_t exit_post = travel::no_post, entry_post = travel::no_post;
  std::uint32_t border = world::none;
};
/// The equal routes from one country to another. \param from, to  the two countries of a flow
[[nodiscard]] std::vector<SameDayRoute> same_day_routes(const travel::TravelTables& tables,
                                                        const travel::Sites& sites,
                                                        std::uint32_t from, std::uint32_t to);

/// Share of a day's crossings in a UTC hour at a border whose country a is at this longitude.
[[nodiscard]] double same_day_share(std::uint32_t utc_hour, double lon);

/// Adds today's same-day crossings to `state.arrivals[0]`, and those by land to the month. \returns
/// their number, both directions.
std::int64_t add_same_day(std::span<const world::SameDayFlow> flows,
                          const travel::TravelTables& tables, const ControlTables& control,
                          sim::RunKey key, double scale, State& state);

}  // namespace corridor::simulation
