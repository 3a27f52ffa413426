// SPDX-License-Identifier: Apache-2.0
/// \file shocks.hpp  Dated shocks to those who hide: rows [[shock]] of the strategies that a
/// scenario plays, as what its actors and organisations make of them.
///
/// | kind              | target                      | on [from_day, to_day]                     |
/// |-------------------|-----------------------------|-------------------------------------------|
/// | gateway-closed    | a gateway of a zone (XAA)   | no fighter plans by it; who is there turns |
/// |                   |                             | back and chooses again                    |
/// |                   | kind/country (sea/XAA;      | no goods and no couriers with drugs leave |
/// |                   | air, land, sea)             | or reach the country that way             |
/// | route-opened      | a pair that a [[route_rule]]| goods may go this way, by the modes that  |
/// |                   | closes (XAF-XAA)            | are closed before and after               |
/// | new-substance     | a substance                 | it is made, and wanted; before: neither   |
/// | new-conflict-zone | a zone                      | it is open; before and after it is not    |
///
/// Whoever would have used what is closed chooses among what is left (fighters: logit; goods:
/// corridors). Ordinary travellers and goods go on as before: a shock is to those who hide. All of
/// it is a pure function of the day, so a run under a shock is, before its first day, bit for bit a
/// run under the same shock at a later day. A base whose [strategy] files hold a shock shares it
/// with all its alternatives.
///
/// Each shock has targets for organisations (cooperation/shock_answers.cpp): the posts to which it
/// turns people or goods. Of a closed gateway the other gateways of its zones (of itself when there
/// are none); of a closed kind its other posts and customs and the customs at the other end; of a
/// route its end; of a substance its markets; of a zone its gateways.
///
/// Complaints stand at the target, with what is allowed and the nearest name. Checked in
/// tests/models/simulation/test_shocks.cpp.
#pragma once

#include <span>
#include <vector>

#include "models/cooperation/dated_rows.hpp"
#include "models/cooperation/operations.hpp"
#include "models/fighters/actors.hpp"
#include "models/trafficking/actors.hpp"
#include "models/world/world.hpp"
#include "sim/row_text.hpp"

namespace corridor::simulation {

using ShockRow = sim::TextRow<cooperation::Shock>;

/// Who and what shocks act on.
struct Shocked {
  const world::World& world;
  const trafficking::TraffickingParams& params;
  std::int64_t day_0 = 0;  ///< as sim::day_number
  trafficking::TraffickingActors& trade;
  fighters::FightersActors& zones;
};

/// Lets rows act on `on`. \returns what organisations may answer
[[nodiscard]] std::vector<cooperation::PlannedShock> apply_shocks(std::span<const ShockRow> rows,
                                                                  Shocked on,
                                                                  sim::Complaints& complaints);

}  // namespace corridor::simulation
