// SPDX-License-Identifier: Apache-2.0
/// \file ways_today.hpp  What holds of the ways of goods on one day beside the graph: shocks that
/// shut or open them, and what organisations were told of posts.
///
///     closed(e, d) = (closed by rule, and no shock opens e on d) or a shock shuts e on d
///     risk(e, d)   = r + w (1 - r)        r perceived, w what a warning of posts at its end adds
///
/// A pure function of the day and of what was told, so it is no state. Without shocks and warnings
/// there is none, and every bit is as it was. Checked in tests/models/simulation/test_shocks.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace corridor::trafficking {

struct WaysToday {
  std::vector<std::uint8_t> closed;  ///< by edge
  std::vector<double> warned;        ///< by edge; empty = nobody was told anything
  [[nodiscard]] double risk(std::size_t edge, double perceived) const {
    if (warned.empty() || !(warned[edge] > 0)) return perceived;
    return perceived + warned[edge] * (1 - perceived);
  }
  friend bool operator==(const WaysToday&, const WaysToday&) = default;
};

}  // namespace corridor::trafficking
