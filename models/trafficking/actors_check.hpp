// SPDX-License-Identifier: Apache-2.0
/// \file actors_check.hpp  What must hold between rows of the actors file, the world and the graph.
///
/// Errors: a substance that nobody makes, or whose figures begin after the scenario; a market that
/// no source reaches within the crossings of a route; an organisation's substance without a source
/// that it buys from; a start over a border that is closed or that no such mode crosses. A warning:
/// nothing at all can flow of a substance; it names the closed edges that cut it off.
#pragma once

#include <vector>

#include "models/trafficking/actors.hpp"

namespace corridor::trafficking {

/// The rows with their places, as read.
struct ActorRows {
  std::vector<sim::TextRow<Substance>> substances;
  std::vector<sim::TextRow<Source>> sources;
  std::vector<sim::TextRow<Market>> markets;
  std::vector<sim::TextRow<Organisation>> organisations;
  std::vector<sim::TextRow<RouteRule>> rules;
  std::vector<sim::Place> market_places;  ///< of TraffickingActors::markets
};

void check_actors(const ActorRows& rows, const world::World& world, const TraffickingParams& params,
                  int start_year, TraffickingActors& actors, sim::Complaints& complaints);

}  // namespace corridor::trafficking
