// SPDX-License-Identifier: Apache-2.0
/// \file kernels_sse2.cpp  The kernels on registers of 128 bits.
#define CORRIDOR_TARGET
#include "models/risk/kernel_bodies.hpp"
#include "models/risk/lanes_sse2.hpp"

namespace corridor::risk {
namespace {

using L = Sse2Lanes;

struct Special {
  static constexpr std::size_t sum_rows = 16;

  template <Mode>
  static std::size_t table_rows(const std::uint8_t*, std::size_t, const ByteTable&, std::uint8_t*) {
    return 0;  // no byte shuffle: one look-up a row
  }

  static void add16(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                    std::int16_t points, std::int16_t* sum) {
    const __m128i p = _mm_set1_epi16(points), below = L::all(static_cast<std::uint8_t>(need - 1));
    for (std::size_t i = 0; i < n; i += 16) {
      const __m128i fires = _mm_cmpgt_epi8(L::load(truth + i), below);
      const __m128i low = _mm_and_si128(_mm_unpacklo_epi8(fires, fires), p);
      const __m128i high = _mm_and_si128(_mm_unpackhi_epi8(fires, fires), p);
      L::store(sum + i, _mm_add_epi16(L::load(sum + i), low));
      L::store(sum + i + 8, _mm_add_epi16(L::load(sum + i + 8), high));
    }
  }

  static void add_bits16(const std::uint64_t* bits, std::size_t n, std::int16_t points,
                         std::int16_t* sum) {
    const __m128i p = _mm_set1_epi16(points);
    const __m128i bit = _mm_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128);
    for (std::size_t w = 0; w < n; ++w) {
      for (std::size_t k = 0; k < 8; ++k) {
        std::int16_t* rows = sum + 64 * w + 8 * k;
        const __m128i eight =
            _mm_set1_epi16(static_cast<std::int16_t>((bits[w] >> (8 * k)) & 0xFF));
        const __m128i fires = _mm_cmpeq_epi16(_mm_and_si128(eight, bit), bit);
        L::store(rows, _mm_add_epi16(L::load(rows), _mm_and_si128(fires, p)));
      }
    }
  }

  static void total16(const std::int16_t* sum, std::size_t n, std::int32_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = sum[i];
  }

  static void bitmaps(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                      std::uint64_t* fired, std::uint64_t* unknown) {
    const __m128i below = L::all(static_cast<std::uint8_t>(need - 1)), one = L::all(1);
    for (std::size_t i = 0; i < n; i += 64) {
      std::uint64_t f = 0, u = 0;
      for (std::size_t k = 0; k < 64; k += 16) {
        const __m128i t = L::load(truth + i + k);
        const auto bits = [](__m128i mask) {
          return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(mask))};
        };
        f |= bits(_mm_cmpgt_epi8(t, below)) << k;
        u |= bits(_mm_cmpeq_epi8(t, one)) << k;
      }
      const std::uint64_t rows = n - i < 64 ? (std::uint64_t{1} << (n - i)) - 1 : ~std::uint64_t{0};
      fired[i / 64] = f & rows;
      unknown[i / 64] = u & rows;
    }
  }
};

}  // namespace

constexpr Kernels made = make_kernels<L, Special>();
const Kernels sse2_kernels = made;

}  // namespace corridor::risk
