// SPDX-License-Identifier: Apache-2.0
/// \file parameter_set.hpp  All rows of all models in one list: what a value may be, how it is
/// written, where it goes.
///
/// `sound(table)` is checked when a model is compiled; `ParameterSet` is the view that does not
/// know the structs: validation, `--set`, the JSON Schema and the manual's chapter are written
/// against it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "sim/parameter.hpp"

namespace corridor::sim {

using Value = std::variant<double, std::int64_t, bool, std::string>;
enum class Kind : std::uint8_t { real, integer, boolean, text };  ///< in the order of Value

struct ParameterInfo {
  std::string_view path, unit, meaning, source, allowed;
  Tag tag = Tag::option;
  Kind kind = Kind::real;
  double lo = 0, hi = 0;
  Value standard;  ///< the default

  [[nodiscard]] std::string_view table() const;  ///< "travel.nights" of "travel.nights.sigma"
  [[nodiscard]] std::string_view key() const;    ///< "sigma"
  [[nodiscard]] std::vector<std::string> allowed_names() const;  ///< empty: any text
};

/// As TOML writes it: 0.1, 30, true, "text". Reals are the shortest digits that read back to the
/// same bits.
[[nodiscard]] std::string literal(const Value& value);
[[nodiscard]] std::string literal(double value);
[[nodiscard]] std::string literal(std::string_view text);

/// A number as people write it: whole ones without point or exponent.
[[nodiscard]] std::string plain_number(double value);

/// "a whole number in [1, 3650]"
[[nodiscard]] std::string what_is_allowed(const ParameterInfo& row);

/// What is wrong with this value, e.g. "run.days = 0 is outside [1, 3650]", or nothing. A whole
/// number is taken for a real one (and `value` is changed to it); no other conversion is made. Text
/// whose unit is "date" must be a date that exists.
[[nodiscard]] std::optional<std::string> complaint_about(const ParameterInfo& row, Value& value);

class ParameterSet {
 public:
  template <class S, std::size_t n>
  void add(const std::array<Parameter<S>, n>& table) {
    static const S standard{};  // static: else GCC 12 warns of members that S has not got
    for (const Parameter<S>& row : table) {
      ParameterInfo info{row.path,
                         row.unit,
                         row.meaning,
                         row.source,
                         row.allowed,
                         row.tag,
                         Kind{static_cast<std::uint8_t>(row.field.index())},
                         row.lo,
                         row.hi,
                         {}};
      std::visit([&](auto field) { info.standard = standard.*field; }, row.field);
      append(std::move(info));
    }
  }

  /// In the order in which they were added.
  [[nodiscard]] std::span<const ParameterInfo> rows() const { return rows_; }
  /// \returns nullptr when there is no such path.
  [[nodiscard]] const ParameterInfo* find(std::string_view path) const;
  /// Whether some path begins with `path` and a dot; "" is the table of tables.
  [[nodiscard]] bool is_table(std::string_view path) const;
  /// Names directly below a table, values and tables, sorted.
  [[nodiscard]] std::vector<std::string> names_in(std::string_view table) const;
  [[nodiscard]] std::vector<std::string> paths() const;

 private:
  void append(ParameterInfo info);
  std::vector<ParameterInfo> rows_;
  std::map<std::string_view, std::size_t, std::less<>> by_path_;
};

/// Puts the values at their rows' paths into `params`; paths that are not there keep their default.
/// `find(path)` returns a `const Value*` of the row's kind, or nullptr.
template <class S, std::size_t n, class Find>
void assign(S& params, const std::array<Parameter<S>, n>& table, const Find& find) {
  for (const Parameter<S>& row : table)
    if (const Value* value = find(row.path))
      std::visit([&]<class T>(T S::*field) { params.*field = std::get<T>(*value); }, row.field);
}

/// The value of a row in `params`.
template <class S>
Value value_of(const S& params, const Parameter<S>& row) {
  return std::visit([&](auto field) { return Value(params.*field); }, row.field);
}

namespace detail {

constexpr bool is_path(std::string_view path) {
  if (path.find('.') == path.npos || path.front() == '.' || path.back() == '.') return false;
  char last = '.';
  for (const char c : path) {
    const bool lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (!lower && !(digit && last != '.') && !(c == '_' && last != '.') && c != '.') return false;
    if (c == '.' && last == '.') return false;
    last = c;
  }
  return true;
}

constexpr bool is_one_of(std::string_view name, std::string_view allowed) {
  if (allowed.empty()) return true;
  for (;;) {
    const std::size_t bar = allowed.find('|');
    if (allowed.substr(0, bar) == name) return true;
    if (bar == allowed.npos) return false;
    allowed.remove_prefix(bar + 1);
  }
}

/// Whether `a` is `b` or a table that `b` lies in, or the other way round.
constexpr bool collide(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) return collide(b, a);
  return b.substr(0, a.size()) == a && (b.size() == a.size() || b[a.size()] == '.');
}

}  // namespace detail

/// Whether the default of a row, as `standard` holds it, is one of its allowed values.
template <class S>
constexpr bool default_is_allowed(const S& standard, const Parameter<S>& row) {
  return std::visit(
      [&]<class T>(T S::*field) {
        if constexpr (std::is_same_v<T, std::string>)
          return detail::is_one_of(standard.*field, row.allowed);
        else if constexpr (std::is_same_v<T, bool>)
          return true;
        else
          return static_cast<double>(standard.*field) >= row.lo &&
                 static_cast<double>(standard.*field) <= row.hi;
      },
      row.field);
}

/// Whether each row has a path, a meaning, a source, a range that holds its default, and no path or
/// field is used twice. A table that is not sound does not compile.
template <class S, std::size_t n>
consteval bool sound(const std::array<Parameter<S>, n>& table) {
  for (std::size_t i = 0; i < n; ++i) {
    const Parameter<S>& row = table[i];
    if (!detail::is_path(row.path) || row.meaning.empty() || row.source.empty()) return false;
    if (!(row.lo <= row.hi)) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (detail::collide(row.path, table[j].path) || row.field == table[j].field) return false;
  }
#if !defined(__clang__) || __clang_major__ >= 16  // earlier ones cannot make text at compile time
  S standard{};                                   // GCC 12 refuses a const object with text inside
  for (const Parameter<S>& row : table)
    if (!default_is_allowed(standard, row)) return false;
#endif
  return true;
}

}  // namespace corridor::sim
