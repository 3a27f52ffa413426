// SPDX-License-Identifier: Apache-2.0
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

#include "models/risk/rule_document.hpp"
#include "sim/calendar.hpp"
#include "sim/toml_guard.hpp"

namespace corridor::risk {
namespace {

using Kind = DocumentValue::Kind;

sim::LinePlace place_of(const toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line),
          static_cast<std::uint32_t>(region.begin.column)};
}

class Converter {
 public:
  explicit Converter(RuleProblems& problems) : problems_(problems) {}

  DocumentValue value(const toml::node& node, int depth) {
    DocumentValue out;
    out.place = place_of(node.source());
    if (const auto* text = node.as_string()) {
      out.kind = Kind::text;
      out.text = text->get();
    } else if (const auto* whole = node.as_integer()) {
      out.kind = Kind::whole;
      out.whole = whole->get();
    } else if (node.is_floating_point()) {
      out.kind = Kind::real;
    } else if (node.is_boolean()) {
      out.kind = Kind::boolean;
    } else if (const auto* date = node.as_date()) {
      out.kind = Kind::date;
      out.text = sim::text(sim::Date{date->get().year, date->get().month, date->get().day});
    } else if (const auto* list = node.as_array()) {
      out.kind = Kind::list;
      if (too_deep(out.place, depth)) return out;
      for (const toml::node& item : *list) out.items.push_back(value(item, depth + 1));
    } else if (const auto* table = node.as_table()) {
      out.kind = Kind::table;
      if (too_deep(out.place, depth)) return out;
      for (const auto& [key, inner] : *table)
        out.entries.push_back(
            {std::string(key.str()), place_of(key.source()), value(inner, depth + 1)});
      std::stable_sort(out.entries.begin(), out.entries.end(),
                       [](const DocumentEntry& a, const DocumentEntry& b) {
                         return std::tie(a.place.line, a.place.column) <
                                std::tie(b.place.line, b.place.column);
                       });
    }
    return out;
  }

 private:
  bool too_deep(sim::LinePlace place, int depth) {
    if (depth < most_document_depth) return false;
    problems_.add(place, "not-toml", "tables and lists nest too deep for a rule file");
    return true;
  }

  RuleProblems& problems_;
};

}  // namespace

DocumentValue read_toml_document(std::string_view source, RuleProblems& problems) {
  if (const sim::TomlTrouble trouble = sim::toml_trouble(source); !trouble.what.empty()) {
    problems.add(trouble.place, "not-toml", trouble.what);
    return {};
  }
  try {
    const toml::table root = toml::parse(source);
    DocumentValue out = Converter(problems).value(root, 0);
    out.place = {1, 1};
    return out;
  } catch (const toml::parse_error& error) {
    std::string why(error.description());
    constexpr std::string_view prefix = "Error while parsing ";
    if (why.starts_with(prefix)) why.erase(0, prefix.size());
    problems.add(place_of(error.source()), "not-toml", "not TOML: " + why);
    return {};
  }
}

}  // namespace corridor::risk
