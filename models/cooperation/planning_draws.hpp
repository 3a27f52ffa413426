// SPDX-License-Identifier: Apache-2.0
/// \file planning_draws.hpp  Which draw of Purpose::planning is whose: ids apart from each other,
/// and from those of trips and consignments.
#pragma once

#include <cstddef>
#include <cstdint>

namespace corridor::cooperation {

inline constexpr std::size_t nobody_plans = static_cast<std::size_t>(-1);

namespace draws {
inline constexpr std::uint64_t post = 0xffff'fff0'0000'0000ULL, phase = 0xffff'fff2'0000'0000ULL,
                               alignment = 0xffff'fff3'0000'0000ULL,
                               consent = 0xffff'fff4'0000'0000ULL,
                               willing = 0xffff'fff5'0000'0000ULL,
                               meeting = 0xffff'fff6'0000'0000ULL,
                               first_country = 0xffff'fff7'0000'0000ULL,
                               first_planner = 0xffff'fff8'0000'0000ULL,
                               learn_country = 0xffff'fff9'0000'0000ULL,
                               learn_planner = 0xffff'fffa'0000'0000ULL,
                               // 0xffff'fffb: facilitators (simulation/actor_help.cpp)
    leak_operation = 0xffff'fffc'0000'0000ULL, leak_plan = 0xffff'fffd'0000'0000ULL,
                               joint_post = 0xffff'fffe'0000'0000ULL;
/// Index of the draws of a country's practice: procedures and rules spread apart.
inline constexpr std::uint16_t procedures = 0, rules = 1;
/// Index of the draw of a trip or consignment: this + planner.
inline constexpr std::uint16_t report = 16;
}  // namespace draws

}  // namespace corridor::cooperation
