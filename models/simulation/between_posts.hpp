// SPDX-License-Identifier: Apache-2.0
/// \file between_posts.hpp  Who and what went round posts on a day, over green borders and coasts,
/// and what patrols found of it (actor_help.cpp, Fighters::set_between_posts).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace corridor::simulation {

/// People, loads and grams of illicit journeys and consignments.
struct BetweenPosts {
  std::int64_t fighters = 0, fighters_found = 0, couriers = 0, couriers_found = 0, loads = 0,
               loads_found = 0, grams = 0, grams_found = 0;
  [[nodiscard]] std::span<const std::int64_t> all() const {
    return {reinterpret_cast<const std::int64_t*>(this),
            sizeof(BetweenPosts) / sizeof(std::int64_t)};
  }
};
inline constexpr std::array<std::string_view, sizeof(BetweenPosts) / sizeof(std::int64_t)>
    between_measures{"fighters", "fighters found", "couriers", "couriers found",
                     "loads",    "loads found",    "grams",    "grams found"};

}  // namespace corridor::simulation
