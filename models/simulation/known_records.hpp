// SPDX-License-Identifier: Apache-2.0
/// \file known_records.hpp  What countries know of fighters, record by record.
///
/// A home service, or a country that stopped somebody, makes a record of him; from then on the
/// exchange (models/cooperation/exchange.hpp) says where it can be found. Who stands in an
/// international register does so from the same day, after the system's delay.
/// Checked in tests/models/simulation/test_known_records.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

#include "models/cooperation/exchange.hpp"
#include "models/fighters/fighters.hpp"

namespace corridor::simulation {

struct KnownRecord {
  std::uint64_t person = 0;
  std::int32_t day = 0;      ///< from which it is known
  std::uint16_t holder = 0;  ///< country
  std::uint8_t kinds = 0;    ///< bit per risk::List
  std::uint8_t registered = 0;
  std::uint8_t member = 0;  ///< of the party
  std::array<std::uint8_t, 7> unused{};
  friend auto operator<=>(const KnownRecord&, const KnownRecord&) = default;
};
static_assert(std::has_unique_object_representations_v<KnownRecord>);

[[nodiscard]] inline cooperation::RecordKey record_key(const KnownRecord& r) {
  constexpr std::uint64_t fighters = std::uint64_t{9} << 56;  // no rare set has such an id
  cooperation::RecordKey key;
  key.id = fighters | std::uint64_t{r.member} << 52 | r.person;
  key.year_or_day = r.day;
  key.holder = r.holder;
  key.known = key.made = r.day;
  key.registered = r.registered;
  return key;
}

/// Adds records to those that are known. \param known  sorted; stays so
inline void add_known(std::span<const fighters::KnownPerson> records,
                      std::vector<KnownRecord>& known) {
  constexpr std::uint8_t by_name = 0b010, with_biometrics = 0b110;
  const auto before = static_cast<std::ptrdiff_t>(known.size());
  for (const fighters::KnownPerson& k : records) {
    known.push_back({k.person,
                     k.day,
                     k.holder,
                     k.quality == fighters::Quality::biometric ? with_biometrics : by_name,
                     k.registered,
                     k.member,
                     {}});
  }
  std::sort(known.begin() + before, known.end());
  std::inplace_merge(known.begin(), known.begin() + before, known.end());
}

}  // namespace corridor::simulation
