// SPDX-License-Identifier: Apache-2.0
/// \file threat.hpp  What is illicit about a person: the truth, which no rule reads and which an
/// inspection may or may not find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::control {

enum class Threat : std::uint8_t { none, documents, contraband, wanted, cash, fighter };
inline constexpr std::size_t n_threats = 6;
constexpr std::string_view name(Threat t) {
  switch (t) {
    case Threat::none:
      return "none";
    case Threat::documents:
      return "documents";
    case Threat::contraband:
      return "contraband";
    case Threat::wanted:
      return "wanted";
    case Threat::cash:
      return "cash";
    case Threat::fighter:
      return "fighter";
  }
  return "?";
}

/// Whether it is there on the way back as well: a person is, a load is not.
constexpr bool stays(Threat t) { return t == Threat::wanted || t == Threat::fighter; }

}  // namespace corridor::control
