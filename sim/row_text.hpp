// SPDX-License-Identifier: Apache-2.0
/// \file row_text.hpp  Reads tables of rows ([[organisation]], [[market]], ..) that a scenario
/// brings as a file of its own.
///
/// A parameter has one value; an actor list has any number of rows of the same kind. Columns are
/// described by the same rows as parameters (sim/parameter.hpp): the path "market.price" is the key
/// `price` of `[[market]]`, so ranges, meanings and sources are stated once and checked alike. All
/// complaints about a text come together, each with its place; each value keeps its place, so that
/// whoever compares rows can point at them. Checked in tests/sim/test_row_text.cpp.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/parameter_set.hpp"
#include "sim/scenario_text.hpp"

namespace corridor::sim {

/// One row of a table: the values that it sets, by path.
struct RowSettings {
  Place place;                                           ///< of the row
  std::map<std::string, Setting, std::less<>> settings;  ///< by path, e.g. "market.price"
};

/// A row as a struct, and where its parts stand.
template <class S>
struct TextRow {
  S value;
  Place place;                                   ///< of the row
  std::map<std::string, Place, std::less<>> at;  ///< by key; only what the row sets
  /// Where a key is set, or where the row stands.
  [[nodiscard]] const Place& place_of(std::string_view key) const {
    const auto found = at.find(key);
    return found == at.end() ? place : found->second;
  }
};

class RowText {
 public:
  /// \param file  how complaints call it. Broken TOML is a complaint and has no rows.
  RowText(std::string_view text, std::string file, Complaints& complaints);

  /// Rows of `[[table]]` in the order of the text. \param required  keys that every row must set
  /// \param free  a key that any value may have, which the caller checks; "" = none
  [[nodiscard]] std::vector<RowSettings> read(std::string_view table, const ParameterSet& columns,
                                              std::initializer_list<std::string_view> required,
                                              Complaints& complaints,
                                              std::string_view free = "") const;

  /// The one `[table]`, read like a row; nothing when the text has not got it.
  [[nodiscard]] std::optional<RowSettings> read_one(std::string_view table,
                                                    const ParameterSet& columns,
                                                    Complaints& complaints) const;

  /// Text at the top level, such as a name; nothing when it is not there.
  [[nodiscard]] std::optional<Setting> text(std::string_view key, Complaints& complaints) const;

  /// The same as structs; the table's name is the first part of its columns' paths.
  template <class S, std::size_t n>
  [[nodiscard]] std::vector<TextRow<S>> rows(const std::array<Parameter<S>, n>& table,
                                             std::initializer_list<std::string_view> required,
                                             Complaints& complaints) const {
    ParameterSet columns;
    columns.add(table);
    const std::string_view name = columns.rows().front().table();
    std::vector<TextRow<S>> out;
    for (const RowSettings& row : read(name, columns, required, complaints)) {
      TextRow<S> made{{}, row.place, {}};
      assign(made.value, table, [&](std::string_view path) -> const Value* {
        const auto found = row.settings.find(path);
        return found == row.settings.end() ? nullptr : &found->second.value;
      });
      for (const auto& [path, setting] : row.settings) {
        made.at.emplace(path.substr(name.size() + 1), setting.place);
      }
      out.push_back(std::move(made));
    }
    return out;
  }

  /// Complains about everything at the top level that is not `known`, with the nearest name.
  void check_tables(std::initializer_list<std::string_view> known, Complaints& complaints) const;

 private:
  struct Parsed;
  struct RowReader;
  std::string file_;
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace corridor::sim
