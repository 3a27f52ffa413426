// SPDX-License-Identifier: Apache-2.0
/// \file archive.hpp  Values as bytes and back, for states that are saved: one visit of the members
/// serves both.
///
/// A state has `template <class A> void visit(A& a)` (or a free function) that calls `a(member)`
/// for every member, in an order that is part of the state's version. Members are trivially
/// copyable values, vectors of such, or text. Bytes are those of this machine (x86-64,
/// little-endian). Checked in tests/sim/test_archive.cpp by saving, loading and cutting short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/error.hpp"

namespace corridor::sim {

struct ByteWriter {
  std::vector<std::byte> bytes;

  /// Places and values of what is not zero.
  void sparse(const std::vector<std::uint32_t>& values) {
    std::vector<std::uint32_t> at, n;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == 0) continue;
      at.push_back(static_cast<std::uint32_t>(i));
      n.push_back(values[i]);
    }
    (*this)(std::uint64_t{values.size()});
    (*this)(at);
    (*this)(n);
  }
  template <class T>
  void operator()(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    append(&value, sizeof value);
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    (*this)(std::uint64_t{values.size()});
    append(values.data(), values.size() * sizeof(T));
  }
  void operator()(const std::string& text) {
    (*this)(std::uint64_t{text.size()});
    append(text.data(), text.size());
  }

 private:
  void append(const void* from, std::size_t n) {
    const auto* p = static_cast<const std::byte*>(from);
    bytes.insert(bytes.end(), p, p + n);
  }
};

/// \throws UserError when the bytes end too early or cannot be what was written
struct ByteReader {
  std::span<const std::byte> bytes;

  void sparse(std::vector<std::uint32_t>& values) {
    std::uint64_t size = 0;
    std::vector<std::uint32_t> at, n;
    (*this)(size);
    (*this)(at);
    (*this)(n);
    if (size > (std::uint64_t{1} << 32) || n.size() != at.size()) {
      throw UserError("the saved state is damaged; run again");
    }
    values.assign(size, 0);
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at[i] >= size) throw UserError("the saved state is damaged; run again");
      values[at[i]] = n[i];
    }
  }
  template <class T>
  void operator()(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    take(&value, sizeof value);
  }
  template <class T>
  void operator()(std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    values.resize(count(sizeof(T)));
    take(values.data(), values.size() * sizeof(T));
  }
  void operator()(std::string& text) {
    text.resize(count(1));
    take(text.data(), text.size());
  }

 private:
  std::size_t count(std::size_t size_of_one) {
    std::uint64_t n = 0;
    (*this)(n);
    if (n > bytes.size() / size_of_one) throw UserError("the saved state is cut short");
    return n;
  }
  void take(void* to, std::size_t n) {
    if (n > bytes.size()) throw UserError("the saved state is cut short");
    if (n > 0) std::memcpy(to, bytes.data(), n);
    bytes = bytes.subspan(n);
  }
};

}  // namespace corridor::sim
