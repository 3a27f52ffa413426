// SPDX-License-Identifier: Apache-2.0
/// \file actor_rows.hpp  What actors did in a month, as the arrays of /actors in a result: summed
/// by class of place, and hidden where fewer than ten people or cases stand behind a number.
///
/// Network of a substance in a month, over the countries c that its goods passed, with w_c the
/// share of all grams that left or reached c:
///
///     active nodes  how many c         entropy  -sum w_c ln w_c, in nats
///     churn         1 - |C and C'| / |C or C'|, C' those of the month before, of all substances
///     displacement  1/2 sum |s_k - s'_k| over classes of corridors k: s shares of grams sent
///
/// Checked in tests/models/simulation/test_actor_rows.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/simulation/actors.hpp"
#include "models/simulation/result_shape.hpp"

namespace corridor::simulation {

/// Names of the rows; without actors they stay empty.
void add_actor_names(RunShape& shape, const ActorTables& tables, std::int64_t event_rows);

/// Row of /places/actor_event_kind.
[[nodiscard]] std::uint8_t event_code(ActorEventKind kind, std::uint8_t detail);

/// In row order of the datasets of the same names.
struct ActorArrays {
  std::vector<std::int64_t> fighters, fighters_all, goods, edges, corridor_sent, corridor_seized,
      corridor_reported, reported, delivered, cargo, money;
  std::vector<double> risk, price, network;
};
[[nodiscard]] ActorArrays actor_arrays(const ActorMonth& month, const ActorTables& tables);

/// Displacement of each substance since the month before; NaN where either month sent nothing.
[[nodiscard]] std::vector<double> displacements(const ActorMonth& month, const ActorTables& tables);

}  // namespace corridor::simulation
