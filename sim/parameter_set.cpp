// SPDX-License-Identifier: Apache-2.0
#include "sim/parameter_set.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

#include "sim/calendar.hpp"
#include "sim/names.hpp"

namespace corridor::sim {
namespace {

std::string range(const ParameterInfo& row) {
  return "[" + plain_number(row.lo) + ", " + plain_number(row.hi) + "]";
}

std::string why_no_date(const std::string& text) {
  if (text.size() == 10)
    if (const auto first = parse_date(text.substr(0, 8) + "01"))
      return ": " + text.substr(0, 7) + " has " +
             std::to_string(days_in_month(first->year, first->month)) + " days";
  return "; allowed is YYYY-MM-DD, as in \"2019-01-01\"";
}

std::string_view kind_of(const Value& value) {
  switch (static_cast<Kind>(value.index())) {
    case Kind::real:
      return "a real number";
    case Kind::integer:
      return "a whole number";
    case Kind::boolean:
      return "a truth value";
    case Kind::text:
      return "text";
  }
  return "?";
}

}  // namespace

std::string plain_number(double value) {
  if (std::abs(value) < 1e15 && value == std::trunc(value))
    return std::to_string(static_cast<std::int64_t>(value));
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, end.ptr};
}

std::string_view ParameterInfo::table() const { return path.substr(0, path.rfind('.')); }
std::string_view ParameterInfo::key() const { return path.substr(path.rfind('.') + 1); }

std::vector<std::string> ParameterInfo::allowed_names() const {
  std::vector<std::string> names;
  if (allowed.empty()) return names;
  for (std::string_view rest = allowed;;) {
    const std::size_t bar = rest.find('|');
    names.emplace_back(rest.substr(0, bar));
    if (bar == rest.npos) return names;
    rest.remove_prefix(bar + 1);
  }
}

std::string literal(double value) {
  char buffer[40];
  std::string out(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
  // TOML tells whole numbers from real ones by the point or the exponent.
  if (out.find_first_not_of("-0123456789") == out.npos) out += ".0";
  return out;
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      constexpr char hex[] = "0123456789abcdef";
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string literal(const Value& value) {
  struct Write {
    std::string operator()(double v) const { return literal(v); }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::string& v) const { return literal(std::string_view(v)); }
  };
  return std::visit(Write(), value);
}

std::string what_is_allowed(const ParameterInfo& row) {
  switch (row.kind) {
    case Kind::real:
      return "a number in " + range(row);
    case Kind::integer:
      return "a whole number in " + range(row);
    case Kind::boolean:
      return "true or false";
    case Kind::text:
      break;
  }
  if (row.unit == "date") return "YYYY-MM-DD in quotes, as in \"2019-01-01\"";
  const std::vector<std::string> names = row.allowed_names();
  return names.empty() ? "text in quotes" : "one of " + listed(names, names.size());
}

std::optional<std::string> complaint_about(const ParameterInfo& row, Value& value) {
  const std::string shown = std::string(row.path) + " = " + literal(value);
  if (row.kind == Kind::real && std::holds_alternative<std::int64_t>(value)) {
    // Beyond 2^53 the conversion would not be exact, and no range reaches there.
    value = static_cast<double>(std::get<std::int64_t>(value));
  }
  if (value.index() != static_cast<std::size_t>(row.kind))
    return shown + " is " + std::string(kind_of(value)) + "; allowed is " + what_is_allowed(row);
  switch (row.kind) {
    case Kind::real: {
      const double v = std::get<double>(value);
      if (!std::isfinite(v))
        return std::string(row.path) + " = " + plain_number(v) +
               " is not a finite number; allowed is " + what_is_allowed(row);
      if (!(v >= row.lo && v <= row.hi))
        return std::string(row.path) + " = " + plain_number(v) + " is outside " + range(row);
      break;
    }
    case Kind::integer: {
      const auto v = std::get<std::int64_t>(value);
      if (!(static_cast<double>(v) >= row.lo && static_cast<double>(v) <= row.hi))
        return shown + " is outside " + range(row);
      break;
    }
    case Kind::boolean:
      break;
    case Kind::text: {
      const std::vector<std::string> names = row.allowed_names();
      const std::string& v = std::get<std::string>(value);
      bool known = names.empty();
      for (const std::string& name : names) known = known || name == v;
      if (!known) return shown + " is not " + what_is_allowed(row) + did_you_mean(v, names);
      if (row.unit == "date" && !parse_date(v)) return shown + " is not a date" + why_no_date(v);
      break;
    }
  }
  return std::nullopt;
}

void ParameterSet::append(ParameterInfo info) {
  const bool collides = find(info.path) || is_table(info.path);
  for (std::size_t dot = info.path.find('.'); dot != info.path.npos;
       dot = info.path.find('.', dot + 1))
    if (find(info.path.substr(0, dot))) throw std::logic_error("a value and a table share a path");
  if (collides) throw std::logic_error("two parameters at " + std::string(info.path));
  by_path_.emplace(info.path, rows_.size());
  rows_.push_back(std::move(info));
}

const ParameterInfo* ParameterSet::find(std::string_view path) const {
  const auto place = by_path_.find(path);
  return place == by_path_.end() ? nullptr : &rows_[place->second];
}

bool ParameterSet::is_table(std::string_view path) const {
  if (path.empty()) return true;
  const std::string prefix = std::string(path) + '.';
  const auto next = by_path_.lower_bound(prefix);
  return next != by_path_.end() && next->first.substr(0, prefix.size()) == prefix;
}

std::vector<std::string> ParameterSet::names_in(std::string_view table) const {
  const std::string prefix = table.empty() ? "" : std::string(table) + '.';
  std::vector<std::string> names;
  for (auto it = by_path_.lower_bound(prefix);
       it != by_path_.end() && it->first.substr(0, prefix.size()) == prefix; ++it) {
    const std::string_view rest = it->first.substr(prefix.size());
    std::string name(rest.substr(0, rest.find('.')));
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> ParameterSet::paths() const {
  std::vector<std::string> out;
  for (const auto& [path, index] : by_path_) out.emplace_back(path);
  return out;
}

}  // namespace corridor::sim
