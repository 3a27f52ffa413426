// SPDX-License-Identifier: Apache-2.0
/// \file bijection.hpp  A keyed shuffle of 0..n-1 that can be asked about one place, both ways,
/// with nothing stored.
///
/// A balanced Feistel network of six rounds over the smallest even number of bits that holds n,
/// walked along its cycle until the value is inside (Black and Rogaway 2002, "Ciphers with
/// arbitrary finite domains", CT-RSA). Checked in tests/sim/test_bijection.cpp: one to one for
/// every small n, inverse, and even by chi-square.
#pragma once

#include <array>
#include <cstdint>

#include "sim/random.hpp"

namespace corridor::sim {

class Bijection {
 public:
  /// \param key from a keyed draw, e.g. of Purpose::unit_bijection. \param n size of the domain, 1
  /// <= n < 2^62.
  Bijection(Block key, std::uint64_t n);
  [[nodiscard]] std::uint64_t forward(std::uint64_t x) const;   ///< \pre x < n
  [[nodiscard]] std::uint64_t backward(std::uint64_t y) const;  ///< forward(backward(y)) == y

 private:
  static constexpr int rounds = 6;
  std::array<std::uint64_t, rounds> round_key_{};
  std::uint64_t n_;
  int half_bits_;
  std::uint64_t mask_;
  [[nodiscard]] std::uint64_t mix(std::uint64_t half, int round) const;
};

}  // namespace corridor::sim
