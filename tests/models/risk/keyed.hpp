// SPDX-License-Identifier: Apache-2.0
/// \file keyed.hpp  Keyed draws for the statistical tests of the risk module: pure functions of
/// (seed, id, index).
#pragma once

#include <cstdint>

#include "sim/math.hpp"
#include "sim/random.hpp"

namespace corridor::test {

/// Uniform in (0, 1) on a grid of 2^-53, never 0.
inline double keyed_uniform(std::uint32_t seed, std::uint64_t id, std::uint16_t index = 0) {
  const sim::Block b = sim::draw({seed, 0}, sim::Purpose::sample, id, 0, index);
  return sim::uniform53(sim::bits64(b[0], b[1])) + 0x1p-54;
}

inline double keyed_normal(std::uint32_t seed, std::uint64_t id, std::uint16_t index = 0) {
  return sim::normal_quantile(keyed_uniform(seed, id, index));
}

/// Hits among n draws of probability p: a sum of n uniforms below p, four to a block.
inline std::int64_t keyed_binomial(std::uint32_t seed, std::uint64_t id, std::int64_t n, double p) {
  const std::uint64_t threshold = sim::threshold32(p);
  std::int64_t hits = 0;
  for (std::int64_t i = 0; i < n; i += 4) {
    const sim::Block b =
        sim::draw({seed, 0}, sim::Purpose::sample, (id << 16) + static_cast<std::uint64_t>(i), 1);
    for (std::int64_t k = 0; k < 4 && i + k < n; ++k) {
      hits += b[static_cast<std::size_t>(k)] < threshold;
    }
  }
  return hits;
}

}  // namespace corridor::test
