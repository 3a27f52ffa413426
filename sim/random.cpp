// SPDX-License-Identifier: Apache-2.0
#include "sim/random.hpp"

#include <Random123/philox.h>
#include <immintrin.h>

#include <stdexcept>
#include <string>

namespace corridor::sim {
namespace {

// Philox4x32-10 constants (Salmon et al. 2011, table 2 and text).
constexpr std::uint32_t multiplier0 = 0xD2511F53U;
constexpr std::uint32_t multiplier1 = 0xCD9E8D57U;
constexpr std::uint32_t weyl0 = 0x9E3779B9U;
constexpr std::uint32_t weyl1 = 0xBB67AE85U;
constexpr int rounds = 10;

constexpr std::uint32_t tag(Purpose purpose, std::uint16_t index) {
  return (std::uint32_t{static_cast<std::uint16_t>(purpose)} << 16) | index;
}

struct Batch {
  RunKey key;
  std::uint32_t purpose_bits;
  const std::uint64_t* ids;
  const std::int32_t* days;
  const std::uint16_t* index;
  std::array<std::uint32_t*, 4> out;
};

void scalar_rows(const Batch& b, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const philox4x32_ctr_t counter = {
        {static_cast<std::uint32_t>(b.ids[i]), static_cast<std::uint32_t>(b.ids[i] >> 32),
         static_cast<std::uint32_t>(b.days[i]), b.purpose_bits | b.index[i]}};
    const philox4x32_key_t key = {{b.key.seed, b.key.replicate}};
    const philox4x32_ctr_t r = philox4x32_R(rounds, counter, key);
    for (std::size_t k = 0; k < 4; ++k) b.out[k][i] = r.v[k];
  }
}

// Four counters in four registers, one word each; the 32x32 -> 64 products come from even and odd
// lanes.
struct Lanes4 {
  __m128i c0, c1, c2, c3;
};

inline void product4(__m128i x, __m128i m, __m128i& high, __m128i& low) {
  const __m128i even = _mm_mul_epu32(x, m);
  const __m128i odd = _mm_mul_epu32(_mm_srli_epi64(x, 32), m);
  const __m128i even_shuffled = _mm_shuffle_epi32(even, _MM_SHUFFLE(3, 1, 2, 0));
  const __m128i odd_shuffled = _mm_shuffle_epi32(odd, _MM_SHUFFLE(3, 1, 2, 0));
  low = _mm_unpacklo_epi32(even_shuffled, odd_shuffled);
  high = _mm_unpackhi_epi32(even_shuffled, odd_shuffled);
}

std::size_t sse2_rows(const Batch& b, std::size_t n) {
  const __m128i m0 = _mm_set1_epi32(static_cast<int>(multiplier0));
  const __m128i m1 = _mm_set1_epi32(static_cast<int>(multiplier1));
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.ids + i));
    const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.ids + i + 2));
    const __m128i a_split = _mm_shuffle_epi32(a, _MM_SHUFFLE(3, 1, 2, 0));
    const __m128i c_split = _mm_shuffle_epi32(c, _MM_SHUFFLE(3, 1, 2, 0));
    Lanes4 s;
    s.c0 = _mm_unpacklo_epi64(a_split, c_split);
    s.c1 = _mm_unpackhi_epi64(a_split, c_split);
    s.c2 = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.days + i));
    const __m128i index16 = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(b.index + i));
    s.c3 = _mm_or_si128(_mm_unpacklo_epi16(index16, _mm_setzero_si128()),
                        _mm_set1_epi32(static_cast<int>(b.purpose_bits)));
    std::uint32_t k0 = b.key.seed, k1 = b.key.replicate;
    for (int r = 0; r < rounds; ++r) {
      __m128i high0, low0, high1, low1;
      product4(s.c0, m0, high0, low0);
      product4(s.c2, m1, high1, low1);
      s.c0 = _mm_xor_si128(_mm_xor_si128(high1, s.c1), _mm_set1_epi32(static_cast<int>(k0)));
      s.c1 = low1;
      s.c2 = _mm_xor_si128(_mm_xor_si128(high0, s.c3), _mm_set1_epi32(static_cast<int>(k1)));
      s.c3 = low0;
      k0 += weyl0;
      k1 += weyl1;
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(b.out[0] + i), s.c0);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(b.out[1] + i), s.c1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(b.out[2] + i), s.c2);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(b.out[3] + i), s.c3);
  }
  return i;
}

// Eight counters at a time. The products of even and odd lanes are blended instead of unpacked, so
// every lane stays in its place.
__attribute__((target("avx2"))) inline void product8(__m256i x, __m256i m, __m256i& high,
                                                     __m256i& low) {
  const __m256i even = _mm256_mul_epu32(x, m);
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), m);
  low = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
  high = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
}

__attribute__((target("avx2"))) std::size_t avx2_rows(const Batch& b, std::size_t n) {
  const __m256i m0 = _mm256_set1_epi32(static_cast<int>(multiplier0));
  const __m256i m1 = _mm256_set1_epi32(static_cast<int>(multiplier1));
  const __m256i split = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256i a = _mm256_permutevar8x32_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b.ids + i)), split);
    const __m256i c = _mm256_permutevar8x32_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b.ids + i + 4)), split);
    __m256i c0 = _mm256_permute2x128_si256(a, c, 0x20);
    __m256i c1 = _mm256_permute2x128_si256(a, c, 0x31);
    __m256i c2 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b.days + i));
    __m256i c3 = _mm256_or_si256(
        _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b.index + i))),
        _mm256_set1_epi32(static_cast<int>(b.purpose_bits)));
    std::uint32_t k0 = b.key.seed, k1 = b.key.replicate;
    for (int r = 0; r < rounds; ++r) {
      __m256i high0, low0, high1, low1;
      product8(c0, m0, high0, low0);
      product8(c2, m1, high1, low1);
      c0 = _mm256_xor_si256(_mm256_xor_si256(high1, c1), _mm256_set1_epi32(static_cast<int>(k0)));
      c1 = low1;
      c2 = _mm256_xor_si256(_mm256_xor_si256(high0, c3), _mm256_set1_epi32(static_cast<int>(k1)));
      c3 = low0;
      k0 += weyl0;
      k1 += weyl1;
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(b.out[0] + i), c0);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(b.out[1] + i), c1);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(b.out[2] + i), c2);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(b.out[3] + i), c3);
  }
  return i;
}

}  // namespace

Block draw(RunKey key, Purpose purpose, std::uint64_t id, std::int32_t day, std::uint16_t index) {
  const philox4x32_ctr_t counter = {{static_cast<std::uint32_t>(id),
                                     static_cast<std::uint32_t>(id >> 32),
                                     static_cast<std::uint32_t>(day), tag(purpose, index)}};
  const philox4x32_ctr_t r = philox4x32_R(rounds, counter, {{key.seed, key.replicate}});
  return {r.v[0], r.v[1], r.v[2], r.v[3]};
}

SimdPath widest_path() {
  static const SimdPath widest =
      __builtin_cpu_supports("avx2") != 0 ? SimdPath::avx2 : SimdPath::sse2;
  return widest;
}

std::string_view name(SimdPath path) {
  switch (path) {
    case SimdPath::scalar:
      return "scalar";
    case SimdPath::sse2:
      return "sse2";
    case SimdPath::avx2:
      return "avx2";
    case SimdPath::best:
      return "best";
  }
  return "?";
}

void draw_batch(SimdPath path, RunKey key, Purpose purpose, std::size_t n, const std::uint64_t* ids,
                const std::int32_t* days, const std::uint16_t* index,
                const std::array<std::uint32_t*, 4>& out) {
  if (path == SimdPath::best) path = widest_path();
  if (path == SimdPath::avx2 && widest_path() != SimdPath::avx2) {
    throw std::invalid_argument("this CPU has no AVX2; choose sse2, scalar or best");
  }
  const Batch batch{key, tag(purpose, 0), ids, days, index, out};
  std::size_t done = 0;
  if (path == SimdPath::avx2) done = avx2_rows(batch, n);
  if (path == SimdPath::sse2) done = sse2_rows(batch, n);
  scalar_rows(batch, done, n);
}

}  // namespace corridor::sim
