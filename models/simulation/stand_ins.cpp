// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/stand_ins.hpp"

#include <algorithm>
#include <cmath>

#include "models/travel/trip_id.hpp"

namespace corridor::simulation {

std::int32_t stand_in_days(double scale) {
  if (!(scale < 1)) return 0;
  return static_cast<std::int32_t>(std::min(std::ceil(1 / scale - 1), most_stand_in_days));
}

std::vector<control::Candidate> stand_ins_of(const State& state, double scale, sim::RunKey key) {
  std::vector<control::Candidate> all;
  const std::int32_t days = stand_in_days(scale);
  if (days == 0) return all;
  const double times = (1 / scale - 1) / days;
  const auto whole = static_cast<std::size_t>(times);
  const double part = times - static_cast<double>(whole);
  for (const StandIn& s : state.stand_ins) {
    const control::Candidate& c = s.candidate;
    const auto index = static_cast<std::uint16_t>(c.crossing << 4 | c.way << 3 | c.member);
    const sim::Block draw = sim::draw(key, sim::Purpose::stand_in, c.trip, state.day, index);
    all.insert(all.end(), whole + (sim::uniform32(draw[0]) < part ? 1 : 0), c);
  }
  return all;
}

void keep_stand_ins(State& state, std::int32_t day, std::span<const control::Candidate> candidates,
                    double scale) {
  const std::int32_t first = day + 1 - stand_in_days(scale);
  std::erase_if(state.stand_ins, [&](const StandIn& s) { return s.day < first; });
  if (day < first) return;
  for (const control::Candidate& c : candidates) {
    if (travel::is_injected(c.trip)) continue;
    state.stand_ins.push_back({c, day, 0});
    state.stand_ins.back().candidate.outcome = control::Outcome::not_reviewed;
  }
}

}  // namespace corridor::simulation
