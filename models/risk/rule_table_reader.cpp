// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_table_reader.hpp"

#include <algorithm>

#include "sim/calendar.hpp"
#include "sim/names.hpp"

namespace corridor::risk {

using Kind = DocumentValue::Kind;

void RuleTableReader::only_keys(std::initializer_list<std::string_view> known) {
  std::vector<std::string> names(known.begin(), known.end());
  std::sort(names.begin(), names.end());
  for (const DocumentEntry& entry : table_.entries) {
    if (std::binary_search(names.begin(), names.end(), entry.key)) continue;
    const auto near = sim::nearest_name(entry.key, names);
    complain(entry.place, "unknown-key",
             "unknown key " + in_quotes(entry.key) + " in " + shown_ +
                 (near ? "; did you mean '" + *near + "'?"
                       : "; known here: " + sim::listed(names, names.size())));
  }
}

const DocumentValue* RuleTableReader::value(std::string_view key, bool required) {
  if (const DocumentEntry* entry = table_.find(key)) return &entry->value;
  if (required)
    complain(table_.place, "no-" + std::string(key), shown_ + " has no " + std::string(key));
  return nullptr;
}

bool RuleTableReader::is_text(const DocumentValue& value, const std::string& name) {
  if (value.kind != Kind::text) {
    complain(value.place, "value",
             name + " is " + std::string(kind_name(value.kind)) + "; allowed is text in quotes");
    return false;
  }
  const auto control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
  };
  if (std::any_of(value.text.begin(), value.text.end(), control)) {
    complain(value.place, "value", name + " has control characters in it");
    return false;
  }
  return true;
}

std::string RuleTableReader::text(std::string_view key, bool required) {
  const DocumentValue* found = value(key, required);
  const std::string name(key);
  if (!found || !is_text(*found, name)) return "";
  if (required && found->text.find_first_not_of(" \t\n") == std::string::npos) {
    complain(found->place, "no-" + name, name + " is empty");
    return "";
  }
  if (found->text.size() > most_text_bytes) {
    complain(found->place, "too-long",
             name + " has " + std::to_string(found->text.size()) + " bytes; allowed are " +
                 std::to_string(most_text_bytes));
    return "";
  }
  return found->text;
}

std::optional<std::int32_t> RuleTableReader::whole(std::string_view key, std::int32_t lo,
                                                   std::int32_t hi, bool required) {
  const DocumentValue* found = value(key, required);
  if (!found) return std::nullopt;
  const std::string range =
      "a whole number in [" + std::to_string(lo) + ", " + std::to_string(hi) + "]";
  if (found->kind != Kind::whole) {
    complain(
        found->place, "value",
        std::string(key) + " is " + std::string(kind_name(found->kind)) + "; allowed is " + range);
    return std::nullopt;
  }
  if (found->whole < lo || found->whole > hi) {
    complain(found->place, "range",
             std::string(key) + " = " + std::to_string(found->whole) + "; allowed is " + range);
    return std::nullopt;
  }
  return static_cast<std::int32_t>(found->whole);
}

std::string RuleTableReader::date(std::string_view key, bool required) {
  const DocumentValue* found = value(key, required);
  if (!found) return "";
  if (found->kind == Kind::date) return found->text;
  if (found->kind != Kind::text) {
    complain(found->place, "date",
             std::string(key) + " is " + std::string(kind_name(found->kind)) +
                 "; allowed is a date, as in 2026-12-31");
  } else if (!sim::parse_date(found->text)) {
    complain(found->place, "date",
             std::string(key) + " = " + in_quotes(found->text) +
                 " is no date that exists; dates are written as 2026-12-31");
  } else {
    return found->text;
  }
  return "";
}

void RuleTableReader::complain_choice(const DocumentValue& found, std::string_view key,
                                      const std::vector<std::string>& names) {
  const auto near = sim::nearest_name(found.text, names);
  complain(found.place, "value",
           std::string(key) + " = " + in_quotes(found.text) +
               (near            ? "; did you mean '" + *near + "'?"
                : names.empty() ? "; there are none"
                                : "; allowed are " + sim::listed(names)));
}

std::optional<std::size_t> RuleTableReader::choice(std::string_view key,
                                                   const std::vector<std::string>& names,
                                                   bool required) {
  const DocumentValue* found = value(key, required);
  if (!found || !is_text(*found, std::string(key))) return std::nullopt;
  const auto at = std::find(names.begin(), names.end(), found->text);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  complain_choice(*found, key, names);
  return std::nullopt;
}

std::vector<const DocumentValue*> RuleTableReader::texts(std::string_view key, bool required) {
  const DocumentValue* found = value(key, required);
  std::vector<const DocumentValue*> out;
  if (!found) return out;
  if (found->kind != Kind::list) {
    complain(found->place, "value",
             std::string(key) + " is " + std::string(kind_name(found->kind)) +
                 "; allowed is a list of texts");
    return out;
  }
  if (found->items.empty() && required)
    complain(found->place, "no-" + std::string(key), std::string(key) + " is an empty list");
  for (const DocumentValue& item : found->items)
    if (is_text(item, "an entry of " + std::string(key))) out.push_back(&item);
  return out;
}

}  // namespace corridor::risk
