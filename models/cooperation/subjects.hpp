// SPDX-License-Identifier: Apache-2.0
/// \file subjects.hpp  Whom a hit on a list is about, in truth.
///
/// Most who stand on lists are neither fighters nor couriers: owners of documents that were
/// reported lost, persons wanted for other crimes, persons refused before (ordinary); persons whom
/// a record names wrongly (wrong); and travellers who are taken for somebody (mistaken). In the
/// order in which a hit is counted when several are found.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::cooperation {

enum class Subject : std::uint8_t {
  fighter,
  courier,
  planted,    ///< carries something or is sought, as the scenario plants them
  documents,  ///< travels on an irregular document
  ordinary,
  wrong,
  mistaken
};
inline constexpr std::size_t n_subjects = 7;
constexpr std::string_view name(Subject s) {
  constexpr std::array<std::string_view, n_subjects> names{
      "fighter",  "courier",      "planted", "irregular document",
      "ordinary", "wrong record", "mistaken"};
  return names[static_cast<std::size_t>(s)];
}

}  // namespace corridor::cooperation
