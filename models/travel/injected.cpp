// SPDX-License-Identifier: Apache-2.0
#include "models/travel/injected.hpp"

#include <stdexcept>

namespace corridor::travel {

PairIndex::PairIndex(const TravelTables& tables)
    : tables_(tables),
      n_countries_(tables.countries.size()),
      pair_(n_countries_ * n_countries_, world::none),
      block_(tables.pairs.size(), world::none),
      entry_(tables.pairs.size(), world::none) {
  for (std::uint32_t b = 0; b < tables.blocks.size(); ++b) {
    const BlockRow& block = tables.blocks[b];
    for (std::uint32_t e = block.first_entry; e < block.first_entry + block.n_entries; ++e) {
      const std::uint32_t pair = tables.entry_pair[e];
      if (block_[pair] != world::none) continue;
      block_[pair] = b;
      entry_[pair] = e;
      const PairRow& row = tables.pairs[pair];
      pair_[row.origin * n_countries_ + row.destination] = pair;
    }
  }
}

std::optional<InjectedTrip> PairIndex::make_trip(const PlannedJourney& plan,
                                                 std::uint8_t threat) const {
  if (plan.person >= max_injected_person || plan.ticket >= max_tickets || plan.party < 1 ||
      plan.party > max_party) {
    throw std::invalid_argument("a planned journey is out of range");
  }
  const std::uint32_t pair = find(plan.origin, plan.destination);
  if (pair == world::none) return std::nullopt;
  if (plan.mode != any_mode) {
    const PairRow& row = tables_.pairs[pair];
    bool has = false;
    for (std::uint32_t o = 0; o < row.n_options; ++o) {
      has = has || tables_.options[row.first_option + o].mode == plan.mode;
    }
    if (!has) return std::nullopt;
  }
  InjectedTrip trip;
  trip.trip = pack(InjectedId{plan.actor, plan.person, plan.ticket});
  trip.departure_day = plan.day;
  trip.pair = pair;
  trip.block = block_[pair];
  trip.entry = entry_[pair];
  trip.nights = plan.nights;
  trip.nationality = plan.nationality;
  trip.mode = plan.mode;
  trip.party = plan.party;
  trip.irregular = plan.irregular;
  trip.known = plan.known;
  trip.minor = plan.minor;
  trip.threat = threat;
  return trip;
}

}  // namespace corridor::travel
