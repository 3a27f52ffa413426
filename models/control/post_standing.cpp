// SPDX-License-Identifier: Apache-2.0
#include "models/control/post_standing.hpp"

namespace corridor::control {
namespace {

// Scanners belong to posts: ids of Purpose::review that no trip and no hour of work has.
constexpr std::uint64_t scanner_id = 0xffff'fffa'0000'0000ULL;

}  // namespace

Standings standings_of(const ControlParams& p) {
  return {{{p.scanners_low, p.scanner_gain, p.ignored_low},
           {p.scanners_lower_middle, p.scanner_gain, p.ignored_lower_middle},
           {p.scanners_upper_middle, p.scanner_gain, p.ignored_upper_middle},
           {p.scanners_high, p.scanner_gain, p.ignored_high}}};
}

SecondarySettings settings_at(const SecondarySettings& settings, const Standing& standing,
                              sim::RunKey key, std::uint32_t post) {
  SecondarySettings s = settings;
  s.ignored = standing.ignored;
  if (!(standing.scanners > 0)) return s;
  const sim::Block b = sim::draw(key, sim::Purpose::review, scanner_id | post, 0);
  if (!(sim::uniform32(b[0]) < standing.scanners)) return s;
  auto& finds =
      s.kinds ? (*s.kinds)[static_cast<std::size_t>(SecondaryKind::goods)].finds : s.sensitivity;
  for (const Threat t : {Threat::contraband, Threat::cash}) {
    double& chance = finds[static_cast<std::size_t>(t)];
    chance += standing.gain * (1 - chance);
  }
  return s;
}

}  // namespace corridor::control
