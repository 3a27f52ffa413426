// SPDX-License-Identifier: Apache-2.0
/// \file argument.hpp  The check of an argument of the statistics: one line, refuses NaN when the
/// condition is written positively.
#pragma once

#include <stdexcept>

namespace corridor::risk::stats {

/// \throws std::invalid_argument with the text unless `ok`.
inline void demand(bool ok, const char* text) {
  if (!ok) throw std::invalid_argument(text);
}

}  // namespace corridor::risk::stats
