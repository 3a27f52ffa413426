// SPDX-License-Identifier: Apache-2.0
/// \file kernels_scalar.cpp  The kernels a row at a time.
#define CORRIDOR_TARGET
#include "models/risk/kernel_bodies.hpp"

namespace corridor::risk {
namespace {

struct Special {
  static constexpr std::size_t sum_rows = 1;

  template <Mode>
  static std::size_t table_rows(const std::uint8_t*, std::size_t, const ByteTable&, std::uint8_t*) {
    return 0;  // one look-up a row
  }

  static void add16(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                    std::int16_t points, std::int16_t* sum) {
    for (std::size_t i = 0; i < n; ++i) {
      sum[i] = static_cast<std::int16_t>(sum[i] + (truth[i] >= need ? points : 0));
    }
  }

  static void add_bits16(const std::uint64_t* bits, std::size_t n, std::int16_t points,
                         std::int16_t* sum) {
    for (std::size_t i = 0; i < 64 * n; ++i) {
      const bool fires = ((bits[i / 64] >> (i % 64)) & 1) != 0;
      sum[i] = static_cast<std::int16_t>(sum[i] + (fires ? points : 0));
    }
  }

  static void total16(const std::int16_t* sum, std::size_t n, std::int32_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = sum[i];
  }

  static void bitmaps(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                      std::uint64_t* fired, std::uint64_t* unknown) {
    for (std::size_t i = 0; i < n; ++i) {
      if (i % 64 == 0) fired[i / 64] = unknown[i / 64] = 0;
      fired[i / 64] |= std::uint64_t{truth[i] >= need} << (i % 64);
      unknown[i / 64] |= std::uint64_t{truth[i] == 1} << (i % 64);
    }
  }
};

}  // namespace

constexpr Kernels made = make_kernels<ScalarLanes, Special>();
const Kernels scalar_kernels = made;

}  // namespace corridor::risk
