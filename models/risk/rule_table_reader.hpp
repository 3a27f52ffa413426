// SPDX-License-Identifier: Apache-2.0
/// \file rule_table_reader.hpp  Reads the keys of one table of a rule file; everything that is
/// wrong with them is complained about. Used by rule_reader.cpp only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/rule_document.hpp"

namespace corridor::risk {

inline constexpr std::size_t most_text_bytes = 4000;

class RuleTableReader {
 public:
  /// \param shown  what the table is called in messages: "[ruleset]"
  RuleTableReader(const DocumentValue& table, std::string shown, RuleProblems& problems)
      : table_(table), shown_(std::move(shown)), problems_(problems) {}

  /// Complains about every key that is not among `known`.
  void only_keys(std::initializer_list<std::string_view> known);

  /// The value, complaining with code "no-KEY" when it is required and not there.
  const DocumentValue* value(std::string_view key, bool required);
  /// A text that is not empty; "" after a complaint or when it is not there.
  std::string text(std::string_view key, bool required);
  std::optional<std::int32_t> whole(std::string_view key, std::int32_t lo, std::int32_t hi,
                                    bool required);
  /// YYYY-MM-DD, as a date or as text.
  std::string date(std::string_view key, bool required);
  /// Row of `names`.
  std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string>& names,
                                    bool required);
  /// The texts of a list; complains when it is empty.
  std::vector<const DocumentValue*> texts(std::string_view key, bool required);

  /// Whether it is a text that can be shown; complains if not.
  bool is_text(const DocumentValue& value, const std::string& name);
  void complain(sim::LinePlace place, std::string code, std::string message) {
    problems_.add(place, std::move(code), std::move(message));
  }
  void complain_choice(const DocumentValue& value, std::string_view key,
                       const std::vector<std::string>& names);
  [[nodiscard]] sim::LinePlace place() const { return table_.place; }
  [[nodiscard]] const DocumentValue& table() const { return table_; }

 private:
  const DocumentValue& table_;
  std::string shown_;
  RuleProblems& problems_;
};

}  // namespace corridor::risk
