// SPDX-License-Identifier: Apache-2.0
/// \file parameter.hpp  One row per tunable number: where it is, what it means, what it may be,
/// where it comes from.
///
/// Each model has a plain struct of values (`double`, `std::int64_t`, `bool`, `std::string`) whose
/// member initialisers are the only defaults, and one constexpr array of rows beside it.
/// Validation, `--set`, the JSON Schema and the manual's chapter read these rows; nothing else
/// states a default or a range.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace corridor::sim {

/// How far a value can be trusted. `option` is a choice of the user, not a claim about the world.
enum class Tag { observed, calibrated, assumed, option };

constexpr std::string_view name(Tag tag) {
  switch (tag) {
    case Tag::observed:
      return "observed";
    case Tag::calibrated:
      return "calibrated";
    case Tag::assumed:
      return "assumed";
    case Tag::option:
      return "option";
  }
  return "?";
}

/// One tunable value of a parameter struct `S`. `path` is its dotted place in a scenario file
/// ("travel.gravity.distance_exponent"). `lo` and `hi` are both allowed; for text they are ignored
/// and `allowed` (names separated by '|', empty = any) holds instead.
template <class S>
struct Parameter {
  std::string_view path, unit, meaning;
  Tag tag;
  std::string_view source;
  double lo, hi;
  std::variant<double S::*, std::int64_t S::*, bool S::*, std::string S::*> field;
  std::string_view allowed = "";
};

}  // namespace corridor::sim
