// SPDX-License-Identifier: Apache-2.0
/// \file rare_set.hpp  Which of n numbered things are chosen, each with probability p: asked about
/// one, or listed, with nothing stored.
///
/// Model. The numbers 0..n-1 are cut into windows of 64. Of window w, K_w ~ Binomial(64, p) places
/// are chosen (one keyed uniform, inverted), namely the first K_w of a keyed shuffle of the 64. So
/// each number is chosen with probability p, independently of every other; membership costs one
/// draw (and a shuffle where K_w > 0), listing costs n / 64 draws. The uniform and the shuffle do
/// not depend on p: a larger p only adds members. Numbers at or beyond n are left out.
///
/// Source. Inversion of the binomial: Devroye (1986), Non-Uniform Random Variate Generation, II.2.
/// Limits. p has a resolution of 2^-53 / 64. Checked in tests/sim/test_rare_set.cpp: membership
/// equals the list, shares and counts by chi-square, nested in p, 0 and 1.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/random.hpp"

namespace corridor::sim {

class RareSet {
 public:
  /// Draws are keyed by (key, purpose, id + window, day): ids id .. id + n / 64 must belong to this
  /// set alone. \throws std::invalid_argument unless 0 <= p <= 1
  RareSet(RunKey key, Purpose purpose, std::uint64_t id, std::int32_t day, std::uint64_t n,
          double p);

  [[nodiscard]] bool contains(std::uint64_t i) const;
  /// All members, ascending.
  [[nodiscard]] std::vector<std::uint64_t> members() const;

 private:
  static constexpr std::uint64_t window = 64;
  /// One bit a place of the window.
  [[nodiscard]] std::uint64_t chosen(std::uint64_t w) const;

  RunKey key_;
  Purpose purpose_;
  std::uint64_t id_;
  std::int32_t day_;
  std::uint64_t n_;
  std::array<double, window> cdf_{};  ///< [k] P(K <= k): K > k when the uniform is not below
};

}  // namespace corridor::sim
