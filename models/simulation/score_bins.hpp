// SPDX-License-Identifier: Apache-2.0
/// \file score_bins.hpp  How scores are counted: bins of a histogram, and days that a threshold
/// looks back on.
#pragma once

#include <cstddef>

namespace corridor::simulation {

inline constexpr std::size_t n_score_bins = 32;  ///< bin 0: the base and less
inline constexpr std::size_t score_days = 7;

/// Place of a post's bin in a histogram of shape (n_score_bins, posts): bin by bin, since most
/// scores are in the lowest and a row of posts stays in the cache.
[[nodiscard]] constexpr std::size_t score_cell(std::size_t posts, std::size_t post,
                                               std::size_t bin) {
  return bin * posts + post;
}
/// Behind the posts stand the bins of bookings of journeys that no post checks.
[[nodiscard]] constexpr std::size_t unchecked_cell(std::size_t posts, std::size_t bin) {
  return score_cell(posts, 0, n_score_bins) + bin;
}
[[nodiscard]] constexpr std::size_t score_cells(std::size_t posts) {
  return unchecked_cell(posts, n_score_bins);
}

}  // namespace corridor::simulation
