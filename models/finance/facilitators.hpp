// SPDX-License-Identifier: Apache-2.0
/// \file facilitators.hpp  Who provides documents, money or logistics, to whom, while he can.
///
/// Model. A facilitator serves the groups of his own kind that his row names. With his
/// `share_probability` w he is shared: a keyed uniform, drawn once a run, is below w, and the
/// groups of the other kind that his row names are served too. Nothing else links the two kinds of
/// group, so w = 0 for all switches the nexus off. A posting Item::facilitator that names him is
/// one service and his fee. With capacity K a month, P people and A of them in custody he has
///
///     floor(K (P - A) / P) - services of this month
///
/// left. Each month one of his people at liberty is arrested with chance r (or when another model
/// says so, `arrest`), and replaced after an exponential time. Of those who can serve, a group is
/// offered the cheapest for its sum, then the first.
///
/// Parameters: finance.facilitators.*, and the rows (actors.hpp); all invented. That half of cells
/// are self-financed and a quarter helped by an organisation (Oftedal 2015, FIN-028, 029) is no
/// target: it is of plots, not of journeys.
/// Limits. Capacity is asked when an offer is made; services agreed on one day before they are
/// posted may exceed it. Arrests do not reach the groups he served.
/// Checked in tests/models/finance/test_facilitators.cpp: shares against w, w = 0 changes nothing
///   else, capacity, arrest and replacement.
#pragma once

#include <optional>

#include "models/finance/desk.hpp"

namespace corridor::finance {

struct Offer {
  std::uint32_t facilitator = 0;
  Cents fee = 0;
  friend bool operator==(const Offer&, const Offer&) = default;
};

/// Whether a facilitator is shared in this run.
[[nodiscard]] bool is_shared(const Facilitator& facilitator, std::uint32_t row, sim::RunKey key);
/// Services a month with those who are at liberty.
[[nodiscard]] std::int64_t capacity_of(const Actors& actors, const FinanceState& state,
                                       std::uint32_t row);
/// The best that a group can have now, for a sum of `cents` (matters to fees that are a share).
[[nodiscard]] std::optional<Offer> offer(const Actors& actors, const FinanceState& state,
                                         sim::RunKey key, std::uint32_t group, Service service,
                                         Cents cents);
/// Books a service that was posted.
void count_service(const Desk& desk, std::uint32_t row, std::uint32_t group);
/// One of his people is arrested. \returns false when none is at liberty.
bool arrest(const Desk& desk, std::uint32_t row, std::int32_t day);
/// Those whose replacement is due begin to work.
void replace_arrested(const Desk& desk, std::int32_t day);
/// Arrests of a month, at its end.
void arrest_some(const Desk& desk, std::int32_t day);

}  // namespace corridor::finance
