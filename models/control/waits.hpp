// SPDX-License-Identifier: Apache-2.0
/// \file waits.hpp  The bins in which waits are counted.
///
/// Bin 0 holds who does not wait at all; bin i > 0 holds waits in (upper edge i - 1, upper edge i].
/// The last bin has no upper edge. Edges grow roughly by a factor of 1.5 to 2, so that a quantile
/// read from a bin is off by less than that.
#pragma once

#include <array>
#include <cstddef>
#include <limits>

namespace corridor::control {

inline constexpr std::size_t n_wait_bins = 16;

/// Upper edges in seconds, the last one infinite.
constexpr std::array<double, n_wait_bins> wait_bin_edges() {
  return {0,   15,  30,   60,   120,  180,  300,  450,
          600, 900, 1200, 1800, 2700, 3600, 7200, std::numeric_limits<double>::infinity()};
}

}  // namespace corridor::control
