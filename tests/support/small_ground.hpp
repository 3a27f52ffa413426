// SPDX-License-Identifier: Apache-2.0
/// \file small_ground.hpp  Three countries with a few posts each, for organisations that plan.
#pragma once

#include "models/cooperation/ground.hpp"

namespace corridor::test {

/// Country 0 has a hub airport and high income, 1 an airport and a land crossing, 2 a seaport and a
/// land crossing; 1 and 2 have lower income. Each place has an exit and an entry.
inline cooperation::Ground small_ground() {
  using cooperation::TargetKind;
  cooperation::Ground g;
  g.n_countries = 3;
  g.income_class = {3, 1, 0};
  const auto place = [&](std::uint16_t country, TargetKind kind, std::uint16_t places,
                         std::uint32_t number, std::int32_t hub) {
    for (int direction = 0; direction < 2; ++direction) {
      g.posts.push_back({country, kind, places, hub, number, country != 0});
    }
  };
  place(0, TargetKind::air, 10, 0, 0);
  place(0, TargetKind::land, 4, 0, -1);
  place(1, TargetKind::air, 6, 1, -1);
  place(1, TargetKind::land, 2, 0, -1);
  place(2, TargetKind::sea, 3, 0, -1);
  place(2, TargetKind::land, 3, 1, -1);
  g.customs = {{0, 100, 0, true, false}, {1, 40, -1, true, true}, {2, 10, -1, false, true}};
  g.n_hub_airports = 1;
  g.n_hub_ports = 1;
  return g;
}

}  // namespace corridor::test
