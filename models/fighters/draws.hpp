// SPDX-License-Identifier: Apache-2.0
/// \file draws.hpp  Which block of which purpose decides what about a party: one list, so that no
/// two decisions share a draw. Days are those of the decision, unless said otherwise.
#pragma once

#include <cstdint>

#include "sim/random.hpp"
#include "sim/samplers.hpp"

namespace corridor::fighters::draws {

// Purpose::mobilisation, on the day of resolve: what a party is.
inline constexpr std::uint16_t party = 0;             ///< size, child, means, time until ready
inline constexpr std::uint16_t record = 1;            ///< known, when, what, registered
inline constexpr std::uint16_t zone = 2;              ///< which zone (on the day of the choice)
inline constexpr std::uint16_t companion_record = 8;  ///< 9..15: as record, of members 1..7
inline constexpr std::uint16_t stay = 3;  ///< how long in the zone and what then (day of arrival)

// Purpose::fighter_choice.
inline constexpr std::uint16_t plan = 0;       ///< give up; one or two transits, and which
inline constexpr std::uint16_t step = 1;       ///< at a gateway: leaves, crosses or turns back
inline constexpr std::uint16_t layover = 2;    ///< how long
inline constexpr std::uint16_t reaction = 3;   ///< tries again, is registered abroad
inline constexpr std::uint16_t way_back = 4;   ///< transit, where else
inline constexpr std::uint16_t last_step = 5;  ///< through a post, with a helper
inline constexpr std::uint16_t round = 6;      ///< knows a way round posts (on the day of resolve)
inline constexpr std::uint16_t patrol = 7;     ///< patrols find whoever goes round posts
inline constexpr std::uint16_t options = 16;   ///< 16..31: noise of options
inline constexpr std::uint16_t offer = 64;     ///< 64..: access to an offer (on the day of resolve)

/// Uniforms of one block.
struct Uniforms {
  double a, b, c, d;
};
[[nodiscard]] inline Uniforms uniforms(sim::RunKey key, sim::Purpose purpose, std::uint64_t person,
                                       std::int32_t day, std::uint16_t index) {
  const sim::Block w = sim::draw(key, purpose, person, day, index);
  return {sim::uniform32(w[0]), sim::uniform32(w[1]), sim::uniform32(w[2]), sim::uniform32(w[3])};
}

/// Whole days of an exponential time with this mean.
[[nodiscard]] inline std::int32_t exponential_days(double mean, double u) {
  return static_cast<std::int32_t>(sim::exponential(mean, u));
}

}  // namespace corridor::fighters::draws
