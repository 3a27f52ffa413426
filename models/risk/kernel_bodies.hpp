// SPDX-License-Identifier: Apache-2.0
/// \file kernel_bodies.hpp  The kernels, written once for every instruction set.
///
/// Each of kernels_scalar.cpp, kernels_sse2.cpp and kernels_avx2.cpp includes this file once, after
/// it has defined CORRIDOR_TARGET (the attribute of its functions), and fills its table by
/// `make_kernels<Lanes, Special>()`: `Lanes` as in lanes_scalar.hpp, `Special` the passes that each
/// set does in its own way. What does not fill a register at the end is done by ScalarLanes. Only
/// raw pointers and no library code are in here, so that nothing compiled for AVX2 can be taken for
/// the general version of a library function.
///
/// Checked in tests/models/risk/test_engine.cpp.
#pragma once

#ifndef CORRIDOR_TARGET
#define CORRIDOR_TARGET  // seen alone, by tools
#endif

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "models/risk/kernels.hpp"
#include "models/risk/lanes_scalar.hpp"
#include "sim/math.hpp"

#define CORRIDOR_INLINE __attribute__((always_inline)) CORRIDOR_TARGET inline

namespace corridor::risk {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

template <class L, Mode mode>
CORRIDOR_INLINE void emit(std::uint8_t* out, typename L::Bytes truth) {
  if constexpr (mode == Mode::both) truth = L::minimum(L::load(out), truth);
  if constexpr (mode == Mode::either) truth = L::maximum(L::load(out), truth);
  L::store(out, truth);
}

/// The equations of kernels.hpp.
template <class L, bool negated>
CORRIDOR_INLINE typename L::Bytes truth_of(typename L::Bytes holds, typename L::Bytes missing) {
  if constexpr (negated) return L::add(L::without(L::all(2), holds), missing);
  return L::subtract(L::conjunction(holds, L::all(2)), missing);
}

// Tests of a column of numbers.

template <class T>
CORRIDOR_INLINE constexpr T missing_value() {
  return std::numeric_limits<T>::min();
}

template <class L, class T>
CORRIDOR_INLINE typename L::Bytes is_missing(const T* p) {
  if constexpr (std::is_same_v<T, double>) {
    return L::unordered(p, p);
  } else {
    return L::equal(p, missing_value<T>());
  }
}

template <class L, class T, Test test>
CORRIDOR_INLINE typename L::Bytes predicate(const T* p, T lo, T hi) {
  if constexpr (test == Test::above) return L::above(p, lo);
  if constexpr (test == Test::from) return L::from(p, lo);
  if constexpr (test == Test::equal) return L::equal(p, lo);
  if constexpr (test == Test::inside) return L::inside(p, lo, hi);
  if constexpr (test == Test::missing) return is_missing<L>(p);
}

template <class L, class T, Test test, bool negated, Mode mode>
CORRIDOR_INLINE std::size_t column_rows(const T* p, std::size_t i, std::size_t n, T lo, T hi,
                                        std::uint8_t* out) {
  for (; i + L::width <= n; i += L::width) {
    const auto holds = predicate<L, T, test>(p + i, lo, hi);
    const auto unknown = test == Test::missing ? L::all(0) : is_missing<L>(p + i);
    emit<L, mode>(out + i, L::template order<T>(truth_of<L, negated>(holds, unknown)));
  }
  return i;
}

template <class L, class T, Test test, bool negated, Mode mode>
CORRIDOR_TARGET void column_test(const void* column, std::size_t n, const Bounds& b,
                                 std::uint8_t* out) {
  const T* p = static_cast<const T*>(column);
  T lo, hi;
  if constexpr (std::is_same_v<T, double>) {
    lo = b.x;
    hi = b.y;
  } else {
    lo = static_cast<T>(b.lo);
    hi = static_cast<T>(b.hi);
  }
  const std::size_t done = column_rows<L, T, test, negated, mode>(p, 0, n, lo, hi, out);
  column_rows<ScalarLanes, T, test, negated, mode>(p, done, n, lo, hi, out);
}

// Look-up of bytes.

template <class L, bool negated, Mode mode>
CORRIDOR_INLINE std::size_t one_code_rows(const std::uint8_t* p, std::size_t i, std::size_t n,
                                          std::uint8_t code, std::uint8_t* out) {
  for (; i + L::width <= n; i += L::width) {
    const auto x = L::load(p + i);
    emit<L, mode>(out + i,
                  truth_of<L, negated>(L::same(x, L::all(code)), L::same(x, L::all(missing_u8))));
  }
  return i;
}

template <class L, class Special, Mode mode>
CORRIDOR_TARGET void byte_table(const std::uint8_t* p, std::size_t n, const ByteTable& table,
                                std::uint8_t* out) {
  std::size_t i = 0;
  if (table.form == ByteTable::Form::equal) {
    i = one_code_rows<L, false, mode>(p, i, n, table.code, out);
  } else if (table.form == ByteTable::Form::not_equal) {
    i = one_code_rows<L, true, mode>(p, i, n, table.code, out);
  } else {
    i = Special::template table_rows<mode>(p, n, table, out);
  }
  const std::uint8_t* truth = table.truth.data();
  for (; i < n; ++i) emit<ScalarLanes, mode>(out + i, truth[p[i]]);
}

// Truth values among themselves.

template <class L, bool negated, Mode mode>
CORRIDOR_INLINE std::size_t combine_rows(const std::uint8_t* in, std::size_t i, std::size_t n,
                                         std::uint8_t* out) {
  for (; i + L::width <= n; i += L::width) {
    const auto t = L::load(in + i);
    emit<L, mode>(out + i, negated ? L::subtract(L::all(2), t) : t);
  }
  return i;
}

template <class L, bool negated, Mode mode>
CORRIDOR_TARGET void combine(const std::uint8_t* in, std::size_t n, std::uint8_t* out) {
  combine_rows<ScalarLanes, negated, mode>(in, combine_rows<L, negated, mode>(in, 0, n, out), n,
                                           out);
}

CORRIDOR_TARGET void same_truth(const std::uint8_t* in, std::size_t n, std::uint8_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    const bool unknown = (in[i] == 1) | (out[i] == 1);
    out[i] = static_cast<std::uint8_t>(unknown ? 1 : in[i] == out[i] ? 2 : 0);
  }
}

CORRIDOR_TARGET void count(const std::uint8_t* in, std::size_t n, std::int16_t* certain,
                           std::int16_t* possible) {
  for (std::size_t i = 0; i < n; ++i) {
    certain[i] = static_cast<std::int16_t>(certain[i] + (in[i] == 2));
    possible[i] = static_cast<std::int16_t>(possible[i] + (in[i] != 0));
  }
}

CORRIDOR_TARGET void counted(const std::int16_t* certain, const std::int16_t* possible,
                             std::size_t n, std::int32_t k, std::uint8_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = static_cast<std::uint8_t>((certain[i] >= k) + (possible[i] >= k));
  }
}

// Double lanes.

CORRIDOR_INLINE double finite_or_missing(double x) { return x - x == 0 ? x : nan_value; }

template <class T>
CORRIDOR_TARGET void load(const void* column, std::size_t n, double per_unit, double* out) {
  const T* p = static_cast<const T*>(column);
  if constexpr (std::is_same_v<T, double>) {
    for (std::size_t i = 0; i < n; ++i) out[i] = p[i];
  } else {
    constexpr T missing =
        std::is_same_v<T, std::uint8_t> ? static_cast<T>(missing_u8) : missing_value<T>();
    for (std::size_t i = 0; i < n; ++i) {
      const double x = static_cast<double>(p[i]) / per_unit;
      out[i] = p[i] == missing ? nan_value : x;
    }
  }
}

template <Unary op>
CORRIDOR_TARGET void unary(double* a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const double x = a[i];
    if constexpr (op == Unary::negate) a[i] = finite_or_missing(-x);
    if constexpr (op == Unary::absolute) a[i] = finite_or_missing(__builtin_fabs(x));
    if constexpr (op == Unary::finite) a[i] = finite_or_missing(x);
    if constexpr (op == Unary::log1p) {
      a[i] = x > -1 ? finite_or_missing(sim::log1p(x)) : nan_value;
    }
  }
}

template <Arithmetic op>
CORRIDOR_INLINE double apply(double a, double b) {
  if constexpr (op == Arithmetic::add) return finite_or_missing(a + b);
  if constexpr (op == Arithmetic::subtract) return finite_or_missing(a - b);
  if constexpr (op == Arithmetic::multiply) return finite_or_missing(a * b);
  if constexpr (op == Arithmetic::divide) return b == 0 ? nan_value : finite_or_missing(a / b);
  const double best = op == Arithmetic::minimum ? (b < a ? b : a) : (a < b ? b : a);
  return ((a == a) & (b == b)) ? best : nan_value;
}

template <Arithmetic op>
CORRIDOR_TARGET void arithmetic(double* a, const double* b, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) a[i] = apply<op>(a[i], b[i]);
}

template <class L, Test test, bool negated, Mode mode>
CORRIDOR_INLINE std::size_t compare_rows(const double* a, const double* b, std::size_t i,
                                         std::size_t n, std::uint8_t* out) {
  for (; i + L::width <= n; i += L::width) {
    const auto holds = test == Test::above  ? L::above(a + i, b + i)
                       : test == Test::from ? L::from(a + i, b + i)
                                            : L::equal(a + i, b + i);
    const auto truth = truth_of<L, negated>(holds, L::unordered(a + i, b + i));
    emit<L, mode>(out + i, L::template order<double>(truth));
  }
  return i;
}

template <class L, Test test, bool negated, Mode mode>
CORRIDOR_TARGET void compare(const double* a, const double* b, std::size_t n, std::uint8_t* out) {
  compare_rows<ScalarLanes, test, negated, mode>(
      a, b, compare_rows<L, test, negated, mode>(a, b, 0, n, out), n, out);
}

// Sums in the order of rows.

CORRIDOR_TARGET void add32(const std::uint8_t* truth, std::size_t n, std::uint8_t need,
                           std::int32_t points, std::int32_t* sum) {
  for (std::size_t i = 0; i < n; ++i) sum[i] += truth[i] >= need ? points : 0;
}

CORRIDOR_TARGET void add_bits32(const std::uint64_t* bits, std::size_t n, std::int32_t points,
                                std::int32_t* sum) {
  for (std::size_t w = 0; w < n; ++w) {
    for (std::size_t half = 0; half < 2; ++half) {
      const auto word = static_cast<std::uint32_t>(bits[w] >> (32 * half));
      std::int32_t* rows = sum + 64 * w + 32 * half;
      for (std::uint32_t k = 0; k < 32; ++k) {
        rows[k] += -static_cast<std::int32_t>((word >> k) & 1U) & points;
      }
    }
  }
}

template <class T>
CORRIDOR_TARGET void add_capped(const T* part, std::size_t n, T least, T most, T* sum) {
  for (std::size_t i = 0; i < n; ++i) {
    T x = part[i];
    x = x < least ? least : x;
    x = x > most ? most : x;
    sum[i] = static_cast<T>(sum[i] + x);
  }
}

CORRIDOR_TARGET void refer(const std::uint8_t* truth, std::size_t n, std::uint8_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = static_cast<std::uint8_t>(out[i] | (truth[i] == 1));
  }
}

CORRIDOR_TARGET void clamp_from(const std::int32_t* x, std::size_t n, std::int32_t least,
                                std::int32_t most, std::uint32_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t y = x[i] < least ? least : x[i];
    y = y > most ? most : y;
    out[i] = static_cast<std::uint32_t>(y) - static_cast<std::uint32_t>(least);
  }
}

// The table.

template <class L, class T, Test test, bool negated>
constexpr std::array<Kernels::Column, n_modes> column_modes() {
  if constexpr (test == Test::from && !std::is_same_v<T, double>) {
    return {};  // integers: above the number before
  } else {
    return {column_test<L, T, test, negated, Mode::put>,
            column_test<L, T, test, negated, Mode::both>,
            column_test<L, T, test, negated, Mode::either>};
  }
}

template <class L, class T, std::size_t... test>
constexpr auto column_tests(std::index_sequence<test...>) {
  return std::array<Kernels::Negatable<Kernels::Column, n_modes>, n_tests>{
      Kernels::Negatable<Kernels::Column, n_modes>{
          column_modes<L, T, static_cast<Test>(test), false>(),
          column_modes<L, T, static_cast<Test>(test), true>()}...};
}

template <class L, Test test, bool negated>
constexpr std::array<Kernels::Compare, n_modes> compare_modes() {
  return {compare<L, test, negated, Mode::put>, compare<L, test, negated, Mode::both>,
          compare<L, test, negated, Mode::either>};
}

template <class L, class Special>
constexpr Kernels make_kernels() {
  Kernels k{};
  constexpr auto tests = std::make_index_sequence<n_tests>{};
  k.column = {column_tests<L, std::int16_t>(tests), column_tests<L, std::int32_t>(tests),
              column_tests<L, double>(tests)};
  k.bytes = {byte_table<L, Special, Mode::put>, byte_table<L, Special, Mode::both>,
             byte_table<L, Special, Mode::either>};
  k.combine[0] = {combine<L, false, Mode::put>, combine<L, false, Mode::both>,
                  combine<L, false, Mode::either>};
  k.combine[1] = {combine<L, true, Mode::put>, combine<L, true, Mode::both>,
                  combine<L, true, Mode::either>};
  k.same = same_truth;
  k.load = {load<std::uint8_t>, load<std::int16_t>, load<std::int32_t>, load<double>};
  k.unary = {unary<Unary::negate>, unary<Unary::absolute>, unary<Unary::log1p>,
             unary<Unary::finite>};
  k.arithmetic = {arithmetic<Arithmetic::add>,      arithmetic<Arithmetic::subtract>,
                  arithmetic<Arithmetic::multiply>, arithmetic<Arithmetic::divide>,
                  arithmetic<Arithmetic::minimum>,  arithmetic<Arithmetic::maximum>};
  k.compare[0] = {compare_modes<L, Test::above, false>(), compare_modes<L, Test::above, true>()};
  k.compare[1] = {compare_modes<L, Test::from, false>(), compare_modes<L, Test::from, true>()};
  k.compare[2] = {compare_modes<L, Test::equal, false>(), compare_modes<L, Test::equal, true>()};
  k.count = count;
  k.counted = counted;
  k.sum_rows = Special::sum_rows;
  k.add16 = Special::add16;
  k.add32 = add32;
  k.add_bits16 = Special::add_bits16;
  k.add_bits32 = add_bits32;
  k.add_capped16 = add_capped<std::int16_t>;
  k.add_capped32 = add_capped<std::int32_t>;
  k.total16 = Special::total16;
  k.refer = refer;
  k.bitmaps = Special::bitmaps;
  k.clamp_from = clamp_from;
  return k;
}

}  // namespace
}  // namespace corridor::risk
