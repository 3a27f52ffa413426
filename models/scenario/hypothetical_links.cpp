// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/hypothetical_links.hpp"

#include <algorithm>

#include "models/cooperation/organisations.hpp"
#include "models/scenario/timeline.hpp"

namespace corridor::scenario {

bool tries_hypothetical_links(const Scenario& scenario) {
  const Timeline timeline(scenario);
  const auto by_bridges = [&](std::int64_t day) {
    return timeline.at(day).cooperation.bridge_hypothetical;
  };
  if (by_bridges(0) || std::ranges::any_of(timeline.days(), by_bridges)) return true;
  sim::Complaints complaints;  // told where the organisations are read
  const sim::RowText text(scenario.cooperation.text, "cooperation.text", complaints);
  return std::ranges::any_of(text.rows(cooperation::link_table, {}, complaints),
                             [](const auto& link) { return link.value.hypothetical; });
}

}  // namespace corridor::scenario
