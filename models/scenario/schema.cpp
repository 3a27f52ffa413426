// SPDX-License-Identifier: Apache-2.0
#include "models/scenario/schema.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace corridor::scenario {
namespace {

using Json = nlohmann::ordered_json;

Json text_of(std::string_view description) {
  return {{"type", "string"}, {"description", description}};
}

Json table_of() {
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
}

/// Whole limits without a decimal point, as people write them.
Json limit(double value) {
  if (value >= -1e15 && value <= 1e15 &&
      value == static_cast<double>(static_cast<long long>(value)))
    return static_cast<long long>(value);
  return value;
}

Json schema_of(const sim::ParameterInfo& row) {
  std::string description(row.meaning);
  if (!row.unit.empty()) description += " [" + std::string(row.unit) + "]";
  description += ". " + std::string(name(row.tag)) + ": " + std::string(row.source);
  Json out;
  switch (row.kind) {
    case sim::Kind::real:
      out["type"] = "number";
      break;
    case sim::Kind::integer:
      out["type"] = "integer";
      break;
    case sim::Kind::boolean:
      out["type"] = "boolean";
      break;
    case sim::Kind::text:
      out["type"] = "string";
      break;
  }
  if (row.kind == sim::Kind::real || row.kind == sim::Kind::integer) {
    out["minimum"] = limit(row.lo);
    out["maximum"] = limit(row.hi);
  }
  if (row.kind == sim::Kind::text && row.unit == "date") out["format"] = "date";
  if (const auto names = row.allowed_names(); !names.empty()) out["enum"] = names;
  std::visit([&](const auto& standard) { out["default"] = standard; }, row.standard);
  out["description"] = description;
  return out;
}

/// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '<') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string range(const sim::ParameterInfo& row) {
  if (row.kind == sim::Kind::boolean) return "true, false";
  if (row.kind == sim::Kind::text) {
    if (row.unit == "date") return "YYYY-MM-DD";
    std::string out;
    for (const std::string& name : row.allowed_names())
      out += (out.empty() ? "`" : ", `") + name + "`";
    return out.empty() ? "text" : out;
  }
  return sim::plain_number(row.lo) + " to " + sim::plain_number(row.hi);
}

}  // namespace

std::string json_schema(const sim::ParameterSet& parameters) {
  Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
               {"title", "Corridor scenario"},
               {"description", "What a scenario may set; everything else keeps its default."}};
  const Json body = table_of();
  for (const auto& [key, value] : body.items()) root[key] = value;
  root["properties"]["base"] =
      text_of("Another scenario file, relative to this one, that this one changes.");
  root["properties"]["name"] = text_of("Name of the scenario; without it, the name of the file.");
  root["properties"]["about"] = text_of("What the scenario is for, in a sentence.");
  for (const sim::ParameterInfo& row : parameters.rows()) {
    Json* table = &root;
    std::string_view rest = row.path;
    for (std::size_t dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
      Json& inner = (*table)["properties"][std::string(rest.substr(0, dot))];
      if (inner.is_null()) inner = table_of();
      table = &inner;
      rest.remove_prefix(dot + 1);
    }
    (*table)["properties"][std::string(rest)] = schema_of(row);
  }
  return root.dump(2) + "\n";
}

std::string parameters_markdown(const sim::ParameterSet& parameters) {
  std::string out =
      "# Parameters\n\n"
      "Written by `corridor schema --markdown` from the tables in the code; `./dev docs` writes it "
      "again.\n\n"
      "A scenario file sets what differs from the defaults: `[travel.nights]` and below it\n"
      "`sigma = 0.9`, or on the command line `--set travel.nights.sigma=0.9`. A value is "
      "*observed*\n"
      "(published), *calibrated* (fitted to something published), *assumed*, or an *option* that "
      "claims\n"
      "nothing about the world. Beside parameters, a file may have `base` (a scenario file that "
      "this one\n"
      "changes), `name` and `about`.\n";
  std::vector<std::pair<std::string_view, std::string>> tables;  // in order of first appearance
  for (const sim::ParameterInfo& row : parameters.rows()) {
    auto it = tables.begin();
    while (it != tables.end() && it->first != row.table()) ++it;
    if (it == tables.end()) it = tables.insert(it, {row.table(), ""});
    it->second += "| `" + std::string(row.key()) + "` | " + cell(row.meaning) + " | " +
                  cell(row.unit) + " | `" + sim::literal(row.standard) + "` | " + range(row) +
                  " | " + std::string(name(row.tag)) + ": " + cell(row.source) + " |\n";
  }
  for (const auto& [table, lines] : tables)
    out += "\n## [" + std::string(table) +
           "]\n\n| key | meaning | unit | default | allowed | where it comes from |\n"
           "|---|---|---|---|---|---|\n" +
           lines;
  return out;
}

}  // namespace corridor::scenario
