// SPDX-License-Identifier: Apache-2.0
#include "models/finance/laundering.hpp"

#include "models/finance/recovery.hpp"

namespace corridor::finance {

std::uint32_t layers_of(const FinanceParams& params, const Group& group) {
  if (group.layers >= 0) return static_cast<std::uint32_t>(group.layers);
  return group.kind == GroupKind::fighters ? 0 : static_cast<std::uint32_t>(params.layers);
}

void begin_laundering(const Desk& desk, std::uint32_t group, AccountId from, Cents cents,
                      std::int32_t day) {
  if (cents == 0) return;
  desk.ledger().move(Entry::layering, from, desk.state.books.of(group, AccountKind::layer, 1),
                     cents, group, day);
  GroupMoney& money = desk.state.groups[group];
  desk.state.lots.push_back({std::uint64_t{group} << 32 | money.lots++, cents, group, 1, day,
                             day + static_cast<std::int32_t>(desk.params.layer_days)});
}

void step_laundering(const Desk& desk, std::int32_t day) {
  const Books& books = desk.state.books;
  const FinanceParams& p = desk.params;
  std::vector<Lot> kept;
  for (Lot lot : desk.state.lots) {
    while (lot.cents > 0 && lot.due <= day) {
      const AccountId from =
          books.of(lot.group, AccountKind::layer, static_cast<std::uint16_t>(lot.layer));
      Cents found = 0;
      if (desk.by_share()) {
        found = share_of(lot.cents, p.layer_seizure);
      } else if (desk.uniform(Decision::layer, lot.id, lot.due) < p.layer_seizure) {
        found = lot.cents;
      }
      freeze(desk, EventKind::lot_frozen, lot.group, Origin::cash, from, found, lot.id, lot.layer,
             day);
      lot.cents -= found;
      const Cents fee = share_of(lot.cents, p.layer_fee);
      desk.ledger().move(Entry::laundering_fee, from, books.world(AccountKind::launderers), fee,
                         lot.group, day);
      lot.cents -= fee;
      const bool last = lot.layer >= layers_of(p, desk.actors.groups[lot.group]);
      const AccountId to =
          last ? books.of(lot.group, AccountKind::bank)
               : books.of(lot.group, AccountKind::layer, static_cast<std::uint16_t>(lot.layer + 1));
      desk.ledger().move(Entry::layering, from, to, lot.cents, lot.group, day);
      if (last) lot.cents = 0;
      ++lot.layer;
      lot.begun = lot.due;
      lot.due += static_cast<std::int32_t>(p.layer_days);
    }
    if (lot.cents > 0) kept.push_back(lot);
  }
  desk.state.lots = std::move(kept);
}

double kept_after_layers(double fee, double seizure, int layers) {
  double kept = 1;
  for (int k = 0; k < layers; ++k) kept *= (1 - fee) * (1 - seizure);
  return kept;
}

double found_in_layers(double seizure, int layers) {
  return 1 - kept_after_layers(0, seizure, layers);
}

double seizure_for(double found, int layers) { return 1 - sim::pow(1 - found, 1.0 / layers); }

double break_even_price_ratio(double loss, double cost) { return (1 + cost) / (1 - loss); }

}  // namespace corridor::finance
