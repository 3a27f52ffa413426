// SPDX-License-Identifier: Apache-2.0
#include "models/simulation/digest.hpp"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace corridor::simulation {

namespace {

class Hasher {
 public:
  Hasher() { XXH3_128bits_reset(&state_); }
  void add(const void* bytes, std::size_t n) { XXH3_128bits_update(&state_, bytes, n); }
  void add(std::string_view text) {
    add(text.data(), text.size());
    add("", 1);
  }
  void add(std::uint64_t number) { add(&number, sizeof number); }
  [[nodiscard]] std::string hex() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  }

 private:
  XXH3_state_t state_;
};

/// The contents, a piece at a time: a whole year's tables need not be in memory.
void add_all(Hasher& hasher, const ResultReader& result, const StoredArray& array) {
  constexpr std::uint64_t piece = 1u << 17;
  std::vector<std::byte> bytes;
  for (std::uint64_t first = 0; first < array.count(); first += piece) {
    const std::uint64_t n = std::min(piece, array.count() - first);
    bytes.resize(static_cast<std::size_t>(n * array.element_bytes));
    result.fetch(array, first, bytes);
    hasher.add(bytes.data(), bytes.size());
  }
}

/// The contents of [replicate][day or month]..., with all bits set where `valid(replicate, row)` is
/// false.
template <class Valid>
void add_valid(Hasher& hasher, const ResultReader& result, const StoredArray& array,
               Valid&& valid) {
  if (array.count() == 0) return;
  const std::uint64_t per_row = array.count() / array.dims[0] / array.dims[1];
  std::vector<std::byte> bytes(static_cast<std::size_t>(per_row * array.element_bytes));
  std::uint64_t first = 0;
  for (std::uint64_t r = 0; r < array.dims[0]; ++r) {
    for (std::uint64_t row = 0; row < array.dims[1]; ++row, first += per_row) {
      if (valid(static_cast<std::int64_t>(r), static_cast<std::int64_t>(row)))
        result.fetch(array, first, bytes);
      else
        std::ranges::fill(bytes, std::byte{0xff});
      hasher.add(bytes.data(), bytes.size());
    }
  }
}

}  // namespace

std::string digest(const ResultReader& result) {
  const bool complete = result.complete();
  const std::vector<std::int64_t> closed = result.closed();
  const auto day_counts = [&](std::int64_t r, std::int64_t day) {
    return day < closed[static_cast<std::size_t>(r)];
  };
  const auto month_counts = [&](std::int64_t r, std::int64_t month) {
    return result.month_days(r, month) > 0;
  };
  Hasher hasher;
  for (const StoredArray& array : result.arrays()) {
    const Dataset& row = *array.dataset;
    if (!row.in_digest) continue;
    hasher.add(row.path);
    hasher.add(sim::name(row.type));
    hasher.add(std::uint64_t{row.rank});
    for (std::size_t i = 0; i < row.rank; ++i) hasher.add(array.dims[i]);
    hasher.add(array.element_bytes);
    if (!complete && row.rank >= 2 && row.dims[1] == Dim::day)
      add_valid(hasher, result, array, day_counts);
    else if (!complete && row.rank >= 2 && row.dims[1] == Dim::month)
      add_valid(hasher, result, array, month_counts);
    else
      add_all(hasher, result, array);
  }
  return hasher.hex();
}

}  // namespace corridor::simulation
