// SPDX-License-Identifier: Apache-2.0
#include "sim/bijection.hpp"

#include <bit>
#include <stdexcept>

namespace corridor::sim {

Bijection::Bijection(Block key, std::uint64_t n) : n_(n) {
  if (n == 0 || n >= (std::uint64_t{1} << 62)) {
    throw std::invalid_argument("Bijection: n outside 1..2^62");
  }
  half_bits_ = static_cast<int>(std::bit_width(n - 1) + 1) / 2;
  mask_ = (std::uint64_t{1} << half_bits_) - 1;
  const std::uint64_t a = bits64(key[0], key[1]), b = bits64(key[2], key[3]);
  for (int r = 0; r < rounds; ++r) {
    round_key_[static_cast<std::size_t>(r)] =
        std::rotl(a, 11 * r) ^ (b + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(r + 1));
  }
}

std::uint64_t Bijection::mix(std::uint64_t half, int round) const {
  std::uint64_t z = half + round_key_[static_cast<std::size_t>(round)];
  z = (z ^ (z >> 32)) * 0xD6E8FEB86659FD93ULL;
  z = (z ^ (z >> 29)) * 0x9FB21C651E98DF25ULL;
  return (z ^ (z >> 32)) & mask_;
}

std::uint64_t Bijection::forward(std::uint64_t x) const {
  do {
    std::uint64_t left = x >> half_bits_, right = x & mask_;
    for (int r = 0; r < rounds; ++r) {
      const std::uint64_t next = left ^ mix(right, r);
      left = right;
      right = next;
    }
    x = (left << half_bits_) | right;
  } while (x >= n_);
  return x;
}

std::uint64_t Bijection::backward(std::uint64_t y) const {
  do {
    std::uint64_t left = y >> half_bits_, right = y & mask_;
    for (int r = rounds - 1; r >= 0; --r) {
      const std::uint64_t previous = right ^ mix(left, r);
      right = left;
      left = previous;
    }
    y = (left << half_bits_) | right;
  } while (y >= n_);
  return y;
}

}  // namespace corridor::sim
