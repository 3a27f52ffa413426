// SPDX-License-Identifier: Apache-2.0
/// \file element_type.hpp  What the elements of a stored array are.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace corridor::sim {

/// Little-endian in a file; text has a fixed number of bytes, UTF-8, ended and padded by zeros.
enum class ElementType : std::uint8_t { text, int64, int32, uint64, uint8, float64 };

constexpr std::string_view name(ElementType type) {
  switch (type) {
    case ElementType::text:
      return "text";
    case ElementType::int64:
      return "int64";
    case ElementType::int32:
      return "int32";
    case ElementType::uint64:
      return "uint64";
    case ElementType::uint8:
      return "uint8";
    case ElementType::float64:
      return "float64";
  }
  return "?";
}

/// The element type that holds a C++ number.
template <class T>
constexpr ElementType element_type() {
  if constexpr (std::is_same_v<T, std::int64_t>)
    return ElementType::int64;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return ElementType::int32;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return ElementType::uint64;
  else if constexpr (std::is_same_v<T, std::uint8_t>)
    return ElementType::uint8;
  else {
    static_assert(std::is_same_v<T, double>, "no stored array holds elements of this type");
    return ElementType::float64;
  }
}

}  // namespace corridor::sim
