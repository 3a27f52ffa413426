// SPDX-License-Identifier: Apache-2.0
#include "sim/row_text.hpp"

#include "sim/names.hpp"
#include "sim/toml_text.hpp"

namespace corridor::sim {

struct RowText::Parsed {
  toml::table root;
};

RowText::RowText(std::string_view text, std::string file, Complaints& complaints)
    : file_(std::move(file)) {
  if (std::optional<toml::table> root = parse_toml(text, file_, complaints)) {
    parsed_ = std::make_shared<const Parsed>(Parsed{std::move(*root)});
  }
}

/// What one row, or one table, may set.
struct RowText::RowReader {
  const std::string& file;
  std::string_view table;
  std::string name;  ///< as people write it: [[market]], [budget]
  const ParameterSet& columns;
  std::string_view free;
  Complaints& complaints;

  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> all = columns.names_in(table);
    if (!free.empty()) all.emplace_back(free);
    return all;
  }
  [[nodiscard]] std::string path(std::string_view key) const {
    return std::string(table) + "." + std::string(key);
  }

  void not_rows(const toml::node& found, std::string_view rows) const {
    complaints.add(toml_place(file, found.source()),
                   std::string(table) + " is " + std::string(toml_kind(found)) + "; allowed " +
                       std::string(rows) + " " + name + " of " + listed(keys()));
  }

  /// A value that its row allows; nothing after a complaint.
  [[nodiscard]] std::optional<Value> value(std::string_view key, const toml::node& node,
                                           const Place& place) const {
    std::optional<Value> found = toml_value(node);
    if (key == free) {
      if (!found)
        complaints.add(place, path(key) + " is " + std::string(toml_kind(node)) +
                                  "; allowed is a number, true or false, or text in quotes");
      return found;
    }
    const ParameterInfo& column = *columns.find(path(key));
    if (!found) {
      complaints.add(place, path(key) + " is " + std::string(toml_kind(node)) + "; allowed is " +
                                what_is_allowed(column));
      return std::nullopt;
    }
    if (std::optional<std::string> wrong = complaint_about(column, *found)) {
      complaints.add(place, std::move(*wrong));
      return std::nullopt;
    }
    return found;
  }

  [[nodiscard]] RowSettings read(const toml::table& row,
                                 std::initializer_list<std::string_view> required) const {
    RowSettings made{toml_place(file, row.source()), {}};
    for (const auto& [key, node] : row) {
      if (key.str() != free && columns.find(path(key.str())) == nullptr) {
        const std::string hint = did_you_mean(key.str(), keys());
        complaints.add(toml_place(file, key.source()),
                       "unknown key '" + std::string(key.str()) + "' in " + name +
                           (hint.empty() ? "; known here: " + listed(keys()) : hint));
        continue;
      }
      const Place place = toml_place(file, node.source());
      if (std::optional<Value> found = value(key.str(), node, place))
        made.settings.emplace(path(key.str()), Setting{std::move(*found), place, {}});
    }
    for (const std::string_view key : required) {
      if (row.get(key) != nullptr) continue;
      const ParameterInfo* column = columns.find(path(key));
      complaints.add(made.place, name + " lacks '" + std::string(key) + "'" +
                                     (column ? ": " + std::string(column->meaning) : ""));
    }
    return made;
  }
};

std::vector<RowSettings> RowText::read(std::string_view table, const ParameterSet& columns,
                                       std::initializer_list<std::string_view> required,
                                       Complaints& complaints, std::string_view free) const {
  std::vector<RowSettings> rows;
  const toml::node* node = parsed_ ? parsed_->root.get(table) : nullptr;
  if (node == nullptr) return rows;
  const RowReader reader{file_, table, "[[" + std::string(table) + "]]", columns, free, complaints};
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    reader.not_rows(*node, "are rows");
    return rows;
  }
  for (const toml::node& element : *array) {
    const toml::table* row = element.as_table();
    if (row == nullptr) {
      reader.not_rows(element, "are rows");
      continue;
    }
    rows.push_back(reader.read(*row, required));
  }
  return rows;
}

std::optional<RowSettings> RowText::read_one(std::string_view table, const ParameterSet& columns,
                                             Complaints& complaints) const {
  const toml::node* node = parsed_ ? parsed_->root.get(table) : nullptr;
  if (node == nullptr) return std::nullopt;
  const RowReader reader{file_, table, "[" + std::string(table) + "]", columns, "", complaints};
  const toml::table* found = node->as_table();
  if (found == nullptr) {
    reader.not_rows(*node, "is one table");
    return std::nullopt;
  }
  return reader.read(*found, {});
}

std::optional<Setting> RowText::text(std::string_view key, Complaints& complaints) const {
  const toml::node* node = parsed_ ? parsed_->root.get(key) : nullptr;
  if (node == nullptr) return std::nullopt;
  const Place place = toml_place(file_, node->source());
  std::optional<Value> found = toml_value(*node);
  if (!found || !std::holds_alternative<std::string>(*found)) {
    complaints.add(place, std::string(key) + " is " + std::string(toml_kind(*node)) +
                              "; allowed is text in quotes");
    return std::nullopt;
  }
  return Setting{std::move(*found), place, {}};
}

void RowText::check_tables(std::initializer_list<std::string_view> known,
                           Complaints& complaints) const {
  if (!parsed_) return;
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [key, node] : parsed_->root) {
    bool found = false;
    for (const std::string& name : names) found = found || key.str() == name;
    if (found) continue;
    const std::string hint = did_you_mean(key.str(), names);
    complaints.add(toml_place(file_, key.source()),
                   (node.is_value() ? "unknown key '" : "unknown table '") +
                       std::string(key.str()) + "'" +
                       (hint.empty() ? "; known here: " + listed(names) : hint));
  }
}

}  // namespace corridor::sim
