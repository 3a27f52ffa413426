// SPDX-License-Identifier: Apache-2.0
/// \file kernels_avx2.cpp  The kernels on registers of 256 bits; run only where the CPU has AVX2.
#define CORRIDOR_TARGET __attribute__((target("avx2")))
#include "models/risk/kernel_bodies.hpp"
#include "models/risk/lanes_avx2.hpp"

namespace corridor::risk {
namespace {

using L = Avx2Lanes;

/// Sums of 16 bits stand as unpacking within halves leaves them: rows 0-7 and 16-23, then 8-15 and
/// 24-31.
struct Special {
  static constexpr std::size_t sum_rows = 32;

  CORRIDOR_AVX2 __m256i twice(const std::uint8_t* sixteen) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(sixteen)));
  }

  /// Codes above 15 get the top bit by a saturating sum, for which the shuffle gives 0.
  template <Mode mode>
  CORRIDOR_AVX2 std::size_t small_rows(const std::uint8_t* p, std::size_t n, const ByteTable& table,
                                       std::uint8_t* out) {
    const __m256i first = twice(table.first.data());
    const __m256i last = L::all(table.last), rest = L::all(table.rest);
    const __m256i missing = L::all(missing_u8), beyond = L::all(0x70);
    std::size_t i = 0;
    for (; i + 32 <= n; i += 32) {
      const __m256i x = L::load(p + i);
      const __m256i known = _mm256_shuffle_epi8(first, _mm256_adds_epu8(x, beyond));
      const __m256i at_missing = L::conjunction(L::same(x, missing), last);
      emit<L, mode>(out + i, L::exclusive(L::exclusive(known, at_missing), rest));
    }
    return i;
  }

  /// Two shuffles fetch the row of bits of x % 16 from the half of x, one the bit of x / 16 % 8.
  template <Mode mode>
  CORRIDOR_AVX2 std::size_t set_rows(const std::uint8_t* p, std::size_t n, const ByteTable& table,
                                     std::uint8_t* out) {
    const __m256i low = twice(table.low.data()), high = twice(table.high.data());
    const __m256i unknown = L::all(table.unknown), missing = L::all(missing_u8), two = L::all(2);
    const __m256i index_bits = L::all(0x8F), top = L::all(0x80), nibble = L::all(0x0F);
    const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
    std::size_t i = 0;
    for (; i + 32 <= n; i += 32) {
      const __m256i x = L::load(p + i);
      const __m256i index = L::conjunction(x, index_bits);
      const __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(low, index),
                                          _mm256_shuffle_epi8(high, L::exclusive(index, top)));
      const __m256i column =
          _mm256_shuffle_epi8(bit, L::conjunction(_mm256_srli_epi16(x, 4), nibble));
      const __m256i hit = L::same(L::conjunction(row, column), column);
      const __m256i at_missing = L::conjunction(L::same(x, missing), unknown);
      emit<L, mode>(out + i, L::add(L::conjunction(hit, two), at_missing));
    }
    return i;
  }

  template <Mode mode>
  CORRIDOR_AVX2 std::size_t table_rows(const std::uint8_t* p, std::size_t n, const ByteTable& table,
                                       std::uint8_t* out) {
    if (table.form == ByteTable::Form::small) return small_rows<mode>(p, n, table, out);
    if (table.form == ByteTable::Form::set) return set_rows<mode>(p, n, table, out);
    return 0;
  }

  CORRIDOR_TARGET static void add16(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                                    std::int16_t points, std::int16_t* sum) {
    const __m256i p = _mm256_set1_epi16(points);
    const __m256i below = L::all(static_cast<std::uint8_t>(need - 1));
    for (std::size_t i = 0; i < n; i += 32) {
      const __m256i fires = _mm256_cmpgt_epi8(L::load(truth + i), below);
      const __m256i low = L::conjunction(_mm256_unpacklo_epi8(fires, fires), p);
      const __m256i high = L::conjunction(_mm256_unpackhi_epi8(fires, fires), p);
      L::store(sum + i, _mm256_add_epi16(L::load(sum + i), low));
      L::store(sum + i + 16, _mm256_add_epi16(L::load(sum + i + 16), high));
    }
  }

  CORRIDOR_TARGET static void add_bits16(const std::uint64_t* bits, std::size_t n,
                                         std::int16_t points, std::int16_t* sum) {
    const __m256i p = _mm256_set1_epi16(points);
    const __m256i bit = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
    // The byte of bits that each lane needs, and zero above it: rows 0-7 and 16-23, 8-15 and 24-31.
    const __m256i zero_two = _mm256_set_m128i(_mm_set1_epi16(static_cast<std::int16_t>(0x8002)),
                                              _mm_set1_epi16(static_cast<std::int16_t>(0x8000)));
    const __m256i one_three = _mm256_set_m128i(_mm_set1_epi16(static_cast<std::int16_t>(0x8003)),
                                               _mm_set1_epi16(static_cast<std::int16_t>(0x8001)));
    for (std::size_t w = 0; w < n; ++w) {
      for (std::size_t half = 0; half < 2; ++half) {
        std::int16_t* rows = sum + 64 * w + 32 * half;
        const __m256i word = _mm256_set1_epi32(static_cast<std::int32_t>(bits[w] >> (32 * half)));
        const __m256i a = L::conjunction(_mm256_shuffle_epi8(word, zero_two), bit);
        const __m256i b = L::conjunction(_mm256_shuffle_epi8(word, one_three), bit);
        const __m256i a_points = L::conjunction(_mm256_cmpeq_epi16(a, bit), p);
        const __m256i b_points = L::conjunction(_mm256_cmpeq_epi16(b, bit), p);
        L::store(rows, _mm256_add_epi16(L::load(rows), a_points));
        L::store(rows + 16, _mm256_add_epi16(L::load(rows + 16), b_points));
      }
    }
  }

  CORRIDOR_AVX2 void total_rows(const std::int16_t* sum, std::int32_t* out) {
    const __m256i a = L::load(sum), b = L::load(sum + 16);
    L::store(out, _mm256_cvtepi16_epi32(_mm256_castsi256_si128(a)));
    L::store(out + 8, _mm256_cvtepi16_epi32(_mm256_castsi256_si128(b)));
    L::store(out + 16, _mm256_cvtepi16_epi32(_mm256_extracti128_si256(a, 1)));
    L::store(out + 24, _mm256_cvtepi16_epi32(_mm256_extracti128_si256(b, 1)));
  }

  CORRIDOR_TARGET static void total16(const std::int16_t* sum, std::size_t n, std::int32_t* out) {
    std::size_t i = 0;
    for (; i + 32 <= n; i += 32) total_rows(sum + i, out + i);
    if (i < n) {
      std::int32_t last[32];
      total_rows(sum + i, last);
      for (std::size_t k = 0; i + k < n; ++k) out[i + k] = last[k];
    }
  }

  CORRIDOR_TARGET static void bitmaps(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                                      std::uint64_t* fired, std::uint64_t* unknown) {
    const __m256i below = L::all(static_cast<std::uint8_t>(need - 1)), one = L::all(1);
    for (std::size_t i = 0; i < n; i += 64) {
      std::uint64_t f = 0, u = 0;
      for (std::size_t k = 0; k < 64; k += 32) {
        const __m256i t = L::load(truth + i + k);
        const auto fires =
            static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpgt_epi8(t, below)));
        const auto open = static_cast<std::uint32_t>(_mm256_movemask_epi8(L::same(t, one)));
        f |= std::uint64_t{fires} << k;
        u |= std::uint64_t{open} << k;
      }
      const std::uint64_t rows = n - i < 64 ? (std::uint64_t{1} << (n - i)) - 1 : ~std::uint64_t{0};
      fired[i / 64] = f & rows;
      unknown[i / 64] = u & rows;
    }
  }
};

}  // namespace

constexpr Kernels made = make_kernels<L, Special>();
const Kernels avx2_kernels = made;

}  // namespace corridor::risk
