// SPDX-License-Identifier: Apache-2.0
/// \file samplers.hpp  Draws from tables and distributions, the same numbers with every standard
/// library.
///
/// `std::*_distribution` differs between libraries, so these invert or reject by hand.
/// Sources. Alias method: Walker (1977), ACM TOMS 3, 253-256, set up as Vose (1991), IEEE TSE 17,
/// 972-975. Poisson: inversion below a mean of 10, else transformed rejection PTRS, Hoermann
/// (1993), Insurance: Mathematics and Economics 12, 39-45. Checked in tests/sim/test_samplers.cpp
/// by chi-square against the distribution itself.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/math.hpp"
#include "sim/random.hpp"

namespace corridor::sim {

/// One entry of an alias table: keep the slot when the fraction is below `threshold`, else take
/// `alias`.
struct AliasEntry {
  std::uint32_t threshold = 0, alias = 0;
};

/// Fills `table` (same length as `weights`) for draws with probability weight / sum. Thresholds
/// resolve 2^-32. \throws std::invalid_argument when empty, or a weight is negative or not finite,
/// or all are zero.
void build_alias(std::span<const double> weights, std::span<AliasEntry> table);
[[nodiscard]] std::vector<AliasEntry> build_alias(std::span<const double> weights);

/// Index in [0, n). One 32-bit word gives slot and fraction: the fraction is on a grid of n *
/// 2^-32, so the error of a probability is below n * 2^-32 (n <= 65,536: 1.6e-5 of a slot).
inline std::uint32_t pick(const AliasEntry* table, std::uint32_t n, std::uint32_t word) {
  const std::uint64_t product = std::uint64_t{word} * n;
  const auto slot = static_cast<std::uint32_t>(product >> 32);
  const auto fraction = static_cast<std::uint32_t>(product);
  return fraction < table[slot].threshold ? slot : table[slot].alias;
}

/// Maps a uniform x of 0..size-1 such that x < cut happens for the share min(1, ratio cut / size)
/// of the values; monotone within both parts. \returns x itself where ratio is 1.
[[nodiscard]] std::uint32_t tilted(std::uint32_t x, std::uint32_t size, std::uint32_t cut,
                                   double ratio);

/// Exponential of this mean from a uniform in [0, 1).
[[nodiscard]] inline double exponential(double mean, double u) { return -mean * log1p(-u); }

/// Poisson count with this mean for this (purpose, id, day): a pure function. Uses blocks 0.. of
/// the purpose. \throws std::domain_error unless 0 <= mean <= 1e9.
[[nodiscard]] std::uint32_t poisson(double mean, RunKey key, Purpose purpose, std::uint64_t id,
                                    std::int32_t day);

}  // namespace corridor::sim
