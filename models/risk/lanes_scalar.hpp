// SPDX-License-Identifier: Apache-2.0
/// \file lanes_scalar.hpp  The operations of the kernels on one row: the plainest instruction set,
/// and the end of every block that does not fill a register.
///
/// Checked in tests/models/risk/test_engine.cpp.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace corridor::risk {
namespace {

/// Each set of lanes has `width` rows in a `Bytes`. Predicates give 0xFF or 0 a row, in an order
/// that depends on T; `order<T>` brings them into the order of rows.
struct ScalarLanes {
  static constexpr std::size_t width = 1;
  using Bytes = std::uint8_t;

  static Bytes load(const std::uint8_t* p) { return *p; }
  static void store(std::uint8_t* p, Bytes b) { *p = b; }
  static Bytes all(std::uint8_t b) { return b; }
  static Bytes minimum(Bytes a, Bytes b) { return a < b ? a : b; }
  static Bytes maximum(Bytes a, Bytes b) { return a < b ? b : a; }
  static Bytes conjunction(Bytes a, Bytes b) { return a & b; }
  static Bytes without(Bytes a, Bytes b) { return static_cast<Bytes>(a & ~b); }  // a and not b
  static Bytes exclusive(Bytes a, Bytes b) { return a ^ b; }
  static Bytes add(Bytes a, Bytes b) { return static_cast<Bytes>(a + b); }
  static Bytes subtract(Bytes a, Bytes b) { return static_cast<Bytes>(a - b); }
  static Bytes same(Bytes a, Bytes b) { return mask(a == b); }

  template <class T>
  static Bytes above(const T* p, T lo) {
    return mask(*p > lo);
  }
  template <class T>
  static Bytes from(const T* p, T lo) {
    return mask(*p >= lo);
  }
  template <class T>
  static Bytes equal(const T* p, T x) {
    return mask(*p == x);
  }
  static Bytes inside(const std::int16_t* p, std::int16_t lo, std::int16_t hi) {
    return mask(*p > lo && *p <= hi);
  }
  static Bytes inside(const std::int32_t* p, std::int32_t lo, std::int32_t hi) {
    return mask(*p > lo && *p <= hi);
  }
  static Bytes inside(const double* p, double lo, double hi) { return mask(*p >= lo && *p <= hi); }
  static Bytes above(const double* p, const double* q) { return mask(*p > *q); }
  static Bytes from(const double* p, const double* q) { return mask(*p >= *q); }
  static Bytes equal(const double* p, const double* q) { return mask(*p == *q); }
  static Bytes unordered(const double* p, const double* q) {
    return mask(std::isnan(*p) || std::isnan(*q));
  }
  template <class T>
  static Bytes order(Bytes b) {
    return b;
  }

 private:
  static Bytes mask(bool b) { return b ? 0xFF : 0; }
};

}  // namespace
}  // namespace corridor::risk
