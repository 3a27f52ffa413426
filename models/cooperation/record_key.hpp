// SPDX-License-Identifier: Apache-2.0
/// \file record_key.hpp  What names a record of the exchange, and what its draws depend on.
#pragma once

#include <cstdint>
#include <limits>

namespace corridor::cooperation {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();
/// The day on which a record was made that is older than every run; it is renewed and never
/// expires.
inline constexpr std::int32_t long_ago = -1'000'000;

/// Of RecordKey::registered: every system has it from the day on which it is made.
inline constexpr std::int32_t everywhere = 2;

/// A record, by what its draws depend on.
struct RecordKey {
  std::uint64_t id = 0;
  std::int32_t year_or_day = 0;
  std::uint16_t index = 0;
  std::uint16_t holder = 0;    ///< country that made it
  std::int32_t known = never;  ///< since when its police know
  std::int32_t made = never;   ///< since when it stands on the national list
  std::int32_t registered =
      -1;              ///< 1, 0: it is given to the global system or not, whatever is drawn
  bool wrong = false;  ///< it names somebody innocent
  friend bool operator==(const RecordKey&, const RecordKey&) = default;
};

/// An exponential delay of so many days on average, in whole days.
[[nodiscard]] std::int32_t keyed_delay(double mean_days, std::uint32_t word);

}  // namespace corridor::cooperation
