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

std::vector<RowSettings> RowText::read(std::string_view table, const ParameterSet& columns,
                                       std::initializer_list<std::string_view> required,
                                       Complaints& complaints) const {
  std::vector<RowSettings> rows;
  if (!parsed_) return rows;
  const toml::node* node = parsed_->root.get(table);
  if (node == nullptr) return rows;
  const std::string name = "[[" + std::string(table) + "]]";
  const toml::array* array = node->as_array();
  const std::vector<std::string> keys = columns.names_in(table);
  const auto not_rows = [&](const toml::node& found) {
    complaints.add(toml_place(file_, found.source()),
                   std::string(table) + " is " + std::string(toml_kind(found)) +
                       "; allowed are rows " + name + " of " + listed(keys));
  };
  if (array == nullptr) {
    not_rows(*node);
    return rows;
  }
  for (const toml::node& element : *array) {
    const toml::table* row = element.as_table();
    if (row == nullptr) {
      not_rows(element);
      continue;
    }
    RowSettings made{toml_place(file_, row->source()), {}};
    for (const auto& [key, value] : *row) {
      const std::string path = std::string(table) + "." + std::string(key.str());
      const ParameterInfo* column = columns.find(path);
      if (column == nullptr) {
        const std::string hint = did_you_mean(key.str(), keys);
        complaints.add(toml_place(file_, key.source()),
                       "unknown key '" + std::string(key.str()) + "' in " + name +
                           (hint.empty() ? "; known here: " + listed(keys) : hint));
        continue;
      }
      const Place place = toml_place(file_, value.source());
      std::optional<Value> found = toml_value(value);
      if (!found) {
        complaints.add(place, path + " is " + std::string(toml_kind(value)) + "; allowed is " +
                                  what_is_allowed(*column));
      } else if (std::optional<std::string> wrong = complaint_about(*column, *found)) {
        complaints.add(place, std::move(*wrong));
      } else {
        made.settings.emplace(path, Setting{std::move(*found), place, {}});
      }
    }
    for (const std::string_view key : required) {
      if (row->get(key) != nullptr) continue;
      const ParameterInfo* column = columns.find(std::string(table) + "." + std::string(key));
      complaints.add(made.place,
                     name + " lacks '" + std::string(key) + "': " + std::string(column->meaning));
    }
    rows.push_back(std::move(made));
  }
  return rows;
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
                   "unknown table '" + std::string(key.str()) + "'" +
                       (hint.empty() ? "; known here: " + listed(names) : hint));
  }
}

}  // namespace corridor::sim
