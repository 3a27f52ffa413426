// SPDX-License-Identifier: Apache-2.0
/// \file rule_document.hpp  A rule file as a tree of values with their places, the same for TOML
/// and JSON.
///
/// Both readers give this tree, one reader (rule_reader.hpp) makes a rule set of it: so the two
/// forms have the same keys, the same checks and the same messages. Used by the readers only.
///
/// Limits. Tables and lists nest at most `most_document_depth` deep. A key that stands twice is a
/// complaint in both forms. Checked in tests/models/risk/test_rule_set_text.cpp and
/// tests/fuzz/fuzz_rules.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/risk/rule_problem.hpp"
#include "sim/utf8.hpp"

namespace corridor::risk {

struct DocumentEntry;

struct DocumentValue {
  enum class Kind : std::uint8_t { text, whole, real, boolean, date, list, table, other };
  Kind kind = Kind::other;
  sim::LinePlace place;
  std::string text;  ///< of a text or date (YYYY-MM-DD)
  std::int64_t whole = 0;
  std::vector<DocumentValue> items;    ///< of a list
  std::vector<DocumentEntry> entries;  ///< of a table, in the order of the file
  [[nodiscard]] const DocumentEntry* find(std::string_view key) const;
};

struct DocumentEntry {
  std::string key;
  sim::LinePlace place;
  DocumentValue value;
};

/// "text", "a list", ...
[[nodiscard]] std::string_view kind_name(DocumentValue::Kind kind);

inline constexpr int most_document_depth = 8;
inline constexpr std::size_t most_document_keys = 1000;  ///< of one table in JSON

/// The tree of a file; `problems` says why there is none, or what is left out of it.
[[nodiscard]] DocumentValue read_toml_document(std::string_view source, RuleProblems& problems);
[[nodiscard]] DocumentValue read_json_document(std::string_view source, RuleProblems& problems);

/// Where each byte of a text stands in the file: entry i for byte i, one more for its end. Follows
/// quotes of all kinds and escapes of TOML and JSON; when the text cannot be followed, every byte
/// stands where the value begins.
[[nodiscard]] std::vector<sim::LinePlace> text_places(std::string_view source,
                                                      const DocumentValue& text);

}  // namespace corridor::risk
