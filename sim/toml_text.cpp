// SPDX-License-Identifier: Apache-2.0
#include "sim/toml_text.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "sim/calendar.hpp"
#include "sim/toml_guard.hpp"
#include "sim/utf8.hpp"

namespace corridor::sim {

Place toml_place(const std::string& file, const toml::source_region& region) {
  return {file, static_cast<std::uint32_t>(region.begin.line),
          static_cast<std::uint32_t>(region.begin.column)};
}

std::optional<Value> toml_value(const toml::node& node) {
  if (const auto* v = node.as_integer()) return Value(v->get());
  if (const auto* v = node.as_floating_point()) return Value(v->get());
  if (const auto* v = node.as_boolean()) return Value(v->get());
  if (const auto* v = node.as_string()) return Value(v->get());
  if (const auto* v = node.as_date()) {
    const toml::date date = v->get();
    return Value(text(Date{date.year, date.month, date.day}));
  }
  return std::nullopt;
}

std::string_view toml_kind(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date with time";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a real number";
    case toml::node_type::boolean:
      return "a truth value";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::optional<toml::table> parse_toml(std::string_view bytes, const std::string& file,
                                      Complaints& complaints) {
  if (const LinePlace bad = broken_utf8(bytes); bad.line > 0) {
    complaints.add({file, bad.line, bad.column}, "not UTF-8; save the file as UTF-8 text");
    return std::nullopt;
  }
  if (TomlTrouble trouble = toml_trouble(bytes); !trouble.what.empty()) {
    complaints.add({file, trouble.place.line, trouble.place.column}, std::move(trouble.what));
    return std::nullopt;
  }
  try {
    return toml::parse(bytes, std::string_view(file));
  } catch (const toml::parse_error& error) {
    std::string why(error.description());
    constexpr std::string_view prefix = "Error while parsing ";
    if (why.compare(0, prefix.size(), prefix) == 0) why.erase(0, prefix.size());
    complaints.add(toml_place(file, error.source()), "not TOML: " + why);
    return std::nullopt;
  }
}

std::string read_toml_bytes(const std::filesystem::path& path, const std::string& what,
                            std::size_t most_bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw "is a folder, not a " + what + " file";
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    if (errno == ENOENT) throw std::string("no such file");
    throw "cannot be read: " + std::generic_category().message(errno);
  }
  std::string bytes(most_bytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) throw std::string("cannot be read");
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > most_bytes)
    throw "is larger than " + std::to_string(most_bytes >> 20) + " MiB, which no " + what + " is";
  return bytes;
}

}  // namespace corridor::sim
