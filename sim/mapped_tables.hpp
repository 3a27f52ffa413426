// SPDX-License-Identifier: Apache-2.0
/// \file mapped_tables.hpp  Tables of flat arrays that are built once and mapped from a cache
/// later.
///
/// The arrays of a model's tables stand in one class template over the kind of array, with one
/// function that visits each of them by name:
///
///     template <template <class> class Array>
///     struct Arrays {
///       Array<int> sizes;
///       template <class Visit, class... A>
///       static constexpr void each(Visit visit, A&... a) { visit("sizes", a.sizes...); }
///     };
///     static_assert(sim::visits_all<Arrays>);
///     struct Tables : Arrays<sim::SpanOf> { std::shared_ptr<const void> owner; };
///
/// Arrays<VectorOf> is filled while building, Tables are spans over it, or over a mapped file. As
/// one list serves all of this, writing, mapping and viewing cannot disagree.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/mapped_file.hpp"

namespace corridor::sim {

template <class T>
using SpanOf = std::span<const T>;
template <class T>
using VectorOf = std::vector<T>;

/// Whether Arrays::each visits as many arrays as there are: one that is forgotten does not compile.
template <template <template <class> class> class Arrays>
inline constexpr bool visits_all = [] {
  const Arrays<SpanOf> none{};
  std::size_t n = 0;
  Arrays<SpanOf>::each([&](const char*, const auto&) { ++n; }, none);
  return n * sizeof(std::span<const char>) == sizeof none;
}();

/// Adds every array of the tables to a cache file.
template <class Tables>
void add_arrays(const Tables& tables, MappedFileWriter& writer) {
  Tables::each([&](const char* name, const auto& array) { writer.add(name, array); }, tables);
}

/// Tables over a mapped file. \throws std::runtime_error when an array is not in it.
template <class Tables>
[[nodiscard]] Tables map_arrays(const std::shared_ptr<const MappedFile>& file) {
  Tables tables;
  Tables::each(
      [&](const char* name, auto& span) {
        using T = typename std::remove_reference_t<decltype(span)>::value_type;
        span = file->get<T>(name);
      },
      tables);
  tables.owner = file;
  return tables;
}

/// Tables over arrays that were just built.
template <class Tables, class Arrays>
[[nodiscard]] Tables view_arrays(const std::shared_ptr<const Arrays>& arrays) {
  Tables tables;
  Tables::each([](const char*, auto& span, const auto& vector) { span = vector; }, tables, *arrays);
  tables.owner = arrays;
  return tables;
}

}  // namespace corridor::sim
