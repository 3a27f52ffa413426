// SPDX-License-Identifier: Apache-2.0
#include "models/risk/fired_patterns.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "models/risk/argument.hpp"

namespace corridor::risk::stats {
namespace {

constexpr std::size_t chunk = 1 << 15;  // rows sorted at a time: their keys stay in the cache

/// Bit c of word r becomes bit r of word c: blocks off the diagonal are exchanged, halving their
/// size.
void transpose(std::array<std::uint64_t, 64>& m) {
  std::uint64_t low = 0x00000000FFFFFFFFULL;
  for (unsigned size = 32; size > 0; size /= 2, low ^= low << size) {
    for (unsigned r = 0; r < 64; r = ((r | size) + 1) & ~size) {
      const std::uint64_t changed = ((m[r] >> size) ^ m[r | size]) & low;
      m[r] ^= changed << size;
      m[r | size] ^= changed;
    }
  }
}

struct KeyOrder {
  const std::uint64_t* keys;
  std::size_t words;
  [[nodiscard]] int compare(std::uint32_t a, std::uint32_t b) const {
    for (std::size_t w = 0; w < words; ++w) {
      const std::uint64_t x = keys[a * words + w], y = keys[b * words + w];
      if (x != y) return x < y ? -1 : 1;
    }
    return 0;
  }
};

/// Rows [from, to) counted. \pre from is a multiple of 64
FiredPatterns count_chunk(const FiredMasks& masks, std::span<const std::uint8_t> truth,
                          std::size_t from, std::size_t to) {
  FiredPatterns p;
  p.n_rules = masks.n_rules;
  const std::size_t words = p.words(), n = to - from;
  std::vector<std::uint64_t> keys((n + 63) / 64 * 64 * words);
  for (std::size_t block = 0; block * 64 < n; ++block) {
    for (std::size_t w = 0; w < words; ++w) {
      std::array<std::uint64_t, 64> m{};
      for (std::size_t r = 0; r < std::min<std::size_t>(64, masks.n_rules - 64 * w); ++r) {
        m[r] = masks.fired[(64 * w + r) * masks.words() + from / 64 + block];
      }
      transpose(m);
      for (std::size_t i = 0; i < 64; ++i) keys[(block * 64 + i) * words + w] = m[i];
    }
  }
  const KeyOrder order{keys.data(), words};
  std::vector<std::uint32_t> row(n);
  std::iota(row.begin(), row.end(), std::uint32_t{0});
  std::sort(row.begin(), row.end(), [&](auto a, auto b) { return order.compare(a, b) < 0; });
  for (std::size_t i = 0; i < n; ++i) {
    if (i == 0 || order.compare(row[i - 1], row[i]) != 0) {
      for (std::size_t w = 0; w < words; ++w) p.bits.push_back(keys[row[i] * words + w]);
      p.rows.push_back(0);
      p.hits.push_back(0);
    }
    demand(truth[from + row[i]] <= 1, "truth must be 0 or 1");
    ++p.rows.back();
    p.hits.back() += truth[from + row[i]];
  }
  return p;
}

}  // namespace

FiredPatterns merged(const FiredPatterns& a, const FiredPatterns& b) {
  demand(a.n_rules == b.n_rules, "patterns of the same rules are needed");
  FiredPatterns sum;
  sum.n_rules = a.n_rules;
  const std::size_t words = a.words();
  const auto take = [&](const FiredPatterns& from, std::size_t i) {
    const auto first = from.bits.begin() + static_cast<std::ptrdiff_t>(i * words);
    sum.bits.insert(sum.bits.end(), first, first + static_cast<std::ptrdiff_t>(words));
    sum.rows.push_back(from.rows[i]);
    sum.hits.push_back(from.hits[i]);
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const auto x = a.bits.begin() + static_cast<std::ptrdiff_t>(i * words);
    const auto y = b.bits.begin() + static_cast<std::ptrdiff_t>(j * words);
    const auto [p, q] = std::mismatch(x, x + static_cast<std::ptrdiff_t>(words), y);
    const bool equal = p == x + static_cast<std::ptrdiff_t>(words);
    if (equal || *p < *q) {
      take(a, i++);
      if (equal) {
        sum.rows.back() += b.rows[j];
        sum.hits.back() += b.hits[j++];
      }
    } else {
      take(b, j++);
    }
  }
  while (i < a.size()) take(a, i++);
  while (j < b.size()) take(b, j++);
  return sum;
}

FiredPatterns count_patterns(const FiredMasks& masks, std::span<const std::uint8_t> truth) {
  demand(truth.size() == masks.n_rows, "truth must have one entry a row");
  demand(masks.fired.size() == masks.n_rules * masks.words(), "fired masks are incomplete");
  // Runs of equal rank are merged as they come, so each pattern is copied few times.
  std::vector<std::pair<int, FiredPatterns>> runs;
  for (std::size_t from = 0; from < masks.n_rows; from += chunk) {
    const std::size_t to = std::min(masks.n_rows, from + chunk);
    runs.emplace_back(0, count_chunk(masks, truth, from, to));
    while (runs.size() > 1 && runs[runs.size() - 2].first == runs.back().first) {
      const FiredPatterns last = std::move(runs.back().second);
      runs.pop_back();
      runs.back() = {runs.back().first + 1, merged(runs.back().second, last)};
    }
  }
  FiredPatterns all;
  all.n_rules = masks.n_rules;
  for (const auto& [rank, run] : runs) all = merged(all, run);
  return all;
}

}  // namespace corridor::risk::stats
