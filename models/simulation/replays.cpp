// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/replays.hpp"

namespace corridor::simulation {
namespace {

std::uint8_t bit(risk::List list) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(list));
}

}  // namespace

void add_replays(const StreamContext& c, const travel::Batch& b, std::size_t i,
                 std::uint32_t member, std::uint32_t k, const SpecialPerson& special,
                 SharingCounts& counts) {
  const cooperation::Exchange& exchange = c.exchange;
  const std::uint16_t country = c.control.posts[b.post[k][i]].country;
  const std::int32_t day = b.day + b.minute[k][i] / 1440;
  const auto finds = [&](std::uint8_t listed) {
    return listed != 0 && found_on_lists(c.key, c.risk, b.trip[i], b.departure_day[i], member,
                                         b.way == travel::Way::back, k, listed, 0) != 0;
  };
  std::uint8_t own = 0, seen = 0, known = 0;
  for (const SpecialPerson::Record& r : special.records) {
    if (!r.means_him) continue;
    if (r.usable.holder == country && day >= r.usable.national) own |= bit(r.list);
    if (shown_at(c, b, i, k, r) != risk::ListSource::none) seen |= bit(r.list);
    if (day >= r.usable.known) known |= bit(r.list);
  }
  known |= seen | own;
  const bool found = finds(seen), found_if_all_know = finds(known), found_alone = finds(own & seen);
  counts.replay[0] += found_alone ? 1 : 0;
  counts.replay[1] += found ? 1 : 0;
  counts.replay[2] += found_if_all_know ? 1 : 0;
  if (!found && !found_if_all_know) return;

  auto& [lost_without, gained_with] = counts.posts[post_class(c.control.posts[b.post[k][i]])];
  if (found) {
    lost_without += found_alone ? 0 : 1;
  } else {
    std::uint8_t listed = 0;
    for (const SpecialPerson::Record& r : special.records) {
      if (r.means_him && shown_at(c, b, i, k, r, true) != risk::ListSource::none)
        listed |= bit(r.list);
    }
    gained_with += finds(listed) ? 1 : 0;
  }

  const std::size_t n = exchange.systems().size();
  for (std::uint16_t y = 1; y < n; ++y) {
    for (std::uint16_t x = 0; x < y; ++x) {
      const bool linked = exchange.linked(x, y);
      if (linked != found) continue;  // losing a link finds nobody more, gaining one nobody less
      std::uint8_t listed = 0;
      for (const SpecialPerson::Record& r : special.records) {
        if (!r.means_him) continue;
        SpecialPerson::Record other = r;
        if (!linked || exchange.passed(r.usable, x, y)) {
          other.usable = exchange.joined(linked ? exchange.usable_without(r.key, r.list, x, y)
                                                : exchange.usable_with(r.key, r.list, x, y),
                                         r.list, special.joined_in, special.joined);
        }
        if (shown_at(c, b, i, k, other) != risk::ListSource::none) listed |= bit(r.list);
      }
      const bool finds_him = finds(listed);
      if (linked && !finds_him) ++counts.lost_without[pair_number(x, y)];
      if (!linked && finds_him) ++counts.gained_with[pair_number(x, y)];
    }
  }
}

}  // namespace corridor::simulation
