// SPDX-License-Identifier: Apache-2.0
/// \file fired_patterns.hpp  Rows counted by which rules fired on them: what a fit needs of
/// millions of records.
///
/// Rows on which the same rules fired are one to a model of the rules, so a fit sees each distinct
/// pattern once, with its number of rows and of hits. Patterns stand in the order of their bits
/// (first word first), so neither the order of the rows nor the way they are cut into blocks
/// changes a bit of a fit. Checked in tests/models/risk/test_fired_patterns.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/risk/engine.hpp"

namespace corridor::risk::stats {

struct FiredPatterns {
  std::size_t n_rules = 0;
  std::vector<std::uint64_t> bits;  ///< [pattern][words()]; rule r at bit r % 64 of word r / 64
  std::vector<std::int64_t> rows, hits;  ///< [pattern]
  [[nodiscard]] std::size_t words() const { return (n_rules + 63) / 64; }
  [[nodiscard]] std::size_t size() const { return rows.size(); }
  [[nodiscard]] bool fires(std::size_t pattern, std::size_t rule) const {
    return ((bits[pattern * words() + rule / 64] >> (rule % 64)) & 1) != 0;
  }
  friend bool operator==(const FiredPatterns&, const FiredPatterns&) = default;
};

/// Counts the rows of `masks`. \param truth  one entry a row, 1 = hit, 0 = not
/// \throws std::invalid_argument when lengths differ, or a truth is neither
[[nodiscard]] FiredPatterns count_patterns(const FiredMasks& masks,
                                           std::span<const std::uint8_t> truth);
/// The counts of both. \throws std::invalid_argument when the numbers of rules differ
[[nodiscard]] FiredPatterns merged(const FiredPatterns& a, const FiredPatterns& b);

}  // namespace corridor::risk::stats
