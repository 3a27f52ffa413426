// SPDX-License-Identifier: Apache-2.0
/// \file cash_home.hpp  Cash that a group earned abroad goes home: through a facilitator for money,
/// or with couriers, who are travellers in the stream.
///
/// Model. Every I days (each group and country on a day of its own) cash in a country beyond the
/// level L is sent home: one service of a facilitator for money, if one is offered, moves up to M;
/// then up to N couriers take up to S each, while more than L is left. A courier's fare is a
/// ticket. He declares a sum of the threshold or more with chance d. What becomes of his way out:
///
/// | journey ends as      | the cash                                                        |
/// |----------------------|-----------------------------------------------------------------|
/// | arrived              | is at the group's home, less his wage, the share w              |
/// | no route, refused    | is back where it came from                                      |
/// | protection           | is back: nothing was found, and he travels no further           |
/// | seized, detained     | undeclared: the treasury's; declared: frozen until a verdict    |
///
/// | symbol | in code                   | unit | default | where it comes from                 |
/// |--------|---------------------------|------|---------|-------------------------------------|
/// | I      | courier_interval_days     | day  | 7       | invented                            |
/// | L      | courier_level_usd         | USD  | 50,000  | invented                            |
/// | S      | courier_load_usd          | USD  | 50,000  | invented                            |
/// | N      | couriers_at_once          | 1    | 2       | invented                            |
/// | M      | informal_most_usd         | USD  | 200,000 | invented                            |
/// | d      | declare                   | 1    | 0.3     | invented                            |
/// | w      | courier_wage              | 1    | 0.03    | invented                            |
/// |        | declaration_threshold_usd | USD  | 10,000  | Regulation (EU) 2018/1672 (FIN-023) |
///
/// Limits. Declarations of ordinary travellers (FIN-024 to 026) are not modelled, so neither are
/// counts of them targets. Not modelled. How cash is carried. A courier is found, or not, by the
/// posts that he passes, never here.
/// Checked in tests/models/finance/test_cash_home.cpp: every end of a journey, exact.
#pragma once

#include <span>

#include "models/finance/desk.hpp"
#include "models/travel/planned_journey.hpp"

namespace corridor::finance {

struct CashJourney {
  travel::PlannedJourney journey;
  Cents cents = 0;
  std::uint32_t group = 0;
  bool declared = false;
  friend bool operator==(const CashJourney&, const CashJourney&) = default;
};

/// What leaves on `day`.
[[nodiscard]] std::vector<CashJourney> send_cash_home(const Desk& desk, std::int32_t day);
/// Those of other actors are passed over. \throws std::invalid_argument for a courier who is not on
/// the way
void hear_of_couriers(const Desk& desk, std::span<const travel::JourneyOutcome> outcomes);

}  // namespace corridor::finance
