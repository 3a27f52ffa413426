// SPDX-License-Identifier: Apache-2.0
/// \file lanes_avx2.hpp  The operations of the kernels on 32 rows, with AVX2.
///
/// Narrowing works within halves of 128 bits, so predicates come in an order that `order<T>` mends.
/// Checked in tests/models/risk/test_engine.cpp.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#define CORRIDOR_AVX2 __attribute__((target("avx2"), always_inline)) static inline

namespace corridor::risk {
namespace {

struct Avx2Lanes {
  static constexpr std::size_t width = 32;
  using Bytes = __m256i;

  CORRIDOR_AVX2 Bytes load(const void* p) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(p));
  }
  CORRIDOR_AVX2 void store(void* p, Bytes b) { _mm256_storeu_si256(static_cast<__m256i*>(p), b); }
  CORRIDOR_AVX2 Bytes all(std::uint8_t b) { return _mm256_set1_epi8(static_cast<char>(b)); }
  CORRIDOR_AVX2 Bytes minimum(Bytes a, Bytes b) { return _mm256_min_epu8(a, b); }
  CORRIDOR_AVX2 Bytes maximum(Bytes a, Bytes b) { return _mm256_max_epu8(a, b); }
  CORRIDOR_AVX2 Bytes conjunction(Bytes a, Bytes b) { return _mm256_and_si256(a, b); }
  CORRIDOR_AVX2 Bytes without(Bytes a, Bytes b) { return _mm256_andnot_si256(b, a); }
  CORRIDOR_AVX2 Bytes exclusive(Bytes a, Bytes b) { return _mm256_xor_si256(a, b); }
  CORRIDOR_AVX2 Bytes add(Bytes a, Bytes b) { return _mm256_add_epi8(a, b); }
  CORRIDOR_AVX2 Bytes subtract(Bytes a, Bytes b) { return _mm256_sub_epi8(a, b); }
  CORRIDOR_AVX2 Bytes same(Bytes a, Bytes b) { return _mm256_cmpeq_epi8(a, b); }

  CORRIDOR_AVX2 Bytes above(const std::int16_t* p, std::int16_t lo) {
    const __m256i t = _mm256_set1_epi16(lo);
    return _mm256_packs_epi16(_mm256_cmpgt_epi16(load(p), t), _mm256_cmpgt_epi16(load(p + 16), t));
  }
  CORRIDOR_AVX2 Bytes equal(const std::int16_t* p, std::int16_t x) {
    const __m256i t = _mm256_set1_epi16(x);
    return _mm256_packs_epi16(_mm256_cmpeq_epi16(load(p), t), _mm256_cmpeq_epi16(load(p + 16), t));
  }
  CORRIDOR_AVX2 Bytes inside(const std::int16_t* p, std::int16_t lo, std::int16_t hi) {
    const __m256i l = _mm256_set1_epi16(lo), h = _mm256_set1_epi16(hi);
    const __m256i a = load(p), b = load(p + 16);
    return _mm256_packs_epi16(
        _mm256_andnot_si256(_mm256_cmpgt_epi16(a, h), _mm256_cmpgt_epi16(a, l)),
        _mm256_andnot_si256(_mm256_cmpgt_epi16(b, h), _mm256_cmpgt_epi16(b, l)));
  }

  CORRIDOR_AVX2 Bytes above(const std::int32_t* p, std::int32_t lo) {
    const __m256i t = _mm256_set1_epi32(lo);
    return pack32(_mm256_cmpgt_epi32(load(p), t), _mm256_cmpgt_epi32(load(p + 8), t),
                  _mm256_cmpgt_epi32(load(p + 16), t), _mm256_cmpgt_epi32(load(p + 24), t));
  }
  CORRIDOR_AVX2 Bytes equal(const std::int32_t* p, std::int32_t x) {
    const __m256i t = _mm256_set1_epi32(x);
    return pack32(_mm256_cmpeq_epi32(load(p), t), _mm256_cmpeq_epi32(load(p + 8), t),
                  _mm256_cmpeq_epi32(load(p + 16), t), _mm256_cmpeq_epi32(load(p + 24), t));
  }
  CORRIDOR_AVX2 Bytes inside(const std::int32_t* p, std::int32_t lo, std::int32_t hi) {
    const __m256i l = _mm256_set1_epi32(lo), h = _mm256_set1_epi32(hi);
    return pack32(within(load(p), l, h), within(load(p + 8), l, h), within(load(p + 16), l, h),
                  within(load(p + 24), l, h));
  }

  CORRIDOR_AVX2 Bytes above(const double* p, double lo) {
    return doubles<_CMP_GT_OQ>(p, &lo, true);
  }
  CORRIDOR_AVX2 Bytes from(const double* p, double lo) { return doubles<_CMP_GE_OQ>(p, &lo, true); }
  CORRIDOR_AVX2 Bytes equal(const double* p, double x) { return doubles<_CMP_EQ_OQ>(p, &x, true); }
  CORRIDOR_AVX2 Bytes inside(const double* p, double lo, double hi) {
    return conjunction(doubles<_CMP_GE_OQ>(p, &lo, true), doubles<_CMP_LE_OQ>(p, &hi, true));
  }
  CORRIDOR_AVX2 Bytes above(const double* p, const double* q) {
    return doubles<_CMP_GT_OQ>(p, q, false);
  }
  CORRIDOR_AVX2 Bytes from(const double* p, const double* q) {
    return doubles<_CMP_GE_OQ>(p, q, false);
  }
  CORRIDOR_AVX2 Bytes equal(const double* p, const double* q) {
    return doubles<_CMP_EQ_OQ>(p, q, false);
  }
  CORRIDOR_AVX2 Bytes unordered(const double* p, const double* q) {
    return doubles<_CMP_UNORD_Q>(p, q, false);
  }

  template <class T>
  CORRIDOR_AVX2 Bytes order(Bytes b) {
    if constexpr (sizeof(T) == 2) {
      return _mm256_permute4x64_epi64(b, _MM_SHUFFLE(3, 1, 2, 0));
    } else if constexpr (sizeof(T) == 4) {
      return _mm256_permutevar8x32_epi32(b, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
    } else if constexpr (sizeof(T) == 8) {
      // Pairs of rows: 0 4 8 12 .. of the first half, 2 6 10 .. of the second.
      const __m256i halves = _mm256_permute4x64_epi64(b, _MM_SHUFFLE(3, 1, 2, 0));
      const __m256i pairs = _mm256_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15,
                                             0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
      return _mm256_shuffle_epi8(halves, pairs);
    } else {
      return b;
    }
  }

 private:
  CORRIDOR_AVX2 __m256i within(__m256i x, __m256i lo, __m256i hi) {
    return _mm256_andnot_si256(_mm256_cmpgt_epi32(x, hi), _mm256_cmpgt_epi32(x, lo));
  }
  CORRIDOR_AVX2 Bytes pack32(__m256i a, __m256i b, __m256i c, __m256i d) {
    return _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
  }
  /// Compares with one number (`q` repeated) or row by row.
  template <int predicate>
  CORRIDOR_AVX2 __m256d four(const double* p, const double* q, std::size_t k, bool one) {
    return _mm256_cmp_pd(_mm256_loadu_pd(p + k), one ? _mm256_set1_pd(*q) : _mm256_loadu_pd(q + k),
                         predicate);
  }
  template <int predicate>
  CORRIDOR_AVX2 __m256i eight(const double* p, const double* q, std::size_t k, bool one) {
    return _mm256_castps_si256(_mm256_shuffle_ps(
        _mm256_castpd_ps(four<predicate>(p, q, k, one)),
        _mm256_castpd_ps(four<predicate>(p, q, k + 4, one)), _MM_SHUFFLE(2, 0, 2, 0)));
  }
  template <int predicate>
  CORRIDOR_AVX2 Bytes doubles(const double* p, const double* q, bool one) {
    return pack32(eight<predicate>(p, q, 0, one), eight<predicate>(p, q, 8, one),
                  eight<predicate>(p, q, 16, one), eight<predicate>(p, q, 24, one));
  }
};

}  // namespace
}  // namespace corridor::risk
