// SPDX-License-Identifier: Apache-2.0
#include "sim/rare_set.hpp"

#include <bit>
#include <stdexcept>

#include "sim/bijection.hpp"

namespace corridor::sim {
namespace {

constexpr std::uint16_t shuffle_index = 1;  // index 0 is the uniform

}  // namespace

RareSet::RareSet(RunKey key, Purpose purpose, std::uint64_t id, std::int32_t day, std::uint64_t n,
                 double p)
    : key_(key), purpose_(purpose), id_(id), day_(day), n_(n) {
  if (!(p >= 0 && p <= 1)) throw std::invalid_argument("RareSet: p outside 0..1");
  // P(K <= k) from the complements of the terms, by products alone: exact on every machine. From
  // p = 1/2 on the count of those left out is summed, so that no term underflows to a wrong zero.
  const bool few = p <= 0.5;
  const double q = few ? p : 1 - p;
  std::array<double, window + 1> term{};
  term[0] = 1;
  for (std::uint64_t i = 0; i < window; ++i) term[0] *= 1 - q;
  for (std::uint64_t k = 0; k < window; ++k) {
    term[k + 1] =
        term[k] * (static_cast<double>(window - k) / static_cast<double>(k + 1)) * (q / (1 - q));
  }
  double sum = 0;
  for (std::uint64_t k = 0; k < window; ++k) {
    sum += few ? term[k] : term[window - k];
    cdf_[k] = sum;
  }
}

std::uint64_t RareSet::chosen(std::uint64_t w) const {
  const Block words = draw(key_, purpose_, id_ + w, day_);
  const double u = uniform53(bits64(words[0], words[1]));
  if (u < cdf_[0]) [[likely]]
    return 0;
  std::uint64_t count = 1;
  while (count < window && u >= cdf_[count]) ++count;
  const Bijection shuffle(draw(key_, purpose_, id_ + w, day_, shuffle_index), window);
  std::uint64_t mask = 0;
  for (std::uint64_t k = 0; k < count; ++k) mask |= std::uint64_t{1} << shuffle.forward(k);
  return mask;
}

bool RareSet::contains(std::uint64_t i) const {
  return i < n_ && ((chosen(i / window) >> (i % window)) & 1) != 0;
}

std::vector<std::uint64_t> RareSet::members() const {
  std::vector<std::uint64_t> all;
  for (std::uint64_t w = 0; w * window < n_; ++w) {
    for (std::uint64_t mask = chosen(w); mask != 0; mask &= mask - 1) {
      const std::uint64_t i = w * window + static_cast<std::uint64_t>(std::countr_zero(mask));
      if (i < n_) all.push_back(i);
    }
  }
  return all;
}

}  // namespace corridor::sim
