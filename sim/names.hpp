// SPDX-License-Identifier: Apache-2.0
/// \file names.hpp  The nearest known name to one that a user mistyped.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corridor::sim {

/// Fewest insertions, deletions, replacements and swaps of neighbouring bytes that turn `a` into
/// `b`, where no part is changed twice (optimal string alignment; Damerau 1964,
/// doi:10.1145/363958.363994).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known name with the smallest distance, letters compared without case; the first of equals.
/// Nothing when the best differs in more than a third of the longer name (at least one edit is
/// always allowed).
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view typed,
                                                      std::span<const std::string> known);

/// "; did you mean 'capacity'?" or "" when no known name is near.
[[nodiscard]] std::string did_you_mean(std::string_view typed, std::span<const std::string> known);

/// "'a', 'b' and 'c'", at most `most` of them, then "and 4 more".
[[nodiscard]] std::string listed(std::span<const std::string> names, std::size_t most = 12);

}  // namespace corridor::sim
