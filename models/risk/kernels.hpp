// SPDX-License-Identifier: Apache-2.0
/// \file kernels.hpp  Passes over a block of rows: the tables of functions, one for each
/// instruction set.
///
/// Truth values are bytes: 0 no, 1 unknown, 2 yes. A test of a column gives `yes` where a predicate
/// holds, `no` where it does not (the other way round when negated), `unknown` where the value is
/// missing. Every predicate is false on the missing value, so that with m = 0xFF where it holds and
/// s = 0xFF where the value is missing
///
///     test = (m & 2) - s          negated test = (~m & 2) + s         (bytes modulo 256)
///
/// Bodies: kernel_bodies.hpp, over the operations of lanes_scalar.hpp, lanes_sse2.hpp and
/// lanes_avx2.hpp. All sets give the same bits: tests/models/risk/test_engine.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "models/risk/feature.hpp"
#include "sim/random.hpp"

namespace corridor::risk {

/// What happens with the truth values that are at `out` already.
enum class Mode : std::uint8_t { put, both, either };  ///< replace; minimum; maximum
inline constexpr std::size_t n_modes = 3;

/// Predicates on a number x of a column, with bounds in the type of the column.
enum class Test : std::uint8_t {
  above,    ///< x > lo
  from,     ///< x >= lo; doubles only
  equal,    ///< x == lo
  inside,   ///< lo < x <= hi for integers, lo <= x <= hi for doubles
  missing,  ///< x is missing: never unknown
};
inline constexpr std::size_t n_tests = 5;

struct Bounds {
  std::int32_t lo = 0, hi = 0;  ///< of i16 and i32
  double x = 0, y = 0;          ///< of f64
};

/// A truth value for each value of a byte, and how to look it up fast.
struct ByteTable {
  enum class Form : std::uint8_t {
    equal,      ///< yes for `code` alone, unknown for 255
    not_equal,  ///< no for `code` alone, unknown for 255
    small,      ///< 16..254 are all alike
    set,        ///< 0..254 are yes or no
    any
  };
  Form form = Form::any;
  std::uint8_t code = 0;
  std::array<std::uint8_t, 256> truth{};
  // small: truth = first[x] ^ rest for x < 16, rest for 16..254, last ^ rest for 255.
  std::array<std::uint8_t, 16> first{};
  std::uint8_t rest = 0, last = 0;
  // set: bit x / 16 % 8 of (x < 128 ? low : high)[x % 16]; `unknown` = 1 where 255 is unknown.
  std::array<std::uint8_t, 16> low{}, high{};
  std::uint8_t unknown = 0;

  ByteTable() = default;
  explicit ByteTable(const std::array<std::uint8_t, 256>& truth_values);
};

/// Operations on double lanes; missing = NaN, and what is not finite becomes NaN. `minimum` and
/// `maximum` leave that to a last `finite`, since their result is one of several arguments.
enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, minimum, maximum };
inline constexpr std::size_t n_arithmetic = 6;
enum class Unary : std::uint8_t { negate, absolute, log1p, finite };
inline constexpr std::size_t n_unary = 4;

struct Kernels {
  using Column = void (*)(const void* column, std::size_t n, const Bounds&, std::uint8_t* out);
  using Bytes = void (*)(const std::uint8_t* column, std::size_t n, const ByteTable&,
                         std::uint8_t* out);
  using Truths = void (*)(const std::uint8_t* in, std::size_t n, std::uint8_t* out);
  using Load = void (*)(const void* column, std::size_t n, double per_unit, double* out);
  using Lanes1 = void (*)(double* a, std::size_t n);
  using Lanes2 = void (*)(double* a, const double* b, std::size_t n);
  using Compare = void (*)(const double* a, const double* b, std::size_t n, std::uint8_t* out);
  template <class T, std::size_t n>
  using Negatable = std::array<std::array<T, n>, 2>;  // [negated][..]

  // By storage i16, i32, f64; test; negated; mode.
  std::array<std::array<Negatable<Column, n_modes>, n_tests>, 3> column;
  std::array<Bytes, n_modes> bytes;
  Negatable<Truths, n_modes> combine;
  /// yes where both are known and equal, no where known and different; into the second.
  Truths same;

  std::array<Load, 4> load;  ///< by storage
  std::array<Lanes1, n_unary> unary;
  std::array<Lanes2, n_arithmetic> arithmetic;         ///< into the first
  std::array<Negatable<Compare, n_modes>, 3> compare;  ///< above, from, equal; negated; mode

  /// certain += truth is yes, possible += truth is not no.
  void (*count)(const std::uint8_t* in, std::size_t n, std::int16_t* certain,
                std::int16_t* possible);
  /// Into truth values: certain >= k, or else possible >= k.
  void (*counted)(const std::int16_t* certain, const std::int16_t* possible, std::size_t n,
                  std::int32_t k, std::uint8_t* out);

  // Sums. Those of 16 bits stand in an order of their own within every `sum_rows` rows; `total`
  // brings them back, and arrays have room for a multiple of it.
  std::size_t sum_rows;
  /// sum += points where truth >= need.
  void (*add16)(const std::uint8_t* truth, std::size_t n, std::uint8_t need, std::int16_t points,
                std::int16_t* sum);
  void (*add32)(const std::uint8_t* truth, std::size_t n, std::uint8_t need, std::int32_t points,
                std::int32_t* sum);
  /// The same from bitmaps of 64 rows a word; n is the number of words.
  void (*add_bits16)(const std::uint64_t* bits, std::size_t n, std::int16_t points,
                     std::int16_t* sum);
  void (*add_bits32)(const std::uint64_t* bits, std::size_t n, std::int32_t points,
                     std::int32_t* sum);
  /// sum += clamp(part, least, most).
  void (*add_capped16)(const std::int16_t* part, std::size_t n, std::int16_t least,
                       std::int16_t most, std::int16_t* sum);
  void (*add_capped32)(const std::int32_t* part, std::size_t n, std::int32_t least,
                       std::int32_t most, std::int32_t* sum);
  void (*total16)(const std::int16_t* sum, std::size_t n, std::int32_t* out);

  /// out |= truth is unknown.
  void (*refer)(const std::uint8_t* truth, std::size_t n, std::uint8_t* out);
  /// Bitmaps, words of 64 rows: truth >= need, and truth is unknown.
  void (*bitmaps)(const std::uint8_t* truth, std::size_t n, std::uint8_t need, std::uint64_t* fired,
                  std::uint64_t* unknown);
  /// Brings x into [least, most] and counts it at x - least.
  void (*clamp_from)(const std::int32_t* x, std::size_t n, std::int32_t least, std::int32_t most,
                     std::uint32_t* out);
};

extern const Kernels scalar_kernels, sse2_kernels, avx2_kernels;

/// \throws std::invalid_argument when the CPU has not got `path`.
const Kernels& kernels(sim::SimdPath path);

}  // namespace corridor::risk
