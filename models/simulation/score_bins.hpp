// SPDX-License-Identifier: Apache-2.0
/// \file score_bins.hpp  How scores are counted: bins of a histogram, and days that a threshold
/// looks back on.
#pragma once

#include <cstddef>

namespace corridor::simulation {

inline constexpr std::size_t n_score_bins = 32;  ///< bin 0: scores of 0 and less
inline constexpr std::size_t score_days = 7;

}  // namespace corridor::simulation
