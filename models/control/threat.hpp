// SPDX-License-Identifier: Apache-2.0
/// \file threat.hpp  What is illicit about a person: the truth, which no rule reads and which an
/// inspection may or may not find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor::control {

enum class Threat : std::uint8_t { none, documents, contraband, wanted };
inline constexpr std::size_t n_threats = 4;
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
  }
  return "?";
}

}  // namespace corridor::control
