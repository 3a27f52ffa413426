// SPDX-License-Identifier: Apache-2.0
/// \file lanes_sse2.hpp  The operations of the kernels on 16 rows, as every x86-64 CPU has them.
///
/// Checked in tests/models/risk/test_engine.cpp.
#pragma once

#include <emmintrin.h>

#include <cstddef>
#include <cstdint>

namespace corridor::risk {
namespace {

struct Sse2Lanes {
  static constexpr std::size_t width = 16;
  using Bytes = __m128i;

  static Bytes load(const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); }
  static void store(void* p, Bytes b) { _mm_storeu_si128(static_cast<__m128i*>(p), b); }
  static Bytes all(std::uint8_t b) { return _mm_set1_epi8(static_cast<char>(b)); }
  static Bytes minimum(Bytes a, Bytes b) { return _mm_min_epu8(a, b); }
  static Bytes maximum(Bytes a, Bytes b) { return _mm_max_epu8(a, b); }
  static Bytes conjunction(Bytes a, Bytes b) { return _mm_and_si128(a, b); }
  static Bytes without(Bytes a, Bytes b) { return _mm_andnot_si128(b, a); }
  static Bytes exclusive(Bytes a, Bytes b) { return _mm_xor_si128(a, b); }
  static Bytes add(Bytes a, Bytes b) { return _mm_add_epi8(a, b); }
  static Bytes subtract(Bytes a, Bytes b) { return _mm_sub_epi8(a, b); }
  static Bytes same(Bytes a, Bytes b) { return _mm_cmpeq_epi8(a, b); }

  static Bytes above(const std::int16_t* p, std::int16_t lo) {
    const __m128i t = _mm_set1_epi16(lo);
    return _mm_packs_epi16(_mm_cmpgt_epi16(load(p), t), _mm_cmpgt_epi16(load(p + 8), t));
  }
  static Bytes equal(const std::int16_t* p, std::int16_t x) {
    const __m128i t = _mm_set1_epi16(x);
    return _mm_packs_epi16(_mm_cmpeq_epi16(load(p), t), _mm_cmpeq_epi16(load(p + 8), t));
  }
  static Bytes inside(const std::int16_t* p, std::int16_t lo, std::int16_t hi) {
    const __m128i l = _mm_set1_epi16(lo), h = _mm_set1_epi16(hi);
    const auto within = [&](__m128i x) {
      return _mm_andnot_si128(_mm_cmpgt_epi16(x, h), _mm_cmpgt_epi16(x, l));
    };
    return _mm_packs_epi16(within(load(p)), within(load(p + 8)));
  }

  static Bytes above(const std::int32_t* p, std::int32_t lo) {
    const __m128i t = _mm_set1_epi32(lo);
    return pack32([&](std::size_t k) { return _mm_cmpgt_epi32(load(p + 4 * k), t); });
  }
  static Bytes equal(const std::int32_t* p, std::int32_t x) {
    const __m128i t = _mm_set1_epi32(x);
    return pack32([&](std::size_t k) { return _mm_cmpeq_epi32(load(p + 4 * k), t); });
  }
  static Bytes inside(const std::int32_t* p, std::int32_t lo, std::int32_t hi) {
    const __m128i l = _mm_set1_epi32(lo), h = _mm_set1_epi32(hi);
    return pack32([&](std::size_t k) {
      const __m128i x = load(p + 4 * k);
      return _mm_andnot_si128(_mm_cmpgt_epi32(x, h), _mm_cmpgt_epi32(x, l));
    });
  }

  static Bytes above(const double* p, double lo) {
    const __m128d t = _mm_set1_pd(lo);
    return pack64([&](std::size_t k) { return _mm_cmpgt_pd(_mm_loadu_pd(p + k), t); });
  }
  static Bytes from(const double* p, double lo) {
    const __m128d t = _mm_set1_pd(lo);
    return pack64([&](std::size_t k) { return _mm_cmpge_pd(_mm_loadu_pd(p + k), t); });
  }
  static Bytes equal(const double* p, double x) {
    const __m128d t = _mm_set1_pd(x);
    return pack64([&](std::size_t k) { return _mm_cmpeq_pd(_mm_loadu_pd(p + k), t); });
  }
  static Bytes inside(const double* p, double lo, double hi) {
    const __m128d l = _mm_set1_pd(lo), h = _mm_set1_pd(hi);
    return pack64([&](std::size_t k) {
      const __m128d x = _mm_loadu_pd(p + k);
      return _mm_and_pd(_mm_cmpge_pd(x, l), _mm_cmple_pd(x, h));
    });
  }
  static Bytes above(const double* p, const double* q) {
    return pack64(
        [&](std::size_t k) { return _mm_cmpgt_pd(_mm_loadu_pd(p + k), _mm_loadu_pd(q + k)); });
  }
  static Bytes from(const double* p, const double* q) {
    return pack64(
        [&](std::size_t k) { return _mm_cmpge_pd(_mm_loadu_pd(p + k), _mm_loadu_pd(q + k)); });
  }
  static Bytes equal(const double* p, const double* q) {
    return pack64(
        [&](std::size_t k) { return _mm_cmpeq_pd(_mm_loadu_pd(p + k), _mm_loadu_pd(q + k)); });
  }
  static Bytes unordered(const double* p, const double* q) {
    return pack64(
        [&](std::size_t k) { return _mm_cmpunord_pd(_mm_loadu_pd(p + k), _mm_loadu_pd(q + k)); });
  }

  template <class T>
  static Bytes order(Bytes b) {
    return b;
  }

 private:
  template <class Part>  // part(k): 4 lanes of 32 bits
  static Bytes pack32(Part part) {
    return _mm_packs_epi16(_mm_packs_epi32(part(0), part(1)), _mm_packs_epi32(part(2), part(3)));
  }
  template <class Part>  // part(k): 2 lanes of 64 bits, rows k and k + 1
  static Bytes pack64(Part part) {
    const auto four = [&](std::size_t k) {
      return _mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(part(k)), _mm_castpd_ps(part(k + 2)),
                                             _MM_SHUFFLE(2, 0, 2, 0)));
    };
    return _mm_packs_epi16(_mm_packs_epi32(four(0), four(4)), _mm_packs_epi32(four(8), four(12)));
  }
};

}  // namespace
}  // namespace corridor::risk
